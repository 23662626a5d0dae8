"""Corrections for testing many pairs at once, from the distinct chances and how many pairs have each."""

import numpy as np

from graphmodel.analysis.significance.choices import Correction
from graphmodel.analysis.significance.model import Floats, Ints


def corrected(chances: Floats, pairs: Ints, correction: Correction) -> Floats:
    """Return the corrected chances, as if each stood so many times in the list of all tests.

    Parameters
    ----------
    chances : array of floats
        Uncorrected, one for each kind of pair.
    pairs : array of ints
        How many pairs have it; all together are the family of the correction.
    correction : "bh", "holm", "bonferroni" or "none"

    References
    ----------
    Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57,
    289, 1995. S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
    65, 1979.

    Examples
    --------
    >>> corrected(np.array([0.01, 0.5]), np.array([2, 2]), "bh").tolist()
    [0.02, 0.5]
    """
    if correction == "none" or not len(chances):
        return chances.copy()
    order = np.argsort(chances, kind="stable")
    result = np.empty(len(chances))
    result[order] = np.minimum(_in_order(chances[order], pairs[order].astype(float), correction), 1)
    return result


def _in_order(chances: Floats, pairs: Floats, correction: Correction) -> Floats:
    """The same for rising chances."""
    all_ = float(pairs.sum())
    if correction == "bonferroni":
        return chances * all_
    up_to = np.cumsum(pairs)
    if correction == "holm":
        stepped_down: Floats = np.maximum.accumulate(chances * (all_ - up_to + pairs))
        return stepped_down
    stepped_up: Floats = np.minimum.accumulate((chances * all_ / up_to)[::-1])[::-1]
    return stepped_up
