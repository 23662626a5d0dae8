"""What goes wrong with a store: each failure is one sentence that says what to do, and nothing is half written."""

import os
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import ladybug
import pytest

from graphmodel import api
from graphmodel.errors import (
    GraphmodelError,
    StoreDenied,
    StoreForeign,
    StoreLocked,
    StoreMissing,
    StoreProblem,
    StoreUnreachable,
    UsageProblem,
)
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA
from graphmodel.store import neo4j as server_store
from graphmodel.store import open_store
from graphmodel.store.neo4j import ServerStore
from graphmodel.store.server import Server
from tests.conftest import launched, wipe

KILLS = 20


def message(error: type[GraphmodelError], ask: Callable[[], object]) -> str:
    """Return the message of the error that asking raises."""
    with pytest.raises(error) as raised:
        ask()
    assert type(raised.value) is error
    return str(raised.value)


def test_nothing_there_yet(address: str) -> None:
    with api.open(address) as graph:
        said = message(StoreMissing, graph.status)
    assert said == (
        f"There is no graph at {address} yet. Run `graphmodel demo` for the demonstration, "
        "or `graphmodel load FOLDER` for your own data."
    )


def test_asking_makes_no_file(tmp_path: Path) -> None:
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        message(StoreMissing, lambda: graph.cypher("MATCH (n:Organization) RETURN n.id"))
        message(StoreMissing, graph.project)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "letter.lbug"
    path.write_text("Dear reader, " * 1000)
    with api.open(str(path)) as graph:
        said = message(StoreForeign, graph.status)
        assert said == f"{path} is no graph of graphmodel. Choose another file with --store."
        assert message(StoreForeign, lambda: graph.load([Node("Region", "KE", {"name": "Kenya"})])) == said
    assert path.read_text().startswith("Dear reader")


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.lbug"
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute("CREATE NODE TABLE Person(name STRING PRIMARY KEY)")
    with api.open(str(path)) as graph:
        assert message(StoreForeign, graph.status) == (
            f"{path} is a database of another program: it holds Person. Choose another file with --store."
        )


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    with api.open(str(tmp_path)) as graph:
        assert message(StoreForeign, graph.status) == (
            f"{tmp_path} is a folder; a store is a file. Name a file such as {tmp_path / 'graphmodel.lbug'}."
        )


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with api.open(str(tmp_path / "no" / "graph.lbug")) as graph:
        said = message(StoreProblem, lambda: graph.load([Node("Region", "KE", {"name": "Kenya"})]))
    assert said == f"The folder {tmp_path / 'no'} does not exist. Make it, or choose another place with --store."


def test_locked_by_another_process(tmp_path: Path) -> None:
    path = tmp_path / "graph.lbug"
    with api.open(str(path)) as graph:
        graph.load([Node("Region", "KE", {"name": "Kenya"})])
        holder = (
            f"import ladybug, sys; d = ladybug.Database({str(path)!r}); print('held', flush=True); sys.stdin.read()"
        )
        command = [sys.executable, "-c", holder]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            said = message(StoreLocked, lambda: graph.load([Node("Region", "FR", {"name": "France"})]))
            process.communicate()
        assert said == f"{path} is being written by another process. Wait until it has finished, then try again."
        graph.load([Node("Region", "FR", {"name": "France"})])
        assert graph.status().counts["Region"] == 2


@pytest.mark.parametrize(
    ("address", "environment", "error", "sentence"),
    [
        (
            "http://x",
            {},
            UsageProblem,
            "http://x is no store. Name a file, or a server by neo4j://HOST or bolt://HOST:PORT.",
        ),
        (
            "bolt://me:secret@x",
            {},
            UsageProblem,
            "User and password do not belong in the address. Set NEO4J_USER and NEO4J_PASSWORD.",
        ),
        ("bolt://x", {}, StoreDenied, "bolt://x needs a password. Set NEO4J_PASSWORD in the environment."),
    ],
)
def test_an_address_that_cannot_be(
    address: str, environment: dict[str, str], error: type[GraphmodelError], sentence: str
) -> None:
    assert message(error, lambda: open_store(address, SCHEMA, environment)) == sentence


def test_the_environment_names_the_store(tmp_path: Path) -> None:
    assert open_store("", SCHEMA, {}).address == "graphmodel.lbug"
    assert open_store("", SCHEMA, {"GRAPHMODEL_STORE": "a.lbug"}).address == "a.lbug"
    assert open_store("b.lbug", SCHEMA, {"GRAPHMODEL_STORE": "a.lbug"}).address == "b.lbug"


def test_no_server_answers() -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"bolt://127.0.0.1:{free.getsockname()[1]}"
    with open_store(address, SCHEMA, {"NEO4J_PASSWORD": "x"}) as store:
        said = message(StoreUnreachable, lambda: store.read(SCHEMA.node("Region")))
    assert said == (
        f"No Neo4j answers at {address}. Is it started, and is the address right? "
        "`docker compose up -d` starts one here; without --store the graph is kept in a file, with no server."
    )


def test_who_reads_is_told_soon_that_a_server_is_gone_and_a_load_goes_on_trying() -> None:
    for patience, reading, writing in ((30, 2, 30), (1, 1, 1)):
        server = Server("bolt://x", user="", password="", database="", patience=patience, authority="")
        assert (server.patience(reading=True), server.patience(reading=False)) == (reading, writing)
    with open_store("bolt://x", SCHEMA, {"NEO4J_PASSWORD": "x"}) as store:
        assert isinstance(store, ServerStore)
        assert store._server.patience(reading=False) == 30


def test_a_wrong_password(server: str) -> None:
    with open_store(server, SCHEMA, {"NEO4J_PASSWORD": "wrong"}) as store:
        assert message(StoreDenied, lambda: store.read(SCHEMA.node("Region"))) == (
            f"{server} refuses the user neo4j with this password. "
            "Set NEO4J_USER and NEO4J_PASSWORD as the server has them."
        )


def test_a_database_that_the_server_does_not_have(server: str) -> None:
    environment = {"NEO4J_PASSWORD": os.environ["NEO4J_PASSWORD"], "NEO4J_DATABASE": "nowhere"}
    with open_store(server, SCHEMA, environment) as store:
        assert message(StoreDenied, lambda: store.read(SCHEMA.node("Region"))) == (
            f'{server} has no database "nowhere". Set NEO4J_DATABASE to one it has.'
        )


@pytest.mark.parametrize(
    ("agent", "refused"), [("Neo4j/4.4.30", True), ("Neo4j/5.25.1", True), ("Neo4j/5.26.0", False)]
)
def test_a_server_that_is_too_old(agent: str, refused: bool) -> None:
    if not refused:
        server_store.refuse_old(agent, "bolt://x")
        return
    said = message(StoreForeign, lambda: server_store.refuse_old(agent, "bolt://x"))
    assert said == f"bolt://x runs {agent}; graphmodel needs Neo4j 5.26 or later."


class Cable(socketserver.ThreadingTCPServer):
    """A connection to the real server that can be cut."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, server: str) -> None:
        """Listen on a free port of this machine."""
        host, port = server.rsplit("/", 1)[1].split(":")
        self.target = (host, int(port))
        self.ends: list[socket.socket] = []
        super().__init__(("127.0.0.1", 0), Plug)

    def cut(self) -> None:
        """Cut all connections, and let no new one through."""
        self.target = ("127.0.0.1", 1)
        for end in self.ends:
            end.close()


class Plug(socketserver.BaseRequestHandler):
    """One connection through the cable."""

    server: Cable

    def handle(self) -> None:
        """Pass bytes on in both directions."""
        try:
            far = socket.create_connection(self.server.target)
        except OSError:
            return
        self.server.ends += [self.request, far]
        back = threading.Thread(target=self.copy, args=(far, self.request), daemon=True)
        back.start()
        self.copy(self.request, far)
        back.join()

    def copy(self, near: socket.socket, far: socket.socket) -> None:
        """Copy until one end is closed."""
        try:
            while data := near.recv(65536):
                far.sendall(data)
        except OSError:
            pass
        for end in (near, far):
            end.close()


@pytest.fixture
def cable(server: str) -> Iterator[Cable]:
    """Return a cable to the real server, which is empty."""
    wipe(server)
    with Cable(server) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


def network(size: int) -> list[Record]:
    """Return so many organizations in one activity."""
    return [
        Node("Activity", "fair", {"name": "Fair"}),
        *(Node("Organization", f"o{number}", {"name": f"Organization {number}"}) for number in range(size)),
        *(Edge("PARTICIPATED_IN", f"o{number}", "fair") for number in range(size)),
    ]


def test_a_server_load_that_is_cut_off_says_so_and_is_finished_by_the_same_load(
    server: str, cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_store, "BATCH", 100)
    done: list[int] = []

    def cut_in_the_middle(rows: int) -> None:
        done.append(rows)
        if len(done) == 5:
            cable.cut()

    address = f"bolt://127.0.0.1:{cable.server_address[1]}"
    store = ServerStore(
        address, SCHEMA, user="neo4j", password=os.environ["NEO4J_PASSWORD"], database="neo4j", patience=1
    )
    with api.Graph(store) as graph:
        said = message(StoreUnreachable, lambda: graph.load(network(400), source="list", progress=cut_in_the_middle))
    assert said == (
        f"The connection to {address} broke after {sum(done)} of 802 rows. They are kept, and their sources are marked "
        "as incomplete. Run the same load again to finish it."
    )
    with api.open(server) as graph:
        assert graph.status().incomplete == ("list",)
        assert (
            graph.project().caveats[0]
            == 'A load or removal of "list" was cut off: figures may lack ties. Run it again.'
        )
        report = graph.load(network(400), source="list")
        assert report.changes == 802 - sum(done) + 1
        status = graph.status()
        assert status.incomplete == ()
        assert (status.counts["Organization"], status.counts["Organization PARTICIPATED_IN Activity"]) == (400, 400)


LOADER = """
import sys
from pathlib import Path
from graphmodel import api
graph = api.open(sys.argv[1])
graph.store.query("MATCH (n:Region) RETURN count(n) AS n", {})
print("begin", flush=True)
graph.load(Path(sys.argv[2]))
print("end", flush=True)
"""


def test_killed_at_any_moment_of_a_load_the_store_holds_the_old_state_or_the_new(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    count = 9_973
    rows = "".join(f"o{number},Organization {number}\n" for number in range(count))
    (folder / "organizations.csv").write_text("id,name\n" + rows)
    (folder / "activities.csv").write_text("id,name\n" + rows.replace("Organization", "Activity"))
    ties = "".join(f"o{number},o{(number * step) % count}\n" for step in (7, 11) for number in range(count))
    (folder / "participations.csv").write_text("organization,activity\n" + ties)

    def begin(target: Path) -> subprocess.Popen[str]:
        return launched(LOADER, target, folder)

    def old(target: Path) -> None:
        with api.open(str(target)) as graph:
            graph.load([Node("Region", "KE", {"name": "Kenya"})])

    old(tmp_path / "timed.lbug")
    with begin(tmp_path / "timed.lbug") as process:
        begun = time.monotonic()
        assert process.wait() == 0
        whole = time.monotonic() - begun

    states = set()
    for moment in range(KILLS):
        store = tmp_path / f"{moment}.lbug"
        old(store)
        with begin(store) as process:
            time.sleep(whole * (moment + 0.5) / KILLS)
            process.send_signal(signal.SIGKILL)
        with api.open(str(store)) as graph:
            counts = graph.status().counts
            states.add((counts["Region"], counts["Organization"], counts["Organization PARTICIPATED_IN Activity"]))
            graph.load(folder)
            assert graph.status().counts["Organization PARTICIPATED_IN Activity"] == 2 * count - 1
    assert states <= {(1, 0, 0), (1, count, 2 * count - 1)}
    assert (1, 0, 0) in states
