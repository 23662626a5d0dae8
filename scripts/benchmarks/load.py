"""Loading CORDIS into the embedded store, next to the least that could do it: a COPY of the same frames."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import ladybug
import polars as pl
from given import Given
from processes import measured, repeated
from rows import Row

from graphmodel import api, statements
from graphmodel.records import ElementType
from graphmodel.schema import SCHEMA

RUNS = 5
EXPECTED = {"Organization": 35_871, "Activity": 31_451, "Organization PARTICIPATED_IN Activity": 144_726}
TABLES = ("organizations", "activities", "participations")
COPY, READ_AND_COPY = "bare COPY of the frames", "bare read of the gz file, and COPY"


def from_csv(given: Given) -> Iterator[Row]:
    """Loading a tidy folder, and loading it again."""
    data, known = as_csv(given), given.store("x1")
    seconds, peak, _ = measured(copy, (known, None))
    yield Row(COPY, "x1", seconds, peak)
    for what, program in (("load from CSV", load), ("the same load again", load_again)):
        seconds, peak, counts = measured(program, (data, ""))
        yield Row(what, "x1", seconds, peak, COPY, counts == EXPECTED)


def by_mapping(given: Given) -> Iterator[Row]:
    """Loading the table as it is published."""
    seconds, peak, _ = measured(copy, (given.store("x1"), given.cordis))
    yield Row(READ_AND_COPY, "x1", seconds, peak)
    seconds, peak, counts = measured(load, (given.cordis, "cordis_h2020"))
    counted = {name: counts.get(name) for name in EXPECTED}
    yield Row("load of the gz file by its mapping", "x1", seconds, peak, READ_AND_COPY, counted == EXPECTED)


def as_csv(given: Given) -> Path:
    """Return the network as a tidy folder of CSV."""
    source, folder = given.data("x1"), given.folder / "csv"
    folder.mkdir(exist_ok=True)
    for name in TABLES:
        pl.scan_parquet(source / f"{name}.parquet").sink_csv(folder / f"{name}.csv")
    return folder


def load(words: tuple[Path, str]) -> tuple[float, dict[str, int]]:
    """Load into new stores; count what is there."""
    with tempfile.TemporaryDirectory() as folder:
        paths = (f"{folder}/{number}.lbug" for number in count())
        return repeated(lambda: _load(next(paths), *words), RUNS)


def load_again(words: tuple[Path, str]) -> tuple[float, dict[str, int]]:
    """Load into a store that holds it."""
    with tempfile.TemporaryDirectory() as folder:
        return repeated(partial(_load, f"{folder}/known.lbug", *words), RUNS)


def _load(address: str, data: Path, mapping: str) -> dict[str, int]:
    with api.open(address) as graph:
        report = graph.load(data, mapping=mapping)
    assert not report.rejects
    counts = {item.type: item.new + item.changed + item.unchanged for item in report.counts}
    return {name: number for name, number in counts.items() if name in EXPECTED}


def copy(words: tuple[Path, Path | None]) -> tuple[float, None]:
    """Copy the frames that a store holds into new ones, after a bare read of a table, if one is given."""
    store, table = words
    held = frames(store)
    with tempfile.TemporaryDirectory() as folder:
        paths = (f"{folder}/{number}.lbug" for number in count())

        def do() -> None:
            if table:
                pl.read_csv(table, infer_schema=False)
            _copy(held, next(paths))

        return repeated(do, RUNS)


def frames(store: Path) -> list[tuple[ElementType, pl.DataFrame]]:
    """Return the types of which a store holds something, each with the frame of its rows."""
    with api.open(str(store)) as graph:
        held = [(type_, graph.store.read(type_)) for type_ in SCHEMA if not type_.derived]
    return [(type_, frame) for type_, frame in held if len(frame)]


def _copy(held: list[tuple[ElementType, pl.DataFrame]], path: str) -> None:
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("BEGIN TRANSACTION")
        for statement in statements.embedded_tables(SCHEMA).values():
            connection.execute(statement)
        for type_, frame in held:
            connection.execute(statements.embedded_copy(type_), {"frame": frame})
        connection.execute("COMMIT")


STEPS: tuple[Callable[[Given], Iterator[Row]], ...] = (from_csv, by_mapping)
