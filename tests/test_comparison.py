"""The same network on two sides: what a comparison knows, and that everyone keeps their place."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import polars as pl
import pytest

from graphmodel import api
from graphmodel.api.comparison import Comparison, sides, together
from graphmodel.errors import UsageProblem
from graphmodel.records import Edge, Node
from graphmodel.viz.comparison import comparison
from graphmodel.viz.elements import Scene
from graphmodel.viz.html import page
from graphmodel.viz.palette import DASHES, LONG_DASHES, SOLID
from graphmodel.viz.picture import draw

YEARS = {  # activities: first and last year, region, and who took part
    "forum": (2010, 2011, "africa", "abc"),
    "summit": (2010, 2016, "asia", "ab"),
    "congress": (2015, 2016, "asia", "abd"),
    "festival": (2016, 2016, "africa", "de"),
}
PLACES = {
    "Region": pl.DataFrame({"id": ["africa", "asia"], "name": ["Africa", "Asia"]}),
    "CompetenceArea": pl.DataFrame({"id": ["culture", "water"], "name": ["Culture", "Water"]}),
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Graph]:
    nodes = [Node("Organization", id, {"name": f"Organization {id.upper()}", "kind": "ngo"}) for id in "abcde"]
    nodes += [Node("Region", id, {"name": id.capitalize()}) for id in ("africa", "asia")]
    edges = []
    for id, (first, last, region, members) in YEARS.items():
        dates = {"started": date(first, 3, 1), "ended": date(last, 10, 1)}
        nodes.append(Node("Activity", id, {"name": id.capitalize(), **dates}))
        edges.append(Edge("TOOK_PLACE_IN", id, region))
        edges += [Edge("PARTICIPATED_IN", member, id) for member in members]
    with api.open(str(tmp_path_factory.mktemp("comparison") / "graph.lbug")) as opened:
        opened.load([*nodes, *edges])
        yield opened


def told(compared: Comparison, **how: Any) -> nx.Graph:
    return compared.together([side.told(None, **how) for side in compared.projections])


def drawn(network: nx.Graph, **look: Any) -> Scene:
    return comparison(network, title="Two", groups=dict.fromkeys(network, 0), labels={0: "All"}, **look)


@pytest.mark.parametrize(("first", "second"), [("2010", "2016"), ("2009-2011", "2015..2016"), ("Africa", "asia")])
def test_each_side_is_what_its_own_projection_is(graph: api.Graph, first: str, second: str) -> None:
    compared = graph.compare(first, second)
    scene = drawn(told(compared))
    for panel, side in zip(scene.panels, compared.projections, strict=True):
        alone = side.network()
        assert {node.id: node.value for node in panel.nodes} == dict(alone.degree())
        assert {(tie.source, tie.target): tie.shared for tie in panel.ties} == {
            (one, other): known["shared"] for one, other, known in alone.edges(data=True)
        }


def test_a_year_is_what_was_going_on_in_it_or_started_in_it(graph: api.Graph) -> None:
    first, second = (side.within for side in sides("2010", "2012-2016", api.Filter(kinds=("ngo",)), PLACES)[:2])
    assert (first.since, first.until, first.kinds) == (date(2010, 1, 1), date(2010, 12, 31), ("ngo",))
    assert (second.since, second.until) == (date(2012, 1, 1), date(2016, 12, 31))
    network = told(graph.compare("2012", "2016"))
    assert network.edges["a", "b"]["sides"][0]["activities"] == ["summit"]
    assert network.edges["a", "b"]["activities"] == ["congress", "summit"]


def test_organizations_and_alliances_are_counted_once_and_lines_tell_what_changed(graph: api.Graph) -> None:
    scene = drawn(told(graph.compare("2010", "2016")))
    assert [node.id for node in scene.nodes] == ["a", "b", "c", "d", "e"]
    assert scene.line_title == "Alliances by change"
    assert [(line.label, line.dash, line.count) for line in scene.lines] == [
        ("In both", SOLID, 1),
        ("Only in 2010", DASHES, 2),
        ("Only in 2016", LONG_DASHES, 3),
    ]
    assert [panel.name for panel in scene.panels] == ["2010", "2016"]


@pytest.mark.parametrize("layout", ["communities", "geo"])
def test_everyone_stands_at_the_same_place_and_sizes_have_one_scale(graph: api.Graph, layout: str) -> None:
    network = told(graph.compare("2010", "2016"))
    nx.set_node_attributes(network, dict(zip("abcde", ("KE", "FR", "IN", "BR", "US"), strict=True)), "country")
    scene = drawn(network, layout=layout)
    places = {node.id: (node.x, node.y) for node in scene.nodes}
    one, other = scene.panels
    assert all((node.x, node.y) == places[node.id] for panel in scene.panels for node in panel.nodes)
    assert one.beside == one.below == (0, 0)
    assert other.beside[0] > one.frame[2] - one.frame[0]
    assert other.below[1] > one.frame[3] - one.frame[1]
    radii = {node.value: node.radius for panel in scene.panels for node in panel.nodes}
    assert all(radii[node.value] == node.radius for panel in scene.panels for node in panel.nodes)


def test_the_same_comparison_gives_the_same_bytes_and_the_network_stays_as_it_was(graph: api.Graph) -> None:
    network = told(graph.compare("2010", "2016"))
    before = nx.node_link_data(network, edges="links")
    turned = nx.Graph(**network.graph)
    turned.add_nodes_from(reversed([*network.nodes(data=True)]))
    turned.add_edges_from(reversed([*network.edges(data=True)]))
    assert page(drawn(network)) == page(drawn(turned))
    assert draw(drawn(network)) == draw(drawn(turned))
    assert nx.node_link_data(network, edges="links") == before


def test_a_picture_names_both_sides_and_shows_who_is_on_the_other_only(graph: api.Graph) -> None:
    root = ElementTree.fromstring(draw(drawn(told(graph.compare("2010", "2016")))))
    texts = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"2010", "3 organizations, 3 alliances", "2016", "4 organizations, 4 alliances"} <= set(texts)
    assert "5 organizations, 6 alliances" in texts
    parts = {part.get("id"): len(part) for part in root.iter("{http://www.w3.org/2000/svg}g")}
    assert (parts["organizations"], parts["absent"]) == (7, 3)
    assert sum(len(group) for group in part_of(root, "alliances")) == 7


def part_of(root: ElementTree.Element, id: str) -> ElementTree.Element:
    return next(part for part in root.iter("{http://www.w3.org/2000/svg}g") if part.get("id") == id)


def test_what_stands_out_is_said_where_only_that_is_shown() -> None:
    before, after = nx.Graph([("a", "b")], tested=4), nx.Graph([("a", "b"), ("b", "c")], tested=5)
    scene = drawn(together(before, after, ("2010", "2016")))
    assert [line.label for line in scene.lines] == ["Significant in both", "Significant only in 2016"]
    assert scene.provenance.tested == 9


def test_where_nothing_is_on_either_side_no_panel_is_drawn() -> None:
    scene = drawn(together(nx.Graph(tested=4), nx.Graph(tested=5), ("2010", "2016")))
    assert (scene.nodes, scene.panels, scene.provenance.tested) == ((), (), 9)
    side = nx.Graph([("a", "b")])
    assert [len(panel.nodes) for panel in drawn(together(side, nx.Graph(), ("2010", "2016"))).panels] == [2, 0]


def test_a_hidden_organization_has_one_pseudonym_on_both_sides(graph: api.Graph, tmp_path: Path) -> None:
    (tmp_path / "hide.txt").write_text("a\nOrganization E\n")
    compared = graph.compare("2010", "2016")
    networks = [side.told(None) for side in compared.projections]
    gone = compared.together(compared.hidden(networks, tmp_path / "hide.txt"))
    assert sorted(gone) == ["b", "c", "d"]
    alike = compared.together(compared.hidden(networks, tmp_path / "hide.txt", pseudonyms=True))
    (unnamed,) = [node for node, told_of in alike.nodes(data="sides") if node not in "bcd" and None not in told_of]
    assert alike[unnamed].keys() == {"b", "c", "d"}
    for text in (page(drawn(gone)), page(drawn(alike))):
        assert not {"Organization A", "Organization E"} & set(re.findall("Organization [A-Z]", text))


def test_the_part_around_one_is_compared_too(graph: api.Graph) -> None:
    scene = drawn(api.focused(told(graph.compare("2010", "2016")), "Organization D", 1))
    assert [[node.id for node in panel.nodes] for panel in scene.panels] == [["a", "b"], ["a", "b", "d", "e"]]


@pytest.mark.parametrize(
    ("first", "second", "within", "words"),
    [
        ("2010", "Africa", {}, '"2010" and "Africa" are a time and something else'),
        ("2010", "2010-2010", {}, '"2010" and "2010-2010" are the same'),
        ("2016-2010", "2017", {}, '"2016-2010" ends before it starts: write 2010-2016.'),
        ("0000", "2017", {}, "There is no year 0000: begin with 0001."),
        ("2010", "2016", {"until": date(2012, 1, 1)}, "2016 lies outside --since and --until"),
        ("2010", "2016", {"as_of": date(2012, 1, 1)}, "One day (--as-of) has no two times to compare"),
        ("Afrika", "Asia", {}, '"Afrika" is no year, region or competence area. Did you mean "Africa"?'),
        ("Africa", "Water", {}, '"Africa" and "Water" are a region and a competence area'),
        ("Africa", "africa", {}, '"Africa" and "africa" are the same'),
        ("Water", "Culture", {"competence_areas": ["x"]}, "leave --competence out."),
    ],
)
def test_what_cannot_be_compared_is_refused(first: str, second: str, within: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        sides(first, second, api.Filter(**within), PLACES)
    assert words in str(refused.value)


def test_what_a_comparison_cannot_show_is_refused() -> None:
    network = together(nx.Graph([("a", "b")]), nx.Graph([("a", "c")]), ("2010", "2016"))
    with pytest.raises(UsageProblem, match='on which side an alliance is, not "formal"'):
        drawn(network, edge="formal")
    with pytest.raises(UsageProblem, match=r"has no radial layout\. Choose one of: communities, geo"):
        drawn(network, layout="radial")
    many = together(nx.path_graph([str(n) for n in range(2_001)]), nx.Graph(), ("2010", "2016"))
    with pytest.raises(UsageProblem, match="up to 2,000 organizations, and both sides together have 2,001"):
        drawn(many)
