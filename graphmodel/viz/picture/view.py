"""Where the organizations of a scene are on the sheet."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from graphmodel.viz.elements import Node, Scene
from graphmodel.viz.picture.room import Box
from graphmodel.viz.picture.svg import Point

NEAREST = 1.6  # times the size in the scene: small networks are not drawn larger
TITLE = 20.0  # to either side of the middle of a title that is always seen
AROUND = (26.0, 34.0, 20.0, 26.0)  # left, top, right, bottom: outlines and names beyond the outermost marks


@dataclass(frozen=True)
class Spot:
    """An organization on the sheet."""

    node: Node
    x: float
    y: float
    radius: float
    pull: Point  # mean direction of its partners: of length one if all lie on the same side

    @property
    def box(self) -> Box:
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@dataclass(frozen=True)
class View:
    """All organizations on the sheet, as large as they fit into a frame."""

    frame: Box
    scale: float
    origin: Point  # where the middle of the scene's coordinates is
    spots: Mapping[str, Spot]  # by organization, in the order of the scene
    ranked: Sequence[Spot]  # the most important first

    @classmethod
    def of(cls, scene: Scene, frame: Box) -> "View":
        left, top, right, bottom = _extent(scene)
        inner = [edge + by for edge, by in zip(frame, (*AROUND[:2], -AROUND[2], -AROUND[3]), strict=True)]
        width, height = inner[2] - inner[0], inner[3] - inner[1]
        scale = min(width / max(right - left, 1), height / max(bottom - top, 1), NEAREST)
        x = (inner[0] + inner[2]) / 2 - (left + right) / 2 * scale
        y = (inner[1] + inner[3]) / 2 - (top + bottom) / 2 * scale
        pulls = _pulls(scene)
        spots = {
            node.id: Spot(node, x + node.x * scale, y + node.y * scale, node.radius * scale, pulls[node.id])
            for node in scene.nodes
        }
        return cls(frame, scale, (x, y), spots, [spots[node.id] for node in _ranked(scene)])

    def at(self, x: float, y: float) -> Point:
        """Return where a point of the scene is on the sheet."""
        return self.origin[0] + x * self.scale, self.origin[1] + y * self.scale


def _extent(scene: Scene) -> Box:
    boxes = [
        (node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius) for node in scene.nodes
    ]
    if shelf := scene.backdrop.shelf:
        boxes.append((shelf.left, shelf.top, shelf.right, shelf.bottom))
    boxes += [(x, y, x, y) for x, y in scene.backdrop.corners]
    boxes += [panel.frame for panel in scene.panels]
    alone = (title.places[0] for title in scene.backdrop.titles if len(title.places) == 1)
    boxes += [(x - TITLE, y, x + TITLE, y) for x, y in alone]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,),) * 4
    return min(lefts), min(tops), max(rights), max(bottoms)


def _pulls(scene: Scene) -> dict[str, Point]:
    """The mean direction of each organization's partners."""
    places = {node.id: (node.x, node.y) for node in scene.nodes}
    directions: dict[str, list[Point]] = {id: [] for id in places}
    for tie in scene.ties:
        for here, there in ((tie.source, tie.target), (tie.target, tie.source)):
            (ax, ay), (bx, by) = places[here], places[there]
            length = math.dist((ax, ay), (bx, by)) or 1.0
            directions[here].append(((bx - ax) / length, (by - ay) / length))
    return {id: _mean(found) for id, found in directions.items()}


def _mean(directions: Sequence[Point]) -> Point:
    return (fmean(x for x, _ in directions), fmean(y for _, y in directions)) if directions else (0.0, 0.0)


def _ranked(scene: Scene) -> list[Node]:
    """Most important first, as on the page: by what the size shows, then by partners and shared activities."""
    partners: Counter[str] = Counter()
    shared: Counter[str] = Counter()
    for tie in scene.ties:
        for end in (tie.source, tie.target):
            partners[end] += 1
            shared[end] += tie.shared
    return sorted(scene.nodes, key=lambda node: (-node.value, -partners[node.id], -shared[node.id], node.name, node.id))
