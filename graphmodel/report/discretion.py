"""The one place that all goes through which a report says: names of those that must not appear, and small counts."""

from dataclasses import replace

import polars as pl

from graphmodel.hiding import VOCABULARY, Terms
from graphmodel.report.part import Cells, Part, Table

FEW = "few"
"""Stands for a gap that says how many organizations there are."""


def discreet(part: Part, terms: Terms | None, smallest: int) -> Part:
    """Return a part without names that must not appear, and without counts of organizations below `smallest`.

    Sentences that analyses make are kept, with "[withheld]" in the place of a name.
    """
    tables = tuple(_covered(table, smallest) for table in part.tables) if smallest > 1 else part.tables
    if terms is None:
        return replace(part, tables=tables)
    return replace(
        part,
        heading=terms.text(part.heading),
        sentences=tuple(terms.text(sentence) for sentence in part.sentences),
        tables=tuple(_cleaned(table, terms) for table in tables),
    )


def _cleaned(table: Table, terms: Terms) -> Table:
    shown = None if table.shown is None else without_names(table.shown, terms)
    return replace(table, frame=without_names(table.frame, terms), shown=shown)


def without_names(frame: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Return a table with "[withheld]" in the place of names, and without addresses that hold one."""
    return frame.with_columns(
        pl.Series(name, [terms.value(value) for value in frame[name].to_list()], dtype=kind)
        for name, kind in frame.schema.items()
        if kind in (pl.String, pl.List(pl.String)) and name not in VOCABULARY
    )


def _covered(table: Table, smallest: int) -> Table:
    cells = table.cells
    if cells is None:
        return table
    counts = [name for name in (*cells.counts, *cells.derived) if name in table.frame.columns]
    any_small = table.frame.select(pl.any_horizontal(_small(name, smallest) for name in counts).any()).item()
    gone = [*cells.naming, *(cells.derived if any_small else ())]
    frame = _frame(table.frame, cells, smallest).drop(gone, strict=False)
    shown = None if table.shown is None else _frame(table.shown, cells, smallest).drop(gone, strict=False)
    columns = {name: heading for name, heading in table.columns.items() if name not in gone}
    return replace(table, frame=frame, shown=shown, columns=columns)


def _small(name: str, smallest: int) -> pl.Expr:
    return pl.col(name).is_between(1, smallest - 1).fill_null(False)


def _frame(frame: pl.DataFrame, cells: Cells, smallest: int) -> pl.DataFrame:
    """Cover counts from 1 to below `smallest`; zero is told, since it speaks of nobody."""
    few, counts = pl.lit(f"<{smallest}"), [name for name in cells.counts if name in frame.columns]
    told = [
        pl.when(_small(name, smallest)).then(few).otherwise(pl.col(name).cast(pl.String)).alias(name) for name in counts
    ]
    if cells.gap:
        gap = pl.col(cells.gap)
        told.append(
            pl.when(_small(counts[0], smallest) & gap.is_not_null()).then(pl.lit(FEW)).otherwise(gap).alias(cells.gap)
        )
    return frame.with_columns(told)


def told(smallest: int) -> tuple[str, ...]:
    """Return what the covering of small counts does and does not protect; nothing where nothing is covered."""
    if smallest <= 1:
        return ()
    return (
        f"In tables by region, area and year, 1 to {smallest - 1} organizations read <{smallest} (a gap: {FEW}), the "
        "only one is not named, and changes from which a covered count follows are left out; 0 is told. An "
        "organization can be in several cells, so that a covered count is not what the others leave of a total. Not "
        "protected is what is said by name (alliances, brokers, recommendations, the map: leave them out by --hide), "
        "nor what a comparison of reports on overlapping parts or periods gives away.",
    )
