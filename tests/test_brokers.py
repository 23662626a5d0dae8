"""Brokers: published values, networkx as the reference, and what is said of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, permutations
from typing import Any

import networkit as nk
import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.structure.articulation import cut_off, single_links
from graphmodel.analysis.structure.brokerage import bridge, bridged, roles
from graphmodel.analysis.structure.brokers import brokers
from graphmodel.analysis.structure.classes import classes
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.structure.holes import structural_holes
from graphmodel.analysis.structure.participation import external_internal, participation
from graphmodel.analysis.structure.shortest import betweenness
from graphmodel.analysis.structure.triangles import triangles
from graphmodel.errors import UsageProblem
from tests.graphs import weighted_graphs

BORGATTI = "AB2 AF3 AG5 AE2 EG8 FG3 BG4 BD1 DG3 GC10"
"""The example of Borgatti 1997, figure 1, each tie with a weight."""


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
    assert figures(borgatti(), "efficiency")["G"] == pytest.approx(0.78, abs=5e-3)


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
    club.remove_node(1)
    assert sorted(len(part) for part in nx.connected_components(club)) == [1, 5, 27]


def test_only_one_tie_of_the_karate_club_is_the_only_way_to_somebody() -> None:
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda node: node + 1)
    assert "1 tie is the only way from some to the others: 1 with 12." in brokers(club).words


@given(weighted_graphs())
def test_single_links_are_the_bridges_of_networkx(graph: nx.Graph) -> None:
    known = arrays(graph)
    expected = {frozenset(map(str, ends)) for ends in nx.bridges(graph)}
    assert {frozenset(known.ids[end] for end in ends) for ends in single_links(known)} == expected


def test_the_medici_are_the_brokers_of_florence() -> None:
    found = brokers(nx.florentine_families_graph())
    top = found.table.head(5)
    assert top["id"].to_list() == ["Medici", "Guadagni", "Albizzi", "Salviati", "Ridolfi"]
    assert top["betweenness"].to_list() == pytest.approx([0.5220, 0.2546, 0.2125, 0.1429, 0.1136], abs=1e-4)
    assert top["constraint"][0] == pytest.approx(0.2099, abs=5e-5)
    assert top["cut_off"][0] == 3
    assert found.words == (
        "Between most pairs of others (share of the shortest ways): Medici (0.522), Guadagni (0.255) and "
        "Albizzi (0.212).",
        "4 would cut others off by leaving, most of all Medici (3), Albizzi (1) and Guadagni (1).",
        "5 ties are the only way from some to the others.",
        "No organization's kind is known, so there are no brokerage roles.",
    )


@given(weighted_graphs())
def test_betweenness_is_that_of_networkx(graph: nx.Graph) -> None:
    expected = in_order(graph, nx.betweenness_centrality(graph))
    assert betweenness(arrays(graph)).tolist() == pytest.approx(expected, abs=1e-12)


@given(weighted_graphs(), st.sampled_from(("", "weight")))
def test_constraint_and_effective_size_are_those_of_networkx(graph: nx.Graph, weight: str) -> None:
    constraint, size, _ = structural_holes(arrays(graph, weight))
    # for all nodes at once, networkx 3.6 divides by the largest weight of the wrong end; node by node it does not
    expected = [of(graph, nodes=list(graph), weight=weight or None) for of in (nx.constraint, nx.effective_size)]
    assert constraint.tolist() == pytest.approx(in_order(graph, expected[0]), abs=1e-12, nan_ok=True)
    assert size.tolist() == pytest.approx(in_order(graph, expected[1]), abs=1e-12, nan_ok=True)


@given(weighted_graphs(), st.integers(1, 40))
def test_each_triangle_is_found_once_with_its_ties(graph: nx.Graph, wedges: int) -> None:
    network = arrays(graph)
    found = [
        (corners, sides)
        for some in triangles(network, wedges)
        for corners, sides in zip(zip(*some.corners, strict=True), zip(*some.sides, strict=True), strict=True)
    ]
    tied = set(zip(network.sources, network.targets, strict=True))
    every = combinations(range(len(graph)), 3)
    assert sorted(tuple(sorted(corners)) for corners, _ in found) == [
        three for three in every if set(combinations(three, 2)) <= tied
    ]
    for corners, sides in found:
        for left_out, side in enumerate(sides):
            ends = {corner for place, corner in enumerate(corners) if place != left_out}
            assert {network.sources[side], network.targets[side]} == ends


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
    assert table.columns == [
        "id", "name", "betweenness", "constraint", "effective_size", "efficiency", "degree", "cut_off",
        "class", "coordinator", "gatekeeper", "itinerant", "liaison", "bridged", "participation", "external_internal",
    ]  # fmt: skip
    assert table.select(table.columns[:8]).rows() == [
        ("hub", "The Hub", 1.0, 1 / 3, 3.0, 1.0, 3, 2),
        ("a", "a", 0.0, 1.0, 1.0, 1.0, 1, 0),
        ("b", "b", 0.0, 1.0, 1.0, 1.0, 1, 0),
        ("c", "c", 0.0, 1.0, 1.0, 1.0, 1, 0),
    ]


def test_without_a_tie_constraint_is_not_defined_and_this_is_said() -> None:
    graph = nx.Graph([("a", "b")])
    graph.add_node("c")
    found = brokers(graph)
    row = found.table.row(by_predicate=pl.col("id") == "c", named=True)
    assert [row[name] for name in ("constraint", "effective_size", "efficiency", "degree")] == [None, None, None, 0]
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


def office() -> nx.Graph:
    """Two agencies of the UN, four NGOs and a fund; the desk of the UN is tied to all but nobody ties the others.

    Only the NGOs b and c are tied to each other, and a to the second agency as well.
    """
    graph = nx.Graph([("desk", other) for other in ("agency", "a", "b", "c", "d", "fund")])
    graph.add_edges_from([("b", "c"), ("a", "agency")])
    kinds = {"desk": "un", "agency": "un", "fund": "fund", **dict.fromkeys("abcd", "ngo")}
    nx.set_node_attributes(graph, kinds, "kind")
    nx.set_node_attributes(graph, {"desk": "The Desk", "a": "Alpha"}, "name")
    return graph


def row(graph: nx.Graph, id: str, **options: Any) -> dict[str, Any]:
    """The row of one organization."""
    return brokers(graph, **options).table.row(by_predicate=pl.col("id") == id, named=True)


def test_roles_are_the_pairs_that_are_not_tied_by_kind() -> None:
    desk = row(office(), "desk")
    # the agency with b, c, d and the fund; six pairs of NGOs less one that is tied; each of four NGOs with the fund
    assert (desk["coordinator"], desk["gatekeeper"], desk["itinerant"], desk["liaison"]) == (0, 4, 5, 4)
    assert desk["bridged"] == 8
    assert row(office(), "a")["coordinator"] == row(office(), "b")["liaison"] == 0


def test_two_of_its_own_kind_make_a_coordinator() -> None:
    graph = nx.path_graph(["a", "b", "c"])
    nx.set_node_attributes(graph, "ngo", "kind")
    found = row(graph, "b")
    assert (found["coordinator"], found["gatekeeper"], found["bridged"], found["external_internal"]) == (1, 0, 0, -1.0)


def test_words_say_who_bridges_whom_and_for_how_many_pairs_nobody_else_does() -> None:
    words = brokers(office()).words
    assert words[3] == (
        "The Desk bridges fund and ngo: 4 pairs of one each, not partners themselves, both work with it, "
        "4 of these with nobody else in common."
    )
    assert words[4:] == (
        "Most pairs as gatekeeper, between one of its own kind and one of another kind: The Desk (4).",
        "Most pairs as itinerant, between two of one kind, not its own: The Desk (5).",
        "Most pairs as liaison, between two that differ in kind from each other and from it: The Desk (4).",
        "Of 7 with a kind, 0 have partners of their own only, 3 of others only.",
    )


def test_a_bridge_between_two_kinds_can_be_asked_for() -> None:
    graph = office()
    graph.add_edges_from([("x", "agency"), ("x", "d")])
    found = brokers(graph, between=("un", "ngo"))
    assert found.table["id"].to_list()[:2] == ["desk", "x"]
    assert found.table["bridged"].to_list()[:3] == [3, 1, 0]
    assert found.words[3:5] == (
        "The Desk bridges ngo and un: 3 pairs of one each, not partners themselves, both work with it, "
        "2 of these with nobody else in common.",
        "x bridges ngo and un: 1 pair of one each, not partners themselves, both work with it, "
        "0 of these with nobody else in common.",
    )
    assert "Without a kind, and so in no role: 1." in found.words


def test_where_nobody_bridges_the_two_this_is_said() -> None:
    graph = nx.Graph([("a", "b")])
    nx.set_node_attributes(graph, {"a": "ngo", "b": "un"}, "kind")
    assert brokers(graph, between=("ngo", "un")).words[3] == (
        "Nobody bridges ngo and un: no two of them share a partner without being partners."
    )


def test_who_states_no_kind_is_in_no_pair_and_has_no_role() -> None:
    graph = office()
    del graph.nodes["d"]["kind"]
    desk, nobody = row(graph, "desk"), row(graph, "d")
    assert (desk["gatekeeper"], desk["itinerant"], desk["liaison"], desk["participation"]) == (3, 2, 3, 1 - 11 / 25)
    assert [nobody[name] for name in ("class", "coordinator", "bridged", "external_internal")] == [None] * 4
    assert nobody["participation"] == 0.0
    assert "Without a kind, and so in no role: 1." in brokers(graph).words


def test_roles_can_be_by_country_and_by_community() -> None:
    graph = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    graph.add_edge(0, 4)
    nx.set_node_attributes(graph, {node: "KE" if node < 4 else "PE" for node in graph}, "country")
    by_country, by_community = (row(graph, "0", by=by) for by in ("country", "community"))
    assert by_country["class"] == "KE"
    assert by_community["class"] == "Group 1"
    for found in (by_country, by_community):
        assert (found["gatekeeper"], found["liaison"], found["participation"]) == (3, 0, 1 - (9 + 1) / 16)
        assert found["external_internal"] == (1 - 3) / 4


@st.composite
def mixed_graphs(draw: st.DrawFn) -> nx.Graph:
    """Graphs of up to 9 nodes of three kinds, some of which state none."""
    graph: nx.Graph = nx.gnm_random_graph(
        draw(st.integers(1, 9)), draw(st.integers(0, 25)), seed=draw(st.integers(0, 1000))
    )
    for node in graph:
        if kind := draw(st.sampled_from(["ngo", "un", "fund", None])):
            graph.nodes[node]["kind"] = kind
    return graph


def open_pairs(graph: nx.Graph, broker: int) -> Iterator[tuple[int, int]]:
    """Contacts of a broker, in either order, that are not tied to each other."""
    return (pair for pair in permutations(graph[broker], 2) if not graph.has_edge(*pair))


def role(one: str, broker: str, other: str) -> str:
    """The role of Gould and Fernandez in which a broker stands from one to the other, by their kinds."""
    if one == broker == other:
        return "coordinator"
    if one == other:
        return "itinerant"
    return "representative" if one == broker else "gatekeeper" if other == broker else "liaison"


@given(mixed_graphs())
@settings(deadline=None)
def test_roles_are_those_of_gould_and_fernandez_on_ordered_pairs(graph: nx.Graph) -> None:
    found = roles(arrays(graph), classes(graph))
    kinds = dict(graph.nodes(data="kind"))
    for broker in graph:
        counts = (found.coordinator[broker], found.gatekeeper[broker], found.itinerant[broker], found.liaison[broker])
        if not kinds[broker]:
            assert counts == (-1, -1, -1, -1)
            continue
        pairs = [(one, other) for one, other in open_pairs(graph, broker) if kinds[one] and kinds[other]]
        expected = Counter(role(kinds[one], kinds[broker], kinds[other]) for one, other in pairs)
        assert expected["gatekeeper"] == expected["representative"] == counts[1]
        assert [expected[name] for name in ("coordinator", "itinerant", "liaison")] == [
            2 * count for count in (counts[0], counts[2], counts[3])
        ]
        assert len(pairs) == 2 * sum(counts)


@given(mixed_graphs())
@settings(deadline=None)
def test_bridges_are_the_open_pairs_of_two_kinds(graph: nx.Graph) -> None:
    told_apart, kinds = classes(graph), dict(graph.nodes(data="kind"))
    for one, other in combinations(told_apart.names, 2):
        counts = bridged(arrays(graph), told_apart, (one, other))
        for broker in graph:
            pairs = [pair for pair in open_pairs(graph, broker) if (kinds[pair[0]], kinds[pair[1]]) == (one, other)]
            only = [pair for pair in pairs if len(list(nx.common_neighbors(graph, *pair))) == 1]
            found = bridge(arrays(graph), told_apart, broker, (one, other))
            assert counts[broker] == len(pairs)
            assert (found.pairs, found.only) == (len(pairs), len(only)) if found else not pairs


@given(mixed_graphs())
@settings(deadline=None)
def test_participation_and_the_index_of_outward_ties_are_their_formulas(graph: nx.Graph) -> None:
    told_apart, kinds = classes(graph), dict(graph.nodes(data="kind"))
    spread, outward = participation(arrays(graph), told_apart), external_internal(arrays(graph), told_apart)
    for node in graph:
        of = [kinds[other] for other in graph[node] if kinds[other]]
        expected = 1 - sum((count / len(of)) ** 2 for count in Counter(of).values()) if of else float("nan")
        assert spread[node] == pytest.approx(expected, nan_ok=True)
        own = of.count(kinds[node])
        index = (len(of) - 2 * own) / len(of) if of and kinds[node] else float("nan")
        assert outward[node] == pytest.approx(index, nan_ok=True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "knd"}, 'No organization states its "knd"; there are: kind, community. Did you mean "kind"?'),
        (
            {"by": "regions"},
            '"regions" is not one text for each organization: name another, such as kind or country.',
        ),
        (
            {"between": ("ngo",)},
            "A bridge is between two: give --between twice, such as --between ngo --between fund.",
        ),
        (
            {"between": ("ngo", "ngo")},
            "A bridge is between two: give --between twice, such as --between ngo --between fund.",
        ),
        (
            {"between": ("ngo", "unn")},
            'No organization belongs to "unn"; there are: fund, ngo, un. Did you mean "un"?',
        ),
    ],
)
def test_classes_that_are_not_there_are_refused(options: dict[str, Any], message: str) -> None:
    graph = office()
    graph.nodes["a"]["regions"] = ["Africa"]
    with pytest.raises(UsageProblem) as refused:
        brokers(graph, **options)
    assert str(refused.value) == message


def test_a_network_that_is_nearly_complete_is_called_so() -> None:
    assert brokers(nx.complete_graph(5)).words[-1] == (
        "10 of 10 pairs are tied: where nearly all are tied to each other, their places hardly differ."
    )
