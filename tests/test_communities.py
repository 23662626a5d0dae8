"""Communities: published groups, networkx as the reference, and how certain the groups are."""

from itertools import combinations, product
from typing import Any

import networkit as nk
import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from graphmodel.analysis.structure.communities import communities
from graphmodel.analysis.structure.consensus import consensus, matched
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.structure.grouping import adjusted_rand, grouping, modularity, together
from graphmodel.analysis.structure.naming import group_names
from graphmodel.analysis.structure.shares import shares
from graphmodel.analysis.ties.alliances import ties
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


def test_les_miserables_falls_into_the_six_groups_of_the_published_optimum() -> None:
    found = communities(nx.les_miserables_graph(), weight="")
    assert found.words[0].startswith("6 groups with modularity 0.5600: ")


def test_groups_are_numbered_by_size_then_by_the_smallest_member() -> None:
    graph = nx.Graph([("x", "y"), ("b", "c"), ("a", "m"), ("m", "n"), ("n", "a")])
    assert communities(graph).groups == {"a": 1, "m": 1, "n": 1, "b": 2, "c": 2, "x": 3, "y": 3}


def test_the_table_is_sorted_by_group_certainty_and_id_with_id_and_name_first() -> None:
    table = communities(karate()).table
    assert table.columns == ["id", "name", "group", "label", "certainty", "consensus", "shares"]
    assert table.equals(table.sort("group", "certainty", "id", descending=[False, True, False]))


def test_who_has_no_tie_is_in_no_group_and_this_is_said() -> None:
    graph = nx.Graph([("a", "b"), ("d", "d")])
    graph.add_node("c", name="Gamma")
    found = communities(graph)
    assert found.groups == {"a": 1, "b": 1}
    assert found.table.rows()[2:] == [("c", "Gamma", *[None] * 5), ("d", "d", *[None] * 5)]
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
    assert words[3].startswith("The consensus of the runs makes ")
    assert words[1].endswith(", and a modularity below 0.3 says that the network hardly falls into groups.")
    assert (
        words[-1] == "139 of 153 pairs are tied: where nearly all are tied to each other, their places hardly differ."
    )


def test_one_run_does_not_tell_how_certain_the_groups_are_and_has_no_consensus() -> None:
    found = communities(karate(), runs=1)
    assert found.words[0].endswith("modularity 0.4198: a single run.")
    assert found.words[1] == "A single run does not tell how certain the groups are."
    assert found.table.select(pl.col("certainty", "consensus").null_count()).row(0) == (34, 34)


def torn() -> nx.Graph:
    """Two blocs of four and one, x, with two ties to each."""
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    graph.add_edges_from([("x", 0), ("x", 1), ("x", 4), ("x", 5)])
    return graph


def test_certainty_is_the_mean_share_of_the_others_in_its_group_that_are_with_a_member_in_other_runs() -> None:
    found = communities(torn())
    certainty = dict(found.table.select("id", "certainty").iter_rows())
    with_x = {id for id, group in found.groups.items() if group == found.groups["x"]} - {"x"}
    certainty_of_x = certainty.pop("x")
    assert 0 < certainty_of_x < 1
    # the four it is with now lose it as often as it loses them; the other four are never parted, nor are these
    assert all(certainty[id] == pytest.approx((3 + certainty_of_x) / 4) for id in with_x)
    assert {value for id, value in certainty.items() if id not in with_x} == {1.0}


def test_a_group_that_does_not_hold_is_named() -> None:
    ring = nx.cycle_graph(12)
    found = communities(ring)
    assert any(
        word.startswith("These do not hold, by how often two of its members are together in another run: group 1 (")
        for word in found.words
    )
    assert not any(word.startswith("These do not hold") for word in communities(karate()).words)


def test_the_consensus_of_runs_that_agree_is_the_same_grouping() -> None:
    found = communities(karate())
    assert found.words[2] == "The consensus of the runs is the same grouping."
    assert found.table["consensus"].to_list() == found.table["group"].to_list()


def test_who_is_in_another_group_in_the_consensus_is_counted() -> None:
    women = davis().select(id="organization", name="organization").unique()
    found = communities(network(ties(davis()), women), weight="")
    moved = (found.table["consensus"] != found.table["group"]).sum()
    assert moved > 0
    assert f": {moved} of 18 organizations are in another group there." in found.words[3]


def test_most_runs_decide_the_consensus() -> None:
    runs = [np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1, 1])]
    assert consensus(runs[2], runs).tolist() == [0, 0, 0, 1, 1, 1]


def in_favour(labels: Any, runs: list[Any]) -> int:
    """Pairs together in a grouping: runs that have them together, less those that have them apart."""
    pairs = [pair for pair in combinations(range(len(labels)), 2) if labels[pair[0]] == labels[pair[1]]]
    return sum(1 if run[one] == run[other] else -1 for one, other in pairs for run in runs)


@given(st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6).map(np.array), min_size=1, max_size=5))
@settings(deadline=None)
def test_nobody_in_the_consensus_would_be_better_elsewhere_and_no_run_is_better(runs: list[Any]) -> None:
    for start in runs:
        found = consensus(start, runs)
        score = in_favour(found, runs)
        for member, group in product(range(6), range(7)):
            elsewhere = found.copy()
            elsewhere[member] = group
            assert in_favour(elsewhere, runs) <= score
        assert score >= in_favour(start, runs)


@given(LABELS, LABELS)
def test_groups_that_match_take_each_number_once_and_leave_as_few_as_can_be_moved(
    one: list[int], other: list[int]
) -> None:
    labels, groups = np.array(one), np.array(other) + 1
    found = matched(labels, groups)
    assert adjusted_rand(found, labels) == 1.0
    assert np.array_equal(matched(groups, groups), groups)
    assert (found == groups).sum() >= max(np.bincount(labels * 9 + groups))


@given(LABELS, LABELS)
def test_being_together_is_the_mean_over_the_others_of_the_group(one: list[int], other: list[int]) -> None:
    expected = []
    for member, group in enumerate(one):
        others = [i for i in range(12) if i != member and one[i] == group]
        alone = float(other.count(other[member]) == 1)
        expected.append(sum(other[i] == other[member] for i in others) / len(others) if others else alone)
    assert together(np.array(one), np.array(other)).tolist() == pytest.approx(expected)


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


def offices() -> tuple[nx.Graph, dict[str, Any]]:
    """Two blocs of eight, one of them in Africa but for one, the other in Asia."""
    graph = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    regions = {node: ["Africa"] if node < 7 else ["Asia"] for node in graph}
    nx.set_node_attributes(graph, regions, "regions")
    return graph, regions


def test_what_a_group_shares_beyond_chance_is_told_with_what_chance_would_give() -> None:
    graph, _ = offices()
    found = communities(graph)
    # P(X >= 7) of 8 drawn from 16 of which 7 are in Africa: 9 of 12,870; four comparisons
    assert "Group 1, 8 organizations (Africa): 7 of 8 in Africa (expected 3.5, p = 0.001)." in found.words
    assert "Group 2, 8 organizations (Asia): 8 of 8 in Asia (expected 4.5, p = 0.001)." in found.words
    assert (
        "Each p is corrected for all the groups and values that were compared (Benjamini and Hochberg)." in found.words
    )
    assert set(found.table["shares"]) == {"7 of 8 in Africa", "8 of 8 in Asia"}


def test_only_members_that_state_a_region_are_counted() -> None:
    graph, _ = offices()
    del graph.nodes[0]["regions"]
    assert "Group 1, 8 organizations (Africa): 6 of 7 in Africa (expected 2.8, p = 0.003)." in communities(graph).words


def test_what_may_be_chance_is_called_so() -> None:
    graph, _ = offices()
    nx.set_node_attributes(graph, {node: ["Africa"] if node % 2 else ["Asia"] for node in graph}, "regions")
    assert "Group 1, 8 organizations: what its members share may be chance." in communities(graph).words


def test_where_nothing_is_stated_nothing_is_said_of_what_groups_share() -> None:
    assert "Group 1, 12 organizations." in communities(karate()).words


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from([None, "ngo", "fund", "academy"])), min_size=1, max_size=20)
)
@settings(deadline=None)
def test_chances_of_shares_are_those_of_scipy_and_corrected_over_all_comparisons(rows: list[tuple[int, Any]]) -> None:
    nodes = {str(number): {"kind": kind} for number, (_, kind) in enumerate(rows)}
    found = shares(nodes, {str(number): group for number, (group, _) in enumerate(rows)})
    stating = [(group, kind) for group, kind in rows if kind]
    kinds = [kind for _, kind in stating]
    chances = {}
    for group in {group for group, _ in stating}:
        inside = [kind for member, kind in stating if member == group]
        for kind in {kind for kind in kinds if kinds.count(kind) > 1}:
            tail = stats.hypergeom.sf(inside.count(kind) - 1, len(kinds), kinds.count(kind), len(inside))
            chances[group, kind] = float(tail)
    corrected = (
        dict(zip(chances, stats.false_discovery_control(list(chances.values())), strict=True)) if chances else {}
    )
    listed = {(row["group"], row["value"]): (row["p"], row["q"]) for row in found.to_dicts()}
    assert listed == {pair: (pytest.approx(chances[pair]), pytest.approx(corrected[pair])) for pair in listed}
    assert set(listed) == {pair for pair in chances if pair in set(stating)}
