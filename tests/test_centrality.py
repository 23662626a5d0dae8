"""Centrality: networkx as the reference, published values, and what is said of the rankings."""

from collections.abc import Callable, Mapping
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graphmodel.analysis.structure.centrality import centrality, cores, eigenvector, pagerank
from graphmodel.analysis.structure.centrality_words import agreement
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.structure.shortest import closeness
from graphmodel.errors import UsageProblem
from tests.graphs import weighted_graphs


def in_order(graph: nx.Graph, values: Mapping[Any, float]) -> list[float]:
    """The values of networkx in the order of the arrays."""
    return [values[int(id)] for id in arrays(graph).ids]


def figures(graph: nx.Graph, column: str, **options: Any) -> dict[str, Any]:
    """A column of the table by id."""
    return dict(centrality(graph, **options).table.select("id", column).iter_rows())


@given(weighted_graphs())
def test_closeness_is_that_of_networkx_also_in_several_parts(graph: nx.Graph) -> None:
    assert closeness(arrays(graph)).tolist() == pytest.approx(in_order(graph, nx.closeness_centrality(graph)))


@given(weighted_graphs(), st.sampled_from(["", "weight"]))
@settings(deadline=None)
def test_pagerank_is_that_of_networkx(graph: nx.Graph, weight: str) -> None:
    expected = in_order(graph, nx.pagerank(graph, weight=weight or None, tol=1e-14, max_iter=1000))
    assert pagerank(arrays(graph, weight)).tolist() == pytest.approx(expected, abs=1e-9)


@given(weighted_graphs())
def test_core_numbers_are_those_of_networkx(graph: nx.Graph) -> None:
    assert cores(arrays(graph)).tolist() == in_order(graph, nx.core_number(graph))


@given(weighted_graphs(), st.sampled_from(["", "weight"]))
@settings(deadline=None)
def test_the_eigenvector_is_that_of_networkx_in_the_largest_part(graph: nx.Graph, weight: str) -> None:
    found = eigenvector(arrays(graph, weight))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(map(str, part))))
    expected = dict.fromkeys(graph, float("nan"))
    if len(parts[0]) > 1:
        largest = graph.subgraph(parts[0])
        matrix = nx.to_numpy_array(largest, weight=weight or None)
        values, vectors = np.linalg.eigh(matrix)
        expected |= dict(zip(largest, np.abs(vectors[:, values.argmax()]).tolist(), strict=True))
    assert found.tolist() == pytest.approx(in_order(graph, expected), abs=1e-8, nan_ok=True)


@pytest.mark.parametrize(
    ("column", "reference"),
    [
        ("degree", lambda graph: dict(graph.degree())),
        ("strength", lambda graph: dict(graph.degree(weight="weight"))),
        ("betweenness", nx.betweenness_centrality),
        ("closeness", nx.closeness_centrality),
        ("eigenvector", lambda graph: nx.eigenvector_centrality(graph, weight="weight", tol=1e-12, max_iter=1000)),
        ("pagerank", lambda graph: nx.pagerank(graph, tol=1e-14, max_iter=1000)),
        ("core", nx.core_number),
    ],
)
def test_the_figures_of_les_miserables_are_those_of_networkx(
    column: str, reference: Callable[[nx.Graph], dict[str, float]]
) -> None:
    graph = nx.les_miserables_graph()
    assert figures(graph, column, weight="weight") == pytest.approx(reference(graph), abs=1e-8)


def test_the_families_of_florence_have_the_published_betweenness() -> None:
    published = {"Medici": 0.5220, "Guadagni": 0.2546, "Albizzi": 0.2125, "Salviati": 0.1429, "Ridolfi": 0.1136}
    found = figures(nx.florentine_families_graph(), "betweenness")
    assert {family: found[family] for family in published} == pytest.approx(published, abs=1e-4)


def test_words_say_who_leads_in_which_and_that_rankings_agree_in_the_main() -> None:
    assert centrality(nx.florentine_families_graph()).words == (
        "Most partners: Medici (6), Guadagni (4) and Strozzi (4).",
        "Between most pairs of others: Medici (0.522), Guadagni (0.255) and Albizzi (0.212).",
        "Nearest to all others: Medici (0.560), Ridolfi (0.500) and Albizzi (0.483).",
        "Tied most to the well tied: Medici (0.430), Strozzi (0.356) and Ridolfi (0.342).",
        "Met most often by who follows ties at random: Medici (0.146), Guadagni (0.098) and Strozzi (0.088).",
        "In the densest core: 10 organizations share the first place (2).",
        "The rankings agree in the main; least alike are betweenness and core (Spearman 0.59, 1 the same order).",
    )


def test_a_bridge_between_blocs_has_few_partners_and_leads_in_betweenness_so_rankings_differ() -> None:
    graph = nx.barbell_graph(6, 1)
    graph.nodes[6]["name"] = "The Bridge"
    words = centrality(graph).words
    assert words[1].startswith("Between most pairs of others: The Bridge (")
    assert words[-1].startswith("The rankings differ: who leads in one need not lead in another; least alike are ")


def test_where_a_tie_counts_more_strength_is_told_beside_degree() -> None:
    graph = nx.path_graph(["a", "b", "c", "d"])
    graph["a"]["b"]["weight"] = 5.0
    assert centrality(graph, weight="weight").words[1] == "Most work shared: b (6.000), a (5.000) and c (2.000)."
    assert centrality(graph).words[1].startswith("Between most pairs of others: ")


def test_where_all_are_alike_there_is_nothing_to_rank_and_a_complete_network_is_called_so() -> None:
    words = centrality(nx.complete_graph(5)).words
    assert words[0] == "Most partners: all who are tied share the first place (4)."
    assert words[-2:] == (
        "There is nothing to rank: all who are tied are alike.",
        "10 of 10 pairs are tied: where nearly all are tied to each other, their places hardly differ.",
    )


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(2)])
def test_without_ties_nobody_is_central(graph: nx.Graph) -> None:
    found = centrality(graph)
    assert found.words == ("There are no ties, so nobody is central.",)
    assert (found.table.height, found.table["eigenvector"].null_count()) == (len(graph), len(graph))


def test_outside_the_largest_part_the_eigenvector_is_not_defined_and_this_is_said() -> None:
    graph = nx.Graph([("a", "b"), ("b", "c"), ("x", "y")])
    graph.add_node("z")
    found = centrality(graph)
    undefined = found.table.filter(pl.col("eigenvector").is_null())["id"].to_list()
    assert undefined == ["x", "y", "z"]
    assert "Outside the largest connected part, so without an eigenvector: 2 organizations." in found.words
    assert "Without a tie: 1." in found.words


def test_of_parts_of_the_same_size_the_eigenvector_is_taken_in_that_of_the_smallest_id() -> None:
    found = figures(nx.Graph([("x", "y"), ("a", "z")]), "eigenvector")
    assert found == {"a": pytest.approx(0.5**0.5), "z": pytest.approx(0.5**0.5), "x": None, "y": None}


def test_the_table_is_sorted_by_degree_pagerank_and_id_with_id_and_name_first() -> None:
    table = centrality(nx.les_miserables_graph()).table
    assert table.columns == [
        "id", "name", "degree", "strength", "betweenness", "closeness", "eigenvector", "pagerank", "core"
    ]  # fmt: skip
    assert table.equals(table.sort("degree", "pagerank", "id", descending=[True, True, False]))


def test_sampled_figures_are_near_repeat_and_are_called_estimates() -> None:
    graph = nx.les_miserables_graph()
    exact, sampled = figures(graph, "closeness"), centrality(graph, samples=60)
    assert dict(sampled.table.select("id", "closeness").iter_rows()) == pytest.approx(exact, rel=0.1)
    assert sampled.table.equals(centrality(graph, samples=60).table)
    assert not sampled.table.equals(centrality(graph, samples=60, seed=2).table)
    assert (
        "Betweenness and closeness are estimated from 60 organizations drawn at random: "
        "small differences may be chance."
    ) in sampled.words


def test_the_closeness_of_parts_up_to_the_sample_is_exact() -> None:
    graph = nx.disjoint_union(nx.path_graph(30), nx.star_graph(5))
    exact, sampled = closeness(arrays(graph)), closeness(arrays(graph), samples=6)
    small = [place for place, id in enumerate(arrays(graph).ids) if int(id) >= 30]
    assert sampled[small].tolist() == exact[small].tolist()
    assert sampled.tolist() != exact.tolist()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=20))
def test_agreement_is_the_coefficient_of_spearman(rows: list[tuple[int, int]]) -> None:
    one, other = zip(*rows, strict=True)
    found = agreement(pl.Series(one), pl.Series(other))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(stats.spearmanr(one, other).statistic)


def test_the_same_network_in_any_order_gives_the_same_and_is_not_changed() -> None:
    graph = nx.les_miserables_graph()
    shuffled = nx.Graph()
    shuffled.add_nodes_from(sorted(graph, reverse=True))
    shuffled.add_edges_from([(v, u, tie) for u, v, tie in graph.edges(data=True)][::-1])
    threads = nk.getMaxNumberOfThreads()
    one, other = centrality(graph, weight="weight"), centrality(shuffled, weight="weight")
    assert one.table.equals(other.table)
    assert one.words == other.words
    assert nx.utils.graphs_equal(graph, nx.les_miserables_graph())
    assert nk.getMaxNumberOfThreads() == threads


def test_a_negative_number_of_samples_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        centrality(nx.path_graph(3), samples=-1)
    assert str(refused.value) == "The number of samples and the seed are 0 or more."
