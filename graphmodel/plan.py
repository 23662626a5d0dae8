"""What a load would change: the incoming records compared with what the store holds, as frames.

Pure but for the reader that it is given. Both engines carry out the same plan, so they mean the same by new, changed
and unchanged; and a dry run is a plan that nobody carries out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import polars as pl

from graphmodel.batch import Batch, frame_schema
from graphmodel.records import COLUMN, ENDS, FILE, LINE, ElementType, Reject
from graphmodel.schema import NodeType, RelationshipType, Schema

OLD = "_old"
ROWS = 1_000_000
"""About so many rows are compared with the store at once."""
SAMPLED = 100
"""One row in so many tells where the others are cut."""


class Reader(Protocol):
    """What a plan asks of a store: the elements of a type that it holds, with the columns of `frame_schema`."""

    def read(
        self, type_: ElementType, among: pl.Series | None = None, only: Collection[str] | None = None
    ) -> pl.DataFrame:
        """Return elements, all or nodes with these ids and relationships that start from them; all columns or some."""


class Counted(Reader, Protocol):
    """A reader that knows how much there is to read."""

    def count(self, type_: ElementType) -> int:
        """Return how many elements of a type there are."""


@dataclass(frozen=True)
class Change:
    """What happens to the rows of one type.

    `new` and `changed` hold whole rows with the columns of `frame_schema`; `removed` holds the key, and the sources of
    a node as they were when the plan was made.
    """

    type: ElementType
    new: pl.DataFrame
    changed: pl.DataFrame
    unchanged: int
    removed: pl.DataFrame = field(default_factory=pl.DataFrame)

    def __len__(self) -> int:
        """Return the number of rows to write or to remove."""
        return len(self.new) + len(self.changed) + len(self.removed)

    def applied(self, stored: pl.DataFrame) -> pl.DataFrame:
        """Return the stored rows of the type, whole rows, as they are once the change is made."""
        key = list(self.type.key)
        replaced = [frame.select(key) for frame in (self.changed, self.removed) if len(frame)]
        for frame in replaced:
            stored = stored.join(frame, on=key, how="anti", nulls_equal=True, maintain_order="left")
        return pl.concat([stored, self.changed, self.new])


@dataclass(frozen=True)
class Plan:
    """The changes in the order in which they are to be made, nodes first; the sources they touch; the rejects.

    What is removed goes last, in the opposite order. `work` is what a person calls it: a load, or a removal.
    """

    changes: tuple[Change, ...]
    rejects: tuple[Reject, ...] = ()
    touched: tuple[str, ...] = ()
    work: str = "load"

    def __len__(self) -> int:
        """Return the number of rows to write or to remove."""
        return sum(len(change) for change in self.changes)

    @property
    def removes(self) -> bool:
        """Whether anything goes from the graph."""
        return any(len(change.removed) for change in self.changes)


def unfinished(sources: pl.DataFrame) -> pl.DataFrame:
    """Return the sources of which a load or removal was cut off."""
    return sources.filter(~pl.col("complete").fill_null(False))


def make(batch: Batch, schema: Schema, store: Counted, now: datetime) -> Plan:
    """Compare a batch with the store. `now`, in UTC and without a zone, is when the touched sources will be loaded."""
    sources = schema.node("Source")
    incoming = batch.frames
    nodes = {type_: _compare_nodes(type_, incoming[type_], store) for type_ in schema.nodes if type_.sourced}
    accepted = {type_.label: part.ids for type_, part in nodes.items()}
    compared: dict[ElementType, _Compared] = dict(nodes.items())
    ends = _known_ends(schema, incoming, accepted, store)
    for type_ in schema.relationships:
        placed, rejects = _place(type_, incoming[type_], ends)
        compared[type_] = _compare(type_, placed, store, rejects)
    touched = pl.concat([part.touched for part in compared.values()]).unique()
    named = pl.concat([sources_of(incoming[type_]) for type_ in compared])
    compared[sources] = _compare_sources(sources, incoming[sources], named, touched, store, now)
    rejects = [*batch.rejects, *(reject for part in compared.values() for reject in part.rejects)]
    changes = tuple(compared[type_].change for type_ in schema)
    stamped = compared[sources].touched
    return Plan(changes, tuple(sorted(rejects)), tuple(sorted(stamped)))


@dataclass(frozen=True)
class _Compared:
    """One type compared with the store: the change, the ids of nodes that hold, the sources that bring something."""

    change: Change
    rejects: tuple[Reject, ...]
    touched: pl.Series
    ids: pl.Series


def _compare_nodes(type_: NodeType, incoming: pl.DataFrame, store: Counted) -> _Compared:
    """Compare nodes; a new one without a name is a reject."""
    names = incoming.filter(pl.col("name").is_not_null())["id"]
    nameless = incoming.filter(~pl.col("id").is_in(names.implode()))
    known = store.read(type_, _unique(nameless["id"]), ["id"])["id"]
    refused = nameless.filter(~pl.col("id").is_in(known.implode()))
    rejects = [
        Reject(file, line, "name", "missing", "", f"the name of a new {type_.label}")
        for file, line in refused.select(FILE, LINE).iter_rows()
    ]
    if rejects:
        incoming = incoming.filter(~pl.col("id").is_in(refused["id"].implode()))
    return _compare(type_, incoming, store, rejects)


def _known_ends(
    schema: Schema, incoming: Mapping[ElementType, pl.DataFrame], accepted: dict[str, pl.Series], store: Reader
) -> dict[str, pl.Series]:
    """Return, by label, the ids that relationships may end in: those of the load, and those that the store holds."""
    wanted: dict[str, list[pl.Series]] = {label: [] for label in accepted}
    for type_ in schema.relationships:
        for column, label in zip(ENDS, (type_.start, type_.end), strict=True):
            wanted[label].append(incoming[type_][column].unique().alias("id"))
    known = dict(accepted)
    for label, ends in wanted.items():
        asked = pl.concat([pl.Series("id", [], dtype=pl.String), *ends]).unique()
        unknown = asked.filter(~asked.is_in(accepted[label].implode()))
        if len(unknown):
            known[label] = pl.concat([accepted[label], store.read(schema.node(label), unknown, ["id"])["id"]])
    return known


def _place(
    type_: RelationshipType, frame: pl.DataFrame, known: dict[str, pl.Series]
) -> tuple[pl.DataFrame, list[Reject]]:
    """Keep the relationships between two nodes that exist; the others are rejects."""
    rejects: list[Reject] = []
    for index, label in enumerate((type_.start, type_.end)):
        holds = frame[ENDS[index]].is_in(known[label].implode())
        if not holds.all():
            rejects += _end_rejects(type_, frame.filter(~holds), index, "dangling", f"the id of a known {label}")
            frame = frame.filter(holds)
    if type_.start == type_.end:
        loop = pl.col("start_id") == pl.col("end_id")
        rejects += _end_rejects(type_, frame.filter(loop), 1, "value", f"another {type_.end} than at the start")
        frame = frame.filter(~loop)
    return frame, rejects


def _end_rejects(type_: RelationshipType, rows: pl.DataFrame, index: int, kind: str, wanted: str) -> list[Reject]:
    cells = rows.select(FILE, LINE, COLUMN, ENDS[index]).iter_rows()
    return [Reject(file, line, column or type_.columns[index], kind, end, wanted) for file, line, column, end in cells]


def _unique(ids: pl.Series) -> pl.Series:
    return ids.unique(maintain_order=True)


def _compare(type_: ElementType, incoming: pl.DataFrame, store: Counted, rejects: Sequence[Reject] = ()) -> _Compared:
    """Find what is new and what is changed, so many rows at a time that the stored ones beside them fit."""
    rows, conflicts = _one_row_each(type_, incoming)
    if store.count(type_):
        parts = [_difference(type_, part, store.read(type_, _unique(part[type_.key[0]]))) for part in _cut(type_, rows)]
    else:
        parts = [_difference(type_, rows, rows.clear())]
    changes = [change for change, _ in parts]
    change = Change(
        type_,
        pl.concat([part.new for part in changes]),
        pl.concat([part.changed for part in changes]),
        sum(part.unchanged for part in changes),
    )
    touched = pl.concat([part for _, part in parts]).unique()
    ids = rows["id"] if isinstance(type_, NodeType) else pl.Series("id", [], dtype=pl.String)
    return _Compared(change, (*rejects, *conflicts), touched, ids)


def _cut(type_: ElementType, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the rows some at a time, in the order of the ids that they begin with."""
    begin = rows[type_.key[0]]
    sample = begin.gather_every(SAMPLED).sort()
    bounds = sample.gather_every(max(1, ROWS // SAMPLED)).unique(maintain_order=True)[1:]
    if len(rows) <= ROWS or bounds.is_empty():
        yield rows
        return
    place = bounds.search_sorted(begin, side="right")
    for part in range(len(bounds) + 1):
        yield rows.filter(place == part)


def _difference(type_: ElementType, rows: pl.DataFrame, stored: pl.DataFrame) -> tuple[Change, pl.Series]:
    """Compare rows, one of each key, with the stored ones. Return the change, and the sources that bring it.

    A value that is not given keeps the stored one; lists are joined.
    """
    columns = frame_schema(type_)
    others = [name for name in columns if name not in type_.key]
    if stored.is_empty():
        lists = [pl.col(name).fill_null([]).list.unique().list.sort() for name in others if _is_list(columns[name])]
        new = rows.select(columns.keys()).with_columns(lists)
        return Change(type_, _named(type_, new), new.clear(), 0), sources_of(rows)
    joined = rows.join(
        stored.with_columns(pl.lit(True).alias("_known")),
        on=type_.key,
        how="left",
        maintain_order="left",
        suffix=OLD,
    )
    is_new = pl.col("_known").is_null()
    merged = joined.with_columns(_merged(name, columns[name]) for name in others)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name + OLD)) for name in others)
    is_written = merged.select(is_new | differs).to_series()
    written = merged.filter(is_written)
    change = Change(
        type_,
        _named(type_, written.filter(is_new).select(columns.keys())),
        written.filter(~is_new).select(columns.keys()),
        len(rows) - len(written),
    )
    return change, sources_of(rows.filter(is_written))


def _is_list(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.List)


def _merged(name: str, kind: pl.DataType) -> pl.Expr:
    if _is_list(kind):
        both = pl.concat_list(pl.col(name).fill_null([]), pl.col(name + OLD).fill_null([]))
        return both.list.unique().list.sort().alias(name)
    return pl.coalesce(name, name + OLD).alias(name)


def _named(type_: ElementType, new: pl.DataFrame) -> pl.DataFrame:
    """Give new nodes without a name the one that their type falls back to."""
    if isinstance(type_, NodeType) and type_.named_by:
        return new.with_columns(pl.coalesce("name", type_.named_by, "id").alias("name"))
    return new


def _one_row_each(type_: ElementType, incoming: pl.DataFrame) -> tuple[pl.DataFrame, list[Reject]]:
    """Bring together the rows with the same key; a row that contradicts an earlier one is a reject."""
    columns = frame_schema(type_)
    often = incoming.select(type_.key).hash_rows().is_duplicated()
    once = incoming.filter(~often).select(columns.keys()) if often.any() else incoming.select(columns.keys())
    if len(once) == len(incoming):
        return once, []
    compared = [name for name in columns if name not in (*type_.key, "sources", "record")]
    first = incoming.filter(often).with_columns(
        pl.col(name).drop_nulls().first().over(type_.key).alias(name + OLD) for name in compared
    )
    rejects: list[Reject] = []
    for name in compared:
        contradicts = pl.col(name).ne(pl.col(name + OLD)).fill_null(False)
        cells = first.filter(contradicts).select(FILE, LINE, name, name + OLD).iter_rows()
        rejects += [
            Reject(file, line, name, "conflict", str(cell), f'"{earlier}", as an earlier row of the same says')
            for file, line, cell, earlier in cells
        ]
        first = first.filter(~contradicts)
    gathered = [
        pl.col(name).explode(empty_as_null=True, keep_nulls=True).drop_nulls().unique().sort()
        if _is_list(kind)
        else pl.col(name).drop_nulls().first()
        for name, kind in columns.items()
        if name not in type_.key
    ]
    together = first.group_by(type_.key, maintain_order=True).agg(*gathered).select(columns.keys())
    return pl.concat([once, together]), rejects


def sources_of(rows: pl.DataFrame) -> pl.Series:
    """Return the sources that are named in rows of any type; a Source names none."""
    if "source" in rows.columns:
        return rows["source"].unique().alias("id")
    if "sources" in rows.columns:
        return rows["sources"].explode(empty_as_null=True, keep_nulls=False).drop_nulls().unique().alias("id")
    return pl.Series("id", [], dtype=pl.String)


def _compare_sources(
    type_: NodeType,
    incoming: pl.DataFrame,
    named: pl.Series,
    touched: pl.Series,
    store: Counted,
    now: datetime,
) -> _Compared:
    """Compare the sources, declared or only named; those that bring something new are stamped as loaded now."""
    named_by = pl.coalesce("name", "title").alias("name")
    rows = pl.concat([incoming.with_columns(named_by), pl.DataFrame({"id": named.unique().sort()})], how="diagonal")
    stored = store.read(type_, _unique(rows["id"]))
    rows, rejects = _one_row_each(type_, rows)
    change, _ = _difference(type_, rows, stored)
    cut_off = unfinished(stored)["id"]
    stamped = pl.concat([touched, change.new["id"], change.changed["id"], cut_off]).unique()
    stamp = pl.col("id").is_in(stamped.implode())
    rows = rows.with_columns(
        pl.when(stamp).then(pl.lit(now, dtype=pl.Datetime("us"))).alias("loaded"),
        pl.when(stamp).then(pl.lit(True)).alias("complete"),
    )
    change, _ = _difference(type_, rows, stored)
    return _Compared(change, tuple(rejects), stamped, rows["id"])
