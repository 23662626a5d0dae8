"""Which member of a Neo4j cluster is asked what, and that a reader is not asked before it has what was written.

The driver decides it, as it does in front of any cluster; see `tests/cluster.py`.
"""

from collections.abc import Iterator

import pytest

from graphmodel import api
from graphmodel.errors import StoreUnreachable
from tests.cluster import Begun, Member, running
from tests.conftest import TINY, Run, wipe

Cluster = dict[str, Member]


@pytest.fixture
def cluster(server: str) -> Iterator[Cluster]:
    """Return the members, by their roles, of a cluster that holds nothing."""
    wipe(server)
    with running(server) as members:
        yield members


@pytest.fixture
def address(cluster: Cluster) -> str:
    """Return the address of the cluster."""
    return f"neo4j://{cluster['ROUTE'].place}"


def test_a_load_reads_at_the_reader_and_writes_at_the_writer(cluster: Cluster, address: str, run: Run) -> None:
    assert run("load", str(TINY), "--store", address).exit_code == 0
    modes = {role: {one.mode for one in member.begun} for role, member in cluster.items()}
    assert modes == {"ROUTE": set(), "WRITE": {"w"}, "READ": {"r"}}


def test_a_command_reads_at_the_reader_and_only_once_it_has_what_the_command_before_wrote(
    cluster: Cluster, address: str, run: Run
) -> None:
    assert run("load", str(TINY), "--store", address).exit_code == 0
    last = cluster["WRITE"].bookmark
    for words in (
        ("query", "networks/shared_activities"),
        ("alliances",),
        ("status",),
        ("load", str(TINY), "--prune", "--dry-run"),
    ):
        for member in cluster.values():
            member.begun.clear()
        assert run(*words, "--store", address).exit_code == 0
        assert set(cluster["READ"].begun) == {Begun("r", frozenset({last}))}
        assert cluster["WRITE"].begun == [Begun("w", frozenset())]  # how far it is
        assert cluster["ROUTE"].begun == []


def test_what_a_graph_has_written_the_reader_has_before_it_is_asked(cluster: Cluster, address: str) -> None:
    with api.open(address) as graph:
        graph.load(TINY)
        first = cluster["WRITE"].bookmark
        graph.remove("registry")
        second = cluster["WRITE"].bookmark
        cluster["READ"].begun.clear()
        graph.project()
    assert set(cluster["READ"].begun) == {Begun("r", frozenset({second}))}
    assert second not in ("", first)


def test_a_cluster_without_a_writer_is_read_and_takes_no_load(cluster: Cluster, address: str) -> None:
    with api.open(address) as graph:
        graph.load(TINY)
    del cluster["WRITE"]
    with api.open(address) as graph:
        assert graph.status().counts["Organization"] == 10
        with pytest.raises(StoreUnreachable) as refused:
            graph.remove("registry")
    assert str(refused.value) == (
        f"The cluster at {address} answers, but none of its members takes writes now. While it chooses one, try again "
        "in a minute; if it stays so, `SHOW DATABASES` on the server tells which members are down."
    )
