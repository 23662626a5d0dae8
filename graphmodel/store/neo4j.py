"""The server store: Neo4j 5.26 or later, through the official driver. The only module that imports neo4j."""

import re
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

import neo4j
import polars as pl
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graphmodel import statements
from graphmodel.errors import (
    QueryRefused,
    StoreDenied,
    StoreForeign,
    StoreProblem,
    StoreUnreachable,
)
from graphmodel.plan import Plan
from graphmodel.queries import Table
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema
from graphmodel.store.base import UNLIMITED, Limit, Parameters, Progress, chosen_columns, no_progress, ordered, too_slow
from graphmodel.store.reach import SUBQUERIES, refuse

OLDEST = (5, 26)
BATCH = 10_000
LOOKUP = 10_000
_DONE = {
    "load": "They are kept, and their sources are",
    "removal": "They are gone, and the source is",
    "saving": "They are kept, and their source is",
}


class ServerStore:
    """A graph in a Neo4j database."""

    def __init__(
        self, address: str, schema: Schema, *, user: str, password: str, database: str, patience: float = 30
    ) -> None:
        """Remember where the server is; it is called when first asked. `patience`: seconds of trying again."""
        self.address = address
        self.schema = schema
        self.user = user
        self.database = database
        self._password = password
        self._patience = patience
        self._driver: neo4j.Driver | None = None
        self._connecting = threading.Lock()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def query(self, cypher: str, parameters: Parameters, limit: Limit = UNLIMITED) -> Table:
        """Run a query that only reads."""
        refuse(cypher, SUBQUERIES)
        fetch = neo4j.unit_of_work(timeout=limit.seconds)(_fetch)
        with self._session(reading=True, limit=limit) as session:
            columns, rows = session.execute_read(fetch, cypher, dict(parameters), limit.rows)
        return Table(tuple(columns), tuple(tuple(_plain(cell) for cell in row) for row in rows))

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type."""
        columns = chosen_columns(type_, only)
        if among is None:
            rows = self._rows(statements.read(type_, columns, columns), [{}])
        else:
            found = self._rows(statements.read_among(type_, columns), ({"ids": ids} for ids in _parts(among)))
            rows = [row for (part,) in found for row in part]
        return ordered(_frame(rows, columns), type_)

    def claims(self, type_: ElementType, sources: Collection[str], only: Collection[str] | None = None) -> pl.DataFrame:
        """Return what these sources claim, and nodes that no source does."""
        columns = chosen_columns(type_, only)
        rows = self._rows(statements.server_claims(type_, columns), [{"sources": list(sources)}])
        return ordered(_frame(rows, columns), type_)

    def degrees(self, type_: NodeType, ids: pl.Series) -> pl.DataFrame:
        """Return how many relationships each of these nodes has."""
        rows = self._rows(statements.server_degrees(type_), ({"ids": part} for part in _parts(ids)))
        return _frame(rows, {"id": pl.String(), "degree": pl.Int64()})

    def _rows(self, cypher: str, asked: Iterable[dict[str, Any]]) -> list[list[Any]]:
        """Return the rows of a query that is asked several times."""
        with self._session(reading=True) as session:
            return [row for parameters in asked for row in session.execute_read(_fetch, cypher, parameters)[1]]

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""
        return int(self.query(statements.count(type_), {}).rows[0][0])

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make the changes in batches, between marking the touched sources as incomplete and as complete.

        Each batch is a transaction that can run twice. Where an answer was lost, the driver does not try again but
        fails, and the next plan finds what is there.
        """
        if not len(plan):
            return
        done = 0
        try:
            with self._session() as session:
                for constraint in statements.server_constraints(self.schema):
                    session.run(constraint).consume()
                self._mark(session, plan, complete=False)
                for cypher, rows in _batches(plan):
                    session.execute_write(_run, cypher, rows.to_dict(as_series=False))
                    done += len(rows)
                    progress(len(rows))
                self._mark(session, plan, complete=True)
        except StoreUnreachable as error:
            if not done:
                raise
            raise StoreUnreachable(
                f"The connection to {self.address} broke after {done} of {len(plan)} rows. {_DONE[plan.work]} "
                f"marked as incomplete. Run the same {plan.work} again to finish it."
            ) from error

    def _mark(self, session: neo4j.Session, plan: Plan, *, complete: bool) -> None:
        parameters = {"ids": list(plan.touched), "complete": complete}
        session.execute_write(_run, statements.SERVER_MARK, parameters)

    @contextmanager
    def _session(self, *, reading: bool = False, limit: Limit = UNLIMITED) -> Iterator[neo4j.Session]:
        access = neo4j.READ_ACCESS if reading else neo4j.WRITE_ACCESS
        with (
            self._translated(limit),
            self._connected().session(database=self.database, default_access_mode=access) as session,
        ):
            yield session

    def _connected(self) -> neo4j.Driver:
        """Return the driver; the first time, make sure that a server which we know answers."""
        with self._connecting:
            if self._driver is None:
                self._driver = self._made()
            return self._driver

    def _made(self) -> neo4j.Driver:
        driver = neo4j.GraphDatabase.driver(
            self.address,
            auth=(self.user, self._password),
            connection_timeout=10,
            max_transaction_retry_time=self._patience,
            notifications_min_severity="OFF",
            user_agent="graphmodel",
        )
        try:
            refuse_old(driver.get_server_info().agent, self.address)
        except BaseException:
            driver.close()
            raise
        return driver

    @contextmanager
    def _translated(self, limit: Limit) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except AuthError as error:
            raise StoreDenied(
                f"{self.address} refuses the user {self.user} with this password. "
                "Set NEO4J_USER and NEO4J_PASSWORD as the server has them."
            ) from error
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreUnreachable(
                f"No Neo4j answers at {self.address}. Is it started, and is the address right? "
                "`docker compose up -d` starts one here; without --store the graph is kept in a file, with no server."
            ) from error
        except ClientError as error:
            raise self._refusal(error, limit) from error
        except ConfigurationError as error:
            raise StoreProblem(f"{self.address} is no address that the Neo4j driver knows: {error}") from error
        except (Neo4jError, DriverError) as error:
            raise StoreProblem(f"{self.address}: {error}") from error

    def _refusal(self, error: ClientError, limit: Limit) -> StoreProblem:
        code = error.code or ""
        if code.startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
            return too_slow(limit)
        if code == "Neo.ClientError.Database.DatabaseNotFound":
            return StoreDenied(f'{self.address} has no database "{self.database}". Set NEO4J_DATABASE to one it has.')
        if code == "Neo.ClientError.Statement.AccessMode":
            return QueryRefused("Queries only read; this one writes. Data comes in by `graphmodel load`.")
        return QueryRefused(f"Neo4j does not run this query. {error.message}")


def refuse_old(agent: str, address: str) -> None:
    """Refuse a server that is older than the oldest on which graphmodel is tested."""
    found = re.search(r"(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise StoreForeign(f"{address} runs {agent}; graphmodel needs Neo4j {OLDEST[0]}.{OLDEST[1]} or later.")


def _fetch(
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any], most: int | None = None
) -> tuple[list[str], list[list[Any]]]:
    result = transaction.run(cypher, parameters)
    rows = result.values() if most is None else [record.values() for record in result.fetch(most)]
    return list(result.keys()), rows


def _run(transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any]) -> None:
    transaction.run(cypher, parameters).consume()


def _frame(rows: list[list[Any]], columns: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Return rows of the driver as a frame."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pl.DataFrame(
        [
            pl.Series(name, _natives(column, kind), kind)
            for (name, kind), column in zip(columns.items(), cells, strict=True)
        ]
    )


def _natives(column: tuple[Any, ...], kind: pl.DataType) -> Sequence[Any]:
    return [_plain(cell) for cell in column] if kind.is_temporal() else column


def _parts(ids: pl.Series) -> Iterator[list[str]]:
    return (part["ids"].to_list() for part in ids.to_frame("ids").iter_slices(LOOKUP))


def _batches(plan: Plan) -> Iterator[tuple[str, pl.DataFrame]]:
    """Yield each statement with the rows of one transaction; what goes comes last, relationships before nodes."""
    for change in plan.changes:
        for frame in (change.new, change.changed):
            for part in frame.iter_slices(BATCH):
                known = part if change.type.derived else _known(part, change.type.key)
                yield statements.server_write(change.type, known.columns), known
    for change in reversed(plan.changes):
        for part in change.removed.iter_slices(BATCH):
            yield statements.server_remove(change.type), part


def _known(rows: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Leave out the columns of which nothing is known; a source is incomplete until the last batch is in."""
    known = [name for name in rows.columns if name in key or rows[name].null_count() < len(rows)]
    return rows.select(pl.lit(False).alias(name) if name == "complete" else pl.col(name) for name in known)


def _plain(value: Any) -> Any:
    """Return a value of the driver as plain Python."""
    if hasattr(value, "to_native"):
        return value.to_native()
    if isinstance(value, neo4j.graph.Path):
        return [_plain(item) for item in (*value.nodes, *value.relationships)]
    if isinstance(value, neo4j.graph.Entity):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value
