"""The backtest: its measures by brute force and scipy, what it may know, and how well it does on public data."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from graphmodel import api
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.recommendation import terms
from graphmodel.analysis.recommendation.history import cut
from graphmodel.analysis.recommendation.recommend import recommend
from graphmodel.analysis.recommendation.scores import Pairs, auc, interval, precision, reciprocal_rank, resamples
from graphmodel.analysis.recommendation.trial import BASELINES, MEASURES, METHODS
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.errors import UsageProblem
from tests import data, small

SCORES = st.lists(st.integers(0, 5).map(float), min_size=1, max_size=12).map(np.array)


def dated(participations: pl.DataFrame) -> Partnerships:
    """Partnerships whose organizations go by their ids."""
    ids = participations["organization"].unique().sort()
    return Partnerships(participations, pl.DataFrame({"id": ids, "name": ids}))


def gef() -> Partnerships:
    """Projects of the Global Environment Facility, where they took place, and with the roles of the agencies."""
    columns = {
        "Lead agency": ("lead agency", r"|"),
        "Secondary agency(ies)": ("secondary agency", ","),
        "Executing partner / agency": ("implementer", ";"),
    }
    ancillary = data.table("gef/projects_ancillary.csv").with_columns(pl.col("AidData Project ID").alias("activity"))
    roles = [
        ancillary.select("activity", pl.col(column).str.split(separator).alias("organization"), role=pl.lit(role))
        for column, (role, separator) in columns.items()
    ]
    took_part = pl.concat(roles).explode("organization").with_columns(pl.col("organization").str.strip_chars())
    named = took_part.drop_nulls().filter(~pl.col("organization").is_in(data.PLACEHOLDERS))
    days = pl.col("start_actual_isodate").str.to_date("%Y-%m-%d", strict=False).alias("started")
    starts = data.table("gef/projects.csv").select(pl.col("project_id").alias("activity"), days)
    regions = ancillary.select("activity", pl.col("Country").alias("region")).drop_nulls()
    places = regions["region"].unique().sort()
    setting = Setting(
        regions=pl.DataFrame({"id": places, "name": places, "kind": ["country"] * len(places)}), took_place_in=regions
    )
    return replace(dated(named.join(starts, on="activity")), read=lambda: setting)


def table(found: Finding, column: str) -> dict[tuple[str, str], Any]:
    """A column by method and measure."""
    return {
        (method, measure): value for method, measure, value in found.table.select("method", "measure", column).rows()
    }


@given(SCORES, SCORES)
def test_the_area_under_the_curve_is_the_part_of_pairs_in_the_right_order(true: np.ndarray, others: np.ndarray) -> None:
    right = sum((a > b) + (a == b) / 2 for a in true for b in others)
    assert auc(true, others) == pytest.approx(right / (len(true) * len(others)))
    statistic = mannwhitneyu(true, others, method="asymptotic").statistic if len({*true, *others}) > 1 else right
    assert auc(true, others) == pytest.approx(statistic / (len(true) * len(others)))


@given(st.lists(st.tuples(SCORES, SCORES, st.integers(1, 3)), min_size=1, max_size=5))
def test_a_list_drawn_twice_counts_as_two_lists(lists: list[tuple[np.ndarray, np.ndarray, int]]) -> None:
    owners = np.arange(len(lists))
    pairs = Pairs(
        np.concatenate([true for true, _, _ in lists]),
        np.concatenate([others for _, others, _ in lists]),
        np.repeat(owners, [len(true) for true, _, _ in lists]),
        np.repeat(owners, [len(others) for _, others, _ in lists]),
    )
    drawn = [(true, others) for true, others, times in lists for _ in range(times)]
    expected = auc(np.concatenate([true for true, _ in drawn]), np.concatenate([others for _, others in drawn]))
    assert pairs.auc(np.array([float(times) for *_, times in lists])) == pytest.approx(expected)


def test_precision_is_the_part_of_the_first_that_is_true() -> None:
    ranked = np.array([True, False, True, False, False])
    assert [precision(ranked, k) for k in (1, 2, 3, 5)] == pytest.approx([1, 1 / 2, 2 / 3, 2 / 5])
    # a list that is shorter is taken whole
    assert precision(ranked, 10) == pytest.approx(2 / 5)


def test_reciprocal_rank_is_that_of_the_first_true_one() -> None:
    assert reciprocal_rank(np.array([False, False, True, True])) == pytest.approx(1 / 3)
    assert reciprocal_rank(np.array([False, False])) == 0


def test_the_interval_of_a_mean_has_the_width_that_the_theory_gives() -> None:
    values = np.random.default_rng(1).normal(size=400)
    low, high = interval(resamples(400, seed=2, times=4000) @ values / 400)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.05)


def test_the_past_is_what_started_before_and_the_future_new_ties_of_those_who_were_there() -> None:
    history = cut(small.partnerships(), 2019)
    # from 2019 on: libraries, midwives, nurses, teachers and the agreement of Beta with Zeta, who was not there
    assert history.known.names == ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"]
    pairs = [(history.known.names[i], history.known.names[j]) for i, j in zip(*history.came.nonzero(), strict=True)]
    assert pairs == [("Alpha", "Gamma"), ("Gamma", "Alpha")]
    assert history.undated == 0


def test_what_has_no_start_is_left_out_and_counted() -> None:
    made = small.partnerships()
    blank = pl.when(pl.col("activity") == "temples").then(None).otherwise("started").alias("started")
    history = cut(replace(made, participations=made.participations.with_columns(blank)), 2019)
    # without the temples, Gamma was not there before
    assert "Gamma" not in history.known.names
    assert history.undated == 1


def test_what_organizations_declare_is_not_known_before() -> None:
    # before 2017 there were only the schools, on education in Kenya, and the clinics, on health in Nairobi
    known = cut(small.partnerships(), 2017).known
    assert known.areas.names == ["Education", "Health"]
    assert sorted(known.regions.names) == ["Africa", "Kenya"]
    assert known.areas.own.sum(axis=0).tolist() == [3, 2]


@given(st.lists(st.tuples(st.sampled_from("abcdefz"), st.sampled_from("uvw"), st.integers(2019, 2024)), max_size=15))
@settings(deadline=None, max_examples=25)
def test_another_future_leaves_the_predictions_as_they_are(rows: list[tuple[str, str, int]]) -> None:
    made = small.partnerships()
    later = [(who, f"later {what}", date(year, 6, 1), None) for who, what, year in rows] + [
        ("a", "later", date(2019, 6, 1), None)
    ]
    future = small.frame([*later], "organization", "activity", "started", "ended")
    past = made.participations.filter(pl.col("started") < date(2019, 1, 1))
    changed = replace(made, participations=pl.concat([past, future]), agreements=made.agreements.clear())
    known, other = cut(made, 2019).known, cut(changed, 2019).known
    every = np.arange(len(known.ids))
    assert known.ids == other.ids
    for name, block in terms.values(known, every).items():
        assert np.array_equal(block, terms.values(other, every)[name])


def test_the_table_compares_the_score_with_four_methods_by_four_measures() -> None:
    found = recommend(small.partnerships(), backtest=2019)
    assert found.table.select("method", "measure").rows() == [(method, each) for method in METHODS for each in MEASURES]
    # Alpha and Gamma find each other; Gamma and Epsilon were free for Alpha, Alpha, Beta and Epsilon for Gamma
    assert table(found, "value")["score", "precision"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert found.words[0] == "Of 5 organizations there before 2019, 2 found new partners among the others (1 pair)."
    assert "With only 2 lists, differences of this size can be chance: try another year, or more data." in found.words


def test_the_gain_is_the_difference_and_its_interval_decides_the_verdict() -> None:
    found = recommend(gef(), backtest=2010)
    values, gains, lows, highs = (table(found, column) for column in ("value", "gain", "gain_low", "gain_high"))
    for (method, measure), verdict in table(found, "verdict").items():
        if method == "score":
            assert verdict is None
            continue
        low, high = lows[method, measure], highs[method, measure]
        assert gains[method, measure] == pytest.approx(values["score", measure] - values[method, measure])
        assert verdict == ("better" if low > 0 else "worse" if high < 0 else "open")


def test_no_new_tie_is_said() -> None:
    days = [date(2016, 1, 1)] * 2 + [date(2020, 1, 1)]
    rows = pl.DataFrame({"organization": ["a", "b", "a"], "activity": ["x", "x", "y"], "started": days})
    found = recommend(dated(rows), backtest=2018)
    assert found.table.is_empty()
    assert found.words == (
        "Of 2 organizations there before 2018, no two became partners afterwards: there is nothing to foretell.",
    )


def test_a_year_with_nothing_before_or_after_is_refused() -> None:
    for year in (2015, 2022):
        with pytest.raises(UsageProblem) as refused:
            recommend(small.partnerships(), backtest=year)
        assert str(refused.value) == (
            f"Activities started from 2015 to 2021, so at the start of {year} nothing is left to foretell or to "
            "foretell it from: choose a year after the first and up to the last."
        )


def test_activities_without_any_start_are_refused() -> None:
    rows = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    with pytest.raises(UsageProblem) as refused:
        recommend(dated(rows), backtest=2018)
    assert str(refused.value) == (
        "A backtest needs to know when activities started, and none says so: load their dates."
    )


def test_the_same_rows_in_any_order_give_the_same_bytes_and_another_seed_others() -> None:
    made = gef()
    turned = replace(made, participations=made.participations.reverse(), organizations=made.organizations.reverse())
    one = recommend(made, backtest=2010)
    assert one.table.serialize() == recommend(turned, backtest=2010).table.serialize()
    assert one.words == recommend(turned, backtest=2010).words
    assert not one.table.equals(recommend(made, backtest=2010, seed=2).table)


@pytest.fixture(scope="module")
def facility(tmp_path_factory: pytest.TempPathFactory) -> Partnerships:
    """The Global Environment Facility as users load it."""
    data.table("gef/projects.csv")
    graph = api.open(str(tmp_path_factory.mktemp("facility") / "facility.lbug"))
    graph.load(str(data.FOLDER / "gef"), mapping="aiddata")
    return graph.project(api.Filter()).partnerships


@pytest.mark.parametrize("year", [2007, 2008, 2009, 2010])
def test_on_the_environment_facility_the_score_ranks_pairs_better_than_each_of_the_four(
    facility: Partnerships, year: int
) -> None:
    values = table(recommend(facility, backtest=year), "value")
    for measure in ("auc", "reciprocal_rank"):
        assert all(values["score", measure] > values[method, measure] for method in BASELINES)


@pytest.fixture(scope="module")
def horizon_2020(tmp_path_factory: pytest.TempPathFactory) -> Partnerships:
    """Horizon 2020 with the countries of the seats and the parts of the programme, loaded as users load it."""
    graph = api.open(str(tmp_path_factory.mktemp("horizon") / "horizon.lbug"))
    for name, file in (("cordis_h2020", "h2020"), ("cordis_h2020_programmes", "programme_parts")):
        data.table(f"cordis/{file}.csv.gz")
        graph.load(str(data.FOLDER / "cordis" / f"{file}.csv.gz"), mapping=name)
    return graph.project(api.Filter()).partnerships


def test_on_horizon_2020_the_score_beats_each_of_the_four_by_every_measure(horizon_2020: Partnerships) -> None:
    found = recommend(horizon_2020, backtest=2018)
    verdicts = table(found, "verdict")
    assert {verdicts[method, measure] for method in BASELINES for measure in MEASURES} == {"better"}
    assert "So the score beats all four by every measure." in found.words


def test_without_countries_and_fields_it_does_so_but_for_the_first_places_and_says_it() -> None:
    found = recommend(dated(data.cordis()), backtest=2018)
    verdicts = table(found, "verdict")
    for measure in ("auc", "auc_within"):
        assert {verdicts[method, measure] for method in BASELINES} == {"better"}
    assert {verdicts[method, measure] for method in ("random", "degree product") for measure in MEASURES} == {"better"}
    # whether the first new partner stands higher than by partners in common is open, and this is said
    assert verdicts["Adamic-Adar", "reciprocal_rank"] == "open"
    assert any("by every measure, but not common neighbours and Adamic-Adar." in sentence for sentence in found.words)
