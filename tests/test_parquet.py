"""Parquet in and out: typed tables, read as the same data in CSV are, and a load of them that is killed."""

import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet as pq

from graphmodel import api, exports, plan
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.exports import tables
from graphmodel.importers.tables_binary import text_of
from graphmodel.importers.tables_parquet import texts
from graphmodel.importers.tidy_parts import files
from graphmodel.records import Edge, Node
from graphmodel.schema import SCHEMA
from tests.conftest import Run, launched

TOOK_PART = SCHEMA.relationship("PARTICIPATED_IN")
ROWS = 100_000

CELLS = st.sampled_from(
    ["amber", "birch", " cedar ", "N/A", "", "\u00a0", 'a "b",\nc', "1948", "50", "KE", "2021-01-31"]
)
COLUMNS = {
    "organizations": ["id", "name", "country", "founded", "regions", "latitude", "source"],
    "activities": ["id", "name", "started", "budget"],
    "participations": ["organization", "activity", "role", "contribution", "source", "record"],
    "regions": ["id", "name", "kind"],
}


def state(graph: api.Graph) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a graph holds but for its sources."""
    return {type_.title: graph.store.read(type_).rows() for type_ in SCHEMA if type_.title != "Source"}


@st.composite
def folders(draw: st.DrawFn) -> dict[str, pl.DataFrame]:
    """Draw the tables of a tidy folder as texts, with cells of any sort."""
    made = {}
    for name, columns in COLUMNS.items():
        rows = draw(st.lists(st.tuples(*(st.one_of(st.none(), CELLS) for _ in columns)), max_size=6))
        made[name] = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return made


def write(folder: Path, frames: Mapping[str, pl.DataFrame], form: str) -> Path:
    """Write tables into a new folder."""
    folder.mkdir()
    for name, frame in frames.items():
        {"csv": frame.write_csv, "parquet": frame.write_parquet}[form](folder / f"{name}.{form}")
    return folder


@settings(max_examples=8, deadline=None)
@given(frames=folders())
def test_a_folder_gives_the_same_graph_and_rejects_as_csv_and_as_parquet(frames: dict[str, pl.DataFrame]) -> None:
    one_line = {name: frame.with_columns(pl.all().str.replace("\n", " ")) for name, frame in frames.items()}
    found = []
    for form, above in (("csv", 1), ("parquet", 0)):
        with tempfile.TemporaryDirectory() as name, api.open(f"{name}/graph.lbug") as graph:
            report = graph.load(write(Path(name) / "data", one_line, form), source="list")
            rejects = [
                (item.file.split(".")[0], item.line - above, item.column, item.kind, item.found, item.expected)
                for item in report.rejects
            ]
            held = {title: [row[:-1] for row in rows] for title, rows in state(graph).items()}
            found.append((rejects, held))
    assert found[0] == found[1]


VALUES = st.one_of(
    st.lists(st.one_of(st.none(), st.floats()), max_size=5).map(lambda cells: pa.array(cells, pa.float64())),
    st.lists(st.one_of(st.none(), st.floats(width=32)), max_size=5).map(lambda cells: pa.array(cells, pa.float32())),
    st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)), max_size=5).map(
        lambda cells: pa.array(cells, pa.int64())
    ),
    st.lists(st.one_of(st.none(), st.booleans()), max_size=5).map(lambda cells: pa.array(cells, pa.bool_())),
    st.lists(st.one_of(st.none(), st.text()), max_size=5).map(
        lambda cells: pa.array(cells, pa.string()).dictionary_encode()
    ),
    st.lists(st.one_of(st.none(), st.dates(date(1000, 1, 1))), max_size=5).map(
        lambda cells: pa.array(cells, pa.date32())
    ),
    st.lists(st.one_of(st.none(), st.datetimes(datetime(1000, 1, 1))), max_size=5).map(
        lambda cells: pa.array(cells, pa.timestamp("us"))
    ),
    st.lists(st.one_of(st.none(), st.lists(st.one_of(st.none(), st.text()), max_size=3)), max_size=5).map(
        lambda cells: pa.array(cells, pa.list_(pa.string()))
    ),
)


@given(VALUES)
def test_a_column_is_written_as_its_cells_are(cells: pa.Array) -> None:
    assert texts(cells).to_list() == [text_of(cell) for cell in cells.to_pylist()]


@pytest.mark.parametrize(
    ("cells", "written"),
    [
        (pa.array([Decimal("1.50"), None]), ["1.50", ""]),
        (pa.array([b"caf\xc3\xa9"]), ["café"]),
        (pa.array([{"a": 1}]), ['{"a": 1}']),
        (pa.array([[1, 2], None]), ["1|2", ""]),
        (pa.array([datetime(2021, 1, 31, 12)], pa.timestamp("ns")), ["2021-01-31T12:00:00"]),
        (pa.array([datetime(2021, 1, 31, 12)], pa.timestamp("us", "UTC")), ["2021-01-31T12:00:00+00:00"]),
        (pa.nulls(1), [""]),
    ],
)
def test_cells_of_other_types_are_written_too(cells: pa.Array, written: list[str]) -> None:
    assert texts(cells).to_list() == written


def test_lists_name_regions_and_days_are_days(tmp_path: Path, empty_graph: api.Graph) -> None:
    ids = pl.DataFrame({"id": ["KE", "FR"], "name": ["Kenya", "France"]})
    organizations = pl.DataFrame({"id": ["amber"], "name": ["Amber"], "founded": [1948.0], "regions": [["KE", "FR"]]})
    activities = pl.DataFrame({"id": ["fair"], "name": ["Fair"], "started": [date(2021, 1, 31)], "budget": [2500.0]})
    frames = {"regions": ids, "organizations": organizations, "activities": activities}
    assert empty_graph.load(write(tmp_path / "data", frames, "parquet")).rejects == ()
    assert empty_graph.store.read(SCHEMA.node("Organization"))["founded"].to_list() == [1948]
    assert empty_graph.store.read(SCHEMA.relationship("WORKS_IN"))["end_id"].to_list() == ["FR", "KE"]
    assert empty_graph.store.read(SCHEMA.node("Activity"))["started"].to_list() == [date(2021, 1, 31)]


def test_a_reject_tells_the_row_of_the_file(tmp_path: Path, empty_graph: api.Graph) -> None:
    frame = pl.DataFrame({"id": ["KE", None, "FR"], "name": ["Kenya", None, "N/A"]})
    report = empty_graph.load(write(tmp_path / "data", {"regions": frame}, "parquet"))
    assert [(item.file, item.line, item.kind) for item in report.rejects] == [("regions.parquet", 3, "placeholder")]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "It may be cut off or damaged; get it again."),
        (
            lambda path: pq.write_table(
                pa.table({"id": pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff"]).buffers()), "name": ["x"]}),
                path,
            ),
            "It may be cut off or damaged; get it again.",
        ),
        (
            lambda path: pq.write_table(pa.table([["KE"], ["Kenya"], ["x"]], names=["id", "name", ""]), path),
            "its last columns have no name. Name them, or leave them out.",
        ),
    ],
    ids=["cut off", "no UTF-8", "no name"],
)
def test_a_file_that_is_no_table_is_refused(
    tmp_path: Path, empty_graph: api.Graph, spoil: Callable[[Path], object], sentence: str
) -> None:
    folder = write(tmp_path / "data", {"regions": pl.DataFrame({"id": ["KE"], "name": ["Kenya"]})}, "parquet")
    spoil(folder / "regions.parquet")
    with pytest.raises(DataProblem) as problem:
        empty_graph.load(folder)
    assert "regions.parquet" in str(problem.value)
    assert sentence in str(problem.value)


def test_a_mapping_reads_parquet_as_it_reads_csv(tmp_path: Path, empty_graph: api.Graph) -> None:
    frame = pl.DataFrame({"who": ["#org", "Amber", "who", " ", "Birch"], "what": ["#activity", "Fair", "what", "", ""]})
    (tmp_path / "m.toml").write_text(
        'source.id = "list"\n[[Organization]]\nid = "who"\nname = "who"\n', encoding="utf-8"
    )
    frame.write_parquet(tmp_path / "t.parquet")
    assert empty_graph.load(tmp_path / "t.parquet", mapping=tmp_path / "m.toml").rejects == ()
    assert empty_graph.store.read(SCHEMA.node("Organization"))["name"].to_list() == ["Amber", "Birch"]


def network(graph: api.Graph) -> None:
    """Load two organizations, one of them from two sources, in three activities."""
    days = [date(2021, 1, day) for day in (1, 2, 3)]
    graph.load(
        [
            *(Node("Organization", id, {"name": id.title(), "latitude": 0.1}) for id in ("amber", "birch")),
            *(Node("Activity", f"a{day.day}", {"name": "Fair", "started": day, "budget": 1e-7}) for day in days),
            *(Edge("PARTICIPATED_IN", "amber", f"a{day.day}", {"role": 'host, "first"'}) for day in days),
            Edge("PARTICIPATED_IN", "birch", "a1", {"contribution": 5000.0}),
        ],
        source="list",
    )
    graph.load([Node("Organization", "amber", {"name": "Amber"})], source="website")


@pytest.mark.parametrize("form", exports.FOLDERS)
def test_what_was_exported_and_loaded_is_exported_the_same(tmp_path: Path, form: str) -> None:
    with api.open(str(tmp_path / "one.lbug")) as one, api.open(str(tmp_path / "two.lbug")) as two:
        network(one)
        names = one.export_tables(tmp_path / "tables", form)
        assert names == [f"{stem}.{form}" for stem in ("sources", "organizations", "activities", "participations")]
        assert two.load(tmp_path / "tables", source="list").rejects == ()
        assert two.export_tables(tmp_path / "again", form) == names
        assert state(two) == state(one)
    for name in names[1:]:
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "tables" / name).read_bytes()


def test_exported_tables_are_typed_and_have_a_row_for_each_source(tmp_path: Path, empty_graph: api.Graph) -> None:
    network(empty_graph)
    empty_graph.export_tables(tmp_path / "tables", "parquet")
    organizations = pl.read_parquet(tmp_path / "tables" / "organizations.parquet")
    assert organizations.select("id", "latitude", "source").rows() == [
        ("amber", 0.1, "list"),
        ("amber", 0.1, "website"),
        ("birch", 0.1, "list"),
    ]
    activities = pl.read_parquet(tmp_path / "tables" / "activities.parquet")
    assert activities["started"].to_list() == [date(2021, 1, day) for day in (1, 2, 3)]
    participations = pl.read_parquet(tmp_path / "tables" / "participations.parquet")
    columns = ["organization", "activity", "role", "contribution", "currency", "source", "record"]
    assert participations.columns == columns
    assert participations.schema["contribution"] == pl.Float64


@pytest.mark.parametrize("form", exports.FOLDERS)
def test_an_export_in_parts_holds_the_same(
    tmp_path: Path, empty_graph: api.Graph, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    network(empty_graph)
    names = empty_graph.export_tables(tmp_path / "whole", form)
    monkeypatch.setattr(tables, "ROWS", 2)
    assert empty_graph.export_tables(tmp_path / "parts", form) == names
    for name in names:
        whole, parts = ((tmp_path / folder / name) for folder in ("whole", "parts"))
        if form == "csv":
            assert parts.read_bytes() == whole.read_bytes()
        else:
            assert pl.read_parquet(parts).equals(pl.read_parquet(whole))


def test_a_folder_that_cannot_be_written_whole_is_not_there(
    tmp_path: Path, empty_graph: api.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    network(empty_graph)

    def breaks(path: Path, frames: object) -> None:
        path.write_text("half")
        raise OSError("the disk is full")

    monkeypatch.setattr(tables, "FOLDERS", {"csv": breaks})
    with pytest.raises(OSError, match="the disk is full"):
        empty_graph.export_tables(tmp_path / "tables")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.lbug"]
    (tmp_path / "tables").mkdir()
    with pytest.raises(UsageProblem, match="is there already, and a folder is not replaced"):
        empty_graph.export_tables(tmp_path / "tables")


def test_parquet_on_the_command_line(run: Run, demonstration: str) -> None:
    result = run("export", "--store", demonstration, "--format", "parquet", "-o", "tables")
    assert result.exit_code == 0
    assert "files written into tables. graphmodel load tables takes them back." in result.stderr
    assert {path.suffix for path in files(Path("tables"), SCHEMA)} == {".parquet"}
    result = run("export", "--format", "parquet", "--alliances", "-o", "ties")
    assert "The ties as Parquet come from: graphmodel alliances -o FILE.parquet" in result.stderr


@pytest.mark.parametrize("rows", [1, 2, 1_000])
def test_a_load_compared_in_parts_does_the_same(graph: api.Graph, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(plan, "ROWS", rows)
    monkeypatch.setattr(plan, "SAMPLED", 1)
    network(graph)
    changed = [
        Edge("PARTICIPATED_IN", "amber", "a1", {"role": 'host, "first"', "contribution": 1.0}),
        Edge("PARTICIPATED_IN", "amber", "a2", {"role": 'host, "first"'}),
        Edge("PARTICIPATED_IN", "birch", "a3"),
        Edge("PARTICIPATED_IN", "birch", "a3", {"contribution": 2.0}),
        Edge("PARTICIPATED_IN", "birch", "a3", {"contribution": 3.0}),
    ]
    report = graph.load(changed, source="list")
    counts = {item.type: (item.new, item.changed, item.unchanged) for item in report.counts}
    assert counts[TOOK_PART.title] == (1, 2, 0)
    assert [(item.kind, item.line) for item in report.rejects] == [("conflict", 5)]
    held = graph.store.read(TOOK_PART)
    assert held.select("start_id", "end_id", "contribution").rows() == [
        ("amber", "a1", 1.0),
        ("amber", "a2", None),
        ("amber", "a3", None),
        ("birch", "a1", 5000.0),
        ("birch", "a3", 2.0),
    ]


def large(folder: Path) -> Path:
    """Write a tidy folder of Parquet with so many participations."""
    draw = np.random.default_rng(1)
    size = ROWS // 10
    ids = pl.DataFrame({"id": [f"n{number}" for number in range(size)]}).with_columns(pl.col("id").alias("name"))
    pairs = pl.DataFrame({end: draw.integers(0, size, ROWS) for end in ("organization", "activity")}).unique()
    ties = pairs.select(
        pl.format("n{}", "organization").alias("organization"), pl.format("n{}", "activity").alias("activity")
    )
    return write(folder, {"organizations": ids, "activities": ids, "participations": ties}, "parquet")


LOADER = """
import sys
from pathlib import Path
from graphmodel import api
with api.open(sys.argv[1]) as graph:
    print("begin", flush=True)
    graph.load(Path(sys.argv[2]), progress=lambda rows: print("writing", flush=True))
"""


def exported(store: Path) -> bytes:
    """Return all participations, as an export writes them."""
    with api.open(str(store)) as graph:
        graph.export_tables(store.with_suffix(".tables"), "parquet")
    return (store.with_suffix(".tables") / "participations.parquet").read_bytes()


def test_a_first_load_killed_while_it_plans_or_writes_is_finished_by_the_same_load(tmp_path: Path) -> None:
    folder = large(tmp_path / "data")
    whole = tmp_path / "whole.lbug"
    with launched(LOADER, whole, folder) as process:
        begun = time.monotonic()
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        planned = time.monotonic() - begun
        assert process.wait() == 0
        took = time.monotonic() - begun
    expected = exported(whole)
    for moment in (planned / 2, (planned + took) / 2):
        store = tmp_path / f"{moment}.lbug"
        with launched(LOADER, store, folder) as process:
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        with api.open(str(store)) as graph:
            assert graph.load(folder).rejects == ()
        assert exported(store) == expected
