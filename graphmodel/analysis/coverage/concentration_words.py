"""How concentrated regions and areas are, in words."""

from collections.abc import Collection, Iterator
from typing import Any

import polars as pl

from graphmodel.analysis.phrases import counted, listed, separated

LISTED = 3
"""Rows that a sentence names; the table holds all."""

FEW = 3
"""So many organizations hold everything by necessity."""

ROUNDING = 1e-12
"""What an index of equal parts may differ from one over the number of organizations."""


def words(table: pl.DataFrame, kinds: Collection[str]) -> Iterator[str]:
    """Yield the sentences on a table of `concentration`: what is most and least concentrated, and what hangs on one.

    `kinds` says what makes a row: a level of regions, a kind of areas, or both. The table has `standing_out` besides,
    as in `graphmodel.analysis.coverage.holdings`.
    """
    rows = counted(table.height, " and ".join(kinds)) if len(kinds) == 1 else counted(table.height, "cell")
    if table.is_empty():
        yield f"Nothing is recorded by {listed([*kinds])}: there is nothing to share out."
        return
    many = table.filter(pl.col("organizations") > FEW)
    if not many.is_empty():
        yield from _held(many, rows)
    yield from _few(table, rows)


def _held(many: pl.DataFrame, rows: str) -> Iterator[str]:
    """Where three hold over half, the busiest first, and the busiest of all; where few are, it is by necessity."""
    ids = [name for name in ("region", "area") if name in many.columns]
    busiest = many.sort("participations", *ids, descending=[True, *[False] * len(ids)])
    even = (pl.col("herfindahl") * pl.col("organizations") - 1).abs() <= ROUNDING
    uneven = busiest.filter(~even)
    most = uneven.filter(pl.col("top_three") > 0.5)
    have = "has" if many.height == 1 else "have"
    yield (
        f"Of {rows}, {many.height:,} {have} four organizations or more; the three largest hold over half in "
        f"{most.height:,}."
    )
    for row in pl.concat([most.head(LISTED), uneven.head(1)]).unique(ids, maintain_order=True).to_dicts():
        yield _largest(row)
    yield from _even(busiest.filter(even), rows)


def _largest(row: dict[str, Any]) -> str:
    """What three hold; by name only those who are larger than the rest."""
    names = row["leaders"][: row["standing_out"]]
    told = separated(names, len(names))
    who = "" if not names else f": {told}" if len(names) == FEW else f", most of all {told}"
    return (
        f"In {_place(row)} the three largest of {row['organizations']:,} organizations hold {row['top_three']:.0%} of "
        f"{counted(row['participations'], 'participation')}{who}."
    )


def _even(even: pl.DataFrame, rows: str) -> Iterator[str]:
    if even.height == 1:
        (row,) = even.to_dicts()
        yield f"In {_place(row)}, {row['organizations']:,} organizations hold equal parts."
    elif even.height:
        places = separated(_places(even), LISTED)
        yield f"All hold equal parts in {even.height:,} of {rows}: {places}."


def _few(table: pl.DataFrame, rows: str) -> Iterator[str]:
    alone = table.filter(pl.col("organizations") == 1)
    few = table.filter(pl.col("organizations").is_between(2, FEW))
    few = few.sort("participations", descending=True, maintain_order=True)
    if few.height:
        places = separated(_places(few), LISTED)
        yield f"Two or three organizations hold everything in {few.height:,} of {rows}: {places}."
    if alone.height:
        told = [f"{_place(row)} ({row['largest_name']})" for row in alone.head(LISTED).to_dicts()]
        places = separated(told, LISTED, of=alone.height)
        yield f"A single one holds everything in {alone.height:,} of {rows}: {places}."


def _places(table: pl.DataFrame) -> list[str]:
    return [_place(row) for row in table.to_dicts()]


def _place(row: dict[str, Any]) -> str:
    return " in ".join(row[name] for name in ("area_name", "region_name") if name in row)
