"""A graph as a tidy folder that `load` takes back: CSV, or Parquet with days, numbers and texts as such."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import polars as pl

from graphmodel import values
from graphmodel.files import whole_folder
from graphmodel.plan import Counted
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, Schema

ROWS = 1_000_000
"""About so many rows are held at once."""


def write(schema: Schema, store: Counted, folder: Path, form: str) -> list[str]:
    """Write a file for each type of which there is something. Return their names; the folder is there once it is whole.

    A node that several sources describe has a row for each. When a source was loaded is left out: a load says it anew.

    Parameters
    ----------
    folder : path
        Where nothing is yet.
    form : str
        csv or parquet.

    Raises
    ------
    UsageProblem
        As `graphmodel.files.whole_folder`.
    """
    names = []
    with whole_folder(folder) as beside:
        for file, type_ in schema.files.items():
            if store.count(type_):
                name = f"{file.removesuffix('.csv')}.{form}"
                FOLDERS[form](beside / name, (_tidy(type_, part) for part in parts(type_, store)))
                names.append(name)
    return names


def parts(type_: ElementType, store: Counted) -> Iterator[pl.DataFrame]:
    """Yield the elements of a type in the order of their key, some at a time."""
    if store.count(type_) <= ROWS:
        yield store.read(type_)
        return
    begins = store.read(type_, only=type_.key[:1]).to_series().rle().struct.unnest()
    place = (begins["len"].cast(pl.Int64).cum_sum() - 1) // ROWS
    for part in place.unique(maintain_order=True):
        yield store.read(type_, begins["value"].filter(place == part))


def _tidy(type_: ElementType, frame: pl.DataFrame) -> pl.DataFrame:
    """Head rows as the files of a type are headed."""
    if not isinstance(type_, NodeType):
        return frame.rename(dict(zip(ENDS, type_.columns, strict=True)))
    if not type_.sourced:
        return frame.drop("name", "loaded", "complete")
    return frame.rename({"sources": "source"}).explode("source", empty_as_null=True, keep_nulls=True)


def _csv(path: Path, frames: Iterator[pl.DataFrame]) -> None:
    with path.open("wb") as file:
        for place, frame in enumerate(frames):
            texts = pl.DataFrame([values.texts(column) for column in frame])
            texts.write_csv(file, include_header=not place)


def _parquet(path: Path, frames: Iterator[pl.DataFrame]) -> None:
    from pyarrow.parquet import ParquetWriter

    groups = (frame.to_arrow(compat_level=pl.CompatLevel.oldest()) for frame in frames)
    first = next(groups)
    with ParquetWriter(path, first.schema, compression="zstd") as writer:
        for group in chain([first], groups):
            writer.write_table(group)


FOLDERS: Mapping[str, Callable[[Path, Iterator[pl.DataFrame]], None]] = {"csv": _csv, "parquet": _parquet}
"""The forms of a folder, each with what writes a file of it."""
