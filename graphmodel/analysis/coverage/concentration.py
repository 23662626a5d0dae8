"""Concentration: whether a few organizations hold most of what is done in a region or on an area."""

from typing import Literal

import polars as pl

from graphmodel.analysis.coverage import axes, coverage
from graphmodel.analysis.coverage.axes import Axis
from graphmodel.analysis.coverage.concentration_words import words
from graphmodel.analysis.coverage.holdings import holdings
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import listed
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem

COLUMNS = (
    *("organizations", "activities", "participations", "top_three", "herfindahl", "effective"),
    *("largest", "largest_name", "largest_share", "leaders", "standing_out"),
)

LIMITS = (
    "Counted is taking part, whatever the role and the budget. Few participations are concentrated by necessity: n of "
    "them have an index of 1/n or more. An activity in several places or on several areas counts in each."
)
METHOD = (
    "Each organization counted once for each activity that it took part in, by {kinds}. Its share is its part of these "
    "participations; concentration is the common share of the three largest (CR3) and the Herfindahl-Hirschman index, "
    "the sum of the squared shares, 1 where a single organization holds all; the inverse of the index is the number of "
    "equal organizations that would be as concentrated."
)


def concentration(
    partnerships: Partnerships,
    *,
    level: Literal["first", "region", "subregion", "country", "none"] = "first",
    areas: Literal["none", "first", "field", "sector", "goal", "framework", "segment"] = "none",
    region: tuple[str, ...] = (),
    competence: tuple[str, ...] = (),
) -> Finding:
    """Tell whether a few organizations hold most of what is done in a region, or on a competence area.

    Parameters
    ----------
    level : str
        Kind of region that makes the rows; first takes the first of the others that is known, none makes rows of the
        areas alone.
    areas : str
        Kind of competence area that makes the rows; none makes rows of the regions alone, first takes the first of the
        others that is known. With a level, each row is a region and an area.
    region : tuple of str
        Only this region and what lies in it.
    competence : tuple of str
        Only this competence area and what is part of it.

    Returns
    -------
    Finding
        Table, a row for each region, area or both in which something is done. Sorted by herfindahl and
        participations, largest first, then by the ids:

        region, region_name, area, area_name : as far as asked for
        organizations, activities : how many
        participations : organization by activity, each once
        top_three : share of the participations that the three largest organizations hold, 0 to 1
        herfindahl : Herfindahl-Hirschman index, sum of the squared shares, above 0 to 1 (a single organization)
        effective : its inverse, the number of equal organizations that would be as concentrated
        largest, largest_name, largest_share : the organization with most participations; of equals the smallest id
        leaders : names of the three largest, largest first; equals by id

    Raises
    ------
    UsageProblem
        If neither a level nor areas are asked for, no region is of this level or no area of this kind, or what is
        given as region or competence is unknown.

    References
    ----------
    A. O. Hirschman, The paternity of an index, American Economic Review 54, 761, 1964. O. C. Herfindahl,
    Concentration in the steel industry, dissertation, Columbia University, 1950.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE"], "name": ["Kenya"], "kind": ["country"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x", "y"], "region": ["KE", "KE"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a", "a", "b"], "activity": ["x", "y", "y"]})
    >>> names = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> found = concentration(Partnerships(took_part, names, read=lambda: setting), level="country")
    >>> found.table.select("region_name", "herfindahl", "effective", "largest_name", "leaders").rows()
    [('Kenya', 0.5555555555555556, 1.8, 'Alpha', ['Alpha', 'Beta'])]
    """
    if level == areas == "none":
        raise UsageProblem("Say by what: a level of regions, a kind of competence areas, or both.")
    by = _axes(partnerships, {"region": level, "area": areas}, {"region": region, "area": competence})
    rows = _named(holdings(_held(partnerships, by, region, competence), [*by]), by, partnerships)
    kinds = [axis.kind for axis in by.values()]
    assumed = [sentence for axis in by.values() for sentence in axis.assumed]
    table = rows.drop("standing_out")
    return Finding(table, (*assumed, *words(rows, kinds)), LIMITS, METHOD.format(kinds=listed(kinds)))


def _axes(partnerships: Partnerships, kinds: dict[str, str], within: dict[str, tuple[str, ...]]) -> dict[str, Axis]:
    made = {"region": axes.regions, "area": axes.areas}
    return {name: made[name](partnerships, kind, within[name]) for name, kind in kinds.items() if kind != "none"}


def _held(
    partnerships: Partnerships, by: dict[str, Axis], region: tuple[str, ...], competence: tuple[str, ...]
) -> pl.DataFrame:
    """Return organization, activity and the columns of the rows; what makes no rows narrows the activities down."""
    setting, held = partnerships.setting, partnerships.incidence.select("organization", "activity")
    for name, find in (("region", coverage.places), ("area", coverage.subjects)):
        if name in by:
            placed = find(partnerships, by[name].kind)
            held = held.join(placed.join(by[name].shown, left_on=name, right_on="id", how="semi"), on="activity")
    if region and "region" not in by:
        held = _only(held, setting.took_place_in, "region", set().union(*map(setting.under_region, region)))
    if competence and "area" not in by:
        held = _only(held, setting.addresses, "competence_area", set().union(*map(setting.under_area, competence)))
    return held


def _only(held: pl.DataFrame, links: pl.DataFrame, column: str, ids: set[str]) -> pl.DataFrame:
    return held.join(links.filter(pl.col(column).is_in(sorted(ids))), on="activity", how="semi")


def _named(held: pl.DataFrame, by: dict[str, Axis], partnerships: Partnerships) -> pl.DataFrame:
    """Put the names in, and the columns and rows in order."""
    for name, axis in by.items():
        held = held.join(axis.columns(name), on=name)
    names = partnerships.organizations.select("id", pl.coalesce("name", "id"))
    held = held.join(names.rename({"id": "largest", "name": "largest_name"}), on="largest", how="left")
    called = pl.element().replace_strict(names["id"], names["name"], default=pl.element())
    order = ["herfindahl", "participations", *by]
    told = held.with_columns(pl.col("leaders").list.eval(called))
    ordered = told.sort(order, descending=[True, True, *[False] * len(by)])
    ids = [column for name in by for column in (name, f"{name}_name")]
    return ordered.select(*ids, *COLUMNS)
