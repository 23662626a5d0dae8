"""Where organizations stand on maps of the world and around one of them."""

import math
import re
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from scipy.spatial import cKDTree

from graphmodel.errors import UsageProblem
from graphmodel.viz.html import page
from graphmodel.viz.layouts import LAYOUTS, arrange
from graphmodel.viz.layouts.arrangement import Arrangement
from graphmodel.viz.layouts.countries import countries, middle
from graphmodel.viz.layouts.equal_earth import project
from graphmodel.viz.layouts.radial import STRETCH
from graphmodel.viz.picture.view import View
from graphmodel.viz.scene import scene


def based(**countries: str | None) -> nx.Graph:
    """Organizations in countries, each tied to the next."""
    network = nx.Graph()
    for name, country in countries.items():
        network.add_node(name, name=name.upper(), country=country)
    nx.add_path(network, countries)
    return network


def geo(network: nx.Graph, radius: float = 8.0) -> Arrangement:
    return arrange("geo", network, {}, dict.fromkeys(network, radius))


# Šavrič, Patterson and Jenny 2018: width by height of the map, and the pole line by the equator
def test_the_projection_has_the_published_proportions() -> None:
    (east, _), (_, north), (pole, _) = project(np.array([[180.0, 0.0], [0.0, 90.0], [180.0, 90.0]]))
    assert east / -north == pytest.approx(2.05458, abs=1e-5)
    assert pole / east == pytest.approx(0.59247, abs=1e-5)


@pytest.mark.parametrize("latitude", [-80.0, -45.0, 0.0, 30.0, 60.0, 85.0])
def test_the_projection_keeps_areas(latitude: float) -> None:
    step = 0.001
    corners = np.array([[20, latitude], [20 + step, latitude], [20, latitude + step]])
    here, east, north = project(corners)
    drawn = abs(np.linalg.det(np.array([east - here, north - here])))
    assert drawn == pytest.approx(math.radians(step) ** 2 * math.cos(math.radians(latitude)), rel=1e-3)


def test_the_outlines_have_every_country_that_two_letters_mean() -> None:
    members = [
        "AF",
        "FR",
        "NO",
        "HU",
        "RS",
        "ME",
        "MM",
        "JM",
        "TW",
        "PS",
        "XK",
        "SG",
        "MT",
        "BH",
        "MV",
        "TV",
        "KI",
        "MU",
    ]
    assert [countries().find(code) for code in members] == members


@pytest.mark.parametrize(
    ("code", "west", "east", "south", "north"),
    [
        ("FR", -1, 6, 44, 49),
        ("NO", 5, 13, 58, 64),
        ("US", -105, -90, 35, 45),
        ("IT", 8, 14, 42, 46),
        ("KE", 36, 40, -2, 3),
    ],
)
def test_the_point_of_a_country_is_well_inside_its_largest_part(code, west, east, south, north) -> None:
    longitude, latitude = middle(code)
    assert west < longitude < east
    assert south < latitude < north


def test_north_is_up_and_east_is_right() -> None:
    places = geo(based(paris="FR", nairobi="KE", sydney="AU", ottawa="CA")).places
    xs, ys = ({name: place[axis] for name, place in places.items()} for axis in (0, 1))
    assert sorted(xs, key=xs.get) == ["ottawa", "paris", "nairobi", "sydney"]
    assert sorted(ys, key=ys.get)[2:] == ["nairobi", "sydney"]


def test_codes_of_three_letters_and_names_mean_the_same_country() -> None:
    network = based(a="FR", b="fra", c="France")
    places = geo(network, radius=1).places
    assert max(math.dist(places["a"], places[name]) for name in "bc") < 15


def test_latitude_and_longitude_go_before_the_country() -> None:
    network = based(paris="FR", delhi="IN", reunion="FR")
    network.nodes["reunion"].update(latitude=-21.1, longitude=55.5)
    places = geo(network).places
    assert places["reunion"][1] > places["delhi"][1] > places["paris"][1]


@pytest.mark.parametrize("latitude", [None, "", math.nan, 91.0, "north"])
def test_impossible_coordinates_give_way_to_the_country(latitude) -> None:
    network = based(a="FR", b="FR", c="JP")
    network.nodes["b"].update(latitude=latitude, longitude=2.0)
    places = geo(network).places
    assert math.dist(places["a"], places["b"]) < 40


def test_many_at_one_place_spread_around_it_without_overlap() -> None:
    network = based(**{f"fr{i:02}": "FR" for i in range(40)}, far="NZ")
    places = geo(network).places
    points = np.array([place for name, place in places.items() if name != "far"])
    assert cKDTree(points).query(points, 2)[0][:, 1].min() >= 2 * 8 + 3.5
    assert np.hypot(*(points - points.mean(axis=0)).T).max() < 5 * 8 * math.sqrt(40) / 2


def test_the_largest_of_one_place_stands_in_the_middle() -> None:
    network = based(**{f"fr{i}": "FR" for i in range(7)}, far="NZ")
    places = arrange("geo", network, {}, {"fr4": 20.0}).places
    points = {name: place for name, place in places.items() if name != "far"}
    centre = np.mean(list(points.values()), axis=0)
    assert min(points, key=lambda name: math.dist(points[name], centre)) == "fr4"


def test_who_has_no_place_stands_on_a_shelf_below_and_is_counted_in_words() -> None:
    network = based(paris="FR", nairobi="KE", nowhere=None, atlantis="Atlantis")
    laid = geo(network)
    shelf = laid.backdrop.shelf
    for name in ("nowhere", "atlantis"):
        x, y = laid.places[name]
        assert shelf.left < x < shelf.right
        assert shelf.top < y < shelf.bottom
    assert shelf.top > max(laid.places[name][1] for name in ("paris", "nairobi"))
    assert [title.text for title in laid.backdrop.titles] == ["Place not known: 2 organizations"]
    assert laid.notes[0] == "2 organizations stand below the map: no place or country is known."


def test_where_every_place_is_known_there_is_no_shelf() -> None:
    laid = geo(based(paris="FR", nairobi="KE"))
    assert laid.backdrop.shelf is None
    assert laid.notes == ("Outlines of countries: Natural Earth; they imply no opinion on borders.",)


def test_a_network_without_any_place_is_refused_with_a_way_out() -> None:
    with pytest.raises(UsageProblem) as problem:
        geo(based(a=None, b=None))
    assert str(problem.value) == (
        "No organization has a place that a map of the world could show. Give their country (a code such as KE) or "
        "latitude and longitude, or choose another layout."
    )


def test_arcs_bend_to_the_north_and_the_more_the_farther_they_lead_east() -> None:
    laid = geo(based(paris="FR", beijing="CN", tokyo="JP"))

    def height(source: str, target: str) -> float:
        bend = laid.bends.get((source, target)) or laid.bends[target, source]
        return (laid.places[source][1] + laid.places[target][1]) / 2 - bend[1]

    assert height("paris", "beijing") > height("beijing", "tokyo") > 0


def test_the_land_is_whole_numbers_that_lie_around_the_organizations() -> None:
    laid = geo(based(paris="FR", nairobi="KE", brasilia="BR", canberra="AU"))
    assert re.fullmatch(r"[MlZ\d -]+", laid.backdrop.land)
    assert laid.backdrop.land.count("M") > 150
    assert len(laid.backdrop.land) < 100_000


def test_europe_alone_is_drawn_large() -> None:
    network = based(paris="FR", berlin="DE", rome="IT", madrid="ES", warsaw="PL")
    points = np.array(list(geo(network).places.values()))
    assert np.ptp(points, axis=0).max() > 800


def wheel(partners: int, beyond: int = 0) -> nx.Graph:
    network = nx.star_graph(["hub", *(f"p{i:03}" for i in range(partners))])
    network.add_edges_from((f"p{i % partners:03}", f"q{i:03}") for i in range(beyond))
    return network


def distance(place: tuple[float, float]) -> float:
    return math.hypot(place[0] / STRETCH, place[1])


def radial(network: nx.Graph, groups: dict[str, int] | None = None) -> Arrangement:
    return arrange("radial", network, groups or {}, {}, centre="hub")


def test_rings_are_steps_from_the_middle() -> None:
    network = wheel(12, beyond=20)
    network.add_edge("else1", "else2")
    laid = radial(network)
    far = {name: distance(place) for name, place in laid.places.items()}
    steps = [[far[name] for name in far if name.startswith(start)] for start in ("hub", "p", "q", "else")]
    assert laid.places["hub"] == (0.0, 0.0)
    assert all(max(nearer) < min(farther) for nearer, farther in pairwise(steps))
    assert [title.text for title in laid.backdrop.titles] == ["Partners", "2 steps away", "Not connected"]


def test_many_partners_stand_on_several_rings_and_have_room() -> None:
    places = radial(wheel(90)).places
    rings = {round(distance(place)) for name, place in places.items() if name != "hub"}
    assert len(rings) == 3
    points = np.array(list(places.values()))
    assert cKDTree(points).query(points, 2)[0][:, 1].min() > 38


def test_members_of_a_group_stand_side_by_side() -> None:
    network = wheel(12)
    groups = {f"p{i:03}": i % 3 for i in range(12)}
    places = radial(network, groups).places
    turns = sorted(groups, key=lambda name: math.atan2(places[name][1], places[name][0] / STRETCH))
    around = [groups[name] for name in turns]
    assert sum(one != other for one, other in zip(around, around[1:] + around[:1], strict=True)) == 3


def test_partners_of_partners_stand_near_them() -> None:
    network = wheel(10)
    network.add_edges_from((f"p{i:03}", f"q{(7 * i) % 10:03}") for i in range(10))
    places = radial(network).places
    for i in range(10):
        (px, py), (qx, qy) = places[f"p{i:03}"], places[f"q{(7 * i) % 10:03}"]
        turn = abs(math.atan2(py, px / STRETCH) - math.atan2(qy, qx / STRETCH))
        assert min(turn, 2 * math.pi - turn) < math.radians(40)


def test_ties_of_the_middle_are_straight_and_others_bend_inwards() -> None:
    network = wheel(6)
    network.add_edge("p000", "p001")
    laid = radial(network)
    assert list(laid.bends) == [("p000", "p001")]
    halfway = np.mean([laid.places["p000"], laid.places["p001"]], axis=0)
    assert np.hypot(*laid.bends["p000", "p001"]) < np.hypot(*halfway)


def test_a_ring_is_seen_whole_though_nobody_stands_at_its_foot() -> None:
    laid = radial(wheel(3))
    (left, top), (right, foot) = laid.backdrop.corners
    assert (left, top) == (-right, -foot)
    assert foot > max(y for _, y in laid.places.values()) + 50
    drawn = scene(wheel(3), title="", layout="radial", centre="hub")
    assert View.of(drawn, (0, 0, 400, 300)).at(right, foot)[1] < 300


def test_a_radial_map_needs_an_organization_that_is_there() -> None:
    with pytest.raises(UsageProblem, match=r"^A radial map has one organization in the middle. Name it \(--focus\)\.$"):
        arrange("radial", wheel(3), {}, {})
    with pytest.raises(UsageProblem, match=r'^"else", which is to be in the middle, is not on the map\.'):
        arrange("radial", wheel(3), {}, {}, centre="else")


def test_an_unknown_layout_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageProblem) as problem:
        scene(wheel(3), title="", layout="radail")
    assert str(problem.value) == (
        'No layout is "radail". Did you mean "radial"? Choose one of: communities, geo, radial, bipartite.'
    )


OF_ORGANIZATIONS = [name for name in LAYOUTS if name != "bipartite"]


@pytest.mark.parametrize("layout", OF_ORGANIZATIONS)
def test_the_order_of_organizations_and_alliances_does_not_matter(layout: str) -> None:
    network = based(a="FR", b="KE", c="FR", d=None, e="DE", f=None)
    network.add_edges_from(["ad", "be", "bf"])
    backwards = nx.Graph()
    backwards.add_nodes_from(reversed(list(network.nodes(data=True))))
    backwards.add_edges_from((other, one) for one, other in reversed(list(network.edges())))
    groups = {"a": 0, "b": 0, "c": 1, "d": 1, "e": 1, "f": 0}
    one, other = (scene(given, title="", groups=groups, layout=layout, centre="b") for given in (network, backwards))
    assert page(one) == page(other)


@pytest.mark.parametrize("layout", OF_ORGANIZATIONS)
def test_one_organization_is_a_map(layout: str) -> None:
    drawn = scene(based(a="FR"), title="", layout=layout, centre="a")
    assert [(node.x, node.y) for node in drawn.nodes] == [(0.0, 0.0)]


@pytest.mark.parametrize("layout", ["communities", "geo"])
def test_an_empty_network_is_a_map(layout: str) -> None:
    assert scene(nx.Graph(), title="", layout=layout).nodes == ()
