"""Organizations and activities as one network: who took part in what."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from graphmodel import api
from graphmodel.errors import UsageProblem
from graphmodel.hiding import hidden
from graphmodel.records import Edge, Node
from tests.conftest import TINY, Run


@pytest.fixture(scope="module")
def demonstrated(demonstration: str) -> Iterator[api.Projection]:
    with api.open(demonstration) as graph:
        yield graph.project()


@pytest.fixture(scope="module")
def wells(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Graph]:
    """The tiny network."""
    with api.open(str(tmp_path_factory.mktemp("wells") / "graph.lbug")) as graph:
        graph.load(TINY)
        yield graph


def sides(network: nx.Graph) -> tuple[int, int]:
    modes = [mode for _, mode in network.nodes(data="bipartite")]
    return modes.count(0), modes.count(1)


def test_the_demonstration_has_83_organizations_45_activities_and_143_participations(
    demonstrated: api.Projection,
) -> None:
    network = demonstrated.two_mode(isolates=True)
    assert (sides(network), network.size(), network.graph["isolates"]) == ((83, 45), 143, 0)


def test_who_took_part_in_nothing_is_counted_and_left_out(demonstrated: api.Projection) -> None:
    network = demonstrated.two_mode()
    assert (sides(network), network.size(), network.graph["isolates"]) == ((64, 45), 143, 19)
    activities = {id for id, mode in network.nodes(data="bipartite") if mode}
    assert nx.bipartite.is_bipartite_node_set(network, activities)


def test_it_tells_of_the_data_what_the_alliances_tell(demonstrated: api.Projection) -> None:
    network, alliances = demonstrated.two_mode().graph, demonstrated.told(None).graph
    assert [network[name] for name in ("notes", "hash", "date")] == [
        alliances[name] for name in ("notes", "hash", "date")
    ]
    cited = {source for *_, sources in demonstrated.two_mode().edges(data="sources") for source in sources}
    assert cited == {source["id"] for source in network["sources"]}


def test_a_participation_has_all_its_roles_the_years_of_the_activity_and_its_sources(wells: api.Graph) -> None:
    network = wells.project().two_mode()
    assert (sides(network), network.size()) == ((10, 9), 27)
    known = {"roles": ["implementer"], "sources": ["handbook", "registry"], "first": 2022, "last": 2024, "weight": 1.0}
    assert network.edges["cedar", "wells"] == known
    assert network.edges["harbor", "census"]["roles"] == ["donor", "organizer"]
    assert network.edges["birch", "library"]["roles"] == []
    assert "first" not in network.edges["heron", "forum"]


def test_an_activity_has_kind_dates_places_and_what_it_was_on(wells: api.Graph) -> None:
    known = wells.project().two_mode().nodes["library"]
    assert known == {
        "name": "Village Library",
        "kind": "project",
        "started": "2023-06-01",
        "ended": "2024-10-31",
        "regions": ["Nairobi"],
        "competence_areas": ["Culture", "Literacy"],
        "bipartite": 1,
    }


@pytest.mark.parametrize(
    ("within", "participations"),
    [
        (api.Filter(exclude=("harbor",)), 20),
        (api.Filter(roles=("funder",)), 3),
        (api.Filter(regions=("Uganda",)), 11),
        (api.Filter(activity_kinds=("forum",)), 3),
        (api.Filter(kinds=("foundation",)), 7),
        (api.Filter(since=date(2025, 1, 1), today=date(2025, 6, 1)), 9),
    ],
)
def test_a_filter_leaves_the_participations_that_it_means(
    wells: api.Graph, within: api.Filter, participations: int
) -> None:
    assert wells.project(within).two_mode().size() == participations


def test_only_the_roles_that_are_asked_for_are_told(wells: api.Graph) -> None:
    network = wells.project(api.Filter(roles=("donor",))).two_mode()
    assert network.edges["harbor", "census"]["roles"] == ["donor"]


def test_shared_activities_are_refused(wells: api.Graph) -> None:
    with pytest.raises(UsageProblem, match=r"\(--min\) is said of alliances, .*: leave it out\."):
        wells.project(api.Filter(min_shared=2)).two_mode()


def test_an_activity_with_the_id_of_an_organization_stays_apart(empty_graph: api.Graph) -> None:
    people = [Node("Organization", id, {"name": id.upper()}) for id in ("icom", "ifla")]
    parts = [Edge("PARTICIPATED_IN", who, "icom", {"role": "guest"}) for who in ("icom", "ifla")]
    empty_graph.load([*people, Node("Activity", "icom", {"name": "ICOM congress"}), *parts])
    network = empty_graph.project().two_mode()
    assert sorted(network.edges()) == [("icom", "icom (activity)"), ("ifla", "icom (activity)")]


def test_a_query_that_returns_both_is_the_same_network(wells: api.Graph) -> None:
    projection = wells.project()
    asked, told = projection.sided(wells.network_of("networks/two_mode")), projection.two_mode()
    assert dict(asked.nodes(data="bipartite")) == dict(told.nodes(data="bipartite"))
    assert {frozenset(ends) for ends in asked.edges()} == {frozenset(ends) for ends in told.edges()}


def test_the_focus_may_be_an_activity(wells: api.Graph) -> None:
    network = wells.project().two_mode()
    assert set(api.focused(network, "Youth Forum", 1)) == {"forum", "delta", "harbor", "heron"}
    with pytest.raises(
        UsageProblem, match=r'There is no Organization or Activity "Yuth Forum"\. Did you mean "Youth Forum"\?'
    ):
        api.focused(network, "Yuth Forum", 1)


def test_what_only_hidden_organizations_took_part_in_is_hidden_too(wells: api.Graph) -> None:
    network = hidden(wells.project().two_mode(), ["harbor"])
    assert "census" not in network
    assert "forum" in network
    assert network.graph["isolates"] == 0


def test_a_pseudonym_beside_what_somebody_did_would_give_them_away(wells: api.Graph) -> None:
    with pytest.raises(UsageProblem, match="which gives away who it is: leave those that must not be known out"):
        hidden(wells.project().two_mode(), ["harbor"], pseudonyms=True)


@pytest.mark.parametrize("form", ["svg", "html"])
def test_the_command_draws_both(run: Run, demonstration: str, tmp_path: Path, form: str) -> None:
    result = run("map", "--store", demonstration, "--layout", "bipartite", "--exclude", "unesco", "-o", f"map.{form}")
    assert result.stderr.endswith(f"63 organizations, 43 activities, 114 participations: map.{form}\n")
    drawn = (tmp_path / f"map.{form}").read_text(encoding="utf-8")
    for words in ("Participations", "1st International Forum of NGOs", "Soroptimist International", "organizer"):
        assert words in drawn


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        (("--only", "significant"), "--only significant is said of alliances, not of who took part in what"),
        (("--edge", "shared"), 'Lines cannot show "shared". Choose one of: role.'),
        (("--from", "networks/shared_activities"), "This layout is for organizations and activities with a tie"),
        (("--compare", "2012", "2014"), "A comparison has no bipartite layout."),
    ],
)
def test_what_says_nothing_of_participations_is_refused(
    run: Run, demonstration: str, how: tuple[str, ...], sentence: str
) -> None:
    result = run("map", "--store", demonstration, "--layout", "bipartite", *how)
    assert result.exit_code != 0
    assert sentence in result.stderr
