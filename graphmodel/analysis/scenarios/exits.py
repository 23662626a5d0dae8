"""What the exit of each organization takes from the network: ties, partners left alone, parts cut off."""

import numpy as np
from scipy import sparse

from graphmodel.analysis.structure.articulation import blocks, cut_off
from graphmodel.analysis.structure.engine import Arrays, Ints


def losses(network: Arrays) -> dict[str, Ints]:
    """Return what is lost when each node leaves, itself not counted; by name, an array of all nodes each.

    cut_off : others that are cut off from the largest part of what it held together
    parts : parts into which what it held together falls; 1 where it stays whole, 0 without a tie
    ties : number of its ties
    partners_alone : partners that have no other tie

    References
    ----------
    J. Hopcroft and R. Tarjan, Algorithm 447, Communications of the ACM 16, 372, 1973.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> {name: values.tolist() for name, values in losses(arrays(nx.path_graph(4))).items()}
    {'cut_off': [0, 1, 1, 0], 'parts': [1, 2, 2, 1], 'ties': [1, 2, 2, 1], 'partners_alone': [0, 1, 1, 0]}
    """
    nodes, last = len(network.ids), network.degrees == 1
    near = network.sources[last[network.targets]], network.targets[last[network.sources]]
    return {
        "cut_off": cut_off(network),
        "parts": np.bincount([node for block in blocks(network) for node in block], minlength=nodes),
        "ties": network.degrees,
        "partners_alone": np.bincount(np.concatenate(near), minlength=nodes),
    }


def parts_without(network: Arrays, node: int) -> list[list[int]]:
    """Return the parts into which what a node held together falls without it: the largest first, then by node.

    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> parts_without(arrays(nx.path_graph(4)), 1)
    [[2, 3], [0]]
    """
    others = (network.sources != node) & (network.targets != node)
    ends = network.sources[others], network.targets[others]
    matrix = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(len(network.ids),) * 2)
    _, part = sparse.csgraph.connected_components(matrix, directed=False)
    near = np.r_[network.sources[network.targets == node], network.targets[network.sources == node]]
    found = [np.flatnonzero(part == number).tolist() for number in np.unique(part[near])]
    return sorted(found, key=lambda members: (-len(members), members))
