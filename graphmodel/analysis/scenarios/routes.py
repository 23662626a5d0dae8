"""Routes between two nodes: the shortest, the strongest of them first, and how many are independent."""

import heapq
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from graphmodel.analysis.structure.engine import Arrays, Floats, Ints


@dataclass(frozen=True)
class Network:
    """The ties row by row, for walks.

    Attributes
    ----------
    start : array of int
        Where the row of each node begins, and where the last one ends.
    near : array of int
        The partners of each node, sorted.
    strength : array of float
        How much each of these ties weighs.
    """

    start: Ints
    near: Ints
    strength: Floats

    def partners(self, node: int) -> tuple[Ints, Floats]:
        """Return the partners of a node, sorted, and how much each tie weighs."""
        row = slice(self.start[node], self.start[node + 1])
        return self.near[row], self.strength[row]

    def ties(self, nodes: Ints) -> tuple[Ints, Ints]:
        """Return the ties of several nodes: the node of each, and its place in `near` and `strength`."""
        counts = self.start[nodes + 1] - self.start[nodes]
        offset = self.start[nodes] - np.r_[0, np.cumsum(counts)[:-1]]
        return np.repeat(nodes, counts), np.repeat(offset, counts) + np.arange(counts.sum())


def rows(network: Arrays) -> Network:
    """Return a network for walks.

    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> rows(arrays(nx.path_graph(3))).partners(1)[0].tolist()
    [0, 2]
    """
    ends = np.r_[network.sources, network.targets], np.r_[network.targets, network.sources]
    order = np.lexsort((ends[1], ends[0]))
    start = np.r_[0, np.cumsum(network.degrees)].astype(np.int64)
    return Network(start, ends[1][order], np.r_[network.weights, network.weights][order])


def shortest_routes(network: Network, start: int, end: int, number: int) -> list[list[int]]:
    """Return the best routes without a loop: the shortest; of these, by the weight of their weakest tie; then by nodes.

    References
    ----------
    J. Y. Yen, Finding the K shortest loopless paths in a network, Management Science 17, 712, 1971.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> shortest_routes(rows(arrays(nx.cycle_graph(5))), 0, 2, 3)
    [[0, 1, 2], [0, 4, 3, 2]]
    """
    found: list[list[int]] = []
    waiting: list[tuple[int, float, list[int]]] = []
    _offer(waiting, network, [start], end, set())
    while waiting and len(found) < number:
        _, _, route = heapq.heappop(waiting)
        if route in found:
            continue
        found.append(route)
        for last in range(len(route) - 1):
            root = route[: last + 1]
            taken = {other[last + 1] for other in found if other[: last + 1] == root and len(other) > last + 1}
            _offer(waiting, network, root, end, taken)
    return found


def _offer(
    waiting: list[tuple[int, float, list[int]]], network: Network, root: list[int], end: int, taken: Collection[int]
) -> None:
    """Add the best route that begins with `root` and goes on to none of those taken."""
    steps = distances(network, end, root)
    cap = min((_weight(network, one, other) for one, other in pairwise(root)), default=np.inf)
    onward = _onward(network, steps, root[-1], taken)
    if not onward:
        return
    least = min(steps[node] for node, _ in onward)
    nearest = [(node, weight) for node, weight in onward if steps[node] == least]
    wide = _widest(network, steps, end, int(least))
    best = min(cap, max(min(weight, wide[node]) for node, weight in nearest))
    route = [*root, next(node for node, weight in nearest if min(weight, wide[node]) >= best)]
    while route[-1] != end:
        near, weights = network.partners(route[-1])
        closer = (steps[near] == steps[route[-1]] - 1) & (np.minimum(weights, wide[near]) >= best)
        route.append(int(near[closer][0]))
    heapq.heappush(waiting, (len(route), -best, route))


def distances(network: Network, end: int, without: Collection[int] = ()) -> Ints:
    """Return the number of steps from each node to the end, -1 where there is no way; some may not be walked over."""
    steps = np.full(len(network.start) - 1, -1)
    closed = np.zeros(len(steps), bool)
    closed[list(without)] = True
    steps[end], here, number = 0, np.array([end]), 0
    while len(here):
        number += 1
        near = network.near[network.ties(here)[1]]
        here = np.unique(near[(steps[near] < 0) & ~closed[near]])
        steps[here] = number
    return steps


def _onward(network: Network, steps: Ints, node: int, taken: Collection[int]) -> list[tuple[int, float]]:
    near, weights = network.partners(node)
    open_ = steps[near] >= 0
    pairs = zip(near[open_].tolist(), weights[open_].tolist(), strict=True)
    return [(other, weight) for other, weight in pairs if other not in taken]


def _widest(network: Network, steps: Ints, end: int, most: int) -> Floats:
    """Return for each node up to so many steps away how much the weakest tie of its best shortest way weighs."""
    wide = np.full(len(steps), -np.inf)
    wide[end] = np.inf
    for number in range(1, most + 1):
        here, places = network.ties(np.flatnonzero(steps == number))
        near, weights = network.near[places], network.strength[places]
        closer = steps[near] == number - 1
        np.maximum.at(wide, here[closer], np.minimum(weights[closer], wide[near[closer]]))
    return wide


def _weight(network: Network, one: int, other: int) -> float:
    near, weights = network.partners(one)
    return float(weights[np.searchsorted(near, other)])


def number_of_shortest(network: Network, start: int, end: int) -> int:
    """Return how many shortest routes there are.

    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> number_of_shortest(rows(arrays(nx.cycle_graph(6))), 0, 3)
    2
    """
    steps = distances(network, end)
    ways = np.zeros(len(steps), object)
    ways[end] = 1
    for number in range(1, int(steps[start]) + 1):
        here, places = network.ties(np.flatnonzero(steps == number))
        near = network.near[places]
        closer = steps[near] == number - 1
        np.add.at(ways, here[closer], ways[near[closer]])
    return int(ways[start])


def independent(network: Arrays, start: int, end: int) -> int:
    """Return how many routes there can be that share no node but their ends; a direct tie is one.

    As many others would have to go to part the two (Menger), where they are not tied. It is the maximum flow through
    nodes that let one pass.

    References
    ----------
    K. Menger, Zur allgemeinen Kurventheorie, Fundamenta Mathematicae 10, 96, 1927.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> independent(arrays(nx.florentine_families_graph()), 8, 12)
    1
    """
    nodes = len(network.ids)
    inner = np.arange(nodes)
    leave = np.r_[inner, nodes + network.sources, nodes + network.targets]
    enter = np.r_[nodes + inner, network.targets, network.sources]
    capacity = sparse.csr_array((np.ones(len(leave), np.int32), (leave, enter)), shape=(2 * nodes, 2 * nodes))
    return int(maximum_flow(capacity, nodes + start, end).flow_value)


def needed(network: Network, route: list[int]) -> list[int]:
    """Return those of a route without whom its ends would not be connected: they are on every route.

    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> needed(rows(arrays(nx.path_graph(3))), [0, 1, 2])
    [1]
    """
    start, *inner, end = route
    return [node for node in inner if distances(network, end, [node])[start] < 0]
