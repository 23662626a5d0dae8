"""Communities: published groups, networkx as the reference, and how certain the groups are."""

from itertools import combinations
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.alliances import ties
from graphmodel.analysis.communities import adjusted_rand, communities, grouping, modularity
from graphmodel.analysis.engine import arrays
from graphmodel.analysis.naming import group_names
from graphmodel.errors import UsageProblem
from graphmodel.network import network
from tests.data import davis

GRAPHS = st.builds(nx.gnm_random_graph, st.integers(2, 12), st.integers(1, 30), seed=st.integers(0, 1000))
LABELS = st.lists(st.integers(0, 3), min_size=12, max_size=12)


def karate() -> nx.Graph:
    """The karate club, each tie counting 1, its members numbered from 1."""
    return nx.Graph((source + 1, target + 1) for source, target in nx.karate_club_graph().edges())


def sizes(table: pl.DataFrame) -> list[int]:
    """Number of members of each group, in the order of the groups."""
    return table.drop_nulls("group").group_by("group").len().sort("group")["len"].to_list()


def test_the_karate_club_falls_into_the_four_groups_that_are_proven_best() -> None:
    found = communities(karate())
    assert found.words[0] == "4 groups with modularity 0.4198: the best of 100 runs, reached by 100 of them."
    assert sizes(found.table) == [12, 11, 6, 5]
    partition = [{id for id, group in found.groups.items() if group == number} for number in range(1, 5)]
    named = nx.relabel_nodes(karate(), str)
    assert nx.community.modularity(named, partition) == pytest.approx(0.4197896, abs=5e-8)


def test_weights_count_and_can_be_left_out() -> None:
    weighted = nx.karate_club_graph()
    assert communities(weighted).words[0].startswith("4 groups with modularity 0.4449")
    assert communities(weighted, weight="").words[0].startswith("4 groups with modularity 0.4198")


def test_groups_are_numbered_by_size_then_by_the_smallest_member() -> None:
    graph = nx.Graph([("x", "y"), ("b", "c"), ("a", "m"), ("m", "n"), ("n", "a")])
    assert communities(graph).groups == {"a": 1, "m": 1, "n": 1, "b": 2, "c": 2, "x": 3, "y": 3}


def test_the_table_is_sorted_by_group_certainty_and_id_with_id_and_name_first() -> None:
    table = communities(karate()).table
    assert table.columns == ["id", "name", "group", "label", "certainty"]
    assert table.equals(table.sort("group", "certainty", "id", descending=[False, True, False]))


def test_who_has_no_tie_is_in_no_group_and_this_is_said() -> None:
    graph = nx.Graph([("a", "b"), ("d", "d")])
    graph.add_node("c", name="Gamma")
    found = communities(graph)
    assert found.groups == {"a": 1, "b": 1}
    assert found.table.rows()[2:] == [("c", "Gamma", None, None, None), ("d", "d", None, None, None)]
    assert "Without a tie, and so in no group: 2." in found.words


@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(2)])
def test_without_ties_there_are_no_groups(graph: nx.Graph) -> None:
    found = communities(graph)
    assert found.words[0] == "There are no ties, so there are no groups."
    assert (found.table.height, found.groups, found.labels) == (len(graph), {}, {})


def test_a_projection_that_is_nearly_complete_has_groups_that_do_not_hold_and_says_so() -> None:
    women = davis().select(id="organization", name="organization").unique()
    words = communities(network(ties(davis()), women), weight="").words
    assert "The other runs agree to 0.32 (1 the same groups, 0 mere chance): the groups do not hold: " in words[1]
    assert words[2].endswith(" different groupings are equally good; the first that was found is shown.")
    assert words[3].startswith("Modularity is below 0.3")


def test_one_run_does_not_tell_how_certain_the_groups_are() -> None:
    found = communities(karate(), runs=1)
    assert found.words[1] == "A single run does not tell how certain the groups are."
    assert found.table["certainty"].null_count() == 34


def test_certainty_is_the_share_of_runs_in_which_a_member_stays_with_its_core() -> None:
    bridge = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    bridge.add_edges_from([("x", 0), ("x", 1), ("x", 4), ("x", 5)])
    certainty = dict(communities(bridge).table.select("id", "certainty").iter_rows())
    assert 0 < certainty.pop("x") < 1
    assert set(certainty.values()) == {1.0}


def test_the_same_network_in_any_order_gives_the_same() -> None:
    graph = nx.les_miserables_graph()
    nodes, edges = sorted(graph, reverse=True), [(v, u, tie) for u, v, tie in graph.edges(data=True)][::-1]
    shuffled = nx.Graph()
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    one, other = communities(graph), communities(shuffled)
    assert one.table.equals(other.table)
    assert (one.words, one.groups, one.labels) == (other.words, other.groups, other.labels)


def test_the_network_is_not_changed_and_networkit_gets_its_threads_back() -> None:
    graph, threads = nx.les_miserables_graph(), nk.getMaxNumberOfThreads()
    communities(graph)
    assert nx.utils.graphs_equal(graph, nx.les_miserables_graph())
    assert nk.getMaxNumberOfThreads() == threads


def test_large_networks_take_fewer_runs() -> None:
    dense = nx.complete_graph(400)
    assert "the best of 62 runs" in communities(dense).words[0]


def test_a_higher_resolution_gives_smaller_groups() -> None:
    assert len(communities(karate(), resolution=3.0).labels) > 4


@pytest.mark.parametrize(
    ("graph", "options", "message"),
    [
        (
            karate(),
            {"runs": -1},
            "The number of runs and the seed are 0 or more, and the resolution is above 0.",
        ),
        (
            karate(),
            {"resolution": 0.0},
            "The number of runs and the seed are 0 or more, and the resolution is above 0.",
        ),
        (
            nx.karate_club_graph(),
            {"weight": "weigth"},
            'No tie has the attribute "weigth"; there are: weight. Did you mean "weight"?',
        ),
        (
            nx.Graph([("a", "b", {"basis": "shared"})]),
            {"weight": "basis"},
            'The attribute "basis" is not a number of 0 or more on every tie: name another.',
        ),
        (
            nx.DiGraph([(1, 2)]),
            {},
            "The analyses need an undirected network with one tie for a pair: networkx.Graph.",
        ),
    ],
)
def test_what_cannot_be_is_refused(graph: nx.Graph, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        communities(graph, **options)
    assert str(refused.value) == message


@given(GRAPHS, LABELS, st.floats(0.2, 3))
def test_modularity_is_that_of_networkx(graph: nx.Graph, labels: list[int], resolution: float) -> None:
    groups = [{node for node in graph if labels[node] == label} for label in set(labels[: len(graph)])]
    expected = nx.community.modularity(graph, groups, resolution=resolution)
    in_order = np.array([labels[int(id)] for id in arrays(graph).ids])
    assert modularity(arrays(graph), in_order, resolution) == pytest.approx(expected, abs=1e-12)


@given(LABELS, LABELS)
def test_the_adjusted_rand_index_is_its_definition_on_pairs(one: list[int], other: list[int]) -> None:
    same = [(one[i] == one[j], other[i] == other[j]) for i, j in combinations(range(len(one)), 2)]
    both, first, second = sum(a and b for a, b in same), sum(a for a, _ in same), sum(b for _, b in same)
    chance, possible = first * second / len(same), (first + second) / 2
    expected = 1.0 if possible == chance else (both - chance) / (possible - chance)
    assert adjusted_rand(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-12)


@given(GRAPHS)
@settings(deadline=None, derandomize=True)
def test_groups_are_never_worse_than_those_of_networkx(graph: nx.Graph) -> None:
    best = max(nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed)) for seed in range(3))
    assert grouping(arrays(graph).tied(), runs=50).modularity > best - 1e-9


def test_a_group_is_named_after_its_area_region_and_kind() -> None:
    shared = {"kind": "ngo", "regions": ["Arab States"], "competence_areas": ["education", "culture"]}
    nodes = {f"a{number}": shared for number in range(5)}
    nodes |= {f"b{number}": {"kind": "fund", "competence_areas": ["culture"]} for number in range(5)}
    names = group_names(nodes, {id: 1 if id.startswith("a") else 2 for id in nodes})
    assert names == {1: "education, ngo", 2: "fund"}


def test_what_everybody_shares_names_no_group() -> None:
    nodes = {id: {"kind": "ngo"} for id in "abcdefgh"}
    assert group_names(nodes, {id: 1 if id < "e" else 2 for id in nodes}) == {1: "Group 1", 2: "Group 2"}


def test_a_value_of_less_than_half_of_the_members_names_no_group() -> None:
    nodes = {f"a{number}": {"regions": ["Fiji"] if number < 4 else []} for number in range(9)}
    nodes |= {f"b{number}": {"regions": ["Peru"]} for number in range(9)}
    groups = {id: 1 if id.startswith("a") else 2 for id in nodes}
    assert group_names(nodes, groups) == {1: "Group 1", 2: "Peru"}


def test_groups_of_the_same_name_are_told_apart_by_their_numbers() -> None:
    nodes = {f"{group}{number}": {"regions": ["Asia"]} for group in "ab" for number in range(6)}
    nodes |= {f"c{number}": {"regions": ["Africa"]} for number in range(9)}
    groups = {id: "abc".index(id[0]) + 1 for id in nodes}
    assert group_names(nodes, groups) == {1: "Asia (1)", 2: "Asia (2)", 3: "Africa"}
