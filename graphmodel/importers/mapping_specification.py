"""What a mapping says, as data: tables, blocks, and where each value comes from. `mapping_toml` reads it from TOML.

The words that stand in the file are those of `*_KEYS`; labels, types, ends and properties are those of the schema.
"""

import re
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from graphmodel.errors import DataProblem, suggestion
from graphmodel.records import ElementType
from graphmodel.schema import NodeType

CELL_KEYS = (
    *("column", "columns", "join", "value", "empty", "match", "values", "otherwise", "country", "date", "number"),
    *("normalize", "prefix", "optional"),
)
PATH_KEYS = ("path", "separator", "country_step", "country")
BLOCK_KEYS = ("table", "split", "when", "optional")
TABLE_KEYS = ("file", "sheet", "member", "optional", "join")
SOURCE_KEYS = ("id", "title", "publisher", "licence", "url", "retrieved")
CONDITION_KEYS = ("column", "is", "not", "filled")
WILDCARD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Cell:
    """One value of each row: from which columns, or which constant, and how it is read.

    Of several columns the first that is filled counts, unless they are `joined`. `place` is where the mapping says so.
    """

    place: str
    columns: tuple[str, ...] = ()
    joined: bool = False
    join: str = " "
    value: str | None = None
    empty: tuple[str, ...] = ()
    match: str = ""
    values: abc.Mapping[str, str] | None = None
    otherwise: str | None = None
    country: bool = False
    date: tuple[str, ...] = ()
    number: str = ""
    normalize: bool = False
    prefix: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Path:
    """A region by the way to it from the largest: steps in one column, or in several. `strict`: only what M49 knows."""

    place: str
    steps: tuple[Cell, ...]
    separator: str = "|"
    country_step: int = 0
    strict: bool = False


@dataclass(frozen=True)
class Element:
    """A node that a block speaks of: its id, and what else is said of it."""

    place: str
    type: NodeType
    id: Cell | Path
    cells: abc.Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class Condition:
    """What a row must be like to be taken."""

    place: str
    column: str
    among: tuple[str, ...] = ()
    not_among: tuple[str, ...] = ()
    filled: bool | None = None


@dataclass(frozen=True)
class Block:
    """One `[[...]]` of the file: what the rows of a table say, a node each, or a relationship between two nodes."""

    place: str
    type: ElementType
    elements: tuple[Element, ...]
    cells: abc.Mapping[str, Cell] = field(default_factory=dict)
    table: str = ""
    split: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    optional: bool = False

    def values(self) -> abc.Iterator[Cell]:
        """Go through all values that it reads, those of its nodes too."""
        yield from self.cells.values()
        for element in self.elements:
            yield from element.cells.values()
            yield from element.id.steps if isinstance(element.id, Path) else (element.id,)

    def columns(self) -> list[str]:
        """Return the columns that it names, once each."""
        names = [name for cell in self.values() for name in cell.columns]
        return list(dict.fromkeys([*names, *self.split, *(condition.column for condition in self.when)]))


@dataclass(frozen=True)
class Join:
    """Another table, whose columns are added, as `table.column`, to each row with the same key."""

    place: str
    table: str
    on: tuple[str, str]


@dataclass(frozen=True)
class TableSpecification:
    """A table that a mapping reads: its file, the sheet or member in it, and what is joined to its rows."""

    place: str
    file: str = ""
    sheet: str = ""
    member: str = ""
    optional: bool = False
    joins: tuple[Join, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """A mapping file, checked against the schema."""

    path: FilePath
    source: abc.Mapping[str, str]
    tables: abc.Mapping[str, TableSpecification]
    blocks: tuple[Block, ...]

    @property
    def source_id(self) -> str:
        """The id of the source, where the file says one."""
        return self.source.get("id", "")


def problem(place: str, text: str) -> DataProblem:
    """Return the error that names a place of a mapping file."""
    return DataProblem(f"{place}: {text}")


def refuse_unknown(found: abc.Iterable[str], known: abc.Iterable[str], place: str, noun: str = "key") -> None:
    """Refuse a name that is not among those that may stand at a place."""
    allowed = list(known)
    for name in found:
        if name not in allowed:
            hint = suggestion(name, allowed) or f" Known are {', '.join(allowed)}."
            raise problem(place, f'unknown {noun} "{name}".{hint}')
