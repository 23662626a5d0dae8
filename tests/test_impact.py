"""Impact: published removals, networkx as the reference, and what is told of an exit."""

from dataclasses import replace
from typing import Any

import networkx as nx
import polars as pl
import pytest
from hypothesis import given, settings

from graphmodel.analysis.scenarios.exits import losses, parts_without
from graphmodel.analysis.scenarios.impact import impact
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem
from tests import small
from tests.graphs import in_activities, karate, small_graphs


def names_without(graph: nx.Graph, name: str) -> list[list[str]]:
    """The parts that are left without one."""
    known = arrays(graph)
    return [[known.ids[node] for node in part] for part in parts_without(known, known.ids.index(name))]


def row(found: pl.DataFrame, id: str) -> dict[str, Any]:
    """The row of one organization."""
    return found.row(by_predicate=pl.col("id") == id, named=True)


def test_without_its_first_member_the_karate_club_falls_into_27_and_5_and_1() -> None:
    assert [len(part) for part in names_without(karate(), "1")] == [27, 5, 1]
    found = impact(in_activities(karate()), "1")
    assert found.table.select("cut_off", "parts", "ties", "partners_alone").row(0) == (6, 3, 16, 1)
    assert found.words[:4] == (
        "Without 1, 16 ties would go.",
        "1 partner has no other tie: 12.",
        "What it holds together would fall into 3 parts, of 27, 5 and 1.",
        "6 others would be cut off from the largest: 5 who stay together (11; 17; 5; 6; 7) and 1 without any tie.",
    )


def test_without_the_medici_florence_is_left_in_three_parts() -> None:
    first, *rest = names_without(nx.florentine_families_graph(), "Medici")
    assert (len(first), rest) == (11, [["Pazzi", "Salviati"], ["Acciaiuoli"]])


def test_the_exit_of_the_medici_would_cut_most_families_off() -> None:
    table = impact(in_activities(nx.florentine_families_graph())).table
    ranked = table.select("id", "cut_off", "parts").head(4).rows()
    assert ranked == [("Medici", 3, 3), ("Guadagni", 1, 2), ("Albizzi", 1, 2), ("Salviati", 1, 2)]


@given(small_graphs())
@settings(deadline=None)
def test_losses_are_what_networkx_finds_by_taking_each_node_out(graph: nx.Graph) -> None:
    known = arrays(graph)
    lost = {name: values.tolist() for name, values in losses(known).items()}
    for place, node in enumerate(known.ids):
        rest = graph.subgraph(set(graph) - {node})
        around = graph.subgraph(nx.node_connected_component(graph, node) - {node})
        parts = sorted((sorted(part) for part in nx.connected_components(around)), key=lambda part: (-len(part), part))
        assert lost["ties"][place] == graph.degree(node)
        assert lost["parts"][place] == len(parts)
        assert lost["cut_off"][place] == sum(map(len, parts[1:]))
        assert lost["partners_alone"][place] == sum(rest.degree(other) == 0 for other in graph[node])
        assert names_without(graph, node) == parts


def test_what_is_lost_is_counted_by_coverage_activities_and_ties() -> None:
    table = impact(small.partnerships()).table
    assert table["id"].to_list() == ["d", "b", "c", "e", "f", "a"]
    assert row(table, "c") == {
        "id": "c",
        "name": "Gamma",
        "cut_off": 0,
        "parts": 1,
        "ties": 2,
        "partners_alone": 0,
        "cells": 4,
        "cells_lost": 1,
        "activities": 3,
        "activities_ended": 1,
        "activities_alone": 2,
    }


def test_by_country_nobody_but_gamma_is_in_mali_for_culture() -> None:
    found = impact(small.partnerships(), "Gamma", level="country")
    assert found.table["lost_cells"].to_list() == [["Culture in Mali"]]
    assert impact(small.partnerships(), "Delta", level="country").table["cells_lost"].item() == 0


def test_an_exit_is_told_by_name() -> None:
    found = impact(small.partnerships(), "gamma")
    assert found.words == (
        "Without Gamma, 2 ties would go.",
        "Every partner has another tie.",
        "All that are connected through it would stay connected.",
        "Nobody else is active in 1 pair of area and region: Culture in Africa.",
        "Of its 3 activities, 1 would have nobody left: Libraries.",
        "Of its 3 activities, 2 would be left to one other: Teachers; Temples.",
    )
    lists = found.table.select("lost_cells", "lost_partners", "ended_activities", "alone_activities").row(0)
    assert lists == (["Culture in Africa"], [], ["Libraries"], ["Teachers", "Temples"])


def test_a_partner_by_agreement_alone_is_left_without_a_tie() -> None:
    found = impact(small.partnerships(), "Beta")
    assert found.table["lost_partners"].to_list() == [["Zeta"]]
    assert "1 partner has no other tie: Zeta." in found.words


def test_who_is_in_nothing_takes_nothing_along() -> None:
    assert impact(small.partnerships(), "Eta").words == (
        "Eta has no tie: nobody loses one.",
        "Eta takes part in no activity.",
    )


def test_the_ranking_says_whose_exit_takes_most() -> None:
    assert impact(small.partnerships()).words == (
        "2 of 6 organizations would cut others off by leaving: Beta (1) and Delta (1).",
        "2 of 6 organizations would leave partners without any tie: Beta (1) and Delta (1).",
        "1 of 6 organizations would leave a region with nobody on an area: Gamma (1).",
        "3 of 6 organizations would end activities in which nobody else takes part: "
        "Gamma (1), Epsilon (1) and Zeta (1).",
        "5 of 6 organizations would leave somebody alone in an activity, most of all "
        "Alpha (2), Gamma (2) and Delta (2).",
        "Not ranked: 1 organization without a tie or an activity, whose exit takes nothing.",
    )


def test_where_nobody_is_in_anything_nobody_is_ranked_and_that_is_said() -> None:
    in_nothing = small.partnerships(Selection(activities=()))
    found = impact(replace(in_nothing, agreements=in_nothing.agreements.clear()))
    assert found.table.is_empty()
    assert found.words == (
        "Nobody has a tie, so no exit cuts one.",
        "Not ranked: 7 organizations without a tie or an activity, whose exit takes nothing.",
    )


def test_of_activities_without_a_tie_the_ends_of_activities_are_told() -> None:
    alone = Partnerships(
        small.frame([("a", "x"), ("b", "y")], "organization", "activity"),
        small.frame([("a", "Alpha"), ("b", "Beta")], "id", "name"),
    )
    assert impact(alone).words[:2] == (
        "Nobody has a tie, so no exit cuts one.",
        "2 of 2 organizations would end activities in which nobody else takes part: Alpha (1) and Beta (1).",
    )


def test_several_groups_that_are_cut_off_are_named_each() -> None:
    hub = nx.Graph([("hub", "z"), ("hub", "a1"), ("hub", "b1"), ("hub", "c1")])
    for part in (("a1", "a2"), ("b1", "b2", "b3"), ("c1", "c2", "c3", "c4")):
        nx.add_path(hub, part)
    assert impact(in_activities(hub), "hub").words[3] == (
        "6 others would be cut off from the largest: 3 who stay together (b1; b2; b3), 2 who stay together (a1; a2) "
        "and 1 without any tie."
    )


def test_coverage_is_counted_by_the_kinds_that_are_known() -> None:
    found = impact(small.of_kinds("sector", "country"))
    assert found.table.filter(id="c")["cells"].item() > 0
    assert found.words[-2:] == (
        "By country: no region and no subregion is known.",
        "By sector: no field is known.",
    )
    assert "(kind country)" in found.method
    assert "(kind sector)" in found.method


def test_where_all_are_tied_to_each_other_no_exit_cuts_anybody_off() -> None:
    words = impact(in_activities(nx.complete_graph(4))).words
    assert words[:2] == (
        "No single exit would cut others off, whoever leaves.",
        "Every partner has another tie, whoever leaves.",
    )


def test_coverage_that_is_not_known_is_said_with_what_is_known_instead() -> None:
    assert impact(small.partnerships(), areas="goal").words[-1] == (
        'Coverage is not counted: no activity has both an area of kind "goal" and a region of kind "region". '
        "Possible here: --areas field, framework, segment; --level region, country."
    )
    assert impact(small.partnerships(known=Setting())).words[-1] == (
        'Coverage is not counted: no activity has both an area of kind "field" and a region of kind "region".'
    )


def test_nobody_at_all_gives_an_empty_table() -> None:
    found = impact(in_activities(nx.Graph()))
    assert found.table.is_empty()
    assert found.words[0] == "There is no organization, so nobody can leave."


def test_rows_in_any_order_give_the_same_table() -> None:
    given = small.partnerships()
    turned = small.backwards(given)
    assert impact(given).table.equals(impact(turned).table)
    assert impact(given, "d").words == impact(turned, "d").words


def test_an_organization_that_the_filter_leaves_out_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        impact(small.without("g"), "Eta")
    assert str(refused.value) == '"Eta" is left out by the filter: widen it, or name another organization.'
