"""The file of an embedded store: how it is opened, what tables it has, what is in them."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ladybug
import polars as pl

from graphmodel import statements
from graphmodel.batch import frame_schema
from graphmodel.errors import StoreForeign, StoreLocked, StoreProblem
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, Schema


def open_file(path: Path, *, read_only: bool) -> ladybug.Database:
    """Open the file; say what is wrong in our words where the engine refuses it."""
    try:
        database = ladybug.Database(path, read_only=read_only)
        there = table_names(ladybug.Connection(database))
    except RuntimeError as error:
        if read_only and "recovery is pending" in str(error):
            open_file(path, read_only=False).close()
            return open_file(path, read_only=True)
        raise _refusal(path, str(error)) from error
    if there and "Source" not in there:
        database.close()
        raise StoreForeign(
            f"{path} is a database of another program: it holds {', '.join(sorted(there))}. "
            "Choose another file with --store."
        )
    return database


class Reader:
    """A file that is open for reading, with a connection for each thread that asks."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._database = open_file(path, read_only=True)
        self._here = threading.local()

    def connection(self) -> ladybug.Connection:
        """Return the connection of this thread."""
        if not hasattr(self._here, "connection"):
            self._here.connection = ladybug.Connection(self._database)
        connection: ladybug.Connection = self._here.connection
        return connection

    def close(self) -> None:
        """Close the file; no thread may be asking."""
        self._database.close()


def ask(
    connection: ladybug.Connection, cypher: str, parameters: Mapping[str, Any] | None = None
) -> ladybug.QueryResult:
    """Run one statement and return its one result."""
    result = connection.execute(cypher, dict(parameters or {}))
    assert isinstance(result, ladybug.QueryResult)
    return result


def rows(connection: ladybug.Connection, cypher: str) -> list[list[Any]]:
    """Return the rows of an answer."""
    return [list(row) for row in ask(connection, cypher).get_all()]


def table_names(connection: ladybug.Connection) -> set[str]:
    """Return the labels and relationship types that have a table."""
    return {row[0] for row in rows(connection, "CALL show_tables() RETURN name")}


def present(connection: ladybug.Connection, type_: ElementType) -> set[str]:
    """Return the columns of a type that the file has; none where it lacks the table, or the pair of labels in it."""
    table = type_.label if isinstance(type_, NodeType) else type_.name
    if table not in table_names(connection):
        return set()
    properties = {row[0] for row in rows(connection, f"CALL table_info('{table}') RETURN name")}
    if isinstance(type_, NodeType):
        return properties
    pairs = rows(connection, f"CALL show_connection('{table}') RETURN *")
    return properties | set(ENDS) if any(pair[:2] == [type_.start, type_.end] for pair in pairs) else set()


def elements(
    connection: ladybug.Connection,
    type_: ElementType,
    columns: Mapping[str, pl.DataType],
    among: pl.Series | None = None,
) -> pl.DataFrame:
    """Return all elements of a type, or the nodes with these ids and the relationships that start from them.

    Where the file is older than the schema, what it lacks is empty or null.
    """
    known = present(connection, type_)
    if not known or (among is not None and among.drop_nulls().is_empty()):
        return pl.DataFrame(schema=columns)
    if among is None:
        return _frame(ask(connection, statements.read(type_, columns, known)), columns)
    begins = {type_.key[0]: pl.String()} | dict(columns)
    ends = {"first": among.min(), "last": among.max()}
    found = _frame(ask(connection, statements.embedded_read_between(type_, begins, known), ends), begins)
    return found.filter(pl.col(type_.key[0]).is_in(among.implode())).select(columns.keys())


def _frame(answer: ladybug.QueryResult, columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return answer.get_as_pl().cast(pl.Schema(columns))


def make_tables(connection: ladybug.Connection, schema: Schema) -> None:
    """Make what the schema has and the file does not: a table, a pair of labels, a property."""
    there = table_names(connection)
    if not there:
        connection.execute("CREATE MACRO type(r) AS label(r)")
    for name, statement in statements.embedded_tables(schema).items():
        if name not in there:
            connection.execute(statement)
    for type_ in schema:
        if not present(connection, type_) >= frame_schema(type_).keys():
            for statement in statements.embedded_additions(type_):
                connection.execute(statement)


def _refusal(path: Path, reason: str) -> StoreProblem:
    if "lock" in reason.lower():
        return StoreLocked(f"{path} is being written by another process. Wait until it has finished, then try again.")
    if path.is_dir():
        return StoreForeign(f"{path} is a folder; a store is a file. Name a file such as {path / 'graphmodel.lbug'}.")
    if "not a valid" in reason:
        return StoreForeign(f"{path} is no graph of graphmodel. Choose another file with --store.")
    if not path.parent.is_dir():
        return StoreProblem(f"The folder {path.parent} does not exist. Make it, or choose another place with --store.")
    return StoreProblem(f"{path} cannot be opened: {reason}")
