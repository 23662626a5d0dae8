"""The server store: Neo4j 5.26 or later, through the official driver."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any, Self

import neo4j
import polars as pl

from graphmodel import statements
from graphmodel.errors import StoreProblem, StoreUnreachable
from graphmodel.plan import Plan
from graphmodel.queries import Table
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema
from graphmodel.store.base import UNLIMITED, Limit, Parameters, Progress, chosen_columns, no_progress, ordered
from graphmodel.store.frames import Columns, collected, paged, parts, plain, streamed
from graphmodel.store.grid import Portion, Turn, rounds
from graphmodel.store.reach import SUBQUERIES, refuse
from graphmodel.store.server import Server, refuse_old

__all__ = ["ServerStore", "refuse_old"]

BATCH = 10_000
SESSIONS = 4
"""How many transactions write at the same time."""

LOOKUP = 10_000
"""How many nodes are asked for at once."""

STARTS = 1_000
"""From how many nodes relationships are asked for at once: of a hub there are thousands."""

_DONE = {
    "load": "They are kept, and their sources are",
    "removal": "They are gone, and the source is",
    "saving": "They are kept, and their source is",
}
Asked = Callable[..., pl.DataFrame]


class ServerStore:
    """A graph in a Neo4j database."""

    def __init__(
        self,
        address: str,
        schema: Schema,
        *,
        user: str,
        password: str,
        database: str,
        patience: float = 30,
        authority: str = "",
    ) -> None:
        """Remember where the server is, as `graphmodel.store.server.Server` does; it is called when first asked."""
        self.address = address
        self.schema = schema
        self._ending = threading.Lock()
        self._server = Server(
            address, user=user, password=password, database=database, patience=patience, authority=authority
        )

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._server.close()

    def query(self, cypher: str, parameters: Parameters, limit: Limit = UNLIMITED) -> Table:
        """Run a query that only reads."""
        refuse(cypher, SUBQUERIES)
        fetch = neo4j.unit_of_work(timeout=limit.seconds)(_fetch)
        with self._server.session(reading=True, limit=limit) as session:
            columns, rows = session.execute_read(fetch, cypher, dict(parameters), limit.rows)
        return Table(tuple(columns), tuple(tuple(plain(cell) for cell in row) for row in rows))

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type."""
        columns = chosen_columns(type_, only)
        if among is None and self._number(statements.server_number(type_)) <= LOOKUP:
            return ordered(self._frame(streamed, statements.read(type_, columns, columns), [{}], columns), type_)
        if isinstance(type_, NodeType):
            frames = self._pages(type_, columns) if among is None else self._among(type_, among, LOOKUP, columns)
        else:
            starts = self.read(self.schema.node(type_.start), only=("id",))["id"] if among is None else among
            frames = self._among(type_, starts, STARTS, columns)
        return ordered(frames, type_)

    def _pages(self, type_: NodeType, columns: Columns) -> pl.DataFrame:
        """Return all nodes of a type, a list of them after the other: as single rows they take twice as long."""
        cypher, frames = statements.server_page(type_, columns), [pl.DataFrame(schema=columns)]
        last: str | None = ""
        with self._server.session(reading=True) as session:
            while last is not None:
                parameters = {"last": last, "size": LOOKUP}
                frame, last = session.execute_read(paged, cypher, parameters, columns)
                frames.append(frame)
        return pl.concat(frames)

    def _among(self, type_: ElementType, ids: pl.Series, size: int, columns: Columns) -> pl.DataFrame:
        """Return the nodes with these ids, or the relationships that start from them."""
        asked = ({"ids": part} for part in parts(ids, size))
        return self._frame(collected, statements.read_among(type_, columns), asked, columns)

    def claims(self, type_: ElementType, sources: Collection[str], only: Collection[str] | None = None) -> pl.DataFrame:
        """Return what these sources claim, and nodes that no source does."""
        columns = chosen_columns(type_, only)
        asked = [{"sources": list(sources)}]
        return ordered(self._frame(streamed, statements.server_claims(type_, columns), asked, columns), type_)

    def degrees(self, type_: NodeType, ids: pl.Series) -> pl.DataFrame:
        """Return how many relationships each of these nodes has."""
        columns: dict[str, pl.DataType] = {"id": pl.String(), "degree": pl.Int64()}
        asked = ({"ids": part} for part in parts(ids, LOOKUP))
        return self._frame(streamed, statements.server_degrees(type_), asked, columns)

    def _frame(self, how: Asked, cypher: str, asked: Iterable[Mapping[str, Any]], columns: Columns) -> pl.DataFrame:
        """Return the rows of a query that is asked once with each of these parameters."""
        with self._server.session(reading=True) as session:
            answers = [session.execute_read(how, cypher, parameters, columns) for parameters in asked]
        return pl.concat([pl.DataFrame(schema=columns), *answers])

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""
        return self._number(statements.count(type_))

    def _number(self, cypher: str) -> int:
        return int(self.query(cypher, {}).rows[0][0])

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make the changes in batches, between marking the touched sources as incomplete and as complete.

        Each batch is a transaction that can run twice; several run at the same time, as far as they have no node in
        common. Where an answer was lost, the driver does not try again but fails, and the next plan finds what is
        there. After an error, or an interruption, no further batch is begun, and those under way are waited for.
        """
        if not len(plan):
            return
        done = 0

        def tell(rows: int) -> None:
            nonlocal done
            done += rows
            progress(rows)

        try:
            self._prepare(plan)
            self._carry_out(plan, tell)
            self._mark(plan, complete=True)
        except StoreProblem as error:
            if not done:
                raise
            raise type(error)(self._half_done(plan, done, error)) from error

    def _prepare(self, plan: Plan) -> None:
        with self._server.session() as session:
            for constraint in statements.server_constraints(self.schema):
                session.run(constraint).consume()
        self._mark(plan, complete=False)

    def _carry_out(self, plan: Plan, tell: Progress) -> None:
        pool = ThreadPoolExecutor(SESSIONS)
        try:
            for portions in rounds(plan, BATCH):
                running = {pool.submit(self._write, portion): len(portion) for portion in portions}
                for one in as_completed(running):
                    one.result()
                    tell(running[one])
        finally:
            pool.shutdown(cancel_futures=True)

    def _write(self, portion: Portion) -> None:
        self._run(*portion.statement())

    def _mark(self, plan: Plan, *, complete: bool) -> None:
        self._run(statements.SERVER_MARK, {"ids": list(plan.touched), "complete": complete})

    def _run(self, cypher: str, parameters: dict[str, Any]) -> None:
        with self._server.session() as session, Turn(self._ending) as turn:
            session.execute_write(_run, cypher, parameters, turn)

    def _half_done(self, plan: Plan, done: int, error: StoreProblem) -> str:
        unreachable = isinstance(error, StoreUnreachable)
        broken = f"The connection to {self.address} broke" if unreachable else f"{error} That was"
        return (
            f"{broken} after {done} of {len(plan)} rows. {_DONE[plan.work]} marked as incomplete. "
            f"Run the same {plan.work} again to finish it."
        )


def _fetch(
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any], most: int | None
) -> tuple[list[str], list[list[Any]]]:
    result = transaction.run(cypher, parameters)
    rows = result.values() if most is None else [record.values() for record in result.fetch(most)]
    return list(result.keys()), rows


def _run(transaction: neo4j.ManagedTransaction, cypher: str, parameters: dict[str, Any], turn: Turn) -> None:
    turn.give_back()  # the last try has failed
    transaction.run(cypher, parameters).consume()
    turn.take()
