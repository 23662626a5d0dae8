"""What goes from the graph when a source no longer says it, and what stays because another source says it too.

A relationship is the claim of one source, so it goes with it. A node is described by all sources in its list `sources`:
it loses the one that is silent now, and goes only when no source is left and no relationship of any kind holds it.
What a source told of a node that others describe too stays: who told which property is not known.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import polars as pl

from graphmodel.batch import Batch, frame_schema
from graphmodel.plan import Change, Plan, Reader, sources_of
from graphmodel.records import ENDS, ElementType
from graphmodel.schema import NodeType, RelationshipType, Schema

SILENT = "_silent"


class Claims(Reader, Protocol):
    """What a removal asks of a store."""

    def claims(self, type_: ElementType, sources: Collection[str], only: Collection[str] | None = None) -> pl.DataFrame:
        """Return the relationships of these sources, or the nodes that one of them describes, or no source at all."""

    def degrees(self, type_: NodeType, ids: pl.Series) -> pl.DataFrame:
        """Return id and degree: how many relationships, of any type and source, each of these nodes has."""


@dataclass(frozen=True)
class _Gone:
    """What goes of one type: relationships or nodes as in `Change.removed`, and nodes that lose a source but stay."""

    removed: pl.DataFrame
    lessened: pl.DataFrame
    sources: pl.Series


def refusal(made: Plan, batch: Batch) -> str:
    """Return why a load must not prune, in a sentence; empty if it may: what was not read would be taken as unsaid."""
    number = len(made.rejects)
    if number:
        rows, they = ("row was", "it says") if number == 1 else ("rows were", "they say")
        return f"Nothing was pruned: {number:,} {rows} rejected, and what {they} would have gone."
    if all(frame.is_empty() for type_, frame in batch.frames.items() if _sourced(type_)):
        return "Nothing was pruned: the data hold not one row, and all that the source said before would have gone."
    return ""


def prune(made: Plan, batch: Batch, schema: Schema, store: Claims, own: str, now: datetime) -> Plan:
    """Return the plan of a load that also removes what its sources said before and do not say in this load.

    Its sources are `own`, the source of the load itself, and those that a row of it names. What only a declared source
    said is left alone: a list of sources may be shared by several folders.
    """
    named = pl.concat([sources_of(frame) for frame in batch.frames.values()])
    gone = _gone(schema, store, {own, *named}, batch.frames, {change.type: change.new for change in made.changes})
    touched = pl.concat([part.sources for part in gone.values()]).unique()
    changes = [_merged(change, gone.get(change.type), batch.frames[change.type]) for change in made.changes]
    stamped = touched.filter(~touched.is_in(list(made.touched)))
    place = [change.type for change in changes].index(schema.node("Source"))
    counted = pl.concat([named, batch.frames[changes[place].type]["id"]])
    changes[place] = _stamped(changes[place], stamped, counted, store, now)
    return replace(made, changes=tuple(changes), touched=tuple(sorted({*made.touched, *touched})))


def removal(schema: Schema, store: Claims, source: str) -> Plan:
    """Return the plan that takes out what only this source said, and the source itself."""
    nothing = {type_: pl.DataFrame(schema=frame_schema(type_)) for type_ in schema}
    gone = _gone(schema, store, {source}, nothing, nothing)
    sources = schema.node("Source")
    itself = store.read(sources, pl.Series([source])).select("id")
    gone[sources] = _Gone(itself, nothing[sources], itself["id"])
    changes = [_merged(Change(type_, none, none, 0), gone[type_], none) for type_, none in nothing.items()]
    return Plan(tuple(changes), touched=(source,), work="removal")


def _sourced(type_: ElementType) -> bool:
    return isinstance(type_, RelationshipType) or type_.sourced


def _gone(
    schema: Schema,
    store: Claims,
    sources: Collection[str],
    said: Mapping[ElementType, pl.DataFrame],
    new: Mapping[ElementType, pl.DataFrame],
) -> dict[ElementType, _Gone]:
    """Find what these sources claim in the store and not in what is said now, relationships first.

    What is `new` is said and not in the store yet; a relationship that was rejected is said, and holds no node.
    """
    edges = {type_: _relationships_gone(type_, store, sources, said[type_]) for type_ in schema.relationships}
    derived = {type_: store.read(type_, only=type_.key) for type_ in edges if type_.derived}
    gone: dict[ElementType, _Gone] = dict(edges.items())
    for node in schema.nodes:
        if node.sourced:
            losses = _ends(node.label, {type_: part.removed for type_, part in edges.items()} | derived)
            held = _ends(node.label, {type_: new[type_] for type_ in edges})
            gone[node] = _nodes_gone(node, store, sources, said[node], losses, held)
    for type_, rows in derived.items():
        gone[type_] = _derived_gone(
            type_, rows, gone[type_], [gone[schema.node(end)] for end in (type_.start, type_.end)]
        )
    return gone


def _derived_gone(type_: RelationshipType, rows: pl.DataFrame, own: _Gone, ends: Sequence[_Gone]) -> _Gone:
    """Add to what goes of a derived type the rows that lose an end: what is computed holds no node."""
    loses = pl.any_horizontal(
        pl.col(column).is_in(end.removed["id"].implode()) for column, end in zip(ENDS, ends, strict=True)
    )
    losing = rows.filter(loses)
    return replace(own, removed=pl.concat([own.removed, losing]).unique(maintain_order=True))


def _relationships_gone(type_: RelationshipType, store: Claims, sources: Collection[str], said: pl.DataFrame) -> _Gone:
    key = list(type_.key)
    stored = store.claims(type_, sources, key)
    silent = stored.join(said.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
    return _Gone(silent, pl.DataFrame(schema=frame_schema(type_)), silent["source"].unique().alias("id"))


def _ends(label: str, frames: Mapping[RelationshipType, pl.DataFrame]) -> pl.Series:
    """Return the ids of nodes of a label in which relationships end, once for each relationship."""
    ends = [
        frame[column].alias("id")
        for type_, frame in frames.items()
        for column, end in zip(ENDS, (type_.start, type_.end), strict=True)
        if end == label
    ]
    return pl.concat([pl.Series("id", [], dtype=pl.String), *ends])


def _nodes_gone(
    type_: NodeType,
    store: Claims,
    sources: Collection[str],
    said: pl.DataFrame,
    losses: pl.Series,
    held: pl.Series,
) -> _Gone:
    """Find the nodes that lose a source; those that are left without any, and without a relationship, go."""
    stored = _with_silent(store.claims(type_, sources), sources, said)
    left = pl.col("sources").list.set_difference(SILENT)
    kept = pl.concat([said["id"], held]).unique()
    unclaimed = stored.filter(left.list.len() == 0, ~pl.col("id").is_in(kept.implode()))
    loose = _loose(type_, store, unclaimed["id"], losses)
    goes = pl.col("id").is_in(loose.implode())
    lessened = stored.filter(pl.col(SILENT).list.len() > 0, ~goes)
    touched = stored[SILENT].explode(empty_as_null=True, keep_nulls=False).drop_nulls().unique().alias("id")
    return _Gone(unclaimed.filter(goes).select("id", "sources"), lessened, touched)


def _with_silent(stored: pl.DataFrame, sources: Collection[str], said: pl.DataFrame) -> pl.DataFrame:
    """Add to each node which of the sources described it and no longer do."""
    before, now = (
        frame.select("id", pl.col("sources").alias(SILENT)).explode(SILENT, empty_as_null=True).drop_nulls()
        for frame in (stored, said)
    )
    silent = before.filter(pl.col(SILENT).is_in(list(sources))).join(now, on=["id", SILENT], how="anti")
    lists = silent.group_by("id").agg(SILENT)
    joined = stored.join(lists, on="id", how="left", maintain_order="left")
    return joined.with_columns(pl.col(SILENT).fill_null([]))


def _loose(type_: NodeType, store: Claims, ids: pl.Series, losses: pl.Series) -> pl.Series:
    """Return which of these nodes have no relationship beyond those that go."""
    if ids.is_empty():
        return ids
    lost = losses.to_frame("id").group_by("id").len("lost")
    degrees = store.degrees(type_, ids).join(lost, on="id", how="left")
    return degrees.filter(pl.col("degree") <= pl.col("lost").fill_null(0))["id"]


def _merged(change: Change, gone: _Gone | None, said: pl.DataFrame) -> Change:
    """Add to a change what goes. A node that loses a source is changed, and one row if the load changes it too."""
    if gone is None or isinstance(change.type, RelationshipType):
        return change if gone is None else replace(change, removed=gone.removed)
    lessened = gone.lessened
    if lessened.is_empty():
        return replace(change, removed=gone.removed)
    columns = list(frame_schema(change.type))
    silent = lessened.select("id", SILENT)
    untouched = lessened.join(change.changed, on="id", how="anti", maintain_order="left").select(columns)
    rows = pl.concat([change.changed, untouched]).join(silent, on="id", how="left", maintain_order="left")
    fewer = pl.col("sources").list.set_difference(pl.col(SILENT).fill_null([])).list.sort()
    was_counted = len(untouched.join(said, on="id", how="semi"))
    return replace(
        change,
        changed=rows.with_columns(fewer.alias("sources")).select(columns),
        unchanged=change.unchanged - was_counted,
        removed=gone.removed,
    )


def _stamped(change: Change, ids: pl.Series, counted: pl.Series, store: Claims, now: datetime) -> Change:
    """Add sources from which only something goes: they are as loaded now as the others."""
    rows = store.read(change.type, ids).with_columns(
        pl.lit(now, dtype=pl.Datetime("us")).alias("loaded"), pl.lit(True).alias("complete")
    )
    was_counted = len(rows.filter(pl.col("id").is_in(counted.implode())))
    return replace(change, changed=pl.concat([change.changed, rows]), unchanged=change.unchanged - was_counted)
