"""A network as arrays, and as a graph of networkit: what the analyses compute on.

networkit gives the same answer twice only with one thread and a seed: `repeatable` sets both while it runs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from numbers import Real

import networkit as nk
import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphmodel.errors import UsageProblem, suggestion

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Arrays:
    """A network in arrays; nodes are numbered in the sorted order of their ids.

    Attributes
    ----------
    ids, names : list of str
        Of each node; the name is its id where it has none.
    sources, targets : array of int
        The two nodes of each tie, source < target, in that order; a tie to oneself is left out.
    weights : array of float
        How much each tie counts, 0 or more.
    """

    ids: list[str]
    names: list[str]
    sources: Ints
    targets: Ints
    weights: Floats

    @cached_property
    def degrees(self) -> Ints:
        """Number of ties of each node."""
        return np.bincount(np.concatenate([self.sources, self.targets]), minlength=len(self.ids))

    def tied(self) -> "Arrays":
        """Return the part with ties that count more than 0, its nodes numbered anew in the same order."""
        counting = self.weights > 0
        sources, targets = self.sources[counting], self.targets[counting]
        kept, ends = np.unique(np.concatenate([sources, targets]), return_inverse=True)
        return Arrays(
            ids=[self.ids[place] for place in kept],
            names=[self.names[place] for place in kept],
            sources=ends[: len(sources)],
            targets=ends[len(sources) :],
            weights=self.weights[counting],
        )

    def contacts(self) -> sparse.csr_array:
        """Return the symmetric matrix of ones where two are tied, whatever the tie counts."""
        ties = self.matrix()
        ties.data = np.ones(len(ties.data), np.int32)
        return ties

    def matrix(self) -> sparse.csr_array:
        """Return the symmetric matrix of weights."""
        rows, columns = np.r_[self.sources, self.targets], np.r_[self.targets, self.sources]
        shape = (len(self.ids), len(self.ids))
        return sparse.csr_array((np.r_[self.weights, self.weights], (rows, columns)), shape=shape)


def arrays(network: nx.Graph, weight: str = "") -> Arrays:
    """Return an undirected network as arrays, the same for any order of its nodes and ties.

    Parameters
    ----------
    network : networkx.Graph
        Its nodes are ids (made text); it is not changed.
    weight : str
        The attribute that says how much a tie counts; 1 where it is missing. Empty: each tie counts 1.

    Raises
    ------
    UsageProblem
        If the network is directed or has several ties for a pair; if no tie has the attribute, or its values
        are no numbers of 0 or more.

    Examples
    --------
    >>> arrays(nx.Graph([("b", "a"), ("c", "b")])).targets.tolist()
    [1, 2]
    """
    if network.is_directed() or network.is_multigraph():
        raise UsageProblem("The analyses need an undirected network with one tie for a pair: networkx.Graph.")
    nodes = sorted(network, key=str)
    place = {node: number for number, node in enumerate(nodes)}
    ends = np.array([(place[u], place[v]) for u, v in network.edges()], np.int64).reshape(-1, 2)
    weights = _weights(network, weight)
    ends.sort(axis=1)
    order = np.lexsort((ends[:, 1], ends[:, 0]))
    order = order[ends[order, 0] != ends[order, 1]]
    return Arrays(
        ids=[str(node) for node in nodes],
        names=[str(network.nodes[node].get("name", node)) for node in nodes],
        sources=ends[order, 0],
        targets=ends[order, 1],
        weights=weights[order],
    )


def engine(sources: Ints, targets: Ints, weights: Floats | None, nodes: int) -> nk.Graph:
    """Return the graph of networkit with these ties; unweighted without weights.

    Keep it in a variable while an algorithm works on it: networkit does not.
    """
    ends = sources.astype(np.uint64), targets.astype(np.uint64)
    values = np.ones(len(sources)) if weights is None else weights
    return nk.GraphFromCoo((values, ends), n=nodes, weighted=weights is not None, directed=False)


@contextmanager
def repeatable(seed: int = 1) -> Iterator[None]:
    """Run networkit with one thread and a seed, and give its threads back afterwards."""
    threads = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, False)
    try:
        yield
    finally:
        nk.setNumberOfThreads(threads)


def _weights(network: nx.Graph, weight: str) -> Floats:
    if not weight:
        return np.ones(network.size())
    values = [attributes.get(weight) for _, _, attributes in network.edges(data=True)]
    if weight != "weight" and values and all(value is None for value in values):
        known = sorted({name for _, _, attributes in network.edges(data=True) for name in attributes})
        there = ", ".join(known) or "none"
        raise UsageProblem(f'No tie has the attribute "{weight}"; there are: {there}.{suggestion(weight, known)}')
    if not all(value is None or (isinstance(value, Real) and 0 <= float(value) < np.inf) for value in values):
        raise UsageProblem(f'The attribute "{weight}" is not a number of 0 or more on every tie: name another.')
    return np.array([1.0 if value is None else value for value in values], np.float64)
