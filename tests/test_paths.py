"""Paths: networkx as the reference, brute force for the order, and what is told of the routes."""

from itertools import pairwise

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.scenarios.paths import paths
from graphmodel.analysis.scenarios.routes import independent, needed, number_of_shortest, rows, shortest_routes
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from tests import small
from tests.graphs import in_activities, karate, small_graphs


@st.composite
def weighted_graphs(draw: st.DrawFn) -> nx.Graph:
    """Small graphs whose ties weigh 0 to 3."""
    graph = draw(small_graphs())
    for ends in graph.edges():
        graph.edges[ends]["weight"] = float(draw(st.integers(0, 3)))
    return graph


def told(found: Finding) -> list[list[str]]:
    """The names along each route."""
    steps = found.table.group_by("route", maintain_order=True).agg("source_name", pl.col("target_name").last())
    return [[*sources, target] for _, sources, target in steps.rows()]


def rank(graph: nx.Graph, route: list[str]) -> tuple[int, float, list[str]]:
    """What the order of routes goes by."""
    return len(route), -min(graph.edges[tie]["weight"] for tie in pairwise(route)), route


@given(weighted_graphs(), st.integers(1, 12))
@settings(deadline=None)
def test_the_routes_are_the_best_of_all_simple_paths(graph: nx.Graph, number: int) -> None:
    known = arrays(graph, "weight")
    found = shortest_routes(rows(known), 0, 1, number)
    every = sorted(nx.all_simple_paths(graph, "a", "b"), key=lambda route: rank(graph, route))
    assert [[known.ids[node] for node in route] for route in found] == every[:number]


@given(small_graphs())
@settings(deadline=None)
def test_independent_routes_are_counted_as_networkx_does(graph: nx.Graph) -> None:
    known = arrays(graph)
    apart = graph.copy()
    apart.remove_edges_from([("a", "b")])
    direct = graph.number_of_edges() - apart.number_of_edges()
    assert independent(known, 0, 1) == direct + nx.node_connectivity(apart, "a", "b")


@given(small_graphs())
@settings(deadline=None)
def test_those_on_all_routes_are_those_without_whom_there_is_none(graph: nx.Graph) -> None:
    known = arrays(graph)
    for route in shortest_routes(rows(known), 0, 1, 1):
        every = list(nx.all_simple_paths(graph, "a", "b"))
        on_all = {node for node in set(graph) - {"a", "b"} if all(node in other for other in every)}
        assert {known.ids[node] for node in needed(rows(known), route)} == on_all
        assert number_of_shortest(rows(known), 0, 1) == len(list(nx.all_shortest_paths(graph, "a", "b")))


def test_two_members_of_the_karate_club_have_as_many_independent_routes_as_networkx_finds() -> None:
    club = karate()
    known = arrays(club)
    assert independent(known, known.ids.index("1"), known.ids.index("34")) == nx.node_connectivity(club, 1, 34) == 6


def test_the_pazzi_reach_the_acciaiuoli_only_by_the_salviati_and_the_medici() -> None:
    found = paths(in_activities(nx.florentine_families_graph()), "Pazzi", "Acciaiuoli")
    assert told(found) == [["Pazzi", "Salviati", "Medici", "Acciaiuoli"]]
    assert found.words == (
        "The shortest route takes 3 steps: Pazzi - Salviati - Medici - Acciaiuoli.",
        "All routes lead through Salviati and Medici: without any one of them they would not be connected.",
    )


def test_each_step_names_the_latest_activities_behind_it() -> None:
    found = paths(small.partnerships(), "Alpha", "Epsilon", routes=2)
    columns = ("route", "step", "source_name", "target_name", "shared", "activities", "first", "last", "basis")
    assert found.table.select(columns).rows() == [
        (1, 1, "Alpha", "Delta", 1, ["Schools (2015 to 2018)"], 2015, 2018, "shared"),
        (1, 2, "Delta", "Epsilon", 1, ["Clinics (2016 to 2019)"], 2016, 2019, "shared"),
        (2, 1, "Alpha", "Beta", 2, ["Radio (2018 to 2021)", "Schools (2015 to 2018)"], 2015, 2021, "shared"),
        (2, 2, "Beta", "Delta", 1, ["Schools (2015 to 2018)"], 2015, 2018, "shared"),
        (2, 3, "Delta", "Epsilon", 1, ["Clinics (2016 to 2019)"], 2016, 2019, "shared"),
    ]


def test_of_routes_as_short_the_one_whose_weakest_tie_is_strongest_comes_first() -> None:
    pairs = [("a", "c", 2), ("c", "d", 2), ("a", "b", 3), ("b", "d", 1)]
    took_part = [
        (who, f"{one}{other}{number}") for one, other, times in pairs for number in range(times) for who in one + other
    ]
    given = Partnerships(
        pl.DataFrame(took_part, schema=["organization", "activity"], orient="row"),
        pl.DataFrame({"id": list("abcd"), "name": list("abcd")}),
    )
    found = paths(given, "a", "d")
    assert told(found) == [["a", "c", "d"], ["a", "b", "d"]]
    assert found.words[0] == "2 routes of 2 steps are the shortest; the strongest is a - c - d."


def test_a_direct_tie_is_told_with_its_activities_and_what_is_left_without_it() -> None:
    assert paths(small.partnerships(), "Alpha", "Beta").words == (
        "Alpha and Beta are tied directly, by 2 activities: Radio (2018 to 2021); Schools (2015 to 2018).",
        "Without that tie they would stay connected: 1 other route does not need it.",
    )


def test_a_formal_tie_shares_no_activity() -> None:
    found = paths(small.partnerships(), "Zeta", "Beta")
    assert found.table.select("shared", "activities", "basis").rows() == [(0, [], "formal")]
    assert found.words == (
        "Zeta and Beta are tied directly, by a formal agreement only.",
        "Without that tie no route would be left.",
    )


def test_two_that_are_not_connected_are_told_with_whom_each_is() -> None:
    found = paths(small.partnerships(), "Eta", "Alpha")
    assert found.table.is_empty()
    assert found.words == (
        "Eta and Alpha are not connected: no route leads from one to the other.",
        "Eta has no tie.",
        "Alpha is connected with 5 others: Beta, Delta, Epsilon, Gamma and Zeta.",
    )


def test_independent_routes_say_how_many_would_have_to_leave() -> None:
    words = paths(in_activities(nx.cycle_graph(4)), "0", "2").words
    assert words == (
        "2 routes of 2 steps are the shortest; the strongest is 0 - 1 - 2.",
        "2 routes are independent, with nobody in common: to part the two, at least 2 others would have to leave.",
    )


def test_rows_in_any_order_give_the_same_table() -> None:
    given = small.partnerships()
    turned = small.backwards(given)
    assert paths(given, "c", "f").table.equals(paths(turned, "c", "f").table)


@pytest.mark.parametrize(
    ("start", "end", "routes", "message"),
    [
        ("Alpha", "a", 5, "Alpha is both the start and the end: name two organizations."),
        ("Alpha", "Beta", 0, "At least 1 route is to be listed."),
        ("Alpha", "Bta", 5, 'There is no Organization "Bta". Did you mean "Beta"?'),
    ],
)
def test_ends_that_mean_nothing_are_refused(start: str, end: str, routes: int, message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        paths(small.partnerships(), start, end, routes=routes)
    assert str(refused.value) == message


def test_an_end_that_the_filter_leaves_out_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        paths(small.without("b"), "Alpha", "Beta")
    assert str(refused.value) == '"Beta" is left out by the filter: widen it, or name another organization.'
