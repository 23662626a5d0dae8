"""A folder for `neo4j-admin` becomes the same graph by the real tool; a server with TLS is reached only if trusted."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import neo4j
import pytest

from graphmodel import api
from graphmodel.errors import QueryRefused, StoreDenied, StoreUnreachable, UsageProblem
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA
from graphmodel.store import open_store
from graphmodel.store.base import Store
from graphmodel.store.server import Server
from tests.conftest import Run

SCRIPTS = Path(__file__).parent.parent / "scripts"
PASSWORD = "a-password-for-tests"
SHORT = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""What lets a Java program begin sooner that does not run for long."""
TEXTS = (
    *('"', '""', 'a "quoted" word', 'ends with a quote"', "'", "back\\slash\\", '\\"'),
    *("two\nlines", "two\r\nlines", "a\rb", "tab\there", "a,b;c|d", "-", "1", "true", "2021-01-31", "=1+1", "#c"),
    *("樺 »ñ« 🌳", "a\u2028b\x85c", "\ufeffbom", "x\x1fy", "NaN x"),
)
SOURCE = 'li;st|"x",\n1'
NETWORK: list[Record] = [
    *(
        Node(
            "Organization",
            f"o{text}",
            {"name": f"n{text}", "note": text, "founded": 1000 + place, "latitude": 1e-7 * place, "longitude": -20 / 7},
        )
        for place, text in enumerate(TEXTS)
    ),
    Node("Activity", "a,1", {"name": "A", "started": date(1000, 1, 1), "ended": date(2999, 12, 31), "budget": 1e300}),
    Node("Activity", "a2", {"name": "B", "budget": 0.1 + 0.2, "currency": "EUR"}),
    Edge("PARTICIPATED_IN", "oa,b;c|d", "a2"),
    *(
        Edge("PARTICIPATED_IN", f"o{text}", "a,1", {"role": text if place % 2 else "", "contribution": place / 3})
        for place, text in enumerate(TEXTS)
    ),
]


@dataclass(frozen=True)
class Served:
    """A server that was made of a folder: its port, the authority of its certificate, and the store of the folder."""

    port: str
    authority: str
    origin: Store

    def address(self, scheme: str, host: str = "127.0.0.1") -> str:
        """Return the address by which it is reached."""
        return f"{scheme}://{host}:{self.port}"

    def opened(self, address: str, **environment: str) -> Store:
        """Open the store at an address."""
        return open_store(address, SCHEMA, {"NEO4J_PASSWORD": PASSWORD, **environment})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of the demonstration and of what is hard to write, both imported, that takes TLS."""
    folder = tmp_path_factory.mktemp("served")
    with api.open(str(folder / "graph.lbug")) as graph:
        fill(graph)
        graph.export_import(folder / "import")
        imported(folder)
        certificates(folder)
        with running(folder) as port:
            served = Served(port, str(folder / "authority.crt"), graph.store)
            finished(served.address("bolt"), folder / "import" / "finish.cypher")
            yield served


def fill(graph: api.Graph) -> None:
    """Load both networks; one organization is left without a source, and one has two."""
    graph.load_demonstration()
    assert graph.load(NETWORK, source=SOURCE).rejects == ()
    graph.load([Node("Organization", "o1", {}), Node("Organization", "lone", {"name": "Lone"})], source="second")
    graph.load([Node("Organization", "o#c", {}), Edge("PARTICIPATED_IN", "lone", "a2")], source="third")
    graph.remove("second")
    graph.save_alliances()
    sources = dict(graph.store.read(SCHEMA.node("Organization")).select("id", "sources").iter_rows())
    assert (sources["lone"], sources["o#c"]) == ([], [SOURCE, "third"])


def imported(folder: Path) -> None:
    """Run the script of the folder, by the neo4j-admin that the server comes with."""
    (folder / "bin").mkdir()
    tool = folder / "bin" / "neo4j-admin"
    tool.write_text(f'#!/bin/sh\nexec "{SCRIPTS / "neo4j"}" admin "$@"\n')
    tool.chmod(0o755)
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | SHORT | {"PATH": path, "NEO4J_DATA": str(folder / "data")}
    command = [folder / "import" / "import.sh", "neo4j", "--max-off-heap-memory=256M"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def certificates(folder: Path) -> None:
    """Make an authority, and a certificate that it signs for 127.0.0.1 and no other name."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    signing = ["-CA", "authority.crt", "-CAkey", "authority.key", "-CAcreateserial", "-extfile", "names"]
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    for words in (
        ["req", "-x509", *key, "-subj", "/CN=authority", "-keyout", "authority.key", "-out", "authority.crt"],
        ["req", *key, "-subj", "/CN=server", "-keyout", "private.key", "-out", "request"],
        ["x509", "-req", "-in", "request", *signing, "-out", "public.crt"],
    ):
        subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run the server on the imported data, and give its port."""
    environment = (
        os.environ
        | SHORT
        | {
            "NEO4J_PASSWORD": PASSWORD,
            "NEO4J_DATA": str(folder / "data"),
            "NEO4J_PORT": "0",
            "NEO4J_CERTIFICATES": str(folder),
        }
    )
    try:
        command = [SCRIPTS / "neo4j", "up"]
        started = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        yield started.stdout.strip().rsplit(":", 1)[1]
    finally:
        subprocess.run([SCRIPTS / "neo4j", "down"], env=environment, check=True)


def finished(address: str, file: Path) -> None:
    """Run what is left to do after an import."""
    with neo4j.GraphDatabase.driver(address, auth=("neo4j", PASSWORD)) as driver:
        for statement in file.read_text(encoding="utf-8").split(";\n")[:-1]:
            driver.execute_query(neo4j.Query(statement))


def test_what_the_real_tool_imports_is_the_graph_in_all_its_types(served: Served) -> None:
    with served.opened(served.address("bolt")) as store:
        for type_ in SCHEMA:
            assert store.read(type_).equals(served.origin.read(type_)), type_.title
        assert store.count(SCHEMA.relationship("ALLIED_WITH")) > 100


def test_an_imported_graph_is_loaded_again_without_a_change(served: Served) -> None:
    with served.opened(served.address("bolt")) as store, api.Graph(store) as graph:
        assert graph.load(NETWORK, source=SOURCE).changes == 0


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_of_ones_own_authority_is_verified(served: Served, scheme: str) -> None:
    with served.opened(served.address(scheme), NEO4J_CA_FILE=served.authority) as store:
        assert store.count(SCHEMA.node("Activity")) == 47


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
@pytest.mark.parametrize(
    ("host", "own", "reason"),
    [
        ("127.0.0.1", False, "unable to get local issuer certificate"),
        ("localhost", True, "Hostname mismatch, certificate is not valid for 'localhost'"),
    ],
)
def test_a_certificate_that_is_not_trusted_is_refused(
    served: Served, scheme: str, host: str, own: bool, reason: str
) -> None:
    address = served.address(scheme, host)
    authority = served.authority if own else ""
    with served.opened(address, NEO4J_CA_FILE=authority) as store, pytest.raises(StoreUnreachable) as refused:
        store.count(SCHEMA.node("Activity"))
    assert str(refused.value) == (
        f"{address} shows a certificate that is not trusted: {reason}. Use the host name that the certificate is made "
        "for; if an authority of your own has signed it, set NEO4J_CA_FILE to that authority's certificate (PEM)."
    )


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_server_without_tls_is_said_to_have_none(server: str, scheme: str) -> None:
    address = f"{scheme}://{server.split('://')[1]}"
    with open_store(address, SCHEMA, {"NEO4J_PASSWORD": "x"}) as store, pytest.raises(StoreUnreachable) as refused:
        store.count(SCHEMA.node("Activity"))
    assert str(refused.value) == (
        f"{address} does not answer by TLS. If the server is meant to have it, have it set up there; without it the "
        "address begins with neo4j:// or bolt://."
    )


def test_a_file_without_a_certificate_is_no_authority() -> None:
    environment = {"NEO4J_PASSWORD": "x", "NEO4J_CA_FILE": __file__}
    with open_store("bolt+s://127.0.0.1:1", SCHEMA, environment) as store, pytest.raises(UsageProblem) as refused:
        store.count(SCHEMA.node("Activity"))
    assert str(refused.value) == (
        f"NEO4J_CA_FILE names {__file__}, which is no readable file of certificates (PEM). Name the certificate of the "
        "authority that signed the server's."
    )


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_session_that_reads_is_refused_what_writes_and_one_that_writes_sees_the_other(
    served: Served, scheme: str
) -> None:
    server = _server(served, scheme, "neo4j")
    with pytest.raises(QueryRefused, match="Queries only read"), server.session(reading=True) as session:
        session.run("CREATE (:Kept)").consume()
    with server.session() as session:
        session.run("CREATE (:Kept)").consume()
    with server.session(reading=True) as session:
        assert session.run("MATCH (x:Kept) RETURN count(x)").single(strict=True)[0] == 1
    with server.session() as session:
        session.run("MATCH (x:Kept) DELETE x").consume()
    server.close()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
@pytest.mark.parametrize("reading", [True, False])
def test_sessions_of_both_kinds_name_the_database(served: Served, scheme: str, reading: bool) -> None:
    server = _server(served, scheme, "nowhere")
    with pytest.raises(StoreDenied, match='has no database "nowhere"'), server.session(reading=reading) as session:
        session.run("RETURN 1").consume()
    server.close()


def _server(served: Served, scheme: str, database: str) -> Server:
    address = served.address(scheme)
    return Server(address, user="neo4j", password=PASSWORD, database=database, patience=1, authority="")


def test_the_folder_says_how_it_is_imported_on_windows_too(empty_graph: api.Graph, tmp_path: Path) -> None:
    empty_graph.load([Node("Region", "KE", {"name": "Kenya"})])
    folder = tmp_path / "import"
    assert empty_graph.export_import(folder) == [
        *("README.txt", "finish.cypher", "import.sh"),
        *("regions-header.csv", "regions.csv", "sources-header.csv", "sources.csv"),
    ]
    options = ["--nodes=Source=sources-header.csv,sources.csv", "--nodes=Region=regions-header.csv,regions.csv"]
    options += ["--array-delimiter=U+001F", "--id-type=string", "--bad-tolerance=0", "--multiline-fields=false"]
    script = (folder / "import.sh").read_text()
    assert script.partition('full "$database" "$@" \\\n')[2].split() == " \\ ".join(options).split()
    typed = " ".join(f'"{option}"' for option in options)
    assert f"     neo4j-admin database import full neo4j {typed}\n" in (folder / "README.txt").read_text()
    assert (folder / "regions-header.csv").read_text() == (
        "id:ID(Region),name:string,kind:string,iso2:string,latitude:double,longitude:double,sources:string[]\n"
    )


def test_the_script_finds_the_tool_in_the_folder_of_neo4j_and_says_where_to_put_it(
    empty_graph: api.Graph, tmp_path: Path
) -> None:
    empty_graph.load([Node("Region", "KE", {"name": "Kenya"})])
    empty_graph.export_import(tmp_path / "to import")
    tool = tmp_path / "neo 4j" / "bin" / "neo4j-admin"
    tool.parent.mkdir(parents=True)
    tool.write_text('#!/bin/sh\npwd\nfor word; do echo "$word"; done\n')
    tool.chmod(0o755)

    def run(home: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": "/usr/bin:/bin", "NEO4J_HOME": home}
        command = ["sh", "to import/import.sh", "graphs", "--verbose"]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    said = run("neo 4j").stdout.splitlines()
    assert said[:6] == [str(tmp_path / "to import"), "database", "import", "full", "graphs", "--verbose"]
    refused = run("elsewhere")
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        1,
        "",
        "There is no neo4j-admin. Name the folder of Neo4j in NEO4J_HOME, or put its folder bin on the PATH.\n",
    )


def test_the_character_that_stands_between_items_cannot_be_in_one(empty_graph: api.Graph, tmp_path: Path) -> None:
    empty_graph.load([Node("Region", "KE", {"name": "Kenya"})], source="a\x1fb")
    with pytest.raises(UsageProblem) as refused:
        empty_graph.export_import(tmp_path / "import")
    assert str(refused.value) == (
        "The sources of a Region hold the character U+001F, which here stands between items. Take it out of the data, "
        "or load them into the server itself."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["graph.lbug"]


def test_export_for_neo4j_admin_on_the_command_line(run: Run, demonstration: str, tmp_path: Path) -> None:
    done = run("export", "--store", demonstration, "--format", "neo4j-admin", "-o", "folder")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "25 files written into folder. folder/README.txt says how Neo4j takes them.\n"
    refused = run("export", "--store", demonstration, "--format", "neo4j-admin", "--alliances", "-o", "other")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Error: A database is made of the whole graph, its saved alliances too. Leave --alliances out.\n",
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
