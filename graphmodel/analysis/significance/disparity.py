"""The disparity filter: ties that carry more of an organization's strength than an even spread would give them."""

from typing import Any

import numpy as np
import polars as pl

from graphmodel.analysis.significance.model import Floats


def disparity(weights: Any) -> Floats:
    """Return for each cell of a matrix of weights the smaller chance of its row and of its column.

    Parameters
    ----------
    weights : array, sources x targets
        0 where there is no tie. A symmetric matrix is an undirected network.

    Notes
    -----
    a_ij = (1 - w_ij / s_i)^(k_i - 1): the chance that one of the k_i parts of a strength s_i, cut at random, is so
    large. A node of one tie keeps nothing from its own side.

    References
    ----------
    M. A. Serrano, M. Boguna and A. Vespignani, Extracting the multiscale backbone of complex weighted networks,
    PNAS 106, 6483, 2009.

    Examples
    --------
    >>> disparity([[0, 3, 1], [3, 0, 0], [1, 0, 0]])
    array([[1.  , 0.25, 0.75],
           [0.25, 1.  , 1.  ],
           [0.75, 1.  , 1.  ]])
    """
    given = np.asarray(weights, float)
    return np.minimum(_of_rows(given), _of_rows(given.T).T)


def of_ties(ends: pl.DataFrame) -> Floats:
    """Return the same for undirected ties, row by row: the smaller chance of both ends.

    Parameters
    ----------
    ends : polars.DataFrame
        source, target, shared: whole numbers; a row of 0 is no tie.
    """
    tied = ends.filter(pl.col("shared") > 0)
    sides = [tied.select(pl.col(end).alias("end"), "shared") for end in ("source", "target")]
    strength = pl.concat(sides).group_by("end").agg(pl.col("shared").sum().alias("strength"), pl.len().alias("ties"))
    of_ends = [_of_end(ends, strength, end) for end in ("source", "target")]
    return np.where(ends["shared"].to_numpy() > 0, np.minimum(*of_ends), 1.0)


def _of_rows(weights: Floats) -> Floats:
    strength, ties = weights.sum(axis=1, keepdims=True), (weights > 0).sum(axis=1, keepdims=True)
    chances: Floats = (1 - weights / np.where(strength > 0, strength, 1)) ** np.maximum(ties - 1, 0)
    return chances


def _of_end(ends: pl.DataFrame, strength: pl.DataFrame, end: str) -> Floats:
    known = ends.select(end, "shared").join(strength, left_on=end, right_on="end", how="left", maintain_order="left")
    left = 1 - pl.col("shared") / pl.col("strength")
    return known.select(chance=left.pow(pl.col("ties").cast(pl.Int64) - 1).fill_null(1.0))["chance"].to_numpy()
