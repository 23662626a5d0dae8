"""A session of Spark of our own: how it is set, started and ended."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.engines.spark import java
from graphmodel.engines.spark.paths import address
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ON_THIS_MACHINE = "local[*]"
PARTITIONS = 4
"""Into so many parts for each core Spark cuts tables on one machine; on a cluster it is set for all that runs there."""

MEMORY = 6
"""Gigabytes of memory that Spark takes on this machine, of at most half of what there is; SPARK_DRIVER_MEMORY says
otherwise."""


@contextmanager
def new_session(master: str, folder: Path) -> Iterator["SparkSession"]:
    """Start a session; its Java process ends with it, and writes what it has to say into a file."""
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


def _settings(master: str, folder: Path) -> dict[str, str]:
    settings = {
        "spark.master": master,
        "spark.app.name": "graphmodel",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.adaptive.enabled": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.warehouse.dir": address(folder / "warehouse"),
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


def _last(log: Path) -> str:
    """The last line that tells of an error, or the last."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if "Exception" in line or "ERROR" in line or "rror:" in line]
    return (errors or lines or ["it says nothing"])[-1]
