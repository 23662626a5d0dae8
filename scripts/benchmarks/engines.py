"""Spark next to polars: the same command on the same Parquet tables, the same rows."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from answers import kept, same_ties
from given import Given
from processes import run
from rows import Row

POLARS, SPARK = "ties, tested, from Parquet: polars", "ties, tested, from Parquet: Spark, local[2]"


def both(size: str, given: Given) -> Iterator[Row]:
    """All ties, tested, by each."""
    tables = given.data(size)
    one, other = given.folder / f"polars-{size}.parquet", given.folder / f"spark-{size}.parquet"
    seconds, _, peak = alliances(tables, one, "polars")
    yield Row(POLARS, size, seconds, peak, told={"kept": kept(one)})
    seconds, _, peak = alliances(tables, other, "spark", "--master", "local[2]")
    yield Row(SPARK, size, seconds, peak, POLARS, same_ties(one, other), {"kept": kept(other)})


def alliances(tables: Path, path: Path, engine: str, *more: str) -> tuple[float, float, float]:
    """Write the ties of a folder of tables into a Parquet file."""
    words: tuple[str | Path, ...] = ("--significance", "--from", tables, "--engine", engine, *more, "-o", path)
    return run("-m", "graphmodel", "alliances", "--quiet", *words)


STEPS = (partial(both, "x1"), partial(both, "x10"))
