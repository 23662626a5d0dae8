"""The map of regions: marks in place of organizations, at the middle of the countries where these are."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl
import pytest

from graphmodel import api
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Node, Scene
from graphmodel.viz.html import page
from graphmodel.viz.layouts import arrange
from graphmodel.viz.regions import Regions, regional
from tests.conftest import Run
from tests.small import partnerships

SEATS = {"a": "KE", "b": "KE", "c": "UG", "d": "FR", "e": "", "f": "FJ", "g": "WS"}
CALLED = {"KE": "Eastern Africa", "UG": "Eastern Africa", "FR": "Europe", "FJ": "Oceania", "WS": "Oceania"}
AREAS = Regions("region", {id: CALLED[seat] for id, seat in SEATS.items() if seat}, SEATS)


def network() -> nx.Graph:
    """Seven organizations in three regions, but for one; those of Africa are tied to each other and to France."""
    made = nx.Graph()
    made.add_nodes_from((id, {"name": f"Body {id.upper()}", "kind": "ngo" if id < "d" else "company"}) for id in SEATS)
    ties = ["ab", "bc", "ad", "bd", "ce", "df", "fg"]
    made.add_edges_from(((*pair,) for pair in ties), shared=1, weight=1.0)
    return made


def by_name(scene: Scene) -> dict[str, Node]:
    return {node.name: node for node in scene.nodes}


def drawn(regions: Regions = AREAS, **how) -> Scene:
    made = regional(network(), regions, title="Map", **how).overview
    assert made is not None
    return made


def test_a_mark_is_a_region_and_its_area_the_number_of_organizations() -> None:
    marks = by_name(drawn())
    assert {name: node.value for name, node in marks.items()} == {
        "Eastern Africa": 3,
        "Europe": 1,
        "Oceania": 2,
        "Several regions or not known": 1,
    }
    assert marks["Eastern Africa"].radius == pytest.approx(3**0.5 * marks["Europe"].radius, abs=0.01)
    assert marks["Europe"].label == "Europe · 1"


def test_ties_are_arcs_and_count_the_alliances_between_two_regions() -> None:
    made = drawn()
    called = {node.id: node.name for node in made.nodes}
    shared = {frozenset((called[tie.source], called[tie.target])): tie.shared for tie in made.ties}
    assert shared == {
        frozenset(("Eastern Africa", "Europe")): 2,
        frozenset(("Europe", "Oceania")): 1,
        frozenset(("Eastern Africa", "Several regions or not known")): 1,
    }
    assert all(tie.bend for tie in made.ties)


def test_details_tell_of_the_organizations_and_of_alliances_inside_and_outside() -> None:
    africa = by_name(drawn())["Eastern Africa"]
    assert africa.details == (
        ("Organizations", ("3",)),
        ("Kind", ("ngo: 3",)),
        ("Alliances inside", ("2",)),
        ("To other regions", ("3",)),
    )
    assert [(member.id, member.partners) for member in africa.members or ()] == [("b", 3), ("a", 2), ("c", 2)]


def test_a_country_stands_where_its_organizations_stand() -> None:
    countries = Regions("country", {id: seat for id, seat in SEATS.items() if seat}, SEATS)
    marks = by_name(drawn(countries))
    alone = nx.Graph()
    alone.add_nodes_from((name, {"country": name}) for name in marks if len(name) == 2)
    places = arrange("geo", alone, {}, {name: marks[name].radius for name in alone}).places
    assert {name: (marks[name].x, marks[name].y) for name in alone} == dict(places)


def test_a_region_across_the_date_line_is_not_on_the_other_side_of_the_earth() -> None:
    marks = by_name(drawn())
    assert marks["Oceania"].x < marks["Europe"].x < marks["Eastern Africa"].x
    assert marks["Several regions or not known"].y > max(node.y for name, node in marks.items() if name[:3] != "Sev")


def test_marks_do_not_overlap() -> None:
    for one, other in combinations(drawn().nodes, 2):
        assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 > (one.radius + other.radius) ** 2


def test_the_page_holds_the_organizations_at_their_places_and_opens_one_region() -> None:
    whole = regional(network(), AREAS, title="Map")
    assert (whole.layout, whole.unit.every) == ("geo", "organizations")
    assert dict(whole.groups) == {1: "Eastern Africa", 2: "Europe", 3: "Oceania"}
    assert {node.id: node.group for node in whole.nodes}["e"] is None
    assert whole.provenance.notes[0].startswith("1 organization stands below the map: in several regions, or in none")


def test_above_five_thousand_the_page_holds_regions_only() -> None:
    many = nx.relabel_nodes(nx.path_graph(5_001), {n: f"o{n}" for n in range(5_001)})
    half = {id: ("Kenya", "Mali")[place % 2] for place, id in enumerate(many)}
    made = regional(many, Regions("country", half, half), title="Map")
    assert (made.overview, made.unit.every, [node.value for node in made.nodes]) == (None, "countries", [2_501, 2_500])
    assert made.ties[0].shared == 5_000


def test_where_nobody_has_what_colour_stands_for_all_are_alike() -> None:
    made = drawn(color="country")
    assert ([entry.label for entry in made.legend], made.color_title) == (["all regions"], "")


def test_a_long_name_of_a_country_has_a_shorter_one_beside_its_mark() -> None:
    kingdom = "United Kingdom of Great Britain and Northern Ireland"
    node = drawn(Regions("country", {"a": kingdom}, {"a": "GB"})).nodes[0]
    assert (node.name, node.label) == (kingdom, "United Kingdom · 1")


def test_the_same_network_built_otherwise_gives_the_same_page() -> None:
    other = nx.Graph()
    other.add_nodes_from(reversed(list(network().nodes(data=True))))
    other.add_edges_from((b, a, known) for a, b, known in reversed(list(network().edges(data=True))))
    turned = Regions("region", dict(reversed(AREAS.of.items())), dict(reversed(AREAS.countries.items())))
    assert page(regional(other, turned, title="")) == page(regional(network(), AREAS, title=""))


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(UsageProblem, match=r'"subregio"\. Did you mean "subregion"'):
        regional(network(), Regions("subregio", {}, {}), title="")


def test_regions_go_with_places_on_the_earth_only() -> None:
    with pytest.raises(UsageProblem, match="leave --level out"):
        api.draw(network(), api.Look(regions=AREAS))


def test_an_analysis_colours_and_sizes_a_map_as_it_is() -> None:
    club = partnerships()
    table = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"], "rank_of_two": [1, 2]})
    text = api.draw(club.network, api.Look(color=table, size=table.select("id", "rank_of_two")))
    assert text.count('"Rank of two"') == 2
    with pytest.raises(UsageProblem, match="This one has name, rank_of_two: select two"):
        api.draw(club.network, api.Look(color=table.drop("id")))


def read(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8")
    found: dict[str, Any] = json.loads(text.partition('id="graph-data">')[2].partition("</script>")[0])
    return found


def at_home(known: Partnerships) -> dict[str, str]:
    """The region of each organization, counted by hand: of its seat, else the one where most of its activities were."""
    wider, names = known.setting.regions_at("region"), dict(known.setting.regions.select("id", "name").iter_rows())
    seats = known.setting.based_in.join(wider, on="region").select("organization", "wider")
    where = known.setting.took_place_in.join(wider, on="region").select("activity", "wider").unique()
    counts: dict[str, Counter[str]] = {}
    active = known.incidence.join(where, on="activity").join(seats, on="organization", how="anti")
    for id, region in seats.rows() + active.select("organization", "wider").rows():
        counts.setdefault(id, Counter())[names[region]] += 1
    most = {id: [name for name in count if count[name] == max(count.values())] for id, count in counts.items()}
    return {id: regions[0] for id, regions in most.items() if len(regions) == 1}


def test_regions_of_the_demonstration_count_what_its_tables_say(run: Run, demonstration: str, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    result = run("map", "--store", demonstration, "--layout", "geo", "--level", "region", "-o", str(file))
    assert "where most of their activities took place" in result.stderr
    with api.open(demonstration) as graph:
        projection = graph.project()
        home, shown = at_home(projection.partnerships), projection.network()
    numbers = {node["about"]["name"]: node["about"]["value"] for node in read(file)["overview"]["nodes"]}
    assert numbers.pop("Several regions or not known") == sum(id not in home for id in shown)
    assert numbers == Counter(home[id] for id in shown if id in home)


@pytest.mark.parametrize(
    ("words", "title", "label"),
    [
        (("--color", "region"), "Region", "Arab States"),
        (("--color", "region", "--level", "subregion"), "Subregion", "Western Europe"),
        (("--color", "country"), "Country", "France"),
        (("--color", "competence", "--areas", "field"), "Field", "Culture"),
    ],
)
def test_colour_stands_for_regions_and_areas(
    run: Run, demonstration: str, tmp_path: Path, words: tuple[str, ...], title: str, label: str
) -> None:
    run("map", "--store", demonstration, *words, "-o", str(tmp_path / "map.html"))
    data = read(tmp_path / "map.html")
    assert data["color_title"] == title
    assert label in [entry["label"] for entry in data["legend"]]


def test_of_a_hidden_organization_no_region_is_told(run: Run, demonstration: str, tmp_path: Path) -> None:
    (tmp_path / "hide.txt").write_text("Rotary International\n", "utf-8")
    words = ("--layout", "geo", "--level", "country", "--hide", str(tmp_path / "hide.txt"), "--pseudonyms")
    run("map", "--store", demonstration, *words, "-o", str(tmp_path / "map.html"))
    nodes = {node["id"]: node["about"] for node in read(tmp_path / "map.html")["nodes"]}
    assert "Rotary International" not in (tmp_path / "map.html").read_text("utf-8")
    assert nodes["organization-1"].get("group") is None


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--level", "region"), "--level is for the regions of --color region or of --layout geo: add one of these."),
        (("--areas", "field"), "--areas is for --color competence: add that."),
        (("--color", "competence", "--areas", "goal"), "Of no organization a goal is known"),
    ],
)
def test_what_would_change_nothing_is_refused(
    run: Run, demonstration: str, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    result = run("map", "--store", demonstration, *words, "-o", str(tmp_path / "map.html"))
    assert message in result.stderr
    assert result.exit_code != 0
