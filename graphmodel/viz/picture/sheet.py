"""The sheet: heading, legend, map and provenance on one page that has the shape of A4 on its side."""

import math
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from graphmodel.viz.elements import Scene, Tie
from graphmodel.viz.picture import backdrop
from graphmodel.viz.picture.colors import THEMES, Colors
from graphmodel.viz.picture.hulls import Hull, hulls
from graphmodel.viz.picture.labels import Label, place
from graphmodel.viz.picture.legend import COLUMN, Legend
from graphmodel.viz.picture.lettering import width_of, wrapped
from graphmodel.viz.picture.marks import BORDER, mark
from graphmodel.viz.picture.panels import HEADING, divider, draw_absent, draw_divider, draw_headings, spread
from graphmodel.viz.picture.svg import LINE, Attributes, add, clean, document, number, pair, write, written
from graphmodel.viz.picture.view import View
from graphmodel.viz.picture.words import description, provenance, status

WIDTH = 1_400  # at which the sheet is A4: the smallest letters are 7 points high then
MARGIN = 32.0
BARE, BARE_MARGIN = 1.62, 10.0  # width by height, and margin, of a picture without heading and provenance
TITLE, STATUS, SMALL = 22.0, 13.0, 10.0  # font sizes
MOST_LINES = 6  # of provenance
FAINT, STRONG, MANY_TIES = 0.21, 0.5, 500  # opacity of many lines, and of a few
VEIL = 0.75  # opacity of what keeps lines away from names


def compose(scene: Scene, width: int = WIDTH, theme: str = "light", *, bare: bool = False) -> str:
    """Return the picture as the text of an SVG file. The same scene gives the same text.

    A bare one has neither heading nor provenance, for a page that tells both, and is as much lower.
    """
    colors, height = THEMES[theme], round(width / (BARE if bare else math.sqrt(2)))
    margin = BARE_MARGIN if bare else MARGIN
    title = [] if bare else wrapped(scene.title, TITLE, width - 2 * MARGIN, most=2, bold=True)
    footer = () if bare else _footer_lines(scene, width - 2 * MARGIN)
    top = margin + (0 if bare else len(title) * LINE * TITLE + STATUS * LINE + 12)
    bottom = height - margin - (0 if bare else len(footer) * 1.35 * SMALL + 10)
    frame = (margin + COLUMN + 12, top + (HEADING if scene.panels else 0), width - margin, bottom)
    drawn = spread(scene, frame)
    view = View.of(drawn, frame)
    root = document(width, height, scene.title, description(scene, view))
    add(root, "rect", width=width, height=height, fill=colors.background)
    if not bare:
        _heading(root, title, scene, colors)
    _legend(root, scene, view, colors, margin, top + 14)
    _map(root, scene, drawn, view, colors)
    if not bare:
        _footer(root, footer, width, height, colors)
    return written(root)


def _heading(root: Element, title: Sequence[str], scene: Scene, colors: Colors) -> None:
    write(root, title, MARGIN, MARGIN + TITLE / 2, size=TITLE, font_weight="bold", fill=colors.ink)
    y = MARGIN + len(title) * LINE * TITLE + STATUS / 2
    write(root, [status(scene)], MARGIN, y, size=STATUS, fill=colors.muted)


def _legend(root: Element, scene: Scene, view: View, colors: Colors, left: float, top: float) -> None:
    legend = Legend(root, colors, left, top)
    legend.organizations(scene)
    legend.sizes(scene, view.scale)
    legend.alliances(scene)
    legend.widths(scene, view.scale)
    legend.outlines(scene)


def _map(root: Element, scene: Scene, drawn: Scene, view: View, colors: Colors) -> None:
    outlines = hulls(drawn, view)
    backdrop.draw(root, drawn, view, colors)
    draw_divider(root, drawn, view, colors)
    _hulls(root, outlines, colors)
    _ties(root, drawn, view, colors)
    draw_absent(root, scene, drawn, view, colors)
    _marks(root, drawn, view, colors)
    _labels(root, place(drawn, view, outlines, divider(drawn, view)), colors)
    draw_headings(root, drawn, view, colors)


def _hulls(root: Element, outlines: Sequence[Hull], colors: Colors) -> None:
    look: Attributes = {"fill": colors.outline, "stroke": colors.outline, "fill_opacity": 0.055, "stroke_opacity": 0.28}
    group = add(root, "g", id="communities", **look)
    for outline in outlines:
        add(group, "path", d=outline.path)


def _ties(root: Element, scene: Scene, view: View, colors: Colors) -> None:
    """Draw the alliances, those together that are drawn alike."""
    group = add(root, "g", id="alliances", fill="none", stroke=colors.tie)

    def look(tie: Tie) -> tuple[tuple[float, ...], float, int]:
        return scene.lines[tie.entry].dash, tie.width, min(10, tie.shared)

    for (dash, width, shared), alike in groupby(sorted(scene.ties, key=look), look):
        opacity = _opacity(scene, width, shared)
        part = add(group, "g", stroke_width=width * view.scale, stroke_opacity=opacity)
        if dash:
            part.set("stroke-dasharray", " ".join(number(length * view.scale) for length in dash))
        for tie in alike:
            _tie(part, tie, view)


def _opacity(scene: Scene, width: float, shared: int) -> float:
    """How opaque a line is. Almost all groups are tied to each other: weak ties between them are faint."""
    if scene.unit.members:
        return 0.08 + 0.02 * width
    return FAINT + (STRONG - FAINT) * max(0, 1 - len(scene.ties) / MANY_TIES) + 0.017 * shared


def _tie(parent: Element, tie: Tie, view: View) -> None:
    a, b = view.spots[tie.source], view.spots[tie.target]
    if tie.bend is None:
        add(parent, "line", x1=a.x, y1=a.y, x2=b.x, y2=b.y)
    else:
        add(parent, "path", d=f"M{pair((a.x, a.y))}Q{pair(view.at(*tie.bend))} {pair((b.x, b.y))}")


def _marks(root: Element, scene: Scene, view: View, colors: Colors) -> None:
    """Draw the organizations, the small ones above the large ones; each tells its name to who points at it."""
    group = add(root, "g", id="organizations", stroke=colors.background, stroke_width=BORDER * view.scale)
    for spot in sorted(view.spots.values(), key=lambda spot: -spot.radius):
        drawn = mark(group, scene.legend[spot.node.entry].look, spot.x, spot.y, spot.radius, colors)
        add(drawn, "title").text = clean(spot.node.name)


def _labels(root: Element, placed: Sequence[Label], colors: Colors) -> None:
    """Draw the names on veils that let them be read above lines."""
    veils = add(root, "g", id="veils", stroke=colors.background, stroke_opacity=VEIL, stroke_linecap="round")
    for label in placed:
        _veil(veils, label)
    names = add(root, "g", id="names")
    for label in placed:
        look: Attributes = {"fill": colors.ink if label.owner else colors.muted}
        if label.anchor != "start":
            look["text_anchor"] = label.anchor
        if label.bold:
            look["font_weight"] = "bold"
        write(names, label.lines, label.x, label.y, size=label.size, **look)


def _veil(parent: Element, label: Label) -> None:
    """A thick line with round ends below each line of a name."""
    for i, text in enumerate(label.lines):
        width = width_of(text, label.size, bold=label.bold)
        start = label.x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        inset = min(label.size, width) / 2 - 0.1
        y = label.y + i * LINE * label.size
        ends: Attributes = {"x1": start + inset, "y1": y, "x2": start + width - inset, "y2": y}
        add(parent, "line", **ends, stroke_width=1.1 * label.size)


def _footer_lines(scene: Scene, room: float) -> tuple[str, ...]:
    return wrapped(" ".join(provenance(scene)), SMALL, room, most=MOST_LINES)


def _footer(root: Element, lines: Sequence[str], width: int, height: int, colors: Colors) -> None:
    top = height - MARGIN - len(lines) * 1.35 * SMALL
    add(root, "line", x1=MARGIN, y1=top - 8, x2=width - MARGIN, y2=top - 8, stroke=colors.line)
    group = add(root, "g", id="provenance", fill=colors.muted)
    for i, line in enumerate(lines):
        write(group, [line], MARGIN, top + (i + 0.5) * 1.35 * SMALL, size=SMALL)
