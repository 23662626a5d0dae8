"""What computes on Spark."""

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from graphmodel.engines.base import Frame, Ids, Order, Part
from graphmodel.engines.spark.paths import address, pattern

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class SparkEngine:
    """Computes on Spark; what is kept stays with the workers, on their disks."""

    name = "spark"

    def __init__(self, session: "SparkSession", folder: Path) -> None:
        """Take a running session, and a folder that workers on this machine reach."""
        self._session, self._folder = session, folder
        self._numbers = count()
        self._kept: list[DataFrame] = []

    def read(self, path: Path) -> Frame:
        """Return the table in a Parquet file, or in a folder of them."""
        return nw.from_native(self._session.read.parquet(pattern(path)))

    def taken(self, frame: pl.DataFrame) -> Frame:
        """Return a table that was read already: workers on this machine read it from a file, others are sent it."""
        if not str(self._session.sparkContext.master).startswith("local"):
            return nw.from_native(self._sent(frame))
        path = self._folder / f"{next(self._numbers)}.parquet"
        frame.write_parquet(path)
        return self.read(path)

    def spread(self, frame: pl.DataFrame) -> Frame:
        """Return a small table of which each worker has the whole."""
        from pyspark.sql.functions import broadcast

        return nw.from_native(broadcast(self._sent(frame)))

    def kept(self, frames: Iterable[Frame]) -> Frame:
        """Keep frames on the disks of the workers."""
        from pyspark import StorageLevel

        native: DataFrame = nw.to_native(nw.concat(list(frames)))
        if native.storageLevel == StorageLevel.NONE:
            self._kept.append(native.persist(StorageLevel.DISK_ONLY))
        return nw.from_native(native)

    def ids(self, frames: Iterable[tuple[Frame, Sequence[str]]]) -> Ids:
        """Hold ids as they are."""
        return Themselves()

    def parts(self, instances: int) -> Sequence[Part]:
        """Return the whole: Spark cuts it itself."""
        return [lambda frame, column: frame]

    def write(self, frame: Frame, path: Path, order: Order, columns: Sequence[str]) -> None:
        """Write a folder of files, whose names are in the order of the rows."""
        names, descending = zip(*order, strict=True)
        ordered = frame.sort(*names, descending=list(descending)).select(*columns)
        native: DataFrame = nw.to_native(ordered)
        native.write.parquet(address(path))
        for mark in path.glob("[._]*"):
            mark.unlink()  # other programs take all files in a folder for parts of the table

    def _sent(self, frame: pl.DataFrame) -> "DataFrame":
        return self._session.createDataFrame(frame.to_arrow(compat_level=pl.CompatLevel.oldest()))

    def forget(self) -> None:
        """Let the workers drop what they keep."""
        while self._kept:
            self._kept.pop().unpersist()


class Themselves:
    """Ids held as they are."""

    def held(self, frame: Frame) -> Frame:
        """Return the frame."""
        return frame

    def texts(self, frame: Frame, *columns: str) -> Frame:
        """Return the frame."""
        return frame
