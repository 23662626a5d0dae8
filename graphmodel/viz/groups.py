"""The map of groups, for a network with more organizations than one map can show.

A mark is a group of organizations that work together, its area the number of its members; a line between two groups
is all the alliances between them. What lies in no group of some size shares one mark.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.viz.division import REST, Division
from graphmodel.viz.elements import Scene
from graphmodel.viz.forces import Indices, Numbers, arrange
from graphmodel.viz.layouts.arrangement import Arrangement
from graphmodel.viz.overviews import GAP, Scale, rest_in_rows, summary
from graphmodel.viz.scene import LARGEST, scene
from graphmodel.viz.units import GROUPS
from graphmodel.viz.variables import ColorBy, colors

WHOLE = 2_000  # up to so many organizations are all shown at once
STRETCH = 1.55  # width by height of the whole: names run from left to right


def fitting(
    network: nx.Graph,
    *,
    title: str,
    groups: Mapping[str, int],
    labels: Mapping[int, str] | None = None,
    color: ColorBy = "kind",
    seed: int = 1,
    **look: Any,
) -> Scene:
    """Return the scene that suits the size of a network.

    Up to 2,000 organizations it shows all of them. Up to 5,000 it holds all of them and opens on the groups, of which
    one at a time is shown; above, it holds the groups only, and of each the names of its most connected members.

    Parameters
    ----------
    network, title, color, seed, look: as for `scene`.
    groups: number of each organization's group.
    labels: names of the groups.

    >>> ring = nx.cycle_graph(6)
    >>> fitting(ring, title="Ring", groups=dict.fromkeys(ring, 1)).unit.every
    'organizations'
    """
    names = _names(groups, labels or {})
    if len(network) > LARGEST and names:
        return overview(network, title=title, groups=groups, labels=names, color=color, seed=seed)
    whole = scene(network, title=title, groups=groups, labels=names, color=color, seed=seed, **look)
    if len(network) <= WHOLE or len(names) < 2 or look.get("layout", "communities") != "communities":
        return whole
    above = overview(network, title=title, groups=groups, labels=names, color=color, seed=seed, linked=True)
    return replace(whole, nodes=rest_in_rows(whole.nodes, above.nodes, network, seed), overview=above)


def _names(groups: Mapping[str, int], labels: Mapping[int, str]) -> dict[int, str]:
    return {number: labels.get(number, f"Group {number}") for number in sorted(set(groups.values()))}


def overview(
    network: nx.Graph,
    *,
    title: str,
    groups: Mapping[str, int],
    labels: Mapping[int, str],
    color: ColorBy = "kind",
    seed: int = 1,
    linked: bool = False,
) -> Scene:
    """Turn a network of organizations into a map of its groups.

    The forty largest groups of five organizations or more have a mark each; all others share one. A mark has the
    colour that more than half of its members have.

    Parameters
    ----------
    network, title, color, seed: as for `scene`.
    groups: number of each organization's group.
    labels: names of the groups.
    linked: whether the page holds the members too, so that they can be gone to.

    >>> two = nx.barbell_graph(5, 0)
    >>> drawn = overview(two, title="Two", groups={n: n // 5 for n in two}, labels={0: "Left", 1: "Right"})
    >>> [(node.name, node.value) for node in drawn.nodes], [tie.shared for tie in drawn.ties]
    ([('Left', 5.0), ('Right', 5.0)], [1])
    """
    division = Division(network, groups)
    names = {mark: labels[int(mark)] if mark != REST else division.rest_name for mark in division.marks}
    communities = {id: labels[groups[id]] for id in division.ids if id in groups}
    coloring = colors(network, "none" if color == "community" else color, communities)
    scale = Scale(int(division.sizes.max()))
    places = _places(np.array([scale.radius(size) for size in division.sizes]), division.between, seed)
    at = {mark: (float(x), float(y)) for mark, (x, y) in zip(division.marks, places, strict=True)}
    return summary(division, names, coloring, scale, Arrangement(at), title=title, unit=GROUPS, linked=linked)


def _places(radii: Numbers, between: Indices, seed: int) -> Numbers:
    """Where each mark stands: near those it has most alliances with, with room for names beside it."""
    ties = np.sqrt(between * (1.0 - np.eye(len(radii))))
    centres = arrange(radii, ties, GAP, 1.0, np.random.default_rng(seed)) * [STRETCH, 1]
    centres -= (centres.min(axis=0) + centres.max(axis=0)) / 2
    return np.asarray(centres.round(1) + 0.0)
