"""Overlap: who is in the same cells of the small network and never worked together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import polars as pl
import pytest

from graphmodel.analysis.coverage.cells import pairs_of_all
from graphmodel.analysis.coverage.coverage import done
from graphmodel.analysis.coverage.overlap import overlap
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem
from tests import data, small


def pairs(table: pl.DataFrame) -> list[tuple[str, str]]:
    """The pairs in the order of the table."""
    return list(table.select("source_name", "target_name").iter_rows())


def test_two_pairs_are_side_by_side_and_never_worked_together() -> None:
    table = overlap(small.partnerships(), level="country").table
    assert pairs(table) == [("Epsilon", "Zeta"), ("Beta", "Gamma")]
    assert table["cells"].to_list() == [["Health in Nepal"], ["Education in Mali"]]
    assert table["common"].to_list() == [1, 1]


def test_jaccard_is_cells_in_common_over_the_cells_of_either() -> None:
    # Epsilon is in 2 cells, Zeta in 1; Beta in 2, Gamma in 4
    assert overlap(small.partnerships(), level="country").table["jaccard"].to_list() == [1 / 2, 1 / 5]


def test_beta_and_gamma_have_alpha_and_delta_in_common() -> None:
    table = overlap(small.partnerships(), level="country").table
    assert table["partners"].to_list() == [[], ["Alpha", "Delta"]]
    assert table["common_partners"].to_list() == [0, 2]


def test_pairs_with_one_organization_have_it_as_the_source() -> None:
    table = overlap(small.partnerships(), "gamma", level="country").table
    assert pairs(table) == [("Gamma", "Beta")]


def test_all_pairs_are_those_of_every_organization_alone() -> None:
    network = small.partnerships()
    alone = [overlap(network, id).table for id in small.ORGANIZATIONS]
    ends = {(*sorted(row[:2]), *row[2:]) for one in alone for row in figures(one)}
    assert ends == set(figures(overlap(network).table))


def figures(table: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Ends and figures of each pair."""
    return list(table.select("source", "target", "common", "jaccard", "common_partners").iter_rows())


def test_never_together_means_at_any_time_and_anywhere() -> None:
    # within these two activities Alpha and Gamma meet in no cell's activity, but they did in Nepal
    apart = small.partnerships(Selection(activities={"radio", "libraries"}))
    assert pairs(overlap(apart, level="country").table) == [("Beta", "Gamma")]


def test_declared_cells_overlap_too() -> None:
    known = small.setting()
    both = replace(known, works_in=small.frame([("a", "KE"), ("c", "KE")], "organization", "region"))
    both = replace(
        both, competent_in=small.frame([("c", "health"), ("g", "health")], "organization", "competence_area")
    )
    both = replace(both, works_in=pl.concat([both.works_in, small.frame([("g", "KE")], "organization", "region")]))
    network = small.partnerships(known=both)
    assert pairs(overlap(network, level="country", by="declared").table) == [("Gamma", "Eta")]
    # Delta and Epsilon are on health in Kenya by what they do; Delta has worked with Gamma
    either = pairs(overlap(network, level="country", by="either").table)
    assert {("Gamma", "Eta"), ("Delta", "Eta"), ("Epsilon", "Eta"), ("Gamma", "Epsilon")} <= set(either)
    assert ("Gamma", "Delta") not in either


def test_only_the_first_pairs_are_listed_and_that_is_said() -> None:
    found = overlap(small.partnerships(), level="country", most=1)
    assert pairs(found.table) == [("Epsilon", "Zeta")]
    assert found.words[-1] == "Listed are the first 1."
    assert overlap(small.partnerships(), level="country", most=0).table.height == 2


def test_a_place_or_a_subject_narrows_the_cells() -> None:
    network = small.partnerships()
    assert pairs(overlap(network, level="country", region=("Africa",)).table) == [("Beta", "Gamma")]
    assert pairs(overlap(network, level="country", competence=("health",)).table) == [("Epsilon", "Zeta")]


def test_the_words_say_where_they_meet_and_who_could_introduce_them() -> None:
    assert overlap(small.partnerships(), level="country").words == (
        "8 pairs of organizations are in the same country on the same field; 2 (25%) never worked together.",
        "Epsilon and Zeta: Health in Nepal; no partner in common.",
        "Beta and Gamma: Education in Mali; both have worked with Alpha and Delta.",
        "Most often in such a pair: Beta (1), Gamma (1) and Epsilon (1).",
    )
    assert overlap(small.partnerships(), "Beta").words == (
        "3 organizations are in the same region on the same field as Beta; it has never worked with 1 of them.",
        "Gamma: Education in Africa; both have worked with Alpha and Delta.",
    )


@pytest.mark.parametrize(
    ("organization", "areas", "said"),
    [
        ("Eta", "field", "Eta is in no region on a field: nothing can overlap."),
        ("Alpha", "framework", "Alpha is in no region on a framework: nothing can overlap."),
        (
            "",
            "framework",
            "1 pair of organizations is in the same region on the same framework; 0 never worked together.",
        ),
    ],
)
def test_where_nothing_overlaps_that_is_said(organization: str, areas: Any, said: str) -> None:
    found = overlap(small.partnerships(), organization, areas=areas)
    assert found.table.is_empty()
    assert found.words == (said,)


def test_an_organization_that_the_filter_leaves_out_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        overlap(small.without("b"), "beta")
    assert str(refused.value) == '"beta" is left out by the filter: widen it, or name another organization.'


def test_without_a_kind_the_first_that_is_known_is_taken_and_said() -> None:
    given = small.of_kinds("framework", "country")
    found, asked = overlap(given), overlap(given, areas="framework", level="country")
    assert found.table.equals(asked.table)
    assert not found.table.is_empty()
    assert found.words == (
        "By country: no region and no subregion is known.",
        "By framework: no field, no sector and no goal is known.",
        *asked.words,
    )


def test_too_many_pairs_are_refused_before_any_is_made() -> None:
    rows = [(id, "KE", "health") for id in "abcd"]
    active = small.frame(rows, "organization", "region", "area")
    with pytest.raises(UsageProblem) as refused:
        pairs_of_all(active, limit=5)
    assert str(refused.value) == (
        "The organizations in the same cells make up to 6 pairs, more than the limit of 5. Name one organization, or "
        "narrow down by region, competence or kind."
    )


def test_a_negative_number_of_pairs_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        overlap(small.partnerships(), most=-1)
    assert str(refused.value) == "The number of pairs to list is 1 or more, or 0 for all, not -1."


def test_pairs_and_partners_are_those_of_networkx() -> None:
    network = small.partnerships()
    ties = nx.Graph(network.ties.select("source", "target").iter_rows())
    ties.add_nodes_from(small.ORGANIZATIONS)
    cells: dict[str, set[tuple[str, str]]] = {id: set() for id in small.ORGANIZATIONS}
    for organization, _, region, area in done(network, "region", "field").iter_rows():
        cells[organization].add((region, area))
    expected = [
        (a, b, len(cells[a] & cells[b]), len(cells[a] & cells[b]) / len(cells[a] | cells[b]), shared(ties, (a, b)))
        for a, b in combinations(small.ORGANIZATIONS, 2)
        if cells[a] & cells[b] and not ties.has_edge(a, b)
    ]
    assert sorted(figures(overlap(network).table)) == expected


def shared(ties: nx.Graph, pair: Sequence[str]) -> int:
    """The number of common neighbours."""
    return len(list(nx.common_neighbors(ties, *pair)))


def test_the_projects_of_the_environment_facility_give_the_same_in_any_order() -> None:
    rows = data.gef()
    area = pl.DataFrame({"activity": rows["activity"].unique().sort()})
    known = small.setting()
    setting = replace(
        known,
        took_place_in=area.with_columns(region=pl.lit("KE")),
        addresses=area.with_columns(competence_area=pl.lit("health")),
    )
    names = rows.select(pl.col("organization").alias("id"), pl.col("organization").alias("name")).unique()
    network = replace(small.partnerships(), participations=rows, organizations=names, read=lambda: setting)
    found = overlap(network, level="country")
    # all 769 are in one cell, and 1,075 pairs have worked together
    assert found.words[0].startswith(
        "295,296 pairs of organizations are in the same country on the same field; 294,221 "
    )
    turned = replace(network, participations=rows.reverse(), organizations=names.reverse())
    assert overlap(turned, level="country").table.equals(found.table)
