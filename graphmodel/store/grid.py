"""Which rows a server may be given at the same time, so that no two transactions wait for each other for ever.

Whoever makes or removes a relationship locks both of its ends until the transaction is over. So nodes are put into
groups by their id, and a relationship belongs to the cell of the groups of its two ends. With a power of two of groups,
all cells whose numbers give the same in an exclusive or share no group, nor do the nodes in them: they make a round.

As a transaction ends it also locks the relationships that its own are chained to in the file, whatever cell those
belong to. So of the transactions that run at the same time one ends after the other.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Self

import polars as pl

from graphmodel import statements
from graphmodel.plan import Plan
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, RelationshipType

GROUPS = 8


@dataclass(frozen=True)
class Portion:
    """The rows of one transaction, by their places in a frame: what is made and changed, or what is removed."""

    type: ElementType
    frame: pl.DataFrame
    places: pl.Series
    removing: bool = False

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.places)

    def statement(self) -> tuple[str, dict[str, list[Any]]]:
        """Return the Cypher that writes the rows, and its parameters."""
        rows = self.frame[self.places]
        if self.removing:
            return statements.server_remove(self.type), rows.to_dict(as_series=False)
        known = rows if self.type.derived else _known(rows, self.type.key)
        return statements.server_write(self.type, known.columns), known.to_dict(as_series=False)


def rounds(plan: Plan, size: int) -> Iterator[list[Portion]]:
    """Yield what may be written at the same time, one round after the other, in portions of at most `size` rows.

    The portions of a round have no node in common. Nodes come before relationships; what goes comes last, and there
    relationships before nodes. The order of the rows in the plan decides nothing.
    """
    for change in plan.changes:
        for frame in (change.new, change.changed):
            yield from _rounds(change.type, frame, size)
    for change in reversed(plan.changes):
        yield from _rounds(change.type, change.removed, size, removing=True)


def _rounds(type_: ElementType, frame: pl.DataFrame, size: int, *, removing: bool = False) -> Iterator[list[Portion]]:
    if frame.is_empty():
        return
    cells = _distinct(frame, size) if isinstance(type_, NodeType) else _apart(type_, frame, size)
    for beside in cells:
        for step in zip_longest(*(_cut(cell, size) for cell in beside)):
            yield [Portion(type_, frame, places, removing) for places in step if places is not None]


def _distinct(frame: pl.DataFrame, size: int) -> Iterator[list[pl.Series]]:
    """Put all nodes into one round. Their order is that of their ids, in which another load locks them too."""
    yield list(_cut(frame["id"].arg_sort(), size))


def _apart(type_: RelationshipType, frame: pl.DataFrame, size: int) -> Iterator[list[pl.Series]]:
    """Put relationships into rounds of cells that share no node; a cell and its mirror image are one."""
    keys = frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("place"), *type_.key)
    if len(frame) <= size:
        yield [keys.sort(type_.key)["place"]]
        return
    start, end = (pl.col(name).hash() % GROUPS for name in ENDS)
    first = pl.min_horizontal(start, end) if type_.start == type_.end else start
    cells = keys.with_columns(round=start ^ end, cell=first).sort("round", "cell", *type_.key)
    for beside in cells.select("round", "cell", "place").partition_by("round", maintain_order=True):
        yield [cell["place"] for cell in beside.partition_by("cell", maintain_order=True)]


def _cut(places: pl.Series, size: int) -> Iterator[pl.Series]:
    """Cut into as few equal parts as are not larger than `size`."""
    parts = -(-len(places) // size)
    return (part["place"] for part in places.alias("place").to_frame().iter_slices(-(-len(places) // parts)))


def _known(rows: pl.DataFrame, key: tuple[str, ...]) -> pl.DataFrame:
    """Leave out the columns of which nothing is known; a source is incomplete until the last portion is in."""
    known = [name for name in rows.columns if name in key or rows[name].null_count() < len(rows)]
    return rows.select(pl.lit(False).alias(name) if name == "complete" else pl.col(name) for name in known)


class Turn:
    """The right to end a transaction, which one has at a time: taken within it, and given back after it."""

    def __init__(self, lock: threading.Lock) -> None:
        """Remember what all share."""
        self._lock = lock
        self._taken = False

    def take(self) -> None:
        """Wait for the turn."""
        self._lock.acquire()
        self._taken = True

    def give_back(self) -> None:
        """Let the next one take it, if this one has."""
        if self._taken:
            self._taken = False
            self._lock.release()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        self.give_back()
