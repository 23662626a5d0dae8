"""Loading into Neo4j, next to a plain UNWIND and CREATE of the same rows; alliances from it."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import neo4j
import polars as pl
from answers import participations, ties
from copies import PAIRS, PARTICIPATIONS
from given import Given
from load import frames
from processes import measured, run, timed
from rows import Row

from graphmodel import statements
from graphmodel.records import ElementType
from graphmodel.schema import SCHEMA, NodeType

CREATE = "bare UNWIND and CREATE on the server"
BATCH = 10_000


def plain(given: Given) -> Iterator[Row]:
    """What a plain program takes."""
    empty(given.server)
    seconds, peak, _ = measured(create, (given.server, given.store("x1")))
    yield Row(CREATE, "x1", seconds, peak)


def load(size: str, given: Given) -> Iterator[Row]:
    """Loading a folder of Parquet into the empty server."""
    data = given.data(size)
    empty(given.server)
    seconds, _, peak = run("-m", "graphmodel", "load", data, "--quiet", "--store", given.server)
    there = participations(given.server)
    same, told = there == PARTICIPATIONS * int(size[1:]), {"participations": there}
    yield Row("load into the server", size, seconds, peak, CREATE if size == "x1" else "", same, told)


def alliances(given: Given) -> Iterator[Row]:
    """All ties from the server to a file."""
    path = given.folder / "server.parquet"
    words = ("-m", "graphmodel", "alliances", "--quiet", "--no-significance", "--store", given.server, "-o", path)
    seconds, _, peak = run(*words)
    found = ties(path)
    yield Row("alliances from the server", "x1", seconds, peak, same=found == PAIRS["x1"], told={"pairs": found})


def driver(address: str) -> neo4j.Driver:
    """Return a driver for the server, by the password of the environment."""
    return neo4j.GraphDatabase.driver(address, auth=("neo4j", os.environ["NEO4J_PASSWORD"]))


def empty(address: str) -> None:
    """Empty the server."""
    with driver(address) as opened, opened.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()


def create(words: tuple[str, Path]) -> tuple[float, None]:
    """Create all rows that a store holds in batches, with the constraints that make the ends quick to find."""
    address, store = words
    held = frames(store)
    with driver(address) as opened, opened.session() as session:
        return timed(partial(_create, session, held))


def _create(session: neo4j.Session, held: list[tuple[ElementType, pl.DataFrame]]) -> None:
    for constraint in statements.server_constraints(SCHEMA):
        session.run(constraint).consume()
    for type_, frame in held:
        for part in frame.iter_slices(BATCH):
            rows = [{name: cell for name, cell in row.items() if cell is not None} for row in part.to_dicts()]
            session.run(created(type_), rows=rows).consume()


def created(type_: ElementType) -> str:
    """Return the statement that creates the rows of a type."""
    if isinstance(type_, NodeType):
        return f"UNWIND $rows AS row CREATE (x:{type_.label}) SET x = row"
    return (
        f"UNWIND $rows AS row MATCH (a:{type_.start} {{id: row.start_id}}) MATCH (b:{type_.end} {{id: row.end_id}}) "
        f"CREATE (a)-[x:{type_.name}]->(b) SET x = row"
    )


STEPS = (plain, partial(load, "x1"), alliances, partial(load, "x7"))
