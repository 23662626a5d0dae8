"""What a source no longer says goes, what another says stays, and a killed process leaves nothing in between."""

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import neo4j
import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import api
from graphmodel.api import Report
from graphmodel.cli import main
from graphmodel.errors import StoreForeign, StoreMissing, StoreUnreachable, UsageProblem
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA, Property, Schema
from graphmodel.store import neo4j as server_store
from graphmodel.store.neo4j import ServerStore
from tests.conftest import wipe
from tests.test_failures import Cable

AMBER = Node("Organization", "amber", {"name": "Amber Fund"})
BIRCH = Node("Organization", "birch", {"name": "Birch Trust"})
FAIR = Node("Activity", "fair", {"name": "Book fair"})
AMBER_AT_FAIR = Edge("PARTICIPATED_IN", "amber", "fair", {"record": "row 1"})
BIRCH_AT_FAIR = Edge("PARTICIPATED_IN", "birch", "fair", {"record": "row 2"})
EVERYTHING = [AMBER, BIRCH, FAIR, AMBER_AT_FAIR, BIRCH_AT_FAIR]

State = dict[str, list[tuple[object, ...]]]


def state(graph: api.Graph) -> State:
    """Return all that a graph holds, but for when it was loaded."""
    frames = {type_.title: graph.store.read(type_) for type_ in graph.schema}
    return {title: frame.drop("loaded", strict=False).rows() for title, frame in frames.items() if len(frame)}


def counts(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """Return new, changed, unchanged, removed of each type."""
    return {item.type: (item.new, item.changed, item.unchanged, item.removed) for item in report.counts}


def claims(graph: api.Graph, label: str) -> dict[str, list[str]]:
    """Return the sources of each node of a label."""
    return dict(graph.store.read(SCHEMA.node(label)).select("id", "sources").iter_rows())


def participations(graph: api.Graph) -> list[tuple[str, str]]:
    """Return who took part, and which source says so."""
    return graph.store.read(SCHEMA.relationship("PARTICIPATED_IN")).select("start_id", "source").rows()


def test_pruning_after_the_same_load_changes_nothing(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    before = state(graph)
    report = graph.load(EVERYTHING, source="list", prune=True)
    assert (report.changes, report.removed, report.notes) == (0, 0, ())
    assert state(graph) == before


def test_what_a_source_no_longer_says_goes_and_is_counted(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    report = graph.load([AMBER, FAIR, AMBER_AT_FAIR], source="list", prune=True)
    assert counts(report) == {
        "Source": (0, 1, 0, 0),
        "Organization": (0, 0, 1, 1),
        "Activity": (0, 0, 1, 0),
        "Organization PARTICIPATED_IN Activity": (0, 0, 1, 1),
    }
    assert (report.changes, report.removed) == (3, 2)
    assert claims(graph, "Organization") == {"amber": ["list"]}
    assert participations(graph) == [("amber", "list")]
    assert graph.status().incomplete == ()


def test_without_pruning_all_stays(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    assert graph.load([AMBER], source="list").removed == 0
    assert participations(graph) == [("amber", "list"), ("birch", "list")]


def test_new_changed_and_removed_go_in_at_once(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    renamed = Node("Organization", "amber", {"name": "Amber"})
    cedar = Node("Organization", "cedar", {"name": "Cedar"})
    report = graph.load([renamed, cedar, FAIR, AMBER_AT_FAIR], source="list", prune=True)
    assert counts(report)["Organization"] == (1, 1, 0, 1)
    names = graph.store.read(SCHEMA.node("Organization"))["name"].to_list()
    assert names == ["Amber", "Cedar"]


def test_what_another_source_says_stays(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    graph.load(EVERYTHING, source="website")
    report = graph.load([AMBER], source="list", prune=True)
    assert counts(report)["Organization"] == (0, 1, 1, 0)
    assert claims(graph, "Organization") == {"amber": ["list", "website"], "birch": ["website"]}
    assert participations(graph) == [("amber", "website"), ("birch", "website")]


def test_a_node_that_another_sources_tie_holds_stays_until_that_tie_goes(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    graph.load([BIRCH_AT_FAIR], source="website")
    graph.remove("list")
    assert claims(graph, "Organization") == {"birch": []}
    assert claims(graph, "Activity") == {"fair": []}
    graph.remove("website")
    assert state(graph) == {}


def test_a_source_that_a_row_names_is_pruned_too(graph: api.Graph) -> None:
    said = [replace(edge, properties={**edge.properties, "source": "annex"}) for edge in (AMBER_AT_FAIR, BIRCH_AT_FAIR)]
    graph.load([AMBER, BIRCH, FAIR, *said], source="list")
    graph.load([AMBER, BIRCH, FAIR, said[0]], source="list", prune=True)
    assert participations(graph) == [("amber", "annex")]
    assert claims(graph, "Organization") == {"amber": ["list"], "birch": ["list"]}


def test_a_source_that_is_only_declared_is_not_pruned(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="website")
    graph.load([Node("Source", "website", {"title": "Website"}), AMBER], source="list", prune=True)
    assert participations(graph) == [("amber", "website"), ("birch", "website")]


def test_nothing_is_pruned_after_a_reject_unless_forced(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    damaged = [AMBER, FAIR, Node("Organization", "birch", {"founded": "long ago"})]
    report = graph.load(damaged, source="list", prune=True)
    assert report.removed == 0
    assert report.notes == ("Nothing was pruned: 1 row was rejected, and what it says would have gone.",)
    assert participations(graph) == [("amber", "list"), ("birch", "list")]
    assert graph.load(damaged, source="list", prune=True, force=True).removed == 3
    assert claims(graph, "Organization") == {"amber": ["list"]}


def test_data_without_a_row_prune_nothing_unless_forced(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    report = graph.load([], source="list", prune=True)
    assert report.notes == (
        "Nothing was pruned: the data hold not one row, and all that the source said before would have gone.",
    )
    assert len(participations(graph)) == 2
    assert graph.load([], source="list", prune=True, force=True).removed == 5


def test_a_dry_run_says_what_would_go_and_changes_nothing(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    before = state(graph)
    assert graph.load([AMBER], source="list", prune=True, dry_run=True).removed == 4
    assert graph.remove("list", dry_run=True).removed == 6
    assert state(graph) == before


def test_sources_are_listed_with_what_each_of_them_claims(graph: api.Graph) -> None:
    with pytest.raises(StoreMissing):
        graph.sources()
    graph.load([Node("Source", "list", {"title": "The list", "licence": "CC0"}), *EVERYTHING], source="list")
    graph.load([AMBER, AMBER_AT_FAIR], source="website")
    listed = graph.sources()
    assert listed.columns == [
        *("id", "title", "publisher", "licence", "url", "retrieved", "sha256", "loaded", "complete"),
        *("nodes", "relationships"),
    ]
    assert listed.select("id", "title", "licence", "complete", "nodes", "relationships").rows() == [
        ("list", "The list", "CC0", True, 3, 2),
        ("website", None, None, True, 1, 1),
    ]


def test_an_unknown_source_cannot_be_removed(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="website")
    with pytest.raises(UsageProblem) as refused:
        graph.remove("web-site")
    assert str(refused.value) == 'There is no source "web-site". Did you mean "website"?'


def test_a_tie_that_a_person_drew_on_the_server_holds_its_node(server: str) -> None:
    wipe(server)
    auth = ("neo4j", os.environ["NEO4J_PASSWORD"])
    with api.open(server) as graph:
        graph.load(EVERYTHING, source="list")
        with neo4j.GraphDatabase.driver(server, auth=auth) as driver:
            driver.execute_query("MATCH (o:Organization {id: 'amber'}) CREATE (o)<-[:WATCHES]-(:Person {name: 'Me'})")
        report = graph.remove("list")
        assert counts(report)["Organization"] == (0, 1, 0, 1)
        assert claims(graph, "Organization") == {"amber": []}


def test_a_file_of_a_wider_model_is_not_rewritten_by_a_narrower_one(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    organization = SCHEMA.node("Organization")
    wide = replace(organization, own=(*organization.own, Property("motto")))
    nodes = tuple(wide if item is organization else item for item in SCHEMA.nodes)
    with api.open(address, Schema(nodes, SCHEMA.relationships)) as graph:
        graph.load([Node("Organization", "amber", {"name": "Amber Fund", "motto": "On"})], source="list")
    with api.open(address) as graph:
        with pytest.raises(StoreForeign) as refused:
            graph.remove("list")
        assert str(refused.value) == (
            f"{address} holds what this model does not have (in Organization), and writing it anew would lose that. "
            "Use the model that it was made with. Nothing has changed."
        )
        assert claims(graph, "Organization") == {"amber": ["list"]}
    assert [path.name for path in tmp_path.iterdir()] == ["graph.lbug"]


def test_a_removal_that_is_cut_off_says_so_and_is_finished_by_the_same_removal(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(server)
    monkeypatch.setattr(server_store, "BATCH", 1)
    with api.open(server) as graph:
        graph.load(EVERYTHING, source="list")
    with Cable(server) as cable:
        threading.Thread(target=cable.serve_forever, daemon=True).start()
        address = f"bolt://127.0.0.1:{cable.server_address[1]}"
        store = ServerStore(
            address, SCHEMA, user="neo4j", password=os.environ["NEO4J_PASSWORD"], database="neo4j", patience=1
        )
        with api.Graph(store) as graph, pytest.raises(StoreUnreachable) as broken:
            graph.remove("list", progress=lambda rows: cable.cut())
        cable.shutdown()
    assert str(broken.value) == (
        f"The connection to {address} broke after 1 of 6 rows. They are gone, and the source is marked as incomplete. "
        "Run the same removal again to finish it."
    )
    with api.open(server) as graph:
        assert graph.status().incomplete == ("list",)
        graph.remove("list")
        assert state(graph) == {}


ORGANIZATIONS, ACTIVITIES, SOURCES = "abcd", "xyz", ("one", "two", "three")
SAID = st.tuples(
    st.sets(st.sampled_from(ORGANIZATIONS)),
    st.sets(st.sampled_from(ACTIVITIES)),
    st.sets(st.tuples(st.sampled_from(ORGANIZATIONS), st.sampled_from(ACTIVITIES))),
)
STEPS = st.lists(st.tuples(st.sampled_from(SOURCES), st.none() | SAID), min_size=2, max_size=5)


class Model:
    """What a graph should hold, as sets of claims: the rules in their plainest form."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.nodes: dict[tuple[str, str], set[str]] = {}
        self.ties: set[tuple[str, str, str]] = set()

    def say(self, source: str, organizations: set[str], activities: set[str], ties: set[tuple[str, str]]) -> None:
        """Let a source say this, and no longer anything else."""
        said = {*(("Organization", one) for one in organizations), *(("Activity", one) for one in activities)}
        for node in said:
            self.nodes.setdefault(node, set())
        known = {(start, end) for start, end in ties if self.knows(start, end)}
        self.ties = {tie for tie in self.ties if tie[2] != source} | {(*tie, source) for tie in known}
        for node, sources in self.nodes.items():
            (sources.add if node in said else sources.discard)(source)
        held = {
            *(("Organization", start) for start, _, _ in self.ties),
            *(("Activity", end) for _, end, _ in self.ties),
        }
        self.nodes = {node: sources for node, sources in self.nodes.items() if sources or node in held}

    def knows(self, start: str, end: str) -> bool:
        """Tell whether both ends of a tie are there."""
        return ("Organization", start) in self.nodes and ("Activity", end) in self.nodes


def test_a_relationship_that_was_rejected_holds_no_node(graph: api.Graph) -> None:
    graph.load(EVERYTHING, source="list")
    graph.load([Edge("PARTICIPATED_IN", "nobody", "fair")], source="list", prune=True, force=True)
    assert claims(graph, "Activity") == {}


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
def test_whatever_sources_say_and_take_back_the_graph_holds_what_they_say_now(
    steps: list[tuple[str, tuple[set[str], set[str], set[tuple[str, str]]] | None]],
) -> None:
    model = Model()
    with tempfile.TemporaryDirectory() as folder, api.open(f"{folder}/graph.lbug") as graph:
        graph.load([Node("Source", source) for source in SOURCES], source="one")
        for source, said in steps:
            if said is None:
                model.say(source, set(), set(), set())
                graph.load([], source=source, prune=True, force=True)
                continue
            graph.load(_records(*said), source=source, prune=True, force=True)
            model.say(source, *said)
        held = {
            (label, one): set(sources)
            for label in ("Organization", "Activity")
            for one, sources in claims(graph, label).items()
        }
        ties = graph.store.read(SCHEMA.relationship("PARTICIPATED_IN")).select("start_id", "end_id", "source")
        assert held == model.nodes
        assert set(ties.rows()) == model.ties


def _records(organizations: set[str], activities: set[str], ties: set[tuple[str, str]]) -> list[Record]:
    return [
        *(Node("Organization", one, {"name": one}) for one in sorted(organizations)),
        *(Node("Activity", one, {"name": one}) for one in sorted(activities)),
        *(Edge("PARTICIPATED_IN", *tie, {"record": "r"}) for tie in sorted(ties)),
    ]


def ring(size: int, step: int) -> list[Record]:
    """Return organizations and activities, each organization in two of the activities."""
    return [
        *(Node("Organization", f"o{number}", {"name": f"Organization {number}"}) for number in range(size)),
        *(Node("Activity", f"a{number}", {"name": f"Activity {number}"}) for number in range(size)),
        *(
            Edge("PARTICIPATED_IN", f"o{number}", f"a{(number * times) % size}", {"record": "r", "role": str(times)})
            for times in (step, step + 1)
            for number in range(size)
        ),
    ]


def test_what_stays_keeps_its_ends(graph: api.Graph) -> None:
    size = 300
    graph.load(ring(size, 3), source="kept")
    graph.load(ring(size, 7), source="list")
    before = state(graph)["Organization PARTICIPATED_IN Activity"]
    graph.load(ring(size, 7)[:-3], source="list", prune=True)
    after = state(graph)["Organization PARTICIPATED_IN Activity"]
    assert set(after) < set(before)
    assert len(after) == len(before) - 3
    graph.remove("list")
    assert state(graph)["Organization PARTICIPATED_IN Activity"] == [tie for tie in before if tie[5] == "kept"]


SIZE = 400
Work = Callable[[api.Graph, Callable[[int], None]], Report]
WORKS: dict[str, Work] = {
    "load": lambda graph, tell: graph.load(ring(SIZE, 5), source="list", progress=tell),
    "prune": lambda graph, tell: graph.load(ring(SIZE - 150, 5), source="list", prune=True, progress=tell),
    "remove": lambda graph, tell: graph.remove("list", progress=tell),
}
KILLS = {"embedded": 6, "neo4j": 4}
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload([__name__])


@pytest.fixture(params=WORKS)
def work(request: pytest.FixtureRequest) -> str:
    """Return each kind of work that changes a graph, in turn."""
    name: str = request.param
    return name


class Worker:
    """A process of its own that does some work, tells of each step, and can be killed."""

    def __init__(self, address: str, work: str) -> None:
        """Start it, and return when it begins."""
        self.told, telling = FORKS.Pipe(duplex=False)
        self.process = FORKS.Process(target=do, args=(address, work, telling))
        self.process.start()
        telling.close()
        assert self.hears()

    def hears(self) -> bool:
        """Wait for the next step; false if there is none any more."""
        try:
            self.told.recv()
        except EOFError:
            return False
        return True

    def end(self) -> int | None:
        """Wait for the end, and return the exit status."""
        self.process.join()
        self.told.close()
        return self.process.exitcode

    def kill(self) -> None:
        """Kill it at once."""
        self.process.kill()
        assert self.end() in (0, -signal.SIGKILL)


def do(address: str, work: str, telling: Connection) -> None:
    """Do some work; tell when it begins, and of each step."""
    server_store.BATCH = 100
    with api.open(address) as graph:
        graph.status()
        telling.send("begin")
        WORKS[work](graph, telling.send)


def prepared(address: str, work: str) -> State:
    """Make the old state in an empty store: what another source says, and what the work takes back."""
    with api.open(address) as graph:
        graph.load(ring(SIZE - 100, 3), source="other")
        if work != "load":
            graph.load(ring(SIZE, 7), source="list")
        return state(graph)


def of_the_other(held: State) -> set[tuple[object, ...]]:
    """Return the ties of the source that nobody touches."""
    return {tie for tie in held["Organization PARTICIPATED_IN Activity"] if tie[5] == "other"}


def finished(address: str, work: str) -> State:
    """Do the work here, and return the state after it; a removal that is done has nothing left to do."""
    with api.open(address) as graph:
        if work != "remove" or "list" in graph.sources()["id"]:
            WORKS[work](graph, lambda rows: None)
        assert graph.status().incomplete == ()
        return state(graph)


def test_killed_at_any_moment_a_file_holds_the_old_state_or_the_new(work: str, tmp_path: Path) -> None:
    first = tmp_path / "first.lbug"
    old = prepared(str(first), work)
    timed = shutil.copy(first, tmp_path / "timed.lbug")
    worker = Worker(str(timed), work)
    start = time.monotonic()
    assert worker.end() == 0
    whole = time.monotonic() - start
    with api.open(str(timed)) as graph:
        new = state(graph)
    assert new != old
    for moment in range(KILLS["embedded"]):
        folder = tmp_path / str(moment)
        folder.mkdir()
        store = shutil.copy(first, folder / "graph.lbug")
        worker = Worker(str(store), work)
        time.sleep(whole * (moment + 0.5) / KILLS["embedded"])
        worker.kill()
        with api.open(str(store)) as graph:
            assert state(graph) in (old, new)
        assert finished(str(store), work) == new


def test_killed_at_any_moment_a_server_is_old_or_new_or_says_incomplete(work: str, server: str) -> None:
    wipe(server)
    old = prepared(server, work)
    new: State = {}
    for steps in (10_000, *range(KILLS["neo4j"])):
        if new:
            wipe(server)
            prepared(server, work)
        worker = Worker(server, work)
        for _ in range(3 * steps):
            if not worker.hears():
                break
        worker.kill()
        with api.open(server) as graph:
            held = state(graph)
            new = new or held
            assert graph.status().incomplete == ("list",) or held in (old, new)
            assert of_the_other(held) == of_the_other(old)
        assert finished(server, work) == new


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs a command in a folder with a graph of two sources."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRAPHMODEL_STORE", raising=False)
    with api.open() as graph:
        graph.load(EVERYTHING, source="list")
        graph.load([AMBER], source="website")
    return lambda *words, **options: CliRunner().invoke(main, words, catch_exceptions=False, **options)


def test_sources_on_the_command_line(run: Callable[..., Result]) -> None:
    result = run("sources", "--format", "csv")
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["id", "list", "website"]


REMOVED = """{verb} "list" from graphmodel.lbug:
  Source                                         1 removed          0 stay, by other sources
  Organization                                   1 removed          1 stay, by other sources
  Activity                                       1 removed          0 stay, by other sources
  Organization PARTICIPATED_IN Activity          2 removed          0 stay, by other sources
"""


def test_removing_asks_first(run: Callable[..., Result]) -> None:
    result = run("remove", "list", input="n\n")
    assert result.exit_code == 1
    assert result.stderr == REMOVED.format(verb="Would remove") + "Remove it? [y/N]: n\nAborted!\n"
    with api.open() as graph:
        assert graph.sources()["id"].to_list() == ["list", "website"]


def test_removing_with_yes_does_not_ask(run: Callable[..., Result]) -> None:
    result = run("remove", "list", "--yes")
    assert result.exit_code == 0
    assert result.stderr == REMOVED.format(verb="Removed")
    with api.open() as graph:
        assert claims(graph, "Organization") == {"amber": ["website"]}


def test_a_dry_removal_changes_nothing(run: Callable[..., Result]) -> None:
    result = run("remove", "list", "--dry-run")
    assert result.stderr == REMOVED.format(verb="Would remove")
    with api.open() as graph:
        assert isinstance(graph.sources(), pl.DataFrame)
        assert len(participations(graph)) == 2
