"""Exact tails of the Poisson-binomial distribution: how many of many unequal chances come true.

No tail is a difference from 1: all that is added is positive, so that a chance of 1e-300 has as many right digits as
one of a half.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, expit, logit

from graphmodel.analysis.significance.combinatorics import log_binomial
from graphmodel.analysis.significance.model import Floats, Ints

CELLS = 1 << 15
"""Cells of a table of distributions that are computed together: what fits the cache of a processor."""

NARROWEST = 0.75
"""Distributions are computed together if their largest counts differ by less than this."""

UNDERFLOW = 1e-290
"""Below, a tail is computed by its logarithm."""

NEGLIGIBLE = 40.0
"""exp(-40) is below the last digit of 1."""


@dataclass(frozen=True)
class Tails:
    """Chances of counts: `more` is P(X >= count), `less` is P(X <= count), `log_more` the logarithm of `more`.

    Where `more` is too small for a number (below 1e-308) it is 0; its logarithm is there all the same.
    """

    more: Floats
    less: Floats
    log_more: Floats


def exact(chances: Floats, counts: Ints, which: Ints, shared: Ints) -> Tails:
    """Return both tails of sums of independent chances.

    Parameters
    ----------
    chances : array of floats, distributions x kinds
        The chance of each kind of event, 0 to 1.
    counts : array of ints, kinds
        How many events there are of each kind.
    which : array of ints, questions
        The distribution that is asked.
    shared : array of ints, questions
        The count that is asked for.

    Returns
    -------
    Tails
        Of each question; relative error below 1e-9 (1e-12, mostly).

    Notes
    -----
    Events of one kind make a binomial distribution; these are added up one after the other. The tail of a sum is
    P(S + B >= w) = sum over b < w of P(B = b) P(S >= w - b), plus P(B >= w): no more of the distribution is needed
    than up to the largest count asked for.

    References
    ----------
    Y. Hong, On computing the distribution function for the Poisson binomial distribution, Computational Statistics &
    Data Analysis 59, 41, 2013.

    Examples
    --------
    >>> two_coins = exact(np.array([[0.5]]), np.array([2]), np.array([0, 0]), np.array([1, 2]))
    >>> two_coins.more.round(9).tolist(), two_coins.less.round(9).tolist()
    ([0.75, 0.25], [0.75, 1.0])
    """
    more, less = np.empty(len(which)), np.empty(len(which))
    largest = np.zeros(len(chances), np.int64)
    np.maximum.at(largest, which, shared)
    order = np.argsort(-largest, kind="stable")
    place = np.argsort(order, kind="stable")[which]
    asked = np.argsort(place, kind="stable")
    for start, stop in _batches(largest[order]):
        batch = order[start:stop]
        mass, above = _distributions(chances[batch], counts, int(largest[batch[0]]))
        these = asked[slice(*np.searchsorted(place[asked], (start, stop)))]
        cell = shared[these], place[these] - start
        more[these], less[these] = above[cell], np.cumsum(mass, axis=0)[cell]
    with np.errstate(divide="ignore"):
        log_more = np.log(more)
    far = np.flatnonzero(more < UNDERFLOW)
    log_more[far] = _far_tails(chances, counts, which[far], shared[far])
    more[far] = np.exp(log_more[far])
    return Tails(np.minimum(more, 1), np.minimum(less, 1), np.minimum(log_more, 0))


def _batches(largest: Ints) -> Iterator[tuple[int, int]]:
    """First and last of what is computed together; the largest counts come first."""
    start = 0
    while start < len(largest):
        similar = int(np.searchsorted(-largest, -NARROWEST * largest[start], side="right"))
        stop = min(max(similar, start + 1), start + max(CELLS // int(largest[start] + 1), 1))
        yield start, stop
        start = stop


def _distributions(chances: Floats, counts: Ints, largest: int) -> tuple[Floats, Floats]:
    """P(X = w) and P(X >= w) for w from 0 to the largest count: counts x distributions, each."""
    both = np.zeros((2, largest + 1, len(chances)))
    both[:, 0] = 1
    for kind in np.argsort(counts, kind="stable"):
        count, chance = int(counts[kind]), chances[:, kind]
        reach = min(count, largest)
        mass = np.exp(log_binomial(count, np.arange(reach + 1)[:, None], chance))
        added = mass[0] * both
        for successes in range(1, reach + 1):
            added[:, successes:] += mass[successes] * both[:, : largest + 1 - successes]
        beyond = betainc(largest + 1, count - largest, chance)[None] if count > largest else 0 * mass[:1]
        added[1, : reach + 1] += np.cumsum(np.concatenate([beyond, mass[:0:-1]]), axis=0)[::-1]
        added[1, 0] = 1
        both = added
    return both[0], both[1]


def _far_tails(chances: Floats, counts: Ints, which: Ints, shared: Ints) -> Floats:
    """Logarithms of P(X >= count), far above what is expected."""
    log = np.empty(len(which))
    order = np.argsort(-shared, kind="stable")
    for start, stop in _batches(shared[order]):
        batch = order[start:stop]
        log[batch] = _tilted(chances[which[batch]], counts, shared[batch])
    return log


def _tilted(chances: Floats, counts: Ints, shared: Ints) -> Floats:
    """The same by tilting: all odds are raised by one factor, so that the count becomes the expected one.

    P(X >= w) = M exp(-t w) sum over j of exp(-t j) P'(X = w + j), with the factor exp(t), P' by the raised odds and
    M = product of 1 - p + p exp(t).
    """
    sure = chances == 1
    wanted = shared - sure @ counts
    open_ = np.where(sure, 0.0, chances)
    possible = (open_ > 0) @ counts
    log = np.where(wanted > possible, -np.inf, _all_true(open_, counts))
    inner = np.flatnonzero(wanted < possible)
    if len(inner):
        log[inner] = _tilted_inside(open_[inner], counts, wanted[inner])
    return log


def _all_true(chances: Floats, counts: Ints) -> Floats:
    logs = np.log(np.where(chances > 0, chances, 1.0))
    every: Floats = logs @ counts
    return every


def _tilted_inside(chances: Floats, counts: Ints, shared: Ints) -> Floats:
    tilt = _tilt(chances, counts, shared)
    raised = expit(logit(chances) + tilt[:, None])
    further = min(int(np.ceil(NEGLIGIBLE / tilt.min())), int((counts.sum() - shared).max()))
    steps = np.arange(further + 1)
    mass, _ = _distributions(raised, counts, int(shared.max()) + further)
    reached = mass[shared[None, :] + steps[:, None], np.arange(len(shared))[None, :]]
    inside = np.log((np.exp(-tilt * steps[:, None]) * reached).sum(axis=0))
    grown = np.log1p(chances * np.expm1(tilt)[:, None]) @ counts
    log: Floats = grown - tilt * shared + inside
    return log


def _tilt(chances: Floats, counts: Ints, shared: Ints) -> Floats:
    """The logarithm of the factor on the odds under which the count is expected, by bisection."""
    odds = logit(chances)
    possible = (chances > 0) @ counts
    least = np.where(chances > 0, odds, np.inf).min(axis=1)
    low, high = np.zeros(len(shared)), np.log(possible / (possible - shared)) - least
    for _ in range(100):
        middle = (low + high) / 2
        short = expit(odds + middle[:, None]) @ counts < shared
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(high, float)
