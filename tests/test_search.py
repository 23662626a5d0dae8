"""Finding a node by what people call it."""

from pathlib import Path

import polars as pl
import pytest

from graphmodel import api
from graphmodel.api import Edge, Node
from graphmodel.api.search import MOST, called, search
from graphmodel.errors import StoreMissing

RECORDS = [
    Node("Organization", "fao", {"name": "Food and Agriculture Organization", "acronym": "FAO", "kind": "agency"}),
    Node("Organization", "XM-DAC-41301", {"name": "Food & Agriculture Org. of the UN"}),
    Node("Organization", "faolex", {"name": "Faolex"}),
    Node("Organization", "sfao", {"name": "Sofao Institute"}),
    Node("Organization", "who", {"name": "World Health Organization", "acronym": "WHO"}),
    Node("Organization", "whole", {"name": "Whole Earth"}),
    Node("Organization", "ecole", {"name": "École de la Santé", "country": "FR"}),
    Node("Region", "CI", {"name": "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "kind": "country"}),
    Node("CompetenceArea", "food", {"name": "Food"}),
    Node("Activity", "fair", {"name": "Food fair of the world"}),
    Edge("PARTICIPATED_IN", "fao", "fair", {"role": "host"}),
]


@pytest.fixture
def loaded(graph: api.Graph) -> api.Graph:
    graph.load(RECORDS)
    return graph


def ids(found: pl.DataFrame) -> list[str]:
    return found["id"].to_list()


def test_beginnings_stand_before_middles_and_an_acronym_before_both(loaded: api.Graph) -> None:
    assert ids(loaded.search("fao")) == ["fao", "faolex", "sfao"]
    assert ids(loaded.search("who")) == ["who", "whole"]
    assert ids(loaded.search("food"))[0] == "food"
    assert ids(loaded.search("world")) == ["who", "fair"]


def test_case_accents_and_punctuation_make_no_difference(loaded: api.Graph) -> None:
    assert ids(loaded.search("ECOLE DE LA SANTE")) == ["ecole"]
    assert ids(loaded.search("école")) == ["ecole"]
    assert ids(loaded.search("cote d'ivoire")) == ids(loaded.search("cote divoire")) == ["CI"]
    assert ids(loaded.search("  agriculture,  FOOD ")) == ["XM-DAC-41301", "fao"]


def test_an_id_is_found_from_its_beginning(loaded: api.Graph) -> None:
    assert ids(loaded.search("xm-dac-413")) == ["XM-DAC-41301"]
    assert ids(loaded.search("41301")) == []


def test_few_letters_find_beginnings_only(loaded: api.Graph) -> None:
    assert ids(loaded.search("fa")) == ["faolex", "fao", "fair"]
    assert ids(loaded.search("ao")) == []


def test_what_says_nothing_finds_nothing(loaded: api.Graph) -> None:
    for text in ("", "  ", "...", "zzz", "%", "\n"):
        assert ids(loaded.search(text)) == []


def test_one_label_may_be_asked_for(loaded: api.Graph) -> None:
    assert ids(loaded.search("food", "Activity")) == ["fair"]
    assert loaded.search("food")["label"].to_list()[0] == "CompetenceArea"


def test_an_organization_is_found_by_the_names_of_those_that_are_the_same(tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.csv"
    judgements.write_text("first,second,judgement\nfao,XM-DAC-41301,same\n", "utf-8")
    with api.open(str(tmp_path / "graph.lbug"), judgements=judgements) as graph:
        graph.load(RECORDS)
        found = graph.search("agriculture org un").row(0, named=True)
        by_id = ids(graph.search("XM-DAC-41301"))
    assert found["id"] in ("fao", "XM-DAC-41301")
    assert by_id == [found["id"]]
    assert len({found["name"], found["known_as"]}) == 2


def test_names_that_look_like_patterns_are_texts(empty_graph: api.Graph) -> None:
    empty_graph.load([Node("Organization", "odd", {"name": "(a+)+$ <b>[x]"})])
    assert ids(empty_graph.search("(a+)+$ <b>[x]")) == ["odd"]


def test_no_more_hits_come_than_a_person_looks_through() -> None:
    names = ("label", "id", "name", "acronym", "kind", "country", "known_as", "known_acronym")
    rows = [(0, f"o{number:04}", f"Fund {number:04}", None, None, None, None, None) for number in range(1_000)]
    known = called(pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"label": pl.Int8}, orient="row"))
    assert ids(search(known, "fund")) == [f"o{number:04}" for number in range(MOST)]
    assert ids(search(known.reverse(), "fund", most=3)) == ["o0000", "o0001", "o0002"]


def test_where_nothing_was_loaded_that_is_said(empty_graph: api.Graph) -> None:
    with pytest.raises(StoreMissing):
        empty_graph.search("x")
