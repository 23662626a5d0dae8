"""What a map shows of a network with more organizations than it can show at once."""

import json
from itertools import combinations

import networkx as nx
import pytest

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Node, Scene
from graphmodel.viz.groups import fitting, overview
from graphmodel.viz.html import page
from graphmodel.viz.palette import LOOKS, OTHER


def cliques(*sizes: int) -> tuple[nx.Graph, dict[str, int]]:
    """Groups within which everybody is tied to everybody, each tied by one alliance to the next."""
    network, groups = nx.Graph(), {}
    for group, size in enumerate(sizes, 1):
        members = [f"g{group:02}m{number:02}" for number in range(size)]
        network.add_nodes_from((id, {"name": f"Body {id}", "kind": "ngo"}) for id in members)
        network.add_edges_from(combinations(members, 2), shared=1, weight=1.0)
        groups |= dict.fromkeys(members, group)
    for group in range(1, len(sizes)):
        network.add_edge(f"g{group:02}m00", f"g{group + 1:02}m00", shared=3, weight=3.0)
    return network, groups


def many(organizations: int) -> tuple[nx.Graph, dict[str, int]]:
    """A path, cut into ten groups of the same size."""
    network = nx.relabel_nodes(nx.path_graph(organizations), {n: f"o{n:05}" for n in range(organizations)})
    return network, {id: 1 + place * 10 // organizations for place, id in enumerate(network)}


def drawn(sizes: tuple[int, ...], **how) -> Scene:
    network, groups = cliques(*sizes)
    labels = {number: f"Group {number}" for number in set(groups.values())}
    return overview(network, title="Map", groups=groups, **{"labels": labels, **how})


def by_id(scene: Scene) -> dict[str, Node]:
    return {node.id: node for node in scene.nodes}


def details(node: Node) -> dict[str, tuple[str, ...]]:
    return dict(node.details)


def test_a_mark_is_a_group_and_its_area_the_number_of_members() -> None:
    marks = by_id(drawn((40, 10)))
    assert {id: node.value for id, node in marks.items()} == {"1": 40, "2": 10}
    assert marks["1"].radius == pytest.approx(2 * marks["2"].radius)
    assert marks["1"].label == "Group 1 · 40"


def test_a_line_is_all_the_alliances_between_two_groups() -> None:
    network, groups = cliques(6, 5, 5)
    network.add_edges_from([("g01m01", "g02m01"), ("g01m02", "g02m02")], shared=9)
    made = overview(network, title="", groups=groups, labels={1: "A", 2: "B", 3: "C"})
    assert [(tie.source, tie.target, tie.shared) for tie in made.ties] == [("1", "2", 3), ("2", "3", 1)]
    assert made.ties[0].width > made.ties[1].width


def test_alliances_inside_and_to_other_groups_are_counted() -> None:
    marks = by_id(drawn((6, 5, 5)))
    assert details(marks["2"])["Alliances inside"] == ("10",)
    assert details(marks["2"])["To other groups"] == ("2",)
    assert details(marks["1"])["Alliances inside"] == ("15",)


def test_the_most_connected_members_are_named_with_all_their_partners() -> None:
    first = by_id(drawn((30, 5)))["1"].members
    assert (len(first), first[0].name, first[0].partners, first[0].id) == (20, "Body g01m00", 30, None)
    assert [member.partners for member in first[1:]] == [29] * 19


def test_members_can_be_gone_to_where_the_page_holds_them() -> None:
    assert by_id(drawn((30, 5), linked=True))["1"].members[0].id == "g01m00"


def test_groups_of_less_than_five_share_a_mark() -> None:
    marks = by_id(drawn((6, 5, 4, 3)))
    assert set(marks) == {"1", "2", "rest"}
    assert (marks["rest"].name, marks["rest"].value) == ("2 small groups", 7)


def test_of_small_groups_alone_the_forty_largest_have_a_mark() -> None:
    marks = by_id(drawn((2,) * 45))
    assert len(marks) == 41
    assert (marks["rest"].name, marks["rest"].value) == ("5 small groups", 10)


def test_who_is_in_no_group_is_counted_too() -> None:
    network, groups = cliques(6, 5)
    network.add_node("alone", name="Alone")
    marks = by_id(overview(network, title="", groups=groups, labels={1: "A", 2: "B"}))
    assert (marks["rest"].name, marks["rest"].value) == ("In no group", 1)


def test_a_group_has_the_colour_of_most_members_or_none() -> None:
    network, groups = cliques(6, 6, 6)
    kinds = {"g01m00": "company", "g02m00": "company", "g02m01": "company", "g02m02": "company"}
    nx.set_node_attributes(network, kinds, "kind")
    made = overview(network, title="", groups=groups, labels={1: "A", 2: "B", 3: "C"})
    assert made.color_title == "Kind of most members"
    assert [(entry.label, entry.count) for entry in made.legend] == [("ngo", 2), ("no majority", 1)]
    assert (made.legend[0].look, made.legend[1].look) == (LOOKS[0], OTHER)
    marks = by_id(made)
    assert (marks["1"].entry, marks["2"].entry) == (0, 1)
    assert details(marks["2"])["Kind"] == ("ngo: 3", "company: 3")


def test_every_group_is_a_disc() -> None:
    network, groups = cliques(6, 6)
    nx.set_node_attributes(network, {id: f"kind {group}" for id, group in groups.items()}, "kind")
    made = overview(network, title="", groups=groups, labels={1: "A", 2: "B"})
    assert {entry.look.shape for entry in made.legend} == {"dot"}
    assert len({entry.look.light for entry in made.legend}) == 2


def test_coloured_by_community_or_not_at_all_all_groups_are_alike() -> None:
    for color in ("community", "none"):
        made = drawn((6, 5), color=color)
        assert ([entry.label for entry in made.legend], made.color_title) == (["all groups"], "")
        assert "Kind" not in details(made.nodes[0])


def test_marks_do_not_overlap() -> None:
    nodes = drawn((50, 40, 30, 20, 10, 10, 9, 8, 7, 6, 5)).nodes
    for one, other in combinations(nodes, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (one.radius + other.radius + 20) ** 2


def test_examples_of_sizes_are_as_large_as_the_marks() -> None:
    made = drawn((40, 10))
    radii = {f"{node.value:.0f}": node.radius for node in made.nodes}
    assert dict(made.sizes)["5"] == pytest.approx(radii["10"] / 2**0.5, abs=0.01)


def test_notes_and_sources_go_with_the_groups_and_activities_do_not() -> None:
    network, groups = cliques(6, 5)
    network.graph |= {"notes": ["So."], "isolates": 2, "activities": {"x": {"name": "Secret"}}}
    made = overview(network, title="", groups=groups, labels={1: "A", 2: "B"})
    assert (made.provenance.notes, made.provenance.isolates, made.activities) == (("So.",), 2, ())


@pytest.mark.parametrize(
    ("organizations", "unit", "opens_on_groups"),
    [(2_000, "organizations", False), (2_001, "organizations", True), (5_001, "groups", False)],
)
def test_the_map_suits_the_size(organizations: int, unit: str, opens_on_groups: bool) -> None:
    network, groups = many(organizations)
    made = fitting(network, title="", groups=groups, labels={})
    assert (made.unit.every, made.overview is not None) == (unit, opens_on_groups)
    if made.overview:
        assert [node.name for node in made.overview.nodes][:2] == ["Group 1", "Group 10"]
        assert len(made.nodes) == organizations


def test_above_five_thousand_the_page_holds_no_more_than_twenty_names_of_a_group() -> None:
    network, groups = many(5_500)
    nx.set_node_attributes(network, {id: f"Body {id}" for id in network}, "name")
    text = page(fitting(network, title="", groups=groups), compress=False)
    assert text.count('"name":"Body o') == 200
    data = json.loads(text.partition('id="graph-data">')[2].partition("</script>")[0])
    assert (data["unit"]["modes"][0]["noun"], len(data["nodes"])) == (["group", "groups"], 10)


def test_those_who_share_a_mark_stand_apart_from_the_others_and_near_each_other() -> None:
    network, groups = many(2_100)
    small = [f"s{n}" for n in range(20)]
    network.add_edges_from((id, f"o{place * 50:05}") for place, id in enumerate(small))
    groups |= {id: 100 + place for place, id in enumerate(small)}
    nodes = by_id(fitting(network, title="", groups=groups))
    assert min(nodes[id].y for id in small) > max(node.y for id, node in nodes.items() if id not in small)


def test_without_groups_too_large_a_network_is_refused() -> None:
    network, _ = many(5_001)
    with pytest.raises(UsageProblem, match="shows up to 5,000 organizations"):
        fitting(network, title="", groups={})


def test_the_same_network_built_otherwise_gives_the_same_groups() -> None:
    network, groups = cliques(8, 7, 6, 3)
    other = nx.Graph()
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((b, a, known) for a, b, known in reversed(list(network.edges(data=True))))
    labels = {1: "A", 2: "B", 3: "C", 4: "D"}
    turned = dict(reversed(groups.items()))
    assert overview(other, title="", groups=turned, labels=labels) == overview(
        network, title="", groups=groups, labels=labels
    )
