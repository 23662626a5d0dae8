"""Structural holes after Burt: constraint, effective size and efficiency, by products of sparse matrices."""

import numpy as np
from scipy import sparse

from graphmodel.analysis.structure.engine import Arrays, Floats

ROWS = 256
"""Rows that are multiplied at a time: the whole product of a large network does not fit into memory."""


def structural_holes(network: Arrays) -> tuple[Floats, Floats, Floats]:
    """Return constraint, effective size and efficiency of each node; nan where it has no tie that counts more than 0.

    With p_ij = w_ij / sum_k w_ik and m_jq = w_jq / max_k w_jk, over the contacts j of i:
    constraint = sum_j (p_ij + sum_q p_iq p_qj)^2, effective size = sum_j (1 - sum_q p_iq m_jq),
    efficiency = effective size / number of contacts.

    Notes
    -----
    With weights, `networkx.effective_size` gives other values for all nodes at once than for one: in its matrices the
    other end divides. Node by node it agrees with this.

    References
    ----------
    R. S. Burt, Structural Holes, Harvard University Press, 1992.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> constraint, size, efficiency = structural_holes(arrays(nx.star_graph(4)))
    >>> constraint.tolist(), size.tolist(), efficiency.tolist()
    ([0.25, 1.0, 1.0, 1.0, 1.0], [4.0, 1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0, 1.0])
    """
    figures = np.full((3, len(network.ids)), np.nan)
    tied = network.tied()
    if tied.ids:
        place = {id: number for number, id in enumerate(network.ids)}
        places = [place[id] for id in tied.ids]
        constraint, size = _of_tied(tied)
        figures[:, places] = constraint, size, size / tied.degrees
    return figures[0], figures[1], figures[2]


def _of_tied(network: Arrays) -> tuple[Floats, Floats]:
    weights = network.matrix()
    shares = _scaled(weights, weights.sum(axis=1))
    redundancies = _scaled(weights, weights.max(axis=1).toarray()).T
    # both products walk the same paths i, q, j: as real and imaginary part they take the time of one
    both = (shares + 1j * redundancies).tocsr()
    contacts = (weights > 0).astype(np.float64)
    constraint, redundancy = np.zeros((2, len(network.ids)))
    for first in range(0, len(network.ids), ROWS):
        rows = slice(first, first + ROWS)
        paths = (shares[rows] @ both).multiply(contacts[rows]).tocsr()
        dependence = shares[rows] + paths.real
        constraint[rows] = dependence.multiply(dependence).sum(axis=1)
        redundancy[rows] = paths.imag.sum(axis=1)
    return constraint, network.degrees - redundancy


def _scaled(weights: sparse.csr_array, by: Floats) -> sparse.csr_array:
    """Divide each row by its value."""
    return (sparse.diags_array(1 / by) @ weights).tocsr()
