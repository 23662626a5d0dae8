"""Which few nodes have most others within reach: greedily with a guarantee, and exactly where that is small."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from graphmodel.analysis.structure.engine import Arrays, Ints

ENTRIES = 20_000
"""Pairs within reach of each other, of the whole network, up to which the exact answer is looked for."""

BRANCHES = 1_000
"""Steps of the exact search after which it is given up: seconds, never a guess."""


@dataclass(frozen=True)
class Reach:
    """Whom each node reaches: itself, its partners and, in two steps, theirs.

    Attributes
    ----------
    network : Arrays
    steps : int
        1 or 2.
    """

    network: Arrays
    steps: int = 1

    @cached_property
    def near(self) -> sparse.csr_array:
        """Return who is one step away or none, row by row, each row sorted."""
        nodes = np.arange(len(self.network.ids))
        rows = np.r_[self.network.sources, self.network.targets, nodes]
        columns = np.r_[self.network.targets, self.network.sources, nodes]
        made = sparse.csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(len(nodes),) * 2)
        made.sort_indices()
        return made

    @cached_property
    def bounds(self) -> Ints:
        """Return a number for each node that it cannot reach more than; in one step, what it reaches."""
        most: Ints = np.ones(len(self.network.ids), np.int64)
        for _ in range(self.steps):
            most = np.minimum(self.near @ most, len(most))
        return most

    def of(self, node: int) -> Ints:
        """Return whom a node reaches, sorted."""
        found: Ints = self.near.indices[slice(*self.near.indptr[node : node + 2])].astype(np.int64)
        if self.steps == 1:
            return found
        reached = np.zeros(len(self.network.ids), bool)
        reached[self.near[found].indices] = True
        return np.flatnonzero(reached)


@dataclass(frozen=True)
class Chosen:
    """Nodes in the order in which they were chosen.

    Attributes
    ----------
    nodes, newly : list of int
        Each node, and how many it adds to those reached.
    most : int
        No other choice of as many nodes as were allowed reaches more than this.
    """

    nodes: list[int]
    newly: list[int]
    most: int

    @property
    def reached(self) -> int:
        """Return how many are reached in all."""
        return sum(self.newly)


def greedy(reach: Reach, k: int) -> Chosen:
    """Choose up to k nodes, each the one that adds most; of equals, the first.

    It reaches at least 1 - 1/e of the most possible (63%). What a node adds never grows as others are chosen, so
    what it added before is a bound that spares most counting (lazy evaluation). From the same follows what
    no choice of k can exceed: what is reached, and the k largest additions to it, at any moment.

    References
    ----------
    G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, An analysis of approximations for maximizing submodular set
    functions, Mathematical Programming 14, 265, 1978. J. Leskovec et al., Cost-effective outbreak detection in
    networks, KDD 2007.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> greedy(Reach(arrays(nx.path_graph(5))), 2)
    Chosen(nodes=[1, 3], newly=[3, 2], most=5)
    """
    covered = np.zeros(len(reach.network.ids), bool)
    waiting = [(-int(bound), node) for node, bound in enumerate(reach.bounds)]
    heapq.heapify(waiting)
    nodes: list[int] = []
    newly: list[int] = []
    most = len(covered)
    while True:
        best = _best(waiting, reach, covered, k)
        most = min(most, sum(newly) + sum(gain for gain, _ in best))
        if len(nodes) == k or not best or not best[0][0]:
            return Chosen(nodes, newly, most)
        (gain, node), *others = best
        nodes.append(node)
        newly.append(gain)
        covered[reach.of(node)] = True
        for left, other in others:
            heapq.heappush(waiting, (-left, other))


def _best(
    waiting: list[tuple[int, int]], reach: Reach, covered: npt.NDArray[np.bool_], number: int
) -> list[tuple[int, int]]:
    """Take those that add most, with what they add, out of those waiting."""
    counted: set[int] = set()
    best: list[tuple[int, int]] = []
    while waiting and len(best) < number:
        bound, node = heapq.heappop(waiting)
        if node in counted:
            best.append((-bound, node))
        else:
            counted.add(node)
            heapq.heappush(waiting, (-int(np.count_nonzero(~covered[reach.of(node)])), node))
    return best


def optimum(reach: Reach, k: int) -> list[int] | None:
    """Return k nodes that reach the most possible, sorted; None where the search would be long.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> optimum(Reach(arrays(nx.path_graph(6))), 2)
    [1, 4]
    """
    nodes = len(reach.network.ids)
    if not nodes or int(reach.bounds.sum()) > ENTRIES:
        return None
    return most_covered([reach.of(node) for node in range(nodes)], nodes, k)


def most_covered(sets: Sequence[Sequence[int] | Ints], size: int, k: int) -> list[int] | None:
    """Return up to k sets that cover the most of 0 .. size - 1 together, by their places; None after a long search.

    An integer programme, solved by branch and bound: x says which sets are chosen, y what is covered.

    >>> most_covered([[0, 1, 2], [0, 1, 3], [2, 4, 5]], 6, 2)
    [1, 2]
    """
    number = len(sets)
    ends = np.concatenate([np.asarray(found, np.int64) for found in sets]), np.repeat(np.arange(number), _sizes(sets))
    covers = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(size, number))
    few = sparse.csr_array(np.r_[np.ones(number), np.zeros(size)][None, :])
    found = milp(
        np.r_[np.zeros(number), -np.ones(size)],
        integrality=np.r_[np.ones(number), np.zeros(size)],
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(sparse.hstack([-covers, sparse.eye_array(size)]), -np.inf, 0),
            LinearConstraint(few, 0, k),
        ],
        options={"node_limit": BRANCHES, "mip_rel_gap": 0},
    )
    return np.flatnonzero(found.x[:number] > 0.5).tolist() if found.status == 0 else None


def _sizes(sets: Sequence[Sequence[int] | Ints]) -> list[int]:
    return [len(found) for found in sets]


def reached(reach: Reach, nodes: Sequence[int]) -> int:
    """Return how many these nodes reach together."""
    return len(np.unique(np.concatenate([reach.of(node) for node in nodes])))
