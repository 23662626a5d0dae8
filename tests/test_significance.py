"""Which ties are more than chance: published values and counts, all kinds of frames, degenerate networks, words."""

from collections.abc import Callable
from functools import cache
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.significance import Significance, Test, assess, avoided, significance
from graphmodel.analysis.ties.alliances import ties
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem
from tests.data import cordis, davis
from tests.networks import COUPLES, Matrix, matrices, rows_of, took_part

FIGURES = ["expected", "p_more", "p_less", "q", "sign"]
AGREED = pl.DataFrame({"source": ["Ada", "Eve"], "target": ["Cleo", "Ada"]})


STANDARD = Test()


def of(rows: pl.DataFrame, test: Test = STANDARD) -> Significance:
    """The test of all ties of these rows."""
    return assess(ties(rows), rows, test=test)


def pair(found: Significance, source: str, target: str) -> dict[str, Any]:
    """The row of a pair."""
    return found.table.row(by_predicate=(pl.col("source") == source) & (pl.col("target") == target), named=True)


@pytest.mark.parametrize(
    ("one", "other", "hypergeometric", "normal", "exact"),
    [
        ("Evelyn Jefferson", "Laura Mandeville", 0.0513, 0.2703, 0.2682),
        ("Evelyn Jefferson", "Theresa Anderson", 0.0163, 0.1892, 0.1867),
        ("Charlotte McDowd", "Evelyn Jefferson", 0.4056, 0.5864, 0.5863),
        ("Flora Price", "Olivia Carleton", 0.0110, 0.1051, 0.0884),
    ],
)
def test_two_women_of_davis_have_the_published_chances(
    one: str, other: str, hypergeometric: float, normal: float, exact: float
) -> None:
    tests = (Test("fixed-rows"), Test(tail="normal"), Test())
    found = [pair(of(davis(), test), one, other)["p_more"] for test in tests]
    assert found == pytest.approx([hypergeometric, normal, exact], abs=5e-5)


def test_no_tie_between_the_women_of_davis_is_more_than_chance() -> None:
    found = of(davis())
    assert set(found.table["sign"]) == {"0"}
    assert found.outcome.pairs == 18 * 17 // 2
    assert found.words == (
        "No tie is more than chance (153 pairs tested at a level of 0.05, corrected after Benjamini and Hochberg): "
        "what these organizations share, others would share as well that take part as often in activities as large. "
        "That is an answer, not a failure.",
        "Nearly all are tied to all (139 of 153 pairs): that two are tied says little here.",
    )


@cache
def horizon_2020(test: Test) -> Significance:
    """The test of all ties of Horizon 2020."""
    return of(cordis(), test)


@pytest.mark.parametrize(
    ("test", "kept"),
    [
        (Test(), 19_076),
        (Test(correction="bonferroni"), 4_909),
        (Test(tail="poisson"), 19_041),
        (Test(tail="normal"), 408_885),
        (Test(correction="none"), 600_706),
    ],
)
def test_of_the_ties_of_horizon_2020_so_many_are_more_than_chance(test: Test, kept: int) -> None:
    found = horizon_2020(test)
    assert found.table.filter(pl.col("sign") == "+").height == found.outcome.kept == kept
    assert found.outcome.pairs == 643_346_385


def test_the_pairs_of_horizon_2020_are_of_60_036_kinds() -> None:
    sharing = horizon_2020(STANDARD).kinds.filter(pl.col("shared") > 0)
    assert sharing.height == 60_036
    assert sharing.select("smaller", "larger").n_unique() == 22_648
    assert sharing["pairs"].sum() == 796_670


def test_two_couples_are_told_from_those_who_met_by_chance() -> None:
    found = of(COUPLES)
    assert {(row["source"], row["target"]): row["sign"] for row in found.table.iter_rows(named=True)} == {
        ("Ada", "Ben"): "+",
        ("Cleo", "Dan"): "+",
        ("Ada", "Dan"): "-",
        ("Ben", "Dan"): "-",
    }
    assert found.words == (
        "2 of 4 ties are more than chance (6 pairs tested at a level of 0.05, corrected after Benjamini and Hochberg).",
        "Of those kept, up to 5% are to be expected to have come about by chance all the same.",
        "4 pairs share less than chance would have it; 2 of them share nothing.",
    )


def test_pairs_that_avoid_each_other_are_listed_also_where_they_share_nothing() -> None:
    found = avoided(ties(COUPLES), COUPLES)
    assert found.table.select("source", "target", "shared", "sign").rows() == [
        ("Ada", "Cleo", 0, "-"),
        ("Ben", "Cleo", 0, "-"),
        ("Ada", "Dan", 1, "-"),
        ("Ben", "Dan", 1, "-"),
    ]
    assert found.words[0] == (
        "4 pairs share less than chance would have it; 2 of them share nothing (6 pairs tested at a level of 0.05, "
        "corrected after Benjamini and Hochberg)."
    )


def test_three_pairs_of_horizon_2020_avoid_each_other() -> None:
    found = avoided(horizon_2020(STANDARD).table, cordis())
    assert found.table["shared"].to_list() == [8, 16, 1]
    assert found.table["p_less"].is_sorted()


def test_where_nobody_avoids_anybody_this_is_said() -> None:
    found = avoided(ties(davis()), davis())
    assert found.table.columns == ["source", "target", "shared", *FIGURES]
    assert found.table.is_empty()
    assert found.words[0] == (
        "No pair shares less than chance would have it (153 pairs tested at a level of 0.05, corrected after Benjamini "
        "and Hochberg)."
    )


def test_an_agreement_alone_is_tested_as_a_pair_that_shares_nothing() -> None:
    found = assess(ties(COUPLES, AGREED), COUPLES)
    row = pair(found, "Ada", "Cleo")
    assert (row["shared"], row["p_more"], row["sign"]) == (0, 1, "-")
    assert row["p_less"] == avoided(ties(COUPLES), COUPLES).table["p_less"][0]


def test_who_takes_part_in_nothing_can_share_nothing_and_is_not_counted() -> None:
    found = assess(ties(COUPLES, AGREED), COUPLES)
    row = pair(found, "Ada", "Eve")
    assert [row[name] for name in FIGURES] == [0, 1, 1, 1, "0"]
    assert found.outcome.pairs == 6


def test_ties_that_are_left_out_count_among_all_pairs() -> None:
    whole = of(COUPLES).table
    few = assess(whole.filter(pl.col("shared") >= 19), COUPLES, Selection(min_shared=19))
    assert few.table.equals(whole.filter(pl.col("shared") >= 19))
    assert few.outcome == of(COUPLES).outcome


def test_the_degrees_are_those_of_the_selection() -> None:
    chosen = Selection(exclude=["Dan"])
    left = COUPLES.filter(pl.col("organization") != "Dan")
    assert assess(ties(COUPLES, selection=chosen), COUPLES, chosen).table.equals(of(left).table)


@settings(max_examples=40, deadline=None)
@given(matrices(), st.randoms(use_true_random=False), st.sampled_from(["sdsm", "fixed-rows", "fixed-columns"]))
def test_the_order_of_rows_changes_nothing(matrix: Matrix, random: Any, method: Any) -> None:
    rows = rows_of(matrix)
    order = random.sample(range(len(rows)), len(rows))
    shuffled = pl.concat([rows[order], rows[:1]])
    assert of(shuffled, Test(method)).table.equals(of(rows, Test(method)).table)


def test_ties_keep_the_order_in_which_they_are_given() -> None:
    mixed = ties(davis()).sample(fraction=1, shuffle=True, seed=3)
    found = assess(mixed, davis()).table
    assert found.drop(FIGURES).equals(mixed)
    assert found.sort("source", "target").equals(of(davis()).table.sort("source", "target"))


@settings(max_examples=60, deadline=None)
@given(matrices())
def test_an_exact_chance_and_its_rest_are_one(matrix: Matrix) -> None:
    kinds = of(rows_of(matrix)).kinds
    for row in kinds.iter_rows(named=True):
        more = kinds.filter(
            (pl.col("smaller") == row["smaller"])
            & (pl.col("larger") == row["larger"])
            & (pl.col("shared") == row["shared"] + 1)
        )
        assert row["p_more"] + row["p_less"] >= 1 - 1e-12
        if more.height:
            assert more["p_more"][0] + row["p_less"] == pytest.approx(1)


@settings(max_examples=60, deadline=None)
@given(matrices(), st.sampled_from(["sdsm", "fixed-rows", "fixed-columns"]))
def test_all_pairs_are_counted_once(matrix: Matrix, method: Any) -> None:
    active = int((matrix.sum(axis=1) > 0).sum())
    found = of(rows_of(matrix), Test(method))
    assert found.kinds["pairs"].sum() == found.outcome.pairs == active * (active - 1) // 2


@pytest.mark.parametrize("method", ["sdsm", "fixed-rows", "fixed-columns", "disparity"])
@pytest.mark.parametrize(
    "attended",
    [{}, {"a": "x"}, {"a": "x", "b": "x"}, {"a": "x", "b": "y"}, {"a": "xyz", "b": "xyz", "c": "xyz"}],
)
def test_the_smallest_networks_have_no_tie_that_is_more_than_chance(method: Any, attended: dict[str, str]) -> None:
    found = of(took_part(attended), Test(method))
    assert set(found.table["sign"]) <= {"0"}
    assert found.table["p_more"].is_finite().all()


def test_without_any_tie_this_is_said() -> None:
    assert of(took_part({"a": "x", "b": "y"})).words == (
        "No two organizations share an activity: there is no tie to test.",
    )


def test_with_who_is_in_all_activities_one_shares_all_of_ones_own() -> None:
    rows = took_part({"hub": "uvwxyz", "a": "uvw", "b": "xyz"})
    row = pair(of(rows, Test("fixed-rows")), "a", "hub")
    assert (row["expected"], row["p_more"], row["p_less"], row["sign"]) == (3, 1, 1, "0")
    on_average = pair(of(rows), "a", "hub")
    assert (on_average["expected"], on_average["sign"]) == (3, "0")


@pytest.mark.parametrize(
    ("make", "kind"),
    [(pl.DataFrame.lazy, pl.LazyFrame), (pl.DataFrame.to_arrow, pa.Table), (pl.DataFrame.clone, pl.DataFrame)],
)
def test_a_frame_comes_back_as_the_kind_that_went_in(make: Callable[[pl.DataFrame], Any], kind: type[Any]) -> None:
    found = significance(make(davis()))
    assert isinstance(found, kind)
    table = found.collect() if isinstance(found, pl.LazyFrame) else pl.DataFrame(found)
    assert table.equals(of(davis()).table.select("source", "target", "shared", *FIGURES))


def test_numbers_can_be_ids() -> None:
    numbers = {"Ada": 1, "Ben": 2, "Cleo": 3, "Dan": 14}
    rows = COUPLES.with_columns(pl.col("organization").replace_strict(numbers), pl.col("activity").cast(pl.Int64))
    assert significance(rows).select("source", "target").rows() == [("1", "2"), ("14", "3"), ("1", "14"), ("14", "2")]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UsageProblem, match=r'^Needed is a column "organization"; there are who, activity\.$'):
        significance(COUPLES.rename({"organization": "who"}))


def test_the_given_frames_are_not_changed() -> None:
    rows, tied = davis(), ties(davis())
    assess(tied, rows)
    assert rows.equals(davis())
    assert tied.equals(ties(davis()))


def test_judged_ties_can_be_judged_again() -> None:
    strict = Test(correction="bonferroni")
    assert assess(of(COUPLES).table, COUPLES, test=strict).table.equals(of(COUPLES, strict).table)


def test_a_kind_of_pair_tells_its_chance_where_no_number_is_small_enough() -> None:
    rows = took_part({"a": range(1500), "b": range(1500), "c": range(1500, 9000), "d": range(1500, 9000)})
    kinds = of(rows).kinds.filter(pl.col("shared") == 1500)
    assert kinds["p_more"].to_list() == [0]
    assert kinds["log_p_more"][0] < -1000
    assert of(rows).table["q"].is_finite().all()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"alpha": 0}, "The level alpha lies between 0 and 1, such as .05, not 0."),
        (
            {"method": "sdms"},
            'There is no method "sdms". Did you mean "sdsm"? There are: sdsm, fixed-rows, fixed-columns, disparity.',
        ),
        ({"tail": "thin"}, 'There is no tail "thin". There are: exact, poisson, normal.'),
        (
            {"correction": "bonferoni"},
            'There is no correction "bonferoni". Did you mean "bonferroni"? There are: bh, holm, bonferroni, none.',
        ),
        (
            {"method": "fixed-rows", "tail": "normal"},
            "The tail normal approximates the methods sdsm and fixed-columns; fixed-rows has its own formula: leave "
            "the tail exact.",
        ),
    ],
)
def test_an_impossible_test_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        Test(**given)
    assert str(refused.value) == message


@pytest.mark.parametrize("shared", [2, 21])
def test_ties_of_other_participations_are_refused(shared: int) -> None:
    foreign = pl.DataFrame({"source": ["Ada"], "target": ["Ben"], "shared": [shared]})
    with pytest.raises(UsageProblem) as refused:
        assess(foreign, COUPLES)
    assert str(refused.value) == (
        "These ties are not of these participations: they share what they could not. Make both from the same "
        "participations and the same selection."
    )


def test_more_avoided_pairs_than_the_limit_are_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        avoided(ties(COUPLES), COUPLES, limit=3)
    assert str(refused.value) == (
        "4 pairs share less than chance would have it, more than the limit of 3. Choose a lower alpha or a stricter "
        "correction, select less, or raise the limit."
    )


def test_the_disparity_filter_lists_no_avoided_pairs() -> None:
    with pytest.raises(UsageProblem) as refused:
        avoided(ties(COUPLES), COUPLES, test=Test("disparity"))
    assert str(refused.value) == (
        "The disparity filter knows no avoided pairs: choose sdsm, fixed-rows or fixed-columns."
    )


@pytest.mark.parametrize(
    ("test", "limit"),
    [
        (
            Test(tail="normal"),
            "The normal approximation is only for comparison with other programs: where little is expected, it takes "
            "nearly every tie for more than chance. Decide by the exact tail.",
        ),
        (
            Test(tail="poisson"),
            "The Poisson tail is an approximation, for comparison with other programs: decide by the exact one.",
        ),
        (Test(correction="none"), "Without a correction, up to 8 pairs may pass by chance alone."),
        (
            Test("fixed-rows"),
            "The size of activities is left out of account: in a large one, everybody meets everybody.",
        ),
        (
            Test("fixed-columns"),
            "How active each organization is, is left out of account: those in many activities share more with "
            "everybody.",
        ),
        (
            Test("disparity"),
            "This compares each tie with the other ties of its ends, not with what two organizations share by chance.",
        ),
    ],
)
def test_the_limits_of_a_test_are_told(test: Test, limit: str) -> None:
    assert limit in of(davis(), test).words


def test_the_method_is_told_for_a_report_with_its_sources() -> None:
    found = of(COUPLES, Test("fixed-rows", correction="holm", alpha=0.01))
    assert found.method == (
        "The number of activities that two organizations share was compared with the fixed row model, in which each "
        "organization takes part in as many activities as observed, chosen at random (a hypergeometric distribution). "
        "All 6 pairs, those that share nothing included, were tested at a level of 0.01, corrected after Holm."
    )
    assert [work.partition(",")[0] for work in of(COUPLES).references] == [
        "Z. P. Neal", "F. Saracco", "Z. P. Neal", "Y. Hong", "Y. Benjamini and Y. Hochberg"
    ]  # fmt: skip
