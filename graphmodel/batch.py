"""The records of a load, checked and put together: a typed frame for each type, and the rejects and notices met."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from graphmodel import values
from graphmodel.records import (
    COLUMN,
    ENDS,
    FILE,
    LINE,
    PLACE,
    ElementType,
    Notice,
    Record,
    Reject,
    Rows,
    as_rows,
    check,
)
from graphmodel.schema import NodeType, Schema


@dataclass(frozen=True)
class Batch:
    """The typed rows of a load, a frame for each type of the schema, and the rejects met on the way.

    The frames have the columns of `frame_schema`, and those that tell where a row stands.
    """

    frames: Mapping[ElementType, pl.DataFrame]
    rejects: tuple[Reject, ...]
    notices: tuple[Notice, ...] = ()


def frame_schema(type_: ElementType) -> dict[str, pl.DataType]:
    """Return the columns of a type's frames: the id, or the two ends, then all properties.

    >>> from graphmodel.schema import SCHEMA
    >>> list(frame_schema(SCHEMA.relationship("WORKS_IN")))
    ['start_id', 'end_id', 'basis', 'source', 'record']
    """
    ends = {} if isinstance(type_, NodeType) else dict.fromkeys(ENDS, pl.String())
    return ends | {item.name: values.dtype(item) for item in type_.properties}


def gather(records: Iterable[Record], schema: Schema, source: str) -> Batch:
    """Read and check all records; a relationship that stands in the row of a rejected node goes with that row.

    `source` is the id of the source where a record names none.
    """
    parts: dict[ElementType, list[pl.DataFrame]] = {type_: [] for type_ in schema}
    rejects: list[Reject] = []
    notices: list[Notice] = []
    refused: set[tuple[str, int]] = set()
    for item in as_rows(records, schema):
        if isinstance(item, Reject):
            rejects.append(item)  # the reader has left out what it could not take, and only that
        elif isinstance(item, Notice):
            notices.append(item)
        else:
            frame, found = _checked(item, source)
            parts[item.type].append(frame)
            rejects += found
            refused.update((reject.file, reject.line) for reject in found)
    frames = {type_: _whole(type_, parts.pop(type_)) for type_ in schema}
    if refused:
        rows = pl.DataFrame(list(refused), schema={FILE: PLACE, LINE: pl.Int64}, orient="row")
        for type_, frame in frames.items():
            if frame[FILE].is_in(rows[FILE].unique().implode()).any():
                frames[type_] = frame.join(rows, on=[FILE, LINE], how="anti", maintain_order="left")
    return Batch(frames, tuple(rejects), tuple(notices))


def _checked(rows: Rows, source: str) -> tuple[pl.DataFrame, list[Reject]]:
    """Check rows, and name the source of those that name none."""
    frame, rejects = check(rows)
    if isinstance(rows.type, NodeType) and not rows.type.sourced:
        return frame, rejects
    given = pl.col("source") if "source" in frame.columns else pl.lit(None, dtype=pl.String)
    return frame.with_columns(given.fill_null(source).alias("source")), rejects


def _whole(type_: ElementType, frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Put the chunks of a type together, with every column that the schema declares; what identifies is never null."""
    columns = frame_schema(type_) | {FILE: PLACE, LINE: pl.Int64(), COLUMN: PLACE}
    if isinstance(type_, NodeType) and type_.sourced:
        frames = [frame.with_columns(pl.concat_list("source").alias("sources")) for frame in frames]
    whole = pl.concat([pl.DataFrame(schema=columns), *frames], how="diagonal").select(columns.keys())
    if isinstance(type_, NodeType):
        return whole
    name = pl.col(COLUMN).cast(pl.String)
    column = pl.when(name != "").then(pl.format(" ({})", name)).otherwise(pl.lit(""))
    record = pl.col("record").fill_null(pl.format("{}:{}{}", pl.col(FILE).cast(pl.String), LINE, column))
    return whole.with_columns(record, *(pl.col(name).fill_null("") for name in type_.key))
