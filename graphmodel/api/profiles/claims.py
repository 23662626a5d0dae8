"""All that is said of one node, by whom and where: read by its id, not out of whole tables."""

from collections.abc import Collection, Iterator

import polars as pl

from graphmodel import statements
from graphmodel.batch import frame_schema
from graphmodel.records import ENDS
from graphmodel.schema import RelationshipType
from graphmodel.store.base import Store

SAID = {
    "PARTICIPATED_IN": ("took part in", "had as a participant"),
    "PARTNERED_WITH": ("has an agreement with", "has an agreement with"),
    "MEMBER_OF": ("is a member of", "has as a member"),
    "BASED_IN": ("is based in", "is the seat of"),
    "WORKS_IN": ("works in", "is where works"),
    "COMPETENT_IN": ("is competent in", "is a competence of"),
    "TOOK_PLACE_IN": ("took place in", "is where took place"),
    "ADDRESSES": ("addresses", "is addressed by"),
    "PART_OF": ("is part of", "has as a part"),
}
"""What a relationship says of its start, and of its end."""

DETAILS = ("role", "kind", "basis")
PROPERTIES = {
    "started": pl.Date(),
    "ended": pl.Date(),
    "url": pl.String(),
    "share": pl.Float64(),
    "contribution": pl.Float64(),
    "currency": pl.String(),
    "source": pl.String(),
    "record": pl.String(),
}
COLUMNS = {
    **dict.fromkeys(("type", "said", "label", "own_id", "what_id", "what", "detail"), pl.String()),
    **PROPERTIES,
}


def claims(store: Store, label: str, ids: Collection[str]) -> pl.DataFrame:
    """Return all relationships of nodes, from both ends; what is derived is left out.

    Parameters
    ----------
    store : Store
    label : str
    ids : collection of str
        One node, or all that count as one.

    Returns
    -------
    polars.DataFrame
        type, said (in words, such as "is part of"), label, own_id, what_id, what (the other end), detail (the role, or
        the kind of agreement, or the basis), started, ended, url, share, contribution, currency, source, record;
        sorted.
    """
    found = [_claims(store, type_, end, ids) for type_, end in _types(store, label)]
    every = pl.concat([pl.DataFrame(schema=COLUMNS), *found], how="diagonal").select(list(COLUMNS))
    return every.sort("type", "said", "what", "what_id", "detail", "source", "record")


def node(store: Store, label: str, id: str) -> dict[str, object]:
    """Return the properties of a node that are known."""
    type_ = store.schema.node(label)
    cells = ", ".join(f"x.`{item.name}` AS `{item.name}`" for item in type_.properties)
    (row,) = store.query(f"MATCH (x:{type_.label}) WHERE x.id = $id RETURN {cells}", {"id": id}).records()
    return {name: value for name, value in row.items() if value not in (None, [])}


def sources(store: Store, said: pl.DataFrame, described: Collection[str] = ()) -> pl.DataFrame:
    """Return the sources of claims, and of the description of a node itself, those that say most first.

    Returns
    -------
    polars.DataFrame
        source (id), title, publisher, licence, url, retrieved, statements (how many of the claims are its own).
    """
    counted = said.group_by("source").agg(pl.len().cast(pl.Int64).alias("statements")).drop_nulls("source")
    named = pl.concat([counted["source"], pl.Series("source", sorted(described), dtype=pl.String)]).unique().to_frame()
    known = store.read(store.schema.node("Source"), only=("id", "title", "publisher", "licence", "url", "retrieved"))
    told = named.join(known, left_on="source", right_on="id", how="left").join(counted, on="source", how="left")
    counts = pl.col("statements").fill_null(0)
    return told.with_columns(counts).sort("statements", "source", descending=[True, False])


def _types(store: Store, label: str) -> Iterator[tuple[RelationshipType, str]]:
    for type_ in store.schema.relationships:
        for end, at in zip(ENDS, (type_.start, type_.end), strict=True):
            if at == label and not type_.derived:
                yield type_, end


def _claims(store: Store, type_: RelationshipType, end: str, ids: Collection[str]) -> pl.DataFrame:
    """The claims of one type that have the nodes at one end."""
    starts = end == "start_id"
    far = "end" if starts else "start"
    said = SAID.get(type_.name, (_words(type_.name), f"is what {_words(type_.name)}"))
    detail = [name for name in DETAILS if name in frame_schema(type_)]
    return _rows(store, type_, end, ids).select(
        pl.lit(type_.name).alias("type"),
        pl.lit(said[0 if starts else 1]).alias("said"),
        pl.lit(type_.end if starts else type_.start).alias("label"),
        pl.col(end).alias("own_id"),
        pl.col(f"{far}_id").alias("what_id"),
        pl.coalesce(f"{far}_name", f"{far}_id").alias("what"),
        pl.col(detail[0]).alias("detail") if detail else pl.lit(None, pl.String).alias("detail"),
        *(name for name in PROPERTIES if name in frame_schema(type_)),
    )


def _rows(store: Store, type_: RelationshipType, end: str, ids: Collection[str]) -> pl.DataFrame:
    names = dict.fromkeys(("start_name", "end_name"), pl.String())
    columns = frame_schema(type_) | names
    found = store.query(statements.touching(type_, end), {"ids": sorted(ids)})
    return found.frame().select(pl.col(name).cast(kind) for name, kind in columns.items())


def _words(name: str) -> str:
    return name.replace("_", " ").lower()
