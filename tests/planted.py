"""Networks whose communities are known, and how well a layout of them shows communities and partners."""

import random
from collections import Counter
from collections.abc import Mapping

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

NEAREST = 10
Places = Mapping[str, tuple[float, float]]


def planted(organizations: int, alliances: int, seed: int = 11) -> tuple[nx.Graph, dict[str, int]]:
    """Return a network with communities of uneven size, some hubs, and 88 of 100 alliances within a community."""
    draw = random.Random(seed)
    communities = max(4, round(organizations**0.5 / 2))
    sizes = [1 / (i + 1) ** 0.6 for i in range(communities)]
    group = [draw.choices(range(communities), sizes)[0] for _ in range(organizations)]
    appeal = [draw.paretovariate(1.6) for _ in range(organizations)]
    members = [[i for i in range(organizations) if group[i] == c] for c in range(communities)]
    network = nx.Graph()
    network.add_nodes_from(f"n{i}" for i in range(organizations))

    def tie(one: int, others: list[int]) -> None:
        other = draw.choices(others, [appeal[i] for i in others])[0]
        if one != other:
            network.add_edge(f"n{one}", f"n{other}", weight=min(10.0, float(int(draw.paretovariate(1.3)))))

    for one in range(organizations):
        tie(one, members[group[one]])
    while network.size() < alliances:
        one = draw.choices(range(organizations), appeal)[0] if draw.random() < 0.5 else draw.randrange(organizations)
        tie(one, members[group[one]] if draw.random() < 0.88 else range(organizations))
    return network, {f"n{i}": community for i, community in enumerate(group)}


def by_degree(network: nx.Graph) -> dict[str, float]:
    """Return the radius of each organization, its area growing with the number of its partners."""
    most = max(degree for _, degree in network.degree())
    return {name: 4 + 18 * (degree / most) ** 0.5 for name, degree in network.degree()}


def of_one_group(places: Places, groups: Mapping[str, int]) -> float:
    """Return the share of the ten nearest of each organization that are of its group; of fewer, if the group is small.

    >>> of_one_group({"a": (0, 0), "b": (1, 0), "c": (8, 0), "d": (9, 0)}, {"a": 1, "b": 1, "c": 2, "d": 2})
    1.0
    """
    nearest = _nearest(places)
    sizes = Counter(groups.values())
    shares = []
    for one, near in nearest.items():
        others = near[: sizes[groups[one]] - 1]
        shares += [np.mean([groups[other] == groups[one] for other in others])] if others else []
    return float(np.mean(shares))


def partners_near(places: Places, network: nx.Graph) -> float:
    """Return the share of the partners of each organization that are among the ten nearest to it, ten at most.

    >>> ring = nx.cycle_graph(20)
    >>> partners_near({n: (n, 0) for n in ring}, ring)  # but for the two ends, partners are side by side
    0.95
    """
    nearest = _nearest(places)
    shares = [
        len(partners.intersection(nearest[one])) / min(NEAREST, len(partners))
        for one in nearest
        if (partners := set(network[one]))
    ]
    return float(np.mean(shares))


def _nearest(places: Places) -> dict[str, list[str]]:
    """The ten nearest of each, the nearest first."""
    ids, xy = list(places), np.array(list(places.values()))
    found = cKDTree(xy).query(xy, min(NEAREST + 1, len(ids)))[1][:, 1:]
    return {one: [ids[place] for place in near] for one, near in zip(ids, found, strict=True)}
