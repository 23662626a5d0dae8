"""Two networks side by side: all organizations are laid out once, and each side is a panel that has its own of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx as nx

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Box, Node, Panel, Scene, Tie
from graphmodel.viz.layout import layout as by_communities
from graphmodel.viz.layouts import LAYOUTS as every_layout
from graphmodel.viz.layouts import Layout
from graphmodel.viz.layouts.arrangement import Arrangement, Backdrop
from graphmodel.viz.lines import Variable
from graphmodel.viz.palette import DASHES, LONG_DASHES, SOLID
from graphmodel.viz.scene import scene, tie
from graphmodel.viz.variables import ColorBy, SizeBy, radius, sizes

LARGEST = 2_000  # organizations of both sides together
ASPECT = 0.85  # width by height of a panel, of which two stand side by side
BESIDE, BELOW = (
    0.12,
    0.42,
)  # gap between two panels, as a share of their width and of their height: below goes a heading


def comparison(
    network: nx.Graph,
    *,
    title: str,
    groups: Mapping[str, int],
    labels: Mapping[int, str] | None = None,
    color: ColorBy = "kind",
    size: SizeBy = "degree",
    edge: str | None = None,
    layout: str = "communities",
    centre: str | None = None,
    seed: int = 1,
) -> Scene:
    """Return the scene of two networks: an organization stands at the same place in the panels of both.

    Parameters
    ----------
    network: the organizations and alliances of both sides, as `graphmodel.api.comparison.together` returns them.
    title, groups, labels, color, size, layout, seed: as for `scene`. Sizes have one scale in both panels.
    edge: must be left open: lines show on which side an alliance is.
    centre: has no meaning here.

    Raises
    ------
    UsageProblem
        If the lines are to show something else, the layout does not keep places, or there are too many organizations.
    """
    _refuse(network, edge, layout)
    both = [_side(network, number) for number in range(2)]
    sizings = [sizes(side, size) for side in both]
    largest = {name: max(sizing.values.get(name, 0.0) for sizing in sizings) for name in network}
    drawn = scene(
        network,
        title=title,
        color=color,
        size=(sizings[0].title, largest),
        edge=_variable(network.graph["compared"]),
        groups=groups,
        labels=labels,
        layout=layout,
        seed=seed,
        arranged=LAYOUTS[layout],
    )
    names, most = network.graph["compared"]["names"], max(largest.values(), default=0.0)
    frame = _frame(drawn)
    panels = (
        Panel(
            name=name,
            nodes=tuple(_node(node, sizing.values, most) for node in drawn.nodes if node.id in side),
            ties=tuple(_tie(one, side) for one in drawn.ties if side.has_edge(one.source, one.target)),
            frame=frame,
            area=_wider(frame),
            beside=(round(number * (1 + BESIDE) * (frame[2] - frame[0]), 1), 0.0),
            below=(0.0, round(number * (1 + BELOW) * (frame[3] - frame[1]), 1)),
        )
        for number, (name, side, sizing) in enumerate(zip(names, both, sizings, strict=True))
    )
    if not drawn.nodes:  # words say why there is nothing
        return drawn
    return replace(drawn, panels=tuple(panels), backdrop=_uncounted(drawn.backdrop))


def _upright(
    network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], centre: str | None, seed: int
) -> Arrangement:
    return Arrangement(by_communities(network, groups, radii, seed, ASPECT), outlined=True)


LAYOUTS: Mapping[str, Layout] = {"communities": _upright, "geo": every_layout["geo"]}
"""Those in which everyone has a place that does not depend on one organization."""


def _refuse(network: nx.Graph, edge: str | None, layout: str) -> None:
    if edge is not None:
        raise UsageProblem(f'The lines of a comparison show on which side an alliance is, not "{edge}".')
    if layout not in LAYOUTS:
        raise UsageProblem(f"A comparison has no {layout} layout. Choose one of: {', '.join(LAYOUTS)}.")
    if len(network) > LARGEST:
        raise UsageProblem(
            f"A comparison shows up to {LARGEST:,} organizations, and both sides together have {len(network):,}. Show "
            "those around one (--focus), with more activities in common (--min), or only those that are significant."
        )


def _side(network: nx.Graph, number: int) -> nx.Graph:
    """What one side says of its organizations and alliances."""
    made = nx.Graph()
    made.add_nodes_from((node, told[number]) for node, told in network.nodes(data="sides") if told[number] is not None)
    ties = network.edges(data="sides")
    made.add_edges_from((source, target, told[number]) for source, target, told in ties if told[number] is not None)
    return made


def _variable(compared: Mapping[str, Any]) -> Variable:
    """On which side an alliance is, or is more than chance."""
    first, second = compared["names"]
    both, only = ("Significant in both", "Significant only in") if compared["significant"] else ("In both", "Only in")
    labels = {(True, True): both, (True, False): f"{only} {first}", (False, True): f"{only} {second}"}
    return Variable(
        compared["by"],
        lambda known: labels[known["sides"][0] is not None, known["sides"][1] is not None],
        dict(zip(labels.values(), (SOLID, DASHES, LONG_DASHES), strict=True)),
    )


def _node(node: Node, values: Mapping[str, float], most: float) -> Node:
    return replace(node, value=values[node.id], radius=radius(values[node.id], most))


def _tie(one: Tie, side: nx.Graph) -> Tie:
    known = side.edges[one.source, one.target]
    return tie(one.source, one.target, known, entry=one.entry, sources=one.sources, bend=one.bend)


def _uncounted(backdrop: Backdrop) -> Backdrop:
    """The titles without their numbers, which are those of both sides."""
    return replace(backdrop, titles=tuple(replace(one, text=one.text.partition(":")[0]) for one in backdrop.titles))


def _wider(frame: Box) -> Box:
    """A box that leaves half of the gap between panels that stand side by side."""
    left, top, right, bottom = frame
    edge = round(BESIDE * (right - left) / 4, 1)
    return left - edge, top - edge, right + edge, bottom + edge


def _frame(drawn: Scene) -> Box:
    """The smallest box around everyone, and around what lies below them."""
    boxes = [(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in drawn.nodes]
    if shelf := drawn.backdrop.shelf:
        boxes.append((shelf.left, shelf.top, shelf.right, shelf.bottom))
    lefts, tops, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,),) * 4
    return min(lefts), min(tops), max(rights), max(bottoms)
