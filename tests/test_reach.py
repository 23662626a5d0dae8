"""Queries only read, and only the graph: nothing that a query says reaches a file, a page, a setting or the data."""

from pathlib import Path

import pytest

from graphmodel.errors import QueryRefused
from graphmodel.store.base import Store
from graphmodel.store.reach import refuse, refuse_large
from tests.test_store import NETWORK, load

WRITES = (
    "CREATE (o:Organization {id: 'x'})",
    "MERGE (o:Organization {id: 'x'}) RETURN o.id",
    "MATCH (o:Organization) SET o.name = 'x' RETURN o.name",
    "MATCH (o:Organization) DETACH DELETE o",
    "PROFILE CREATE (o:Organization {id: 'x'})",
    "CREATE USER reader SET PASSWORD 'open sesame'",
)
BEYOND = (
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (o:Organization) LOAD CSV FROM 'http://127.0.0.1/' + o.name AS line RETURN line",
    "UNWIND [1] AS x LOAD FROM '{file}' RETURN *",
    "WITH 1 AS x load/* */with headers (a STRING) FROM '{file}' RETURN *",
    "MATCH (n) RETURN 1 AS a UNION ALL LOAD FROM '{file}' RETURN 1 AS a",
    "RETURN 1 AS a // \r UNION LOAD CSV FROM 'file:///etc/passwd' AS line RETURN 1 AS a",
    "RETURN 1 AS a UNION \\u004cOAD CSV FROM 'file:///etc/passwd' AS line RETURN line AS a",
    "RETURN '\\u0027 UNION LOAD CSV FROM \\u0027file:///x\\u0027 AS line RETURN \\u0027' AS a",
    "PROFILE LOAD FROM '{file}' RETURN *",
    "COPY (MATCH (o:Organization) RETURN o.id) TO '{other}'",
    "PROFILE COPY (MATCH (o:Organization) RETURN o.id) TO '{other}'",
    "EXPLAIN LOGICAL COPY (MATCH (o:Organization) RETURN o.id) TO '{other}'",
    "/* RETURN */ COPY (RETURN 1) TO '{other}'",
    "RETURN 1 AS x; COPY (RETURN 1) TO '{other}'",
    "PROFILE EXPORT DATABASE '{other}'",
    "PROFILE CALL threads=1",
    "PROFILE INSTALL httpfs",
    "ATTACH '{file}' AS other (dbtype sqlite)",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL `dbms`.listConfig() YIELD name RETURN name",
    "MATCH (o:Organization) CALL apoc.load.json('http://127.0.0.1/') YIELD value RETURN value",
    "WITH 1 AS x CALL show_tables() RETURN *",
    "RETURN apoc.cypher.runFirstColumnSingle('LOAD CSV FROM \"file:///x\" AS l RETURN l', {}) AS a",
    "CALL`apoc`.load.json('x') YIELD value RETURN value",
    "RETURN `apoc`.util.md5(['x']) AS a",
    "MATCH (o:Organization) WITH o.id AS id LIMIT 1LOAD FROM '{file}' RETURN *",
    "MATCH (o:Organization) WITH o.id AS id LIMIT 0x1FLOAD FROM '{file}' RETURN *",
    "MATCH (o:Organization) WITH o.id AS id LIMIT $1LOAD FROM '{file}' RETURN *",
    "MATCH (o:Organization) WITH o.id AS id LIMIT .5LOAD FROM '{file}' RETURN *",
    "MATCH (o:Organization) WITH o.id AS id LIMIT 1.LOAD FROM '{file}' RETURN *",
    "MATCH (o:Organization) WITH o.id AS id LIMIT 1LOAD CSV FROM 'file:///x' AS line RETURN line",
    "MATCH (o:Organization) WITH o.id AS id LIMIT 1CALL show_tables() RETURN *",
    "WITH 1 AS x LOAD\u180eFROM '{file}' RETURN *",
    "WITH 1 AS x CALL\u180eshow_tables() RETURN *",
    "RETURN 1 AS `\\\\u0060` UNION \\u004cOAD CSV FROM 'file:///x' AS line RETURN 1 AS `\\\\u0060`",
    "RETURN [1, 2][0..apoc.util.md5(['x'])] AS a",
    "MATCH (o:Organization) CALL `dbms.listConfig`() YIELD name RETURN name",
    "SHOW USERS",
    "SHOW SETTINGS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system MATCH (n) RETURN n",
    "DROP TABLE Organization",
    "",
    "// nothing but a comment",
)
HARMLESS = (
    "MATCH (o:Organization) WHERE o.name <> 'LOAD CSV FROM; CALL dbms.x() \\' COPY' RETURN o.id AS load ORDER BY load",
    "MATCH (call:Organization) /* CALL dbms.x() */ RETURN call.name AS `LOAD FROM` ORDER BY call.name;",
    "MATCH (o:Organization) WITH o AS call WHERE call.name <> 'x' RETURN call ORDER BY call.id",
    "WITH 'é\\\\' AS copy RETURN copy // LOAD CSV",
    "MATCH (n:Organization) WITH n.name AS payload1 WITH payload1 RETURN '\\u00e9' AS `on load` ORDER BY `on load`",
    "MATCH (n:Organization)-[*1..2]-(m) WITH n ORDER BY n.name LIMIT 1 WITH n RETURN n.id AS call ORDER BY call",
)


def test_a_query_writes_nothing(store: Store) -> None:
    load(store, NETWORK)
    for cypher in WRITES:
        with pytest.raises(QueryRefused, match=r"^Queries only read; this one writes\."):
            store.query(cypher, {})
    found = store.query("MATCH (o:Organization) RETURN o.id AS id, o.name AS name ORDER BY id", {}).rows
    assert found == (("amber", "Amber Fund"), ("birch", "Birch »Trust« 樺 \"'\\ </script>"))


def test_a_query_reaches_nothing_but_the_graph(store: Store, tmp_path: Path) -> None:
    load(store, NETWORK)
    file, other = tmp_path / "secret.csv", tmp_path / "written.csv"
    file.write_text("a,b\n1,secret\n")
    for cypher in BEYOND:
        with pytest.raises(QueryRefused):
            store.query(cypher.replace("{file}", str(file)).replace("{other}", str(other)), {})
    assert not other.exists()


def test_what_stands_between_quotes_or_is_a_name_is_no_command(store: Store) -> None:
    load(store, NETWORK)
    for cypher in HARMLESS:
        assert store.query(cypher, {}).columns


def test_who_is_refused_is_told_why() -> None:
    def told(cypher: str) -> str:
        with pytest.raises(QueryRefused) as refusal:
            refuse(cypher)
        return str(refusal.value)

    assert told("LOAD FROM 'x.csv' RETURN *") == (
        "A query asks the graph and nothing beyond it: LOAD reads files and pages. Data comes in by `graphmodel load`."
    )
    assert told("CALL dbms.listConfig()") == (
        "A query asks the graph and nothing beyond it: CALL runs a procedure. Say with MATCH and RETURN what you want "
        "to know."
    )
    assert told("RETURN gds.version()") == (
        "A query asks the graph and nothing beyond it: gds is an addition that can reach further. Ask without it."
    )
    assert told("PROFILE COPY x TO 'y'") == (
        "A query is one statement that begins with one of EXPLAIN, MATCH, OPTIONAL, PROFILE, RETURN, UNWIND, WITH; "
        'this one begins with "COPY" or holds more than one.'
    )
    assert told(" ") == "There is no query. Write one that begins with MATCH."
    assert told("RETURN '\\u0027' AS a") == "Write characters as they are: \\u0027 could hide what a query does."


def test_no_list_or_text_is_made_that_fills_the_memory() -> None:
    for cypher, given in (
        ("UNWIND range(1, 1000000000) AS x RETURN count(x) AS n", {}),
        ("UNWIND `range`(1, 10_000_001) AS x RETURN count(x) AS n", {}),
        ("RETURN range(1, $n) AS numbers", {"n": 10**9}),
        ("RETURN REPEAT ('x', 100000000) AS text", {}),
    ):
        with pytest.raises(QueryRefused, match=r"(?i)^(range|repeat) makes no more than 10,000,000 at once here\."):
            refuse_large(cypher, given)
    refuse_large("UNWIND range(1, 10000000) AS n RETURN n", {})
    refuse_large("MATCH (n) WHERE n.range > 1000000000 RETURN n", {"n": 10**9})
