"""One organization in the middle, its partners around it, theirs around them."""

import math
from collections.abc import Iterable, Mapping
from functools import partial

import networkx as nx

from graphmodel.errors import UsageProblem
from graphmodel.viz.layouts.arrangement import Arrangement, Backdrop, Point, Title

RADIUS = 8.0  # of an organization for which none is given
FIRST = 190.0  # radius of the first ring, across; and the least distance from step to step
STEP = 130.0
BETWEEN = 62.0  # two rings of organizations at the same distance
NEXT = 46.0  # room along a ring that an organization and its name want
STRETCH = 1.35  # names are written from left to right, so rings are wider than high
SWEEPS = 6, 24  # over all rings, to shorten ties: at least and at most
WORK = 60_000  # ties that all sweeps together look at, about
SPOTS = 24  # on a ring where its name may stand
TOP = -math.pi / 2
INWARD = 0.62  # ties that pass the middle by bend so far towards it


def radial(network: nx.Graph, centre: str, groups: Mapping[str, int], radii: Mapping[str, float]) -> Arrangement:
    """Return rings around an organization: its partners, theirs, and so on; what no tie leads to, outermost.

    On a ring members of a group stand side by side, near those with whom they have ties. Where there are many, they
    stand on several rings in turn, so that their names have room.

    Parameters
    ----------
    network: organizations and their ties.
    centre: id of the organization in the middle.
    groups: number of each organization's group.
    radii: radius of each organization (8 where missing).

    Raises
    ------
    UsageProblem
        If the organization is not in the network.

    >>> radial(nx.star_graph(["a", "b", "c"]), "a", {}, {}).places["a"]
    (0.0, 0.0)
    """
    if centre not in network:
        raise UsageProblem(f'"{centre}", which is to be in the middle, is not on the map. Name one that is (--focus).')
    rings = _rings(network, centre)
    angles = _angles(network, rings, groups)
    places: dict[str, Point] = {centre: (0.0, 0.0)}
    drawn: list[float] = []
    titles: list[Title] = []
    reached = nx.node_connected_component(network, centre)
    outermost = FIRST - STEP
    for ring in rings:
        nearest = max(outermost + STEP, FIRST)
        layers = _layers(ring, radii, nearest)
        slots = math.ceil(len(ring) / layers) * layers  # so that also the last and the first are on different rings
        for i, name in enumerate(sorted(ring, key=lambda name: (angles[name], name))):
            places[name] = _on_ring(nearest + (i % layers) * BETWEEN, 2 * math.pi * i / slots + TOP)
        outermost = nearest + (layers - 1) * BETWEEN
        titles.append(_title(len(titles) + 1 if ring[0] in reached else 0, outermost))
        drawn += [nearest + layer * BETWEEN for layer in range(layers)]
    backdrop = Backdrop(lines="".join(map(_ellipse, drawn)), titles=tuple(titles), corners=_corners(drawn))
    return Arrangement(places, _bends(network, centre, places), backdrop)


def _rings(network: nx.Graph, centre: str) -> list[list[str]]:
    """The organizations by their distance from the middle; those out of reach on a ring of their own."""
    distance = nx.single_source_shortest_path_length(network, centre)
    beyond = max(distance.values()) + 1
    rings: dict[int, list[str]] = {}
    for name in sorted(network):
        if name != centre:
            rings.setdefault(distance.get(name, beyond), []).append(name)
    return [rings[step] for step in sorted(rings)]


def _layers(ring: list[str], radii: Mapping[str, float], nearest: float) -> int:
    """On how many rings those of one distance stand so that each has room."""
    needed = sum(max(NEXT, 2 * radii.get(name, RADIUS) + 8) for name in ring)
    layers, room = 1, _around(nearest)
    while room < needed:
        room += _around(nearest + layers * BETWEEN)
        layers += 1
    return layers


def _around(distance: float) -> float:
    """The length of a ring, about."""
    return math.pi * (1 + STRETCH) * distance


def _angles(network: nx.Graph, rings: list[list[str]], groups: Mapping[str, int]) -> dict[str, float]:
    """Where on its ring each organization stands: sweeps bring it near those it has ties with, group by group."""
    angles: dict[str, float] = {}
    for ring in rings:
        angles |= _spaced(sorted(ring, key=lambda name: (groups.get(name, len(groups)), name)))
    best, least = angles, _length(network, angles)
    for _ in range(max(SWEEPS[0], min(SWEEPS[1], WORK // max(1, network.size())))):
        for ring in rings:
            angles = angles | _spaced(_swept(network, ring, angles, groups))
        if (length := _length(network, angles)) < least - 1e-9:
            best, least = angles, length
    return best


def _spaced(order: list[str]) -> dict[str, float]:
    """Evenly around, the first at the top."""
    return {name: 2 * math.pi * i / len(order) + TOP for i, name in enumerate(order)}


def _swept(network: nx.Graph, ring: list[str], angles: Mapping[str, float], groups: Mapping[str, int]) -> list[str]:
    """Order a ring by where ties lead, members of a group together and groups among each other likewise."""
    wanted = {name: _toward(network, name, angles) for name in ring}
    members: dict[int, list[str]] = {}
    for name in ring:
        members.setdefault(groups.get(name, -1), []).append(name)
    middles = {group: _mean(wanted[name] for name in part) or 0.0 for group, part in members.items()}
    order = sorted(members, key=lambda group: (round(_turn(middles[group], TOP), 6), group))

    def beside(group: int, name: str) -> tuple[float, str]:
        """Compared from opposite the middle of the group, as its members may lie on both sides of the top."""
        return round(_turn(wanted[name], middles[group] - math.pi), 6), name

    return [name for group in order for name in sorted(members[group], key=partial(beside, group))]


def _toward(network: nx.Graph, name: str, angles: Mapping[str, float]) -> float:
    """The mean direction of an organization and of those it has ties with, less the middle."""
    partners = [angles[other] for other in sorted(network[name]) if other in angles]
    mean = _mean([angles[name], *partners])
    return angles[name] if mean is None else mean


def _mean(angles: Iterable[float]) -> float | None:
    """The mean direction; None where they cancel out."""
    directions = [(math.cos(angle), math.sin(angle)) for angle in angles]
    x, y = math.fsum(x for x, _ in directions), math.fsum(y for _, y in directions)
    return math.atan2(y, x) if math.hypot(x, y) > 1e-6 else None


def _turn(angle: float, start: float) -> float:
    """How far one has to turn from the start."""
    return (angle - start) % (2 * math.pi)


def _length(network: nx.Graph, angles: Mapping[str, float]) -> float:
    """How far apart ends of ties are around the middle, all together."""
    turns = (abs(angles[a] - angles[b]) for a, b in network.edges() if a in angles and b in angles)
    return sum(min(turn, 2 * math.pi - turn) for turn in turns)


def _bends(network: nx.Graph, centre: str, places: Mapping[str, Point]) -> dict[tuple[str, str], Point]:
    """Ties with the middle are straight, others bend inwards, which leaves the rings to the names."""
    bends = {}
    for source, target in network.edges():
        if centre not in (source, target):
            (ax, ay), (bx, by) = places[source], places[target]
            bends[source, target] = round((ax + bx) / 2 * INWARD, 1) + 0.0, round((ay + by) / 2 * INWARD, 1) + 0.0
    return bends


def _title(steps: int, distance: float) -> Title:
    """What a ring is called, somewhere on it, best at its foot."""
    text = {0: "Not connected", 1: "Partners"}.get(steps, f"{steps} steps away")
    turns = sorted(range(SPOTS), key=lambda i: (min(i, SPOTS - i), i))
    angles = [2 * math.pi * (i + 0.5) / SPOTS - TOP for i in turns]
    return Title(text, tuple(_on_ring(distance, angle) for angle in angles))


def _on_ring(distance: float, angle: float) -> Point:
    return round(STRETCH * distance * math.cos(angle), 1) + 0.0, round(distance * math.sin(angle), 1) + 0.0


def _corners(distances: list[float]) -> tuple[Point, ...]:
    """Where a box around all rings begins and ends: below a few partners a ring reaches further than they do."""
    far = max(distances, default=0.0)
    return (-round(STRETCH * far), -round(far)), (round(STRETCH * far), round(far))


def _ellipse(distance: float) -> str:
    across, high = round(STRETCH * distance), round(distance)
    half = f"A{across} {high} 0 1 0 "
    return f"M{-across} 0{half}{across} 0{half}{-across} 0Z"
