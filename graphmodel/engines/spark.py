"""On Spark, on this machine or a cluster. The only module that knows pyspark, which is optional."""

import logging
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from graphmodel.engines import java
from graphmodel.engines.base import Frame, Ids, Order, Part
from graphmodel.errors import EngineProblem, UsageProblem

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ON_THIS_MACHINE = "local[*]"
PARTITIONS = 4
"""Into so many parts for each core Spark cuts tables on one machine; on a cluster it is set for all that runs there."""

MEMORY = 6
"""Gigabytes of memory that Spark takes on this machine, of at most half of what there is; SPARK_DRIVER_MEMORY says
otherwise."""

PATTERN = r"[\[\]{}*?\\]"
"""What Spark takes for a pattern in the name of a file that it reads."""

ENDED = (
    "The Java process of Spark has ended in the midst of it. Where memory was short, SPARK_DRIVER_MEMORY gives more, "
    "as SPARK_DRIVER_MEMORY=12g."
)


@contextmanager
def started(master: str = "") -> Iterator["SparkEngine"]:
    """Start Spark, or use the session that is running already, which stays.

    Raises
    ------
    UsageProblem
        If pyspark or Java is missing, or Spark does not start.
    EngineProblem
        If Spark cannot do what it is told.
    """
    try:
        from py4j.protocol import Py4JError, Py4JNetworkError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageProblem('Spark needs pyspark. Install it: pip install "pyspark>=4,<5".') from error
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="graphmodel-", ignore_cleanup_errors=True))
        )
        running = SparkSession.getActiveSession()
        if running and master not in ("", running.sparkContext.master):
            raise UsageProblem(
                f"A session of Spark runs already, on {running.sparkContext.master}: stop it to use {master}, or name "
                "no master."
            )
        engine = SparkEngine(running or stack.enter_context(_session(master, folder)), folder)
        if running:
            stack.callback(engine.forget)
        try:
            yield engine
        except (Py4JNetworkError, ConnectionError) as error:
            raise EngineProblem(ENDED) from error
        except (Py4JError, PySparkException) as error:
            raise EngineProblem(f"Spark could not do it: {_reason(error)}") from error


class SparkEngine:
    """Computes on Spark; what is kept stays with the workers, on their disks."""

    name = "spark"

    def __init__(self, session: "SparkSession", folder: Path) -> None:
        """Take a running session, and a folder that workers on this machine reach."""
        self._session, self._folder = session, folder
        self._numbers = count()
        self._kept: list[DataFrame] = []

    def read(self, path: Path) -> Frame:
        """Return the table in a Parquet file, or in a folder of them."""
        return nw.from_native(self._session.read.parquet(re.sub(PATTERN, r"\\\g<0>", _address(path))))

    def taken(self, frame: pl.DataFrame) -> Frame:
        """Return a table that was read already: workers on this machine read it from a file, others are sent it."""
        if not str(self._session.sparkContext.master).startswith("local"):
            return nw.from_native(self._sent(frame))
        path = self._folder / f"{next(self._numbers)}.parquet"
        frame.write_parquet(path)
        return self.read(path)

    def spread(self, frame: pl.DataFrame) -> Frame:
        """Return a small table of which each worker has the whole."""
        from pyspark.sql.functions import broadcast

        return nw.from_native(broadcast(self._sent(frame)))

    def kept(self, frames: Iterable[Frame]) -> Frame:
        """Keep frames on the disks of the workers."""
        from pyspark import StorageLevel

        native: DataFrame = nw.to_native(nw.concat(list(frames)))
        if native.storageLevel == StorageLevel.NONE:
            self._kept.append(native.persist(StorageLevel.DISK_ONLY))
        return nw.from_native(native)

    def ids(self, frames: Iterable[tuple[Frame, Sequence[str]]]) -> Ids:
        """Hold ids as they are."""
        return Themselves()

    def parts(self, instances: int) -> Sequence[Part]:
        """Return the whole: Spark cuts it itself."""
        return [lambda frame, column: frame]

    def write(self, frame: Frame, path: Path, order: Order, columns: Sequence[str]) -> None:
        """Write a folder of files, whose names are in the order of the rows."""
        names, descending = zip(*order, strict=True)
        ordered = frame.sort(*names, descending=list(descending)).select(*columns)
        native: DataFrame = nw.to_native(ordered)
        native.write.parquet(_address(path))
        for mark in path.glob("[._]*"):
            mark.unlink()  # other programs take all files in a folder for parts of the table

    def _sent(self, frame: pl.DataFrame) -> "DataFrame":
        return self._session.createDataFrame(frame.to_arrow(compat_level=pl.CompatLevel.oldest()))

    def forget(self) -> None:
        """Let the workers drop what they keep."""
        while self._kept:
            self._kept.pop().unpersist()


class Themselves:
    """Ids held as they are."""

    def held(self, frame: Frame) -> Frame:
        """Return the frame."""
        return frame

    def texts(self, frame: Frame, *columns: str) -> Frame:
        """Return the frame."""
        return frame


@contextmanager
def _session(master: str, folder: Path) -> Iterator["SparkSession"]:
    """Start a session of our own; its Java process ends with it, and writes what it has to say into a file."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    java.refuse_old()
    settings = _settings(master or ON_THIS_MACHINE, folder)
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    told = folder / "spark.log"
    gateway: Any = None
    with told.open("wb") as log:
        try:
            gateway = launch_gateway(conf, {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
            context = SparkContext(conf=conf, gateway=gateway)
        except Exception as error:
            _end(gateway)
            raise UsageProblem(f"Spark did not start at {master or ON_THIS_MACHINE}: {_last(told)}") from error
    context.setLogLevel("ERROR")
    session = SparkSession(context)
    if "spark.local.dir" in settings:
        session.conf.set("spark.sql.shuffle.partitions", PARTITIONS * context.defaultParallelism)
    try:
        yield session
    finally:
        with suppress(Py4JError, ConnectionError):  # where the process has ended already
            session.stop()
        _end(gateway)


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


def _settings(master: str, folder: Path) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "graphmodel",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.warehouse.dir": _address(folder / "warehouse"),
    }
    return settings | (_on_this_machine(folder) if master.startswith("local") else {})


def _on_this_machine(folder: Path) -> dict[str, str]:
    """What holds where Spark runs on this machine alone: nothing outside reaches it."""
    loopback = dict.fromkeys(("spark.driver.bindAddress", "spark.driver.host"), "127.0.0.1")
    memory = {} if "SPARK_DRIVER_MEMORY" in os.environ else {"spark.driver.memory": f"{_memory()}m"}
    return loopback | {"spark.local.dir": str(folder)} | memory


def _memory() -> int:
    """Megabytes that Spark may take."""
    import psutil

    return int(min(MEMORY << 10, psutil.virtual_memory().total // 2 >> 20))


def _end(gateway: Any) -> None:
    """End the Java process: it goes by itself once nobody writes to it any more."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if gateway is None:
        return
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None
    SparkSession._instantiatedSession = None


def _address(path: Path) -> str:
    """Return the address of a file as Spark takes it: unlike that of a URI, its path is not encoded.

    >>> _address(Path("/data/my tables"))
    'file:///data/my tables'
    """
    return f"file:///{path.absolute().as_posix().lstrip('/')}"


def _last(log: Path) -> str:
    """The last line that tells of an error, or the last."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "Exception" in line or "ERROR" in line or "rror:" in line]
    return (errors or lines or ["it says nothing"])[-1]


def _reason(error: Exception) -> str:
    """The first line of what an error says; of one from Java, what it says itself."""
    java_exception = getattr(error, "java_exception", None)
    told = str(java_exception.toString()) if java_exception is not None else str(error)
    return told.partition("\n")[0]
