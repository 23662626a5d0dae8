"""Outlines of communities, around their members."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_high

from graphmodel.viz.elements import Scene
from graphmodel.viz.picture.svg import Point, pair
from graphmodel.viz.picture.view import Spot, View

FEWEST = 3  # members that make an outline
DISTANCE = 11.0  # from the marks to the outline, in lengths of the scene
FAR = 3  # times the usual distance from the middle: such a member does not stretch the outline


@dataclass(frozen=True)
class Hull:
    """The outline of a community and its name."""

    name: str
    size: int
    corners: Sequence[Point]

    @property
    def span(self) -> tuple[float, float]:
        """How far it reaches to the left and to the right."""
        return min(x for x, _ in self.corners), max(x for x, _ in self.corners)

    @property
    def path(self) -> str:
        """Through the middles of the sides, bent towards the corners."""
        following = (*self.corners[1:], self.corners[0])
        sides = [
            (corner, ((corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2))
            for corner, after in zip(self.corners, following, strict=True)
        ]
        bends = [f"Q{pair(corner)} {pair(middle)}" for corner, middle in sides]
        return f"M{pair(sides[-1][1])}{''.join(bends)}Z"

    def edge(self, left: float, right: float, *, above: bool) -> float:
        """Return the height of its highest (or lowest) point between two places from left to right."""
        following = (*self.corners[1:], self.corners[0])
        heights = [
            y
            for (ax, ay), (bx, by) in zip(self.corners, following, strict=True)
            for x, y in _clipped((ax, ay), (bx, by), left, right)
        ]
        return min(heights, default=0) if above else max(heights, default=0)


def _clipped(a: Point, b: Point, left: float, right: float) -> list[Point]:
    """The ends of the part of a side that lies between two places from left to right."""
    (ax, ay), (bx, by) = sorted((a, b))
    if bx < left or ax > right:
        return []
    slope = (by - ay) / (bx - ax) if bx > ax else 0.0
    ends = (max(ax, left), min(bx, right))
    return [(x, ay + (x - ax) * slope) for x in ends] if bx > ax else [a, b]


def hulls(scene: Scene, view: View) -> list[Hull]:
    """Return the outlines, largest first; none where communities do not lie together."""
    if not scene.outlined:
        return []
    members: dict[int, list[Spot]] = {number: [] for number, _ in scene.groups}
    for spot in view.spots.values():
        if spot.node.group is not None:
            members[spot.node.group].append(spot)
    found = [_hull(name, members[group], view.scale) for group, name in scene.groups]
    return sorted((hull for hull in found if hull), key=lambda hull: -hull.size)


def _hull(name: str, members: Sequence[Spot], scale: float) -> Hull | None:
    near = _without_far(members, scale)
    if len(near) < FEWEST:
        return None
    return Hull(name, len(near), _convex([point for spot in near for point in _around(spot, DISTANCE * scale)]))


def _without_far(members: Sequence[Spot], scale: float) -> list[Spot]:
    if not members:
        return []
    middle = median_high(spot.x for spot in members), median_high(spot.y for spot in members)
    distances = [math.dist((spot.x, spot.y), middle) for spot in members]
    limit = FAR * median_high(distances) + 60 * scale
    return [spot for spot, distance in zip(members, distances, strict=True) if distance <= limit]


def _around(spot: Spot, distance: float) -> list[Point]:
    reach = spot.radius + distance
    angles = [i * math.pi / 4 for i in range(8)]
    return [(spot.x + reach * math.cos(angle), spot.y + reach * math.sin(angle)) for angle in angles]


def _convex(points: Sequence[Point]) -> list[Point]:
    """Andrew's monotone chain."""
    ordered = sorted(set(points))
    return _chain(ordered) + _chain(ordered[::-1])


def _chain(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and not _turns_left(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return kept[:-1]


def _turns_left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
