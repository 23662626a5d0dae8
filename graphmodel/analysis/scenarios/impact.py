"""Impact: what is lost when an organization leaves."""

from typing import Literal

import polars as pl

from graphmodel.analysis.coverage.axes import KINDS, LEVELS, known_kind
from graphmodel.analysis.coverage.coverage import done
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.scenarios import impact_words
from graphmodel.analysis.scenarios.exits import losses, parts_without
from graphmodel.analysis.structure.engine import Arrays
from graphmodel.analysis.structure.tied import member, tied
from graphmodel.analysis.ties.partnerships import Partnerships, Setting

RANK = ("cut_off", "cells_lost", "activities_ended", "ties")
"""What ranks the organizations, largest first; then the id."""

LIMITS = (
    "One leaves at a time, and nobody takes over. Coverage is what activities show, not what is declared; an "
    "activity without a region or without an area covers nothing. All activities count the same, whatever "
    "their size, and past ones too unless a time is asked for."
)


def impact(
    partnerships: Partnerships,
    organization: str = "",
    *,
    areas: Literal["first", "field", "sector", "goal", "framework", "segment"] = "first",
    level: Literal["first", "region", "subregion", "country"] = "first",
) -> Finding:
    """Tell what is lost when an organization leaves: coverage, ties, parts of the network, activities.

    Parameters
    ----------
    organization : str
        Id, name or acronym of the one that leaves; without it, all are ranked.
    areas : str
        Kind of competence area by which coverage is counted; first takes the first of the others that is known.
    level : str
        Kind of region by which coverage is counted; first takes the first of the others that is known.

    Returns
    -------
    Finding
        Table of those with a tie or an activity, sorted by cut_off, cells_lost, activities_ended and ties (largest
        first) and id:

        id, name
        cut_off : others that are cut off from the largest part of what it held together
        parts : parts into which what it held together falls; 1 where it stays whole, 0 without a tie
        ties : number of its ties
        partners_alone : partners that have no other tie
        cells : pairs of region and competence area in which it is active
        cells_lost : those in which nobody else is
        activities : activities in which it takes part
        activities_ended : those in which nobody else does
        activities_alone : those in which one other does, who is then alone

        For one organization, what is lost by name too, in lists: lost_cells, lost_partners, ended_activities,
        alone_activities.

    Raises
    ------
    UsageProblem
        If there is no such organization, or the filter leaves it out.

    References
    ----------
    S. P. Borgatti, Identifying sets of key players in a social network, Computational and Mathematical
    Organization Theory 12, 21, 2006. J. Hopcroft and R. Tarjan, Algorithm 447: efficient algorithms for graph
    manipulation, Communications of the ACM 16, 372, 1973.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "b", "c"], "activity": ["x", "x", "y", "y"]})
    >>> names = pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"]})
    >>> found = impact(Partnerships(rows, names), "Beta")
    >>> found.table.select("name", "cut_off", "parts", "lost_partners").rows()
    [('Beta', 1, 2, ['Alpha', 'Gamma'])]
    """
    one = member(partnerships, organization) if organization else ""
    setting, network = partnerships.setting, tied(partnerships)
    at, assumed_level = known_kind(setting.regions, level, LEVELS)
    on, assumed_areas = known_kind(setting.competence_areas, areas, KINDS)
    cells, taken = _cells(partnerships, at, on), _taken(partnerships)
    table, method = _table(network, cells, taken), _method(at, on)
    uncovered = cells.is_empty() and not taken.is_empty()
    by = _uncovered(setting, at, on) if uncovered else (*assumed_level, *assumed_areas)
    if not one:
        ranked = table.filter(pl.col("ties") + pl.col("activities") > 0)
        return Finding(ranked, (*impact_words.ranked(ranked, table.height), *by), LIMITS, method)
    row, node = table.filter(id=one), network.ids.index(one)
    named = _named(network, node, cells, taken)
    lists = [pl.Series(name, [names], dtype=pl.List(pl.String)) for name, names in named.items()]
    parts = [sorted(network.names[place] for place in part) for part in parts_without(network, node)]
    words = impact_words.one(row.row(0, named=True), named, parts)
    return Finding(row.with_columns(lists), (*words, *by), LIMITS, method)


def _cells(partnerships: Partnerships, level: str, areas: str) -> pl.DataFrame:
    """Return organization, cell (what it is called), alone (nobody else is in it): one row each, sorted."""
    setting = partnerships.setting
    once = done(partnerships, level, areas).select("organization", "region", "area").unique()
    for nodes, end in ((setting.regions, "region"), (setting.competence_areas, "area")):
        names = nodes.select(pl.col("id").alias(end), pl.col("name").alias(f"{end}_name"))
        once = once.join(names, on=end, how="left")
    called = [pl.coalesce(f"{end}_name", end) for end in ("area", "region")]
    alone = pl.len().over("region", "area") == 1
    return once.select("organization", cell=pl.format("{} in {}", *called), alone=alone).sort(pl.all())


def _taken(partnerships: Partnerships) -> pl.DataFrame:
    """Return organization, activity (its name), participants (how many): one row each, sorted."""
    names = partnerships.activities.select(pl.col("id").alias("activity"), "name")
    taken = partnerships.incidence.select("organization", "activity", participants=pl.len().over("activity"))
    named = taken.join(names, on="activity", how="left").with_columns(activity=pl.coalesce("name", "activity"))
    return named.select("organization", "activity", "participants").sort(pl.all())


def _table(network: Arrays, cells: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    texts = {"id": pl.Series(network.ids, dtype=pl.String), "name": pl.Series(network.names, dtype=pl.String)}
    covered = cells.group_by("organization").agg(cells=pl.len(), cells_lost=pl.col("alone").sum())
    participants = pl.col("participants")
    active = taken.group_by("organization").agg(
        activities=pl.len(), activities_ended=(participants == 1).sum(), activities_alone=(participants == 2).sum()
    )
    table = pl.DataFrame({**texts, **losses(network)})
    for counts in (covered, active):
        table = table.join(counts, left_on="id", right_on="organization", how="left")
    whole = table.with_columns(pl.exclude("id", "name").fill_null(0).cast(pl.Int64))
    return whole.sort(*RANK, "id", descending=[*[True] * len(RANK), False])


def _named(network: Arrays, node: int, cells: pl.DataFrame, taken: pl.DataFrame) -> dict[str, list[str]]:
    """Return by name what one takes with it."""
    sources, targets, participants = network.sources, network.targets, pl.col("participants")
    own = pl.col("organization") == network.ids[node]
    partners = [*sources[targets == node].tolist(), *targets[sources == node].tolist()]
    return {
        "lost_cells": cells.filter(own, "alone")["cell"].to_list(),
        "lost_partners": sorted(network.names[place] for place in partners if network.degrees[place] == 1),
        "ended_activities": taken.filter(own, participants == 1)["activity"].to_list(),
        "alone_activities": taken.filter(own, participants == 2)["activity"].to_list(),
    }


def _uncovered(setting: Setting, level: str, areas: str) -> tuple[str, ...]:
    """Say that coverage is not known by these kinds, and by which it might be."""
    said = f'Coverage is not counted: no activity has both an area of kind "{areas}" and a region of kind "{level}".'
    kinds = [
        f"--{option} {', '.join(known)}"
        for option, nodes, order in (("areas", setting.competence_areas, KINDS), ("level", setting.regions, LEVELS))
        if (known := [kind for kind in order if kind in nodes["kind"]])
    ]
    return (f"{said} Possible here: {'; '.join(kinds)}.",) if kinds else (said,)


def _method(level: str, areas: str) -> str:
    return (
        "Each organization was taken out of the network, one at a time. Counted were its ties, the partners without "
        "another tie, the organizations cut off from the largest part of what it held together (by the tree of blocks "
        f"and articulation points), the pairs of region (kind {level}) and competence area (kind {areas}) in which no "
        "other organization has an activity, and the activities left with one participant or with none."
    )
