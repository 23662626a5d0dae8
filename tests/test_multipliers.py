"""Multipliers: brute force as the reference, the bound, and what is told."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.scenarios.covering import Reach, greedy, most_covered, optimum, reached
from graphmodel.analysis.scenarios.multipliers import multipliers
from graphmodel.analysis.structure.engine import arrays
from graphmodel.errors import UsageProblem
from tests.graphs import small_graphs

TWO_STARS = nx.disjoint_union(nx.star_graph(5), nx.star_graph(3))
"""Centre 0 with partners 1 to 5; centre 6 with partners 7 to 9."""


def trap() -> nx.Graph:
    """Two hubs, a and b, reach everybody; m reaches most alone and is no help beside them."""
    graph = nx.Graph()
    graph.add_edges_from(("a", f"p{number}") for number in range(5))
    graph.add_edges_from(("b", f"q{number}") for number in range(5))
    graph.add_edges_from(("m", f"{side}{number}") for side in "pq" for number in range(3))
    return graph


def within(graph: nx.Graph, chosen: tuple[str, ...], steps: int) -> int:
    """How many are at most so many steps away from one of those chosen."""
    return len(set().union(*(nx.single_source_shortest_path_length(graph, node, steps) for node in chosen)))


@given(small_graphs(), st.integers(1, 4), st.integers(1, 2))
@settings(deadline=None)
def test_the_choice_reaches_what_it_says_and_the_best_is_that_of_all_choices(
    graph: nx.Graph, k: int, steps: int
) -> None:
    reach = Reach(arrays(graph), steps)
    chosen = greedy(reach, k)
    ids = tuple(reach.network.ids[node] for node in chosen.nodes)
    most = max(within(graph, some, steps) for some in combinations(graph, min(k, len(graph))))
    exact = optimum(reach, k)
    assert exact is not None
    assert chosen.reached == within(graph, ids, steps)
    assert reached(reach, exact) == most
    assert (1 - 1 / 2.718281828) * most <= chosen.reached <= most <= chosen.most


@given(small_graphs(), st.integers(1, 2))
@settings(deadline=None)
def test_each_that_is_chosen_adds_most_and_of_equals_is_the_first(graph: nx.Graph, steps: int) -> None:
    table = multipliers(graph, k=3, steps=steps).table
    chosen: tuple[str, ...] = ()
    for id, newly in table.select("id", "newly").rows():
        before = within(graph, chosen, steps) if chosen else 0
        gains = {node: within(graph, (*chosen, node), steps) - before for node in sorted(graph)}
        assert (id, newly) == (max(gains, key=lambda node: gains[node]), max(gains.values()))
        chosen = (*chosen, id)


def test_two_centres_reach_both_stars() -> None:
    found = multipliers(TWO_STARS, k=3)
    assert found.table.rows() == [("0", "0", 6, 6, 0.6, 6), ("6", "6", 4, 10, 1.0, 4)]
    assert found.words == (
        "0 and 6 reach all of 10 organizations directly, themselves included.",
        "0 alone reaches 6.",
        "Nobody is left to reach, so 2 are named instead of 3.",
    )


def test_in_two_steps_a_partner_reaches_the_whole_star() -> None:
    found = multipliers(nx.star_graph(4), k=1, steps=2)
    assert found.words == ("0 alone reaches all of 5 organizations in two steps, itself included.",)
    assert multipliers(nx.relabel_nodes(nx.star_graph(4), {0: "z"}), k=1, steps=2).table["id"].item() == "1"


def test_where_the_greedy_choice_is_not_the_best_the_best_is_named() -> None:
    found = multipliers(trap(), k=2)
    assert found.table.select("id", "newly", "reached").rows() == [("m", 7, 7), ("a", 3, 10)]
    assert found.words == (
        "m and a reach 10 of 13 organizations (77%) directly, themselves included.",
        "m alone reaches 7.",
        "The best possible 2, a and b, reach 12; these, chosen one by one, 10.",
        "3 organizations are not reached.",
    )


def test_that_no_others_reach_more_is_said() -> None:
    assert multipliers(nx.karate_club_graph(), k=3).words[2] == "No 3 reach more."
    assert multipliers(nx.path_graph(5), k=1).words[1] == "Nobody reaches more alone."


def test_who_has_no_tie_is_reached_by_nobody() -> None:
    graph = nx.star_graph(3)
    graph.add_node("alone")
    assert multipliers(graph, k=1).words[-2:] == (
        "1 organization is not reached.",
        "Without a tie: 1; nobody reaches it.",
    )


def test_a_large_network_is_given_a_bound_instead_of_the_best() -> None:
    graph = nx.barabasi_albert_graph(2500, 5, seed=1)
    network = arrays(graph)
    assert optimum(Reach(network), 3) is None
    found = multipliers(graph, k=3)
    chosen = greedy(Reach(network), 3)
    assert chosen.reached < chosen.most
    assert found.words[2] == (
        f"No 3 can reach more than {chosen.most}; whether any 3 reach more than these is not known."
    )


def test_sets_that_cover_most_are_found_where_the_largest_is_no_help() -> None:
    assert most_covered([[0, 1, 2, 3], [0, 1, 4, 5], [2, 3, 6]], 7, 2) == [1, 2]


def test_the_same_network_in_any_order_gives_the_same_and_is_not_changed() -> None:
    graph = nx.les_miserables_graph()
    turned = nx.Graph()
    turned.add_edges_from(list(graph.edges())[::-1])
    assert multipliers(graph, k=5).table.equals(multipliers(turned, k=5).table)
    assert nx.utils.graphs_equal(graph, nx.les_miserables_graph())


def test_an_empty_network_has_nobody_to_reach() -> None:
    found = multipliers(nx.Graph())
    assert (found.table.height, found.words) == (0, ("There is nobody to reach.",))


@pytest.mark.parametrize(
    ("k", "steps", "said"),
    [
        (0, 1, "The number of organizations to choose, -k, is 1 or more, not 0."),
        (3, 0, "The number of steps is 1, to reach partners, or 2, to reach theirs too, not 0."),
        (3, 3, "The number of steps is 1, to reach partners, or 2, to reach theirs too, not 3."),
    ],
)
def test_a_number_that_means_nothing_is_refused(k: int, steps: int, said: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        multipliers(nx.path_graph(3), k=k, steps=steps)
    assert str(refused.value) == said
