"""Marks of organizations: the shapes that the page draws, of the same size and look."""

import math
from collections.abc import Callable
from xml.etree.ElementTree import Element

from graphmodel.viz.palette import SHAPE_FACTORS, Look
from graphmodel.viz.picture.colors import Colors
from graphmodel.viz.picture.svg import Point, add, points

BORDER = 1.5
UP = -math.pi / 2


def _ring(corners: int, start: float, radius: Callable[[int], float]) -> list[Point]:
    angles = [start + i * 2 * math.pi / corners for i in range(corners)]
    return [(radius(i) * math.cos(angle), radius(i) * math.sin(angle)) for i, angle in enumerate(angles)]


def _triangle(start: float, shift: float) -> list[Point]:
    corners = _ring(3, start, lambda _: 2 * 1.15 / math.sqrt(3))
    return [(x, y + shift * 0.275 * 1.15) for x, y in corners]


def _star() -> list[Point]:
    corners = _ring(10, UP, lambda i: 0.82 * (0.5 if i % 2 else 1.3))
    return [(x, y + 0.082) for x, y in corners]


CORNERS = {  # of a mark of radius one
    "square": _ring(4, UP / 2, lambda _: math.sqrt(2)),
    "diamond": _ring(4, UP, lambda _: 1.0),
    "hexagon": _ring(6, 0.0, lambda _: 1.0),
    "triangle": _triangle(UP, 1),
    "triangleDown": _triangle(-UP, -1),
    "star": _star(),
}


def mark(parent: Element, look: Look, x: float, y: float, radius: float, colors: Colors) -> Element:
    """Draw a mark; a hollow one is an outline on the background."""
    color = colors.of(look)
    paint = {"fill": colors.background, "stroke": color} if look.hollow else {"fill": color}
    size = radius * SHAPE_FACTORS[look.shape]
    if look.shape == "dot":
        return add(parent, "circle", cx=x, cy=y, r=size, **paint)
    corners = points([(x + size * dx, y + size * dy) for dx, dy in CORNERS[look.shape]])
    return add(parent, "polygon", points=corners, **paint)
