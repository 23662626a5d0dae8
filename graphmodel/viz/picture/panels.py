"""A comparison on the sheet: its panels side by side or one above the other, whichever are larger."""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from graphmodel.viz.elements import Node, Panel, Scene, Tie
from graphmodel.viz.layouts.arrangement import Point, Title
from graphmodel.viz.palette import ABSENT
from graphmodel.viz.picture.colors import Colors
from graphmodel.viz.picture.marks import BORDER, mark
from graphmodel.viz.picture.room import Box
from graphmodel.viz.picture.svg import add, write
from graphmodel.viz.picture.view import View
from graphmodel.viz.picture.words import count

NAME, COUNTS = 15.0, 12.0  # font sizes of a heading
ABOVE, BETWEEN = 32.0, 17.0  # from a panel up to the lower line of its heading, and to the upper one
HEADING = 34.0  # what a heading needs above what any map needs
SMALL = 3.0  # radius of a mark where an organization is not there
DIVIDER = 0.25  # how opaque


def spread(scene: Scene, frame: Box) -> Scene:
    """Return the scene with everything where it is drawn, each panel in its place; no other is changed.

    What stands in two panels is in it twice, so it tells how much is drawn, and not how much there is.
    """
    if not scene.panels:
        return scene
    shifts = _shifts(scene.panels, frame)
    numbers = range(len(scene.panels))
    panels = [_moved(scene.panels[number], number, shifts[number]) for number in numbers]
    return replace(
        scene,
        nodes=tuple(node for panel in panels for node in panel.nodes),
        ties=tuple(tie for panel in panels for tie in panel.ties),
        groups=tuple((_group(group, number), name) for number in numbers for group, name in scene.groups),
        panels=tuple(panels),
        backdrop=replace(
            scene.backdrop,
            titles=tuple(_moved_title(title, shift) for shift in shifts for title in scene.backdrop.titles),
        ),
    )


def _shifts(panels: Sequence[Panel], frame: Box) -> list[Point]:
    left, top, right, bottom = frame
    beside, below = ([getattr(panel, way) for panel in panels] for way in ("beside", "below"))

    def scale(last: Point) -> float:
        box = panels[0].frame
        return min((right - left) / (box[2] - box[0] + last[0]), (bottom - top) / (box[3] - box[1] + last[1]))

    return beside if scale(beside[-1]) >= scale(below[-1]) else below


def _moved(panel: Panel, number: int, shift: Point) -> Panel:
    return replace(
        panel,
        nodes=tuple(_moved_node(node, number, shift) for node in panel.nodes),
        ties=tuple(_moved_tie(tie, number, shift) for tie in panel.ties),
        frame=_moved_box(panel.frame, shift),
        area=_moved_box(panel.area, shift),
        beside=shift,
        below=shift,
    )


def _moved_box(box: Box, shift: Point) -> Box:
    left, top, right, bottom = box
    return left + shift[0], top + shift[1], right + shift[0], bottom + shift[1]


def _moved_title(title: Title, shift: Point) -> Title:
    return replace(title, places=tuple((x + shift[0], y + shift[1]) for x, y in title.places))


def _moved_node(node: Node, number: int, shift: Point) -> Node:
    group = None if node.group is None else _group(node.group, number)
    return replace(node, id=_key(node.id, number), group=group, x=node.x + shift[0], y=node.y + shift[1])


def _moved_tie(tie: Tie, number: int, shift: Point) -> Tie:
    bend = tie.bend and (tie.bend[0] + shift[0], tie.bend[1] + shift[1])
    return replace(tie, source=_key(tie.source, number), target=_key(tie.target, number), bend=bend)


def _key(id: str, number: int) -> str:
    return f"{number} {id}"


def _group(group: int, number: int) -> int:
    """A number for the members of a community in one panel."""
    return 2 * group + number


def draw_absent(root: Element, scene: Scene, spread: Scene, view: View, colors: Colors) -> None:
    """Mark faintly where organizations stand on the other side."""
    group = add(root, "g", id="absent", stroke_width=BORDER * view.scale)
    for number, panel in enumerate(spread.panels):
        there = {node.id for node in panel.nodes}
        for node in scene.nodes:
            if _key(node.id, number) not in there:
                x, y = view.at(node.x + panel.beside[0], node.y + panel.beside[1])
                mark(group, ABSENT, x, y, SMALL * view.scale, colors)


def draw_divider(root: Element, spread: Scene, view: View, colors: Colors) -> None:
    """Draw the line between panels that stand side by side."""
    x = divider(spread, view)
    if x is not None:
        _, top, _, bottom = spread.panels[0].frame
        (_, top), (_, bottom) = view.at(0, top), view.at(0, bottom)
        add(root, "line", id="divider", x1=x, y1=top, x2=x, y2=bottom, stroke=colors.outline, stroke_opacity=DIVIDER)


def divider(spread: Scene, view: View) -> float | None:
    """Return where the line between the panels is, if they stand side by side."""
    if not spread.panels or not spread.panels[-1].beside[0]:
        return None
    first, last = spread.panels[0].frame, spread.panels[-1].frame
    return view.at((first[2] + last[0]) / 2, 0)[0]


def draw_headings(root: Element, spread: Scene, view: View, colors: Colors) -> None:
    """Write above each panel its name, and how much is in it."""
    for panel in spread.panels:
        left, top, right, _ = panel.frame
        x, y = view.at((left + right) / 2, top)
        nodes = count(len(panel.nodes), *spread.unit.modes[0].noun)
        counts = f"{nodes}, {count(len(panel.ties), *spread.unit.tie)}"
        middle = {"text_anchor": "middle"}
        write(root, [panel.name], x, y - ABOVE - BETWEEN, size=NAME, font_weight="bold", fill=colors.ink, **middle)
        write(root, [counts], x, y - ABOVE, size=COUNTS, fill=colors.muted, **middle)
