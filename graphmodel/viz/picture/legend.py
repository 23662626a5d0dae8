"""The legend: what colours, shapes, lines and sizes stand for, and how many organizations and alliances have each."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from graphmodel.viz.elements import Scene
from graphmodel.viz.palette import ABSENT
from graphmodel.viz.picture.colors import Colors
from graphmodel.viz.picture.lettering import width_of, wrapped
from graphmodel.viz.picture.marks import BORDER, mark
from graphmodel.viz.picture.svg import LINE, Attributes, add, write
from graphmodel.viz.picture.words import alliances_title, kinds_titles

COLUMN = 206.0  # width of the whole
SIZE = 12.0  # of its letters
ROW = 22.0  # height of an entry
BETWEEN = 18.0  # two parts
APART = 16.0  # two examples of sizes
SYMBOL = 38.0  # room for what is drawn before a label


class Legend:
    """Draws the parts one below the other."""

    def __init__(self, parent: Element, colors: Colors, x: float, y: float) -> None:
        self._group = add(parent, "g", id="legend")
        self._colors, self._x, self._y = colors, x, y - BETWEEN

    def organizations(self, scene: Scene) -> None:
        for mode, title in enumerate(kinds_titles(scene)):
            self._heading(title)
            for entry in (entry for entry in scene.legend if entry.mode == mode):
                mark(self._group, entry.look, self._x + 9, self._y, 6.5, self._colors).set("stroke-width", str(BORDER))
                self._entry(entry.label, entry.count, indent=26)
        if scene.panels:
            mark(self._group, ABSENT, self._x + 9, self._y, 3.0, self._colors).set("stroke-width", str(BORDER))
            self._entry("on the other side only", None, indent=26)

    def alliances(self, scene: Scene) -> None:
        if not scene.ties or scene.unit.members:
            return
        self._heading(alliances_title(scene))
        for line in scene.lines:
            self._line(line.dash, 2)
            self._entry(line.label, line.count, indent=SYMBOL)

    def widths(self, scene: Scene, scale: float) -> None:
        """Tell what the width of a line stands for, where it differs."""
        examples = {tie.shared: tie.width for tie in scene.ties if tie.shared}
        if len(examples) < 2:
            return
        self._heading(f"Width: {scene.unit.shared[1]}")
        for shared in (min(examples), max(examples)):
            self._line((), examples[shared] * scale)
            self._entry(f"{shared:,}", None, indent=SYMBOL)

    def sizes(self, scene: Scene, scale: float) -> None:
        """Draw the examples of sizes as large as the marks on the sheet."""
        if not scene.sizes:
            return
        self._heading(f"Size: {scene.size_title.lower()}")
        examples = _fitting([(text, size * scale) for text, size in scene.sizes])
        x, bottom = self._x + 3, self._y - ROW / 2 + 2 + 2 * max(radius for _, radius in examples)
        for text, radius in examples:
            half = _half(text, radius)
            look: Attributes = {"fill": "none", "stroke": self._colors.muted, "stroke_width": 1}
            add(self._group, "circle", cx=x + half, cy=bottom - radius, r=radius, **look)
            write(self._group, [text], x + half, bottom + 11, size=SIZE, text_anchor="middle", fill=self._colors.muted)
            x += 2 * half + APART
        self._y = bottom + 11 + ROW

    def outlines(self, scene: Scene) -> None:
        if not scene.groups or not scene.outlined:
            return
        self._heading("Outlines")
        look: Attributes = {"fill": self._colors.outline, "stroke": self._colors.outline}
        faint: Attributes = {"fill_opacity": 0.055, "stroke_opacity": 0.28}
        add(self._group, "rect", x=self._x + 1, y=self._y - 7, width=26, height=14, rx=7, **look, **faint)
        self._entry("communities", None, indent=SYMBOL)

    def _heading(self, text: str) -> None:
        self._y += BETWEEN
        lines = wrapped(text, SIZE, COLUMN, most=2, bold=True)
        write(self._group, lines, self._x, self._y, size=SIZE, font_weight="bold", fill=self._colors.muted)
        self._y += ROW + _extra(lines)

    def _line(self, dash: Sequence[float], width: float) -> None:
        look: Attributes = {"stroke": self._colors.ink, "stroke_width": width, **_dashes(dash)}
        add(self._group, "line", x1=self._x + 1, y1=self._y, x2=self._x + 29, y2=self._y, **look)

    def _entry(self, label: str, number: int | None, *, indent: float) -> None:
        told = "" if number is None else f"{number:,}"
        room = COLUMN - indent - width_of(told, SIZE) - 8
        lines = wrapped(label, SIZE, room, most=3)
        write(self._group, lines, self._x + indent, self._y, size=SIZE, fill=self._colors.ink)
        if told:
            look = {"text_anchor": "end", "fill": self._colors.muted}
            write(self._group, [told], self._x + COLUMN, self._y, size=SIZE, **look)
        self._y += ROW + _extra(lines)


def _half(text: str, radius: float) -> float:
    """Half the room that an example of a size needs."""
    return max(radius, width_of(text, SIZE) / 2)


def _fitting(examples: Sequence[tuple[str, float]]) -> Sequence[tuple[str, float]]:
    """Leave out the example in the middle if three are too wide for the column."""
    needed = sum(2 * _half(*example) + APART for example in examples)
    return examples if needed <= COLUMN + APART else [examples[0], examples[-1]]


def _extra(lines: Sequence[str]) -> float:
    return (len(lines) - 1) * LINE * SIZE


def _dashes(dash: Sequence[float]) -> dict[str, str]:
    return {"stroke_dasharray": " ".join(map(str, dash))} if dash else {}
