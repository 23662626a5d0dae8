"""What is written to a server by several sessions, or several processes, at the same time."""

import logging
import multiprocessing
import random
from multiprocessing.connection import Connection

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import api
from graphmodel.batch import frame_schema
from graphmodel.plan import Change, Plan
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA, RelationshipType
from graphmodel.store import neo4j as server_store
from graphmodel.store.grid import Portion, rounds
from tests.conftest import wipe

TOOK_PART = SCHEMA.relationship("PARTICIPATED_IN")
AGREED = SCHEMA.relationship("PARTNERED_WITH")
ENDS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), unique=True, max_size=120)


def frame(type_: RelationshipType, ends: list[tuple[int, int]]) -> pl.DataFrame:
    """Return relationships between nodes of these numbers."""
    rows = [{"start_id": f"n{start}", "end_id": f"n{end}", type_.identified_by[0].name: ""} for start, end in ends]
    return pl.DataFrame([row | {"source": "list", "record": "r"} for row in rows], schema=frame_schema(type_))


def planned(type_: RelationshipType, new: pl.DataFrame) -> Plan:
    """Return a plan that makes these relationships and nothing else."""
    return Plan((Change(type_, new, new.clear(), 0),))


def nodes(portion: Portion) -> set[tuple[str, str]]:
    """Return label and id of the nodes that a portion locks."""
    assert isinstance(portion.type, RelationshipType)
    rows = portion.frame[portion.places]
    return {(portion.type.start, id) for id in rows["start_id"]} | {(portion.type.end, id) for id in rows["end_id"]}


@settings(max_examples=40, deadline=None)
@given(ends=ENDS, type_=st.sampled_from((TOOK_PART, AGREED)), size=st.integers(1, 40))
def test_what_is_written_at_the_same_time_has_no_node_in_common(
    ends: list[tuple[int, int]], type_: RelationshipType, size: int
) -> None:
    new = frame(type_, ends)
    written: list[tuple[object, ...]] = []
    for portions in rounds(planned(type_, new), size):
        locked = [node for portion in portions for node in nodes(portion)]
        assert len(locked) == len(set(locked))
        assert max(map(len, portions)) <= size
        written += [row for portion in portions for row in portion.frame[portion.places].rows()]
    assert sorted(written, key=repr) == sorted(new.rows(), key=repr)


@settings(max_examples=10, deadline=None)
@given(ends=ENDS, seed=st.integers(0, 9))
def test_the_order_of_the_rows_decides_nothing_of_how_they_are_written(ends: list[tuple[int, int]], seed: int) -> None:
    new = frame(TOOK_PART, ends)
    first, second = (
        [[portion.statement() for portion in portions] for portions in rounds(planned(TOOK_PART, rows), 20)]
        for rows in (new, new.sample(fraction=1, shuffle=True, seed=seed))
    )
    assert first == second


SIZE, BATCH = 1_500, 250
CHANCE = random.Random(8)
HUBS = {(hub, number) for hub in range(2) for number in range(400)}
TIES = {
    TOOK_PART: HUBS | {(CHANCE.randrange(SIZE), CHANCE.randrange(SIZE)) for _ in range(2 * SIZE)},
    AGREED: {(number, (number * 7 + 1) % SIZE) for number in range(0, SIZE, 2)},
}
NETWORK: list[Record] = [
    *(Node("Organization", f"o{number}", {"name": f"Organization {number}"}) for number in range(SIZE)),
    *(Node("Activity", f"a{number}", {"name": f"Activity {number}"}) for number in range(SIZE)),
    *(Edge("PARTICIPATED_IN", f"o{one}", f"a{two}", {"record": "r"}) for one, two in sorted(TIES[TOOK_PART])),
    *(Edge("PARTNERED_WITH", f"o{one}", f"o{two}", {"record": "r"}) for one, two in sorted(TIES[AGREED])),
]


def holds_the_network_once(graph: api.Graph) -> bool:
    """Tell whether each relationship is there, and none twice."""
    held = {type_: graph.store.read(type_, only=("start_id", "end_id")).rows() for type_ in TIES}
    return held == {
        TOOK_PART: sorted((f"o{one}", f"a{two}") for one, two in TIES[TOOK_PART]),
        AGREED: sorted((f"o{one}", f"o{two}") for one, two in TIES[AGREED]),
    }


def test_sessions_that_write_at_the_same_time_never_wait_for_each_other_in_a_circle(
    server: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wipe(server)
    monkeypatch.setattr(server_store, "BATCH", BATCH)
    with api.open(server) as graph, caplog.at_level(logging.WARNING, "neo4j"):
        graph.load(NETWORK, source="list")
        assert holds_the_network_once(graph)
        graph.load(NETWORK[: 2 * SIZE + 100], source="list", prune=True)
        assert graph.store.count(TOOK_PART) == 100
    assert [record.message for record in caplog.records if "retried" in record.message] == []


def test_many_relationships_are_read_in_parts_and_none_is_left_out(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(server)
    with api.open(server) as graph:
        graph.load(NETWORK, source="list")
        monkeypatch.setattr(server_store, "LOOKUP", SIZE // 3)
        monkeypatch.setattr(server_store, "STARTS", SIZE // 4 + 1)
        assert holds_the_network_once(graph)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_a_load_that_is_interrupted_begins_no_further_batch_and_is_finished_by_the_same_load(
    server: str, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    wipe(server)
    monkeypatch.setattr(server_store, "BATCH", BATCH)
    steps: list[int] = []

    def stop(rows: int) -> None:
        steps.append(rows)
        if len(steps) == 25:
            raise error

    with api.open(server) as graph:
        with pytest.raises(error):
            graph.load(NETWORK, source="list", progress=stop)
        held = graph.store.count(TOOK_PART)
        assert 0 < held < sum(steps) + BATCH * server_store.SESSIONS
        assert graph.status().incomplete == ("list",)
        assert graph.store.count(TOOK_PART) == held
        graph.load(NETWORK, source="list")
        assert holds_the_network_once(graph)
        assert graph.status().incomplete == ()


PROCESSES = multiprocessing.get_context("forkserver")


def load_when_told(address: str, told: Connection) -> None:
    """Load the network once told to, and say that it is done."""
    server_store.BATCH = BATCH
    with api.open(address) as graph:
        told.send(graph.store.count(TOOK_PART))
        told.recv()
        told.send(graph.load(NETWORK, source="list").rejects)


def test_two_processes_that_load_the_same_at_the_same_time_both_end_and_nothing_is_there_twice(server: str) -> None:
    wipe(server)
    pipes = [PROCESSES.Pipe() for _ in range(2)]
    processes = [PROCESSES.Process(target=load_when_told, args=(server, far)) for _, far in pipes]
    for process in processes:
        process.start()
    assert [near.recv() for near, _ in pipes] == [0, 0]
    for near, _ in pipes:
        near.send("go")
    assert [near.recv() for near, _ in pipes] == [(), ()]
    for process in processes:
        process.join()
    with api.open(server) as graph:
        assert holds_the_network_once(graph)
        assert graph.status().incomplete == ()
