"""What a reader yields: nodes, edges, rejects, notices; single ones, or many of a type as the rows of a frame."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

import polars as pl

from graphmodel import values
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.schema import NAME, NodeType, Property, RelationshipType, Schema

LINE = "_line"
FILE = "_file"
COLUMN = "_column"
ENDS = ("start_id", "end_id")
PLACE = pl.Categorical()
"""The type of the columns `_file` and `_column`, of which there are a few, whatever the number of rows."""

Value: TypeAlias = object
ElementType: TypeAlias = NodeType | RelationshipType


@dataclass(frozen=True, slots=True)
class Node:
    """A node and what is known of it; what is absent is unknown and erases nothing.

    >>> Node("Organization", "exo", {"name": "Example", "founded": 1948}).id
    'exo'
    """

    label: str
    id: str
    properties: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between the ids of two nodes; `start_label` decides where several types share a name."""

    type: str
    start_id: str
    end_id: str
    properties: Mapping[str, Value] = field(default_factory=dict)
    start_label: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Reject:
    """A row that was not taken: where it stands, what was found, and what was expected.

    Kinds: value, missing, placeholder, conflict, dangling, shape.
    """

    file: str
    line: int
    column: str
    kind: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"{self.file} line {self.line}" if self.line else self.file
        column = f", column {self.column}" if self.column else ""
        return f'{place}{column}: {self.kind}: "{self.found}"; expected {self.expected}'


@dataclass(frozen=True, slots=True, order=True)
class Notice:
    """Something that a person should look at, though every row of it was taken."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.file} line {self.line}: {self.text}"


@dataclass(frozen=True)
class Rows:
    """Many records of one type: a frame of text columns, with the line of each row in `_line`.

    Columns are `id` or `start_id` and `end_id`, properties, and `source`; those that a file does not have are absent.
    `column` names the column that holds the record, where one row of a file holds several.
    """

    type: ElementType
    frame: pl.DataFrame
    file: str = ""
    column: str = ""


Record: TypeAlias = Node | Edge | Reject | Notice | Rows


def as_rows(records: Iterable[Record], schema: Schema) -> Iterator[Rows | Reject | Notice]:
    """Turn neighbouring single records of a type into the rows of a frame; pass on what already is.

    Raises
    ------
    UsageProblem
        If a record names a label, type or property that the schema does not have.
    """
    for _, group in groupby(enumerate(records, 1), key=lambda numbered: _group(numbered[1])):
        singles: dict[int, Node | Edge] = {}
        for number, record in group:
            if isinstance(record, Node | Edge):
                singles[number] = record
            else:
                yield record
        if singles:
            yield _rows(singles, schema)


def _group(record: Record) -> tuple[str, str]:
    match record:
        case Node(label=label):
            return ("node", label)
        case Edge(type=name, start_label=label):
            return (name, label)
        case _:
            return ("", "")


def _type(record: Node | Edge, schema: Schema) -> ElementType:
    if isinstance(record, Node):
        return schema.node(record.label)
    return schema.relationship(record.type, record.start_label)


def _rows(numbered: Mapping[int, Node | Edge], schema: Schema) -> Rows:
    """Return records of one type as rows; the line of each is its place among the records."""
    members = list(numbered.values())
    type_ = _type(members[0], schema)
    own = [item.name for item in type_.properties if item.name != "sources"]
    known = dict.fromkeys([*key_columns(type_), *own, "source"])
    for name in sorted({name for member in members for name in member.properties} - known.keys()):
        raise UsageProblem(f'{type_.title} has no property "{name}".{suggestion(name, known)}')
    cells = {name: [values.as_text(_cell(member, name)) for member in members] for name in known}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(known, pl.String))
    return Rows(type_, frame.with_columns(pl.Series(LINE, list(numbered), dtype=pl.Int64)), "records")


def _cell(member: Node | Edge, name: str) -> Value:
    if name in ("id", *ENDS):
        return getattr(member, name)
    return member.properties.get(name)


def key_columns(type_: ElementType) -> tuple[str, ...]:
    """Return the columns without which a row says nothing: the id, or the two ends."""
    return ("id",) if isinstance(type_, NodeType) else ENDS


def check(rows: Rows) -> tuple[pl.DataFrame, list[Reject]]:
    """Read the text of every cell. Return the typed frame of the rows that can be read, and the rejects of the others.

    The frame has the declared columns that the rows have, `source`, and `_file`, `_line`, `_column`.
    """
    columns = [name for name in rows.frame.columns if name != LINE]
    text = rows.frame.with_columns(values.clean(pl.col(name)) for name in columns)
    declared = {item.name: item for item in _readable(rows.type)}
    read = text.with_columns(values.read(declared[name]) for name in columns if name in declared)
    rejects = [
        *(reject for name in key_columns(rows.type) for reject in _missing(rows, text, name)),
        *(reject for name in columns for reject in _placeholders(rows, text, name)),
        *(reject for name in columns if name in declared for reject in _unread(rows, text, read, declared[name])),
    ]
    good = read.filter(~pl.col(LINE).is_in([reject.line for reject in rejects])) if rejects else read
    place = (pl.lit(rows.file, PLACE).alias(FILE), pl.lit(rows.column, PLACE).alias(COLUMN))
    return good.with_columns(*place), rejects


def _readable(type_: ElementType) -> Iterable[Property]:
    return (item for item in type_.properties if item.name not in ("id", "sources"))


def _missing(rows: Rows, text: pl.DataFrame, name: str) -> Iterator[Reject]:
    for line in text.filter(pl.col(name).is_null())[LINE]:
        yield Reject(rows.file, line, _column(rows, name), "missing", "", f"the {_meaning(rows.type, name)}")


def _placeholders(rows: Rows, text: pl.DataFrame, name: str) -> Iterator[Reject]:
    if name not in (*key_columns(rows.type), NAME.name):
        return
    found = text.filter(pl.col(name).str.to_lowercase().is_in(list(values.PLACEHOLDERS)))
    for line, cell in found.select(LINE, name).iter_rows():
        wanted = f"the {_meaning(rows.type, name)}, not a placeholder"
        yield Reject(rows.file, line, _column(rows, name), "placeholder", cell, wanted)


def _unread(rows: Rows, text: pl.DataFrame, read: pl.DataFrame, item: Property) -> Iterator[Reject]:
    found = text.filter(text[item.name].is_not_null() & read[item.name].is_null())
    for line, cell in found.select(LINE, item.name).iter_rows():
        yield Reject(rows.file, line, item.name, "value", cell, values.expected(item))


def _column(rows: Rows, name: str) -> str:
    """Return the column of the file that holds what is called `name` inside."""
    if name in ENDS and isinstance(rows.type, RelationshipType):
        return rows.column or rows.type.columns[ENDS.index(name)]
    return name


def _meaning(type_: ElementType, name: str) -> str:
    if isinstance(type_, RelationshipType) and name in ENDS:
        return f"id of the {(type_.start, type_.end)[ENDS.index(name)]}"
    return f"{name} of the {type_.title}"
