"""Frames of any engine, by narwhals: in lazily, out as the kind that was given."""

from typing import Any

import narwhals as nw
from narwhals.typing import IntoFrameT

ENDS = ("organization", "source", "target")


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
    ready = [collected(frame) for frame in frames]
    ends = [[name for name in ENDS if name in frame.columns] for frame in ready]
    ids = {id for frame, names in zip(ready, ends, strict=True) for name in names for id in frame[name].unique()}
    numbers = nw.Enum(sorted(ids))
    return [frame.with_columns(nw.col(*names).cast(numbers)).lazy() for frame, names in zip(ready, ends, strict=True)]
