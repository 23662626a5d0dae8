"""The map of groups, for a network with more organizations than one map can show.

A mark is a group of organizations that work together, its area the number of its members; a line between two groups
is all the alliances between them. What lies in no group of some size shares one mark.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.viz.division import REST, Division, Majority
from graphmodel.viz.elements import Member, Node, Scene, Tie
from graphmodel.viz.forces import Indices, Numbers, arrange
from graphmodel.viz.layout import layout
from graphmodel.viz.scene import LARGEST, scene
from graphmodel.viz.variables import ColorBy, Line, colors

WHOLE = 2_000  # up to so many organizations are all shown at once
SMALLEST, LARGEST_MARK = 7.0, 62.0  # radii
GAP = 46.0  # between two marks, for their names
WIDEST = 11.0  # line between two groups
LABEL = 40  # letters of a name beside its mark
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
    >>> fitting(ring, title="Ring", groups=dict.fromkeys(ring, 1)).unit
    'organizations'
    """
    names = _names(groups, labels or {})
    if len(network) > LARGEST and names:
        return overview(network, title=title, groups=groups, labels=names, color=color, seed=seed)
    whole = scene(network, title=title, groups=groups, labels=names, color=color, seed=seed, **look)
    if len(network) <= WHOLE or len(names) < 2 or look.get("layout", "communities") != "communities":
        return whole
    above = overview(network, title=title, groups=groups, labels=names, color=color, seed=seed, linked=True)
    return replace(whole, nodes=_rest_in_rows(whole.nodes, above.nodes, network, seed), overview=above)


def _rest_in_rows(nodes: tuple[Node, ...], marks: tuple[Node, ...], network: nx.Graph, seed: int) -> tuple[Node, ...]:
    """Those that share a mark stand in rows below the others, so that they fill a screen when they are alone on it."""
    own = {mark.id for mark in marks}
    rest = {node.id: node.radius for node in nodes if str(node.group) not in own}
    if not rest:
        return nodes
    places = layout(network.subgraph(rest), {}, rest, seed)
    bottom = max(node.y for node in nodes if node.id not in rest)
    down = bottom + 4 * GAP - min(y for _, y in places.values())
    moved = {id: (x, round(y + down, 1)) for id, (x, y) in places.items()}
    return tuple(
        replace(node, x=moved[node.id][0], y=moved[node.id][1]) if node.id in moved else node for node in nodes
    )


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
    majority = Majority(division, coloring)
    drawn = scene(
        _graph_of(division, names, network.graph),
        title=title,
        color="none",
        size=("Organizations", dict(zip(division.marks, division.sizes.tolist(), strict=True))),
        seed=seed,
    )
    radii = _radii(division.sizes)
    places = _places(radii, division.between, seed)
    at = {mark: place for place, mark in enumerate(division.marks)}
    return replace(
        drawn,
        unit="groups",
        nodes=tuple(_node(node, at[node.id], division, majority, radii, places, linked) for node in drawn.nodes),
        ties=tuple(replace(tie, entry=0, width=_width(tie.shared, drawn.ties)) for tie in drawn.ties),
        line_title="Alliances",
        lines=(Line("Alliances between groups", (), len(drawn.ties)),),
        color_title=f"{coloring.title} of most members" if coloring.title else "",
        legend=majority.legend,
        sizes=_examples(division.sizes),
    )


def _graph_of(division: Division, names: Mapping[str, str], about: Mapping[str, Any]) -> nx.Graph:
    """The groups as a network, with what is told of the whole."""
    made = nx.Graph(**{name: value for name, value in about.items() if name != "activities"})
    made.add_nodes_from((mark, {"name": names[mark]}) for mark in division.marks)
    for first, second in np.argwhere(np.triu(division.between, 1)):
        number = int(division.between[first, second])
        made.add_edge(division.marks[first], division.marks[second], shared=number, weight=float(number))
    return made


def _node(
    node: Node, place: int, division: Division, majority: Majority, radii: Numbers, places: Numbers, linked: bool
) -> Node:
    known = (division.ids[member] for member in division.best_known(place))
    size, inside = int(division.sizes[place]), int(division.between[place, place])
    facts: list[tuple[str, tuple[str, ...]]] = [("Organizations", (f"{size:,}",))]
    if majority.of_members.title:
        facts.append((majority.of_members.title, majority.in_words(place)))
    facts.append(("Alliances inside", (f"{inside:,}",)))
    facts.append(("To other groups", (f"{int(division.between[place].sum()) - inside:,}",)))
    return replace(
        node,
        label=f"{textwrap.shorten(node.name, LABEL, placeholder='…')} · {size:,}",
        entry=majority.entries[place],
        radius=round(float(radii[place]), 2),
        x=float(places[place, 0]),
        y=float(places[place, 1]),
        details=tuple(facts),
        members=tuple(_members(known, division.network, linked)),
    )


def _members(ids: Iterable[str], network: nx.Graph, linked: bool) -> Iterable[Member]:
    for id in ids:
        yield Member(id if linked else None, str(network.nodes[id].get("name", id)), network.degree(id))


def _radii(sizes: Indices) -> Numbers:
    return np.asarray(np.maximum(SMALLEST, LARGEST_MARK * np.sqrt(sizes / sizes.max())))


def _width(number: int, ties: tuple[Tie, ...]) -> float:
    return round(0.4 + WIDEST * math.pow(number / max(tie.shared for tie in ties), 0.7), 2)


def _examples(sizes: Indices) -> tuple[tuple[str, float], ...]:
    """Some numbers of members and their radii, small enough for a legend."""
    largest = int(sizes.max())
    round_numbers = (digit * 10**power for power in range(6) for digit in (1, 2, 5))
    fit = [number for number in round_numbers if number <= largest]
    small = [number for number in fit if _radius(number, largest) <= 30]
    return tuple((f"{number:,}", _radius(number, largest)) for number in sorted({small[-1], *small[-4:-3]}))


def _radius(size: int, largest: int) -> float:
    return round(max(SMALLEST, LARGEST_MARK * math.sqrt(size / largest)), 2)


def _places(radii: Numbers, between: Indices, seed: int) -> Numbers:
    """Where each mark stands: near those it has most alliances with, with room for names beside it."""
    ties = np.sqrt(between * (1.0 - np.eye(len(radii))))
    centres = arrange(radii, ties, GAP, 1.0, np.random.default_rng(seed)) * [STRETCH, 1]
    centres -= (centres.min(axis=0) + centres.max(axis=0)) / 2
    return np.asarray(centres.round(1) + 0.0)
