"""How well ranked lists foretell: area under the curve, precision, reciprocal rank, and how certain these are."""

from dataclasses import dataclass
from functools import cached_property

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
    ranked = np.sort(others)
    below, upto = (np.searchsorted(ranked, true, side) for side in ("left", "right"))
    return float((below + upto).sum() / 2 / (len(true) * len(others)))


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
        number = counts.shape[1]
        of_true, of_others = (
            counts @ np.bincount(owners, minlength=number) for owners in (self.true_owners, self.other_owners)
        )
        areas: Floats = ((counts @ self._above[:number, :number]) * counts).sum(axis=1) / (of_true * of_others)
        return areas

    @cached_property
    def _above(self) -> Floats:
        """How often a true one of the list in the row scores above another one of the list in the column."""
        order = np.argsort(self.others, kind="stable")
        owners, number = self.other_owners[order], int(max(self.true_owners.max(), self.other_owners.max())) + 1
        ends = [np.searchsorted(self.others[order], self.true, side) for side in ("left", "right")]
        above = np.empty((number, number))
        for row in range(number):
            mine = np.concatenate([end[self.true_owners == row] for end in ends])
            # of the others in order, how many of mine stand above each
            upto = np.cumsum(np.bincount(mine, minlength=len(owners) + 1))[:-1]
            above[row] = np.bincount(owners, (len(mine) - upto) / 2, minlength=number)
        return above


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
