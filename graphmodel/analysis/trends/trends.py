"""Trends: which ties are new, renewed, persistent and lost, year by year."""

import numpy as np
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import WINDOWS, Selection
from graphmodel.analysis.trends import changes, trends_words
from graphmodel.analysis.trends.histories import Histories, histories
from graphmodel.analysis.trends.spells import Ints, Spells, merged, often, spells
from graphmodel.errors import UsageProblem
from graphmodel.network import ENDS

LIMITS = (
    "In the first years of the data every tie looks new, and in the last ones ties look lost whose renewal is not "
    "recorded yet. A lost tie is one without a common activity or agreement in force, not a broken relation. A year "
    "counts as a whole: what lasts for a day of it is active in it."
)
METHOD = (
    "A tie is active in a calendar year if an activity that both organizations take part in, or an agreement between "
    "them, is in force on any day of it. It is new in the first year of all, renewed if it is active again after at "
    "least one year without, persistent if it was active in the year before too, extended if it is persistent and "
    "something further starts, and lost if it was active in the year before and no longer is. Where no end is known, "
    "{} years from the start are presumed; the count is repeated with 3, 5 and 7 years. What has no start is left out."
)


def trends(partnerships: Partnerships, *, year: int = 0) -> Finding:
    """Count new, renewed, persistent and lost ties by year, or list those of one year.

    A tie is active in a calendar year if an activity that the two share, or an agreement, lasts on any day of it. Where
    no end is known, the window of the filter is presumed; `lost_3`, `lost_5` and `lost_7` tell what depends on it.

    Parameters
    ----------
    year : int
        List the ties that are new, renewed, extended or lost in this year, instead of counting by year.

    Returns
    -------
    Finding
        Table by year, with a row for every year from that of `since` (else of the first start) to that of `until` or
        `as_of` (else of the last start, or today's if that is earlier):

        year
        active : ties active in it: new, renewed and persistent ones
        new : never tied before
        renewed : tied before, not in the year before
        persistent : tied in the year before too
        extended : those of the persistent in which a further activity or agreement starts
        lost : active in the year before, no longer in this one
        presumed : active ties that are not known to be, since no end is known
        organizations, entered, left : with an active tie; those of them with none in the year before; those with one
        in the year before and none in this one
        starts : activities of two or more organizations, and agreements, that start
        active_3, active_5, active_7, lost_3, lost_5, lost_7 : the same with windows of so many years

        Table of one year: source, source_name, target, target_name, change (new, renewed, extended, lost), presumed
        (whether the end is presumed that makes it lost, or renewed rather than persistent), first, last (years of the
        first start and of the last end of all that ties them); sorted by change, source and target.

    Raises
    ------
    UsageProblem
        If the year is not among those of the table, or there are more pairs than can be taken on.

    Notes
    -----
    New ties do not depend on the window, and renewed ones follow from the rest: active - active of the year before +
    lost - new. With chosen roles or activities, or a least number of shared activities (in all years together),
    agreements do not count. Without an end, what starts within a year reaches into one calendar year more than the
    window has years, as in every selection by time.

    References
    ----------
    M. A. Schilling and C. C. Phelps, Interfirm collaboration networks: the impact of large-scale network structure on
    firm innovation, Management Science 53, 1113, 2007. C. C. Phelps, A longitudinal study of the influence of alliance
    network structure and composition on firm exploratory innovation, Academy of Management Journal 53, 890, 2010.

    Examples
    --------
    >>> from datetime import date
    >>> years = {"x": (date(2015, 3, 1), date(2016, 3, 1)), "y": (date(2018, 3, 1), date(2018, 9, 1))}
    >>> rows = [(who, what, *years[what]) for what in years for who in "ab"]
    >>> took_part = pl.DataFrame(rows, schema=["organization", "activity", "started", "ended"], orient="row")
    >>> found = trends(Partnerships(took_part, pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})))
    >>> found.table.select("year", "active", "new", "renewed", "persistent", "lost").rows()
    [(2015, 1, 1, 0, 0, 0), (2016, 1, 0, 0, 1, 0), (2017, 0, 0, 0, 0, 1), (2018, 1, 0, 1, 0, 0)]
    """
    selection = partnerships.selection
    known = histories(partnerships)
    years = _years(known, selection)
    lasting = spells(known.pair, known.first, known.last(selection.window))
    table = _by_year(known, lasting, years)
    if not len(years):
        return Finding(table, trends_words.of_nothing(known), LIMITS, METHOD.format(selection.window))
    told = year or _last_full(table, selection)
    if told not in years:
        raise UsageProblem(f"No tie is counted in {told}: choose a year from {years[0]} to {years[-1]}.")
    listed = changes.listed(known, lasting, told, partnerships.organizations) if year else table
    words = trends_words.of_years(table, told, known, selection)
    return Finding(listed, words, LIMITS, METHOD.format(selection.window))


def _years(known: Histories, selection: Selection) -> Ints:
    """The years to tell of: after the last start everything would look lost."""
    if known.instances.is_empty():
        return np.arange(0)
    first = selection.since.year if selection.since else known.first.min()
    last = known.first.max()
    if asked := selection.as_of or selection.until:
        last = asked.year
    elif selection.today:
        last = min(last, selection.today.year)
    return np.arange(first, last + 1)


def _by_year(known: Histories, lasting: Spells, years: Ints) -> pl.DataFrame:
    active, initial = lasting.active(years), often(years, lasting.first[lasting.initial])
    renewed = often(years, lasting.first[~lasting.initial])
    certain = spells(known.pair, known.first, known.known).active(years)
    windows = {window: spells(known.pair, known.first, known.last(window)) for window in WINDOWS}
    taking_part = _organizations(known, lasting)
    columns = {
        "year": years,
        "active": active,
        "new": initial,
        "renewed": renewed,
        "persistent": active - initial - renewed,
        "extended": often(years, known.first[changes.extensions(known, lasting)]),
        "lost": often(years, lasting.last + 1),
        "presumed": active - certain,
        "organizations": taking_part.active(years),
        "entered": often(years, taking_part.first),
        "left": often(years, taking_part.last + 1),
        "starts": often(years, known.starts.cast(pl.Int64).to_numpy()),
        **{f"active_{window}": of_window.active(years) for window, of_window in windows.items()},
        **{f"lost_{window}": often(years, of_window.last + 1) for window, of_window in windows.items()},
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def _organizations(known: Histories, lasting: Spells) -> Spells:
    """When each organization had a tie."""
    ends = [known.pairs[end].to_physical().cast(pl.Int64).to_numpy()[lasting.group] for end in ENDS]
    return merged(np.concatenate(ends), np.tile(lasting.first, 2), np.tile(lasting.last, 2))


def _last_full(table: pl.DataFrame, selection: Selection) -> int:
    """The last year with an active tie that is over, or else the last."""
    last = int(table["year"][-1])
    over = table.filter(pl.col("year") < last) if trends_words.is_going_on(last, selection) else table
    active = over.filter(pl.col("active") > 0)["year"]
    whole = over["year"] if active.is_empty() else active
    return last if whole.is_empty() else int(whole[-1])
