"""Fixtures: a fresh store on each engine, and the tiny network loaded into it. Both engines are real."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import neo4j
import polars as pl
import pytest
from click.testing import CliRunner, Result

from graphmodel import api
from graphmodel.cli import main
from graphmodel.records import Edge, Node
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store import open_store
from graphmodel.store.base import Store

TINY = Path(__file__).parent / "tiny"
ENGINES = ("embedded", "neo4j")
Run = Callable[..., Result]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what may not run side by side, and what may."""
    if "server" in getattr(item, "fixturenames", ()) or "neo4j" in chosen(item):
        item.add_marker("server")
    if "browser" in item.path.parts or "spark" in chosen(item):
        item.add_marker("beside")


def chosen(item: pytest.Item) -> tuple[str, ...]:
    """Return the parameters that a test is run with, the engine among them."""
    called = getattr(item, "callspec", None)
    return tuple(map(str, called.params.values())) if called else ()


@pytest.fixture(scope="session")
def server() -> str:
    """Return the address of the real Neo4j that `scripts/test` starts."""
    address = os.environ.get("GRAPHMODEL_TEST_NEO4J", "")
    if not address or not os.environ.get("NEO4J_PASSWORD"):
        pytest.fail("These tests need a real Neo4j. Run scripts/test, which starts one.")
    return address


def wipe(address: str) -> None:
    """Empty the test server."""
    cypher = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
    auth = ("neo4j", os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(address, auth=auth) as driver, driver.session() as session:
        session.run(cypher).consume()


def address_of(engine: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Return the address of an empty store of an engine.

    A fixture that asks for the server by this alone, and not by a parameter, names `server` among what it needs, so
    that its tests are marked.
    """
    if engine == "embedded":
        return str(folder / "graph.lbug")
    address: str = request.getfixturevalue("server")
    wipe(address)
    return address


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where an empty store is, on each engine in turn."""
    return address_of(request.param, tmp_path, request)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Return an empty store, on each engine in turn."""
    with open_store(address, SCHEMA) as opened:
        yield opened


@pytest.fixture
def graph(address: str) -> Iterator[api.Graph]:
    """Return an empty graph, on each engine in turn."""
    with api.open(address) as opened:
        yield opened


@pytest.fixture
def empty_graph(tmp_path: Path) -> Iterator[api.Graph]:
    """Return an empty graph in a file."""
    with api.open(str(tmp_path / "graph.lbug")) as opened:
        yield opened


@pytest.fixture(scope="module", params=ENGINES)
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Graph]:
    """Return the tiny network of `tests/tiny`, loaded once a module on each engine in turn; not to be changed."""
    with api.open(address_of(request.param, tmp_path_factory.mktemp("tiny"), request)) as opened:
        report = opened.load(TINY)
        assert not report.rejects
        yield opened


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command in an empty folder, with no store named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRAPHMODEL_STORE", raising=False)

    def invoke(*words: str) -> Result:
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


def launched(program: str, *words: str | Path) -> "subprocess.Popen[str]":
    """Start a program in Python, in a process of its own, and return once it has printed that it begins."""
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, words)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    return process


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a file that holds the demonstration; not to be changed."""
    store = str(tmp_path_factory.mktemp("demo") / "demo.lbug")
    with api.open(store) as graph:
        graph.load_demonstration()
    return store


@pytest.fixture(scope="session")
def clubs(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store of two clubs of three that meet forty times each, and of two members who also met once.

    Not to be changed.
    """
    store = str(tmp_path_factory.mktemp("clubs") / "clubs.lbug")
    members = {"north": ("ada", "ben", "cleo"), "south": ("dan", "eve", "finn"), "both": ("ada", "dan")}
    times = {"north": 40, "south": 40, "both": 1}
    activities = [(club, f"{club} {number}") for club in times for number in range(times[club])]
    with api.open(store) as graph:
        graph.load(
            [
                *(
                    Node("Organization", id, {"name": id.title()})
                    for id in ("ada", "ben", "cleo", "dan", "eve", "finn")
                ),
                *(Node("Activity", id, {"name": id, "started": date(2020, 1, 1)}) for _, id in activities),
                *(Edge("PARTICIPATED_IN", id, activity) for club, activity in activities for id in members[club]),
            ],
            source="minutes",
        )
    return store


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the tiny network as a store, tiny.lbug, and as tables, tiny; not to be changed."""
    folder = tmp_path_factory.mktemp("tables")
    with api.open(str(folder / "tiny.lbug")) as graph:
        graph.load(TINY)
        graph.export_tables(folder / "tiny", "parquet")
    return folder


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return a folder with three tables, to be changed."""
    pl.DataFrame({"id": ["a", "b"]}).write_parquet(tmp_path / "organizations.parquet")
    pl.DataFrame({"id": ["x"]}).write_parquet(tmp_path / "activities.parquet")
    took_part = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    took_part.write_parquet(tmp_path / "participations.parquet")
    return tmp_path


@pytest.fixture
def schema() -> Schema:
    """Return the model."""
    return SCHEMA
