"""Corrections for many tests, next to scipy and to their definitions on the whole list; the disparity filter."""

import numpy as np
import polars as pl
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.analysis.significance import Test, assess
from graphmodel.analysis.significance.choices import Correction
from graphmodel.analysis.significance.corrections import corrected
from graphmodel.analysis.significance.disparity import disparity
from graphmodel.analysis.ties.alliances import ties
from tests.data import davis
from tests.networks import Matrix, matrices, rows_of

KINDS = st.lists(st.tuples(st.floats(0, 1) | st.sampled_from([0.01, 1e-300, 1.0]), st.integers(1, 5)), min_size=1)


def on_the_whole_list(chances: list[float], correction: Correction) -> list[float]:
    """The corrected chances of a list of tests, by definition."""
    n = len(chances)
    if correction == "bonferroni":
        return [min(1, n * p) for p in chances]
    if correction == "bh":
        return list(scipy.stats.false_discovery_control(chances))
    rising = sorted(chances)
    return [min(1, max((n - rank) * q for rank, q in enumerate(rising) if q <= p)) for p in chances]


@pytest.mark.parametrize("correction", ["bh", "holm", "bonferroni"])
@given(kinds=KINDS)
def test_kinds_that_stand_several_times_are_corrected_as_on_the_whole_list(
    correction: Correction, kinds: list[tuple[float, int]]
) -> None:
    chances, pairs = zip(*kinds, strict=True)
    found = np.repeat(corrected(np.array(chances), np.array(pairs), correction), pairs)
    right = on_the_whole_list(np.repeat(chances, pairs).tolist(), correction)
    assert found == pytest.approx(right, rel=1e-12, abs=1e-310)


def test_without_a_correction_the_chances_stay() -> None:
    assert corrected(np.array([0.2, 0.1]), np.array([3, 4]), "none").tolist() == [0.2, 0.1]


def test_nothing_to_correct_is_nothing() -> None:
    assert corrected(np.array([]), np.array([], np.int64), "bh").tolist() == []


def test_the_disparity_filter_has_the_published_values() -> None:
    found = disparity([[1, 0, 1, 1], [0, 1, 0, 0], [1, 0, 0, 1], [1, 1, 0, 1]])
    third = pytest.approx(0.444, abs=5e-4)
    assert found.tolist() == [[third, 1, third, third], [1, 0.5, 1, 1], [third, 1, 1, third], [third, third, 1, third]]


def test_a_node_of_one_tie_keeps_nothing_from_its_own_side() -> None:
    assert disparity([[0, 9], [9, 0]]).tolist() == [[1, 1], [1, 1]]


@given(matrices())
def test_ties_are_filtered_as_the_matrix_of_what_is_shared(matrix: Matrix) -> None:
    rows = rows_of(matrix)
    shared = matrix @ matrix.T
    np.fill_diagonal(shared, 0)
    right = disparity(shared)
    table = assess(ties(rows), rows, test=Test(method="disparity")).table
    for source, target, p_more in table.select("source", "target", "p_more").rows():
        assert p_more == pytest.approx(right[int(source[1:]), int(target[1:])], rel=1e-12)


def test_the_disparity_filter_expects_nothing_and_knows_no_avoided_ties() -> None:
    found = assess(ties(davis()), davis(), test=Test(method="disparity"))
    assert found.table["expected"].null_count() == found.table["p_less"].null_count() == 139
    assert found.table["q"].equals(found.table["p_more"])
    assert set(found.table["sign"]) == {"0"}
    assert (found.outcome.pairs, found.kinds) == (139, None)


def test_the_disparity_filter_can_be_corrected_over_the_ties_there_are() -> None:
    found = assess(ties(davis()), davis(), test=Test(method="disparity", correction="bonferroni")).table
    assert found.select((pl.col("q") == (139 * pl.col("p_more")).clip(upper_bound=1)).all()).item()
