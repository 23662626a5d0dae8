"""Gaps: the matrix of the small network, what is said of it, and the same by brute force."""

from dataclasses import replace
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.coverage.coverage import able, declared, done, present
from graphmodel.analysis.coverage.gaps import gaps
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem
from tests import small


def cell(table: pl.DataFrame, region: str, area: str) -> dict[str, Any]:
    """The row of a cell."""
    (row,) = table.filter(region=region, area=area).to_dicts()
    return row


def by_gap(table: pl.DataFrame) -> dict[str | None, list[tuple[str, str]]]:
    """The cells of each gap, in the order of the table."""
    found: dict[str | None, list[tuple[str, str]]] = {}
    for region, area, gap in table.select("region", "area", "gap").iter_rows():
        found.setdefault(gap, []).append((region, area))
    return found


def in_countries(**options: Any) -> Any:
    """The gaps of the small network by country."""
    return gaps(small.partnerships(), level="country", **options)


def test_nobody_is_on_health_in_mali_and_on_culture_in_kenya() -> None:
    found = by_gap(in_countries().table)
    assert found["nobody"] == [("ML", "health"), ("KE", "culture")]


def test_gamma_is_the_only_one_on_culture_in_mali() -> None:
    table = in_countries().table
    assert by_gap(table)["single"] == [("ML", "culture")]
    assert cell(table, "ML", "culture")["single"] == "c"
    assert cell(table, "ML", "culture")["single_name"] == "Gamma"
    assert table["single"].null_count() == 8


def test_epsilon_and_zeta_are_on_health_in_nepal_and_never_worked_together() -> None:
    assert by_gap(in_countries().table)["never together"] == [("NP", "health")]


def test_two_in_a_cell_who_met_elsewhere_are_no_gap() -> None:
    # on education in Mali Alpha did the radio and Gamma the libraries; they met in Nepal, which this leaves out
    apart = Selection(activities={"radio", "libraries"}, organizations={"a", "c"})
    row = cell(gaps(small.partnerships(apart), level="country").table, "ML", "education")
    assert (row["organizations"], row["gap"]) == (2, None)


def test_an_agreement_is_working_together() -> None:
    base = small.partnerships()
    assert cell(gaps(base).table, "asia", "health")["gap"] == "never together"
    agreed = pl.concat([base.agreements, small.frame([("e", "f", None, None)], *base.agreements.columns)])
    assert cell(gaps(replace(base, agreements=agreed)).table, "asia", "health")["gap"] is None


def test_a_cell_counts_organizations_and_activities_once() -> None:
    row = cell(gaps(small.partnerships()).table, "africa", "education")
    assert (row["organizations"], row["activities"]) == (4, 3)


def test_specialisation_is_the_share_of_the_region_over_the_share_of_all() -> None:
    # Africa: education 3 of 5, all: 4 of 9
    assert cell(gaps(small.partnerships()).table, "africa", "education")["specialisation"] == pytest.approx(
        (3 / 5) / (4 / 9)
    )


def test_expected_is_the_activities_of_the_region_times_the_share_of_the_area() -> None:
    # Mali has 2 of 8 activities, 3 of the 8 are on health
    assert cell(in_countries().table, "ML", "health")["expected"] == pytest.approx(2 * 3 / 8)
    # libraries is on three subjects and one activity all the same
    assert cell(in_countries(areas="framework").table, "ML", "heritage")["expected"] == pytest.approx(2 * 1 / 8)


def test_specialisation_is_not_defined_where_a_region_does_nothing_of_the_kind() -> None:
    table = gaps(small.partnerships(), areas="framework").table
    assert cell(table, "africa", "heritage")["specialisation"] is None
    assert cell(table, "asia", "heritage")["specialisation"] == 1


def test_what_is_declared_is_kept_apart_from_what_is_done() -> None:
    table = in_countries().table
    columns = ("declared", "only_declared", "organizations")
    told = {key: tuple(cell(table, *key)[name] for name in columns) for key in product(("KE", "ML", "NP"), ("health",))}
    assert told == {("KE", "health"): (0, 0, 2), ("ML", "health"): (1, 1, 0), ("NP", "health"): (1, 0, 2)}
    assert cell(table, "KE", "culture")["only_declared"] == 1
    assert cell(table, "KE", "education")["declared"] == 1


def test_a_declaration_rolls_up_to_the_region_of_its_country() -> None:
    row = cell(gaps(small.partnerships()).table, "africa", "health")
    assert (row["declared"], row["only_declared"], row["organizations"]) == (1, 1, 2)


def test_within_reach_is_who_is_in_the_region_and_on_the_area_elsewhere() -> None:
    # in Kenya: Delta (schools) and Eta (its seat); on culture: Delta (temples) and Eta (declares)
    assert cell(in_countries().table, "KE", "culture")["within_reach"] == 2
    assert cell(in_countries().table, "ML", "culture")["within_reach"] == 0


def test_frameworks_and_segments_have_their_gaps() -> None:
    assert by_gap(gaps(small.partnerships(), areas="framework").table) == {
        "nobody": [("africa", "heritage")],
        None: [("asia", "heritage")],
    }
    assert by_gap(in_countries(areas="segment").table) == {
        "nobody": [("KE", "youth")],
        "single": [("ML", "youth")],
        None: [("NP", "youth")],
    }


def test_only_some_cells_are_listed_and_the_figures_stay() -> None:
    every = in_countries().table
    assert in_countries(only="gaps").table.equals(every.filter(pl.col("gap").is_not_null()))
    assert in_countries(only="never together").table.equals(every.filter(gap="never together"))
    assert in_countries(region=("Africa",)).table.equals(every.filter(pl.col("region") != "NP"))
    assert in_countries(competence=("health",)).table.equals(every.filter(area="health"))


def test_the_words_name_the_worst_the_single_ones_and_the_strangers() -> None:
    assert in_countries().words == (
        "Of 9 cells (3 countries by 3 fields), nobody is active in 2, a single organization in 1, and several who "
        "never worked together in 1.",
        "None of the empty cells is surprising: in each, less than one activity would be expected.",
        "The worst gaps: Health in Mali (0.75 expected; within reach: Zeta); Culture in Kenya (0.50 expected; within "
        "reach: Delta and Eta). Within reach is who is in the country, and does or declares the field elsewhere.",
        "Thin beside what would be expected: Education in Nepal (1 of 2.0).",
        "The only one, most often: Gamma (in 1 cell).",
        "Active side by side, and never together: Health in Nepal (Epsilon and Zeta).",
        "Of 4 declarations (an organization in a cell) 2 have no activity behind them; of 15 that have one, 13 are "
        "not declared.",
    )


def test_what_is_in_no_cell_is_said() -> None:
    said = gaps(small.partnerships(), areas="framework").words
    assert "7 of 8 activities are in no cell: no region or no framework is recorded, or only a wider one." in said
    assert (
        "Nobody declares both where it works, by region, and on what, by framework: only what is done is told." in said
    )


def test_a_region_of_which_nothing_is_recorded_is_named_and_makes_no_row() -> None:
    known = small.setting()
    peru = small.frame([("PE", "Peru", "country")], "id", "name", "kind")
    found = gaps(small.partnerships(known=replace(known, regions=pl.concat([known.regions, peru]))), level="country")
    assert found.table.equals(in_countries().table)
    assert found.words[-1] == "Known and not in the matrix, since nothing is recorded of them: 1 country (Peru)."


def test_an_activity_on_a_part_counts_in_the_whole_as_well() -> None:
    known = small.setting()
    primary = small.frame([("primary", "Primary education", "field")], "id", "name", "kind")
    setting = replace(
        known,
        competence_areas=pl.concat([known.competence_areas, primary]),
        area_parts=small.frame([("primary", "education")], "start_id", "end_id"),
        addresses=known.addresses.with_columns(pl.col("competence_area").replace({"education": "primary"})),
    )
    table = in_countries().table
    nested = gaps(small.partnerships(known=setting), level="country").table
    for region in ("KE", "ML", "NP"):
        assert cell(nested, region, "primary")["activities"] == cell(table, region, "education")["activities"]
        assert cell(nested, region, "education")["activities"] == cell(table, region, "education")["activities"]
        assert cell(nested, region, "education")["expected"] == cell(table, region, "education")["expected"]


def test_a_level_or_kind_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(UsageProblem) as level:
        gaps(small.partnerships(), level="subregion")
    assert str(level.value) == (
        "No region of kind subregion is known; there are region (2) and country (3): choose among these."
    )
    with pytest.raises(UsageProblem) as kind:
        gaps(small.partnerships(), areas="goal")
    assert str(kind.value) == (
        "No competence area of kind goal is known; there are field (3), framework (1) and segment (1): "
        "choose among these."
    )
    with pytest.raises(UsageProblem) as nothing:
        gaps(small.partnerships(known=Setting()))
    assert str(nothing.value) == "No region of kind region is known; none of any kind is: load regions first."
    with pytest.raises(UsageProblem) as inside:
        gaps(small.partnerships(), region=("Nairobi",))
    assert str(inside.value) == ("No region of kind region lies in Nairobi: give a wider one, or another kind.")


def test_where_nothing_is_recorded_there_is_no_matrix() -> None:
    known = small.setting()
    bare = Setting(regions=known.regions, competence_areas=known.competence_areas)
    found = gaps(small.partnerships(known=bare))
    assert found.table.is_empty()
    assert found.words[0] == (
        "There is no matrix: no activity takes place in any of the regions, and nobody declares to work in one."
    )


def test_coverage_tells_presence_and_ability_done_or_declared() -> None:
    network = small.partnerships()
    assert present(network, "country").filter(region="KE")["organization"].to_list() == ["a", "b", "d", "e", "g"]
    assert able(network, "field").filter(area="culture")["organization"].to_list() == ["c", "d", "g"]


ENDS = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyzw")), max_size=12)
PLACES = st.lists(st.tuples(st.sampled_from("xyzw"), st.sampled_from(["KE", "ML"])), max_size=6)
SUBJECTS = st.lists(st.tuples(st.sampled_from("xyzw"), st.sampled_from(["health", "culture"])), max_size=6)


@given(ENDS, PLACES, SUBJECTS)
@settings(deadline=None)
def test_cells_are_those_of_a_plain_count(ends: Any, places: Any, subjects: Any) -> None:
    known = small.setting()
    setting = replace(
        known,
        took_place_in=small.frame(places, "activity", "region").unique(),
        addresses=small.frame(subjects, "activity", "competence_area").unique(),
        works_in=small.frame([], "organization", "region"),
        competent_in=small.frame([], "organization", "competence_area"),
    )
    names = small.frame([(id, id.upper()) for id in "abcde"], "id", "name")
    network = Partnerships(small.frame(ends, "organization", "activity"), names, read=lambda: setting)
    table = gaps(network, level="country").table
    active = {x for _, x in ends}
    shown = [{end for x, end in links if x in active} for links in (places, subjects)]
    assert table.height == len(shown[0]) * len(shown[1])
    for row in table.to_dicts():
        inside = [x for x in "xyzw" if (x, row["region"]) in places and (x, row["area"]) in subjects]
        who = {a for a, x in ends if x in inside}
        met = any({(a, x), (b, x)} <= set(ends) for a, b, x in product(who, who, "xyzw") if a < b)
        gap = "nobody" if not who else "single" if len(who) == 1 else None if met else "never together"
        told = (row["organizations"], row["activities"], row["gap"])
        assert told == (len(who), len(active.intersection(inside)), gap)


WHO = st.sampled_from("abcde")
WORKING = st.lists(st.tuples(WHO, st.sampled_from(["KE", "ML", "NP"])), max_size=4)
DECLARED = st.lists(st.tuples(WHO, st.sampled_from(["health", "culture", "education"])), max_size=4)


@given(PLACES, SUBJECTS, WORKING, DECLARED)
@settings(deadline=None)
def test_what_is_expected_is_that_of_a_plain_count_with_what_is_only_declared(
    places: Any, subjects: Any, working: Any, declares: Any
) -> None:
    known = replace(
        small.setting(),
        took_place_in=small.frame(places, "activity", "region").unique(),
        addresses=small.frame(subjects, "activity", "competence_area").unique(),
        works_in=small.frame(working, "organization", "region").unique(),
        competent_in=small.frame(declares, "organization", "competence_area").unique(),
    )
    names = small.frame([(id, id.upper()) for id in "abcde"], "id", "name")
    ends = small.frame([("a", x) for x in "xyzw"], "organization", "activity")
    table = gaps(Partnerships(ends, names, read=lambda: known), level="country").table
    located, shown = set(places), {end for _, end in [*places, *working]}
    assert table.height == len(shown) * len({end for _, end in [*subjects, *declares]})
    for region, area, expected in table.select("region", "area", "expected").iter_rows():
        here = sum(end == region for _, end in located)
        on_area = sum((x, area) in subjects for x, _ in located)
        assert expected == (pytest.approx(here * on_area / len(located)) if located else None)


def test_of_an_area_that_is_only_declared_nothing_is_expected() -> None:
    known = small.setting()
    peru = small.frame([("PE", "Peru", "country")], "id", "name", "kind")
    sport = small.frame([("sport", "Sport", "field")], "id", "name", "kind")
    wider = replace(
        known,
        regions=pl.concat([known.regions, peru]),
        competence_areas=pl.concat([known.competence_areas, sport]),
        works_in=pl.concat([known.works_in, small.frame([("g", "PE")], "organization", "region")]),
        competent_in=pl.concat([known.competent_in, small.frame([("g", "sport")], "organization", "competence_area")]),
    )
    table = gaps(small.partnerships(known=wider), level="country").table
    corners = [cell(table, *key) for key in (("PE", "sport"), ("PE", "health"), ("KE", "sport"))]
    assert [(row["gap"], row["expected"], row["specialisation"]) for row in corners] == [("nobody", 0.0, None)] * 3
    nowhere = replace(wider, took_place_in=known.took_place_in.clear())
    assert gaps(small.partnerships(known=nowhere), level="country").table["expected"].to_list() == [None] * 4 * 4


def test_without_a_kind_the_first_that_is_known_is_taken_and_said() -> None:
    given = small.of_kinds("sector", "country")
    found, asked = gaps(given), gaps(given, areas="sector", level="country")
    assert found.table.equals(asked.table)
    assert found.words == (
        "By country: no region and no subregion is known.",
        "By sector: no field is known.",
        *asked.words,
    )
    assert found.method == asked.method
    fields = small.partnerships()
    assert gaps(fields).words == gaps(fields, areas="field", level="region").words


def test_the_order_of_the_rows_that_are_read_changes_nothing() -> None:
    network = small.partnerships()
    backwards = small.backwards(network)
    assert gaps(backwards).table.equals(gaps(network).table)
    assert gaps(backwards).words == gaps(network).words
    assert done(backwards, "region", "field").equals(done(network, "region", "field"))
    assert declared(backwards, "region", "field").equals(declared(network, "region", "field"))
