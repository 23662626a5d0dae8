"""Measures all parts of the benchmark, prints a line as soon as it is there, and keeps all as JSON.

Called by scripts/bench, whose help says what it takes.
"""

import argparse
import importlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

from copies import PAIRS
from given import Given
from rows import Row, Table, head, keep, text

Step = Callable[[Given], Iterator[Row]]

PARTS = {
    "start": "",
    "load": "table",
    "server": "server",
    "iati": "",
    "analyses": "table",
    "growth": "table",
    "engines": "table",
    "explorer": "table",
    "maps": "",
    "layouts": "",
}
"""Each is a module with STEPS; and what it needs beside."""
PACKAGES = (
    "graphmodel",
    "polars",
    "ladybug",
    "neo4j",
    "narwhals",
    "networkit",
    "networkx",
    "numpy",
    "pyspark",
    "scipy",
)


class Words(argparse.ArgumentParser):
    """The words of the command; what is wrong with them is said as the other scripts say it."""

    def error(self, message: str) -> NoReturn:
        """Say it and end."""
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(words: Sequence[str] | None = None) -> int:
    """Measure; return 1 if something failed or another answer came."""
    asked = arguments(words)
    table = Table(PAIRS)
    with tempfile.TemporaryDirectory() as folder:
        given = Given(asked.table, Path(folder), asked.store)
        try:
            for part in asked.only:
                measure(part, importlib.import_module(part).STEPS, given, table)
        finally:
            if asked.json:
                keep(asked.json, table.lines, machine())
    return int(table.failed())


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Return what is asked for: the parts that can be measured, where none are named."""
    parser = Words(prog="scripts/bench", add_help=False)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--store", default="")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=())
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(words)
    there = {"": True, "table": asked.table is not None, "server": bool(asked.table and asked.store)}
    missing = {"table": "H2020.csv.gz", "server": "H2020.csv.gz and --store"}
    for part in asked.only:
        if not there[PARTS[part]]:
            parser.error(f"{part} needs {missing[PARTS[part]]}")
    if asked.table and not asked.table.is_file():
        parser.error(f"there is no file {asked.table}")
    asked.only = asked.only or [part for part, need in PARTS.items() if there[need]]
    return asked


def measure(part: str, steps: Sequence[Step], given: Given, table: Table) -> None:
    """Take the steps of a part; where one fails, the others go on."""
    print(f"\n{head(part)}", flush=True)
    for step in steps:
        try:
            for row in step(given):
                print(text(table.add(part, row)), flush=True)
        except Exception as error:
            print(text(table.add(part, Row(name(step), error=f"{type(error).__name__}: {error}"))), flush=True)


def name(step: Step) -> str:
    """Return the name of a step, which may be a function with some arguments given."""
    function = getattr(step, "func", step)
    return " ".join([function.__name__, *map(str, getattr(step, "args", ()))])


def machine() -> dict[str, Any]:
    """Return what this is measured on, and when."""
    return {
        "date": date.today().isoformat(),
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": versions(),
    }


def processor() -> str:
    """Return the model of the processor, as the system names it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor()


def versions() -> Mapping[str, str]:
    """Return the versions of the packages that are there."""
    there = {item.metadata["Name"] for item in metadata.distributions()}
    return {package: metadata.version(package) for package in PACKAGES if package in there}


if __name__ == "__main__":
    sys.exit(main())
