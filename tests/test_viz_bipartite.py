"""Organizations and activities on one map: where they stand, how they are told apart, what lines say."""

from itertools import combinations, product
from math import dist
from random import Random
from statistics import fmean

import networkx as nx
import pytest

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Scene
from graphmodel.viz.html import page
from graphmodel.viz.layouts import arrange
from graphmodel.viz.layouts.arrangement import Arrangement
from graphmodel.viz.picture import draw
from graphmodel.viz.scene import scene
from graphmodel.viz.units import TWO_MODE


def attended(**activities: str) -> nx.Graph:
    """Organizations of one letter each, and the activities in which they took part."""
    network = nx.Graph()
    for activity, who in activities.items():
        network.add_node(activity, name=activity.capitalize(), kind="forum", bipartite=1)
        network.add_nodes_from(who, kind="ngo", bipartite=0)
        network.add_edges_from(((one, activity) for one in who), roles=["guest"])
    return network


def many(organizations: int, activities: int) -> nx.Graph:
    """At random, one in three participations outside of five circles."""
    draw = Random(1)
    network = nx.Graph()
    network.add_nodes_from((f"o{i}" for i in range(organizations)), bipartite=0)
    for i in range(activities):
        network.add_node(f"a{i}", bipartite=1)
        for _ in range(3):
            circle = 5 * draw.randrange(organizations // 5)
            network.add_edge(f"o{circle + (i if draw.random() < 0.67 else draw.randrange(5)) % 5}", f"a{i}")
    return network


def laid(network: nx.Graph, radius: float = 8.0) -> Arrangement:
    groups = {name: int(name[1:]) % 5 for name in network} if "o0" in network else {}
    return arrange("bipartite", network, groups, dict.fromkeys(network, radius))


def drawn(network: nx.Graph, **look: str) -> Scene:
    return scene(network, title="Who met", layout="bipartite", unit=TWO_MODE, **look)


def crossings(network: nx.Graph, laid: Arrangement) -> int:
    lines = [sorted((laid.places[a], laid.places[b])) for a, b in network.edges()]
    return sum((a[1] - c[1]) * (b[1] - d[1]) < 0 for (a, b), (c, d) in combinations(lines, 2))


@pytest.mark.parametrize(("organizations", "activities"), [(5, 24), (24, 3), (83, 45), (300, 280)])
@pytest.mark.parametrize("radius", [8.0, 22.0])
def test_no_two_marks_touch(organizations: int, activities: int, radius: float) -> None:
    network = many(organizations, activities)
    places = laid(network, radius).places
    assert places.keys() == set(network)
    assert min(dist(a, b) for a, b in combinations(places.values(), 2)) > 2 * radius


@pytest.mark.parametrize(("organizations", "activities"), [(20, 20), (83, 45)])
def test_the_same_network_in_any_order_stands_alike(organizations: int, activities: int) -> None:
    network = many(organizations, activities)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((b, a) for a, b in reversed(list(network.edges())))
    assert laid(network).places == laid(other).places


def test_few_stand_in_two_columns_below_what_they_are() -> None:
    made = laid(attended(forum="ab", congress="bc"))
    (left,), (right,) = ({made.places[name][0] for name in names} for names in ("abc", ("forum", "congress")))
    assert left < right
    assert [title.text for title in made.backdrop.titles] == ["Organizations", "Activities"]
    assert all(title.places[0][1] < min(y for _, y in made.places.values()) for title in made.backdrop.titles)


def test_lines_do_not_cross_where_they_need_not() -> None:
    ladder = attended(zebra="ab", yak="bc", wolf="cd", vole="de", urchin="ef")
    assert crossings(ladder, laid(ladder)) == 0
    both = attended(one="abc", two="abc")  # however three and two are put, three pairs of the six lines cross
    assert crossings(both, laid(both)) == 3


def test_many_stand_with_their_community_activities_amid_their_participants() -> None:
    network = attended(
        **{f"forum{i}": letters for i, letters in enumerate(("abcde", "fghij", "klmno", "pqrst", "uvwxyz"))}
    )
    network.add_nodes_from("ABCDEFG", bipartite=0)
    network.add_edges_from(product("ABCDEFG", ["forum0"]))
    made = arrange("bipartite", network, {}, dict.fromkeys(network, 8.0))
    assert made.outlined
    people = [name for name, mode in network.nodes(data="bipartite") if not mode]
    for activity in network.nodes - people:
        near, far = set(network[activity]), set(people) - set(network[activity])
        away = {one: dist(made.places[one], made.places[activity]) for one in people}
        assert fmean(away[one] for one in near) < fmean(away[one] for one in far) / 2


def test_what_has_no_two_sides_is_refused() -> None:
    with pytest.raises(UsageProblem, match="This layout is for organizations and activities"):
        laid(nx.path_graph(["a", "b"]))
    network = attended(forum="ab")
    network.add_edge("a", "b")
    with pytest.raises(UsageProblem, match="with a tie wherever one took part in the other"):
        laid(network)


def test_too_many_are_refused_with_what_to_do() -> None:
    with pytest.raises(
        UsageProblem, match=r"shows up to 2,000 of them, and these are 2,001\. Show those around one \(--focus\)"
    ):
        laid(many(1_001, 1_000))


def test_organizations_are_filled_and_activities_are_outlines() -> None:
    made = drawn(attended(forum="ab", congress="bc"))
    assert [(entry.label, entry.mode, entry.look.hollow) for entry in made.legend] == [
        ("ngo", 0, False),
        ("forum", 1, True),
    ]
    assert {(node.mode, made.legend[node.entry].mode) for node in made.nodes} == {(0, 0), (1, 1)}
    looks = [(entry.look.light, entry.look.shape) for entry in made.legend]
    assert len(set(looks)) == len(looks)


def test_an_organization_without_a_kind_is_filled_too() -> None:
    network = attended(forum="ab")
    del network.nodes["a"]["kind"]
    assert [entry.look.hollow for entry in drawn(network).legend] == [False, False, True]


def test_an_attribute_that_activities_lack_does_not_colour_them() -> None:
    network = attended(forum="ab")
    network.nodes["a"]["country"] = "KE"
    made = drawn(network, color="country")
    assert [entry.label for entry in made.legend] == ["KE", "not recorded", "all activities"]
    assert (made.color_title, made.second_title) == ("Country", "")


def test_lines_tell_the_role_the_rarest_together() -> None:
    network = attended(forum="abcdefghijkl")
    for role, who in {"host": "ab", "speaker": "cd", "chair": "ef", "juror": "gh", "cook": "i", "page": "j"}.items():
        for one in who:
            network.edges[one, "forum"]["roles"] = [role]
    network.edges["k", "forum"]["roles"] = ["guest", "host"]
    network.edges["l", "forum"]["roles"] = []
    made = drawn(network)
    assert made.line_title == "Participations by role"
    assert [(line.label, line.count) for line in made.lines] == [
        ("chair", 2),
        ("host", 2),
        ("juror", 2),
        ("speaker", 2),
        ("4 others", 4),
    ]
    assert len({line.dash for line in made.lines}) == 5


def test_a_participation_goes_from_the_organization_to_the_activity() -> None:
    assert {(tie.source, tie.target, tie.basis) for tie in drawn(attended(aaa="xy")).ties} == {
        ("x", "aaa", None),
        ("y", "aaa", None),
    }


def test_a_picture_tells_both_apart_and_how_many_there_are() -> None:
    text = draw(drawn(attended(forum="ab", congress="bc")), "svg").decode()
    for words in ("3 organizations, 2 activities, 4 participations", "Organizations by kind", "Activities by kind"):
        assert words in text


def test_a_page_says_of_what_it_is_where_scripts_do_not_run() -> None:
    assert "<noscript>This map of organizations and activities needs JavaScript.</noscript>" in page(
        drawn(attended(forum="ab"))
    )
