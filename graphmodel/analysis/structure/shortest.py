"""Shortest ways: who is between the others, and who is near to them; exact, or estimated from a sample."""

from collections.abc import Hashable, Iterator

import networkit as nk
import networkx as nx
import numpy as np
from scipy import sparse

from graphmodel.analysis.structure.engine import Arrays, Floats, Ints, arrays, engine, repeatable

STEPS = 500_000_000
"""Organizations times ties up to which shortest ways are exact, where that is left open: half a minute."""

SAMPLES = 250

SOURCES = 64
"""Organizations from which distances are held at a time."""


def suitable(nodes: int, ties: int) -> int:
    """Return the number of samples for a network of this size; 0 for none, exact."""
    return SAMPLES if nodes * ties > STEPS else 0


def betweenness_of(network: nx.Graph, samples: int = 0) -> dict[Hashable, float]:
    """Return the betweenness of each node by what it is called in a networkx graph; from so many samples, if any.

    Examples
    --------
    >>> betweenness_of(nx.path_graph(3))
    {0: 0.0, 1: 1.0, 2: 0.0}
    """
    scores = betweenness(arrays(network), samples)
    return dict(zip(sorted(network, key=str), scores.tolist(), strict=True))


def betweenness(network: Arrays, samples: int = 0, seed: int = 1) -> Floats:
    """Return the betweenness of each node, normalized as networkx does; from so many samples, if any."""
    nodes = len(network.ids)
    if nodes < 3:
        return np.zeros(nodes)
    graph = engine(network.sources, network.targets, None, nodes)
    with repeatable(seed):
        if samples:
            scores = nk.centrality.EstimateBetweenness(graph, samples, normalized=True).run().scores()
        else:
            scores = nk.centrality.Betweenness(graph, normalized=True).run().scores()
    return np.array(scores, np.float64)


def closeness(network: Arrays, samples: int = 0, seed: int = 1) -> Floats:
    """Return the closeness of each node after Wasserman and Faust: 0 without ties, 1 where all others are tied to it.

    With r others that it reaches, of n - 1 others in all: (r / sum of its distances to them) (r / (n - 1)).

    Parameters
    ----------
    samples : int
        In parts with more organizations, the sum of distances is estimated from the distances to so many, drawn at
        random; 0 for all.

    References
    ----------
    S. Wasserman and K. Faust, Social Network Analysis, Cambridge University Press, 1994. D. Eppstein and J. Wang,
    Fast approximation of centrality, Journal of Graph Algorithms and Applications 8, 39, 2004.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> closeness(arrays(nx.path_graph(3))).round(4).tolist()
    [0.6667, 1.0, 0.6667]
    """
    nodes = len(network.ids)
    part = parts(network)
    reached = np.bincount(part, minlength=1)[part] - 1
    sums, others = np.zeros((2, nodes))
    for sources, distances in _distances(network, _drawn(part, samples, seed)):
        there = part[sources][:, None] == part[None, :]
        sums += np.where(there, distances, 0).sum(axis=0)
        others += there.sum(axis=0)
        others[sources] -= 1
    mean = np.divide(sums, others, out=np.zeros(nodes), where=others > 0)
    near: Floats = np.divide(reached, mean * (nodes - 1), out=np.zeros(nodes), where=mean > 0)
    return near


def parts(network: Arrays) -> Ints:
    """Return the number of the connected part of each node."""
    found: Ints = sparse.csgraph.connected_components(network.contacts(), directed=False)[1].astype(np.int64)
    return found


def _drawn(part: Ints, samples: int, seed: int) -> Ints:
    """All nodes of parts up to so many, so many of each larger one."""
    order = np.random.default_rng(seed).permutation(len(part))
    members = [places[: samples or None] for places in _by_part(part[order], order)]
    return np.sort(np.concatenate([*members, np.zeros(0, np.int64)]))


def _by_part(part: Ints, order: Ints) -> list[Ints]:
    """The nodes of each part, in this order."""
    sorted_ = np.argsort(part, kind="stable")
    return np.split(order[sorted_], np.flatnonzero(np.diff(part[sorted_])) + 1)


def _distances(network: Arrays, sources: Ints) -> Iterator[tuple[Ints, Floats]]:
    """Some of the sources, and their distances to all nodes."""
    graph = engine(network.sources, network.targets, None, len(network.ids))
    for start in range(0, len(sources), SOURCES):
        some = sources[start : start + SOURCES]
        with repeatable():
            found = nk.distance.SPSP(graph, some.tolist())
            found.run()
        yield some, np.array(found.getDistances(asarray=True))
