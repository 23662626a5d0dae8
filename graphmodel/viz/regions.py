"""The map of regions: each is one mark at the middle of its countries, its area the number of organizations there."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import networkx as nx
import numpy as np

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.viz.division import REST, Division
from graphmodel.viz.elements import Scene
from graphmodel.viz.layouts.countries import countries, middle
from graphmodel.viz.layouts.geo import CELL, CHARACTER, displacement, geo, place
from graphmodel.viz.overviews import Scale, rest_in_rows, summary
from graphmodel.viz.scene import LARGEST, scene
from graphmodel.viz.units import REGIONS
from graphmodel.viz.variables import ColorBy, colors

RADII = (62.0, 7.0), (50.0, 6.0), (40.0, 5.6), (32.0, 5.4), (26.0, 5.0)  # of the largest mark, and of the smallest
DISPLACED = 0.0125  # of the width of the world: so far marks may be pushed away by others
LONG = 20  # letters: a longer name of a country has a shorter one beside its mark

Degrees = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True)
class Regions:
    """The regions of a level in which organizations are.

    Attributes
    ----------
    level : str
        region, subregion or country.
    of : mapping from id to str
        The region of each organization, by its name; who is in none, or in several, is not in it.
    countries : mapping from id to str
        The country of each organization, a code such as KE or an English name, as far as known.
    """

    level: str
    of: Mapping[str, str]
    countries: Mapping[str, str]


def regional(
    network: nx.Graph,
    regions: Regions,
    *,
    title: str,
    groups: Mapping[str, int] | None = None,
    labels: Mapping[int, str] | None = None,
    color: ColorBy = "kind",
    **look: Any,
) -> Scene:
    """Return the map of the regions in which organizations are.

    Up to 5,000 organizations it holds all of them, and a region can be opened; above, it holds the regions only, and
    of each the names of its most connected organizations.

    Parameters
    ----------
    network, title, color, look: as for `graphmodel.viz.scene.scene`.
    regions: in which organizations are.
    groups, labels: communities and their names, if the colour stands for these.

    Raises
    ------
    UsageProblem
        If there is no such level, or no organization has a place.

    >>> pair = nx.Graph([("a", "b")])
    >>> east = Regions("country", {"a": "Kenya", "b": "Uganda"}, {"a": "KE", "b": "UG"})
    >>> [node.label for node in regional(pair, east, title="East").overview.nodes]
    ['Kenya · 1', 'Uganda · 1']
    """
    if regions.level not in REGIONS:
        raise UsageProblem(
            f'No level of regions is "{regions.level}".{suggestion(regions.level, REGIONS)} '
            f"Choose one of: {', '.join(REGIONS)}."
        )
    numbers = {name: number for number, name in enumerate(sorted({*regions.of.values()}), 1)}
    inside = {id: numbers[name] for id, name in regions.of.items() if id in network}
    names = {number: name for name, number in numbers.items()}
    if color == "community":
        color = "Community", {id: (labels or {}).get(number, number) for id, number in (groups or {}).items()}
    middles = _middles(network, regions.countries)
    division = Division(network, inside, most=None, fewest=1)
    above = _overview(division, regions, names, middles, title=title, color=color)
    if len(network) > LARGEST:
        return above
    placed = _with_places(network, middles)
    whole = scene(placed, title=title, color=color, groups=inside, labels=names, layout="geo", **look)
    shelf = whole.backdrop.shelf
    nodes = rest_in_rows(whole.nodes, above.nodes, network, 1, shelf.bottom if shelf else -math.inf)
    ties = tuple(tie if {tie.source, tie.target} & inside.keys() else replace(tie, bend=None) for tie in whole.ties)
    return replace(whole, nodes=nodes, ties=ties, overview=above, provenance=above.provenance)


def _middles(network: nx.Graph, countries_of: Mapping[str, str]) -> dict[str, Degrees]:
    """The middle of the country of each organization; its own place, where no country is known."""
    found = {}
    for id, known in network.nodes(data=True):
        key = countries().find(countries_of.get(id) or str(known.get("country") or ""))
        point = middle(key) if key else place(known)
        if point is not None:
            found[id] = point
    return found


def _with_places(network: nx.Graph, middles: Mapping[str, Degrees]) -> nx.Graph:
    """The network with those in the middle of their country who have no place of their own."""
    placed = network.copy()
    for id, (longitude, latitude) in middles.items():
        if place(placed.nodes[id]) is None:
            placed.nodes[id].update(longitude=longitude, latitude=latitude)
    return placed


def _overview(
    division: Division,
    regions: Regions,
    names: Mapping[int, str],
    middles: Mapping[str, Degrees],
    *,
    title: str,
    color: ColorBy,
) -> Scene:
    unit = REGIONS[regions.level]
    _, many = unit.modes[0].noun
    called = {mark: names[int(mark)] if mark != REST else f"Several {many} or not known" for mark in division.marks}
    labels = called | (_short(division, regions, called) if regions.level == "country" else {})
    marks = _marks(division, middles)
    scale = _scale(division, marks)
    sizes = dict(zip(division.marks, division.sizes.tolist(), strict=True))
    radii = {mark: scale.radius(size) for mark, size in sizes.items()}
    laid = geo(marks, radii, partial(_untold, sizes=sizes, labels=labels, many=many))
    drawn = summary(
        division,
        called,
        colors(division.network, color, {}),
        scale,
        laid,
        title=title,
        unit=unit,
        labels=labels,
        linked=len(division.ids) <= LARGEST,
    )
    return replace(drawn, layout="geo")


def _short(division: Division, regions: Regions, called: Mapping[str, str]) -> dict[str, str]:
    """What the outlines of countries call those that have a long name."""
    short = {}
    for id, number in zip(division.ids, division.owner, strict=True):
        mark = division.marks[number]
        key = countries().find(regions.countries.get(id, ""))
        if mark != REST and key and len(called[mark]) > LONG:
            short[mark] = min(called[mark], countries().names[key], key=len)
    return short


def _marks(division: Division, middles: Mapping[str, Degrees]) -> nx.Graph:
    """The marks at the middles of their organizations, with the ties between them."""
    made = nx.Graph()
    for mark, number in sorted(zip(division.marks, range(len(division.marks)), strict=True)):
        members = (division.ids[member] for member in np.flatnonzero(division.owner == number))
        known = [middles[id] for id in members if id in middles]
        made.add_node(mark)
        if known and mark != REST:
            made.nodes[mark].update(zip(("longitude", "latitude"), _middle(known), strict=True))
    ends = np.argwhere(np.triu(division.between, 1))
    made.add_edges_from((division.marks[first], division.marks[second]) for first, second in ends)
    return made


def _scale(division: Division, marks: nx.Graph) -> Scale:
    """The largest scale at which marks stand about where they belong."""
    points = [(known["longitude"], known["latitude"]) for _, known in marks.nodes(data=True) if known]
    members = [size for mark, size in zip(division.marks, division.sizes, strict=True) if marks.nodes[mark]]
    for radii in RADII:
        scale = Scale(int(division.sizes.max()), *radii)
        sizes = np.array([scale.radius(size) for size in members])
        if not points or displacement(np.array(points), sizes, np.array(members)) <= DISPLACED:
            break
    return scale


def _middle(points: Iterable[Degrees]) -> Degrees:
    """The middle of points on the earth, also of those on both sides of the date line."""
    longitude, latitude = np.radians(np.array(list(points))).T
    x, y = (np.cos(latitude) * np.cos(longitude)).mean(), (np.cos(latitude) * np.sin(longitude)).mean()
    east, north = np.arctan2(y, x), np.arctan2(np.sin(latitude).mean(), np.hypot(x, y))
    return round(float(np.degrees(east)), 6), round(float(np.degrees(north)), 6)


def _untold(
    rest: Collection[str], sizes: Mapping[str, int], labels: Mapping[str, str], many: str
) -> tuple[str, str, float]:
    """What is said of the organizations whose mark has no place, and the room of such a mark with its name."""
    number = sum(sizes[mark] for mark in rest)
    who, stand = f"{number:,} organization{'' if number == 1 else 's'}", "stands" if number == 1 else "stand"
    note = f"{who} {stand} below the map: in several {many}, or in none that is known and has a place."
    longest = max((len(f"{labels[mark]} · {sizes[mark]:,}") for mark in rest), default=0)
    return f"In no one place: {who}", note, max(CELL, (longest + 4) * CHARACTER)
