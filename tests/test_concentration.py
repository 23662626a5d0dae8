"""Concentration: shares of the small network, to be checked by hand."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analysis.coverage.concentration import concentration
from graphmodel.analysis.coverage.holdings import holdings
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem
from tests import small


def row(table: pl.DataFrame, **where: str) -> dict[str, Any]:
    """The row of these ids."""
    (found,) = table.filter(**where).to_dicts()
    return found


def test_africa_has_eight_participations_of_five_organizations() -> None:
    # schools 3, clinics 2, radio 2, libraries 1: Alpha, Beta and Delta twice, Epsilon and Gamma once
    africa = row(concentration(small.partnerships()).table, region="africa")
    assert (africa["organizations"], africa["activities"], africa["participations"]) == (5, 4, 8)
    assert africa["herfindahl"] == pytest.approx((4 + 4 + 4 + 1 + 1) / 64)
    assert africa["effective"] == pytest.approx(64 / 14)
    assert africa["top_three"] == pytest.approx(6 / 8)
    assert africa["leaders"] == ["Alpha", "Beta", "Delta"]
    assert (africa["largest"], africa["largest_name"], africa["largest_share"]) == ("a", "Alpha", 2 / 8)


def test_a_single_provider_has_an_index_of_one() -> None:
    table = concentration(small.partnerships(), level="country", areas="field").table
    mali = row(table, region="ML", area="culture")
    assert (mali["herfindahl"], mali["effective"], mali["top_three"], mali["largest_name"]) == (1, 1, 1, "Gamma")
    assert table.row(0, named=True)["area_name"] == "Culture"


def test_equal_shares_of_three_have_an_index_of_a_third() -> None:
    mali = row(concentration(small.partnerships(), level="country").table, region="ML")
    assert mali["herfindahl"] == pytest.approx(1 / 3)
    assert mali["effective"] == 3


def test_an_area_makes_a_row_where_no_level_is_asked_for() -> None:
    table = concentration(small.partnerships(), level="none", areas="segment").table
    assert table.select("area_name", "organizations", "participations").rows() == [("Young people", 2, 3)]
    assert "region" not in table.columns


def test_what_makes_no_row_narrows_the_activities_down() -> None:
    by_field = concentration(small.partnerships(), level="none", areas="field", region=("Mali",)).table
    assert by_field.select("area", "participations").sort("area").rows() == [("culture", 1), ("education", 3)]
    by_country = concentration(small.partnerships(), level="country", competence=("health",)).table
    assert by_country.select("region", "participations").sort("region").rows() == [("KE", 2), ("NP", 2)]


def test_a_region_shows_only_what_lies_in_it() -> None:
    table = concentration(small.partnerships(), level="country", region=("Africa",)).table
    assert sorted(table["region"]) == ["KE", "ML"]


def test_the_words_say_what_three_organizations_hold() -> None:
    assert concentration(small.partnerships(), level="country").words == (
        "Of 3 countries, 2 have four organizations or more; the three largest hold over half in 2.",
        "In Nepal the three largest of 5 organizations hold 67% of 6 participations, most of all Gamma.",
        "In Kenya the three largest of 4 organizations hold 80% of 5 participations, most of all Delta.",
        "Two or three organizations hold everything in 1 of 3 countries: Mali.",
    )


def said(**places: str) -> tuple[str, ...]:
    """What is said by country where each letter is one participation, alone, of that organization."""
    alone = [(id, f"{place} {number}", place) for place, ids in places.items() for number, id in enumerate(ids)]
    known = replace(small.setting(), took_place_in=small.frame([row[1:] for row in alone], "activity", "region"))
    rows = small.frame([row[:2] for row in alone], "organization", "activity")
    return concentration(replace(small.partnerships(known=known), participations=rows), level="country").words


def test_the_busiest_is_told_where_three_hold_less_than_half() -> None:
    assert said(NP="aabcdefg") == (
        "Of 1 country, 1 has four organizations or more; the three largest hold over half in 0.",
        "In Nepal the three largest of 7 organizations hold 50% of 8 participations, most of all Alpha.",
    )


def test_equal_parts_are_not_called_concentrated_and_nobody_is_named() -> None:
    assert said(NP="abcde") == (
        "Of 1 country, 1 has four organizations or more; the three largest hold over half in 0.",
        "In Nepal, 5 organizations hold equal parts.",
    )
    assert said(NP="abcde", KE="aabbccdd", ML="aaabbbcccd") == (
        "Of 3 countries, 3 have four organizations or more; the three largest hold over half in 1.",
        "In Mali the three largest of 4 organizations hold 90% of 10 participations: Alpha; Beta; Gamma.",
        "All hold equal parts in 2 of 3 countries: Kenya; Nepal.",
    )


def test_of_equals_on_both_sides_of_the_third_place_none_is_named() -> None:
    # five above the even part, of whom three would be named by chance
    assert said(NP="aabbccddeef")[1] == ("In Nepal the three largest of 6 organizations hold 55% of 11 participations.")


def test_the_words_name_who_is_alone() -> None:
    said = concentration(small.partnerships(), level="country", areas="segment").words
    assert said[-1] == "A single one holds everything in 1 of 2 cells: Young people in Mali (Gamma)."


def test_where_nothing_is_done_that_is_said() -> None:
    nobody = small.partnerships(Selection(activities=()))
    found = concentration(nobody)
    assert found.table.is_empty()
    assert found.words == ("Nothing is recorded by region: there is nothing to share out.",)


def test_without_a_level_and_without_areas_there_is_nothing_to_tell_apart() -> None:
    with pytest.raises(UsageProblem) as refused:
        concentration(small.partnerships(), level="none")
    assert str(refused.value) == "Say by what: a level of regions, a kind of competence areas, or both."


def test_the_kinds_that_are_known_make_the_rows() -> None:
    found = concentration(small.of_kinds("goal", "country"), areas="first")
    assert found.words[:2] == (
        "By country: no region and no subregion is known.",
        "By goal: no field and no sector is known.",
    )
    asked = concentration(small.of_kinds("goal", "country"), level="country", areas="goal")
    assert (found.table.equals(asked.table), found.words[2:], found.method) == (True, asked.words, asked.method)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 9), min_size=1))
def test_figures_are_those_of_their_definitions(counts: dict[str, int]) -> None:
    rows = [(id, str(number), "here") for id, many in counts.items() for number in range(many)]
    found = holdings(small.frame(rows, "organization", "activity", "region"), ["region"]).to_dicts()[0]
    total, ordered = sum(counts.values()), sorted(counts.values(), reverse=True)
    assert found["herfindahl"] == pytest.approx(sum((many / total) ** 2 for many in ordered))
    assert found["top_three"] == pytest.approx(sum(ordered[:3]) / total)
    assert found["largest_share"] == pytest.approx(ordered[0] / total)
    assert found["effective"] * found["herfindahl"] == pytest.approx(1)
    assert found["activities"] == ordered[0]


def test_the_order_of_the_rows_that_are_read_changes_nothing() -> None:
    network = small.partnerships()
    turned = replace(network, participations=network.participations.reverse())
    assert concentration(turned, areas="field").table.equals(concentration(network, areas="field").table)
