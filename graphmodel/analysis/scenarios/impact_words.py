"""What the figures of an exit mean, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from graphmodel.analysis.phrases import counted, listed

LISTED = 3
"""Organizations that a sentence on all of them names; the table holds all."""

NAMED = 8
"""Names that a sentence on one organization lists; the table holds all."""

RANKED = (
    ("cut_off", "{} would cut others off by leaving", "No single exit would cut others off"),
    ("partners_alone", "{} would leave partners without any tie", "Every partner has another tie"),
    ("cells_lost", "{} would leave a region with nobody on an area", "No region would be left with nobody on an area"),
    ("activities_ended", "{} would end activities in which nobody else takes part", ""),
    ("activities_alone", "{} would leave somebody alone in an activity", ""),
)
"""Column, what is said of those with more than 0, and what is said where there is none."""


def ranked(table: pl.DataFrame) -> Iterator[str]:
    """Say whose exit takes most, by each figure.

    >>> lost = {name: [0, 2] for name, _, _ in RANKED}
    >>> list(ranked(pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"], "cells": [1, 3], **lost})))[0]
    '1 of 2 organizations would cut others off by leaving: Beta (2).'
    """
    if table.is_empty():
        yield "There is no organization, so nobody can leave."
        return
    for column, some, none in RANKED:
        if column == "cells_lost" and not table["cells"].sum():
            continue
        lost = table.filter(pl.col(column) > 0).sort(column, "id", descending=[True, False])
        if lost.height:
            worst = listed([f"{name} ({number:,})" for name, number in lost.head(LISTED).select("name", column).rows()])
            of_all = f"{lost.height:,} of {counted(table.height, 'organization')}"
            yield f"{some.format(of_all)}{': ' if lost.height <= LISTED else ', most of all '}{worst}."
        elif none:
            yield f"{none}, whoever leaves."


def one(row: Mapping[str, Any], named: Mapping[str, list[str]], parts: Sequence[Sequence[str]]) -> Iterator[str]:
    """Say what is lost with one organization, by name.

    Parameters
    ----------
    row : mapping
        Its row of the table.
    named : mapping from str to list of str
        What is lost: lost_cells, lost_partners, ended_activities, alone_activities.
    parts : sequence of sequences of str
        The names in each part into which what it held together falls, the largest first.
    """
    yield from _ties(row, named["lost_partners"])
    yield from _parts(row, parts)
    yield from _cells(row, named["lost_cells"])
    yield from _activities(row, named)


def _ties(row: Mapping[str, Any], alone: list[str]) -> Iterator[str]:
    if not row["ties"]:
        yield f"{row['name']} has no tie: nobody loses one."
        return
    yield f"Without {row['name']}, {counted(row['ties'], 'tie')} would go."
    if alone:
        have = "partner has" if len(alone) == 1 else "partners have"
        yield f"{len(alone):,} {have} no other tie: {_named(alone)}."
    else:
        yield "Every partner has another tie."


def _parts(row: Mapping[str, Any], parts: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(parts) == 1:
        yield "All that are connected through it would stay connected."
    elif parts:
        sizes = listed([f"{len(part):,}" for part in parts[:NAMED]], max(0, len(parts) - NAMED))
        yield f"What it holds together would fall into {len(parts):,} parts, of {sizes}."
        others = "1 other" if row["cut_off"] == 1 else f"{row['cut_off']:,} others"
        yield f"{others} would be cut off from the largest{_groups(parts[1:])}."


def _groups(parts: Sequence[Sequence[str]]) -> str:
    """Name the parts of two or more; a part of one is a partner without another tie, and named already."""
    several = [f"[{_named(part)}]" for part in parts if len(part) > 1]
    if not several:
        return ""
    alone = len(parts) - len(several)
    return f": {_named(several)}{f'; and {alone:,} without any tie' if alone else ''}"


def _cells(row: Mapping[str, Any], lost: list[str]) -> Iterator[str]:
    if lost:
        yield f"Nobody else is active in {_pairs(len(lost))}: {_named(lost)}."
    elif row["cells"]:
        yield f"Somebody else is active too in its {_pairs(row['cells'])}."


def _activities(row: Mapping[str, Any], named: Mapping[str, list[str]]) -> Iterator[str]:
    ended, alone = named["ended_activities"], named["alone_activities"]
    if not row["activities"]:
        yield f"{row['name']} takes part in no activity."
        return
    its = f"Of its {counted(row['activities'], 'activity')}"
    if ended:
        yield f"{its}, {len(ended):,} would have nobody left: {_named(ended)}."
    if alone:
        yield f"{its}, {len(alone):,} would be left to one other: {_named(alone)}."
    if not ended and not alone:
        yield f"{its}, each would keep two others or more."


def _named(names: Sequence[str]) -> str:
    """Names may hold commas.

    >>> _named(["Ministry of Water, Nepal", "Zeta"])
    'Ministry of Water, Nepal; Zeta'
    """
    more = len(names) - NAMED
    return "; ".join([*names[:NAMED], *([f"and {more:,} more"] if more > 0 else [])])


def _pairs(number: int) -> str:
    return f"{counted(number, 'pair')} of area and region"
