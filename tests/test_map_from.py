"""`graphmodel map --from`: a file of ties or a query; and what a map says of how it was asked for."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import polars as pl
import pytest

from graphmodel import api
from tests.conftest import Run

HUBLESS = ("--exclude", "unesco", "--exclude", "lc")


def drawn(path: Path) -> dict[str, Any]:
    """What a page shows."""
    text = path.read_text(encoding="utf-8").partition('id="graph-data">')[2].partition("</script>")[0]
    return json.loads(text)


def content(page: dict[str, Any]) -> Any:
    """Places, names and figures; what a file of ties cannot tell is left out."""
    nodes = [(node["id"], node["x"], node["y"], node["label"], node["about"].get("kind")) for node in page["nodes"]]
    untold = ("activities", "entry")
    edges = [
        (edge["from"], edge["to"], {k: v for k, v in edge["about"].items() if k not in untold})
        for edge in page["edges"]
    ]
    return nodes, edges


@pytest.mark.parametrize("form", ["csv", "json", "ndjson", "parquet", "xlsx"])
def test_what_alliances_wrote_is_drawn_as_the_store_draws_it(
    run: Run, demonstration: str, tmp_path: Path, form: str
) -> None:
    if form == "xlsx":
        run("alliances", "--store", demonstration, *HUBLESS, "-o", "ties.csv")
        pl.read_csv("ties.csv", schema_overrides={"sign": pl.String}).write_excel("ties.xlsx")
    else:
        run("alliances", "--store", demonstration, *HUBLESS, "-o", f"ties.{form}")
    run("map", "--store", demonstration, *HUBLESS, "-o", "direct.html")
    result = run("map", "--store", demonstration, "--from", f"ties.{form}")
    assert result.stderr == "52 organizations, 143 alliances: map.html\n"
    page = drawn(tmp_path / "map.html")
    assert content(page) == content(drawn(tmp_path / "direct.html"))
    assert [source["title"] for source in page["provenance"]["sources"]] == [f"ties.{form}"]


def test_a_file_alone_is_enough_and_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("source,target,weight,note\nAlpha,Beta,2,x\nBeta,Gamma,1,y\n", encoding="utf-8")
    for name in ("one", "two"):
        result = run("map", "--from", "own.csv", "-o", f"{name}.html")
        assert result.stderr == (
            f"A map has no use for these columns: note.\n3 organizations, 2 alliances: {name}.html\n"
        )
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    page = drawn(tmp_path / "one.html")
    assert [node["about"]["name"] for node in page["nodes"]] == ["Alpha", "Beta", "Gamma"]
    assert [line["label"] for line in page["lines"]] == ["As listed"]
    assert [(entry["label"], entry["hollow"]) for entry in page["legend"]] == [("all organizations", False)]


def test_who_is_to_be_hidden_is_not_in_the_map_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("source,target\nAlpha,Beta\nBeta,Gamma\nAlpha,Gamma\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("gamma\n", encoding="utf-8")
    assert run("map", "--from", "own.csv", "--hide", "secret.txt").exit_code == 0
    text = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert ("Alpha" in text, "Gamma" in text) == (True, False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--from", "own.csv", "--region", "Africa", "--min", "2"),
            "Leave out --region, --min: --from draws the rows of own.csv as they are. To draw a part of the alliances, "
            "list it first: graphmodel alliances, with the same options, -o ties.csv.",
        ),
        (
            ("--from", "two_mode", "--since", "2015"),
            "Leave out --since: --from draws the rows of two_mode as they are. To draw a part of the alliances, "
            "list it first: graphmodel alliances, with the same options, -o ties.csv.",
        ),
        (
            ("--from", "own.csv", "-p", "min=2"),
            "-p is for the parameters of a query, and own.csv is a file: leave it out.",
        ),
        (("--from", "owm.csv"), 'There is no file owm.csv. Did you mean "own.csv"?'),
        (("--from", "own.cvs"), '"own.cvs" is neither a query nor a file with ties. Did you mean "own.csv"?'),
        (("--from", "two_mod"), '"two_mod" is neither a query nor a file with ties. Did you mean "two_mode"?'),
        (
            ("--from", "two_mode"),
            '"two_mode" is a query and a file. Write ./two_mode for the file, or rename it for the query.',
        ),
        (
            ("--from", "own.csv", "--store", "none.lbug"),
            "There is no graph at none.lbug yet. Run `graphmodel demo` for the demonstration, or `graphmodel load "
            "FOLDER` for your own data.",
        ),
    ],
)
def test_what_cannot_be_drawn_so_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "own.csv").write_text("source,target\na,b\n", encoding="utf-8")
    if words == ("--from", "two_mode"):
        (tmp_path / "two_mode").write_text("source,target\na,b\n", encoding="utf-8")
    result = run("map", *words)
    assert (result.exit_code != 0, result.stderr.splitlines()[-1]) == (True, f"Error: {sentence}")
    assert not (tmp_path / "map.html").exists()


def test_parameters_without_a_query_are_refused(run: Run) -> None:
    assert "Error: -p is for the parameters of a query: name one by --from." in run("map", "-p", "min=2").stderr


def test_a_map_tells_what_was_asked_for(run: Run, demonstration: str, tmp_path: Path) -> None:
    asked = (*HUBLESS, "--since", "2012", "--focus", "rotary", "--depth", "2", "--layout", "radial")
    run("map", "--store", demonstration, *asked, "-o", "map.html")
    assert drawn(tmp_path / "map.html")["provenance"]["parameters"] == [
        "since 2012-01-01",
        "without lc, unesco",
        "test sdsm, exact, bh, 0.05",
        "2 steps around Rotary International",
        "layout radial",
    ]
    run("map", "--store", demonstration, *HUBLESS, "-o", "map.svg")
    lines = ElementTree.parse(tmp_path / "map.svg").iter("{http://www.w3.org/2000/svg}text")
    assert "Parameters: without lc, unesco; test sdsm, exact, bh, 0.05." in " ".join(line.text or "" for line in lines)
    run("map", "--store", demonstration, "-o", "all.html")
    assert drawn(tmp_path / "all.html")["provenance"]["parameters"] == ["test sdsm, exact, bh, 0.05"]


def test_what_was_asked_for_does_not_name_who_is_hidden(run: Run, demonstration: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Soroptimist International\n", encoding="utf-8")
    asked = ("--exclude", "soroptimist international", "--hide", "secret.txt")
    assert run("map", "--store", demonstration, *asked).exit_code == 0
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert drawn(tmp_path / "map.html")["provenance"]["parameters"][0] == "without [withheld]"
    assert "soroptimist" not in page.lower()


@pytest.fixture
def resolved(demonstration: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The demonstration, in which AFAL and Rotary are judged to be one."""
    file = tmp_path / "judgements.csv"
    file.write_text("first,second,judgement\nafal,rotary,same\n", encoding="utf-8")
    monkeypatch.setenv("GRAPHMODEL_JUDGEMENTS", str(file))
    return demonstration


def test_a_body_goes_by_the_names_and_ids_of_all_that_are_one(resolved: str) -> None:
    with api.open(resolved) as graph:
        told = graph.project(api.Filter(exclude=("unesco", "lc"))).told(None).nodes["afal"]
    assert (told["other_names"], told["other_ids"]) == (["RI", "Rotary International"], ["rotary"])


@pytest.mark.parametrize("how", [(), ("--pseudonyms",)])
def test_the_other_names_of_a_body_that_is_hidden_are_nowhere(
    run: Run, resolved: str, tmp_path: Path, how: tuple[str, ...]
) -> None:
    (tmp_path / "secret.txt").write_text("rotary\n", encoding="utf-8")
    run("map", "--store", resolved, *HUBLESS, "-o", "plain.html")
    assert run("map", "--store", resolved, *HUBLESS, "--hide", "secret.txt", *how).exit_code == 0
    plain, kept = ((tmp_path / name).read_text(encoding="utf-8").lower() for name in ("plain.html", "map.html"))
    for word in ("afal", "association francophone d'amitie", "rotary international"):
        assert word in plain
        assert word not in kept


@pytest.mark.parametrize(
    ("labels", "label", "written"),
    [
        ("short", "WFUCA", (False, True)),  # a picture of a few has room for the whole name
        ("acronym", "WFUCA", (True, False)),
        ("name", "World Federation of UNESCO Clubs, Centres and Associations", (False, True)),
        ("none", "WFUCA", (False, False)),
    ],
)
def test_labels_say_what_is_written_beside_marks(
    run: Run, demonstration: str, tmp_path: Path, labels: str, label: str, written: tuple[bool, bool]
) -> None:
    (tmp_path / "ties.csv").write_text("source,target\nwfuca,icjw\n", encoding="utf-8")
    run("map", "--store", demonstration, "--from", "ties.csv", "--labels", labels)
    page = drawn(tmp_path / "map.html")
    assert (page["naming"], {node["id"]: node["label"] for node in page["nodes"]}["wfuca"]) == (labels, label)
    run("map", "--store", demonstration, "--from", "ties.csv", "--labels", labels, "-o", "map.svg")
    names = (tmp_path / "map.svg").read_text(encoding="utf-8").partition('id="names"')[2]
    assert ("WFUCA" in names, "UNESCO" in names) == written
