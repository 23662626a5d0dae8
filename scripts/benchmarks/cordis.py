"""Times the main job on CORDIS H2020, each step as a ratio to the least that could do it, in the same run.

Usage: cordis.py H2020.csv.gz [STORE ...]

A STORE is the address of an empty server; the embedded engine is always measured. H2020.csv.gz holds one row per
participation: pic (organization), rcn (activity), role, type, contribution, start_date, end_date.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import ladybug
import neo4j
import numpy as np
import polars as pl
import scipy.sparse as sp
from processes import timed

from graphmodel import api, batch, importers, plan, statements
from graphmodel.analysis.ties import alliances
from graphmodel.importers import iati
from graphmodel.records import ElementType, Rows
from graphmodel.schema import SCHEMA, NodeType
from graphmodel.store import open_store

RUNS = 5
EXPECTED = {"Organization": 35_871, "Activity": 31_451, "Organization PARTICIPATED_IN Activity": 144_726}
PAIRS = 796_670
DATES = ("start_date", "end_date")


def main() -> None:
    """Measure, print a line a step."""
    table, servers = Path(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = convert(table, folder / "cordis")
        measure_embedded(data, folder)
        measure_mapping(table, data, folder)
        measure_iati(folder)
        for address in servers:
            measure_server(address, data)
    measure_start()
    print(f"{'peak memory of all this':45} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MB")


def convert(table: Path, folder: Path) -> Path:
    """Write the table as a tidy folder."""
    folder.mkdir()
    rows = pl.read_csv(table, infer_schema=False)
    day = {name: pl.when(pl.col(name).str.contains(r"^\d{4}-\d\d-\d\d$")).then(pl.col(name)) for name in DATES}
    organizations = rows.select(id="pic", name="pic", kind="type").unique("id", keep="first", maintain_order=True)
    activities = rows.select(id="rcn", name="rcn", started=day["start_date"], ended=day["end_date"])
    took_part = rows.select(organization="pic", activity="rcn", role="role")
    organizations.write_csv(folder / "organizations.csv")
    activities.unique("id", keep="first", maintain_order=True).write_csv(folder / "activities.csv")
    took_part.write_csv(folder / "participations.csv")
    return folder


def measure_embedded(data: Path, folder: Path) -> None:
    """Loading next to a bare COPY of the same frames; alliances next to a bare sparse product."""
    frames = planned(data)
    paths = iter(folder / f"{number}.lbug" for number in range(10 * RUNS))
    copied, loaded = alternately(lambda: bare_copy(frames, next(paths)), lambda: load(str(next(paths)), data))
    report("bare COPY of the frames", copied)
    report("load from CSV", loaded, copied)
    store = str(next(paths))
    load(store, data)
    report("the same load again", repeated(lambda: load(store, data)), copied)
    with api.open(store) as graph:
        check(graph)
        projection = graph.project()
        product, ties = alternately(
            lambda: bare_product(projection.participations),
            lambda: alliances.ties(projection.participations, projection.agreements),
        )
    report("bare sparse products, as a frame", product)
    report("ties, with all their figures", ties, product)
    product, ties = alternately(lambda: bare_product(bare_read(Path(store))), lambda: api.open(store).alliances())
    report("bare read, sparse products, as a frame", product)
    report("alliances from the store, with names", ties, product)


def measure_mapping(table: Path, data: Path, folder: Path) -> None:
    """Loading the table as it is published, by its mapping, next to a bare read and a COPY of the same frames."""
    frames = planned(data)
    paths = iter(folder / f"mapped-{number}.lbug" for number in range(10 * RUNS))

    def bare() -> None:
        pl.read_csv(table, infer_schema=False)
        bare_copy(frames, next(paths))

    copied, loaded = alternately(bare, lambda: load(str(next(paths)), table, mapping="cordis_h2020"))
    report("bare read of the gz file, and COPY", copied)
    report("load of the gz file by its mapping", loaded, copied)


def measure_server(address: str, data: Path) -> None:
    """Loading next to a plain UNWIND and CREATE of the same rows, each into the empty server; alliances."""
    frames = planned(data)
    with server(address) as driver:
        empty(driver)
        created = repeated(lambda: bare_create(driver, frames), 1)
        empty(driver)
    report("bare UNWIND and CREATE on the server", created)
    report("load into the server", repeated(lambda: load(address, data), 1), created)
    with api.open(address) as graph:
        check(graph)
        report("alliances from the server", repeated(graph.alliances, 1))


def server(address: str) -> neo4j.Driver:
    """Return a driver for the server, by the password of the environment."""
    return neo4j.GraphDatabase.driver(address, auth=("neo4j", os.environ["NEO4J_PASSWORD"]))


def empty(driver: neo4j.Driver) -> None:
    """Empty the server."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def bare_create(driver: neo4j.Driver, frames: list[tuple[ElementType, pl.DataFrame]]) -> None:
    """Create all rows in batches, with the constraints that make the ends quick to find."""
    with driver.session() as session:
        for constraint in statements.server_constraints(SCHEMA):
            session.run(constraint).consume()
        for type_, frame in frames:
            for part in frame.iter_slices(10_000):
                rows = [{name: cell for name, cell in row.items() if cell is not None} for row in part.to_dicts()]
                session.run(created(type_), rows=rows).consume()


def created(type_: ElementType) -> str:
    """Return the statement that creates the rows of a type."""
    if isinstance(type_, NodeType):
        return f"UNWIND $rows AS row CREATE (x:{type_.label}) SET x = row"
    return (
        f"UNWIND $rows AS row MATCH (a:{type_.start} {{id: row.start_id}}) MATCH (b:{type_.end} {{id: row.end_id}}) "
        f"CREATE (a)-[x:{type_.name}]->(b) SET x = row"
    )


def measure_iati(folder: Path) -> None:
    """Reading IATI into rows next to a bare pass over the same elements."""
    path = folder / "activities.xml"
    path.write_text(f'<iati-activities version="2.03">{"".join(map(activity, range(20_000)))}</iati-activities>')
    passed, read = alternately(
        lambda: [element.clear() for _, element in ElementTree.iterparse(path)],
        lambda: sum(len(item.frame) for item in iati.read(path, SCHEMA, "x") if isinstance(item, Rows)),
    )
    report(f"bare pass over {path.stat().st_size / 1e6:.0f} MB of IATI", passed)
    report("reading it into rows", read, passed)
    rows = sum(len(item.frame) for item in iati.read(path, SCHEMA, "x") if isinstance(item, Rows))
    print(f"{'rows of IATI a second':45} {rows / statistics.median(read):8,.0f}", flush=True)


def activity(number: int) -> str:
    """Return an activity with two partners, a country, a sector and dates."""
    return f"""<iati-activity><reporting-org ref="XM-1" type="10"><narrative>Amber Fund</narrative></reporting-org>
<iati-identifier>XM-1-{number}</iati-identifier><title><narrative>Activity {number}</narrative></title>
<participating-org ref="XM-{number % 500}" role="4" type="22"><narrative>Partner {number % 500}</narrative>
</participating-org><participating-org ref="XM-{number % 71 + 1000}" role="1" type="60"><narrative>Donor
{number % 71}</narrative></participating-org><activity-date type="2" iso-date="2020-01-01"/>
<recipient-country code="KE" percentage="100"/><sector vocabulary="1" code="14030"/></iati-activity>"""


def measure_start() -> None:
    """`graphmodel --help` next to a Python that does nothing."""
    nothing, helped = alternately(
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        lambda: subprocess.run([sys.executable, "-m", "graphmodel", "--help"], check=True, capture_output=True),
    )
    report("python that does nothing", nothing)
    report("graphmodel --help", helped, nothing)


def planned(data: Path) -> list[tuple[ElementType, pl.DataFrame]]:
    """Return the types of the load, each with the frame of its rows."""
    with tempfile.TemporaryDirectory() as empty, open_store(f"{empty}/empty.lbug") as store:
        source, records = importers.read(data, SCHEMA)
        gathered = batch.gather(records, SCHEMA, source)
        made = plan.make(gathered, SCHEMA, store, datetime(2024, 1, 1))
    return [(change.type, change.new) for change in made.changes if len(change.new)]


def bare_copy(frames: list[tuple[ElementType, pl.DataFrame]], path: Path) -> None:
    """Make the tables and copy the frames, in one transaction."""
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("BEGIN TRANSACTION")
        for statement in statements.embedded_tables(SCHEMA).values():
            connection.execute(statement)
        for type_, frame in frames:
            connection.execute(statements.embedded_copy(type_), {"frame": frame})
        connection.execute("COMMIT")


def load(address: str, data: Path, mapping: str = "") -> None:
    """Load through the library's door."""
    with api.open(address) as graph:
        assert not graph.load(data, mapping=mapping).rejects


def check(graph: api.Graph) -> None:
    """Make sure that what is measured is right."""
    counts = graph.status().counts
    assert {name: counts[name] for name in EXPECTED} == EXPECTED
    assert len(graph.alliances()) == PAIRS


def bare_read(path: Path) -> pl.DataFrame:
    """Return organization, activity of all participations, by one query."""
    with ladybug.Database(path, read_only=True) as database, ladybug.Connection(database) as connection:
        return connection.execute(
            "MATCH (a:Organization)-[x:PARTICIPATED_IN]->(b:Activity) RETURN a.id AS organization, b.id AS activity"
        ).get_as_pl()


def bare_product(took_part: pl.DataFrame) -> pl.DataFrame:
    """Return source, target, shared and Newman's strength by two sparse products."""
    once = took_part.select("organization", "activity").unique()
    ids = once["organization"].unique().sort()
    rows = once["organization"].cast(pl.Enum(ids)).to_physical().to_numpy()
    columns = once["activity"].cast(pl.Enum(once["activity"].unique().sort())).to_physical().to_numpy()
    incidence = sp.csr_matrix((np.ones(len(once)), (rows, columns)))
    size = np.asarray(incidence.sum(axis=0)).ravel()
    weighted = incidence.multiply(1 / np.maximum(size - 1, 1)).tocsr()
    shared = sp.triu(incidence @ incidence.T, 1).tocoo()
    strength = sp.triu(weighted @ incidence.T, 1).tocoo()
    names = ids.to_numpy()
    ends = {"source": names[shared.row], "target": names[shared.col]}
    return pl.DataFrame({**ends, "shared": shared.data, "strength": strength.data})


def repeated(do: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Return the seconds of each run."""
    return [timed(do)[0] for _ in range(runs)]


def alternately(one: Callable[[], object], other: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Return the seconds of both, run in turn after one run of each that does not count."""
    one()
    other()
    pairs = [(timed(one)[0], timed(other)[0]) for _ in range(RUNS)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def report(what: str, seconds: list[float], reference: list[float] | None = None) -> None:
    """Print the median, and the ratio to the reference."""
    median = statistics.median(seconds)
    ratio = f"{median / statistics.median(reference):6.2f} times" if reference else ""
    print(f"{what:45} {median:8.2f} s {ratio}", flush=True)


if __name__ == "__main__":
    main()
