"""Alliances saved in the graph: replaced as a whole, stale once the graph changes, and holding nothing in it."""

from datetime import datetime
from typing import Any

import polars as pl

from graphmodel import api, derived
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA

ALLIED = SCHEMA.relationship("ALLIED_WITH")
NOW = datetime(2024, 5, 1, 12, 30)
AMBER, BIRCH, CEDAR = (Node("Organization", id, {"name": id.title()}) for id in ("amber", "birch", "cedar"))
FAIR = Node("Activity", "fair", {"name": "Book fair"})
LIST: list[Record] = [
    AMBER,
    BIRCH,
    FAIR,
    Edge("PARTICIPATED_IN", "amber", "fair"),
    Edge("PARTICIPATED_IN", "birch", "fair"),
]


def rows(*ends: str, **figures: Any) -> pl.DataFrame:
    """Rows as they are saved, of pairs such as "amber birch"."""
    given = [dict(zip(("start_id", "end_id"), pair.split(), strict=True)) for pair in ends]
    none = dict.fromkeys(item.name for item in ALLIED.properties if item.name not in ("source", "stale"))
    return pl.DataFrame(
        [{**none, "record": "everything", **pair, **figures} for pair in given], infer_schema_length=None
    )


def save(graph: api.Graph, frame: pl.DataFrame) -> int:
    """Save rows; return how many elements changed."""
    plan = derived.saving(ALLIED, frame, graph.schema, graph.store, NOW)
    if len(plan):
        graph.store.write(plan)
    return len(plan)


def saved(graph: api.Graph, *columns: str) -> list[tuple[Any, ...]]:
    """What is saved."""
    return graph.store.read(ALLIED).select("start_id", "end_id", *columns).rows()


def test_what_is_saved_takes_the_place_of_what_was(graph: api.Graph) -> None:
    graph.load([*LIST, CEDAR], source="list")
    assert save(graph, rows("amber birch", "amber cedar", shared=2, q=0.25)) == 3
    assert saved(graph, "shared", "q", "stale") == [
        ("amber", "birch", 2, 0.25, False),
        ("amber", "cedar", 2, 0.25, False),
    ]
    save(graph, rows("amber birch", "birch cedar", shared=1))
    assert saved(graph, "shared", "q") == [("amber", "birch", 1, None), ("birch", "cedar", 1, None)]


def test_saving_the_same_again_changes_nothing(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    save(graph, rows("amber birch", shared=1))
    assert save(graph, rows("amber birch", shared=1)) == 0


def test_a_load_that_changes_something_makes_it_stale_and_the_same_load_does_not(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    save(graph, rows("amber birch", shared=1))
    assert graph.load(LIST, source="list").changes == 0
    assert saved(graph, "stale") == [("amber", "birch", False)]
    report = graph.load([CEDAR], source="list")
    assert saved(graph, "shared", "stale") == [("amber", "birch", 1, True)]
    assert report.notices == ("1 saved alliance is stale now. To compute them anew: graphmodel alliances --save",)
    assert graph.load([Node("Organization", "dill", {"name": "Dill"})], source="list").notices == ()


def test_saving_again_makes_it_fresh(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    save(graph, rows("amber birch", shared=1))
    graph.load([CEDAR], source="list")
    save(graph, rows("amber birch", shared=1))
    assert saved(graph, "stale") == [("amber", "birch", False)]


def test_an_organization_that_no_source_describes_goes_and_its_saved_alliances_with_it(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    graph.load([CEDAR, AMBER], source="other")
    save(graph, rows("amber birch", "amber cedar", shared=1))
    graph.remove("other")
    assert graph.store.read(SCHEMA.node("Organization"))["id"].to_list() == ["amber", "birch"]
    assert saved(graph, "stale") == [("amber", "birch", True)]


def test_what_is_saved_can_be_taken_out_like_any_source(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    before = [graph.store.read(type_).rows() for type_ in SCHEMA]
    save(graph, rows("amber birch", shared=1))
    assert graph.sources().filter(id="graphmodel").select("title", "relationships").rows() == [
        ("Computed by graphmodel from the other sources", 1)
    ]
    graph.remove("graphmodel")
    assert [graph.store.read(type_).rows() for type_ in SCHEMA] == before


def test_no_file_and_no_mapping_brings_what_is_derived() -> None:
    assert ALLIED not in SCHEMA.files.values()


def test_status_tells_what_is_stale(graph: api.Graph) -> None:
    graph.load(LIST, source="list")
    save(graph, rows("amber birch", shared=1))
    assert graph.status().notes == ()
    graph.load([CEDAR], source="list")
    assert graph.status().notes == ("1 saved alliance is stale now. To compute them anew: graphmodel alliances --save",)
