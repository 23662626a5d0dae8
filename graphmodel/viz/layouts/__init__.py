"""Layouts of the map by name: where organizations stand, and what is drawn below them."""

from collections.abc import Callable, Mapping

import networkx as nx

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.viz.layout import layout as by_communities
from graphmodel.viz.layouts.arrangement import Arrangement
from graphmodel.viz.layouts.bipartite import bipartite
from graphmodel.viz.layouts.geo import geo
from graphmodel.viz.layouts.radial import radial

Layout = Callable[[nx.Graph, Mapping[str, int], Mapping[str, float], str | None, int], Arrangement]
"""From network, groups, radii, the id of the organization in the middle, and the seed."""


def _communities(
    network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], centre: str | None, seed: int
) -> Arrangement:
    return Arrangement(by_communities(network, groups, radii, seed), outlined=True)


def _geo(
    network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], centre: str | None, seed: int
) -> Arrangement:
    return geo(network, radii)


def _radial(
    network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], centre: str | None, seed: int
) -> Arrangement:
    if centre is None:
        raise UsageProblem("A radial map has one organization in the middle. Name it (--focus).")
    return radial(network, centre, groups, radii)


def _bipartite(
    network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], centre: str | None, seed: int
) -> Arrangement:
    return bipartite(network, groups, radii, seed)


LAYOUTS: Mapping[str, Layout] = {
    "communities": _communities,
    "geo": _geo,
    "radial": _radial,
    "bipartite": _bipartite,
}


def arrange(
    name: str,
    network: nx.Graph,
    groups: Mapping[str, int],
    radii: Mapping[str, float],
    centre: str | None = None,
    seed: int = 1,
) -> Arrangement:
    """Arrange a network in a layout of that name.

    Raises
    ------
    UsageProblem
        If there is no such layout, or the network lacks what it needs.

    >>> arrange("communities", nx.Graph([("a", "b")]), {}, {}).backdrop.lines
    ''
    """
    if name not in LAYOUTS:
        raise UsageProblem(f'No layout is "{name}".{suggestion(name, LAYOUTS)} Choose one of: {", ".join(LAYOUTS)}.')
    return LAYOUTS[name](network, groups, radii, centre, seed)
