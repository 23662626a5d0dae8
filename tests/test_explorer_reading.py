"""Many readers of one graph, while it is changed."""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graphmodel import api
from graphmodel.api import Edge, Filter, Node
from graphmodel.errors import StoreUnreachable, UsageProblem
from graphmodel.explorer.reading import Reading
from tests.conftest import TINY
from tests.reader import reading

READERS = 50
ADDRESSES = ("/?whole=1", "/search?text=amber", "/sources", "/quality?whole=1", "/?whole=1&exclude=amber")
NEWCOMER = [
    Node("Organization", "newcomer", {"name": "Newcomer"}),
    Node("Activity", "fair", {"name": "Book fair"}),
    Edge("PARTICIPATED_IN", "newcomer", "fair", {"role": "host"}),
]


def load_tiny(address: str) -> None:
    with api.open(address) as graph:
        graph.load(TINY)


def test_fifty_readers_are_answered_while_a_load_stands_still(address: str) -> None:
    load_tiny(address)
    amid, go_on = threading.Event(), threading.Event()

    def stand_still(rows: int) -> None:
        amid.set()
        assert go_on.wait(120)

    def load() -> None:
        with api.open(address) as graph:
            graph.load(NEWCOMER, progress=stand_still)

    with reading(address) as reader, ThreadPoolExecutor(READERS + 1) as pool:
        before = reader.get("/search?text=newcomer")
        loading = pool.submit(load)
        try:
            assert amid.wait(120)
            asked = [ADDRESSES[number % len(ADDRESSES)] for number in range(2 * READERS)]
            during = list(pool.map(reader.get, asked, timeout=120))
        finally:
            go_on.set()
        loading.result(timeout=120)
        reader_of(reader).look_again()
        after = list(pool.map(reader.get, ["/search?text=newcomer"] * READERS))
    assert "Nothing goes by “newcomer”" in before.words
    assert {answer.status for answer in during} == {200}
    assert all("/organization?id=newcomer" in answer.text for answer in after)


def reader_of(reader: object) -> Reading:
    """The graph that a reader's explorer reads."""
    found: Reading = reader.app.app.state.reading  # type: ignore[attr-defined]
    return found


def open_files(folder: Path) -> list[str]:
    """The files of a folder that this process holds open, those that are there no more too."""
    links = (Path("/proc/self/fd") / name for name in os.listdir("/proc/self/fd"))
    return [os.readlink(link) for link in links if link.exists() or link.is_symlink()]


def held(folder: Path) -> set[str]:
    return {name for name in open_files(folder) if name.startswith(str(folder)) and name.endswith("(deleted)")}


def test_an_old_edition_is_closed_once_its_last_reader_has_finished(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    load_tiny(address)
    opened = Reading(address)
    with opened.request() as slow:
        first = opened.projection(Filter())
        with api.open(address) as graph:
            graph.load(NEWCOMER)
        with opened.request() as quick:
            quick_sees = opened.names()
            opened.release(quick)
        assert held(tmp_path)
        assert opened.projection(Filter()) is first
        assert "newcomer" not in set(first.organizations["id"])
        opened.release(slow)
    assert "newcomer" in set(quick_sees["id"])
    assert not held(tmp_path)
    opened.close()


def test_within_one_request_everything_is_of_one_edition(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    load_tiny(address)
    opened = Reading(address)
    with opened.request() as request:
        names = opened.names()
        with api.open(address) as graph:
            graph.load(NEWCOMER)
        with opened.graph() as graph:
            assert "newcomer" not in set(graph.store.read(graph.schema.node("Organization"))["id"])
        assert opened.names() is names
        opened.release(request)
    assert "newcomer" in set(opened.names()["id"])
    opened.close()


def test_what_takes_time_is_worked_out_once_for_all_readers(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    load_tiny(address)
    opened, worked, begun = Reading(address), [], threading.Barrier(8)

    def work(graph: api.Graph) -> int:
        worked.append(graph)
        return graph.names().height

    def read(number: int) -> object:
        begun.wait(30)
        return opened.kept("slow", work)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(read, range(8)))
    opened.close()
    assert len(found) == len(worked) == 1


def test_work_that_fails_is_tried_again_by_the_next_reader(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    load_tiny(address)
    opened = Reading(address)
    with pytest.raises(ZeroDivisionError):
        opened.kept("broken", lambda _: 1 // 0)
    assert opened.kept("broken", lambda _: "mended") == "mended"
    opened.close()


def test_work_that_fails_is_not_done_again_for_each_who_waits_for_it(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    load_tiny(address)
    opened, begun, go_on, worked = Reading(address), threading.Event(), threading.Event(), []

    def fail(_: api.Graph) -> None:
        worked.append(1)
        begun.set()
        assert go_on.wait(30)
        raise UsageProblem("This takes too long.")

    def read(_: int) -> str:
        with pytest.raises(UsageProblem) as failed:
            opened.kept("broken", fail)
        return str(failed.value)

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(read, 0)
        assert begun.wait(30)
        others = [pool.submit(read, number) for number in range(1, 8)]
        while (edition := opened._edition) is None or edition.readers < 8:
            threading.Event().wait(0.01)
        go_on.set()
        said = {one.result(30) for one in (first, *others)}
    opened.close()
    assert said == {"This takes too long."}
    assert len(worked) == 1


def test_a_store_that_vanishes_or_is_no_store_any_more_is_told_and_read_again_once_it_is_back(tmp_path: Path) -> None:
    store, aside = tmp_path / "graph.lbug", tmp_path / "aside.lbug"
    load_tiny(str(store))
    with reading(str(store)) as reader:
        assert reader.get("/sources").status == 200
        store.rename(aside)
        assert reader.get("/sources").status == 404
        store.write_bytes(b"no graph" * 1_000)
        assert "is no graph of graphmodel. Choose another file with --store." in reader.get("/sources").words
        aside.replace(store)
        assert reader.get("/sources").status == 200


def test_a_judgement_is_seen_by_the_next_reader(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.lbug")
    judgements = tmp_path / "judgements.csv"
    load_tiny(address)
    opened = Reading(address, judgements)
    before = opened.projection(Filter()).organizations
    one, other = before["id"].to_list()[:2]
    judgements.write_text(f"first,second,judgement\n{one},{other},same\n", "utf-8")
    after = opened.projection(Filter()).organizations
    opened.close()
    assert after.height == before.height - 1


def test_of_a_server_that_does_not_answer_all_are_told_and_none_waits_for_the_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    opened = Reading(f"bolt://127.0.0.1:{port}")

    def problem() -> StoreUnreachable:
        with pytest.raises(StoreUnreachable, match=r"^No Neo4j answers at bolt://127\.0\.0\.1") as told:
            opened.names()
        return told.value

    assert problem() is problem()
    opened.look_again()
    problem()
    opened.close()
