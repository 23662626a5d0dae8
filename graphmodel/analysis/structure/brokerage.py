"""Brokerage roles after Gould and Fernandez: between whom an organization stands, by its triangles."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graphmodel.analysis.structure.classes import Classes
from graphmodel.analysis.structure.engine import Arrays, Ints
from graphmodel.analysis.structure.triangles import TURNS, triangles

ROWS = 256
"""Rows that are multiplied at a time: the whole product of a large network does not fit into memory."""


@dataclass(frozen=True)
class Roles:
    """How many pairs each node brokers in each role; -1 where it states no class.

    Attributes
    ----------
    coordinator : array of int
        Pairs of its own class.
    gatekeeper : array of int
        Pairs of one of its own class and one of another.
    itinerant : array of int
        Pairs of one class that is not its own (also called consultant).
    liaison : array of int
        Pairs of two classes, neither its own.
    """

    coordinator: Ints
    gatekeeper: Ints
    itinerant: Ints
    liaison: Ints


@dataclass(frozen=True)
class Bridge:
    """The two classes between which a node brokers most pairs.

    Attributes
    ----------
    one, other : str
        The classes.
    pairs : int
        Pairs of one each that are tied to the node and not to each other.
    only : int
        Those of them that have no other contact in common.
    """

    one: str
    other: str
    pairs: int
    only: int


def roles(network: Arrays, classes: Classes) -> Roles:
    """Return how many pairs each node brokers in each role: pairs tied to it and not to each other.

    Only ties between nodes that state a class count: node and pair must all three state it.

    Notes
    -----
    Pairs have no order, as ties have no direction. Gould and Fernandez, and `brokerage` of the R package sna, count
    ordered pairs: on such a network their coordinator, itinerant and liaison are twice these; their gatekeeper and
    representative each equal the gatekeeper here, and their total is twice the sum.

    References
    ----------
    R. V. Gould and R. M. Fernandez, Structures of mediation, Sociological Methodology 19, 89, 1989.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.classes import classes
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> graph = nx.star_graph(3)
    >>> nx.set_node_attributes(graph, {0: "un", 1: "un", 2: "ngo", 3: "ngo"}, "kind")
    >>> found = roles(arrays(graph), classes(graph))
    >>> found.coordinator[0].item(), found.gatekeeper[0].item(), found.itinerant[0].item(), found.liaison[0].item()
    (0, 2, 1, 0)
    """
    same, different = _ties(network, classes)
    inside, outside = (ties.sum(axis=1, dtype=np.int64) for ties in (same, different))
    by_class = (same + different) @ classes.memberships
    of_one_class = (by_class.multiply(by_class).sum(axis=1) - by_class.sum(axis=1)) // 2 - _pairs(inside)
    pairs = (_pairs(inside), inside * outside, of_one_class, _pairs(outside) - of_one_class)
    tied = _tied_to_each_other(network, classes)
    return Roles(*(np.where(classes.stated, pairs[role] - tied[:, role], -1) for role in range(len(pairs))))


def _tied_to_each_other(network: Arrays, classes: Classes) -> Ints:
    """For each node and each role, the pairs in it that are tied to each other: nodes x roles, in their order."""
    counts = np.zeros(4 * len(network.ids), np.int64)
    for found in triangles(network):
        stated = np.logical_and.reduce([classes.stated[corner] for corner in found.corners])
        corners = [corner[stated] for corner in found.corners]
        of = [classes.of[corner] for corner in corners]
        for own, one, other in TURNS:
            role = np.select(
                [(of[own] == of[one]) & (of[own] == of[other]), (of[own] == of[one]) | (of[own] == of[other])],
                [0, 1],
                np.where(of[one] == of[other], 2, 3),
            )
            counts += np.bincount(4 * corners[own] + role, minlength=len(counts))
    return counts.reshape(-1, 4)


def bridged(network: Arrays, classes: Classes, between: tuple[str, str]) -> Ints:
    """Return for each node, of any class, the pairs of one of each class that are tied to it and not to each other."""
    first, second = (classes.of == classes.number(name) for name in between)
    ties = network.contacts().astype(np.int64)
    open_: Ints = (ties @ first) * (ties @ second)
    for found in triangles(network):
        for own, one, other in TURNS:
            a, b = found.corners[one], found.corners[other]
            tied = found.corners[own][(first[a] & second[b]) | (first[b] & second[a])]
            open_ -= np.bincount(tied, minlength=len(open_))
    return open_


def bridge(network: Arrays, classes: Classes, node: int, between: tuple[str, str] | None = None) -> Bridge | None:
    """Return between which two classes a node brokers most pairs; none where it brokers between none.

    Parameters
    ----------
    between : pair of str, optional
        These two classes, whatever it brokers between others.
    """
    ties = network.contacts()
    around = ties[[node]].indices
    around = around[classes.stated[around]]
    there, class_ = np.unique(classes.of[around], return_inverse=True)
    if len(there) < 2:
        return None
    open_ = _open(ties[around][:, around], class_)
    if between:
        wanted = np.isin(there, [classes.number(name) for name in between])
        open_ *= np.outer(wanted, wanted)
    one, other = np.unravel_index(int(open_.argmax()), open_.shape)
    if not open_[one, other]:
        return None
    only = _only(ties, around[class_ == one], around[class_ == other])
    return Bridge(classes.names[there[one]], classes.names[there[other]], int(open_[one, other]), only)


def _open(ties: sparse.csr_array, class_: Ints) -> Ints:
    """For each two classes, the first before the second: pairs of one each that are not tied."""
    sizes = np.bincount(class_)
    memberships = sparse.csr_array((np.ones(len(class_), np.int64), (np.arange(len(class_)), class_)))
    return np.triu(np.outer(sizes, sizes) - (memberships.T @ ties @ memberships).toarray(), 1)


def _ties(network: Arrays, classes: Classes) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The ties within a class, and those between two."""
    of_one, of_other = classes.of[network.sources], classes.of[network.targets]
    stated = (of_one >= 0) & (of_other >= 0)
    parts = (stated & (of_one == of_other), stated & (of_one != of_other))
    return tuple(_symmetric(network.sources[part], network.targets[part], len(network.ids)) for part in parts)


def _symmetric(sources: Ints, targets: Ints, nodes: int) -> sparse.csr_array:
    places = np.r_[sources, targets], np.r_[targets, sources]
    return sparse.csr_array((np.ones(2 * len(sources), np.int32), places), shape=(nodes, nodes))


def _only(ties: sparse.csr_array, one: Ints, other: Ints) -> int:
    """Pairs of the one and the other, not tied, that have a single contact in common."""
    single = 0
    from_other = ties[:, other]
    for start in range(0, len(one), ROWS):
        rows = one[start : start + ROWS]
        common = (ties[rows] @ from_other).tocsr()
        common.data = (common.data == 1).astype(np.int32)
        single += int(common.sum() - common.multiply(from_other[rows]).sum())
    return single


def _pairs(counts: Ints) -> Ints:
    return counts * (counts - 1) // 2
