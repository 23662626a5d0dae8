"""Brokers: published values, networkx as the reference, and what is said of them."""

from collections.abc import Mapping
from typing import Any

import networkit as nk
import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.articulation import cut_off
from graphmodel.analysis.brokers import betweenness, brokers
from graphmodel.analysis.engine import arrays
from graphmodel.analysis.holes import structural_holes
from graphmodel.errors import UsageProblem

BORGATTI = "AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10"
"""The example of Borgatti 1997, figure 1, each tie with a weight."""


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.Graph:
    """Graphs of up to 12 nodes, weights from 1 to 5, some nodes without a tie."""
    graph: nx.Graph = nx.gnm_random_graph(
        draw(st.integers(1, 12)), draw(st.integers(0, 25)), seed=draw(st.integers(0, 1000))
    )
    for ends in graph.edges():
        graph.edges[ends]["weight"] = draw(st.integers(1, 5))
    return graph


def borgatti() -> nx.Graph:
    """The graph of `BORGATTI`."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((tie[0], tie[1], int(tie[2:])) for tie in BORGATTI.split())
    return graph


def figures(graph: nx.Graph, column: str, **options: Any) -> dict[str, Any]:
    """A column of the table by id."""
    return dict(brokers(graph, **options).table.select("id", column).iter_rows())


def in_order(graph: nx.Graph, values: Mapping[Any, float]) -> list[float]:
    """The values of networkx in the order of the arrays; nan where they are not defined."""
    return [values[int(id)] for id in arrays(graph).ids]


def test_structural_holes_are_those_of_borgatti() -> None:
    assert figures(borgatti(), "constraint") == pytest.approx(
        {"G": 0.400, "A": 0.595, "C": 1, "B": 0.643, "D": 0.785, "E": 0.731, "F": 0.731}, abs=5e-4
    )
    size = figures(borgatti(), "effective_size")
    assert [size["G"], size["A"], size["C"]] == pytest.approx([4.67, 2.50, 1], abs=5e-3)
    assert size["G"] / figures(borgatti(), "degree")["G"] == pytest.approx(0.78, abs=5e-3)


def test_weighted_constraint_is_that_of_borgatti() -> None:
    constraint = figures(borgatti(), "constraint", weight="weight")
    assert [constraint["G"], constraint["A"]] == pytest.approx([0.299, 0.795], abs=5e-4)


def test_the_betweenness_of_the_karate_club_is_the_published_one() -> None:
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda node: node + 1)
    found = brokers(club).table.head(4)
    assert found["id"].to_list() == ["1", "34", "33", "3"]
    assert found["betweenness"].to_list() == pytest.approx([0.4376, 0.3041, 0.1452, 0.1437], abs=5e-5)


def test_without_its_first_member_the_karate_club_loses_six() -> None:
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda node: node + 1)
    lost = figures(club, "cut_off")
    assert {id: number for id, number in lost.items() if number} == {"1": 6}


def test_the_medici_are_the_brokers_of_florence() -> None:
    found = brokers(nx.florentine_families_graph())
    top = found.table.head(5)
    assert top["id"].to_list() == ["Medici", "Guadagni", "Albizzi", "Salviati", "Ridolfi"]
    assert top["betweenness"].to_list() == pytest.approx([0.5220, 0.2546, 0.2125, 0.1429, 0.1136], abs=1e-4)
    assert top["constraint"][0] == pytest.approx(0.2099, abs=5e-5)
    assert top["cut_off"][0] == 3
    assert found.words[:2] == (
        "Between most pairs of others (share of the shortest ways): Medici (0.522), Guadagni (0.255) and "
        "Albizzi (0.212).",
        "4 would cut others off by leaving, most of all Medici (3), Albizzi (1) and Guadagni (1).",
    )


@given(weighted_graphs())
def test_betweenness_is_that_of_networkx(graph: nx.Graph) -> None:
    expected = in_order(graph, nx.betweenness_centrality(graph))
    assert betweenness(arrays(graph)).tolist() == pytest.approx(expected, abs=1e-12)


@given(weighted_graphs(), st.sampled_from(("", "weight")))
def test_constraint_and_effective_size_are_those_of_networkx(graph: nx.Graph, weight: str) -> None:
    constraint, size = structural_holes(arrays(graph, weight))
    # for all nodes at once, networkx 3.6 divides by the largest weight of the wrong end; node by node it does not
    expected = [of(graph, nodes=list(graph), weight=weight or None) for of in (nx.constraint, nx.effective_size)]
    assert constraint.tolist() == pytest.approx(in_order(graph, expected[0]), abs=1e-12, nan_ok=True)
    assert size.tolist() == pytest.approx(in_order(graph, expected[1]), abs=1e-12, nan_ok=True)


@given(weighted_graphs())
@settings(deadline=None)
def test_cut_off_is_what_a_removal_takes_from_the_largest_part(graph: nx.Graph) -> None:
    expected = {}
    for node in graph:
        rest = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        parts = [len(part) for part in nx.connected_components(rest)]
        expected[node] = sum(parts) - max(parts, default=0)
    assert cut_off(arrays(graph)).tolist() == in_order(graph, expected)


def test_the_table_is_sorted_by_betweenness_and_id_with_id_and_name_first() -> None:
    graph = nx.star_graph(["hub", "b", "c", "a"])
    graph.nodes["hub"]["name"] = "The Hub"
    table = brokers(graph).table
    assert table.columns == ["id", "name", "betweenness", "constraint", "effective_size", "degree", "cut_off"]
    assert table.rows() == [
        ("hub", "The Hub", 1.0, 1 / 3, 3.0, 3, 2),
        ("a", "a", 0.0, 1.0, 1.0, 1, 0),
        ("b", "b", 0.0, 1.0, 1.0, 1, 0),
        ("c", "c", 0.0, 1.0, 1.0, 1, 0),
    ]


def test_without_a_tie_constraint_is_not_defined_and_this_is_said() -> None:
    graph = nx.Graph([("a", "b")])
    graph.add_node("c")
    found = brokers(graph)
    assert found.table.filter(pl.col("id") == "c").rows() == [("c", "c", 0.0, None, None, 0, 0)]
    assert "Without a tie: 1; their constraint and effective size are not defined." in found.words


def test_ties_that_count_nothing_leave_constraint_not_defined() -> None:
    graph = nx.Graph([("a", "b", {"strength": 0.0}), ("b", "c", {"strength": 2.0})])
    assert figures(graph, "constraint", weight="strength") == {"a": None, "b": 1.0, "c": 1.0}


def test_where_all_are_tied_directly_nobody_is_between() -> None:
    assert brokers(nx.complete_graph(4)).words[:2] == (
        "Nobody is between others: all who are connected are tied directly.",
        "No single exit would cut others off.",
    )


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(1), nx.path_graph(2)])
def test_the_smallest_networks_have_no_brokers(graph: nx.Graph) -> None:
    table = brokers(graph).table
    assert (table.height, table["betweenness"].sum()) == (len(graph), 0)


def test_sampled_betweenness_is_near_repeats_and_is_called_an_estimate() -> None:
    graph = nx.les_miserables_graph()
    exact, sampled = figures(graph, "betweenness"), brokers(graph, samples=5000)
    assert dict(sampled.table.select("id", "betweenness").iter_rows()) == pytest.approx(exact, abs=0.01)
    assert sampled.table.equals(brokers(graph, samples=5000).table)
    assert "Betweenness is estimated from 5,000 organizations drawn at random: small values vary." in sampled.words


def test_the_same_network_in_any_order_gives_the_same_and_is_not_changed() -> None:
    graph = nx.les_miserables_graph()
    shuffled = nx.Graph()
    shuffled.add_nodes_from(sorted(graph, reverse=True))
    shuffled.add_edges_from([(v, u, tie) for u, v, tie in graph.edges(data=True)][::-1])
    threads = nk.getMaxNumberOfThreads()
    assert brokers(graph, weight="weight").table.equals(brokers(shuffled, weight="weight").table)
    assert nx.utils.graphs_equal(graph, nx.les_miserables_graph())
    assert nk.getMaxNumberOfThreads() == threads


def test_a_negative_number_of_samples_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        brokers(nx.path_graph(3), samples=-1)
    assert str(refused.value) == "The number of samples and the seed are 0 or more."
