"""How far the ties of an organization reach into classes other than its own, and into how many."""

import numpy as np

from graphmodel.analysis.structure.classes import Classes
from graphmodel.analysis.structure.engine import Arrays, Floats


def participation(network: Arrays, classes: Classes) -> Floats:
    """Return how evenly the contacts of each node spread over the classes; nan without a contact that states one.

    P_i = 1 - sum over classes c of (k_ic / k_i)^2: 0 where all contacts are of one class, near 1 where they are of
    many alike. Contacts that state no class are left out of k_i.

    References
    ----------
    R. Guimerà and L. A. N. Amaral, Functional cartography of complex metabolic networks, Nature 433, 895, 2005.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.classes import classes
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> graph = nx.star_graph(2)
    >>> nx.set_node_attributes(graph, {0: "un", 1: "un", 2: "ngo"}, "kind")
    >>> participation(arrays(graph), classes(graph)).tolist()
    [0.5, 0.0, 0.0]
    """
    by_class = network.contacts() @ classes.memberships
    stated = by_class.sum(axis=1).astype(np.float64)
    squares = by_class.multiply(by_class).sum(axis=1)
    alike = np.divide(squares, stated**2, out=np.full(len(stated), np.nan), where=stated > 0)
    spread: Floats = 1 - alike
    return spread


def external_internal(network: Arrays, classes: Classes) -> Floats:
    """Return the E-I index of each node: (contacts of other classes - of its own) / both, from -1 to 1.

    nan where it states no class, or has no contact that states one.

    References
    ----------
    D. Krackhardt and R. N. Stern, Informal networks and organizational crises, Social Psychology Quarterly 51, 123,
    1988.

    Examples
    --------
    >>> import networkx as nx
    >>> from graphmodel.analysis.structure.classes import classes
    >>> from graphmodel.analysis.structure.engine import arrays
    >>> graph = nx.star_graph(2)
    >>> nx.set_node_attributes(graph, {0: "un", 1: "un", 2: "ngo"}, "kind")
    >>> external_internal(arrays(graph), classes(graph)).tolist()
    [0.0, -1.0, 1.0]
    """
    by_class = network.contacts() @ classes.memberships
    all_ = by_class.sum(axis=1).astype(np.float64)
    own = by_class.multiply(classes.memberships).sum(axis=1)
    defined = classes.stated & (all_ > 0)
    index: Floats = np.divide(all_ - 2 * own, all_, out=np.full(len(all_), np.nan), where=defined)
    return index
