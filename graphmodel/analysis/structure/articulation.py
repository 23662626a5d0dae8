"""Articulation points: who holds parts of the network together, and how many are cut off without them."""

import networkit as nk
import networkx as nx
import numpy as np

from graphmodel.analysis.structure.engine import Arrays, Ints, engine, repeatable


def cut_off(network: Arrays) -> Ints:
    """Return how many others each node would cut off from the largest part of what it held together.

    Above 0 it is an articulation point. The network's blocks (parts that no single exit divides) and its
    articulation points form a tree; what hangs on each branch of a point is cut off, but for the largest.

    References
    ----------
    J. Hopcroft and R. Tarjan, Algorithm 447, Communications of the ACM 16, 372, 1973.

    Examples
    --------
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> cut_off(arrays(nx.path_graph(5))).tolist()
    [0, 1, 2, 1, 0]
    """
    lost = np.zeros(len(network.ids), np.int64)
    parts = blocks(network)
    often = np.bincount([node for block in parts for node in block], minlength=len(lost))
    tree = nx.Graph()
    sizes: dict[tuple[str, int], int] = {}
    for number, block in enumerate(parts):
        points = [node for node in block if often[node] > 1]
        sizes["block", number] = len(block) - len(points)
        sizes |= {("point", node): 1 for node in points}
        tree.add_edges_from((("block", number), ("point", node)) for node in points)
    for part in nx.connected_components(tree):
        others = sum(sizes[place] for place in part) - 1
        for (kind, node), largest in _largest_branches(tree, min(part), sizes).items():
            if kind == "point":
                lost[node] = others - largest
    return lost


def single_links(network: Arrays) -> list[tuple[int, int]]:
    """Return the ties without which their ends would not reach each other (bridges), sorted.

    Examples
    --------
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> single_links(arrays(nx.lollipop_graph(3, 2)))
    [(2, 3), (3, 4)]
    """
    return sorted((block[0], block[1]) for block in blocks(network) if len(block) == 2)


def blocks(network: Arrays) -> list[list[int]]:
    """Return the parts that no single exit divides, each as its nodes in order; an articulation point is in several.

    >>> from graphmodel.analysis.structure.engine import arrays
    >>> sorted(blocks(arrays(nx.path_graph(3))))
    [[0, 1], [1, 2]]
    """
    if not len(network.sources):
        return []
    graph = engine(network.sources, network.targets, None, len(network.ids))
    with repeatable():
        found = nk.components.BiconnectedComponents(graph).run().getComponents()
    return [sorted(block) for block in found]


def _largest_branches(
    tree: nx.Graph, root: tuple[str, int], sizes: dict[tuple[str, int], int]
) -> dict[tuple[str, int], int]:
    """The size of the largest branch that hangs on each place of a tree."""
    ways = list(nx.dfs_edges(tree, root))
    below = {place: sizes[place] for place in (root, *(child for _, child in ways))}
    for parent, child in reversed(ways):
        below[parent] += below[child]
    largest = {place: below[root] - size for place, size in below.items()}
    for parent, child in ways:
        largest[parent] = max(largest[parent], below[child])
    return largest
