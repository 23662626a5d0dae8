"""Null models that keep one side's degrees exactly and leave the other side free."""

import numpy as np

from graphmodel.analysis.significance.combinatorics import log_choose
from graphmodel.analysis.significance.model import Degrees, Floats, Ints
from graphmodel.analysis.significance.tails import Tails

NEGLIGIBLE = 1e-17


def hypergeometric(activities: int, one: Ints, other: Ints, shared: Ints) -> Tails:
    """Return the tails of what two share that choose their activities at random (fixed rows).

    Parameters
    ----------
    activities : int
        How many there are.
    one, other : arrays of ints
        How many each of the two takes part in.
    shared : array of ints
        How many they share: at least one + other - activities, since no two can share fewer.

    Notes
    -----
    What is not shared is hypergeometric too: P(X <= w) is the upper tail of what one does without the other.

    Examples
    --------
    >>> tails = hypergeometric(4, np.array([3]), np.array([2]), np.array([2]))
    >>> tails.more.round(9).tolist(), tails.less.round(9).tolist()
    ([0.5], [1.0])
    """
    log_more = _log_upper(activities, one, other, shared)
    log_less = _log_upper(activities, one, activities - other, one - shared)
    return Tails(np.exp(log_more), np.exp(log_less), log_more)


def column_chances(columns: Degrees, organizations: int) -> Floats:
    """Return how likely two organizations are both in an activity, by its participants (fixed columns).

    p = c (c - 1) / (n (n - 1)) for c participants among n organizations.

    >>> column_chances(Degrees.of(np.array([2, 1])), 3).round(3).tolist()
    [0.333, 0.0]
    """
    pairs = max(organizations * (organizations - 1), 1)
    chances: Floats = columns.values * (columns.values - 1) / pairs
    return chances


def _log_upper(activities: int, one: Ints, other: Ints, shared: Ints) -> Floats:
    """log P(X >= shared): the chance of the count itself, times the sum of those above as parts of it."""
    log = log_choose(one, shared) + log_choose(activities - one, other - shared) - log_choose(activities, other)
    a, b, w = (np.asarray(given, float) for given in (one, other, shared))
    rest = activities - a - b
    part, total = np.ones(len(w)), np.ones(len(w))
    going = np.arange(len(w))
    with np.errstate(over="ignore"):
        while len(going):
            v = w[going]
            part[going] *= (a[going] - v) * (b[going] - v) / ((v + 1) * (rest[going] + v + 1))
            total[going] += part[going]
            w[going] += 1
            going = going[part[going] > NEGLIGIBLE * total[going]]
    upper: Floats = np.minimum(log + np.log(total), 0)
    return upper
