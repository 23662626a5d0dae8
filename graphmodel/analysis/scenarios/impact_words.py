"""What the figures of an exit mean, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from graphmodel.analysis.phrases import counted, listed, separated

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


def ranked(table: pl.DataFrame, organizations: int) -> Iterator[str]:
    """Say whose exit takes most, by each figure.

    Parameters
    ----------
    table : polars.DataFrame
        The table of the finding: those with a tie or an activity.
    organizations : int
        How many there are with those that have neither.

    Examples
    --------
    >>> lost = {name: [0, 2] for name, _, _ in RANKED}
    >>> known = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"], "cells": [1, 3], "ties": [1, 1], **lost})
    >>> list(ranked(known, 3))[::5]
    ['1 of 2 organizations would cut others off by leaving: Beta (2).', \
'Not ranked: 1 organization without a tie or an activity, whose exit takes nothing.']
    """
    if not organizations:
        yield "There is no organization, so nobody can leave."
        return
    if not table["ties"].sum():
        yield "Nobody has a tie, so no exit cuts one."
    yield from _most(table)
    if idle := organizations - table.height:
        yield f"Not ranked: {counted(idle, 'organization')} without a tie or an activity, whose exit takes nothing."


def _most(table: pl.DataFrame) -> Iterator[str]:
    needs = {"cut_off": "ties", "partners_alone": "ties", "cells_lost": "cells"}
    for column, some, none in RANKED:
        if column in needs and not table[needs[column]].sum():
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
        yield f"{len(alone):,} {have} no other tie: {separated(alone, NAMED)}."
    else:
        yield "Every partner has another tie."


def _parts(row: Mapping[str, Any], parts: Sequence[Sequence[str]]) -> Iterator[str]:
    if len(parts) == 1:
        yield "All that are connected through it would stay connected."
    elif parts:
        sizes = listed([f"{len(part):,}" for part in parts[:NAMED]], max(0, len(parts) - NAMED))
        yield f"What it holds together would fall into {len(parts):,} parts, of {sizes}."
        yield f"{counted(row['cut_off'], 'other')} would be cut off from the largest{_groups(parts[1:])}."


def _groups(parts: Sequence[Sequence[str]]) -> str:
    """Name the parts of two or more; a part of one is a partner without another tie, and named already."""
    several = [part for part in parts if len(part) > 1]
    if not several:
        return ""
    told = [f"{len(part):,} who stay together ({separated(part, NAMED)})" for part in several[:LISTED]]
    more = len(several) - len(told)
    groups = [f"{counted(more, 'more group')}"] if more else []
    alone = [f"{len(parts) - len(several):,} without any tie"] if len(parts) > len(several) else []
    return f": {listed([*told, *groups, *alone])}"


def _cells(row: Mapping[str, Any], lost: list[str]) -> Iterator[str]:
    if lost:
        yield f"Nobody else is active in {_pairs(len(lost))}: {separated(lost, NAMED)}."
    elif row["cells"]:
        yield f"Somebody else is active too in its {_pairs(row['cells'])}."


def _activities(row: Mapping[str, Any], named: Mapping[str, list[str]]) -> Iterator[str]:
    ended, alone = named["ended_activities"], named["alone_activities"]
    if not row["activities"]:
        yield f"{row['name']} takes part in no activity."
        return
    its = f"Of its {counted(row['activities'], 'activity')}"
    if ended:
        yield f"{its}, {len(ended):,} would have nobody left: {separated(ended, NAMED)}."
    if alone:
        yield f"{its}, {len(alone):,} would be left to one other: {separated(alone, NAMED)}."
    if not ended and not alone:
        yield f"{its}, each would keep two others or more."


def _pairs(number: int) -> str:
    return f"{counted(number, 'pair')} of area and region"
