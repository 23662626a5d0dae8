"""Where the map puts organizations."""

import random

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import Delaunay, cKDTree

from graphmodel.viz.layout import PADDING, layout


def planted(organizations: int, alliances: int, seed: int = 11) -> tuple[nx.Graph, dict[str, int]]:
    """A network with communities of uneven size, some hubs, and 88 of 100 alliances within a community."""
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
    most = max(degree for _, degree in network.degree())
    return {name: 4 + 18 * (degree / most) ** 0.5 for name, degree in network.degree()}


@pytest.fixture(scope="module")
def drawn() -> tuple[nx.Graph, dict[str, int], dict[str, float], dict[str, tuple[float, float]]]:
    network, groups = planted(500, 2000)
    radii = by_degree(network)
    return network, groups, radii, layout(network, groups, radii)


def test_neighbours_on_the_map_are_of_one_community_and_partners_stay_near(drawn) -> None:
    network, groups, _, places = drawn
    ids = list(places)
    nearest = cKDTree(list(places.values())).query(list(places.values()), 11)[1][:, 1:]
    near = {ids[i]: {ids[j] for j in row} for i, row in enumerate(nearest)}
    same = [groups[other] == groups[one] for one in ids for other in near[one]]
    kept = [len(near[one] & set(network[one])) / min(10, network.degree(one)) for one in ids if network.degree(one)]
    assert np.mean(same) >= 0.95
    assert np.mean(kept) >= 0.45


def test_no_two_organizations_overlap(drawn) -> None:
    _, _, radii, places = drawn
    xy, sizes = np.array(list(places.values())), np.array([radii[name] for name in places])
    pairs = cKDTree(xy).query_pairs(2 * sizes.max() + PADDING, output_type="ndarray")
    distances = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    assert (distances - sizes[pairs].sum(axis=1)).min() > PADDING - 0.5


def test_no_organization_lies_within_another_community(drawn) -> None:
    _, groups, _, places = drawn
    for group in set(groups.values()):
        inside = Delaunay([places[name] for name in places if groups[name] == group])
        others = [places[name] for name in places if groups[name] != group]
        assert (inside.find_simplex(others) < 0).all()


def test_the_whole_is_wider_than_high_and_centred(drawn) -> None:
    xy = np.array(list(drawn[3].values()))
    low, high = xy.min(axis=0), xy.max(axis=0)
    assert 1.15 <= np.divide(*(high - low)) <= 1.75
    assert np.abs(low + high).max() <= 0.2


def test_the_order_of_organizations_and_alliances_does_not_matter() -> None:
    network, groups = planted(60, 150)
    shuffled = nx.Graph()
    shuffled.add_nodes_from(sorted(network, reverse=True))
    shuffled.add_edges_from((b, a, known) for a, b, known in sorted(network.edges(data=True), reverse=True, key=str))
    radii = by_degree(network)
    backwards = [dict(reversed(list(given.items()))) for given in (groups, radii)]
    assert layout(network, groups, radii) == layout(shuffled, *backwards)


def test_another_seed_gives_another_layout() -> None:
    network, groups = planted(60, 150)
    assert layout(network, groups, seed=1) != layout(network, groups, seed=2)


def test_organizations_without_alliances_stand_in_rows_below() -> None:
    network, groups = planted(60, 150)
    alone = [f"alone{i:02}" for i in range(30)]
    network.add_nodes_from(alone)
    network.add_edge("pair1", "pair2")
    places = layout(network, groups)
    lowest = max(y for name, (_, y) in places.items() if name in groups)
    assert lowest < places["pair1"][1] == places["pair2"][1] < min(places[name][1] for name in alone)
    assert len({places[name][1] for name in alone}) <= 4


def test_only_isolates_are_a_block_of_rows() -> None:
    network = nx.empty_graph([f"n{i:02}" for i in range(30)])
    places = layout(network)
    assert len({y for _, y in places.values()}) > 2
    assert len(set(places.values())) == 30


def test_without_groups_each_component_is_one_disc() -> None:
    network = nx.disjoint_union(nx.complete_graph(8), nx.complete_graph(8))
    network = nx.relabel_nodes(network, {i: f"n{i:02}" for i in network})
    xy = np.array([place for _, place in sorted(layout(network).items())])
    within = max(np.ptp(part, axis=0).max() for part in (xy[:8], xy[8:]))
    assert np.hypot(*(xy[:8].mean(axis=0) - xy[8:].mean(axis=0))) > within


@pytest.mark.parametrize("names", [[], ["a"], ["a", "b"]])
def test_networks_of_any_size_have_a_layout(names: list[str]) -> None:
    network = nx.empty_graph(names)
    nx.add_path(network, names)
    assert sorted(layout(network)) == names
