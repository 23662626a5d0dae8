"""The networkx graph that analyses, maps and exports share."""

from typing import Any

import networkx as nx
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analysis.ties.alliances import activities_of, degrees, ties
from graphmodel.errors import UsageProblem
from graphmodel.network import network, profiles, rows_to_network
from tests.data import davis

ORGANIZATIONS = pl.DataFrame(
    {
        "id": ["c", "b", "a"],
        "name": ["Gamma", "Beta", "Alpha"],
        "kind": ["ngo", None, "fund"],
        "founded": [1945, None, None],
        "latitude": [48.85, None, 0.0],
    }
)
TIES = pl.DataFrame(
    {
        "source": ["a", "a"],
        "target": ["b", "z"],
        "shared": [2, 0],
        "strength": [1.5, 0.0],
        "first": [2012, None],
        "basis": ["shared", "formal"],
    }
)


def content(graph: nx.Graph) -> tuple[list[Any], list[Any]]:
    """All nodes and ties with their attributes, in the graph's order."""
    return list(graph.nodes(data=True)), list(graph.edges(data=True))


def test_nodes_are_sorted_and_carry_what_is_known_of_them() -> None:
    assert list(network(TIES, ORGANIZATIONS).nodes(data=True)) == [
        ("a", {"name": "Alpha", "kind": "fund", "latitude": 0.0}),
        ("b", {"name": "Beta"}),
        ("z", {"name": "z"}),
    ]


def test_ties_carry_their_figures_and_a_weight_of_at_least_one() -> None:
    assert list(network(TIES, ORGANIZATIONS).edges(data=True)) == [
        ("a", "b", {"shared": 2, "strength": 1.5, "first": 2012, "basis": "shared", "weight": 2.0}),
        ("a", "z", {"shared": 0, "strength": 0.0, "basis": "formal", "weight": 1.0}),
    ]


def test_who_has_no_tie_is_in_only_when_asked_for() -> None:
    assert "c" not in network(TIES, ORGANIZATIONS)
    assert dict(network(TIES, ORGANIZATIONS, isolates=True).degree) == {"a": 2, "b": 1, "c": 0, "z": 1}


def test_a_network_without_ties_holds_the_isolates() -> None:
    assert list(network(TIES.head(0), ORGANIZATIONS)) == []
    assert list(network(TIES.head(0), ORGANIZATIONS, isolates=True)) == ["a", "b", "c"]


def test_each_tie_lists_its_activities_sorted() -> None:
    rows = pl.DataFrame({"source": ["a", "a"], "target": ["b", "b"], "activity": ["y", "x"]})
    made = network(TIES, ORGANIZATIONS, activities=rows)
    assert made.edges["a", "b"]["activities"] == ["x", "y"]
    assert "activities" not in made.edges["a", "z"]


def test_the_order_of_ties_and_organizations_does_not_matter() -> None:
    shuffled = network(TIES.reverse(), ORGANIZATIONS.reverse(), isolates=True)
    assert content(shuffled) == content(network(TIES, ORGANIZATIONS, isolates=True))


def test_the_frames_are_not_changed() -> None:
    before = TIES.clone(), ORGANIZATIONS.clone()
    network(TIES, ORGANIZATIONS)
    assert TIES.equals(before[0])
    assert ORGANIZATIONS.equals(before[1])


def test_profiles_add_regions_areas_and_number_of_activities() -> None:
    regions = pl.DataFrame({"organization": ["a", "a", "a"], "name": ["Kenya", "Africa", "Kenya"]})
    areas = pl.DataFrame({"organization": ["c"], "name": ["culture"]})
    counts = pl.DataFrame({"organization": ["a"], "activities": [4]})
    known = profiles(ORGANIZATIONS.select("id", "name"), regions=regions, competence_areas=areas, degrees=counts)
    assert known.rows() == [
        ("c", "Gamma", None, ["culture"], 0),
        ("b", "Beta", None, None, 0),
        ("a", "Alpha", ["Africa", "Kenya"], None, 4),
    ]


def test_what_a_profile_does_not_know_is_no_attribute_of_the_node() -> None:
    regions = pl.DataFrame({"organization": ["a", "b"], "name": ["Africa", None]})
    made = network(TIES, profiles(ORGANIZATIONS.select("id", "name"), regions=regions))
    assert made.nodes["a"] == {"name": "Alpha", "regions": ["Africa"]}
    assert made.nodes["b"] == {"name": "Beta"}


def test_the_davis_network_agrees_with_the_projection_of_networkx() -> None:
    rows = davis()
    tied = ties(rows)
    women = rows.select(id="organization", name="organization").unique()
    made = network(tied, profiles(women, degrees=degrees(rows)), activities=activities_of(rows, tied))
    reference = nx.bipartite.weighted_projected_graph(nx.davis_southern_women_graph(), list(made))
    assert {frozenset(ends): made.edges[ends]["weight"] for ends in made.edges} == {
        frozenset(ends): reference.edges[ends]["weight"] for ends in reference.edges
    }
    assert all(len(tie["activities"]) == tie["shared"] for _, _, tie in made.edges(data=True))
    assert made.nodes["Evelyn Jefferson"]["activities"] == 8


def test_rows_of_a_query_make_a_network() -> None:
    rows = [
        {
            "source": "b",
            "source_name": "Beta",
            "target": "a",
            "target_name": "Alpha",
            "weight": 3,
            "since": 2012,
        },
        {
            "source": "b",
            "source_name": "Beta",
            "target": 7,
            "target_name": None,
            "weight": None,
            "since": None,
        },
    ]
    assert content(rows_to_network(rows)) == (
        [("7", {"name": "7"}), ("a", {"name": "Alpha"}), ("b", {"name": "Beta"})],
        [("7", "b", {"weight": 1.0}), ("a", "b", {"since": 2012, "weight": 3.0})],
    )


def test_rows_may_come_as_a_frame() -> None:
    frame = TIES.select("source", "target", weight="strength").head(1)
    assert content(rows_to_network(frame)) == content(rows_to_network(frame.to_dicts()))


def test_several_rows_of_a_pair_make_one_tie_of_their_weights_together() -> None:
    rows = [
        {"source": "a", "target": "b", "weight": 2, "activity": "x"},
        {"source": "b", "target": "a", "weight": 0.5, "activity": "y"},
    ]
    assert list(rows_to_network(rows).edges(data=True)) == [("a", "b", {"activity": "x", "weight": 2.5})]


def test_a_row_with_one_end_or_twice_the_same_makes_a_node_and_no_tie() -> None:
    rows: list[dict[str, Any]] = [
        {"source": "a", "target": None},
        {"source": "b", "target": "b"},
        {"source": None, "target": None},
    ]
    made = rows_to_network(rows)
    assert (list(made), made.size()) == (["a", "b"], 0)


def test_nodes_of_a_query_that_are_organizations_are_described() -> None:
    rows = [{"source": "c", "target": "forum"}]
    assert rows_to_network(rows, ORGANIZATIONS).nodes["c"] == {
        "name": "Gamma",
        "kind": "ngo",
        "founded": 1945,
        "latitude": 48.85,
    }


def test_no_rows_make_an_empty_network() -> None:
    assert len(rows_to_network([])) == 0


def test_rows_without_ends_are_refused_with_the_way_out() -> None:
    with pytest.raises(UsageProblem) as refused:
        rows_to_network([{"from": "a", "targets": "b", "source": "c"}])
    assert str(refused.value) == (
        'A network needs the columns "source" and "target"; these rows hold from, source, targets. '
        'Did you mean "targets"? Return the ids of the two ends under these names.'
    )


@pytest.mark.parametrize("weight", ["two", -1, 0, float("nan"), float("inf"), True])
def test_a_weight_that_is_no_number_above_0_is_refused(weight: Any) -> None:
    with pytest.raises(UsageProblem) as refused:
        rows_to_network([{"source": "a", "target": "b", "weight": weight}])
    assert str(refused.value) == (f'The column "weight" holds {weight!r}: return a number above 0, or another name.')


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(1, 9))))
def test_weights_of_rows_add_up_whatever_their_order(rows: list[tuple[str, str, int]]) -> None:
    records = [{"source": source, "target": target, "weight": weight} for source, target, weight in rows]
    made = rows_to_network(records)
    assert content(made) == content(rows_to_network(records[::-1]))
    assert made.size(weight="weight") == sum(weight for source, target, weight in rows if source != target)
    assert set(made) == {end for source, target, _ in rows for end in (source, target)}
