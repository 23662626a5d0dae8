"""The tables of a tidy folder or a tidy workbook, found by their names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from graphmodel.errors import DataProblem, suggestion
from graphmodel.importers import tables_binary, tables_parquet, tables_text
from graphmodel.importers.containers import Content, unpacked
from graphmodel.importers.tables import Row, reader
from graphmodel.records import ElementType, Reject
from graphmodel.schema import Schema

SUFFIXES = (".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".csv.gz", ".tsv.gz", ".jsonl.gz", ".ndjson.gz")
EXPLANATIONS = "explanations"
SHEET_NAME_LENGTH = 31


@dataclass(frozen=True)
class Part:
    """One table: what messages and what records call it, its type, and its rows, the header first.

    `columnar`, where the format has it, gives the rows as frames of text under the names of their columns.
    """

    title: str
    name: str
    type: ElementType
    rows: Callable[[], Iterator[Row | Reject]]
    columnar: Callable[[Sequence[str]], Iterator[pl.DataFrame]] | None = None


def _file(path: Path) -> str:
    """Return the name in the schema of a table's file, whatever its format."""
    suffix = next(suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if path.name.lower().endswith(suffix))
    return f"{path.name[: -len(suffix)]}.csv"


def files(folder: Path, schema: Schema) -> list[Path]:
    """Return the tables of the folder in the order of the schema."""
    found = sorted(path for path in folder.iterdir() if path.name.lower().endswith(SUFFIXES))
    for path in found:
        if _file(path) not in schema.files:
            hint = suggestion(path.name, schema.files) or f" Known are {', '.join(schema.files)}."
            raise DataProblem(f"{path}: graphmodel knows no file of this name.{hint}")
    if not found:
        raise DataProblem(
            f"{folder} holds no table. Start with `graphmodel template {folder}`, or name a folder with "
            "organizations.csv, activities.csv, participations.csv, or the same as TSV, Parquet or JSON lines."
        )
    return sorted(found, key=lambda path: list(schema.files).index(_file(path)))


def part(path: Path, schema: Schema) -> Part:
    """Return the table in a file; text has to be UTF-8 or UTF-16, for here nobody would see a wrong guess."""
    content = unpacked(path)
    if reader(content) is not tables_text.delimited:
        _, rows = reader(content)(content, "")
        columnar = partial(tables_parquet.frames, content) if reader(content) is tables_parquet.parquet else None
        return Part(str(path), path.name, schema.files[_file(path)], rows, columnar)
    layout = tables_text.layout(content)
    if not layout.encoding.startswith("utf"):
        raise DataProblem(f'{path}, line {_undecodable(content)}: not UTF-8. Save it as "CSV UTF-8" and load it again.')
    return Part(
        str(path),
        path.name,
        schema.files[_file(path)],
        lambda: tables_text.rows(content, layout.encoding, layout.delimiter),
    )


def _undecodable(content: Content) -> int:
    """Return the first line that is not UTF-8."""
    with content.open() as stream:
        return next(number for number, raw in enumerate(stream, 1) if not _is_utf8(raw))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def sheet_name(type_: ElementType) -> str:
    """Return the sheet of a type: its file without the ending, cut to what a workbook allows.

    >>> from graphmodel.schema import SCHEMA
    >>> sheet_name(SCHEMA.relationship("COMPETENT_IN"))
    'organization_competence_areas'
    """
    return type_.file.removesuffix(".csv")[:SHEET_NAME_LENGTH]


def sheets(path: Path, schema: Schema) -> list[Part]:
    """Return the sheets of a workbook in the order of the schema."""
    content = unpacked(path)
    if reader(content) is not tables_binary.workbook:
        raise DataProblem(
            f"{path} is a file; graphmodel loads a folder of tables, or a workbook, as `graphmodel template` makes "
            f"them. To load any other table, say what its columns are: `graphmodel mapping {path.name}` begins that."
        )
    types = {sheet_name(type_): type_ for type_ in schema.files.values()}
    sheets = tables_binary.sheets(content)
    for name in sheets:
        if name not in (*types, EXPLANATIONS):
            hint = suggestion(name, types) or f" Known are {', '.join(types)}."
            raise DataProblem(f'{path}: graphmodel knows no sheet "{name}".{hint} Other sheets need a mapping.')
    return [
        Part(f"{path}, sheet {name}", f"{path.name} {name}", type_, _numbered(sheets[name]))
        for name, type_ in types.items()
        if name in sheets
    ]


def _numbered(rows: Sequence[list[str]]) -> Callable[[], Iterator[Row | Reject]]:
    return lambda: iter(enumerate(rows, 1))
