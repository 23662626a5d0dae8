"""The library from a notebook: filters as keywords, maps that show themselves, values that tell what they are."""

import base64
import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import get_type_hints

import networkx as nx
import polars as pl
import pytest

import graphmodel
from graphmodel import analysis, api, notebook
from graphmodel.analysis.finding import Finding
from graphmodel.api.drawn import Asked
from graphmodel.api.filter import FLAGS
from graphmodel.api.narrowing import FIELDS, Narrowing
from graphmodel.errors import UsageProblem
from graphmodel.records import Edge, Node

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory):
    with graphmodel.open(str(tmp_path_factory.mktemp("tiny") / "graph.lbug")) as graph:
        assert not graph.load(Path(__file__).parent / "tiny").rejects
        yield graph


def clubs(name: str = "Ada") -> nx.Graph:
    made = nx.Graph()
    made.add_nodes_from([("a", {"name": name}), ("b", {"name": "Ben"})])
    made.add_edge("a", "b", shared=2)
    return made


def page_inside(html: str) -> str:
    (page,) = re.findall(r'srcdoc="([^"]*)"', html)
    return unescape(page)


# Filters as keywords


def test_keywords_mean_what_the_filter_means(tiny: api.Graph) -> None:
    within = api.Filter(regions=("Kenya",), until=date(2021, 12, 31), exclude=("amber",), min_shared=1)
    said = {"region": "Kenya", "until": 2021, "exclude": ["Amber Fund"], "min": 1}
    assert tiny.alliances(**said).equals(tiny.alliances(within))
    assert nx.utils.graphs_equal(tiny.network(**said), tiny.network(within))
    assert tiny.analyse("centrality", **said).table.equals(tiny.analyse("centrality", within).table)
    assert tiny.export("json", **said) == tiny.export("json", within)
    assert tiny.alliances(**said).height < tiny.alliances().height


def test_a_keyword_takes_the_place_of_what_the_filter_says(tiny: api.Graph) -> None:
    found = tiny.project(api.Filter(window=3, since=date(2020, 1, 1)), since="2021").within
    assert (found.window, found.since) == (3, date(2021, 1, 1))


def test_the_keywords_are_the_options_of_the_command_line() -> None:
    assert set(get_type_hints(Narrowing)) == {flag.replace("-", "_") for flag in FLAGS.values()} | {"today"}
    assert set(FIELDS.values()) == set(vars(api.EVERYTHING))


def test_the_keywords_of_a_map_are_fields_of_its_content_and_look() -> None:
    known = {*vars(api.Content()), *vars(api.Look())}
    own = set(get_type_hints(Asked)) - set(FIELDS)
    assert own <= known
    assert known - own == {"within", "centre", "regions", "home"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"regions": "Kenya"},
            'No keyword is "regions". Did you mean "region"? There are: region, competence, kind, activity_kind, role, '
            "since, until, as_of, window, exclude, min, roll_up, today.",
        ),
        ({"since": "soon"}, '"soon" is no day. Write it as 2021-01-31, or a year as 2021.'),
    ],
)
def test_an_unknown_keyword_is_refused(tiny: api.Graph, said: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        tiny.alliances(**said)
    assert str(refused.value) == sentence


def test_an_option_of_an_analysis_comes_before_the_keyword_of_the_same_name(tiny: api.Graph) -> None:
    """`consortium` has a region of its own: the network is not narrowed to it."""
    assert "region" in {option.name for option in analysis.describe("consortium").parameters}
    alone = tiny.project().analyse("consortium", region="Kenya")
    assert tiny.analyse("consortium", region="Kenya").table.equals(alone.table)


def test_only_those_that_stand_out_are_listed_without_naming_a_test(tiny: api.Graph) -> None:
    assert tiny.alliances(show="avoided").columns[-1] == tiny.alliances(test=api.Test(), show="avoided").columns[-1]


def test_a_question_is_asked_by_its_number(tiny: api.Graph) -> None:
    found = tiny.ask(1, organization="Amber Fund", day=date(2021, 6, 1))
    assert found.parameters["day"] == "2021-06-01"
    assert found.table is not None
    assert tiny.ask(13, region="Kenya").within.regions == ("Kenya",)
    with pytest.raises(UsageProblem, match=r"^Question 1 has 1 answer\.$"):
        tiny.ask(1, way=2)


# What values tell


def test_a_graph_tells_what_is_in_it(tiny: api.Graph) -> None:
    said = repr(tiny)
    assert said.startswith(f"Graph at {tiny.store.address}: ")
    assert said.endswith(": 4 sources, 7 regions, 5 competence areas, 10 organizations and 10 activities")
    assert tiny._repr_html_() == notebook.paragraphs([f"{said}."])


def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    path = tmp_path / "none.lbug"
    with graphmodel.open(str(path)) as graph:
        assert repr(graph) == f"Graph at {path}: nothing was loaded yet"
    assert not path.exists()


def test_a_graph_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "letter.lbug").write_text("Dear all")
    with graphmodel.open(str(tmp_path / "letter.lbug")) as graph:
        assert "letter.lbug" in repr(graph)


def test_a_finding_shows_its_sentences_and_its_table() -> None:
    found = Finding(pl.DataFrame({"id": ["a"], "name": [HOSTILE]}), (f"Found {HOSTILE}.",), limits="Little is known.")
    html = found._repr_html_()
    assert "<p>Found &lt;img src=x onerror=alert(1)&gt;.</p><p>Limits: Little is known.</p>" in html
    assert "<table" in html
    assert "<img" not in html


def test_an_answer_shows_its_question_its_table_and_its_cypher(tiny: api.Graph) -> None:
    html = tiny.ask(1, organization="Amber Fund", day="2021-06-01")._repr_html_()
    assert html.startswith("<p>Who are we working with now, on what, where, until when?</p><p>organization: Amber Fund")
    assert "<table" in html
    assert "<details><summary>Cypher</summary><pre>" in html
    assert "graphmodel query partners/current" in html


def test_what_is_known_of_one_organization_is_shown_under_its_name(tiny: api.Graph) -> None:
    html = tiny.organization("Amber Fund", region="Kenya")._repr_html_()
    assert html.startswith("<h3>Amber Fund</h3><p>")
    assert "<h4>Partners</h4><div>" in html
    assert "<h4>Memberships</h4>" not in html
    assert tiny.region("Kenya")._repr_html_().startswith("<h3>Kenya</h3><p>")
    assert tiny.activity("Clean Wells")._repr_html_().startswith("<h3>Clean Wells</h3><p>")


# Maps


def test_a_map_shows_its_whole_page_inside_the_notebook() -> None:
    shown = api.Map(clubs(), api.Look(title="Clubs"))
    html = shown._repr_html_()
    assert html.startswith("<p>Map &quot;Clubs&quot; of 2 organizations, 1 alliance.</p><iframe srcdoc=")
    assert page_inside(html) == shown.html
    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in html


def test_a_hostile_name_stays_inside_the_page() -> None:
    html = api.Map(clubs(f'"></iframe>{HOSTILE}'), api.Look(title=HOSTILE))._repr_html_()
    outside = re.sub(r'srcdoc="[^"]*"', "", html)
    assert "<img" not in html
    assert outside.count("<") == outside.count(">") == 4


def test_notes_stand_beside_the_map() -> None:
    made = clubs()
    made.graph["notes"] = ("A load was cut off.",)
    assert "<p>A load was cut off.</p><iframe" in api.Map(made)._repr_html_()


def test_of_a_very_large_map_a_notebook_shows_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "LARGEST", 100_000)
    html = api.Map(clubs())._repr_html_()
    assert "MB, more than a notebook shows. This is its picture. " in html
    (data,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', html)
    assert b"Ben" in base64.b64decode(data)
    monkeypatch.setattr(notebook, "LARGEST", 100)
    html = api.Map(clubs())._repr_html_()
    assert "more than a notebook shows. To see the page, write it to a file: save(&quot;map.html&quot;)." in html
    assert "<img" not in html


def test_a_map_is_saved_as_its_name_ends_and_over_nothing(tmp_path: Path) -> None:
    shown = api.Map(clubs())
    assert shown.save(str(tmp_path / "map.html")).read_text("utf-8") == shown.html
    assert shown.save(tmp_path / "map.svg").read_bytes().startswith(b"<?xml")
    with pytest.raises(UsageProblem) as refused:
        shown.save(tmp_path / "map.svg")
    there = f"{tmp_path / 'map.svg'} is there already. Choose another name, or say force=True to replace it."
    assert str(refused.value) == there
    shown.save(tmp_path / "map.svg", theme="dark", force=True)
    with pytest.raises(UsageProblem, match=r"^A map is not written as \"map\.docx\"\."):
        shown.save(tmp_path / "map.docx")


def test_a_graph_draws_what_is_asked_for(tiny: api.Graph) -> None:
    shown = tiny.map(region="Kenya", color="country", title="In Kenya", focus="Amber Fund")
    assert shown.look.title == "In Kenya"
    assert shown.look.color[0] == "Country"
    assert shown.network.graph["centre"] in shown.network
    assert shown.network.graph["parameters"][0] == "region Kenya"
    compared = tiny.map(compare=["2020", "2021"])
    assert len(compared.network.graph["compared"]) > 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"colour": "kind"}, r"^No keyword is \"colour\"\. Did you mean \"color\"\? There are: region, "),
        (
            {"rows": "networks/shared_activities", "region": "Kenya"},
            r"^The rows of networks/shared_activities are drawn as they are: leave out region Kenya\.$",
        ),
    ],
)
def test_what_a_map_cannot_be_is_refused(tiny: api.Graph, said: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageProblem, match=sentence):
        tiny.map(**said)


def test_names_that_must_not_appear_are_hidden_by_a_file_named_as_text(tmp_path: Path) -> None:
    (tmp_path / "hidden.txt").write_text("Ada\n")
    with graphmodel.open(str(tmp_path / "graph.lbug")) as graph:
        ends = [Node("Organization", id, {"name": name}) for id, name in (("a", "Ada"), ("b", "Ben"), ("c", "Cleo"))]
        took_part = [Edge("PARTICIPATED_IN", id, "fair", {"role": "host"}) for id in "abc"]
        graph.load([*ends, Node("Activity", "fair", {"name": "Fair"}), *took_part])
        assert "Ada" in graph.map().html
        assert "Ada" not in graph.map(hide=str(tmp_path / "hidden.txt")).html
