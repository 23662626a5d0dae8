"""Positions for the map: each community in a disc of its own, discs with many ties between them side by side.

A disc is as large as its organizations and their names need, and discs keep their distance, so that the outlines
drawn around communities never overlap.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graphmodel.viz.embedding import embed
from graphmodel.viz.forces import Indices, Numbers, arrange, fill_disc, separate

RADIUS = 8.0  # of an organization for which none is given
PADDING = 4.0  # smallest gap between two organizations
FILL = 0.2  # share of a disc that its organizations cover
ROOM = 7_500.0  # area that an organization and its name want, where there is enough
LITTLE_ROOM = 2_800.0  # the same for those in rows
SCREEN = 700_000.0  # all discs together want no more room than this
GAP = 46.0  # between two discs: their outlines, and the name of one
WIDER = 1.2  # a gap is at least so much wider than the space between two organizations
ROW = 52.0  # height of a row of organizations without a tie
CELL = 116.0  # and the width that each of them has there
ASPECT = 1.4  # width by height of the whole
SMALL = 5  # a component with fewer organizations stands in the rows


def layout(
    network: nx.Graph,
    groups: Mapping[str, int] | None = None,
    radii: Mapping[str, float] | None = None,
    seed: int = 1,
    aspect: float = ASPECT,
) -> dict[str, tuple[float, float]]:
    """Return the position of every organization; y points down, the middle of the picture is (0, 0).

    Small components and organizations without a tie stand in rows below the discs. The result depends on what
    is given and on the seed, never on the order in which organizations and ties were added.

    Parameters
    ----------
    network: undirected; the tie attribute ``weight`` (1 where missing) says how strongly its ends attract
        each other.
    groups: number of each organization's group; one without a group goes with its connected component.
    radii: radius of each organization (8 where missing); no two organizations overlap.
    seed: of the pseudo-random start.
    aspect: width by height of the whole.

    >>> import networkx as nx
    >>> layout(nx.Graph([("a", "b")])) == layout(nx.Graph([("b", "a")]))
    True
    """
    graph = _Indexed.of(network, radii or {})
    rng = np.random.default_rng(seed)
    large, small = _parts(graph, groups or {})
    room = min(ROOM, SCREEN / max(1, len(graph.ids)))
    points = _apart(graph, large + small, rng)
    blocks = [_block(graph, members, points[members], room) for members in large]
    rest = [_flat(_block(graph, members, points[members], LITTLE_ROOM)) for members in small]
    wider = 1 + sum(block.area for block in rest) / max(1, sum(block.area for block in blocks))
    discs = _discs(graph, blocks, aspect * wider, rng)
    xy = np.zeros((len(graph.ids), 2))
    for block in discs + _rows(rest, discs, aspect):
        xy[block.members] = block.centre + block.points
    if len(xy):
        xy -= (xy.min(axis=0) + xy.max(axis=0)) / 2
    rounded = (xy.round(1) + 0.0).tolist()  # + 0.0 makes 0.0 of -0.0
    return {name: (x, y) for name, (x, y) in zip(graph.ids, rounded, strict=True)}


@dataclass(frozen=True)
class _Indexed:
    """The network as arrays, in an order that does not depend on how it was built."""

    ids: list[str]
    ends: Indices  # (ties, 2), the smaller index first
    weights: Numbers  # (ties,)
    radii: Numbers  # (organizations,)

    @classmethod
    def of(cls, network: nx.Graph, radii: Mapping[str, float]) -> "_Indexed":
        ids = sorted(network)
        index = {name: i for i, name in enumerate(ids)}
        ties = sorted(
            (*sorted((index[a], index[b])), float(weight))
            for a, b, weight in network.edges(data="weight", default=1.0)
            if a != b
        )
        ends = np.array([tie[:2] for tie in ties], dtype=np.int64).reshape(-1, 2)
        weights = np.array([tie[2] for tie in ties])
        return cls(ids, ends, weights, np.array([float(radii.get(name, RADIUS)) for name in ids]))


@dataclass(frozen=True)
class _Block:
    """Organizations laid out around the centre of a disc that holds them."""

    members: Indices
    points: Numbers  # (members, 2), relative to the centre
    radius: float
    centre: Numbers

    @property
    def area(self) -> float:
        return 4 * self.radius**2


def _parts(graph: _Indexed, groups: Mapping[str, int]) -> tuple[list[Indices], list[Indices]]:
    """Divide the organizations into those of each disc and those of each small component."""
    n = len(graph.ids)
    adjacency = coo_array((graph.weights, (graph.ends[:, 0], graph.ends[:, 1])), shape=(n, n))
    component = connected_components(adjacency, directed=False)[1] if n else np.zeros(0, dtype=np.int64)
    sizes = np.bincount(component, minlength=1)
    large: dict[tuple[bool, int], list[int]] = {}
    small: dict[int, list[int]] = {}
    for i, name in enumerate(graph.ids):
        own = int(component[i])
        if sizes[own] == 1 or sizes[own] < min(SMALL, sizes.max()):
            small.setdefault(own, []).append(i)
        else:
            key = (False, groups[name]) if name in groups else (True, own)
            large.setdefault(key, []).append(i)
    return _largest_first(large.values()), _largest_first(small.values())


def _largest_first(parts: Iterable[list[int]]) -> list[Indices]:
    return [np.array(part) for part in sorted(parts, key=lambda part: (-len(part), part))]


def _apart(graph: _Indexed, parts: list[Indices], rng: np.random.Generator) -> Numbers:
    """Lay out each part by itself, by the ties among its organizations."""
    part = np.zeros(len(graph.ids), dtype=np.int64)
    for number, members in enumerate(parts):
        part[members] = number
    inside = part[graph.ends[:, 0]] == part[graph.ends[:, 1]]
    return embed(part, graph.ends[inside], 1 + 0.15 * np.minimum(graph.weights[inside], 10), rng)


def _block(graph: _Indexed, members: Indices, points: Numbers, room: float) -> _Block:
    """Fit some organizations into a disc that has room for them."""
    radii = graph.radii[members]
    covered = ((radii + PADDING / 2) ** 2).sum() / FILL
    radius = float(max(np.sqrt(max(covered, room * len(members) / np.pi)), radii.max() + PADDING))
    points = separate(fill_disc(points) * radius, radii, PADDING, radius)
    return _Block(members, points, radius, np.zeros(2))


def _discs(graph: _Indexed, blocks: list[_Block], aspect: float, rng: np.random.Generator) -> list[_Block]:
    """Give every block its place, and turn it so that its ties to other blocks leave on the right side."""
    if not blocks:
        return []
    owner = np.full(len(graph.ids), -1)
    for number, block in enumerate(blocks):
        owner[block.members] = number
    between = owner[graph.ends]
    across = (between >= 0).all(axis=1) & (between[:, 0] != between[:, 1])
    ties = np.zeros((len(blocks), len(blocks)))
    np.add.at(ties, tuple(between[across].T), graph.weights[across])
    radii = np.array([block.radius for block in blocks])
    centres = arrange(radii, np.sqrt(ties + ties.T), _gap(blocks), aspect, rng)
    outward = np.zeros((len(graph.ids), 2))
    for here, there in ((0, 1), (1, 0)):
        way = centres[between[across, there]] - centres[between[across, here]]
        np.add.at(outward, graph.ends[across, here], way / np.maximum(np.hypot(*way.T), 1e-9)[:, None])
    return [
        replace(block, centre=centre, points=_turned(block.points, outward[block.members]))
        for block, centre in zip(blocks, centres, strict=True)
    ]


def _gap(blocks: list[_Block]) -> float:
    """How far apart discs are: further than organizations within them, and more where all is drawn smaller."""
    area = np.pi * sum(block.radius**2 for block in blocks)
    spacing = np.sqrt(area / sum(len(block.members) for block in blocks))
    return float(max(GAP, GAP * np.sqrt(area / SCREEN), WIDER * spacing))


def _turned(points: Numbers, outward: Numbers) -> Numbers:
    """Turn, and mirror if that is better, so that points with ties outwards face where those lead."""

    def turn(shape: Numbers) -> tuple[float, Numbers]:
        along = (shape * outward).sum()
        aside = (shape[:, 0] * outward[:, 1] - shape[:, 1] * outward[:, 0]).sum()
        c, s = np.cos(np.arctan2(aside, along)), np.sin(np.arctan2(aside, along))
        return float(np.hypot(along, aside)), shape @ np.array([[c, s], [-s, c]])

    as_it_is, mirrored = turn(points), turn(points * [1, -1])
    return mirrored[1] if mirrored[0] > as_it_is[0] + 1e-9 else as_it_is[1]


def _flat(block: _Block) -> _Block:
    """Turn a block so that it is wide rather than high."""
    axes = np.linalg.svd(block.points, full_matrices=False)[2] if len(block.points) > 1 else np.eye(2)
    return replace(block, points=block.points @ axes.T)


def _rows(blocks: list[_Block], discs: list[_Block], aspect: float) -> list[_Block]:
    """Place blocks in centred rows below the discs, those with ties before those of one organization."""
    left = min((disc.centre[0] - disc.radius for disc in discs), default=0.0)
    right = max((disc.centre[0] + disc.radius for disc in discs), default=0.0)
    top = max((disc.centre[1] + disc.radius for disc in discs), default=0.0)
    width = max(right - left, np.sqrt(aspect * sum(_width(block) * _height(block) for block in blocks)))
    placed = []
    for row in _in_rows(blocks, width):
        height = max(map(_height, row))
        x = (left + right - sum(map(_width, row))) / 2
        for block in row:
            placed.append(replace(block, centre=np.array([x + _width(block) / 2, top + height / 2])))
            x += _width(block)
        top += height
    return placed


def _width(block: _Block) -> float:
    return float(np.ptp(block.points[:, 0])) + CELL


def _height(block: _Block) -> float:
    return float(np.ptp(block.points[:, 1])) + ROW


def _in_rows(blocks: list[_Block], width: float) -> list[list[_Block]]:
    rows: list[list[_Block]] = []
    for block in blocks:
        alike = bool(rows) and (len(rows[-1][0].members) > 1) == (len(block.members) > 1)
        if alike and sum(map(_width, rows[-1])) + _width(block) <= width + 1:
            rows[-1].append(block)
        else:
            rows.append([block])
    return rows
