"""Organizations at their place on the earth; many at one place stand around it, ties are arcs."""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.errors import UsageProblem
from graphmodel.viz.forces import Indices, Numbers, separate
from graphmodel.viz.layouts.arrangement import Arrangement, Backdrop, Point, Shelf, Title
from graphmodel.viz.layouts.countries import countries, middle
from graphmodel.viz.layouts.equal_earth import project
from graphmodel.viz.layouts.world import graticule, land

RADIUS = 8.0  # of an organization for which none is given
PADDING = 4.0  # smallest gap between two organizations
WIDTH = 1_250.0  # of what is seen
WIDEST = 1_000.0, 100.0  # what it may grow to where marks find no room, and how much for the root of their number
GROWTH, TRIES = 1.2, 3
MOVED = 14.0  # beyond the size of a mark: so far may nine of ten be pushed away by others, and large ones on average
NARROWEST = 0.16  # in radii of the earth: places nearer together are not drawn farther apart
GOLDEN = math.pi * (3 - math.sqrt(5))
BEND = 0.14  # how far the middle of an arc is from the straight line, for each step from west to east
SCREEN = 1_000.0  # where this many fit on a screen from side to side, letters are as large as they are meant to be
CELL, ROW = 124.0, 40.0  # room of an organization without a known place, and its name
HEAD = 36.0  # room for the title above them
MARK = 0.16  # where in its room it stands: its name is written to its right
LAST = 0.5  # more room for the names of the last column

CHARACTER = 7.0  # width of one
LEAST = 0.6  # width of the shelf, as a share of that of the world

Untold = Callable[[Collection[str]], tuple[str, str, float]]
"""From those on the shelf to the title above them, a note, and the room of one with its name."""


def geo(network: nx.Graph, radii: Mapping[str, float], untold: Untold | None = None) -> Arrangement:
    """Return every organization at its latitude and longitude, or else in its country; others on a shelf below.

    Parameters
    ----------
    network: organizations with ``latitude`` and ``longitude`` in degrees, or ``country`` (ISO 3166 code or name).
    radii: radius of each organization (8 where missing).
    untold: what is said of those on the shelf.

    Raises
    ------
    UsageProblem
        If no organization has a place.
    """
    known = {name: point for name in sorted(network) if (point := place(network.nodes[name])) is not None}
    if len(network) and not known:
        raise UsageProblem(
            "No organization has a place that a map of the world could show. Give their country (a code such as KE) or "
            "latitude and longitude, or choose another layout."
        )
    names = list(known)
    sizes = np.array([float(radii.get(name, RADIUS)) for name in names])
    earth = project(np.array(list(known.values())).reshape(-1, 2))
    scale, points = _with_room(earth, sizes)
    low, high = _extent(points, 0 * sizes)
    shift = -(low + high) / 2
    points = points + shift
    places = {name: (x, y) for name, (x, y) in zip(names, (points.round(1) + 0.0).tolist(), strict=True)}
    rest = [name for name in sorted(network) if name not in places]
    title, note, cell = (untold or _untold)(rest)
    shelf, titles = _put_on_shelf(network, rest, (title, cell), places, radii)
    seen = _extent(points, sizes)
    return Arrangement(
        places,
        {(source, target): _arc(places[source], places[target]) for source, target in network.edges()},
        Backdrop(land(scale, shift, seen), graticule(scale, shift), shelf, titles),
        (*([note] if rest else []), "Outlines of countries: Natural Earth; they imply no opinion on borders."),
    )


def place(known: Mapping[str, Any]) -> tuple[float, float] | None:
    """Longitude and latitude."""
    latitude, longitude = _number(known.get("latitude")), _number(known.get("longitude"))
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return longitude, latitude
    key = countries().find(str(known.get("country") or ""))
    return middle(key) if key else None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def displacement(degrees: Numbers, sizes: Numbers, weights: Numbers) -> float:
    """How far marks are pushed away from their places, as a share of the world that is seen; the weighted mean."""
    earth = project(degrees)
    scale, points = _with_room(earth, sizes)
    moved = np.hypot(*(points - earth * scale).T)
    return float(np.average(moved, weights=weights) / max(np.ptp(points, axis=0).max(), WIDTH))


def _with_room(earth: Numbers, sizes: Numbers) -> tuple[float, Numbers]:
    """The smallest world in which marks can stand near their places, and where they stand then."""
    span = max(float(np.ptp(earth, axis=0).max(initial=0)), NARROWEST) if len(earth) else 1.0
    widest = WIDEST[0] + WIDEST[1] * math.sqrt(len(earth))
    width = max(WIDTH, widest / GROWTH**TRIES)
    while True:
        wanted = _around_their_place(earth * width / span, sizes)
        points = separate(wanted, sizes, PADDING, np.inf) if len(sizes) else wanted
        moved = np.hypot(*(points - wanted).T)
        most = max(np.quantile(moved, 0.9), np.average(moved, weights=sizes**2)) if len(sizes) else 0.0
        if width * GROWTH > widest or most <= MOVED + sizes.mean():
            return width / span, points
        width *= GROWTH


def _extent(points: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """The lowest and the highest corner of what marks cover."""
    if not len(points):
        return np.zeros(2), np.zeros(2)
    return (points - sizes[:, None]).min(axis=0), (points + sizes[:, None]).max(axis=0)


def _around_their_place(points: Numbers, sizes: Numbers) -> Numbers:
    """Those at one place like the seeds of a sunflower, the largest in the middle."""
    placed = points.copy()
    for members in _at_one_place(points):
        members = members[np.argsort(-sizes[members], kind="stable")]
        room = np.cumsum((sizes[members] + PADDING / 2) ** 2) * 1.5
        distance = np.sqrt(np.append(0, room[:-1])) + np.where(np.arange(len(members)) > 0, PADDING, 0)
        angle = np.arange(len(members)) * GOLDEN
        placed[members] += distance[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return placed


def _at_one_place(points: Numbers) -> list[Indices]:
    found: dict[tuple[float, float], list[int]] = {}
    for i, (x, y) in enumerate(points.round(3).tolist()):
        found.setdefault((x, y), []).append(i)
    return [np.array(members) for members in found.values()]


def _put_on_shelf(
    network: nx.Graph,
    rest: list[str],
    words: tuple[str, float],
    places: dict[str, Point],
    radii: Mapping[str, float],
) -> tuple[Shelf | None, tuple[Title, ...]]:
    """Place those without a known place in rows below the others, each about below its partners."""
    if not rest:
        return None, ()
    lowest = max(y + radii.get(name, RADIUS) for name, (_, y) in places.items())
    title, room = words
    xs = [x for x, _ in places.values()]
    unit = max(1.0, (max(xs) - min(xs)) / SCREEN)
    head = HEAD * unit
    largest = max(radii.get(name, RADIUS) for name in rest) + PADDING
    row, mark = max(ROW * unit, 2 * largest), max(MARK * CELL * unit, largest)
    cell = (room - MARK * CELL) * unit + mark
    span = max(max(xs) - min(xs), SCREEN / 2)
    rows = math.ceil(len(rest) / max(3, int(span // cell)))
    taken = (math.ceil(len(rest) / rows) + LAST) * cell
    width = max(taken, LEAST * span, (len(title) + 2) * CHARACTER * unit)
    middle_x, top = (min(xs) + max(xs)) / 2, lowest + 2 * head
    left = middle_x - width / 2
    ordered = sorted(rest, key=lambda name: (_mean_x(network, name, places), name))
    for i, name in enumerate(ordered):
        x, y = middle_x - taken / 2 + i // rows * cell + mark, top + head + (i % rows + 0.5) * row
        places[name] = (round(x, 1), round(y, 1))
    shelf = Shelf(round(left), round(top), round(left + width), round(top + head + rows * row + head / 2))
    return shelf, (Title(title, ((round(left + width / 2, 1), round(top + head / 2, 1)),)),)


def _mean_x(network: nx.Graph, name: str, places: Mapping[str, Point]) -> float:
    xs = sorted(places[partner][0] for partner in network[name] if partner in places)
    return round(sum(xs) / len(xs), 3) if xs else 0.0


def _arc(source: Point, target: Point) -> Point:
    """The point that a tie curves towards: to the north, the more the longer the way from west to east."""
    (ax, ay), (bx, by) = source, target
    return round((ax + bx) / 2, 1) + 0.0, round((ay + by) / 2 - 2 * BEND * abs(bx - ax), 1) + 0.0


def _untold(rest: Collection[str]) -> tuple[str, str, float]:
    many = len(rest)
    who = f"{many:,} organizations stand" if many > 1 else "1 organization stands"
    title = f"Place not known: {many:,} organization{'s' if many > 1 else ''}"
    return title, f"{who} below the map: no place or country is known.", CELL
