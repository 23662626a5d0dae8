"""What a consortium covers and what it lacks, in sentences."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import polars as pl

from graphmodel.analysis.phrases import counted, listed, separated
from graphmodel.analysis.scenarios.competence import Asked
from graphmodel.analysis.ties.partnerships import Setting

NAMED = 12
"""Areas or pairs that a sentence names."""


def nobody(wanted: Asked, where: str) -> str:
    """Say that there is nobody to choose.

    >>> nobody(Asked(["e"], ["Education"], pl.DataFrame()), " in Mali")
    'Nobody covers Education in Mali.'
    """
    if wanted.names:
        any_ = "" if len(wanted.names) == 1 else "any of "
        return f"Nobody covers {any_}{listed(wanted.names)}{where}."
    return f"No competence area is known to be covered by anybody{where}: there is nothing to choose for."


def assumed(setting: Setting, covered: Asked, where: str) -> str:
    """Say which areas were taken because none were named."""
    kind = setting.competence_areas.filter(pl.col("id") == covered.ids[0])["kind"][0]
    return f"No area was named, so all of kind {kind} were taken that somebody covers{where}."


def told(table: pl.DataFrame, wanted: Asked, covered: Asked, where: str, k: int, fewest: int) -> Iterator[str]:
    """Say what the best set covers, what it lacks, which ties are new, and what else there is.

    Parameters
    ----------
    table : polars.DataFrame
        The table of the finding.
    wanted, covered : Asked
        The areas asked for, and those of them that somebody brings.
    where : str
        The region, such as " in Africa", or nothing.
    k : int
        Most organizations in a set.
    fewest : int
        How few cover all areas that somebody brings.
    """
    best = table.filter(pl.col("choice") == 1)
    has = sorted({area for areas in best["areas"] for area in areas})
    lacks = [name for name in covered.names if name not in has]
    cover = "covers" if best.height == 1 else "cover"
    areas = f"{_areas(len(has), len(covered.names))}{where}: {separated(has, NAMED)}"
    yield f"{listed(best['name'].to_list())} {cover} {areas}."
    if lacks:
        left = "left out is" if len(lacks) == 1 else "left out are"
        yield f"{_no(k)} more; {left} {separated(lacks, NAMED)}. With -k {fewest} all are covered."
    elif best.height > 1:
        yield f"{_no(best.height - 1)} as much."
    if missing := wanted.without(covered):
        yield f"Nobody covers {separated(missing, NAMED)}{where}."
    yield from _only(best)
    yield from _new(best)
    yield from _next(table)
    yield from _declaring(table, where)


def _areas(number: int, of: int) -> str:
    if number < of:
        return f"{number:,} of {of:,} areas"
    return {1: "the area", 2: "both areas"}.get(of, f"all {of:,} areas")


def _no(number: int) -> str:
    return "Nobody alone covers" if number == 1 else f"No {number:,} cover"


def _only(best: pl.DataFrame) -> Iterator[str]:
    """Say what each member alone brings to the set."""
    if best.height == 1:
        return
    often = Counter(area for areas in best["areas"] for area in areas)
    for name, areas in best.select("name", "areas").iter_rows():
        if alone := [area for area in areas if often[area] == 1]:
            yield f"Only {name} of them brings {separated(alone, NAMED)}."


def _new(best: pl.DataFrame) -> Iterator[str]:
    rows = best.select("name", "tied_to").rows()
    new = [f"{one} with {other}" for (one, tied), (other, _) in combinations(rows, 2) if other not in tied]
    if best.height == 1:
        return
    if not new:
        yield (
            "They have worked together, or agreed to, already."
            if best.height == 2
            else "Each pair of them is tied already."
        )
    else:
        pairs = counted(best.height * (best.height - 1) // 2, "pair")
        yield f"Not yet tied: {separated(new, NAMED)} ({len(new):,} of {pairs})."


def _next(table: pl.DataFrame) -> Iterator[str]:
    for (choice,), members in table.filter(pl.col("choice") > 1).group_by("choice", maintain_order=True):
        new = sum(members["new_ties"]) // 2
        ties = "" if members.height == 1 else f" ({counted(new, 'new tie')})"
        yield f"Choice {choice:,}: {separated(members['name'].to_list(), NAMED)}{ties}."


def _declaring(table: pl.DataFrame, where: str) -> Iterator[str]:
    """Say who in any of the sets declares the areas only."""
    names = table.filter(pl.col("activities") == 0).unique("id").sort("id")["name"].to_list()
    if names:
        yield f"By declaration only, with no activity on these areas{where}: {separated(names, NAMED)}."
