"""What is computed from a graph and kept in it: replaced as a whole when saved, stale once the graph changes.

The types are marked `derived` in the schema. No file holds them, no load brings them, and they hold no node.
"""

from dataclasses import replace
from datetime import datetime

import polars as pl

from graphmodel.batch import frame_schema
from graphmodel.plan import Change, Plan, Reader
from graphmodel.records import ElementType
from graphmodel.schema import RelationshipType, Schema

SOURCE = "graphmodel"
"""The source of all that is derived."""

TITLE = "Computed by graphmodel from the other sources"


def saving(type_: RelationshipType, rows: pl.DataFrame, schema: Schema, store: Reader, now: datetime) -> Plan:
    """Return the plan that puts these rows in the place of what was saved of a derived type.

    Parameters
    ----------
    type_ : RelationshipType
    rows : polars.DataFrame
        The columns of `frame_schema(type_)` but for source and stale.
    schema, store
        What the plan is for.
    now : datetime
        When the rows were computed, UTC and without a zone.
    """
    columns = frame_schema(type_)
    key = list(type_.key)
    whole = rows.with_columns(pl.lit(SOURCE).alias("source"), pl.lit(False).alias("stale"))
    whole = whole.select(pl.col(name).cast(kind) for name, kind in columns.items())
    stored = store.read(type_)
    known = whole.join(stored, on=list(columns), how="anti", nulls_equal=True, maintain_order="left")
    saved = Change(
        type_,
        known.join(stored, on=key, how="anti", maintain_order="left"),
        known.join(stored, on=key, how="semi", maintain_order="left"),
        len(whole) - len(known),
        stored.join(whole, on=key, how="anti", maintain_order="left").select(key),
    )
    made: dict[ElementType, Change] = {type_: saved}
    if len(saved):
        made[schema.node("Source")] = _source(schema, store, now)
    changes = tuple(made[each] if each in made else _nothing(each) for each in schema)
    return Plan(changes, touched=(SOURCE,) if len(saved) else (), work="saving")


def outdated(plan: Plan, store: Reader) -> Plan:
    """Return the plan of a load or removal that also marks what is derived as stale, if anything changes."""
    if not len(plan):
        return plan
    return replace(
        plan, changes=tuple(_stale(change, store) if change.type.derived else change for change in plan.changes)
    )


def stale(schema: Schema, store: Reader) -> int:
    """Return how many derived relationships of a store are stale."""
    types = [type_ for type_ in schema.relationships if type_.derived]
    return sum(int(store.read(type_, only=("stale",))["stale"].sum()) for type_ in types)


def marks(plan: Plan) -> int:
    """Return how many derived relationships a plan marks as stale."""
    return sum(len(change.changed) for change in plan.changes if change.type.derived)


def _stale(change: Change, store: Reader) -> Change:
    fresh = store.read(change.type).filter(~pl.col("stale").fill_null(False))
    if len(change.removed):
        fresh = fresh.join(change.removed, on=change.type.key, how="anti", maintain_order="left")
    return replace(change, changed=fresh.with_columns(pl.lit(True).alias("stale")))


def _source(schema: Schema, store: Reader, now: datetime) -> Change:
    type_ = schema.node("Source")
    columns = frame_schema(type_)
    told = {"id": SOURCE, "name": TITLE, "title": TITLE, "loaded": now, "complete": True}
    row = pl.DataFrame([{name: told.get(name) for name in columns}], schema=columns)
    none = row.clear()
    is_known = len(store.read(type_, row["id"], ["id"])) > 0
    return Change(type_, none if is_known else row, row if is_known else none, 0)


def _nothing(type_: ElementType) -> Change:
    none = pl.DataFrame(schema=frame_schema(type_))
    return Change(type_, none, none, 0)
