"""Groups of the highest modularity, from many seeded runs, and how far the runs agree."""

from collections.abc import Iterator
from dataclasses import dataclass

import networkit as nk
import numpy as np

from graphmodel.analysis.structure.consensus import by_first, consensus, matched
from graphmodel.analysis.structure.engine import Arrays, Floats, Ints, engine, repeatable

RUNS = 100
TIES_IN_ALL = 5_000_000
"""Ties that all runs together go through, where the number of runs is left open."""

NODES_IN_ALL = 250_000
"""Nodes of all runs together that the consensus looks at: in large networks those of the first runs, 5 or more."""

SAME = 1e-9
"""Modularities that differ by less are the same."""


@dataclass(frozen=True)
class Grouping:
    """The best of many runs, and how the others compare with it.

    Attributes
    ----------
    groups : array of int
        The group of each node, from 1, by size and then by the smallest member.
    modularity : float
    runs, reached, equals : int
        Runs made; those that reached this modularity; different groupings among those.
    agreement : float, optional
        Mean adjusted Rand index of the other runs with this one; none after a single run, as what follows.
    certainty : array of float, optional
        For each node, how many of the others in its group are with it in another run, on average: 0 to 1.
    consensus : array of int, optional
        The grouping that agrees best with all runs; groups are numbered as those that they match in `groups`.
    consensus_modularity : float, optional
    """

    groups: Ints
    modularity: float
    runs: int
    reached: int
    equals: int
    agreement: float | None = None
    certainty: Floats | None = None
    consensus: Ints | None = None
    consensus_modularity: float | None = None


def grouping(tied: Arrays, runs: int = 0, seed: int = 1, resolution: float = 1.0) -> Grouping:
    """Return the best of so many runs, the first of those that are equally good, compared with the others.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> grouping(arrays(nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(2)))).groups.tolist()
    [1, 1, 1, 2, 2]
    """
    found = list(_partitions(tied, runs or suitable(tied), seed, resolution))
    modularities = np.array([modularity(tied, labels, resolution) for labels in found])
    reached = np.flatnonzero(modularities > modularities.max() - SAME)
    best = int(reached[0])
    groups = by_size(found[best])
    others = [labels for run, labels in enumerate(found) if run != best]
    judges = found[: max(5, NODES_IN_ALL // len(groups))]
    common = matched(consensus(groups, judges), groups) if others else None
    return Grouping(
        groups=groups,
        modularity=float(modularities[best]),
        runs=len(found),
        reached=len(reached),
        equals=len({found[run].tobytes() for run in reached}),
        agreement=float(np.mean([adjusted_rand(groups, labels) for labels in others])) if others else None,
        certainty=np.mean([together(groups, labels) for labels in others], axis=0) if others else None,
        consensus=common,
        consensus_modularity=None if common is None else modularity(tied, common, resolution),
    )


def suitable(tied: Arrays) -> int:
    """Return the number of runs for a network of this size."""
    return min(RUNS, max(5, TIES_IN_ALL // max(len(tied.weights), 1)))


def modularity(tied: Arrays, labels: Ints, resolution: float = 1.0) -> float:
    """Return the share of weight inside groups, less what chance would put there (Newman and Girvan)."""
    sources, targets = labels[tied.sources], labels[tied.targets]
    inside = tied.weights[sources == targets].sum() / tied.weights.sum()
    size = int(labels.max()) + 1
    ends = np.bincount(sources, tied.weights, size) + np.bincount(targets, tied.weights, size)
    return float(inside - resolution * ((ends / ends.sum()) ** 2).sum())


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Return how far two groupings agree on pairs: 1 the same, 0 as much as by chance (Hubert and Arabie).

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
    1.0
    """
    together = _pairs(np.unique(_cells(one, other), return_counts=True)[1])
    in_one, in_other = _pairs(np.bincount(one)), _pairs(np.bincount(other))
    chance = in_one * in_other / max(_pairs(np.array([len(one)])), 1.0)
    possible = (in_one + in_other) / 2
    return 1.0 if possible == chance else (together - chance) / (possible - chance)


def together(groups: Ints, labels: Ints) -> Floats:
    """Return for each node the share of the others in its group that another grouping has with it.

    Who is alone in its group: 1 if the other grouping leaves it alone too, else 0.

    >>> together(np.array([1, 1, 1, 2]), np.array([0, 0, 4, 4])).tolist()
    [0.5, 0.5, 0.0, 0.0]
    """
    _, cell, members = np.unique(_cells(groups, labels), return_inverse=True, return_counts=True)
    with_it = members[cell] - 1
    others = np.bincount(groups)[groups] - 1
    alone = np.bincount(labels)[labels] == 1
    return np.where(others > 0, with_it / np.maximum(others, 1), alone)


def by_size(labels: Ints) -> Ints:
    """Number groups from 1, the largest first; of equal size, the one with the first member first."""
    labels = by_first(labels)
    order = np.argsort(-np.bincount(labels), kind="stable")
    return np.argsort(order)[labels] + 1


def _partitions(tied: Arrays, runs: int, seed: int, resolution: float) -> Iterator[Ints]:
    """The groups of each run, numbered from 0 in the order of their first members."""
    graph = engine(tied.sources, tied.targets, tied.weights, len(tied.ids))
    for run in range(runs):
        with repeatable(seed + run):
            leiden = nk.community.ParallelLeiden(graph, gamma=resolution)
            leiden.run()
        yield by_first(np.array(leiden.getPartition().getVector(), np.int64))


def _cells(one: Ints, other: Ints) -> Ints:
    """A number for each combination of two groupings."""
    return one * (int(other.max()) + 1) + other


def _pairs(counts: Ints) -> float:
    return float((counts * (counts - 1.0)).sum() / 2)
