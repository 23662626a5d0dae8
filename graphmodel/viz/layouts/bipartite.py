"""Organizations and activities: two columns where they are few, otherwise each activity amid those who took part."""

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import networkx as nx

from graphmodel.errors import UsageProblem
from graphmodel.viz.layout import layout
from graphmodel.viz.layouts.arrangement import Arrangement, Backdrop, Point, Title
from graphmodel.viz.units import TWO_MODE

LARGEST = 2_000  # organizations and activities
FEW = 24  # in a column, so that all names can be read at once
RADIUS = 8.0  # of one for which none is given
ROW = 34.0  # least height of each
PADDING = 6.0  # smallest gap between two
ACROSS = 460.0  # from column to column
SLOPE = 0.25  # how much farther apart long columns stand: of their height
NAME = 110.0  # from a column to the middle of the names beside it, below their title
HEAD = 26.0  # from the title of a column to the first in it
SWEEPS = 24


def bipartite(network: nx.Graph, groups: Mapping[str, int], radii: Mapping[str, float], seed: int = 1) -> Arrangement:
    """Return places for both, so that lines are short and cross seldom.

    Up to 24 of each stand in two columns, organizations on the left. The order in one column follows that in the other,
    in turn (the barycentre heuristic). Of more, each community lies together, with activities among their participants.

    Parameters
    ----------
    network: each node with ``bipartite``: 0 an organization, 1 an activity.
    groups: number of each one's group.
    radii: radius of each (8 where missing).
    seed: of the places where they are many.

    Raises
    ------
    UsageProblem
        If organizations or activities are tied among themselves, or all together are more than 2,000.

    References
    ----------
    K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of hierarchical system structures, IEEE
    Transactions on Systems, Man, and Cybernetics 11, 109, 1981.

    >>> network = nx.Graph([("a", "forum"), ("b", "forum"), ("b", "congress")])
    >>> nx.set_node_attributes(network, {"a": 0, "b": 0, "forum": 1, "congress": 1}, "bipartite")
    >>> places = bipartite(network, {}, {}).places
    >>> places["a"][0] == places["b"][0] < places["forum"][0] == places["congress"][0]
    True
    """
    refuse_unfit(network)
    left, right = ([name for name in sorted(network) if network.nodes[name]["bipartite"] == side] for side in (0, 1))
    if max(len(left), len(right)) > FEW:
        return Arrangement(layout(network, groups, radii, seed), outlined=True)
    return _columns(*_ordered(network, left, right), radii)


def refuse_unfit(network: nx.Graph) -> None:
    """Raise UsageProblem if a network is not of organizations and activities, or too large."""
    side = dict(network.nodes(data="bipartite"))
    if None in side.values() or any(side[one] == side[other] for one, other in network.edges()):
        raise UsageProblem(
            f"This layout is for {TWO_MODE.every} with a tie wherever one took part in the other. Draw those of the "
            "graph (map --layout bipartite), or a query that returns an organization and an activity in each row."
        )
    if len(network) > LARGEST:
        raise UsageProblem(
            f"A map of {TWO_MODE.every} shows up to {LARGEST:,} of them, and these are {len(network):,}. Show those "
            "around one (--focus), in one region (--region) or time (--since), or of one kind (--activity-kind)."
        )


def _ordered(network: nx.Graph, left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Bring each column in the order of the other, in turn, and keep what crosses least."""
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    part = {name: place for place, members in enumerate(parts) for name in members}
    left, right = (sorted(names, key=lambda name: (part[name], name)) for names in (left, right))
    best, least = (left, right), _crossings(network, left, right)
    for sweep in range(SWEEPS):
        if sweep % 2:
            left = _following(network, left, right)
        else:
            right = _following(network, right, left)
        if (crossings := _crossings(network, left, right)) < least:
            best, least = (left, right), crossings
    return best


def _following(network: nx.Graph, names: Sequence[str], others: Sequence[str]) -> list[str]:
    """Order names by the mean place of those that they are tied to; those alike keep their order."""
    place = {other: i / len(others) for i, other in enumerate(others)}
    own = {name: i / len(names) for i, name in enumerate(names)}

    def mean(name: str) -> float:
        tied = [place[other] for other in network[name]]
        return round(math.fsum(tied) / len(tied), 9) if tied else own[name]

    return sorted(names, key=mean)


def _crossings(network: nx.Graph, left: Sequence[str], right: Sequence[str]) -> int:
    """How many pairs of lines cross."""
    at = {name: i for names in (left, right) for i, name in enumerate(names)}
    on_left = set(left)
    lines = [(at[a], at[b]) if a in on_left else (at[b], at[a]) for a, b in network.edges()]
    return sum((a - c) * (b - d) < 0 for i, (a, b) in enumerate(lines) for c, d in lines[:i])


def _columns(left: Sequence[str], right: Sequence[str], radii: Mapping[str, float]) -> Arrangement:
    rows = [[max(ROW, 2 * radii.get(name, RADIUS) + PADDING) for name in names] for names in (left, right)]
    height = max(map(math.fsum, rows))
    half = (ACROSS + SLOPE * height) / 2
    places: dict[str, Point] = {}
    titles = []
    for names, own, side, mode in zip((left, right), rows, (-1, 1), TWO_MODE.modes, strict=True):
        middles = _middles(own, height)
        places |= {name: (round(side * half, 1), y) for name, y in zip(names, middles, strict=True)}
        above = round(side * (half + NAME), 1), round(-height / 2 - HEAD, 1)
        titles.append(Title(mode.noun[1].capitalize(), (above,)))
    return Arrangement(places, backdrop=Backdrop(titles=tuple(titles) if places else ()))


def _middles(rows: Sequence[float], height: float) -> list[float]:
    """The middles of rows that are spread over a height."""
    more = (height - math.fsum(rows)) / max(1, len(rows))
    ends = list(accumulate((row + more for row in rows), initial=-height / 2))
    return [round((top + bottom) / 2, 1) + 0.0 for top, bottom in pairwise(ends)]
