"""Places by which tied points are nearest to each other."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from graphmodel.viz import embedding
from graphmodel.viz.embedding import embed
from tests.planted import partners_near, planted


def placed(network: nx.Graph, part: list[int] | None = None) -> np.ndarray:
    ends = np.array(network.edges, dtype=np.int64).reshape(-1, 2)
    parts = np.array(part or [0] * len(network), dtype=np.int64)
    return embed(parts, ends, np.ones(len(ends)), np.random.default_rng(1))


def test_of_two_cliques_with_a_bridge_every_member_is_nearer_to_its_own() -> None:
    points = placed(nx.barbell_graph(8, 0))
    distances = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    assert distances[:8, :8].max() < distances[:8, 8:].min()


def test_a_hub_is_in_the_middle_of_its_star() -> None:
    distance = np.hypot(*placed(nx.star_graph(12)).T)
    assert distance[0] < distance[1:].min() / 3


def test_each_part_is_laid_out_by_itself() -> None:
    two = placed(nx.disjoint_union(nx.path_graph(6), nx.cycle_graph(9)), [0] * 6 + [1] * 9)
    assert np.abs(two[:6].mean(axis=0)).max() < 1e-9
    assert np.abs(two[6:].mean(axis=0)).max() < 1e-9
    along = np.hypot(*np.array([b - a for a, b in pairwise(two[:6])]).T)
    assert np.hypot(*(two[5] - two[0])) > 2 * along.max()


def test_who_has_the_same_partner_only_do_not_stand_in_one_place() -> None:
    points = placed(nx.star_graph(200))
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)) + 9 * np.eye(201)
    assert np.median(apart.min(axis=0)) > np.hypot(*points.T).max() / 50


def test_who_has_no_tie_stays_on_the_map() -> None:
    network = nx.complete_graph(6)
    network.add_nodes_from(range(6, 9))
    distance = np.hypot(*placed(network).T)
    assert distance[6:].max() < 6 * np.median(distance)


def test_on_a_grid_partners_are_as_near_as_by_all_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    network, _ = planted(150, 450)
    numbered = nx.convert_node_labels_to_integers(network)
    near = {}
    for most in (0, 1_000):
        monkeypatch.setattr(embedding, "ALL_PAIRS", most)
        near[most] = partners_near(dict(enumerate(placed(numbered))), numbered)
    assert near[0] == pytest.approx(near[1_000], abs=0.04)


def test_the_push_of_a_grid_is_that_of_all_pairs() -> None:
    points = np.random.default_rng(3).normal(scale=4, size=(80, 2))
    way = points[:, None] - points[None]
    near = 1 / (1 + (way**2).sum(axis=2)) - np.eye(80)
    exact = (way * (near**2)[..., None]).sum(axis=1) / near.sum()
    assert np.corrcoef(embedding._push_on_grid(points).ravel(), exact.ravel())[0, 1] > 0.97


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_points_have_places(size: int) -> None:
    assert placed(nx.path_graph(size)).shape == (size, 2)
