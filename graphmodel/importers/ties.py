"""A table of ties: as `graphmodel alliances -o` and the map page write it, or made by hand, a row for each pair."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from graphmodel import records
from graphmodel.errors import DataProblem, suggestion
from graphmodel.files import of_table
from graphmodel.importers.tables import Table, open_table
from graphmodel.records import LINE, Reject, Rows
from graphmodel.schema import SCHEMA, Kind, Property

ENDS = ("source", "target")
SUFFIXES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xlsx", ".xls", ".ods", ".gz", ".zip")
"""Ends of names by which a word is known for a table, whether it is there or not."""

MADE_TEXT = r"^'([=+\-@])"
"""What is written before a cell for spreadsheets, lest they take it for a formula."""

_ALLIED = SCHEMA.relationship("ALLIED_WITH")
_NAMES = tuple(f"{end}_name" for end in ENDS)
_FIGURES = tuple(
    replace(item, minimum=0) if item.kind in (Kind.INTEGER, Kind.NUMBER) else item
    for item in (*_ALLIED.own, Property("weight", Kind.NUMBER))
    if item.kind != Kind.FLAG
)
_TIE = replace(_ALLIED, columns=ENDS, own=(*_FIGURES, *map(Property, _NAMES)))


@dataclass(frozen=True)
class Ties:
    """Ties out of a file: source, target and what is told of them, each pair once; and the columns of no meaning."""

    frame: pl.DataFrame
    unknown: tuple[str, ...]


def read(path: Path) -> Ties:
    """Read a table of ties.

    Parameters
    ----------
    path : Path
        CSV and its kin, JSON, JSON lines, Parquet or a workbook, with the columns source and target: organizations by
        id or name. Optional: source_name, target_name, weight, and what `graphmodel alliances` says of a tie.
        Capitals do not matter. Or a folder of Parquet files, as Spark writes one table.

    Returns
    -------
    Ties
        The frame has only the columns that the file has. Rows that say the same of a pair, in either direction, are
        one.

    Raises
    ------
    DataProblem
        If it is no such table, a cell cannot be read, an organization is tied to itself or has two names, or two rows
        of a pair differ. The message names file, line and column.
    """
    tables = _tables(path)
    meanings = _meanings(tables[0])
    frame, rejects = _cells(tables, meanings)
    names, renamed = _named(frame, path.name)
    _refuse([*rejects, *renamed, *_loops(frame, path.name), *_weightless(frame, path.name)])
    told = _in_one_direction(frame.drop(_NAMES, strict=False))
    once = told.unique(pl.exclude(LINE), keep="first", maintain_order=True)
    _refuse(_contradictions(once, path.name))
    known = (pl.col(end).replace_strict(names, default=None).alias(f"{end}_name") for end in ENDS if names)
    return Ties(once.drop(LINE).with_columns(known), tuple(name for name in tables[0].columns if name not in meanings))


def _tables(path: Path) -> list[Table]:
    tables = [open_table(file) for file in of_table(path)]
    if not tables:
        raise DataProblem(f"There is no Parquet file in the folder {path}. Name a table, or a folder that Spark wrote.")
    for table in tables:
        if table.columns != tables[0].columns:
            raise DataProblem(
                f"{table.path} has other columns than {tables[0].file} beside it: they are not parts of one table. "
                "Name one of them."
            )
    return tables


def _meanings(table: Table) -> dict[str, str]:
    """Return the columns that mean something, each with what it means; of two alike the first."""
    known = (*ENDS, *(item.name for item in _TIE.own))
    found: dict[str, str] = {}
    for column in table.columns:
        name = column.lower().replace(" ", "_")
        if name in known and name not in found.values():
            found[column] = name
    for end in ENDS:
        if end not in found.values():
            raise DataProblem(
                f'{table.path} has no column "{end}".{suggestion(end, table.columns)} Ties need source and target, as '
                "`graphmodel alliances -o ties.csv` writes them; this table has "
                f"{', '.join(table.columns[:8])}{', ...' if len(table.columns) > 8 else ''}."
            )
    return found


def _cells(tables: Sequence[Table], meanings: Mapping[str, str]) -> tuple[pl.DataFrame, list[Reject]]:
    """Return the rows that can be read, typed, with their line, and a reject for each cell that cannot.

    Of several tables the lines are counted on.
    """
    frames, rejects, above = [], [], 0
    for table in tables:
        frame, bad = _cells_of(table, meanings)
        frames.append(frame.with_columns(pl.col(LINE) + above))
        above = frames[-1].select(pl.col(LINE).max()).item() or above
        rejects += bad
    return pl.concat(frames), rejects


def _cells_of(table: Table, meanings: Mapping[str, str]) -> tuple[pl.DataFrame, list[Reject]]:
    inside = dict(zip(ENDS, records.ENDS, strict=True))
    names = {column: inside.get(name, name) for column, name in meanings.items()}
    frames, rejects = [], []
    for part in table.frames():
        if isinstance(part, Reject):
            rejects.append(part)
            continue
        text = part.select(pl.col(column).str.replace(MADE_TEXT, "$1").alias(name) for column, name in names.items())
        good, bad = records.check(Rows(_TIE, text.with_columns(part[LINE]), table.file))
        frames.append(good.select(*(pl.col(names[column]).alias(name) for column, name in meanings.items()), LINE))
        rejects += bad
    return pl.concat(frames), rejects


def _refuse(rejects: Iterable[Reject]) -> None:
    found = sorted(set(rejects))
    if found:
        more = f", and {len(found) - 1:,} more like it" if len(found) > 1 else ""
        raise DataProblem(f"{found[0]}. Correct it in the file{more}.")


def _loops(frame: pl.DataFrame, file: str) -> Iterator[Reject]:
    for line, id in frame.filter(pl.col("source") == pl.col("target")).select(LINE, "target").iter_rows():
        yield Reject(file, line, "target", "conflict", id, "another organization than the source")


def _weightless(frame: pl.DataFrame, file: str) -> Iterator[Reject]:
    if "weight" in frame.columns:
        for line in frame.filter(pl.col("weight") == 0)[LINE]:
            yield Reject(file, line, "weight", "value", "0", "a number above 0")


def _named(frame: pl.DataFrame, file: str) -> tuple[dict[str, str], list[Reject]]:
    """Return the name of each organization, and a reject for each that is not the one it has further up."""
    found: dict[str, tuple[str, int]] = {}
    others = []
    for end, column in zip(ENDS, _NAMES, strict=True):
        if column not in frame.columns:
            continue
        for id, name, line in frame.select(end, column, LINE).drop_nulls().iter_rows():
            first, above = found.setdefault(id, (name, line))
            if name != first:
                others.append(Reject(file, line, column, "conflict", name, f'"{first}", as line {above} calls "{id}"'))
    return {id: name for id, (name, _) in found.items()}, others


def _in_one_direction(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the smaller id as the source."""
    return frame.with_columns(pl.min_horizontal(ENDS).alias("source"), pl.max_horizontal(ENDS).alias("target"))


def _contradictions(frame: pl.DataFrame, file: str) -> Iterator[Reject]:
    """Yield a reject for each row of a pair that has one further up, which says something else."""
    above = pl.col(LINE).min().over(ENDS).alias("above")
    for source, target, line, first in (
        frame.select(*ENDS, LINE, above).filter(pl.col(LINE) != pl.col("above")).iter_rows()
    ):
        expected = f"one row for each pair, and line {first} says something else of it"
        yield Reject(file, line, "", "conflict", f"{source}, {target}", expected)
