"""The tidy folder: one table per node and relationship type, named and headed as the schema says.

The tables are CSV files, or any other that `graphmodel.importers.tables` reads, under the same name; or the sheets of
one workbook. A table may lack any column but the id or the two ends. `source` names where a row comes from; rows
without it come from the folder itself. A short-cut column (`regions`, `competence_areas`, `part_of`, ...) of a node's
table lists ids, separated by `|`.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from graphmodel import values
from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.importers.tables import fitted, trimmed
from graphmodel.importers.tidy_parts import Part, files, part, sheets
from graphmodel.records import ENDS, LINE, ElementType, Node, Record, Reject, Rows
from graphmodel.schema import NAME, NodeType, Schema

CHUNK = 100_000
AUTOMATIC = ("sources", "loaded", "complete")


def read(path: Path, schema: Schema, source: str) -> Iterator[Record]:
    """Yield a folder or a workbook as the source `source`, the rows of its tables, and a reject for each misshapen row.

    Raises
    ------
    DataProblem
        If it holds no table of the schema, or one is unknown, not UTF-8, or has a wrong header.
    """
    found = [path] if path.is_file() else files(path, schema)
    tables = sheets(path, schema) if path.is_file() else [part(file, schema) for file in found]
    headers = [_header(table, schema) for table in tables]
    yield Node("Source", source, {"sha256": _sha256(found)})
    for table, header in zip(tables, headers, strict=True):
        for chunk in _chunks(table, header):
            if isinstance(chunk, Reject):
                yield chunk
            else:
                yield from _rows(table, chunk, schema)


def _sha256(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest.update(path.name.encode() + b"\0" + hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def columns(type_: ElementType, schema: Schema) -> list[str]:
    """Return the columns that the file of a type may have, in the order of the template.

    >>> from graphmodel.schema import SCHEMA
    >>> columns(SCHEMA.relationship("PARTICIPATED_IN"), SCHEMA)
    ['organization', 'activity', 'role', 'contribution', 'currency', 'source', 'record']
    """
    own = [item.name for item in type_.properties if item.name not in AUTOMATIC]
    if not isinstance(type_, NodeType):
        return [*type_.columns, *own]
    if type_.named_by:
        own.remove(NAME.name)
    return [*own, *schema.shortcuts(type_.label), *(["source"] if type_.sourced else [])]


def _header(part: Part, schema: Schema) -> list[str]:
    """Read the first row, and refuse the table if it is not a header of its type."""
    first = next(part.rows(), (1, []))
    header = trimmed([cell.strip() for cell in ([] if isinstance(first, Reject) else first[1])])
    known = columns(part.type, schema)
    if not any(header):
        raise DataProblem(f"{part.title} has no header. Its first line must name the columns: {', '.join(known)}.")
    for place, name in enumerate(header, 1):
        if name not in known:
            hint = suggestion(name, known) or f" Known are {', '.join(known)}."
            raise DataProblem(f'{part.title}, column {place}: unknown column "{name}".{hint}')
        if name in header[: place - 1]:
            raise DataProblem(f'{part.title}, column {place}: "{name}" occurs twice. Remove or rename one of them.')
    needed = part.type.key[:1] if isinstance(part.type, NodeType) else part.type.columns
    for name in needed:
        if name not in header:
            raise DataProblem(f'{part.title} has no column "{name}". Without it no row can be placed.')
    return header


def _chunks(part: Part, header: list[str]) -> Iterator[pl.DataFrame | Reject]:
    """Yield frames of text with the number of each line, and a reject for each row with too few or too many cells."""
    if part.columnar is not None:
        yield from part.columnar(header)
        return
    rows: list[Sequence[str]] = []
    lines: list[int] = []
    for item in islice(part.rows(), 1, None):
        if isinstance(item, Reject):
            yield item
            continue
        line, row = item
        if not any(row):
            continue
        row = fitted(row, len(header))
        if len(row) != len(header):
            yield Reject(part.name, line, "", "shape", f"{len(row)} cells", f"{len(header)}, as in the header")
            continue
        rows.append(row)
        lines.append(line)
        if len(rows) == CHUNK:
            yield _frame(header, rows, lines)
            rows, lines = [], []
    yield _frame(header, rows, lines)


def _frame(header: list[str], rows: list[Sequence[str]], lines: list[int]) -> pl.DataFrame:
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    frame = pl.DataFrame(dict(zip(header, cells, strict=True)), schema=dict.fromkeys(header, pl.String))
    return frame.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))


def _rows(part: Part, frame: pl.DataFrame, schema: Schema) -> Iterator[Rows]:
    """Yield the rows of the table's own type, then those of its short-cut columns."""
    type_ = part.type
    if not isinstance(type_, NodeType):
        named = frame.rename(dict(zip(type_.columns, ENDS, strict=True)))
        yield Rows(type_, named, part.name)
        return
    shortcuts = {name: item for name, item in schema.shortcuts(type_.label).items() if name in frame.columns}
    yield Rows(type_, frame.drop(*shortcuts), part.name)
    for name, item in shortcuts.items():
        ends = frame.select(
            pl.col("id").alias("start_id"),
            values.items(pl.col(name)).alias("end_id"),
            *(pl.col(extra) for extra in ("source",) if extra in frame.columns),
            pl.col(LINE),
        )
        exploded = ends.explode("end_id", empty_as_null=True).filter(pl.col("end_id").is_not_null())
        yield Rows(item, exploded, part.name, name)


def write_template(folder: Path, schema: Schema) -> list[Path]:
    """Write a file per type with its header and one example row, where a row can stand for itself. Return the files.

    Raises
    ------
    UsageProblem
        If one of the files is there already; nothing is written then.
    """
    paths = [folder / name for name in schema.files]
    for path in paths:
        if path.exists():
            raise UsageProblem(f"{path} is there already. Choose an empty folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for path, type_ in zip(paths, schema.files.values(), strict=True):
        names = columns(type_, schema)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(_example(type_, names))
    return paths


def _example(type_: ElementType, names: list[str]) -> list[list[str]]:
    """Return one row that loads as it is; none where it would tie the one example to itself."""
    if not isinstance(type_, NodeType) and type_.start == type_.end:
        return []
    examples = {item.name: item.example for item in type_.properties} | {"source": example_id("Source")}
    if isinstance(type_, NodeType):
        examples["id"] = example_id(type_.label)
    else:
        ends = (example_id(type_.start), example_id(type_.end))
        examples |= dict(zip(type_.columns, ends, strict=True))
    return [[examples.get(name, "") for name in names]]


def example_id(label: str) -> str:
    """Return the id of the example node of a label.

    >>> example_id("Region")
    'region-1'
    """
    return f"{label.lower()}-1"
