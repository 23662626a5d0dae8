"""The server store: Neo4j 5.26 or later, through the official driver. The only module that imports neo4j."""

import re
from collections.abc import Collection, Iterator
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
from graphmodel.schema import Schema
from graphmodel.store.base import Parameters, Progress, chosen_columns, no_progress, ordered

OLDEST = (5, 26)
BATCH = 5_000
LOOKUP = 50_000


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

    def query(self, cypher: str, parameters: Parameters) -> Table:
        """Run a query that only reads."""
        with self._session(reading=True) as session:
            columns, rows = session.execute_read(_fetch, cypher, dict(parameters))
        return Table(tuple(columns), tuple(tuple(_plain(cell) for cell in row) for row in rows))

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type."""
        columns = chosen_columns(type_, only)
        questions: list[tuple[str, dict[str, Any]]] = [(statements.read(type_, columns, columns), {})]
        if among is not None:
            cypher = statements.read_among(type_, columns)
            questions = [(cypher, {"ids": ids["ids"].to_list()}) for ids in among.to_frame("ids").iter_slices(LOOKUP)]
        parts = [pl.DataFrame(schema=columns)]
        with self._session(reading=True) as session:
            for cypher, parameters in questions:
                _, rows = session.execute_read(_fetch, cypher, parameters)
                cells = [[_plain(cell) for cell in row] for row in rows]
                parts.append(pl.DataFrame(cells, schema=columns, orient="row"))
        return ordered(pl.concat(parts), type_)

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""
        return int(self.query(statements.count(type_), {}).rows[0][0])

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make the changes in batches, between marking the touched sources as incomplete and as complete."""
        if not len(plan):
            return
        done = 0
        try:
            with self._session() as session:
                for constraint in statements.server_constraints(self.schema):
                    session.run(constraint).consume()
                for cypher, rows in _batches(plan):
                    session.execute_write(_run, cypher, {"rows": rows})
                    done += len(rows)
                    progress(len(rows))
                session.execute_write(_run, statements.SERVER_COMPLETE, {"ids": list(plan.touched)})
        except StoreUnreachable as error:
            if not done:
                raise
            raise StoreUnreachable(
                f"The connection to {self.address} broke after {done} of {len(plan)} rows. They are kept, and their "
                "sources are marked as incomplete. Run the same load again to finish it."
            ) from error

    @contextmanager
    def _session(self, *, reading: bool = False) -> Iterator[neo4j.Session]:
        access = neo4j.READ_ACCESS if reading else neo4j.WRITE_ACCESS
        with (
            self._translated(),
            self._connected().session(database=self.database, default_access_mode=access) as session,
        ):
            yield session

    def _connected(self) -> neo4j.Driver:
        """Return the driver; the first time, make sure that a server which we know answers."""
        if self._driver is None:
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
            self._driver = driver
        return self._driver

    @contextmanager
    def _translated(self) -> Iterator[None]:
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
            raise self._refusal(error) from error
        except ConfigurationError as error:
            raise StoreProblem(f"{self.address} is no address that the Neo4j driver knows: {error}") from error
        except (Neo4jError, DriverError) as error:
            raise StoreProblem(f"{self.address}: {error}") from error

    def _refusal(self, error: ClientError) -> StoreProblem:
        code = error.code or ""
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
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any]
) -> tuple[list[str], list[list[Any]]]:
    result = transaction.run(cypher, parameters)
    return list(result.keys()), result.values()


def _run(transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any]) -> None:
    transaction.run(cypher, parameters).consume()


def _batches(plan: Plan) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each statement with the rows of one transaction; a source is incomplete until the last one is in."""
    for change in plan.changes:
        statement = statements.server_write(change.type)
        for frame in (change.new, change.changed):
            for part in frame.iter_slices(BATCH):
                if "complete" in part.columns:
                    part = part.with_columns(pl.lit(False).alias("complete"))
                yield statement, [_row(row, change.type.key) for row in part.iter_rows(named=True)]


def _row(row: dict[str, Any], key: tuple[str, ...]) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if value is not None and name not in key}
    return {name: row[name] for name in key} | {"properties": known}


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
