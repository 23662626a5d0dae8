"""Parquet as frames of text, a column at a time.

pyarrow reads it: over a damaged file it raises, where polars may panic in another thread and never return.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import polars as pl

from graphmodel import values
from graphmodel.errors import DataProblem
from graphmodel.importers.containers import Content, readable
from graphmodel.importers.tables_binary import text_of
from graphmodel.records import LINE, Reject

PARQUET = b"PAR1"
CHUNK = 100_000

Rows: TypeAlias = Callable[[], Iterator[tuple[int, Sequence[str]] | Reject]]


def parquet(content: Content, sheet: str = "") -> tuple[str, Rows]:
    """Return the rows of a Parquet file, its columns as the row 0; it has no sheets."""

    def rows() -> Iterator[tuple[int, Sequence[str]] | Reject]:
        with _opened(content) as file:
            columns = file.schema_arrow.names
        yield 0, columns
        for frame in frames(content, [str(place) for place in range(len(columns))]):
            yield from zip(frame[LINE], frame.drop(LINE).iter_rows(), strict=True)

    return "Parquet", rows


def frames(content: Content, names: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yield the rows as frames of text under these names, with the number of each; a row without a cell is left out.

    Raises
    ------
    DataProblem
        If the file is damaged, or has more columns than names.
    """
    with _opened(content) as file:
        if len(file.schema_arrow.names) != len(names):
            raise DataProblem(f"{content.title}: its last columns have no name. Name them, or leave them out.")
        number = 0
        for batch in file.iter_batches(CHUNK):
            batch.validate(full=True)
            cells = [texts(column).alias(name) for name, column in zip(names, batch.columns, strict=True)]
            lines = pl.int_range(number + 1, number + len(batch) + 1, dtype=pl.Int64, eager=True).alias(LINE)
            number += len(batch)
            yield pl.DataFrame([*cells, lines]).filter(pl.any_horizontal(pl.col(names) != ""))


@contextmanager
def _opened(content: Content) -> Iterator[Any]:
    from pyarrow.parquet import ParquetFile

    with readable(content.title), content.open() as stream:
        plain = isinstance(stream, io.BufferedReader)
        with ParquetFile(stream if plain else io.BytesIO(stream.read())) as file:
            yield file


def texts(cells: Any) -> pl.Series:
    """Write the cells of an arrow array as `text_of` does.

    >>> import pyarrow
    >>> texts(pyarrow.array([3.0, 0.1, None])).to_list(), texts(pyarrow.array([["a", "b"], None])).to_list()
    (['3', '0.1', ''], ['a|b', ''])
    """
    from pyarrow import types

    if types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if not _is_plain(cells.type):
        return pl.Series([text_of(cell) for cell in cells.to_pylist()], dtype=pl.String)
    return _written(pl.Series(pl.from_arrow(cells))).fill_null("")


def _is_plain(kind: Any) -> bool:
    """Whether polars writes cells of this type as `text_of` does."""
    from pyarrow import types

    if types.is_list(kind) or types.is_large_list(kind):
        return bool(types.is_string(kind.value_type) or types.is_large_string(kind.value_type))
    if types.is_timestamp(kind):
        return kind.tz is None
    known = (types.is_string, types.is_large_string, types.is_string_view, types.is_integer, types.is_floating)
    return any(is_so(kind) for is_so in (*known, types.is_boolean, types.is_date))


def _written(column: pl.Series) -> pl.Series:
    match column.dtype:
        case pl.List():
            return column.list.eval(pl.element().fill_null("")).list.join(values.LIST_SEPARATOR)
        case pl.Datetime():
            return _moments(column.cast(pl.Datetime("us")))
        case kind if kind.is_float():
            return _numbers(column.cast(pl.Float64))
        case _:
            return column.cast(pl.String)


def _numbers(column: pl.Series) -> pl.Series:
    whole = pl.when((column == column.floor()) & (column.abs() < 1e15)).then(column.cast(pl.Int64, strict=False))
    other = pl.when(column.is_not_nan()).then(values.texts(column))
    return pl.select(pl.coalesce(whole.cast(pl.String), other)).to_series()


def _moments(column: pl.Series) -> pl.Series:
    text = column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f").str.replace(".000000", "", literal=True)
    return text.str.replace("T00:00:00$", "")
