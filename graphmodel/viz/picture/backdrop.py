"""What lies below the alliances: countries and a graticule, the rings of a radial map, a shelf for the rest."""

from xml.etree.ElementTree import Element

from graphmodel.viz.elements import Scene
from graphmodel.viz.layouts.arrangement import Backdrop
from graphmodel.viz.picture.colors import Colors
from graphmodel.viz.picture.room import Box
from graphmodel.viz.picture.svg import Attributes, add, number
from graphmodel.viz.picture.view import View

LAND, LINES, SHELF = 0.13, 0.16, 0.35  # how opaque
CORNER = 14.0  # radius of the corners of the shelf


def draw(root: Element, scene: Scene, view: View, colors: Colors) -> None:
    """Draw it within the frame of the map."""
    below = scene.backdrop
    if not (below.land or below.lines or below.shelf):
        return
    frames = [_on_sheet(panel.area, view) for panel in scene.panels] or [view.frame]
    shifts = [panel.beside for panel in scene.panels] or [(0.0, 0.0)]
    for end, frame, shift in zip(("", "-2"), frames, shifts, strict=False):
        outer = _clipped(root, frame, end)
        outer.set("stroke-width", number(1 / view.scale))
        x, y = view.at(*shift)
        inner = add(outer, "g", transform=f"translate({number(x)} {number(y)}) scale({view.scale:.4f})")
        _parts(inner, below, colors)


def _on_sheet(area: Box, view: View) -> Box:
    left, top, right, bottom = area
    return *view.at(left, top), *view.at(right, bottom)


def _clipped(root: Element, frame: Box, end: str) -> Element:
    """A group of which is seen what lies within a frame."""
    left, top, right, bottom = frame
    clip = add(add(root, "defs"), "clipPath", id=f"frame{end}")
    add(clip, "rect", x=left, y=top, width=right - left, height=bottom - top)
    return add(root, "g", id=f"backdrop{end}", clip_path=f"url(#frame{end})", fill="none")


def _parts(inner: Element, below: Backdrop, colors: Colors) -> None:
    if below.land:
        add(inner, "path", d=below.land, fill=colors.outline, fill_opacity=LAND, stroke=colors.background)
    if below.lines:
        add(inner, "path", d=below.lines, stroke=colors.outline, stroke_opacity=LINES)
    if shelf := below.shelf:
        look: Attributes = {"fill": colors.background, "stroke": colors.outline, "stroke_opacity": SHELF}
        size: Attributes = {"width": shelf.right - shelf.left, "height": shelf.bottom - shelf.top}
        add(inner, "rect", x=shelf.left, y=shelf.top, rx=CORNER, **size, **look)
