"""Consortium: the smallest set of organizations that covers areas in a region, with the fewest new ties."""

from collections.abc import Iterator
from typing import Any, Literal

import polars as pl

from graphmodel import scope
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted
from graphmodel.analysis.scenarios import consortium_words
from graphmodel.analysis.scenarios.candidates import Candidates
from graphmodel.analysis.scenarios.competence import Asked, asked, brought, done, kinds
from graphmodel.analysis.scenarios.sets import Best, best_sets, most_and_fewest
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from graphmodel.network import ENDS

COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "name": pl.String,
    "choice": pl.Int64,
    "areas": pl.List(pl.String),
    "tied_to": pl.List(pl.String),
    "new_ties": pl.Int64,
    "activities": pl.Int64,
}

LIMITS = (
    "That an organization has done or declares something says neither how well nor whether it is free to join. A tie "
    "is new where the filter leaves no shared activity and no agreement. Who declares several regions and areas is "
    "taken to offer each of them in each."
)


def consortium(
    partnerships: Partnerships,
    *,
    region: str = "",
    areas: tuple[str, ...] = (),
    k: int = 3,
    by: Literal["done", "declared", "either"] = "either",
    choices: int = 3,
) -> Finding:
    """Find the smallest set of organizations that covers areas of competence in a region, with the fewest new ties.

    Parameters
    ----------
    region : str
        Region (id or name) in which they must be active, or in a part of it; anywhere without it.
    areas : str
        Competence area (id or name) that must be covered, itself or by a part of it; without any, all that somebody
        covers there, of the first kind that has some: field, sector, goal, framework, segment.
    k : int
        Most organizations in the set, 1 or more.
    by : str
        What shows that one covers an area: an activity on it there (done); that it declares the area, and works or
        has its seat there (declared); or either.
    choices : int
        How many sets to give, the best first.

    Returns
    -------
    Finding
        Table, a row for each member of each set, sorted by choice and id:

        id, name
        choice : 1 for the best set, 2 for the next
        areas : names of the areas that it brings
        tied_to : names of the members with which it has a tie
        new_ties : number of members with which it has none
        activities : its activities there on these areas

        Of sets that cover the same number of areas with as few members, the best has the fewest pairs without a tie;
        then the greatest strength of ties, the most areas brought more than once, the most activities, the smallest
        ids.

    Raises
    ------
    UsageProblem
        If there is no such region or area, k or choices is below 1, or the areas are too many to search.

    References
    ----------
    R. M. Karp, Reducibility among combinatorial problems, in Complexity of Computer Computations, Plenum, 1972.
    T. Lappas, K. Liu and E. Terzi, Finding a team of experts in social networks, KDD 2009, 467. M. E. J. Newman,
    Scientific collaboration networks II, Physical Review E 64, 016132, 2001.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     competence_areas=pl.DataFrame({"id": ["c", "e"], "name": ["Culture", "Education"], "kind": ["field"] * 2}),
    ...     addresses=pl.DataFrame({"activity": ["x", "y"], "competence_area": ["c", "e"]}),
    ... )
    >>> rows = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "y"]})
    >>> names = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> found = consortium(Partnerships(rows, names, read=lambda: setting))
    >>> found.words[0]
    'Alpha and Beta cover both areas: Culture; Education.'
    """
    if k < 1 or choices < 1:
        raise UsageProblem("-k and --choices are 1 or more.")
    places = partnerships.setting.under_region(region) if region else None
    wanted = _wanted(partnerships, places, areas, by)
    shared = brought(partnerships, places, wanted, by)
    covered = wanted.within(set(shared["area"]))
    where = f" in {_called(partnerships, region)}" if region else ""
    if not covered.ids:
        nobody = consortium_words.nobody(wanted, where)
        return Finding(_table(partnerships, []), (nobody,), LIMITS, _method(k, by))
    candidates = _candidates(partnerships, shared, done(partnerships, places, covered), covered)
    most, size = _possible(candidates.brings, k)
    best = best_sets(candidates, most, size, choices)
    fewest = size if most == len(covered.ids) else _possible(candidates.brings, len(covered.ids))[1]
    rows = [row for choice, members in enumerate(best.sets, 1) for row in _rows(candidates, covered, choice, members)]
    table = _table(partnerships, rows)
    words = consortium_words.told(table, wanted, covered, where, k, fewest)
    assumed = () if areas else (consortium_words.assumed(partnerships.setting, covered, where),)
    return Finding(table, (*words, *assumed, *_cut_off(best)), LIMITS, _method(k, by))


def _wanted(partnerships: Partnerships, places: set[str] | None, areas: tuple[str, ...], by: str) -> Asked:
    """Return the areas that are named, or else all of the first kind that somebody brings there."""
    if areas:
        return asked(partnerships.setting, areas)
    for kind in kinds(partnerships.setting):
        every = asked(partnerships.setting, (), kind)
        if some := set(brought(partnerships, places, every, by)["area"]):
            return every.within(some)
    return asked(partnerships.setting, ())


def _called(partnerships: Partnerships, region: str) -> str:
    regions = partnerships.setting.regions
    (id,) = scope.resolve([region], regions, "Region")
    return str(regions.filter(pl.col("id") == id)["name"][0] or id)


def _candidates(partnerships: Partnerships, shared: pl.DataFrame, known: pl.DataFrame, covered: Asked) -> Candidates:
    bit = {area: 1 << place for place, area in enumerate(covered.ids)}
    brings: dict[str, int] = {}
    for id, area in shared.select("organization", "area").iter_rows():
        brings[id] = brings.get(id, 0) | bit[area]
    ids = sorted(brings)
    active = dict(known.group_by("organization").agg(pl.col("activity").n_unique()).iter_rows())
    between = partnerships.ties.filter(pl.col("source").is_in(ids), pl.col("target").is_in(ids))
    tied = {(one, other): strength for one, other, strength in between.select(*ENDS, "strength").iter_rows()}
    return Candidates(ids, [brings[id] for id in ids], [active.get(id, 0) for id in ids], tied)


def _possible(brings: list[int], k: int) -> tuple[int, int]:
    found = most_and_fewest(brings, k)
    if found is None:
        raise UsageProblem("These are too many areas to find the smallest set for: name fewer of them.")
    return found


def _rows(candidates: Candidates, covered: Asked, choice: int, members: list[int]) -> Iterator[dict[str, Any]]:
    ids = [candidates.ids[place] for place in members]
    for place, id in zip(members, ids, strict=True):
        tied = [other for other in ids if (min(id, other), max(id, other)) in candidates.tied]
        brings = candidates.brings[place]
        yield {
            "id": id,
            "choice": choice,
            "areas": sorted(name for bit, name in enumerate(covered.names) if brings >> bit & 1),
            "tied_to": tied,
            "new_ties": len(ids) - 1 - len(tied),
            "activities": candidates.active[place],
        }


def _table(partnerships: Partnerships, rows: list[dict[str, Any]]) -> pl.DataFrame:
    names = partnerships.names
    named = [
        {
            **row,
            "name": names.get(row["id"]) or row["id"],
            "tied_to": sorted(names.get(id) or id for id in row["tied_to"]),
        }
        for row in rows
    ]
    return pl.DataFrame(named, schema=COLUMNS).sort("choice", "id")


def _cut_off(best: Best) -> tuple[str, ...]:
    said = "There are too many possible sets to look at each: these are the best of those that were looked at."
    return () if best.whole else (said,)


def _method(k: int, by: str) -> str:
    shown = {
        "done": "by an activity on it there",
        "declared": "by declaring it and working or having its seat there",
        "either": "by an activity on it there, or by declaring it and working or having its seat there",
    }
    return (
        f"Sought was the smallest set of at most {counted(k, 'organization')} that covers the areas (an organization "
        f"covers an area {shown[by]}), by integer programming; where that is not possible, the set that covers most. "
        "Among the sets of that size, all searched by branch and bound, the best has the fewest pairs without a tie, "
        "then the greatest sum of Newman's strength, the most areas covered more than once and the most activities."
    )
