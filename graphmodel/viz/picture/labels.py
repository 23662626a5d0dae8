"""Names beside marks, the most important first, each where it covers no other name."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graphmodel.viz.elements import Scene
from graphmodel.viz.layouts.arrangement import Title
from graphmodel.viz.picture.hulls import Hull
from graphmodel.viz.picture.lettering import ELLIPSIS, halved, width_of, wrapped
from graphmodel.viz.picture.room import LEADING_MARK, MARK, TEXT, Box, Room, area
from graphmodel.viz.picture.svg import LINE, clean
from graphmodel.viz.picture.view import Spot, View

GAP = 3.0  # from a mark to its name
AIR = 3.0  # at either side of a name
TOO_SMALL = 2.4  # a mark of this radius is named only if it leads
LITTLE, MOST = 0.04, 0.22  # shares of a name that may lie on lesser marks: gladly, and at all
CROWDED, MOST_IN_CROWD = 3.5, 0.5  # the same where the usual mark is smaller than this radius
HUBS, OUTSTANDING = 12, 8  # so many at most may cover any lesser marks, if they have so many times what is usual
FEW = 60  # organizations: all are named in full, and in larger letters
LARGER = 1.15
LONG = 64  # characters: a longer name is not written in two lines
LONGEST_LINE, NARROW_LINE = 16, 10  # of three, in font sizes
ONE_SIDE = 0.4  # a pull that is larger in some direction leads there
EACH = 4_200.0  # area of the sheet for which there is one name
COMMUNITY = 12.0  # font size of a community's name

# Where a name may stand: right, left, below, above, then the corners; and which end of it is at the mark then.
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.6), (0.8, -0.6), (-0.8, 0.6), (-0.8, -0.6))
ALIGNED = {1: "start", 0.8: "start", 0: "middle", -0.8: "end", -1: "end"}


@dataclass(frozen=True)
class Label:
    """A name in its place."""

    lines: tuple[str, ...]
    size: float
    bold: bool
    box: Box
    anchor: str  # which part of each line stands at x: start, middle or end
    owner: str | None  # the organization, or none: a community

    @property
    def x(self) -> float:
        """Where its lines are aligned."""
        left, _, right, _ = self.box
        return {"start": left + AIR, "middle": (left + right) / 2, "end": right - AIR}[self.anchor]

    @property
    def y(self) -> float:
        """The middle of its first line."""
        return (self.box[1] + self.box[3] - (len(self.lines) - 1) * LINE * self.size) / 2


def place(scene: Scene, view: View, hulls: Sequence[Hull], divider: float | None = None) -> list[Label]:
    """Find a place for as many names as there is room for; no two of them overlap, and none reaches over a divider."""
    room = Room(view.frame)
    if divider is not None:
        room.take((divider - AIR, view.frame[1], divider + AIR, view.frame[3]), TEXT)
    leading = _leading(view)
    for spot in view.ranked:
        room.take(spot.box, LEADING_MARK if spot.node.id in leading else MARK, spot.node.id)
    labels = [label for hull in hulls if (label := _community(room, hull))]
    labels += [label for title in scene.backdrop.titles if (label := _title(room, title, view))]
    most = len(labels) + round(area(view.frame) / EACH)
    ranks = {spot.node.id: rank for rank, spot in enumerate(view.ranked)}
    for spot in sorted(view.ranked, key=lambda spot: (spot.node.id not in leading, ranks[spot.node.id])):
        if len(labels) == most:
            break
        if label := _label(room, view, spot, ranks[spot.node.id], spot.node.id in leading, scene.naming):
            labels.append(label)
    return labels


def _leading(view: View) -> set[str]:
    """The organizations that are named even where their name lies on lesser marks: hubs, two in each community."""
    hubs = view.ranked[: min(28, math.ceil(6 + len(view.ranked) / 18))]
    communities: dict[int, list[str]] = {}
    for spot in view.ranked:
        if spot.node.group is not None:
            communities.setdefault(spot.node.group, []).append(spot.node.id)
    return {spot.node.id for spot in hubs} | {name for members in communities.values() for name in members[:2]}


def _community(room: Room, hull: Hull) -> Label | None:
    """Place the name of a community along the edge of its outline, above it if possible."""
    left, right = hull.span
    for lines in ((clean(hull.name),), halved(clean(hull.name), COMMUNITY)):
        width, height = _extent(lines, COMMUNITY, bold=True)
        for above in (True, False):
            for share in (0.5, 0.35, 0.65, 0.2, 0.8):
                start = left + share * (right - left) - width / 2
                edge = hull.edge(start, start + width, above=above)
                top = edge - height - 2 if above else edge + 3
                box = (start, top, start + width, top + height)
                if room.cost(box, MARK) == 0:
                    room.take(box, TEXT)
                    return Label(lines, COMMUNITY, True, box, "middle", None)
    return None


def _title(room: Room, title: Title, view: View) -> Label | None:
    """Place a text of the backdrop where it may stand: in the only place, or in the first that is free."""
    lines = (clean(title.text),)
    width, height = _extent(lines, COMMUNITY, bold=True)
    for x, y in (view.at(*place) for place in title.places):
        box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if len(title.places) == 1 or room.cost(box, MARK) == 0:
            room.take(box, TEXT)
            return Label(lines, COMMUNITY, True, box, "middle", None)
    return None


def _label(room: Room, view: View, spot: Spot, rank: int, leads: bool, naming: str) -> Label | None:
    """Place a name as well written as possible; that of a leading organization may lie on some lesser marks."""
    if spot.radius < TOO_SMALL and not leads:
        return None
    size, bold = _font(view, spot, rank)
    found = []
    written = naming if spot.node.members is None else "label"  # that of a group tells its size too
    for lines in _spellings(spot, size, written, in_full=len(view.ranked) <= FEW, cut=leads):
        boxes = _around(spot, *_extent(lines, size, bold=bold))
        costs = [room.cost(box, LEADING_MARK if leads else MARK, spot.node.id) / area(box) for box, _ in boxes]
        least = min(costs)
        box, anchor = boxes[costs.index(least)]
        found.append((least, Label(lines, size, bold, box, anchor, spot.node.id)))
        if least <= LITTLE:
            break
    covered, label = min(found, key=lambda one: one[0], default=(math.inf, None))
    if label is None or covered > _most_covered(view, spot, rank):
        return None
    room.take(label.box, TEXT, spot.node.id)
    return label


def _most_covered(view: View, spot: Spot, rank: int) -> float:
    """The share of a name that may lie on lesser marks; without the names of hubs a map would not be understood."""
    usual = view.ranked[len(view.ranked) // 2]
    if rank < HUBS and spot.node.value >= OUTSTANDING * usual.node.value:
        return math.inf
    return MOST_IN_CROWD if usual.radius < CROWDED else MOST


def _font(view: View, spot: Spot, rank: int) -> tuple[float, bool]:
    """Large for the first in rank, as far as they stand out at all: the font size, and whether it is bold."""
    many = len(view.ranked)
    larger = LARGER if many <= FEW else 1.0
    if spot.node.value > view.ranked[many // 2].node.value:
        if rank < min(8, many / 8):
            return 14 * larger, True
        if rank < min(30, many / 3):
            return 12.5 * larger, False
    return 11 * larger, False


def _spellings(spot: Spot, size: float, naming: str, *, in_full: bool, cut: bool) -> Iterator[tuple[str, ...]]:
    """How a name may be written, the best first: in full instead of cut off; cut off if that is asked for."""
    name, label, acronym = (clean(text or "") for text in (spot.node.name, spot.node.label, spot.node.acronym))
    if naming != "short":
        yield from () if naming == "none" else _as_it_is(label, size)
        return
    is_cut = label not in (name, acronym)
    if label != name and len(name) <= LONG and (in_full or is_cut):
        yield halved(name, size)
    if in_full and len(name) > LONG:
        yield wrapped(name, size, LONGEST_LINE * size, most=3)
    if not is_cut or (cut and not in_full):
        yield (label,)
    if acronym and acronym != label:
        yield (acronym,)
    if label == name and " " in name:
        yield halved(name, size)
    narrow = wrapped(name, size, NARROW_LINE * size, most=3)
    if len(narrow) == 3 and not narrow[-1].endswith(ELLIPSIS):
        yield narrow


def _as_it_is(label: str, size: float) -> Iterator[tuple[str, ...]]:
    """One and the same text in one, two or more lines."""
    if len(label) <= LONG:
        yield from ((label,), halved(label, size))
    yield wrapped(label, size, LONGEST_LINE * size, most=len(label))


def _extent(lines: Sequence[str], size: float, *, bold: bool) -> tuple[float, float]:
    """Width and height of a text with a little air around it."""
    width = max(width_of(line, size, bold=bold) for line in lines)
    return width + 2 * AIR, (1.25 + (len(lines) - 1) * LINE) * size


def _around(spot: Spot, width: float, height: float) -> list[tuple[Box, str]]:
    """The eight places for a name, the best first, and where it is aligned there."""
    side, corner = spot.radius + GAP - AIR, spot.radius * 0.72 + 2
    low, high = corner - height * 0.3, -corner - height * 0.7
    left, right = AIR - corner - width, corner - AIR
    offsets = [
        (side, -height / 2),
        (-side - width, -height / 2),
        (-width / 2, spot.radius + GAP),
        (-width / 2, -spot.radius - GAP - height),
        (right, low),
        (right, high),
        (left, low),
        (left, high),
    ]
    places = sorted(zip(DIRECTIONS, offsets, strict=True), key=lambda place: _leads_to_partners(spot, place[0]))
    return [
        ((spot.x + x, spot.y + y, spot.x + x + width, spot.y + y + height), ALIGNED[across])
        for (across, _), (x, y) in places
    ]


def _leads_to_partners(spot: Spot, direction: tuple[float, float]) -> bool:
    """True if all partners lie more or less on one side, and the direction leads there."""
    return direction[0] * spot.pull[0] + direction[1] * spot.pull[1] > ONE_SIDE
