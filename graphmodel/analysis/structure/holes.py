"""Structural holes after Burt: constraint, effective size and efficiency, by the triangles of a network."""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from graphmodel.analysis.structure.engine import Arrays, Floats
from graphmodel.analysis.structure.triangles import Triangles, triangles


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
    ends = np.concatenate([network.sources, network.targets])
    weights = np.concatenate([network.weights, network.weights])
    strengths: Floats = np.bincount(ends, weights).astype(np.float64)
    largest: Floats = np.zeros(len(network.ids))
    np.maximum.at(largest, ends, weights)
    dependence, redundancy = weights / strengths[ends], np.zeros(len(network.ids))
    for found in triangles(network):
        for one, other, third in _orders(found):
            through = _of(network, found, (one, third), strengths)
            tie, start = found.sides[third], found.corners[one]
            place = tie + len(network.sources) * (network.sources[tie] != start)  # of the tie as it starts from here
            onward = _of(network, found, (third, other), strengths)
            dependence += np.bincount(place, through * onward, minlength=len(dependence))
            met = _of(network, found, (other, third), largest)
            redundancy += np.bincount(start, through * met, minlength=len(redundancy))
    constraint: Floats = np.bincount(ends, dependence**2).astype(np.float64)
    return constraint, network.degrees - redundancy


def _orders(found: Triangles) -> Iterator[tuple[int, int, int]]:
    """Each order of the three corners."""
    yield from permutations(range(len(found.corners)), 3)


def _of(network: Arrays, found: Triangles, pair: tuple[int, int], whole: Floats) -> Floats:
    """What the tie of two corners is of the whole of the first of them."""
    side = found.sides[3 - sum(pair)]
    share: Floats = network.weights[side] / whole[found.corners[pair[0]]]
    return share
