"""Triangles: three that are all tied to each other, each found once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graphmodel.analysis.structure.engine import Arrays, Ints

WEDGES = 2_000_000
"""Pairs of ties of one node that are looked at at a time."""


@dataclass(frozen=True)
class Triangles:
    """Some of the triangles of a network, each a place in these arrays.

    Attributes
    ----------
    corners : three arrays of int
        The nodes.
    sides : three arrays of int
        The ties by their place in the network; each is the one between the other two corners.
    """

    corners: tuple[Ints, Ints, Ints]
    sides: tuple[Ints, Ints, Ints]


TURNS = ((0, 1, 2), (1, 2, 0), (2, 0, 1))
"""Each corner first, then the other two."""


def triangles(network: Arrays, wedges: int = WEDGES) -> Iterator[Triangles]:
    """Yield all triangles of a network, some at a time: those in so many pairs of ties of one node.

    Each is found at the corner with the fewest ties, so that the many pairs around a large hub need not be looked at.

    References
    ----------
    N. Chiba and T. Nishizeki, Arboricity and subgraph listing algorithms, SIAM Journal on Computing 14, 210, 1985.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> [found.corners[0].size for found in triangles(arrays(nx.complete_graph(5)))]
    [10]
    """
    nodes = len(network.ids)
    order = np.lexsort((np.arange(nodes), network.degrees))  # the fewest ties first
    rank = np.empty(nodes, np.int64)
    rank[order] = np.arange(nodes)
    ends = np.sort(np.stack([rank[network.sources], rank[network.targets]]), axis=0)
    by_ends = np.lexsort((ends[1], ends[0]))
    low, high = ends[:, by_ends]
    keys = low * nodes + high
    later = np.searchsorted(low, low, side="right") - np.arange(len(low)) - 1  # ties of the same node that follow
    for start, stop in _portions(later, wedges):
        first = np.repeat(np.arange(start, stop), later[start:stop])
        second = first + 1 + _counting(later[start:stop])
        wanted = high[first] * nodes + high[second]
        third = np.searchsorted(keys, wanted)
        there = np.flatnonzero(keys[np.minimum(third, len(keys) - 1)] == wanted)
        first, second, third = first[there], second[there], third[there]
        corners = (order[low[first]], order[high[first]], order[high[second]])
        yield Triangles(corners, (by_ends[third], by_ends[second], by_ends[first]))


def _portions(sizes: Ints, most: int) -> Iterator[tuple[int, int]]:
    """Places from and up to which the sizes together are about so many."""
    portion = np.cumsum(sizes) // most
    edges = [0, *(np.flatnonzero(np.diff(portion)) + 1).tolist(), len(sizes)]
    yield from ((start, stop) for start, stop in pairwise(edges) if stop > start)


def _counting(sizes: Ints) -> Ints:
    """0, 1, ... up to each size, one after the other."""
    ends = np.cumsum(sizes)
    counted: Ints = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
    return counted
