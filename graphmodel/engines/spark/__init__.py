"""On Spark, on this machine or a cluster. The only package that knows pyspark, which is optional."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.engines.spark.engine import SparkEngine
from graphmodel.engines.spark.session import new_session
from graphmodel.errors import EngineProblem, UsageProblem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ENDED = (
    "The Java process of Spark has ended in the midst of it. Where memory was short, SPARK_DRIVER_MEMORY gives more, "
    "as SPARK_DRIVER_MEMORY=12g."
)


@contextmanager
def started(master: str = "") -> Iterator[SparkEngine]:
    """Start Spark, or use the session that is running already, which stays.

    Raises
    ------
    UsageProblem
        If pyspark or Java is missing, or Spark does not start.
    EngineProblem
        If Spark cannot do what it is told.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageProblem('Spark needs pyspark. Install it: pip install "pyspark>=4,<5".') from error
    with (
        _quiet(),
        _own_errors(),
        tempfile.TemporaryDirectory(prefix="graphmodel-", ignore_cleanup_errors=True) as folder,
    ):
        running = SparkSession.getActiveSession()
        with _in(running, master, Path(folder)) if running else _in_new(master, Path(folder)) as engine:
            yield engine


@contextmanager
def _in_new(master: str, folder: Path) -> Iterator[SparkEngine]:
    with new_session(master, folder) as session:
        yield SparkEngine(session, folder)


@contextmanager
def _in(running: "SparkSession", master: str, folder: Path) -> Iterator[SparkEngine]:
    """Use a session that stays, without what we kept."""
    there = running.sparkContext.master
    if master not in ("", there):
        raise UsageProblem(f"A session of Spark runs already, on {there}: stop it to use {master}, or name no master.")
    engine = SparkEngine(running, folder)
    try:
        yield engine
    finally:
        engine.forget()


@contextmanager
def _own_errors() -> Iterator[None]:
    """Raise what Spark raises as an error of ours."""
    from py4j.protocol import Py4JError, Py4JNetworkError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JNetworkError, ConnectionError) as error:
        raise EngineProblem(ENDED) from error
    except (Py4JError, PySparkException) as error:
        raise EngineProblem(f"Spark could not do it: {_reason(error)}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep py4j from logging what is raised anyway."""

    def is_ours(record: logging.LogRecord) -> bool:
        return "py4j" not in record.pathname

    root = logging.getLogger()
    root.addFilter(is_ours)
    try:
        yield
    finally:
        root.removeFilter(is_ours)


def _reason(error: Exception) -> str:
    """The first line of what an error says; of one from Java, what it says itself."""
    java_exception = getattr(error, "java_exception", None)
    told = str(java_exception.toString()) if java_exception is not None else str(error)
    return told.partition("\n")[0]
