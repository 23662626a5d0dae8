"""The class that each organization belongs to: its kind, its country, another attribute, or its community."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

from graphmodel.analysis.structure.engine import Arrays, Ints, arrays
from graphmodel.analysis.structure.grouping import grouping
from graphmodel.analysis.structure.naming import group_names
from graphmodel.errors import UsageProblem, suggestion

USUAL = "kind"
COMMUNITY = "community"


@dataclass(frozen=True)
class Classes:
    """Which class each node belongs to.

    Attributes
    ----------
    names : tuple of str
        Of the classes.
    of : array of int
        The number of each node's class, -1 where it states none.
    """

    names: tuple[str, ...]
    of: Ints

    @cached_property
    def stated(self) -> Any:
        """Return whether each node states a class: array of bool."""
        return self.of >= 0

    @cached_property
    def memberships(self) -> sparse.csr_array:
        """Return the matrix nodes x classes of ones where a node belongs to a class."""
        rows = np.flatnonzero(self.stated)
        shape = (len(self.of), len(self.names))
        return sparse.csr_array((np.ones(len(rows), np.int64), (rows, self.of[rows])), shape=shape)

    def named(self) -> list[str | None]:
        """Return the name of each node's class."""
        return [self.names[place] if place >= 0 else None for place in self.of]

    def number(self, name: str) -> int:
        """Return the number of a class.

        Raises
        ------
        UsageProblem
            If there is no such class.
        """
        if name not in self.names:
            there = ", ".join(self.names) or "none"
            hint = suggestion(name, self.names)
            raise UsageProblem(f'No organization belongs to "{name}"; there are: {there}.{hint}')
        return self.names.index(name)


def classes(network: nx.Graph, by: str = USUAL) -> Classes:
    """Return the class of each node, in the order of the arrays of the network.

    Parameters
    ----------
    network : networkx.Graph
    by : str
        An attribute of the nodes that is one text, or "community" for the groups of the highest modularity.

    Raises
    ------
    UsageProblem
        If no node has the attribute, except for the kind, or its values are no single texts.

    Examples
    --------
    >>> graph = nx.path_graph(3)
    >>> graph.nodes[0]["kind"] = "ngo"
    >>> classes(graph).named()
    ['ngo', None, None]
    """
    known = {str(node): attributes for node, attributes in network.nodes(data=True)}
    stated = _communities(network, known) if by == COMMUNITY else _attribute(known, by)
    names = tuple(sorted(set(stated.values())))
    place = {name: number for number, name in enumerate(names)}
    return Classes(names, np.array([place[stated[id]] if id in stated else -1 for id in sorted(known)], np.int64))


def _attribute(known: Mapping[str, Mapping[str, Any]], by: str) -> dict[str, str]:
    stated = {id: attributes[by] for id, attributes in known.items() if attributes.get(by) is not None}
    texts = sorted({name for of in known.values() for name, value in of.items() if isinstance(value, str)} - {"name"})
    if known and not stated and by != USUAL:
        there = ", ".join([*texts, COMMUNITY])
        raise UsageProblem(f'No organization states its "{by}"; there are: {there}.{suggestion(by, texts)}')
    if not all(isinstance(value, str) for value in stated.values()):
        raise UsageProblem(f'"{by}" is not one text for each organization: name another, such as {USUAL} or country.')
    return stated


def _communities(network: nx.Graph, known: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    tied: Arrays = arrays(network, "weight").tied()
    if not tied.ids:
        return {}
    groups = dict(zip(tied.ids, grouping(tied).groups.tolist(), strict=True))
    names = group_names(known, groups)
    return {id: names[group] for id, group in groups.items()}
