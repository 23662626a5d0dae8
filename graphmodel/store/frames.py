"""Rows of the Neo4j driver as frames, some at a time: as Python objects they take several times as much memory."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import neo4j
import polars as pl

CHUNK = 10_000
Columns = Mapping[str, pl.DataType]


def streamed(
    transaction: neo4j.ManagedTransaction,
    cypher: str,
    parameters: Mapping[str, Any],
    columns: Columns,
) -> pl.DataFrame:
    """Return the rows of a query."""
    result = transaction.run(cypher, dict(parameters))
    parts = [framed(rows, columns) for rows in iter(lambda: result.fetch(CHUNK), [])]
    return pl.concat([pl.DataFrame(schema=columns), *parts])


def collected(
    transaction: neo4j.ManagedTransaction,
    cypher: str,
    parameters: Mapping[str, Any],
    columns: Columns,
) -> pl.DataFrame:
    """Return the rows of a query that answers with one list of them."""
    return framed(transaction.run(cypher, dict(parameters)).single(strict=True)[0], columns)


def paged(
    transaction: neo4j.ManagedTransaction, cypher: str, parameters: Mapping[str, Any], columns: Columns
) -> tuple[pl.DataFrame, str | None]:
    """Return the rows of a query that answers with one list of them, and where the next list begins."""
    rows, last = transaction.run(cypher, dict(parameters)).single(strict=True)
    return framed(rows, columns), last


def framed(rows: Sequence[Sequence[Any]], columns: Columns) -> pl.DataFrame:
    """Return rows of the driver as a frame."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pl.DataFrame(
        [
            pl.Series(name, _natives(column, kind), kind)
            for (name, kind), column in zip(columns.items(), cells, strict=True)
        ]
    )


def _natives(column: tuple[Any, ...], kind: pl.DataType) -> Sequence[Any]:
    return [plain(cell) for cell in column] if kind.is_temporal() else column


def plain(value: Any) -> Any:
    """Return a value of the driver as plain Python: nodes and relationships as their properties."""
    if hasattr(value, "to_native"):
        return value.to_native()
    if isinstance(value, neo4j.graph.Path):
        return [plain(item) for item in (*value.nodes, *value.relationships)]
    if isinstance(value, neo4j.graph.Entity):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    return value


def parts(ids: pl.Series, size: int) -> Iterator[list[str]]:
    """Yield ids, so many at a time."""
    return (part["ids"].to_list() for part in ids.to_frame("ids").iter_slices(size))
