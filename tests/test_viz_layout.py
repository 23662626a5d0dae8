"""Where the map puts organizations."""

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import Delaunay, cKDTree

from graphmodel.viz.layout import PADDING, layout
from tests.planted import by_degree, of_one_group, partners_near, planted


@pytest.fixture(scope="module")
def drawn() -> tuple[nx.Graph, dict[str, int], dict[str, float], dict[str, tuple[float, float]]]:
    network, groups = planted(500, 2000)
    radii = by_degree(network)
    return network, groups, radii, layout(network, groups, radii)


@pytest.mark.parametrize(("organizations", "alliances"), [(100, 300), (500, 2_000), (2_000, 8_000)])
def test_neighbours_on_the_map_are_of_one_community_and_partners_stay_near(organizations, alliances) -> None:
    network, groups = planted(organizations, alliances)
    places = layout(network, groups, by_degree(network))
    assert of_one_group(places, groups) >= 0.95
    assert partners_near(places, network) >= 0.45


@pytest.mark.parametrize("other", [nx.spring_layout, nx.forceatlas2_layout])
def test_both_are_so_more_than_in_a_layout_by_forces_alone(drawn, other) -> None:
    network, groups, _, places = drawn
    by_forces = other(network, seed=1)
    assert of_one_group(by_forces, groups) < of_one_group(places, groups)
    assert partners_near(by_forces, network) < partners_near(places, network)


def closest(places: dict[str, tuple[float, float]], radii: dict[str, float]) -> float:
    """Return the smallest gap between two organizations."""
    xy, sizes = np.array(list(places.values())), np.array([radii[name] for name in places])
    pairs = cKDTree(xy).query_pairs(2 * sizes.max() + PADDING, output_type="ndarray")
    distances = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    return float((distances - sizes[pairs].sum(axis=1)).min())


def test_no_two_organizations_overlap(drawn) -> None:
    assert closest(drawn[3], drawn[2]) > PADDING - 0.5


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


def test_many_of_one_star_do_not_stand_in_one_place() -> None:
    network = nx.relabel_nodes(nx.star_graph(150), lambda n: f"n{n:03}")
    radii = by_degree(network)
    places = layout(network, dict.fromkeys(network, 0), radii)
    assert closest(places, radii) > PADDING - 0.5


def test_a_hundred_discs_keep_apart_too() -> None:
    network = nx.connected_caveman_graph(120, 6)
    network = nx.relabel_nodes(network, lambda n: f"n{n:03}")
    groups = {f"n{n:03}": n // 6 for n in range(720)}
    xy = np.array([place for _, place in sorted(layout(network, groups).items())]).reshape(120, 6, 2)
    middles = xy.mean(axis=1)
    reach = np.hypot(*(xy - middles[:, None]).transpose(2, 0, 1)).max(axis=1)
    pairs = cKDTree(middles).query_pairs(2 * reach.max(), output_type="ndarray")
    assert (np.hypot(*(middles[pairs[:, 0]] - middles[pairs[:, 1]]).T) > reach[pairs].sum(axis=1)).all()
