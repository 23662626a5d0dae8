"""What lies below the alliances: countries and a graticule, the rings of a radial map, a shelf for the rest."""

from xml.etree.ElementTree import Element

from graphmodel.viz.elements import Scene
from graphmodel.viz.picture.colors import Colors
from graphmodel.viz.picture.svg import Attributes, add, number
from graphmodel.viz.picture.view import View

LAND, LINES, SHELF = 0.13, 0.16, 0.35  # how opaque
CORNER = 14.0  # radius of the corners of the shelf


def draw(root: Element, scene: Scene, view: View, colors: Colors) -> None:
    """Draw it within the frame of the map."""
    below, frame = scene.backdrop, view.frame
    if not (below.land or below.lines or below.shelf):
        return
    left, top, right, bottom = frame
    clip = add(add(root, "defs"), "clipPath", id="frame")
    add(clip, "rect", x=left, y=top, width=right - left, height=bottom - top)
    outer = add(root, "g", id="backdrop", clip_path="url(#frame)", fill="none", stroke_width=1 / view.scale)
    x, y = view.at(0, 0)
    inner = add(outer, "g", transform=f"translate({number(x)} {number(y)}) scale({view.scale:.4f})")
    if below.land:
        add(inner, "path", d=below.land, fill=colors.outline, fill_opacity=LAND, stroke=colors.background)
    if below.lines:
        add(inner, "path", d=below.lines, stroke=colors.outline, stroke_opacity=LINES)
    if shelf := below.shelf:
        look: Attributes = {"fill": colors.background, "stroke": colors.outline, "stroke_opacity": SHELF}
        size: Attributes = {"width": shelf.right - shelf.left, "height": shelf.bottom - shelf.top}
        add(inner, "rect", x=shelf.left, y=shelf.top, rx=CORNER, **size, **look)
