"""How well ranked lists foretell: area under the curve, precision, reciprocal rank, and how certain these are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphmodel.analysis.structure.engine import Floats, Ints

TIMES = 1000
"""Resamples of the bootstrap."""

Truth = npt.NDArray[np.bool_]


def auc(true: Floats, others: Floats) -> float:
    """Return the probability that a true one scores above another, ties counting half: the area under the curve.

    References
    ----------
    J. A. Hanley and B. J. McNeil, The meaning and use of the area under a receiver operating characteristic (ROC)
    curve, Radiology 143, 29, 1982.

    Examples
    --------
    >>> auc(np.array([3.0, 1.0]), np.array([1.0, 0.0]))
    0.875
    """
    return Pairs(true, others, np.zeros(len(true), np.int64), np.zeros(len(others), np.int64)).auc(np.ones(1))


def precision(ranked: Truth, k: int) -> float:
    """Return the part of the first k of a list that is true.

    >>> precision(np.array([True, False, True]), 2)
    0.5
    """
    return float(ranked[:k].sum() / min(k, len(ranked)))


def reciprocal_rank(ranked: Truth) -> float:
    """Return 1 / the place of the first true one in a list; 0 where there is none.

    >>> reciprocal_rank(np.array([False, True, True]))
    0.5
    """
    return float(1 / (1 + np.argmax(ranked))) if ranked.any() else 0.0


@dataclass(frozen=True)
class Pairs:
    """Scores of pairs that came true and of others, each from the list of one organization.

    Attributes
    ----------
    true, others : array of float
    true_owners, other_owners : array of int
        The number of the list that each stands in.
    """

    true: Floats
    others: Floats
    true_owners: Ints
    other_owners: Ints

    def auc(self, counts: Floats) -> float:
        """Return the area under the curve when the list of each organization counts so many times."""
        return float(self.resampled(counts[None, :])[0])

    def resampled(self, counts: npt.NDArray[np.float64]) -> Floats:
        """Return the area under the curve for each row of counts."""
        order = np.argsort(self.others, kind="stable")
        ranked, owners = self.others[order], self.other_owners[order]
        below, upto = (np.searchsorted(ranked, self.true, side) for side in ("left", "right"))
        areas = np.empty(len(counts))
        for number, weights in enumerate(counts):
            before = np.concatenate([[0.0], np.cumsum(weights[owners])])
            of_true = weights[self.true_owners]
            area = of_true @ (before[below] + before[upto]) / 2
            areas[number] = area / (of_true.sum() * before[-1])
        return areas


def resamples(number: int, seed: int, times: int = TIMES) -> Floats:
    """Return how often each of so many is drawn, in samples of the same size with replacement.

    Returns
    -------
    array of float, shape (times, number)

    References
    ----------
    B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, Chapman and Hall, 1993.

    Examples
    --------
    >>> resamples(3, seed=1, times=2).sum(axis=1).tolist()
    [3.0, 3.0]
    """
    drawn = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=times)
    return drawn.astype(np.float64)


def interval(values: Floats) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentile of resampled values: a 95 % confidence interval.

    >>> interval(np.arange(101.0))
    (2.5, 97.5)
    """
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
