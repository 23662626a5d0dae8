"""`graphmodel map`: pages and pictures, what they show, and what they keep to themselves."""

from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from graphmodel import api
from graphmodel.analysis.structure import shortest
from tests.conftest import Run

HUBLESS = ("--exclude", "unesco", "--exclude", "lc")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("form", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF"), ("html", b"<!d")])
def test_the_end_of_the_name_says_what_is_drawn(
    run: Run, demonstration: str, tmp_path: Path, form: str, start: bytes
) -> None:
    for name in ("one", "two"):
        result = run("map", "--store", demonstration, *HUBLESS, "-o", f"{name}.{form}")
        assert result.stderr == f"52 organizations, 143 alliances: {name}.{form}\n"
    drawn = (tmp_path / f"one.{form}").read_bytes()
    assert start in drawn[:200]
    assert drawn == (tmp_path / f"two.{form}").read_bytes()


def test_a_picture_names_its_heading_and_its_organizations(run: Run, demonstration: str, tmp_path: Path) -> None:
    run("map", "--store", demonstration, *HUBLESS, "--title", "Partners", "-o", "map.svg")
    texts = ElementTree.parse(tmp_path / "map.svg").getroot().iter(f"{SVG}title")
    told = [text.text or "" for text in texts]
    assert told[0].startswith("Partners")
    assert any(text.startswith("Rotary International") for text in told)


def test_another_end_is_refused_before_anything_is_read(run: Run) -> None:
    result = run("map", "--store", "nothing.lbug", "-o", "map.docx")
    assert result.exit_code == 2
    sentence = 'A map is not written as "map.docx". End the name in one of: .html, .svg, .png, .pdf.'
    assert sentence in result.stderr


@pytest.mark.parametrize("form", ["html", "svg"])
@pytest.mark.parametrize("how", [(), ("--pseudonyms",)])
def test_who_is_to_be_hidden_is_nowhere_in_the_file(
    run: Run, demonstration: str, tmp_path: Path, form: str, how: tuple[str, ...]
) -> None:
    (tmp_path / "secret.txt").write_text("# not to be shown\nSoroptimist International\nafal\n", encoding="utf-8")
    run("map", "--store", demonstration, *HUBLESS, "-o", f"plain.{form}")
    result = run("map", "--store", demonstration, *HUBLESS, "--hide", "secret.txt", *how, "-o", f"map.{form}")
    assert result.exit_code == 0
    plain, kept = ((tmp_path / f"{name}.{form}").read_text(encoding="utf-8") for name in ("plain", "map"))
    for word in ("Soroptimist International", "Association francophone d'amitie"):
        assert word.split()[0] in plain
        assert word not in kept
    assert ("Organization 1" in kept) == bool(how)


def test_an_unknown_organization_to_hide_is_refused_with_the_nearest(
    run: Run, demonstration: str, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("sozopole", encoding="utf-8")
    result = run("map", "--store", demonstration, "--hide", "secret.txt")
    assert result.stderr == 'Error: There is no Organization "sozopole". Did you mean "sozopol"?\n'
    assert not (tmp_path / "map.html").exists()
    alone = run("map", "--store", demonstration, "--pseudonyms")
    assert "--pseudonyms is for those of --hide: name a file of organizations." in alone.stderr


def test_organizations_stand_on_the_earth_or_around_one(run: Run, demonstration: str, tmp_path: Path) -> None:
    earth = run("map", "--store", demonstration, "--layout", "geo", "-o", "earth.svg")
    assert "60 organizations, 237 alliances" in earth.stderr
    assert "Place not known: 19 organizations" in (tmp_path / "earth.svg").read_text(encoding="utf-8")
    near = ("--layout", "radial", "--focus", "rotary", "--depth", "2")
    assert run("map", "--store", demonstration, *HUBLESS, *near, "-o", "around.svg").exit_code == 0
    assert "2 steps away" in (tmp_path / "around.svg").read_text(encoding="utf-8")
    without = run("map", "--store", demonstration, "--layout", "radial", "-o", "none.svg")
    assert without.exit_code == 2
    assert "--focus" in without.stderr


def test_where_no_alliance_is_more_than_chance_the_page_says_so(run: Run, demonstration: str, tmp_path: Path) -> None:
    result = run("map", "--store", demonstration, *HUBLESS, "--only", "significant")
    told = [
        "The map is empty: there is nothing to draw that is more than chance.",
        "0 organizations, 0 alliances: map.html",
    ]
    assert result.stderr.splitlines() == told
    assert '"tested":143' in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_of_a_network_that_is_shown_as_groups_no_activities_are_gathered(demonstration: str) -> None:
    with api.open(demonstration) as graph:
        projection = graph.project()
        whole, groups = projection.told(None, most_detailed=60), projection.told(None, most_detailed=59)
    assert whole.graph["activities"]
    assert any(whole.edges[ends]["activities"] for ends in whole.edges)
    assert "activities" not in groups.graph
    assert not any("activities" in groups.edges[ends] for ends in groups.edges)
    assert groups.graph["hash"] == whole.graph["hash"]
    assert len(groups) == len(whole) == 60


@pytest.mark.parametrize(
    ("told", "layout", "ways"),
    [
        ({}, "communities", "--focus, --only significant or --min"),
        ({"tested": 9}, "communities", "--focus or --min"),
        ({}, "bipartite", "--focus"),
    ],
    ids=["all ties", "those beyond chance", "activities"],
)
def test_a_network_too_large_for_one_map_is_told_what_would_make_it_smaller(
    told: dict[str, int], layout: str, ways: str
) -> None:
    network = nx.empty_graph(api.most_shown() + 1)
    network.graph.update(told)
    assert api.large(network, api.Look(layout=layout)) == (
        f"More than 5,000 organizations: the map shows their groups only. To see organizations, show fewer: {ways}.",
    )


def test_betweenness_is_drawn_as_networkx_has_it(demonstration: str) -> None:
    with api.open(demonstration) as graph:
        network = graph.network(exclude=api.HUBS)
        sides = graph.map(exclude=api.HUBS, compare=("2006-2012", "2013-2016")).network
    for drawn in (network, sides):
        pictures = [
            api.draw_as(drawn, "svg", api.Look(size=size))
            for size in ("betweenness", ("Betweenness", nx.betweenness_centrality))
        ]
        assert pictures[0] == pictures[1]


def test_of_a_large_network_the_map_says_that_betweenness_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortest, "STEPS", 100)
    page = api.draw(nx.karate_club_graph(), api.Look(size="betweenness"))
    assert "Betweenness, estimated from 250 organizations" in page
