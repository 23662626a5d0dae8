"""What the map shows, before anything is drawn."""

import networkx as nx
import pytest

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Scene
from graphmodel.viz.palette import DASHES, LONG_DASHES, LOOKS, OTHER, SOLID, UNKNOWN
from graphmodel.viz.scene import scene, short


@pytest.fixture
def network() -> nx.Graph:
    graph = nx.Graph()
    graph.add_node("icom", name="International Council of Museums", acronym="ICOM", kind="ngo", country="FR")
    graph.nodes["icom"].update(
        founded=1946, activities=3, regions=["Africa"], competence_areas=["culture", "education"]
    )
    graph.add_node("ifla", name="International Federation of Library Associations", acronym="IFLA", kind="ngo")
    graph.add_node("saf", name="South Asia Foundation", kind="foundation", country="IN", activities=1)
    graph.add_node("wfuca", name="World Federation of UNESCO Clubs, Centres and Associations")
    graph.add_edge("icom", "ifla", shared=2, strength=1.5, jaccard=0.5, basis="both", activities=["congress", "forum"])
    graph.add_edge("saf", "icom", shared=1, strength=0.5, basis="shared", activities=["forum"])
    graph.graph["activities"] = {
        "congress": {"name": "World Congress", "started": "2017-05-03", "url": "https://example.org/congress"},
        "forum": {"name": "Forum of NGOs", "started": "2013-09-23"},
        "secret": {"name": "Meeting of others"},
    }
    return graph


def entries(drawn: Scene) -> dict[str, str]:
    return {node.id: drawn.legend[node.entry].label for node in drawn.nodes}


def test_the_legend_counts_kinds_in_declared_order(network: nx.Graph) -> None:
    legend = scene(network, title="").legend
    assert [(entry.label, entry.look, entry.count) for entry in legend] == [
        ("ngo", LOOKS[0], 2),
        ("foundation", LOOKS[1], 1),
        ("not recorded", UNKNOWN, 1),
    ]


def test_color_by_country_by_attribute_and_by_nothing(network: nx.Graph) -> None:
    assert entries(scene(network, title="", color="country"))["saf"] == "IN"
    assert entries(scene(network, title="", color="regions"))["icom"] == "Africa"
    assert entries(scene(network, title="", color="competence_areas"))["icom"] == "several"
    assert set(entries(scene(network, title="", color="none")).values()) == {"all organizations"}


def test_color_by_given_values_is_called_what_the_caller_says(network: nx.Graph) -> None:
    values = {"icom": "old", "saf": "new"}
    assert entries(scene(network, title="", color=values))["saf"] == "new"
    drawn = scene(network, title="", color=("Generation", values))
    assert (drawn.color_title, entries(drawn)["ifla"]) == ("Generation", "not recorded")


def test_color_by_community_follows_the_numbers_of_the_groups(network: nx.Graph) -> None:
    groups = {"icom": 1, "ifla": 1, "saf": 0, "wfuca": 2}
    drawn = scene(network, title="", color="community", groups=groups, labels={1: "culture", 0: "Asia"})
    assert [entry.label for entry in drawn.legend] == ["Asia", "culture", "Community 3"]
    assert drawn.groups == ((0, "Asia"), (1, "culture"), (2, "Community 3"))


def test_communities_of_the_same_name_are_told_apart(network: nx.Graph) -> None:
    drawn = scene(network, title="", groups={"icom": 0, "saf": 1}, labels={0: "culture", 1: "culture"})
    assert [name for _, name in drawn.groups] == ["culture (1)", "culture (2)"]


def test_of_more_than_seven_values_the_rarest_share_one_entry() -> None:
    network = nx.Graph()
    for i in range(9):
        for j in range(9 - i):
            network.add_node(f"n{i}{j}", name="", kind=f"kind {9 - i}")
    legend = scene(network, title="").legend
    assert [entry.label for entry in legend] == [f"kind {i}" for i in range(3, 10)] + ["2 others"]
    assert (legend[-1].look, legend[-1].count) == (OTHER, 3)


def test_an_unknown_attribute_is_refused_with_what_there_is(network: nx.Graph) -> None:
    with pytest.raises(UsageProblem) as problem:
        scene(network, title="", color="region")
    assert str(problem.value) == (
        'No organization has "region" to colour by. Did you mean "regions"? Choose one of: activities, community, '
        "competence_areas, country, founded, kind, none, regions."
    )


def test_color_by_community_without_groups_is_refused(network: nx.Graph) -> None:
    with pytest.raises(UsageProblem, match="needs the community of each organization"):
        scene(network, title="", color="community")


@pytest.mark.parametrize(
    ("size", "title", "icom", "wfuca"),
    [
        ("degree", "Partners", 2, 0),
        ("strength", "Strength of all alliances", 2, 0),
        ("activities", "Activities", 3, 0),
        ("betweenness", "Betweenness", 1 / 3, 0),
        ({"icom": 7}, "Size", 7, 0),
        (("Reach", {"wfuca": 4}), "Reach", 0, 4),
    ],
)
def test_size_stands_for_what_was_asked(network: nx.Graph, size, title: str, icom: float, wfuca: float) -> None:
    drawn = scene(network, title="", size=size)
    values = {node.id: node.value for node in drawn.nodes}
    assert (drawn.size_title, values["icom"], values["wfuca"]) == (title, pytest.approx(icom), wfuca)


def test_the_largest_value_has_the_largest_mark_and_none_the_smallest(network: nx.Graph) -> None:
    drawn = scene(network, title="")
    radii = {node.id: node.radius for node in drawn.nodes}
    assert (radii["icom"], radii["wfuca"]) == (22, 4)
    assert drawn.sizes == (("0", 4.0), ("1", 16.73), ("2", 22.0))


def test_an_unknown_size_is_refused_with_what_there_is(network: nx.Graph) -> None:
    with pytest.raises(UsageProblem) as problem:
        scene(network, title="", size="degrees")
    assert str(problem.value) == (
        'Size cannot show "degrees". Did you mean "degree"? Choose one of: degree, strength, activities, betweenness.'
    )


def test_alliances_carry_their_figures_and_activities(network: nx.Graph) -> None:
    first, second = scene(network, title="").ties
    assert (first.source, first.target, first.basis, first.shared, first.strength) == ("icom", "ifla", "both", 2, 1.5)
    assert (second.jaccard, second.first, second.activities) == (None, None, ("forum",))
    assert first.width > second.width


@pytest.fixture
def tested(network: nx.Graph) -> nx.Graph:
    """The network with alliances that were tested against chance, and an agreement."""
    network.edges["icom", "ifla"].update(
        expected=0.61234, p_more=1.23456e-07, p_less=1.0, q=3.7037e-07, sign="+", status="active", first=2013, last=2017
    )
    network.edges["saf", "icom"].update(expected=0.8, p_more=0.6, p_less=0.8, q=1.0, sign="0", status="presumed ended")
    network.add_edge("saf", "wfuca", shared=0, basis="formal", expected=0.0, p_more=1.0, p_less=1.0, q=1.0, sign="0")
    return network


def lines(drawn: Scene) -> dict[tuple[str, str], str]:
    return {(tie.source, tie.target): drawn.lines[tie.entry].label for tie in drawn.ties}


def test_significance_keeps_small_numbers_to_three_digits(tested: nx.Graph) -> None:
    first, second, formal = scene(tested, title="").ties
    assert (first.expected, first.p_more, first.p_less, first.q, first.sign) == (0.612, 1.23e-07, 1.0, 3.7e-07, "+")
    assert (first.status, second.status, formal.status) == ("active", "presumed ended", None)


def test_what_is_not_tested_has_no_significance(network: nx.Graph) -> None:
    tie = scene(network, title="").ties[0]
    assert (tie.expected, tie.p_more, tie.p_less, tie.q, tie.sign, tie.status) == (None,) * 6


def test_lines_show_significance_where_alliances_are_tested_otherwise_the_basis(
    network: nx.Graph, tested: nx.Graph
) -> None:
    drawn = scene(tested, title="")
    assert drawn.line_title == "Alliances by significance"
    assert [(line.label, line.dash, line.count) for line in drawn.lines] == [
        ("More than chance", SOLID, 1),
        ("Expected by chance", DASHES, 1),
        ("Formal agreement only", LONG_DASHES, 1),
    ]
    for _, _, known in tested.edges(data=True):
        del known["sign"]
    drawn = scene(tested, title="")
    assert drawn.line_title == "Alliances by basis"
    assert [(line.label, line.count) for line in drawn.lines] == [
        ("Shared activities", 1),
        ("Formal agreement", 1),
        ("Both", 1),
    ]


@pytest.mark.parametrize(
    ("edge", "labels"),
    [
        ("significance", ["More than chance", "Expected by chance", "Formal agreement only"]),
        ("shared", ["2 activities", "1 activity", "Formal agreement only"]),
        ("formal", ["Both", "Shared activities", "Formal agreement"]),
        ("status", ["Active", "Presumed ended", "Without dates"]),
    ],
)
def test_lines_show_what_was_asked(tested: nx.Graph, edge: str, labels: list[str]) -> None:
    ends = [("icom", "ifla"), ("icom", "saf"), ("saf", "wfuca")]
    assert lines(scene(tested, title="", edge=edge)) == dict(zip(ends, labels, strict=True))


def test_an_alliance_that_was_not_tested_among_others_is_told_as_such(tested: nx.Graph) -> None:
    del tested.edges["icom", "saf"]["sign"]
    assert lines(scene(tested, title=""))["icom", "saf"] == "Not tested"


@pytest.mark.parametrize(
    ("edge", "sentence"),
    [
        (
            "signifcance",
            'Lines cannot show "signifcance". Did you mean "significance"? Choose one of: significance, shared, '
            "formal, status.",
        ),
        (
            "significance",
            "Lines cannot show the significance: no alliance is tested against chance. Test them, or choose formal, "
            "shared or status.",
        ),
        (
            "status",
            "Lines cannot show the status: no alliance has one, which takes dates. Choose significance, formal or "
            "shared.",
        ),
    ],
)
def test_what_lines_cannot_show_is_refused_with_what_they_can(network: nx.Graph, edge: str, sentence: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        scene(network, title="", edge=edge)
    assert str(problem.value) == sentence


def test_a_network_without_alliances_has_no_legend_of_them() -> None:
    assert scene(nx.empty_graph(["a", "b"]), title="", edge="significance").lines == ()


def test_roles_are_those_of_organizations_on_the_map_and_of_nobody_else(network: nx.Graph) -> None:
    network.graph["activities"]["forum"]["roles"] = {"saf": ["speaker", "host"], "secret": ["host"]}
    assert scene(network, title="").activities[0].roles == (("saf", ("host", "speaker")),)


def test_activities_and_agreements_cite_sources_by_their_place(network: nx.Graph) -> None:
    network.graph["sources"] = [{"id": "s1", "title": "News"}, {"id": "s2", "title": "Report"}]
    network.graph["activities"]["forum"]["sources"] = ["s2", "s1", "s2", "unknown"]
    network.edges["icom", "ifla"]["sources"] = ["s2"]
    drawn = scene(network, title="")
    assert [activity.sources for activity in drawn.activities] == [(0, 1), ()]
    assert [tie.sources for tie in drawn.ties] == [(1,), ()]


def test_only_activities_of_the_alliances_are_in_the_scene_the_earliest_first(network: nx.Graph) -> None:
    assert [activity.name for activity in scene(network, title="").activities] == ["Forum of NGOs", "World Congress"]


def test_what_is_known_of_an_organization_is_told_and_nothing_else(network: nx.Graph) -> None:
    nodes = {node.id: node for node in scene(network, title="").nodes}
    assert nodes["icom"].details == (
        ("Founded", ("1946",)),
        ("Activities", ("3",)),
        ("Regions", ("Africa",)),
        ("Competence areas", ("culture", "education")),
    )
    assert (nodes["ifla"].details, nodes["ifla"].country) == ((), None)


def test_long_names_give_way_to_the_acronym() -> None:
    assert short("South Asia Foundation", "SAF") == "South Asia Foundation"
    assert short("International Council of Museums", "ICOM") == "ICOM"
    assert short("World Federation of UNESCO Centres") == "World Federation of UNESCO…"
    assert short("A" * 40) == "A" * 28 + "…"


def test_the_same_network_built_otherwise_gives_the_same_scene(network: nx.Graph) -> None:
    other = nx.Graph(**network.graph)
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((b, a, known) for a, b, known in reversed(list(network.edges(data=True))))
    assert scene(other, title="") == scene(network, title="")


def test_the_network_is_not_changed(network: nx.Graph) -> None:
    before = nx.node_link_data(network), dict(network.graph)
    scene(network, title="", color="country", size="strength", groups={"icom": 0})
    assert (nx.node_link_data(network), dict(network.graph)) == before


def test_provenance_is_taken_from_the_network(network: nx.Graph) -> None:
    network.graph |= {"sources": [{"id": "s1", "title": "News"}, {"id": "s2"}], "isolates": 3, "notes": ["So."]}
    known = scene(network, title="").provenance
    assert [source.title for source in known.sources] == ["News", "s2"]
    assert (known.isolates, known.notes, known.date) == (3, ("So.",), None)


def test_more_organizations_than_can_be_told_apart_are_refused_with_a_way_out() -> None:
    with pytest.raises(UsageProblem) as problem:
        scene(nx.path_graph(5_001), title="Many")
    assert str(problem.value) == (
        "A map shows up to 5,000 organizations, and this network has 5,001. Show a part of it: those around one "
        "(--focus), with more activities in common (--min), in one region (--region) or time (--since)."
    )
