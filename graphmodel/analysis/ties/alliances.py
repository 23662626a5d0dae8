"""Alliances: who shares activities or has a formal agreement, and how strongly.

The two-mode network of organizations and activities is projected onto the organizations. The functions take
frames that narwhals knows (polars eager or lazy, pyarrow, DuckDB, Spark) and give back the same kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

from graphmodel.analysis.ties import projection
from graphmodel.analysis.ties.frames import collected, count, lazy, like, numbered, strongest_first
from graphmodel.analysis.ties.selection import EVERYTHING, Selection, agreed, incidence
from graphmodel.analysis.ties.status import presumption
from graphmodel.errors import UsageProblem

PAIR_LIMIT = 50_000_000
"""Pair instances that `ties` takes on without being told: about 5 GB of memory."""

BYTES_PER_INSTANCE = 100

HUB_ACTIVITIES = 5
"""Among fewer activities than this, taking part in more than half of them says nothing."""


def ties(
    participations: IntoFrameT,
    agreements: IntoFrameT | None = None,
    selection: Selection = EVERYTHING,
    *,
    limit: int | None = PAIR_LIMIT,
) -> IntoFrameT:
    """Return the ties between organizations: pairs that share an activity or have a formal agreement.

    Parameters
    ----------
    participations : frame
        organization, activity; optional role, started, ended (dates). One row per role: an organization may
        stand several times in an activity and counts once.
    agreements : frame, optional
        source, target; optional started, ended (dates). Undirected in meaning; none with oneself.
    selection : Selection
        What counts. Degrees and participants are counted among what is selected.
    limit : int, optional
        Most pair instances (`pair_instances`) to take on; None for no limit.

    Returns
    -------
    frame of the kind that went in (a lazy one stays lazy)
        source, target : ids, source < target
        shared : number of distinct activities in common
        strength : Newman's, the sum over shared activities of 1 / (participants - 1), to 1e-12 per activity
        jaccard, overlap : shared / union, shared / smaller of the two numbers of activities, 0 to 1
        first, last : years of the earliest start and of the latest end (the start, where no end is known), of
        shared activities and agreements alike; null where unknown
        status : on the selection's day; null where it names none, or no date is known

            active, if an activity or agreement is: begun, and neither ended nor, where no end is known, older
            than the window; else planned, if one is still to begin (`first` tells whether they worked together
            before); else presumed ended, if the end of one that has begun is not known; else ended. What has no
            start says nothing, unless its end is past
        basis : shared, formal or both

        Sorted by shared and strength, largest first, then source and target. The same rows in any order give
        the same bytes.

    Raises
    ------
    UsageProblem
        If there are more pairs than `limit`, before any is made; if a column is missing or holds no dates.

    Notes
    -----
    That two organizations share activities is not yet an alliance: large ones meet by chance. One that takes
    part in nearly everything ties everybody to itself and to each other (`hubs`).

    References
    ----------
    M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132, 2001.

    Examples
    --------
    >>> together = [("a", "x"), ("b", "x"), ("c", "x"), ("a", "y"), ("b", "y")]
    >>> rows = pl.DataFrame(together, schema=["organization", "activity"], orient="row")
    >>> ties(rows).select("source", "target", "shared", "strength").rows()
    [('a', 'b', 2, 1.5), ('a', 'c', 1, 0.5), ('b', 'c', 1, 0.5)]
    """
    formal = [] if agreements is None else [agreed(lazy(agreements), selection)]
    together, *formal = numbered([incidence(lazy(participations), selection), *formal])
    if limit is not None:
        refuse_above(limit, _instances(together))
    instances = [projection.shared_instances(together, selection)]
    instances += [projection.formal_instances(frame, selection) for frame in formal]
    pairs = projection.pairs(nw.concat(instances)).filter(nw.col("shared") >= selection.least_shared)
    figures = projection.figures(pairs, projection.degrees(together))
    ordered = strongest_first(figures)
    return like(ordered.with_columns(nw.col("source", "target").cast(nw.String)), participations)


def degrees(participations: IntoFrameT, selection: Selection = EVERYTHING) -> IntoFrameT:
    """Return organization, activities: how many activities each takes part in; sorted by organization.

    >>> degrees(pl.DataFrame({"organization": ["b", "a", "a"], "activity": ["x", "x", "y"]})).rows()
    [('a', 2), ('b', 1)]
    """
    counted = projection.degrees(incidence(lazy(participations), selection))
    return like(counted.sort("organization"), participations)


def activities_of(participations: IntoFrameT, tied: IntoFrameT, selection: Selection = EVERYTHING) -> IntoFrameT:
    """Return the activities behind ties: source, target, activity; sorted by all three.

    Parameters
    ----------
    participations : frame
        As for `ties`, with the same selection.
    tied : frame
        source, target: the ties whose activities are wanted. One row comes back for each pair and activity,
        so this is for networks that a person looks at.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "a", "b"], "activity": ["x", "x", "y", "y"]})
    >>> activities_of(rows, ties(rows)).rows()
    [('a', 'b', 'x'), ('a', 'b', 'y')]
    """
    together = incidence(lazy(participations), selection).select("organization", "activity")
    ends = lazy(tied).select("source", "target")
    of_source = ends.join(together, left_on="source", right_on="organization")
    of_both = of_source.join(together, left_on=["target", "activity"], right_on=["organization", "activity"])
    columns = ("source", "target", "activity")
    return like(of_both.select(*columns).sort(*columns), participations)


def pair_instances(participations: IntoFrameT, selection: Selection = EVERYTHING) -> int:
    """Return the sum of n (n - 1) / 2 over the activities of n participants: there are at most so many ties.

    >>> pair_instances(pl.DataFrame({"organization": ["a", "b", "c"], "activity": ["x", "x", "x"]}))
    3
    """
    return _instances(incidence(lazy(participations), selection))


def hubs(participations: IntoFrameT, selection: Selection = EVERYTHING) -> pl.DataFrame:
    """Return the organizations in more than half of the activities: they make everyone look allied.

    Returns
    -------
    polars.DataFrame
        organization, activities (how many), share (of the selected activities, above .5 to 1); largest first,
        then by organization. Empty where fewer than 5 activities are selected.

    Examples
    --------
    >>> rows = [("hub", f"x{number}") for number in range(6)] + [("guest", "x1")]
    >>> hubs(pl.DataFrame(rows, schema=["organization", "activity"], orient="row")).rows()
    [('hub', 6, 1.0)]
    """
    together = incidence(lazy(participations), selection)
    return hubs_of(projection.degrees(together), count(together.select("activity").unique()))


def hubs_of(degrees: nw.LazyFrame[Any], activities: int) -> pl.DataFrame:
    """Return the same from the degrees of organizations and the number of all activities."""
    least = activities / 2 if activities >= HUB_ACTIVITIES else activities
    frequent = degrees.filter(nw.col("activities") > least)
    counted = pl.DataFrame(collected(frequent).to_arrow())
    shares = counted.with_columns(share=pl.col("activities") / max(activities, 1))
    return shares.sort("activities", "organization", descending=[True, False])


def undated(
    participations: IntoFrameT, agreements: IntoFrameT | None = None, selection: Selection = EVERYTHING
) -> tuple[int, int]:
    """Return how many activities and agreements have no start: a selection by time leaves them out.

    >>> undated(pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]}))
    (1, 0)
    """
    anytime = replace(selection, since=None, until=None, as_of=None)
    starts = incidence(lazy(participations), anytime).group_by("activity").agg(nw.col("started").min())
    formal = [] if agreements is None else [agreed(lazy(agreements), anytime)]
    activities, *formal = (frame.filter(nw.col("started").is_null()) for frame in (starts, *formal))
    return count(activities), sum(map(count, formal))


def caveats(
    participations: IntoFrameT,
    agreements: IntoFrameT | None = None,
    selection: Selection = EVERYTHING,
    *,
    names: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Return the sentences that belong beside the ties: about hubs, what has no date, presumed ends.

    Parameters
    ----------
    participations, agreements, selection
        As for `ties`.
    names : mapping from id to name, optional
        What hubs are called; their ids otherwise.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    >>> from datetime import date
    >>> caveats(rows, selection=Selection(as_of=date(2015, 1, 1)))[0]
    'Without a start date, and left out because a time was asked for: activities 1, agreements 0.'
    """
    by_hub = caveats_of_hubs(hubs(participations, selection), names or {})
    return (*by_hub, *caveats_of_time(participations, agreements, selection))


def caveats_of_time(
    participations: IntoFrameT, agreements: IntoFrameT | None = None, selection: Selection = EVERYTHING
) -> tuple[str, ...]:
    """Return the sentences on what has no date, and on presumed ends; none where no time is asked for."""
    if not selection.by_time:
        return ()
    activities, formal = undated(participations, agreements, selection)
    left_out = (
        "Without a start date, and left out because a time was asked for: "
        f"activities {activities:,}, agreements {formal:,}."
    )
    return (*([left_out] if activities or formal else []), presumption(selection))


def caveats_of_hubs(found: pl.DataFrame, names: Mapping[str, str]) -> Iterator[str]:
    """Return a sentence on each of the `hubs`."""
    for hub, activities, share in found.rows():
        yield (
            f"{names.get(hub, hub)} takes part in {activities:,} activities, {share:.0%} of all: it ties "
            f"everybody to itself and to each other (--exclude {hub} leaves it out)."
        )


def _instances(together: nw.LazyFrame[Any]) -> int:
    n = nw.col("participants")
    ordered = projection.participants(together).select((n * (n - 1)).sum()).collect().item()
    return int(ordered or 0) // 2


def refuse_above(limit: int, instances: int) -> None:
    """Raise UsageProblem if there are more pair instances than the limit; the message says how to select less."""
    if instances > limit:
        memory = instances * BYTES_PER_INSTANCE / 1e9
        raise UsageProblem(
            f"These activities make up to {instances:,} pairs, more than the limit of {limit:,}; that takes "
            f"about {memory:,.1f} GB of memory. Select less (by time, region, competence, role or kind), "
            "exclude the organizations that take part in nearly everything, or raise the limit."
        )
