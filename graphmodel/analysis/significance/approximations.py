"""Approximations of the Poisson-binomial tails, as other programs use them."""

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr

from graphmodel.analysis.significance.model import Floats, Ints


def poisson(mean: Floats, shared: Ints) -> tuple[Floats, Floats]:
    """Return P(X >= shared), P(X <= shared) of a Poisson distribution with the mean of the null model.

    >>> [round(float(tail[0]), 4) for tail in poisson(np.array([1.0]), np.array([1]))]
    [0.6321, 0.7358]
    """
    more = np.where(shared > 0, gammainc(np.maximum(shared, 1), mean), 1.0)
    return more, gammaincc(shared + 1, mean)


def normal(mean: Floats, variance: Floats, third: Floats, shared: Ints) -> tuple[Floats, Floats]:
    """Return P(X >= shared), P(X <= shared) by the refined normal approximation.

    F(x) = Phi(x) + g / (6 s^3) (1 - x^2) phi(x) with x = (k + .5 - mean) / s, cut to 0 and 1.

    Parameters
    ----------
    mean, variance, third : arrays of floats
        Sums of p, of p (1 - p) and of p (1 - p) (1 - 2p).
    shared : array of ints

    Notes
    -----
    Where the mean is small against 1 the upper tail collapses to 0: everything looks significant.

    References
    ----------
    Y. Hong, On computing the distribution function for the Poisson binomial distribution, Computational Statistics &
    Data Analysis 59, 41, 2013.
    """
    spread = np.sqrt(np.where(variance > 0, variance, 1))
    skew = third / (6 * spread**3)
    at, below = (shared + 0.5 - mean) / spread, (shared - 0.5 - mean) / spread
    more = ndtr(-below) - skew * _bend(below)
    less = ndtr(at) + skew * _bend(at)
    certain = variance <= 0
    more, less = np.where(certain, shared <= mean, more), np.where(certain, shared >= mean, less)
    return np.clip(more, 0, 1), np.clip(less, 0, 1)


def _bend(x: Floats) -> Floats:
    bend: Floats = (1 - x**2) * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    return bend
