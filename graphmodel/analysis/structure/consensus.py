"""Consensus: the grouping that agrees best with many others, pair by pair."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import linear_sum_assignment

from graphmodel.analysis.structure.engine import Ints

ROUNDS = 100

ROWS = 1024


def consensus(start: Ints, groupings: Sequence[Ints]) -> Ints:
    """Return the grouping that has together what most of the groupings have together, as far as one grouping can.

    Each pair that it has together counts for it as often as the groupings have it together, and against it as often
    as they have it apart: the median of the groupings. From the start, nodes move to where that is most, until none
    gains by moving.

    Parameters
    ----------
    start : array of int
        The group of each node to begin with.
    groupings : sequence of arrays of int
        The same of each grouping.

    Returns
    -------
    array of int
        The group of each node, from 0, in the order of their first members.

    Notes
    -----
    Nodes that no grouping parts move as one. The best of all groupings is found for certain only where few are in
    doubt: elsewhere there may be a better one. No list of pairs is made, so large networks fit into memory.

    References
    ----------
    J.-P. Barthélemy and B. Leclerc, The median procedure for partitions, DIMACS Series in Discrete Mathematics and
    Theoretical Computer Science 19, 3, 1995.

    Examples
    --------
    >>> runs = [np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])]
    >>> consensus(runs[1], runs).tolist()
    [0, 0, 1, 1]
    """
    signatures, inverse, sizes = np.unique(np.array(groupings), axis=1, return_inverse=True, return_counts=True)
    place = inverse.reshape(-1)
    groups = np.zeros(len(sizes), np.int64)
    # nodes that no grouping parts may still be apart in the start: the last of them decides
    groups[place] = start
    return by_first(_Median(signatures.T, sizes, groups).settled()[place])


def by_first(labels: Ints) -> Ints:
    """Number groups from 0, in the order of their first members.

    >>> by_first(np.array([7, 7, 3, 5])).tolist()
    [0, 0, 1, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def matched(labels: Ints, groups: Ints) -> Ints:
    """Return a grouping with its groups numbered as those of another that they share most with, each used once.

    Who has another number then is who changes group. Groups without a counterpart get the numbers that follow.

    >>> matched(np.array([7, 7, 3, 5]), np.array([1, 1, 2, 2])).tolist()
    [1, 1, 2, 3]
    """
    kinds, label, count = np.unique(labels, return_inverse=True, return_counts=True)
    shared = np.zeros((len(kinds), int(groups.max())), np.int64)
    np.add.at(shared, (label, groups - 1), 1)
    numbers = np.zeros(len(kinds), np.int64)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    met = shared[rows, columns] > 0
    numbers[rows[met]] = columns[met] + 1
    left = np.flatnonzero(numbers == 0)
    numbers[left[np.argsort(-count[left], kind="stable")]] = int(groups.max()) + 1 + np.arange(len(left))
    return numbers[label]


class _Median:
    """A grouping of blocks, and how many nodes of each of its groups each cluster of each grouping holds."""

    def __init__(self, signatures: Ints, sizes: Ints, groups: Ints) -> None:
        self.signatures: list[list[int]] = signatures.tolist()
        self.sizes: list[int] = sizes.tolist()
        self.groups: list[int] = groups.tolist()
        self.clusters = _indicators(signatures)
        self.members: dict[int, int] = defaultdict(int)
        self.held: list[dict[int, dict[int, int]]] = [defaultdict(dict) for _ in self.signatures[0]]
        for block, group in enumerate(self.groups):
            self._put(block, group)

    def settled(self) -> Ints:
        """Return the group of each block, once no block gains by moving."""
        for _ in range(ROUNDS):
            moving = [block for block in self._gaining().tolist() if self._moved(block)]
            if not moving:
                break
        return np.array(self.groups)

    def _gaining(self) -> Ints:
        """The blocks that would gain by moving: most do not, which a product of matrices finds out for all at once."""
        _, groups = np.unique(self.groups, return_inverse=True)
        sizes, runs, blocks = np.array(self.sizes), len(self.held), np.arange(len(groups))
        membership = sparse.csr_array((sizes, (blocks, groups)))
        held, members = (self.clusters.T @ membership).tocsr(), membership.sum(axis=0)
        gaining = []
        for start in range(0, len(groups), ROWS):
            rows = slice(start, start + ROWS)
            having = (self.clusters[rows] @ held).tocsr()
            gains = 2 * having.data - runs * members[having.indices]
            own = having.indices == np.repeat(groups[rows], np.diff(having.indptr))
            here = gains[own] - runs * sizes[rows]
            elsewhere = np.maximum.reduceat(np.where(own, 0, gains), having.indptr[:-1])
            gaining.append(blocks[rows][np.maximum(elsewhere, 0) > here])
        return np.concatenate(gaining)

    def _moved(self, block: int) -> bool:
        """Whether the block moved to where it belongs most; of equal places it stays, or takes the first."""
        before = self.groups[block]
        self._take(block, before)
        alone = max(self.members, default=0) + 1 if before in self.members else before
        gains = {**self._gains(block), alone: 0}
        now = max(gains, key=lambda group: (gains[group], group == before, -group))
        self.groups[block] = now
        self._put(block, now)
        return now != before

    def _gains(self, block: int) -> dict[int, int]:
        """For each group of which a grouping has some with the block: pairs for it less pairs against, doubled."""
        having: dict[int, int] = defaultdict(int)
        for held, label in zip(self.held, self.signatures[block], strict=True):
            for group, nodes in held[label].items():
                having[group] += nodes
        return {group: 2 * pairs - len(self.held) * self.members[group] for group, pairs in having.items()}

    def _put(self, block: int, group: int) -> None:
        self.members[group] += self.sizes[block]
        for held, label in zip(self.held, self.signatures[block], strict=True):
            held[label][group] = held[label].get(group, 0) + self.sizes[block]

    def _take(self, block: int, group: int) -> None:
        """Undo `_put`; what is empty is forgotten."""
        clusters = [held[label] for held, label in zip(self.held, self.signatures[block], strict=True)]
        for counts in (self.members, *clusters):
            counts[group] -= self.sizes[block]
            if not counts[group]:
                del counts[group]


def _indicators(signatures: Ints) -> sparse.csr_array:
    """A row of ones for each block, in the columns of the clusters that the groupings have it in."""
    blocks, runs = signatures.shape
    first = np.concatenate([[0], np.cumsum(signatures.max(axis=0) + 1)])
    columns = (signatures + first[:-1]).ravel()
    places = np.repeat(np.arange(blocks), runs), columns
    return sparse.csr_array((np.ones(blocks * runs, np.int64), places), shape=(blocks, int(first[-1])))
