"""A map whose marks stand for several organizations: the groups of a network, or regions of the world."""

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.viz.division import Division, Majority
from graphmodel.viz.elements import Member, Node, Scene, Tie
from graphmodel.viz.layout import layout
from graphmodel.viz.layouts.arrangement import Arrangement
from graphmodel.viz.palette import UNKNOWN
from graphmodel.viz.scene import scene
from graphmodel.viz.units import Unit
from graphmodel.viz.variables import Colors, Line, colors

SMALLEST, LARGEST = 7.0, 62.0  # radii
WIDEST = 11.0  # line between two marks
GAP = 46.0  # between two marks, for their names
LABEL = 40  # letters of a name beside its mark


@dataclass(frozen=True)
class Scale:
    """How large marks are: their area is the number of their members, but for the smallest.

    >>> [Scale(100).radius(members) for members in (100, 25, 1)]
    [62.0, 31.0, 7.0]
    """

    most: int  # members of a mark
    largest: float = LARGEST
    smallest: float = SMALLEST

    def radius(self, members: int) -> float:
        """Return the radius of a mark."""
        return round(max(self.smallest, self.largest * math.sqrt(members / self.most)), 2)


def summary(
    division: Division,
    names: Mapping[str, str],
    coloring: Colors,
    scale: Scale,
    laid: Arrangement,
    *,
    title: str,
    unit: Unit,
    labels: Mapping[str, str] | None = None,
    linked: bool = False,
) -> Scene:
    """Turn a network, divided, into a map of its parts.

    Parameters
    ----------
    division: the organizations and the marks that they share.
    names: of each mark.
    coloring: of the organizations; a mark has the colour that more than half of its members have. Where nothing is
        known of anybody, all are alike.
    scale: how large marks are.
    laid: where each mark stands.
    title: heading of the map.
    unit: what a mark is.
    labels: what is written beside a mark, where that is not its name.
    linked: whether the page holds the members too, so that they can be gone to.
    """
    if [entry.look for entry in coloring.legend] == [UNKNOWN]:
        coloring = colors(division.network, "none", {})
    majority = Majority(division, coloring, unit.modes[0].noun[1])
    drawn = scene(
        _graph_of(division, names, division.network.graph),
        title=title,
        color="none",
        size=("Organizations", dict(zip(division.marks, division.sizes.tolist(), strict=True))),
        unit=unit,
    )
    at = {mark: place for place, mark in enumerate(division.marks)}
    return replace(
        drawn,
        nodes=tuple(
            _node(
                node,
                at[node.id],
                division,
                majority,
                unit,
                linked,
                label=_label((labels or {}).get(node.id, node.name), int(node.value)),
                radius=scale.radius(int(node.value)),
                x=laid.places[node.id][0],
                y=laid.places[node.id][1],
            )
            for node in drawn.nodes
        ),
        ties=tuple(
            replace(
                tie,
                entry=0,
                width=_width(tie.shared, drawn.ties),
                bend=laid.bends.get((tie.source, tie.target)),
            )
            for tie in drawn.ties
        ),
        line_title="Alliances",
        lines=(Line(f"Alliances between {unit.modes[0].noun[1]}", (), len(drawn.ties)),),
        color_title=f"{coloring.title} of most members" if coloring.title else "",
        legend=majority.legend,
        sizes=_examples(scale),
        provenance=replace(drawn.provenance, notes=(*drawn.provenance.notes, *laid.notes)),
        backdrop=laid.backdrop,
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
    node: Node, place: int, division: Division, majority: Majority, unit: Unit, linked: bool, **drawn: Any
) -> Node:
    known = (division.ids[member] for member in division.best_known(place))
    size, inside = int(division.sizes[place]), int(division.between[place, place])
    facts: list[tuple[str, tuple[str, ...]]] = [("Organizations", (f"{size:,}",))]
    if majority.of_members.title:
        facts.append((majority.of_members.title, majority.in_words(place)))
    facts.append(("Alliances inside", (f"{inside:,}",)))
    facts.append((f"To {unit.modes[0].tied[1]}", (f"{int(division.between[place].sum()) - inside:,}",)))
    return replace(
        node,
        entry=majority.entries[place],
        details=tuple(facts),
        members=tuple(_members(known, division.network, linked)),
        **drawn,
    )


def _label(name: str, members: int) -> str:
    return f"{textwrap.shorten(name, LABEL, placeholder='…')} · {members:,}"


def _members(ids: Iterable[str], network: nx.Graph, linked: bool) -> Iterable[Member]:
    for id in ids:
        yield Member(id if linked else None, str(network.nodes[id].get("name", id)), network.degree(id))


def _width(number: int, ties: tuple[Tie, ...]) -> float:
    return round(0.4 + WIDEST * math.pow(number / max(tie.shared for tie in ties), 0.7), 2)


def _examples(scale: Scale) -> tuple[tuple[str, float], ...]:
    """Some numbers of members and their radii, small enough for a legend."""
    round_numbers = (digit * 10**power for power in range(6) for digit in (1, 2, 5))
    fit = [number for number in round_numbers if number <= scale.most]
    small = [number for number in fit if scale.radius(number) <= 30] or fit[:1]
    return tuple((f"{number:,}", scale.radius(number)) for number in sorted({small[-1], *small[-4:-3]}))


def rest_in_rows(
    nodes: tuple[Node, ...], marks: tuple[Node, ...], network: nx.Graph, seed: int, bottom: float = -math.inf
) -> tuple[Node, ...]:
    """Return the organizations, those that share a mark below the others: they fill a screen when alone on it.

    Parameters
    ----------
    nodes: the organizations.
    marks: those of the map that opens on them.
    network, seed: as for `graphmodel.viz.scene.scene`.
    bottom: what they stand below besides the others.
    """
    own = {mark.id for mark in marks}
    rest = {node.id: node.radius for node in nodes if str(node.group) not in own}
    if not rest:
        return nodes
    places = layout(network.subgraph(rest), {}, rest, seed)
    lowest = max((node.y for node in nodes if node.id not in rest), default=0.0)
    down = max(bottom, lowest) + 4 * GAP - min(y for _, y in places.values())
    moved = {id: (x, round(y + down, 1)) for id, (x, y) in places.items()}
    return tuple(
        replace(node, x=moved[node.id][0], y=moved[node.id][1]) if node.id in moved else node for node in nodes
    )
