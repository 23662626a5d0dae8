"""The embedded store: a ladybug database in one file, no server. The only module that imports ladybug.

Some facts of the engine shape this module. After the ROLLBACK of a transaction that held a COPY the next COPY crashes
the process, so a failed write closes the database without a commit, which discards it. A COPY of a key that is there
already crashes it too, so a plan holds each key once. And it can be opened for reading only, which is how a query is
kept from writing; a process killed in a checkpoint leaves a file that must first be opened for writing, to recover.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import ladybug
import polars as pl

from graphmodel import statements
from graphmodel.batch import frame_schema
from graphmodel.errors import (
    QueryRefused,
    StoreForeign,
    StoreLocked,
    StoreProblem,
)
from graphmodel.plan import Plan
from graphmodel.queries import Table
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, Schema
from graphmodel.store.base import Parameters, Progress, chosen_columns, no_progress, nothing_yet, ordered

READING = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "EXPLAIN", "PROFILE"})
WRITING = frozenset({"CREATE", "MERGE"})
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)


class EmbeddedStore:
    """A graph in a file. Reading does not need the file to exist before the first question; writing makes it."""

    def __init__(self, path: Path, schema: Schema) -> None:
        """Remember where the file is; it is opened when first asked."""
        self.path = path
        self.schema = schema
        self._reading: ladybug.Connection | None = None

    @property
    def address(self) -> str:
        """The path of the file."""
        return str(self.path)

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._reading is not None:
            self._reading.database.close()
            self._reading = None

    def query(self, cypher: str, parameters: Parameters) -> Table:
        """Run a query that only reads."""
        _refuse_commands(cypher)
        connection = self._connection()
        if not _table_names(connection):
            raise nothing_yet(self.address)
        with _as_refusal():
            result = _ask(connection, cypher, parameters)
            rows = tuple(tuple(_plain(cell) for cell in row) for row in result.get_all())
        return Table(tuple(result.get_column_names()), rows)

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type. Where the file is older than the schema, what it lacks is empty or null."""
        columns = chosen_columns(type_, only)
        known = _present(self._connection(), type_) if self.path.exists() else set()
        if not known:
            return pl.DataFrame(schema=columns)
        with _as_refusal():
            frame = _ask(self._connection(), statements.read(type_, columns, known)).get_as_pl()
        if among is not None:
            frame = frame.filter(pl.col(type_.key[0]).is_in(among.implode()))
        return ordered(frame.cast(pl.Schema(columns)), type_)

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""
        if not self.path.exists() or not _present(self._connection(), type_):
            return 0
        return int(self.query(statements.count(type_), {}).rows[0][0])

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make all changes of a plan, or none."""
        self.close()
        made = not self.path.exists()
        database = _open(self.path, read_only=False)
        try:
            self._write_in_one_transaction(ladybug.Connection(database), plan, progress)
        except RuntimeError as error:
            raise StoreProblem(f"{self.path}: the load was not made, nothing has changed. {error}") from error
        else:
            made = False
        finally:
            database.close()
            if made:
                self.path.unlink(missing_ok=True)

    def _write_in_one_transaction(self, connection: ladybug.Connection, plan: Plan, progress: Progress) -> None:
        connection.execute("BEGIN TRANSACTION")
        self._make_tables(connection)
        for change in plan.changes:
            if len(change.new):
                connection.execute(statements.embedded_copy(change.type), {"frame": change.new})
            if len(change.changed):
                connection.execute(statements.embedded_update(change.type), {"frame": change.changed})
            progress(len(change))
        connection.execute("COMMIT")

    def _make_tables(self, connection: ladybug.Connection) -> None:
        """Make what the schema has and the file does not: a table, a pair of labels, a property."""
        present = _table_names(connection)
        if not present:
            connection.execute("CREATE MACRO type(r) AS label(r)")
        for name, statement in statements.embedded_tables(self.schema).items():
            if name not in present:
                connection.execute(statement)
        for type_ in self.schema:
            if not _present(connection, type_) >= frame_schema(type_).keys():
                for statement in statements.embedded_additions(type_):
                    connection.execute(statement)

    def _connection(self) -> ladybug.Connection:
        """Return the connection that reads, opened at the first question."""
        if self._reading is None:
            if not self.path.exists():
                raise nothing_yet(self.address)
            self._reading = ladybug.Connection(_open(self.path, read_only=True))
        return self._reading


def _open(path: Path, *, read_only: bool) -> ladybug.Database:
    """Open the file; say what is wrong in our words where the engine refuses it."""
    try:
        database = ladybug.Database(path, read_only=read_only)
        present = _table_names(ladybug.Connection(database))
    except RuntimeError as error:
        if read_only and "recovery is pending" in str(error):
            _open(path, read_only=False).close()
            return _open(path, read_only=True)
        raise _refusal(path, str(error)) from error
    if present and "Source" not in present:
        database.close()
        raise StoreForeign(
            f"{path} is a database of another program: it holds {', '.join(sorted(present))}. "
            "Choose another file with --store."
        )
    return database


def _ask(connection: ladybug.Connection, cypher: str, parameters: Parameters | None = None) -> ladybug.QueryResult:
    """Run one statement and return its one result."""
    result = connection.execute(cypher, dict(parameters or {}))
    assert isinstance(result, ladybug.QueryResult)
    return result


def _rows(connection: ladybug.Connection, cypher: str) -> list[list[Any]]:
    return [list(row) for row in _ask(connection, cypher).get_all()]


def _table_names(connection: ladybug.Connection) -> set[str]:
    return {row[0] for row in _rows(connection, "CALL show_tables() RETURN name")}


def _present(connection: ladybug.Connection, type_: ElementType) -> set[str]:
    """Return the columns of a type that the file has; none where it lacks the table, or the pair of labels in it."""
    table = type_.label if isinstance(type_, NodeType) else type_.name
    if table not in _table_names(connection):
        return set()
    properties = {row[0] for row in _rows(connection, f"CALL table_info('{table}') RETURN name")}
    if isinstance(type_, NodeType):
        return properties
    pairs = _rows(connection, f"CALL show_connection('{table}') RETURN *")
    return properties | set(ENDS) if any(pair[:2] == [type_.start, type_.end] for pair in pairs) else set()


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


def _refuse_commands(cypher: str) -> None:
    """Refuse what is no question: the engine guards its own file, but COPY TO could write another."""
    bare = _QUOTED.sub(" ", cypher).strip().rstrip(";")
    first = bare.split(maxsplit=1)[0].upper() if bare else ""
    if first not in READING | WRITING or ";" in bare:
        raise QueryRefused(
            f"A query is one statement that begins with one of {', '.join(sorted(READING))}; "
            f'this one begins with "{first}" or holds more than one.'
        )


@contextmanager
def _as_refusal() -> Iterator[None]:
    """Turn what the engine says of a query into our error."""
    try:
        yield
    except RuntimeError as error:
        reason = str(error)
        if "read-only" in reason:
            raise QueryRefused("Queries only read; this one writes. Data comes in by `graphmodel load`.") from error
        raise QueryRefused(f"The embedded database does not run this query. {reason}") from error


def _plain(value: Any) -> Any:
    """Return a value of the embedded engine as plain Python: nodes and relationships as their known properties."""
    if isinstance(value, dict) and "_ID" in value:
        return {name: _plain(item) for name, item in value.items() if item is not None and not name.startswith("_")}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
