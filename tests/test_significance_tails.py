"""The tails of the null models: published values, brute force, and mpmath to nine digits, far out as well."""

import math
from itertools import product
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.significance.choices import Method, Tail, Test
from graphmodel.analysis.significance.combinatorics import log_choose
from graphmodel.analysis.significance.fixed import hypergeometric
from graphmodel.analysis.significance.model import Degrees
from graphmodel.analysis.significance.nulls import Expectation, Kinds, expectation, of_chances
from graphmodel.analysis.significance.tails import Tails, exact

SMALL = np.array([[1, 0, 1, 1], [0, 1, 0, 0], [1, 0, 0, 1]])
UNEQUAL = np.array([0.123, 0.234, 0.345, 0.456, 0.567, 0.678, 0.789, 0.801, 0.911])


def of_small(method: Method, tail: Tail = "exact") -> Expectation:
    """What a null model expects of all pairs of rows of `SMALL`, each with itself too."""
    degrees, shared = SMALL.sum(axis=1), SMALL @ SMALL.T
    one, other = np.indices((3, 3)).reshape(2, 9)
    kinds = Kinds(degrees[one], degrees[other], shared.ravel())
    return expectation(Degrees.of(degrees), Degrees.of(SMALL.sum(axis=0)), kinds, Test(method, tail))


def tails_of(chances: Any, counts: Any, shared: Any) -> Tails:
    """The exact tails of one sum of chances at several counts."""
    asked = np.atleast_1d(shared)
    return exact(np.array([chances], float), np.array(counts), np.zeros_like(asked), asked)


def in_many_digits(chances: Any, counts: Any, shared: int) -> tuple[Any, Any]:
    """Both tails by mpmath, event by event."""
    with mpmath.workdps(60):
        mass = [mpmath.mpf(1)]
        for chance, count in zip(chances, counts, strict=True):
            p = mpmath.mpf(float(chance))
            for _ in range(count):
                mass = [a * (1 - p) + b * p for a, b in zip([*mass, 0], [0, *mass], strict=True)]
        return mpmath.fsum(mass[shared:]), mpmath.fsum(mass[: shared + 1])


@pytest.mark.parametrize(
    ("method", "tail", "upper", "lower"),
    [
        (
            "sdsm",
            "normal",
            [0.432, 0.977, 0.549, 0.977, 0.304, 0.972, 0.549, 0.972, 0.329],
            [0.909, 0.354, 0.844, 0.354, 0.954, 0.476, 0.844, 0.476, 0.942],
        ),
        ("sdsm", "exact", [0.427, 1, 0.555, 1, 0.306, 1, 0.555, 1, 0.333], None),
        (
            "fixed-rows",
            "exact",
            [0.25, 1, 0.5, 1, 0.25, 1, 0.5, 1, 0.167],
            [1, 0.25, 1, 0.25, 1, 0.5, 1, 0.5, 1],
        ),
        ("fixed-columns", "normal", [0.008, 0.975, 0.114, 0.975, 0.568, 0.975, 0.114, 0.975, 0.114], None),
    ],
)
def test_a_small_matrix_has_the_published_tails(method: Method, tail: Tail, upper: list[float], lower: Any) -> None:
    found = of_small(method, tail).tails
    assert found.more == pytest.approx(upper, abs=5e-4)
    assert lower is None or found.less == pytest.approx(lower, abs=5e-4)


def test_fixed_columns_have_the_published_exact_tails_off_the_diagonal() -> None:
    found = of_small("fixed-columns").tails.more.reshape(3, 3)
    assert found[np.triu_indices(3, 1)] == pytest.approx([1, 0.111, 1], abs=5e-4)


@pytest.mark.parametrize(("tail", "less", "more"), [("exact", 0.6791345, 0.6283854), ("normal", 0.6773302, 0.6268476)])
def test_nine_unequal_chances_have_the_published_tails(tail: Tail, less: float, more: float) -> None:
    one = np.ones(9, np.int64)
    found = of_chances(UNEQUAL[None], one, np.array([0]), np.array([5]), tail).tails
    assert (found.less[0], found.more[0]) == pytest.approx((less, more), abs=5e-8)


def test_the_poisson_tails_are_those_of_scipy() -> None:
    counts, shared = np.array([2, 1, 1, 1, 1, 1, 1, 1, 1]), np.array([0, 3, 9])
    found = of_chances(UNEQUAL[None], counts, np.zeros(3, np.int64), shared, "poisson")
    mean = UNEQUAL @ counts
    assert found.mean == pytest.approx([mean] * 3)
    assert found.tails.more == pytest.approx(scipy.stats.poisson.sf(shared - 1, mean))
    assert found.tails.less == pytest.approx(scipy.stats.poisson.cdf(shared, mean))


def test_a_sum_of_certain_and_impossible_chances_is_certain() -> None:
    for tail in ("exact", "normal"):
        certain = np.array([[1.0, 0.0]])
        found = of_chances(certain, np.array([2, 3]), np.zeros(4, np.int64), np.arange(4), tail).tails
        assert found.more.tolist() == [1, 1, 1, 0]
        assert found.less.tolist() == [0, 0, 1, 1]


CHANCES = st.floats(1e-6, 1 - 1e-6) | st.sampled_from([0.0, 1.0, 1e-12, 0.5, 1 - 1e-9])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CHANCES, st.integers(1, 3)), min_size=1, max_size=3))
def test_tails_are_those_of_listing_all_outcomes(kinds: list[tuple[float, int]]) -> None:
    chances = [chance for chance, count in kinds for _ in range(count)]
    mass = np.zeros(len(chances) + 2)
    for outcome in product((0, 1), repeat=len(chances)):
        mass[sum(outcome)] += np.prod([p if one else 1 - p for p, one in zip(chances, outcome, strict=True)])
    found = tails_of([p for p, _ in kinds], [count for _, count in kinds], np.arange(len(mass)))
    assert found.more == pytest.approx(np.cumsum(mass[::-1])[::-1], abs=1e-12)
    assert found.less == pytest.approx(np.cumsum(mass), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CHANCES, st.integers(1, 40)), min_size=1, max_size=5), st.integers(0, 120))
def test_tails_have_nine_digits(kinds: list[tuple[float, int]], shared: int) -> None:
    chances, counts = zip(*kinds, strict=True)
    more, less = in_many_digits(chances, counts, shared)
    found = tails_of(chances, counts, shared)
    assert found.more[0] == pytest.approx(float(more), rel=1e-9, abs=1e-300)
    assert found.less[0] == pytest.approx(float(less), rel=1e-9, abs=1e-300)
    if more > 0:
        assert found.log_more[0] == pytest.approx(float(mpmath.log(more)), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("shared", [40, 100, 200, 299, 300])
def test_a_chance_of_one_in_a_googol_and_far_less_has_nine_digits(shared: int) -> None:
    chances, counts = (0.001, 0.004, 0.02), (200, 90, 10)
    more, _ = in_many_digits(chances, counts, shared)
    found = tails_of(chances, counts, shared)
    assert found.log_more[0] == pytest.approx(float(mpmath.log(more)), rel=1e-12)
    assert found.more[0] == pytest.approx(float(more), rel=1e-9, abs=1e-300)


def test_more_than_all_chances_cannot_be_shared() -> None:
    found = tails_of((0.5, 0.0), (2, 7), 3)
    assert (found.more[0], found.log_more[0]) == (0, -np.inf)
    assert found.less[0] == pytest.approx(1)


def test_the_lower_tail_is_right_where_sharing_nothing_is_out_of_the_question() -> None:
    chances, counts, several = (0.999, 0.99), (200, 50), (180, 240, 250)
    found = tails_of(chances, counts, np.array(several))
    for place, shared in enumerate(several):
        more, less = in_many_digits(chances, counts, shared)
        assert found.less[place] == pytest.approx(float(less), rel=1e-9)
        assert found.more[place] == pytest.approx(float(more), rel=1e-9)


def test_a_chance_does_not_depend_on_what_else_is_asked() -> None:
    rng = np.random.default_rng(5)
    chances, counts = rng.random((50, 6)) / 3, rng.integers(1, 30, 6)
    which, shared = rng.integers(0, 50, 400), rng.integers(0, 40, 400)
    together = exact(chances, counts, which, shared)
    alone = [tails_of(chances[row], counts, count) for row, count in zip(which, shared, strict=True)]
    assert together.more == pytest.approx([tails.more[0] for tails in alone], rel=1e-13)
    assert together.less == pytest.approx([tails.less[0] for tails in alone], rel=1e-13)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_hypergeometric_tails_have_nine_digits(data: st.DataObject) -> None:
    activities = data.draw(st.integers(1, 1000))
    one, other = (data.draw(st.integers(1, activities)) for _ in range(2))
    shared = data.draw(st.integers(max(0, one + other - activities), min(one, other)))
    found = hypergeometric(activities, np.array([one]), np.array([other]), np.array([shared]))
    ways = [math.comb(one, w) * math.comb(activities - one, other - w) for w in range(min(one, other) + 1)]
    with mpmath.workdps(40):
        every = mpmath.mpf(sum(ways))
        more, less = sum(ways[shared:]) / every, sum(ways[: shared + 1]) / every
    assert found.more[0] == pytest.approx(float(more), rel=1e-9, abs=1e-300)
    assert found.less[0] == pytest.approx(float(less), rel=1e-9, abs=1e-300)
    assert found.log_more[0] == pytest.approx(float(mpmath.log(more)), rel=1e-9, abs=1e-9)


def test_binomial_coefficients_of_a_million_keep_their_digits() -> None:
    with mpmath.workdps(40):
        right = [float(mpmath.log(mpmath.binomial(1_000_000, k))) for k in (1, 2, 15, 16, 17, 400, 500_000)]
    assert log_choose(1_000_000, [1, 2, 15, 16, 17, 400, 500_000]) == pytest.approx(right, rel=1e-14)
