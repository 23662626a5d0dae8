"""Fixtures: a fresh store on each engine, and the tiny network loaded into it. Both engines are real."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest
from click.testing import CliRunner, Result

from graphmodel import api
from graphmodel.cli import main
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store import open_store
from graphmodel.store.base import Store

TINY = Path(__file__).parent / "tiny"
ENGINES = ("embedded", "neo4j")
Run = Callable[..., Result]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what may not run side by side, and what may."""
    if uses_server(item):
        item.add_marker("server")
    if "browser" in item.path.parts:
        item.add_marker("browser")


def uses_server(item: pytest.Item) -> bool:
    """Whether a test asks for the server, or is run on it among other engines."""
    chosen = getattr(item, "callspec", None)
    return "server" in getattr(item, "fixturenames", ()) or bool(chosen and "neo4j" in map(str, chosen.params.values()))


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


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a file that holds the demonstration; not to be changed."""
    store = str(tmp_path_factory.mktemp("demo") / "demo.lbug")
    with api.open(store) as graph:
        graph.load_demonstration()
    return store


@pytest.fixture
def schema() -> Schema:
    """Return the model."""
    return SCHEMA
