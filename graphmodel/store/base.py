"""What a store is: the protocol that every engine fulfils. The contract suite of the tests runs on each, unedited."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

import polars as pl

from graphmodel.batch import frame_schema
from graphmodel.errors import QueryStopped, StoreMissing
from graphmodel.plan import Plan
from graphmodel.queries import Table
from graphmodel.records import ElementType
from graphmodel.schema import NodeType, Schema

Progress = Callable[[int], None]
Parameters = Mapping[str, str | int | float | bool | date | datetime | list[str] | None]


@dataclass(frozen=True)
class Limit:
    """How much one question may ask for: so many rows, of which the first are given, and so many seconds."""

    rows: int | None = None
    seconds: float | None = None


UNLIMITED = Limit()


def no_progress(rows: int) -> None:
    """Take note of nothing."""


def chosen_columns(type_: ElementType, only: Collection[str] | None) -> dict[str, pl.DataType]:
    """Return the columns that are asked for, in the order of the schema, with their types."""
    return {name: kind for name, kind in frame_schema(type_).items() if only is None or name in only}


def ordered(frame: pl.DataFrame, type_: ElementType) -> pl.DataFrame:
    """Sort rows by their key, as far as its columns are there."""
    return frame.sort([name for name in type_.key if name in frame.columns])


def too_slow(limit: Limit) -> QueryStopped:
    """Return the error for a query that its time has run out for."""
    return QueryStopped(
        f"The query was stopped after {limit.seconds:g} seconds. Ask for less: name an organization, a region or a "
        "label where it begins, or add a LIMIT."
    )


def nothing_yet(address: str) -> StoreMissing:
    """Return the error that a store without a graph deserves."""
    return StoreMissing(
        f"There is no graph at {address} yet. Run `graphmodel demo` for the demonstration, "
        "or `graphmodel load FOLDER` for your own data."
    )


class Store(Protocol):
    """A graph that can be asked, read by type, and changed by a plan.

    Every method raises the errors below `StoreProblem`, and no other. Several threads may ask and read at once.
    """

    schema: Schema

    @property
    def address(self) -> str:
        """Where the store is, without credentials."""

    def query(self, cypher: str, parameters: Parameters, limit: Limit = UNLIMITED) -> Table:
        """Run a query that only reads; the engine itself refuses one that writes, and stops one that takes too long."""

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements of a type, with the columns of `plan.frame_schema`, ordered by their key.

        `among`: only nodes with these ids, or relationships that start from them. `only`: these columns, in the order
        of the schema, and ordered by those of the key that are among them.
        """

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""

    def claims(self, type_: ElementType, sources: Collection[str], only: Collection[str] | None = None) -> pl.DataFrame:
        """Return the relationships of these sources, or the nodes that one of them describes, or no source any more.

        Columns and order are those of `read`.
        """

    def degrees(self, type_: NodeType, ids: pl.Series) -> pl.DataFrame:
        """Return id and degree: how many relationships, of any type and source, each of these nodes has."""

    def write(self, plan: Plan, progress: Progress = no_progress) -> None:
        """Make the changes of a plan; `progress` is told the number of rows after each step.

        The embedded engine makes them all or none. A server makes them in batches; until the last one is in, the
        sources that the plan touches are marked `complete: false`, and writing a plan made anew finishes the work.
        """

    def close(self) -> None:
        """Let go of files and connections."""

    def __enter__(self) -> Self:
        """Return the store itself."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close it."""
