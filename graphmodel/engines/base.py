"""What an engine is: the protocol that each fulfils. The tests of the ties run on each, unedited."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import narwhals as nw
import polars as pl

Frame: TypeAlias = nw.LazyFrame[Any]
Order: TypeAlias = Sequence[tuple[str, bool]]
"""The columns that rows are sorted by, each with whether the largest comes first."""


class Part(Protocol):
    """One of the parts that all organizations are cut into."""

    def __call__(self, frame: Frame, column: str) -> Frame:
        """Return the rows whose organization, in this column, belongs to the part."""


class Ids(Protocol):
    """How an engine holds ids: numbers that sort as they do, or the ids themselves."""

    def held(self, frame: Frame) -> Frame:
        """Return a frame with ids as the engine holds them; where it holds numbers, null for what has none."""

    def texts(self, frame: Frame, *columns: str) -> Frame:
        """Return a frame with ids in these columns, in place of what the engine held for them."""


class Engine(Protocol):
    """Reads tables, keeps what is computed, writes results. What it keeps is gone when it ends."""

    name: str

    def read(self, path: Path) -> Frame:
        """Return the table in a Parquet file, or in a folder of them."""

    def taken(self, frame: pl.DataFrame) -> Frame:
        """Return a table that was read already, which may be large."""

    def spread(self, frame: pl.DataFrame) -> Frame:
        """Return a small table that is joined to large ones: each worker has the whole of it."""

    def kept(self, frames: Iterable[Frame]) -> Frame:
        """Compute frames of the same columns, one after the other, and return all their rows."""

    def ids(self, frames: Iterable[tuple[Frame, Sequence[str]]]) -> Ids:
        """Return how the ids in these columns of these frames are held."""

    def parts(self, instances: int) -> Sequence[Part]:
        """Return the parts to make so many pairs in, one after the other, so that each fits in memory."""

    def write(self, frame: Frame, path: Path, order: Order, columns: Sequence[str]) -> None:
        """Write these columns as Parquet, the rows in a total order: a file, or a folder of files on Spark."""
