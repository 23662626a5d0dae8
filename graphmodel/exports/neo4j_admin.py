"""A graph as a folder that `neo4j-admin database import` makes a database of: much faster than any load into a server.

Each type has a file of its rows and a file of their header, which names the types. A script runs the import; what that
cannot make, constraints and empty lists, is in a file of Cypher. The whole graph goes, what was computed from it too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from graphmodel import statements
from graphmodel.errors import UsageProblem
from graphmodel.exports.tables import parts
from graphmodel.files import whole_folder
from graphmodel.plan import Counted
from graphmodel.records import ElementType
from graphmodel.schema import Kind, NodeType, Property, Schema

TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "string[]",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.DATE: "date",
    Kind.MOMENT: "localdatetime",
    Kind.FLAG: "boolean",
}
SEPARATOR, SEPARATOR_NAME = "\x1f", "U+001F"
"""Stands between the items of a list: the character that is made for it, which no text needs."""

SCRIPT, REST, EXPLANATION = "import.sh", "finish.cypher", "README.txt"


def write(schema: Schema, store: Counted, folder: Path) -> list[str]:
    """Write the folder, which is there once it is whole. Return the names of its files.

    Parameters
    ----------
    folder : path
        Where nothing is yet.

    Raises
    ------
    UsageProblem
        As `graphmodel.files.whole_folder`; and if an item of a list holds the character U+001F.
    """
    with whole_folder(folder) as beside:
        written = [_write_type(beside, type_, parts(type_, store)) for type_ in schema if store.count(type_)]
        options = _options(written)
        _write_text(beside / SCRIPT, script(options))
        _write_text(beside / REST, "".join(f"{each};\n" for each in _rest(schema, written)))
        _write_text(beside / EXPLANATION, explanation(options))
        (beside / SCRIPT).chmod(0o755)
        return sorted(path.name for path in beside.iterdir())


@dataclass(frozen=True)
class Written:
    """A type that is written, and what was met: texts of several lines, properties that are lists without an item."""

    type: ElementType
    multiline: bool
    empty: frozenset[str]


def header(type_: ElementType) -> str:
    """Return the line that names the columns of a type and says what they hold.

    >>> from graphmodel.schema import SCHEMA
    >>> header(SCHEMA.relationship("WORKS_IN"))
    ':START_ID(Organization),:END_ID(Region),basis:string,source:string,record:string'
    """
    if isinstance(type_, NodeType):
        key, *others = type_.properties
        return ",".join([f"{key.name}:ID({type_.label})", *map(_typed, others)])
    return ",".join([f":START_ID({type_.start})", f":END_ID({type_.end})", *map(_typed, type_.properties)])


def _typed(item: Property) -> str:
    return f"{item.name}:{TYPES[item.kind]}"


def _files(type_: ElementType) -> tuple[str, str]:
    """Return the names of the file of the header and of that of the rows."""
    stem = type_.file.removesuffix(".csv") or statements.table_name(type_).lower()
    return f"{stem}-header.csv", f"{stem}.csv"


def _write_type(folder: Path, type_: ElementType, frames: Iterable[pl.DataFrame]) -> Written:
    """Write the files of a type."""
    head, data = (folder / name for name in _files(type_))
    _write_text(head, header(type_) + "\n")
    multiline, empty = False, set[str]()
    lists = [item.name for item in type_.properties if item.kind is Kind.TEXTS]
    with data.open("wb") as file:
        for frame in frames:
            empty.update(name for name in lists if (frame[name].list.len() == 0).any())
            rows = frame.with_columns(_joined(type_, frame[name]) for name in lists)
            multiline = multiline or _has_lines(rows)
            rows.write_csv(file, include_header=False, datetime_format="%Y-%m-%dT%H:%M:%S%.6f")
    return Written(type_, multiline, frozenset(empty))


def _has_lines(rows: pl.DataFrame) -> bool:
    """Return whether a text has more than one line."""
    return any(rows.select(pl.col(pl.String).str.contains("[\r\n]").any()).row(0))


def _joined(type_: ElementType, lists: pl.Series) -> pl.Series:
    """Write the items of lists as one text."""
    if lists.list.join("").str.contains(SEPARATOR, literal=True).any():
        raise UsageProblem(
            f"The {lists.name} of a {type_.title} hold the character {SEPARATOR_NAME}, which here stands between "
            "items. Take it out of the data, or load them into the server itself."
        )
    return lists.list.join(SEPARATOR)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _options(written: Iterable[Written]) -> list[str]:
    """Return the options of the import. Texts of several lines are slower to read, and allowed only where there are."""
    groups = [
        f"--{'nodes' if isinstance(each.type, NodeType) else 'relationships'}={statements.table_name(each.type)}="
        + ",".join(_files(each.type))
        for each in written
    ]
    lines = f"--multiline-fields={'true' if any(each.multiline for each in written) else 'false'}"
    return [*groups, f"--array-delimiter={SEPARATOR_NAME}", "--id-type=string", "--bad-tolerance=0", lines]


def _rest(schema: Schema, written: Iterable[Written]) -> Iterator[str]:
    """Yield what is left to do once the database is there; an import leaves out a list without an item."""
    yield from statements.server_constraints(schema)
    for each in written:
        yield from (statements.server_empty(each.type, name) for name in sorted(each.empty))


def script(options: Iterable[str]) -> str:
    """Return the script that runs the import."""
    given = "".join(f" \\\n  {option}" for option in options)
    return f"""#!/bin/sh
# Makes a Neo4j database of the files beside this script. README.txt says what is needed.
# Usage: import.sh [DATABASE [OPTION ...]]    the database is neo4j if not said; options are those of neo4j-admin
set -eu
home=${{NEO4J_HOME:-}}
if [ -x "$home/bin/neo4j-admin" ]; then PATH=$(cd "$home/bin" && pwd):$PATH; fi
if ! command -v neo4j-admin >/dev/null; then
  echo "There is no neo4j-admin. Name the folder of Neo4j in NEO4J_HOME, or put its folder bin on the PATH." >&2
  exit 1
fi
cd "$(dirname "$0")"
database=${{1:-neo4j}}
[ $# -eq 0 ] || shift
[ -w . ] || set -- --report-file="$(mktemp)" "$@"  # who runs Neo4j may only read this folder
exec neo4j-admin database import full "$database" "$@"{given}
"""


def explanation(options: Iterable[str]) -> str:
    """Return the words for who gets the folder."""
    typed = " ".join(f'"{option}"' for option in options)
    return f"""A graph, to be made into a Neo4j database (5.26 or later)

1. Stop the server (Community), or choose the name of a database that is not there yet (Enterprise).
2. Make the database, with the folder of Neo4j in NEO4J_HOME or neo4j-admin on the PATH, as the user that Neo4j runs as:

     sh import.sh                                    the database neo4j; or: sh import.sh NAME
     sh import.sh neo4j --overwrite-destination      in the place of a database that is there and goes

   On Windows, in this folder, in one line:

     neo4j-admin database import full neo4j {typed}

3. Start the server; where the name is new (Enterprise): CREATE DATABASE NAME
4. Make the constraints, by which nodes are found, and what an import cannot make:

     cypher-shell -u neo4j -d neo4j -f {REST}        or: -d NAME
"""
