"""The embedded store: a ladybug database in one file, no server.

Some facts of the engine shape this module. After the ROLLBACK of a transaction that held a COPY the next COPY crashes
the process, so a failed write closes the database without a commit, which discards it. A COPY of a key that is there
already crashes it too, so a plan holds each key once. A process killed after a COMMIT, while the engine writes its log
into the file, leaves what the transaction SET without what it COPYed. A DELETE of relationships mixes up the ends of
others as soon as the file is closed. And who reads a file is not kept from seeing half of what another process writes
into it. So a file that is there is never written: `graphmodel.store.rewriting` makes a new one that takes its place. A
file can be opened for reading only, which is how a query is kept from writing; a process killed in a checkpoint leaves
one that must first be opened for writing, to recover.
"""

import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import ladybug
import polars as pl

from graphmodel import statements
from graphmodel.batch import frame_schema
from graphmodel.errors import QueryRefused, StoreProblem
from graphmodel.plan import Plan
from graphmodel.queries import Table
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema
from graphmodel.store.base import (
    UNLIMITED,
    Limit,
    Parameters,
    Progress,
    chosen_columns,
    no_progress,
    nothing_yet,
    ordered,
    too_slow,
)
from graphmodel.store.reach import refuse, refuse_large
from graphmodel.store.rewriting import create, extend, rewrite
from graphmodel.store.tables import Reader, ask, elements, present, table_names


class EmbeddedStore:
    """A graph in a file. Reading does not need the file to exist before the first question; writing makes it."""

    def __init__(self, path: Path, schema: Schema) -> None:
        """Remember where the file is; it is opened when first asked."""
        self.path = path
        self.schema = schema
        self._reading: Reader | None = None
        self._opening = threading.Lock()

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
            self._reading.close()
            self._reading = None

    def query(self, cypher: str, parameters: Parameters, limit: Limit = UNLIMITED) -> Table:
        """Run a query that only reads."""
        refuse(cypher)
        refuse_large(cypher, parameters)
        connection = self._connection()
        if not table_names(connection):
            raise nothing_yet(self.address)
        with _as_refusal(limit), _in_time(connection, limit):
            result = ask(connection, cypher, parameters)
            found = result.get_all() if limit.rows is None else result.get_n(limit.rows)
        rows = tuple(tuple(_plain(cell) for cell in row) for row in found)
        return Table(tuple(result.get_column_names()), rows)

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type. Where the file is older than the schema, what it lacks is empty or null."""
        return ordered(self._elements(type_, chosen_columns(type_, only), among), type_)

    def claims(self, type_: ElementType, sources: Collection[str], only: Collection[str] | None = None) -> pl.DataFrame:
        """Return what these sources claim, and nodes that no source does."""
        columns = chosen_columns(type_, only)
        named, claimed = _claimed(type_, list(sources))
        frame = self._elements(type_, columns | {named: frame_schema(type_)[named]})
        return ordered(frame.filter(claimed).select(columns.keys()), type_)

    def degrees(self, type_: NodeType, ids: pl.Series) -> pl.DataFrame:
        """Return how many relationships each of these nodes has."""
        with _as_refusal():
            return ask(
                self._connection(), statements.embedded_degrees(type_), {"frame": ids.to_frame("id")}
            ).get_as_pl()

    def _elements(
        self, type_: ElementType, columns: Mapping[str, pl.DataType], among: pl.Series | None = None
    ) -> pl.DataFrame:
        if not self.path.exists():
            return pl.DataFrame(schema=columns)
        with _as_refusal():
            return elements(self._connection(), type_, columns, among)

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""
        if not self.path.exists() or not present(self._connection(), type_):
            return 0
        return int(self.query(statements.count(type_), {}).rows[0][0])

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make all changes of a plan, or none."""
        self.close()
        with _nothing_changed(self.path, plan):
            make = rewrite if plan.removes else extend if self.path.exists() else create
            make(self.path, self.schema, plan, progress)

    def _connection(self) -> ladybug.Connection:
        """Return the connection that reads; the file is opened at the first question."""
        with self._opening:
            if self._reading is None:
                if not self.path.exists():
                    raise nothing_yet(self.address)
                self._reading = Reader(self.path)
            return self._reading.connection()


def _claimed(type_: ElementType, sources: list[str]) -> tuple[str, pl.Expr]:
    """Return the column that names who claims an element, and the condition that it is one of these, or nobody."""
    if isinstance(type_, NodeType):
        named = pl.col("sources").list
        return "sources", named.eval(pl.element().is_in(sources)).list.any() | (named.len() == 0)
    return "source", pl.col("source").is_in(sources)


@contextmanager
def _nothing_changed(path: Path, plan: Plan) -> Iterator[None]:
    """Turn what the engine says of a write into our error."""
    try:
        yield
    except RuntimeError as error:
        raise StoreProblem(f"{path}: the {plan.work} was not made, nothing has changed. {error}") from error


@contextmanager
def _in_time(connection: ladybug.Connection, limit: Limit) -> Iterator[None]:
    """Let the engine stop a query of this connection that takes too long."""
    if limit.seconds is None:
        yield
        return
    connection.set_query_timeout(round(limit.seconds * 1_000))
    try:
        yield
    finally:
        connection.set_query_timeout(0)


@contextmanager
def _as_refusal(limit: Limit = UNLIMITED) -> Iterator[None]:
    """Turn what the engine says of a query into our error."""
    try:
        yield
    except RuntimeError as error:
        reason = str(error)
        if limit.seconds is not None and "interrupted" in reason.lower():
            raise too_slow(limit) from error
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
