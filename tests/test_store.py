"""The contract of a store. Every test runs on each engine, unedited."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from graphmodel import api, batch, plan
from graphmodel.errors import QueryRefused
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA, Kind, Property, RelationshipType, Schema
from graphmodel.store import open_store
from graphmodel.store.base import Limit, Store

NOW = datetime(2024, 5, 1, 12, 30)
ORGANIZATION = SCHEMA.node("Organization")
TOOK_PART = SCHEMA.relationship("PARTICIPATED_IN")
NETWORK: list[Record] = [
    Node("Organization", "amber", {"name": "Amber Fund", "founded": 1948, "latitude": 48.8534, "longitude": -0.1}),
    Node("Organization", "birch", {"name": "Birch »Trust« 樺 \"'\\ </script>", "country": "NA"}),
    Node("Activity", "fair", {"name": "Book fair", "started": date(2021, 2, 28), "budget": 1e-7, "currency": "EUR"}),
    Edge("PARTICIPATED_IN", "amber", "fair", {"role": "host", "record": "page 3"}),
    Edge("PARTICIPATED_IN", "amber", "fair", {"role": "funder", "contribution": 12.5}),
    Edge("PARTICIPATED_IN", "birch", "fair"),
]


def load(store: Store, records: list[Record], source: str = "hand", now: datetime = NOW) -> plan.Plan:
    """Load records as the library does, at a given moment."""
    made = plan.make(batch.gather(records, store.schema, source), store.schema, store, now)
    if len(made):
        store.write(made)
    return made


def test_nothing_is_there_before_the_first_load(store: Store) -> None:
    assert [store.count(type_) for type_ in SCHEMA] == [0] * len(list(SCHEMA))
    assert store.read(ORGANIZATION).is_empty()
    assert store.read(TOOK_PART).is_empty()


def test_what_was_loaded_is_read_back_with_its_types(store: Store) -> None:
    load(store, NETWORK)
    organizations = store.read(ORGANIZATION)
    assert dict(organizations.schema) == batch.frame_schema(ORGANIZATION)
    assert organizations.select("id", "name", "country", "founded", "latitude", "sources").rows() == [
        ("amber", "Amber Fund", None, 1948, 48.8534, ["hand"]),
        ("birch", "Birch »Trust« 樺 \"'\\ </script>", "NA", None, None, ["hand"]),
    ]
    activities = store.read(SCHEMA.node("Activity"))
    assert activities.select("id", "started", "ended", "budget").rows() == [("fair", date(2021, 2, 28), None, 1e-7)]
    assert store.read(TOOK_PART).rows() == [
        ("amber", "fair", "funder", 12.5, None, "hand", "records:5"),
        ("amber", "fair", "host", None, None, "hand", "page 3"),
        ("birch", "fair", "", None, None, "hand", "records:6"),
    ]


def test_some_nodes_and_the_edges_that_start_from_some_can_be_read_alone(store: Store) -> None:
    load(store, NETWORK)
    assert store.read(ORGANIZATION, pl.Series(["birch", "nobody"]))["id"].to_list() == ["birch"]
    assert store.read(TOOK_PART, pl.Series(["birch", "nobody"]))["start_id"].to_list() == ["birch"]
    assert store.read(ORGANIZATION, pl.Series([], dtype=pl.String)).is_empty()


def test_a_query_gives_plain_python_values(store: Store) -> None:
    load(store, NETWORK)
    table = store.query(
        "MATCH (o:Organization)-[r:PARTICIPATED_IN]->(a:Activity) WHERE r.role IN $roles "
        "RETURN o.name AS name, a.started AS started, o.sources AS sources, type(r) AS type ORDER BY name",
        {"roles": ["host"]},
    )
    assert table.columns == ("name", "started", "sources", "type")
    assert table.rows == (("Amber Fund", date(2021, 2, 28), ["hand"], "PARTICIPATED_IN"),)


def test_a_node_is_returned_as_its_known_properties(store: Store) -> None:
    load(store, NETWORK)
    ((node,),) = store.query("MATCH (o:Organization {id: 'birch'}) RETURN o", {}).rows
    assert node == {"id": "birch", "name": "Birch »Trust« 樺 \"'\\ </script>", "country": "NA", "sources": ["hand"]}


def test_the_same_load_twice_changes_nothing(store: Store) -> None:
    first = load(store, NETWORK)
    again = load(store, NETWORK, now=datetime(2025, 1, 1))
    assert (len(first), len(again)) == (7, 0)
    assert sum(change.unchanged for change in again.changes) == 7
    assert store.read(SCHEMA.node("Source"))["loaded"].to_list() == [NOW]


def test_a_partial_record_never_erases(store: Store) -> None:
    load(store, NETWORK)
    load(store, [Node("Organization", "amber", {"acronym": "AF"})])
    row = store.read(ORGANIZATION).row(0, named=True)
    assert (row["name"], row["founded"], row["acronym"]) == ("Amber Fund", 1948, "AF")


def test_a_changed_value_is_changed_and_counted(store: Store) -> None:
    load(store, NETWORK)
    later = datetime(2025, 1, 1)
    made = load(
        store,
        [
            Node("Organization", "amber", {"founded": 1949}),
            Edge("PARTICIPATED_IN", "amber", "fair", {"role": "funder", "contribution": 13.5}),
        ],
        now=later,
    )
    assert [(change.type.title, len(change.changed)) for change in made.changes if len(change)] == [
        ("Source", 1),
        ("Organization", 1),
        ("Organization PARTICIPATED_IN Activity", 1),
    ]
    assert store.read(ORGANIZATION)["founded"].to_list() == [1949, None]
    assert store.read(TOOK_PART)["contribution"].to_list() == [13.5, None, None]
    assert store.read(SCHEMA.node("Source"))["loaded"].to_list() == [later]


def test_two_sources_may_claim_one_tie_and_both_are_kept(store: Store) -> None:
    load(store, NETWORK)
    load(store, [Edge("PARTICIPATED_IN", "birch", "fair", {"record": "line 9"})], source="website")
    load(store, [Node("Organization", "birch", {"acronym": "BT"})], source="website")
    claims = store.read(TOOK_PART, pl.Series(["birch"])).select("source", "record").rows()
    assert claims == [("hand", "records:6"), ("website", "line 9")]
    assert store.read(ORGANIZATION)["sources"].to_list() == [["hand"], ["hand", "website"]]


def test_a_source_is_complete_once_its_load_is(store: Store) -> None:
    load(store, [Node("Source", "hand", {"title": "By hand", "licence": "MIT"}), *NETWORK])
    columns = ("id", "name", "title", "licence", "loaded", "complete")
    assert store.read(SCHEMA.node("Source")).select(columns).rows() == [
        ("hand", "By hand", "By hand", "MIT", NOW, True)
    ]


def test_an_end_may_be_in_the_store_or_in_the_load_but_not_nowhere(store: Store) -> None:
    load(store, NETWORK)
    made = load(
        store,
        [
            Edge("PARTICIPATED_IN", "amber", "nothing"),
            Node("Organization", "cedar", {"name": "Cedar"}),
            Edge("PARTICIPATED_IN", "cedar", "fair"),
        ],
    )
    assert [(reject.kind, reject.column, reject.found) for reject in made.rejects] == [
        ("dangling", "activity", "nothing")
    ]
    assert store.count(TOOK_PART) == 4


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (o:Organization) SET o.name = 'X'",
        "MATCH (o:Organization) DETACH DELETE o",
        "MATCH (o:Organization) WITH o CREATE (:Activity {id: o.id})",
    ],
)
def test_the_engine_itself_refuses_a_query_that_writes(store: Store, cypher: str) -> None:
    load(store, NETWORK)
    with pytest.raises(QueryRefused) as refusal:
        store.query(cypher, {})
    assert str(refusal.value) == "Queries only read; this one writes. Data comes in by `graphmodel load`."
    assert refusal.value.__cause__ is not None
    assert store.read(ORGANIZATION)["name"].to_list() == ["Amber Fund", "Birch »Trust« 樺 \"'\\ </script>"]


@pytest.mark.parametrize(
    "cypher", ["CREATE (:Organization {id: 'x', name: 'X'})", "MERGE (o:Organization {id: 'x'}) RETURN o.id"]
)
def test_a_query_that_begins_with_writing_is_refused_before_the_engine_sees_it(store: Store, cypher: str) -> None:
    load(store, NETWORK)
    with pytest.raises(QueryRefused) as refusal:
        store.query(cypher, {})
    assert str(refusal.value) == "Queries only read; this one writes. Data comes in by `graphmodel load`."
    assert store.count(ORGANIZATION) == 2


def test_a_query_that_the_engine_does_not_run_says_so(store: Store) -> None:
    load(store, NETWORK)
    with pytest.raises(QueryRefused, match="does not run this query"):
        store.query("MATCH (o:Organization RETURN o", {})


def test_a_query_that_takes_too_long_is_stopped_and_the_store_goes_on(store: Store) -> None:
    load(store, NETWORK)
    with pytest.raises(QueryRefused) as refusal:
        store.query(
            "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
            "RETURN count(CASE WHEN a * b = c THEN 1 END) AS n",
            {},
            Limit(seconds=0.2),
        )
    assert str(refusal.value) == (
        "The query was stopped after 0.2 seconds. Ask for less: name an organization, a region or a label where it "
        "begins, or add a LIMIT."
    )
    assert store.query("MATCH (o:Organization) RETURN count(o) AS n", {}, Limit(seconds=60)).rows == ((2,),)


def test_of_many_rows_the_first_are_given(store: Store) -> None:
    load(store, NETWORK)
    rows = "UNWIND range(1, 100) AS n RETURN n ORDER BY n"
    assert store.query(rows, {}, Limit(rows=3)).rows == ((1,), (2,), (3,))
    assert len(store.query(rows, {}, Limit(rows=200)).rows) == 100


def test_many_threads_ask_and_read_at_once(store: Store) -> None:
    load(store, NETWORK)

    def ask(number: int) -> tuple[int, int]:
        asked = store.query("MATCH (o:Organization) RETURN count(o) + $more AS n", {"more": number})
        return asked.rows[0][0], store.read(TOOK_PART).height

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(ask, range(64))) == [(2 + number, 3) for number in range(64)]


def test_who_reads_is_not_disturbed_by_a_load_and_sees_all_of_it_when_asking_anew(tmp_path: Path) -> None:
    path = str(tmp_path / "graph.lbug")
    with open_store(path, SCHEMA) as reader, open_store(path, SCHEMA) as writer:
        load(writer, NETWORK)
        assert reader.count(ORGANIZATION) == 2
        load(
            writer,
            [Node("Organization", "cedar", {"name": "Cedar Trust"}), Node("Organization", "amber", {"founded": 1950})],
        )
        assert reader.read(ORGANIZATION)["founded"].to_list() == [1948, None]
        assert reader.count(TOOK_PART) == 3
        reader.close()
        assert reader.read(ORGANIZATION)["founded"].to_list() == [1950, None, None]


@pytest.fixture
def wider() -> Schema:
    """Return a copy of the model with one relationship type more, and one property more of a type that it has."""
    mentors = RelationshipType(
        "Organization",
        "MENTORS",
        "Organization",
        "teaches",
        "mentors.csv",
        ("mentor", "learner"),
        own=(Property("hours", Kind.INTEGER),),
    )
    fields = replace(SCHEMA.relationship("PART_OF", "Region"), start="Region", end="CompetenceArea", file="odd.csv")
    return Schema(SCHEMA.nodes, (*SCHEMA.relationships, mentors, fields))


def test_a_relationship_type_that_is_declared_can_be_loaded_and_read(
    address: str, wider: Schema, tmp_path: Path
) -> None:
    with open_store(address, SCHEMA) as older:
        load(older, NETWORK)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "mentors.csv").write_text("mentor,learner,hours\namber,birch,12\n", encoding="utf-8")
    with api.open(address, wider) as graph:
        assert graph.store.read(wider.relationship("MENTORS")).is_empty()
        assert graph.load(folder).rejects == ()
        assert graph.store.read(wider.relationship("MENTORS")).rows() == [
            ("amber", "birch", 12, "folder", "mentors.csv:2")
        ]
        found = graph.cypher("MATCH (a)-[r:MENTORS]->(b) RETURN a.id AS a, type(r) AS type, r.hours AS hours")
        assert found.rows == (("amber", "MENTORS", 12),)
        assert graph.store.count(TOOK_PART) == 3


def test_a_property_that_is_declared_later_is_null_in_what_is_older(address: str) -> None:
    with open_store(address, SCHEMA) as older:
        load(older, NETWORK)
    organization = replace(ORGANIZATION, own=(*ORGANIZATION.own, Property("motto")))
    newer = Schema(tuple(organization if item is ORGANIZATION else item for item in SCHEMA.nodes), SCHEMA.relationships)
    with open_store(address, newer) as store:
        assert store.read(organization)["motto"].to_list() == [None, None]
        load(store, [Node("Organization", "amber", {"motto": "On"})])
        assert store.read(organization)["motto"].to_list() == ["On", None]
