"""Where frames are computed: on this machine by polars, in parts that fit, or on Spark.

An engine reads, keeps and writes tables that need not fit in memory; what is done with them in between is narwhals,
written once for all. Only `spark` knows pyspark.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, get_args

from graphmodel.engines.base import Engine, Ids, Part
from graphmodel.errors import DataProblem, EngineProblem, UsageProblem, refuse_other

__all__ = ["ENGINES", "Engine", "EngineName", "Ids", "Part", "started"]

EngineName = Literal["polars", "spark"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)

DAMAGED = "A Parquet file cannot be read ({told}). It may be damaged; get it again, or write it anew."


@contextmanager
def started(name: str | None = None, master: str = "") -> Iterator[Engine]:
    """Start an engine; what it keeps is removed at the end, also after an error.

    Parameters
    ----------
    name : "polars" or "spark", optional
        If not given, Spark where a master is named, else polars.
    master : str
        For Spark: where it runs, as `local[2]` or `spark://HOST:7077`; if empty, `local[*]` on this machine.

    Raises
    ------
    UsageProblem
        If there is no such engine, a master is named for another than Spark, or Spark cannot start; the message says
        what is missing.
    DataProblem
        If a Parquet file is damaged.
    EngineProblem
        If the disk is full, or Spark cannot do what it is told.

    Examples
    --------
    >>> import polars as pl
    >>> with started() as engine:
    ...     kept = engine.kept([engine.taken(pl.DataFrame({"a": [1]})), engine.taken(pl.DataFrame({"a": [2]}))])
    ...     kept.collect()["a"].to_list()
    [1, 2]
    """
    name = name or ("spark" if master else "polars")
    refuse_other("engine", name, ENGINES)
    if master and name != "spark":
        raise UsageProblem(f"{master} is the master of a Spark cluster: choose the engine spark, or name no master.")
    with _engine(name, master) as engine:
        try:
            yield engine
        except Exception as error:
            if str(error).startswith("parquet: "):
                raise DataProblem(DAMAGED.format(told=str(error).splitlines()[0])) from error
            if "No space left" not in str(error):
                raise
            raise EngineProblem(
                f"The disk is full: {error}. What is computed in parts is kept in a temporary folder meanwhile; the "
                "environment variable TMPDIR names another, on a larger disk."
            ) from error


@contextmanager
def _engine(name: str, master: str) -> Iterator[Engine]:
    if name == "spark":
        from graphmodel.engines import spark

        with spark.started(master) as on_spark:
            yield on_spark
    else:
        from graphmodel.engines import polars

        with polars.started() as here:
            yield here
