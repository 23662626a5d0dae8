"""Binomial coefficients and distributions, in logarithms, to the last digits also for large numbers."""

from typing import Any

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from graphmodel.analysis.significance.model import Floats

SMALL = 16


def log_choose(n: Any, k: Any) -> Floats:
    """Return the logarithm of the number of ways to choose k of n; minus infinity where there is none.

    Its error is in the last digits of the result, which differences of log-gamma, far larger than it, would lose.

    References
    ----------
    C. Loader, Fast and accurate computation of binomial probabilities, 2000.

    Examples
    --------
    >>> np.exp(log_choose(5, np.arange(7))).round(9).tolist()
    [1.0, 5.0, 10.0, 10.0, 5.0, 1.0, 0.0]
    """
    n, k = np.broadcast_arrays(np.asarray(n, float), np.asarray(k, float))
    inside = (k > 0) & (k < n)
    a, b = np.where(inside, k, 1), np.where(inside, n - k, 1)
    whole = a + b
    log = _beyond_stirling(whole) - _beyond_stirling(a) - _beyond_stirling(b)
    log += a * np.log1p(b / a) + b * np.log1p(a / b) + 0.5 * np.log(whole / (2 * np.pi * a * b))
    return np.where(inside, log, np.where((k == 0) | (k == n), 0.0, -np.inf))


def log_binomial(count: int, successes: Any, chance: Any) -> Floats:
    """Return the logarithm of the binomial probability of so many successes in `count` trials.

    >>> np.exp(log_binomial(2, np.arange(3), 0.5)).round(9).tolist()
    [0.25, 0.5, 0.25]
    """
    log: Floats = log_choose(count, successes) + xlogy(successes, chance) + xlog1py(count - successes, -chance)
    return log


def _beyond_stirling(n: Floats) -> Floats:
    """What Stirling's formula for the logarithm of n! leaves over, n >= 1."""
    m = np.minimum(n, SMALL)
    exact = gammaln(m + 1) - (m + 0.5) * np.log(m) + m - 0.5 * np.log(2 * np.pi)
    square = n * n
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / n
    return np.where(n < SMALL, exact, series)
