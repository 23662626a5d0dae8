"""On this machine, by polars: what does not fit in memory is computed in parts, and kept on disk between."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pyarrow.parquet as pq

from graphmodel.engines.base import Frame, Ids, Order, Part
from graphmodel.files import of_table

INSTANCES = 5_000_000
"""Pairs, counted once for each activity that they share, that are made at a time: about .6 GB."""

ROWS = 2_000_000
"""Rows that are sorted and written at a time."""

SAMPLED = 2_000
"""Rows that are looked at for each time, to find where to cut."""

COLUMNS = {"organization": "organization", "source": "organization", "target": "organization", "activity": "activity"}
"""What the ids in a column are ids of."""


@contextmanager
def started() -> Iterator["PolarsEngine"]:
    """Start the engine, with a temporary folder for what it keeps."""
    with tempfile.TemporaryDirectory(prefix="graphmodel-", ignore_cleanup_errors=True) as folder:
        yield PolarsEngine(Path(folder))


class PolarsEngine:
    """Computes with polars' streaming engine, and keeps tables as Parquet files in a folder."""

    name = "polars"

    def __init__(self, folder: Path, instances: int = INSTANCES, rows: int = ROWS) -> None:
        """Take a folder, and how many instances and rows to hold at a time."""
        self._folder, self._instances, self._rows = folder, instances, rows
        self._numbers = count()

    def read(self, path: Path) -> Frame:
        """Return the table in a Parquet file, or in a folder of them."""
        return nw.from_native(pl.scan_parquet(of_table(path), glob=False))

    def taken(self, frame: pl.DataFrame) -> Frame:
        """Return the table, which stays in memory."""
        return nw.from_native(frame.lazy())

    spread = taken

    def kept(self, frames: Iterable[Frame]) -> Frame:
        """Compute each frame into a file."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir()
        for number, frame in enumerate(frames):
            _lazy(frame).sink_parquet(folder / f"{number:06}.parquet", compression="lz4", maintain_order=False)
        return self.read(folder)

    def ids(self, frames: Iterable[tuple[Frame, Sequence[str]]]) -> Ids:
        """Number the ids in their order: numbers are compared, joined and kept in a fraction of the time and space."""
        found: dict[str, list[pl.Series]] = {}
        for frame, columns in frames:
            for column in columns:
                unique = _lazy(frame).select(pl.col(column).unique()).collect(engine="streaming")
                found.setdefault(COLUMNS[column], []).append(unique.to_series().alias(""))
        return Numbers({noun: pl.Enum(pl.concat(ids).unique().sort()) for noun, ids in found.items()})

    def parts(self, instances: int) -> Sequence[Part]:
        """Return parts by the numbers of organizations."""
        number = max(-(-instances // self._instances), 1)
        return [partial(_part, number=number, place=place) for place in range(number)]

    def write(self, frame: Frame, path: Path, order: Order, columns: Sequence[str]) -> None:
        """Write one file: the rows in ranges of the order, each sorted and appended."""
        lazy, names = _lazy(frame), [name for name, _ in order]
        descending = [largest for _, largest in order]
        schema = lazy.select(columns).collect_schema().to_frame().to_arrow(compat_level=OLDEST).schema
        with pq.ParquetWriter(path, schema, compression="zstd") as file:
            for chosen in self._ranges(lazy.select(names), order):
                rows = lazy.filter(chosen).collect(engine="streaming").rechunk().sort(names, descending=descending)
                file.write_table(rows.select(columns).to_arrow(compat_level=OLDEST))

    def _ranges(self, keys: pl.LazyFrame, order: Order) -> list[pl.Expr]:
        """Return conditions that cut rows into ranges of their order, of about as many rows as are held at a time."""
        names, descending = [name for name, _ in order], [largest for _, largest in order]
        every = max(self._rows // SAMPLED, 1)
        looked_at = keys.filter(pl.struct(names).hash() % every == 0).collect(engine="streaming")
        ordered = looked_at.sort(names, descending=descending)
        number = max(-(-len(ordered) * every // self._rows), 1)
        places = [len(ordered) * place // number for place in range(1, number)]
        cuts = [None, *(ordered.row(place) for place in sorted(set(places))), None]
        return [_between(order, first, last) for first, last in pairwise(cuts)]


OLDEST = pl.CompatLevel.oldest()


@dataclass(frozen=True)
class Numbers:
    """Ids held as numbers, in the order of the ids."""

    of: dict[str, pl.Enum]

    def held(self, frame: Frame) -> Frame:
        """Return a frame with numbers in place of ids; null for what has none."""
        lazy = _lazy(frame)
        held = [_numbered(name, self._of(name)) for name in lazy.collect_schema() if name in COLUMNS]
        return nw.from_native(lazy.with_columns(held))

    def texts(self, frame: Frame, *columns: str) -> Frame:
        """Return a frame with the ids of numbers."""
        return nw.from_native(_lazy(frame).with_columns(_text(name, self._of(name)) for name in columns))

    def _of(self, column: str) -> pl.Enum:
        return self.of[COLUMNS[column]]


def _numbered(column: str, ids: pl.Enum) -> pl.Expr:
    return pl.col(column).cast(ids, strict=False).to_physical().cast(pl.UInt32)


def _text(column: str, ids: pl.Enum) -> pl.Expr:
    return pl.col(column).cat.to(ids).cast(pl.String)


def _part(frame: Frame, column: str, *, number: int, place: int) -> Frame:
    return frame.filter(nw.col(column) % number == place) if number > 1 else frame


def _between(order: Order, first: tuple[Any, ...] | None, last: tuple[Any, ...] | None) -> pl.Expr:
    """Rows that do not come before the first, and come before the last."""
    start = pl.lit(True) if first is None else ~_before(order, first)
    return start if last is None else start & _before(order, last)


def _before(order: Order, row: tuple[Any, ...]) -> pl.Expr:
    """Whether a row comes before another in the order."""
    before = pl.lit(False)
    for (name, largest_first), value in reversed(list(zip(order, row, strict=True))):
        column = pl.col(name)
        nearer = column > value if largest_first else column < value
        before = nearer | ((column == value) & before)
    return before


def _lazy(frame: Frame) -> pl.LazyFrame:
    native: pl.LazyFrame = nw.to_native(frame)
    return native
