"""Consortium: brute force as the reference, and what is told of the sets."""

from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.scenarios.candidates import Candidates
from graphmodel.analysis.scenarios.consortium import consortium
from graphmodel.analysis.scenarios.sets import best_sets, most_and_fewest
from graphmodel.analysis.ties.partnerships import Setting
from graphmodel.errors import UsageProblem
from tests import small


@st.composite
def candidates(draw: st.DrawFn) -> Candidates:
    """Up to 7 organizations that bring some of up to 4 areas, with some ties."""
    ids = list("abcdefg"[: draw(st.integers(1, 7))])
    areas = draw(st.integers(1, 4))
    brings = draw(st.lists(st.integers(1, 2**areas - 1), min_size=len(ids), max_size=len(ids)))
    active = draw(st.lists(st.integers(0, 2), min_size=len(ids), max_size=len(ids)))
    pairs = list(combinations(ids, 2))
    tied = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return Candidates(ids, brings, active, {pair: float(draw(st.integers(1, 2))) for pair in tied})


def covered(known: Candidates, places: tuple[int, ...]) -> int:
    """How many areas some cover together."""
    bits = 0
    for place in places:
        bits |= known.brings[place]
    return bits.bit_count()


def chosen(found: Finding) -> list[list[str]]:
    """The names in each set, the best first."""
    return found.table.group_by("choice", maintain_order=True).agg("name")["name"].to_list()


@given(candidates(), st.integers(1, 4), st.integers(1, 4))
@settings(deadline=None)
def test_the_sets_are_those_that_looking_at_all_of_them_finds(known: Candidates, k: int, number: int) -> None:
    every = [some for size in range(1, k + 1) for some in combinations(range(len(known.ids)), size)]
    most = max(covered(known, some) for some in every)
    fewest = min(len(some) for some in every if covered(known, some) == most)
    assert most_and_fewest(known.brings, k) == (most, fewest)
    equal = [some for some in every if covered(known, some) == most and len(some) == fewest]
    expected = [list(some) for some in sorted(equal, key=known.key)[:number]]
    assert best_sets(known, most, fewest, number).sets == expected


def test_gamma_and_delta_cover_all_fields_in_africa_and_know_each_other() -> None:
    found = consortium(small.partnerships(), region="Africa")
    assert found.words == (
        "Gamma and Delta cover all 3 areas in Africa: Culture; Education; Health.",
        "Nobody alone covers as much.",
        "Only Gamma of them brings Culture.",
        "Only Delta of them brings Health.",
        "They have worked together, or agreed to, already.",
        "Choice 2: Gamma; Epsilon (1 new tie).",
        "Choice 3: Delta; Eta (1 new tie).",
        "By declaration only, with no activity on these areas in Africa: Eta.",
        "No area was named, so all of kind field were taken that somebody covers in Africa.",
    )
    assert found.table.filter(pl.col("choice") == 1).rows() == [
        ("c", "Gamma", 1, ["Culture", "Education"], ["Delta"], 0, 1),
        ("d", "Delta", 1, ["Education", "Health"], ["Gamma"], 0, 2),
    ]


def test_new_ties_are_told_by_pair() -> None:
    found = consortium(small.partnerships(), region="Nepal", by="done")
    assert chosen(found) == [["Gamma", "Epsilon"], ["Gamma", "Zeta"]]
    assert "Not yet tied: Gamma with Epsilon (1 of 1 pair)." in found.words


def test_areas_of_any_kind_can_be_named_by_id_or_name() -> None:
    found = consortium(small.partnerships(), areas=("young people", "health", "Culture"), choices=2)
    assert chosen(found) == [["Gamma", "Delta"], ["Alpha", "Delta"]]
    assert found.words[0] == "Gamma and Delta cover all 3 areas: Culture; Health; Young people."


def test_what_is_declared_counts_apart_from_what_is_done() -> None:
    given = small.partnerships()
    declares = consortium(given, region="Kenya", areas=("culture",), by="declared")
    assert declares.words == (
        "Eta covers the area in Kenya: Culture.",
        "By declaration only, with no activity on these areas in Kenya: Eta.",
    )
    assert consortium(given, region="Kenya", areas=("culture",), by="done").words == (
        "Nobody covers Culture in Kenya.",
    )
    assert consortium(given, region="Kenya", areas=("culture", "youth"), by="done").words == (
        "Nobody covers any of Culture and Young people in Kenya.",
    )


def test_a_seat_in_the_region_counts_for_what_is_declared() -> None:
    seated = Setting(
        regions=small.setting().regions,
        competence_areas=small.setting().competence_areas,
        based_in=small.setting().based_in,
        competent_in=small.setting().competent_in,
    )
    found = consortium(small.partnerships(known=seated), region="Nepal", areas=("health",), by="declared")
    assert chosen(found) == [["Zeta"]]


def test_an_area_that_nobody_covers_is_left_out_and_said() -> None:
    found = consortium(small.partnerships(), region="Mali", areas=("health", "youth"), by="done")
    assert found.words == (
        "Gamma covers the area in Mali: Young people.",
        "Nobody covers Health in Mali.",
    )


def test_too_few_cover_the_most_they_can_and_it_is_said_how_many_it_takes() -> None:
    found = consortium(small.partnerships(), areas=("youth", "health", "culture"), k=1)
    assert found.words == (
        "Gamma covers 2 of 3 areas: Culture; Young people.",
        "Nobody alone covers more; left out is Health. With -k 2 all are covered.",
        "Choice 2: Delta.",
    )


def test_one_that_covers_all_is_enough() -> None:
    found = consortium(small.partnerships(), choices=1)
    assert found.words[0] == "Delta covers all 3 areas: Culture; Education; Health."
    assert found.table.select("new_ties", "tied_to").rows() == [(0, [])]


def test_of_equals_the_one_with_more_activities_comes_first() -> None:
    found = consortium(small.partnerships(), areas=("education",))
    assert chosen(found) == [["Alpha"], ["Beta"], ["Gamma"]]
    assert found.table["activities"].to_list() == [3, 2, 2]


def test_without_a_named_area_the_first_kind_that_is_known_is_taken() -> None:
    found = consortium(small.of_kinds("goal", "country"), region="Nepal")
    assert found.words[-1] == "No area was named, so all of kind goal were taken that somebody covers in Nepal."


def test_an_area_is_covered_by_a_part_of_it_too() -> None:
    known = small.setting()
    wider = Setting(
        competence_areas=pl.concat(
            [known.competence_areas, small.frame([("all", "All", "field")], "id", "name", "kind")]
        ),
        area_parts=small.frame([("health", "all")], "start_id", "end_id"),
        addresses=known.addresses,
    )
    found = consortium(small.partnerships(known=wider), areas=("All",), choices=1)
    assert chosen(found) == [["Epsilon"]]


def test_without_any_area_there_is_nothing_to_choose_for() -> None:
    found = consortium(small.partnerships(known=Setting()))
    assert found.words == ("No competence area is known to be covered by anybody: there is nothing to choose for.",)
    assert (found.table.height, found.table.columns[:3]) == (0, ["id", "name", "choice"])


def test_a_search_that_is_cut_off_says_so() -> None:
    many = [f"o{number:02}" for number in range(40)]
    pairs = dict.fromkeys(zip(many[:-1:2], many[1::2], strict=True), 1.0)
    known = Candidates(many, [1 << number % 4 for number in range(40)], [0] * 40, pairs)
    assert best_sets(known, 4, 4, 3).whole
    assert not best_sets(known, 4, 4, 3, steps=50).whole


def test_rows_in_any_order_give_the_same_table() -> None:
    given = small.partnerships()
    turned = small.backwards(given)
    assert consortium(given, region="Africa").table.equals(consortium(turned, region="Africa").table)


def test_an_unknown_area_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as refused:
        consortium(small.partnerships(), areas=("Educaton",))
    assert str(refused.value) == 'There is no CompetenceArea "Educaton". Did you mean "Education"?'


def test_a_set_of_nobody_is_refused() -> None:
    for wrong in ({"k": 0}, {"choices": 0}):
        with pytest.raises(UsageProblem) as refused:
            consortium(small.partnerships(), **wrong)
        assert str(refused.value) == "-k and --choices are 1 or more."
