"""Graphs in two-mode form: each tie is an activity of two organizations."""

import networkx as nx
import polars as pl
from hypothesis import strategies as st

from graphmodel.analysis.ties.partnerships import Partnerships

TEXT = pl.String


def in_activities(graph: nx.Graph) -> Partnerships:
    """Return the partnerships in which each tie of the graph is one activity."""
    rows = [(str(node), f"{one} with {other}") for one, other in graph.edges() for node in (one, other)]
    names = [(str(node), str(known.get("name", node))) for node, known in graph.nodes(data=True)]
    return Partnerships(
        pl.DataFrame(rows, schema={"organization": TEXT, "activity": TEXT}, orient="row"),
        pl.DataFrame(names, schema={"id": TEXT, "name": TEXT}, orient="row"),
    )


def karate() -> nx.Graph:
    """Return the karate club, its members numbered from 1."""
    return nx.relabel_nodes(nx.karate_club_graph(), lambda node: node + 1)


@st.composite
def small_graphs(draw: st.DrawFn) -> nx.Graph:
    """Graphs of 2 to 9 nodes named by letters, some without a tie, some in several parts."""
    nodes, ties, seed = draw(st.integers(2, 9)), draw(st.integers(0, 16)), draw(st.integers(0, 1000))
    return nx.relabel_nodes(nx.gnm_random_graph(nodes, ties, seed=seed), dict(enumerate("abcdefghi")))


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.Graph:
    """Graphs of up to 12 nodes, weights from 1 to 5, some nodes without a tie."""
    graph: nx.Graph = nx.gnm_random_graph(
        draw(st.integers(1, 12)), draw(st.integers(0, 25)), seed=draw(st.integers(0, 1000))
    )
    for ends in graph.edges():
        graph.edges[ends]["weight"] = draw(st.integers(1, 5))
    return graph
