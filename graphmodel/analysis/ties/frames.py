"""Frames of any engine, by narwhals: in lazily, out as the kind that was given."""

from typing import Any

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT
from polars import selectors

ENDS = ("organization", "source", "target")
STRENGTH = ("shared", "strength")


def lazy(frame: Any) -> nw.LazyFrame[Any]:
    """Return the native frame as a lazy narwhals frame of its own engine."""
    native: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(frame)
    return native.lazy()


def like(result: nw.LazyFrame[Any], given: IntoFrameT) -> IntoFrameT:
    """Return the native frame of `result`: eager if `given` is eager, lazy if it is lazy.

    >>> import polars as pl
    >>> given = pl.DataFrame({"a": [1]})
    >>> like(lazy(given), given).rows()
    [(1,)]
    """
    wrapped: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(given)
    native: IntoFrameT = nw.to_native(collected(result) if isinstance(wrapped, nw.DataFrame) else result)
    return native


def collected(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Compute the frame, with the streaming engine where it is polars."""
    return frame.collect(engine="streaming") if frame.implementation.is_polars() else frame.collect()


def count(frame: nw.LazyFrame[Any]) -> int:
    """Return the number of rows."""
    return int(frame.select(nw.len()).collect().item())


def numbered(frames: list[nw.LazyFrame[Any]]) -> list[nw.LazyFrame[Any]]:
    """On polars, hold the ids of organizations as sorted enumerations: joins and sorts take half the time.

    The frames are computed, since each is used more than once. Other engines plan that themselves.
    """
    if not frames[0].implementation.is_polars():
        return frames
    ready = [collected(frame).to_polars() for frame in frames]
    columns = [frame.select(pl.col(name).alias("id")) for frame in ready for name in ENDS if name in frame.columns]
    numbers = pl.Enum(pl.concat(columns).unique().to_series().sort())
    held = [frame.with_columns(selectors.by_name(ENDS, require_all=False).cast(numbers)) for frame in ready]
    return [nw.from_native(frame.lazy()) for frame in held]


def strongest_first(ties: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Sort ties by shared and strength, largest first, then by source and target, both as `numbered` holds them.

    On polars by one number for all four, which takes a third of the time: few values of shared and strength occur, and
    each is given its place.
    """
    if not ties.implementation.is_polars():
        return ties.sort(*STRENGTH, "source", "target", descending=[True, True, False, False])
    whole = collected(ties).to_polars().rechunk()
    places = whole.select(STRENGTH).unique().sort(STRENGTH, descending=True).with_row_index("place")
    placed = whole.select(*STRENGTH, "source", "target").join(places, on=STRENGTH, how="left", maintain_order="left")
    place, source, target = (pl.col(name).to_physical().cast(pl.Int128) for name in ("place", "source", "target"))
    order = placed.select((place * 2**64 + source * 2**32 + target).arg_sort()).to_series()
    return nw.from_native(whole[order].lazy())
