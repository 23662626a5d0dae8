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
        As `graphmodel.files.refuse_existing`.
    """
    names = []
    with whole_folder(folder) as beside:
        for file, type_ in schema.files.items():
            if store.count(type_):
                name = f"{file.removesuffix('.csv')}.{form}"
                FOLDERS[form](beside / name, (_tidy(type_, part) for part in parts(type_, schema, store)))
                names.append(name)
    return names


def parts(type_: ElementType, schema: Schema, store: Counted) -> Iterator[pl.DataFrame]:
    """Yield the elements of a type in the order of their key, some at a time."""
    number = store.count(type_)
    if number <= ROWS:
        yield store.read(type_)
        return
    begins = type_ if isinstance(type_, NodeType) else schema.node(type_.start)
    ids = store.read(begins, only=("id",))
    for some in ids.iter_slices(max(1, len(ids) * ROWS // number)):
        yield store.read(type_, some["id"])


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
