"""The tidy folder: one CSV file per node and relationship type, named and headed as the schema says.

A file may lack any column but the id or the two ends. `source` names where a row comes from; rows without it come from
the folder itself. A short-cut column (`regions`, `competence_areas`, `part_of`, ...) of a node's file lists ids,
separated by `|`.
"""

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

import polars as pl

from graphmodel import values
from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.records import ENDS, LINE, ElementType, Node, Record, Reject, Rows
from graphmodel.schema import NAME, NodeType, Schema

CHUNK = 100_000
DELIMITERS = ",;\t"
AUTOMATIC = ("sources", "loaded", "complete")


def read(folder: Path, schema: Schema, source: str) -> Iterator[Record]:
    """Yield the folder as the source `source`, the rows of its files, and a reject for each row of the wrong shape.

    Raises
    ------
    DataProblem
        If the folder holds no file of the schema, or a file is unknown, not UTF-8, or has a wrong header.
    """
    files = _files(folder, schema)
    headers = {path: _header(path, schema.files[path.name], schema) for path in files}
    yield Node("Source", source, {"sha256": _sha256(files)})
    for path in files:
        for chunk in _chunks(path, headers[path]):
            if isinstance(chunk, Reject):
                yield chunk
            else:
                yield from _rows(path.name, chunk, schema)


def _files(folder: Path, schema: Schema) -> list[Path]:
    """Return the CSV files of the folder in the order of the schema."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    for path in found:
        if path.name not in schema.files:
            hint = suggestion(path.name, schema.files) or f" Known are {', '.join(schema.files)}."
            raise DataProblem(f"{path}: graphmodel knows no file of this name.{hint}")
    if not found:
        raise DataProblem(
            f"{folder} holds no CSV file. Start with `graphmodel template {folder}`, or name a folder with "
            "organizations.csv, activities.csv, participations.csv."
        )
    return sorted(found, key=lambda path: list(schema.files).index(path.name))


def _sha256(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
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


def _header(path: Path, type_: ElementType, schema: Schema) -> list[str]:
    """Read the first line, and refuse the file if it is not a header of this type."""
    _, first = next(_lines(path), (1, []))
    header = [cell.strip() for cell in first]
    known = columns(type_, schema)
    if not any(header):
        raise DataProblem(f"{path} has no header. Its first line must name the columns: {', '.join(known)}.")
    for place, name in enumerate(header, 1):
        if name not in known:
            hint = suggestion(name, known) or f" Known are {', '.join(known)}."
            raise DataProblem(f'{path}, column {place}: unknown column "{name}".{hint}')
        if name in header[: place - 1]:
            raise DataProblem(f'{path}, column {place}: "{name}" occurs twice. Remove or rename one of them.')
    needed = type_.key[:1] if isinstance(type_, NodeType) else type_.columns
    for name in needed:
        if name not in header:
            raise DataProblem(f'{path} has no column "{name}". Without it no row can be placed.')
    return header


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a file as text, with or without a byte order mark; refuse one that is not UTF-8."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        line = next(number for number, raw in enumerate(path.read_bytes().split(b"\n"), 1) if not _is_utf8(raw))
        raise DataProblem(f'{path}, line {line}: not UTF-8. Save it as "CSV UTF-8" and load it again.') from error


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: TextIO) -> str:
    """Return which delimiter the header uses: spreadsheets write what their country expects."""
    first = text.readline()
    text.seek(0)
    return max(DELIMITERS, key=first.count)


def _chunks(path: Path, header: list[str]) -> Iterator[pl.DataFrame | Reject]:
    """Yield frames of text with the number of each line, and a reject for each row with too few or too many cells."""
    rows: list[list[str]] = []
    lines: list[int] = []
    for line, row in islice(_lines(path), 1, None):
        if not any(row):
            continue
        if len(row) != len(header):
            yield Reject(path.name, line, "", "shape", f"{len(row)} cells", f"{len(header)}, as in the header")
            continue
        rows.append(row)
        lines.append(line)
        if len(rows) == CHUNK:
            yield _frame(header, rows, lines)
            rows, lines = [], []
    yield _frame(header, rows, lines)


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row, the header first, with the line on which it begins."""
    with _opened(path) as text:
        reader = csv.reader(text, delimiter=_delimiter(text), strict=True)
        begin = 1
        try:
            for row in reader:
                yield begin, row
                begin = reader.line_num + 1
        except csv.Error as error:
            raise DataProblem(f"{path} line {begin}: {error}. Check the quotes of this row.") from error


def _frame(header: list[str], rows: list[list[str]], lines: list[int]) -> pl.DataFrame:
    cells = zip(*rows, strict=True) if rows else ((),) * len(header)
    frame = pl.DataFrame(dict(zip(header, cells, strict=True)), schema=dict.fromkeys(header, pl.String))
    return frame.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))


def _rows(file: str, frame: pl.DataFrame, schema: Schema) -> Iterator[Rows]:
    """Yield the rows of the file's own type, then those of its short-cut columns."""
    type_ = schema.files[file]
    if not isinstance(type_, NodeType):
        named = frame.rename(dict(zip(type_.columns, ENDS, strict=True)))
        yield Rows(type_, named, file)
        return
    shortcuts = {name: item for name, item in schema.shortcuts(type_.label).items() if name in frame.columns}
    yield Rows(type_, frame.drop(*shortcuts), file)
    for name, item in shortcuts.items():
        ends = frame.select(
            pl.col("id").alias("start_id"),
            values.items(pl.col(name)).alias("end_id"),
            *(pl.col(extra) for extra in ("source",) if extra in frame.columns),
            pl.col(LINE),
        )
        exploded = ends.explode("end_id", empty_as_null=True).filter(pl.col("end_id").is_not_null())
        yield Rows(item, exploded, file, name)


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
