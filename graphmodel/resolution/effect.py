"""What judgements do: the frames of the analyses with one organization for each body. Nothing given is changed."""

from collections.abc import Collection

import polars as pl

from graphmodel.resolution.identity import Identity
from graphmodel.resolution.references import references


def relations(frame: pl.DataFrame, identity: Identity, *columns: str, roll_up: bool = False) -> pl.DataFrame:
    """Return rows that name organizations with each body by one id; what is then there twice, or ties a body to itself,
    is left out.

    Parameters
    ----------
    frame : polars.DataFrame
        Any rows that hold ids of organizations: participations, agreements, what organizations declare.
    columns : str
        The columns with the ids: one, or the two ends of a tie.
    roll_up : bool
        Whether a body counts as the largest that it is part of.

    Examples
    --------
    >>> identity = Identity({"a": "a", "b": "a"})
    >>> relations(pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]}), identity, "organization").rows()
    [('a', 'x')]
    >>> relations(pl.DataFrame({"source": ["a", "c"], "target": ["b", "b"]}), identity, "source", "target").rows()
    [('c', 'a')]
    """
    changes = _changes(identity, roll_up)
    if not changes:
        return frame
    changed = frame.with_columns(pl.col(*columns).replace(changes))
    one, other = columns[0], columns[-1]
    same = pl.lit(False) if one == other else pl.col(one) == pl.col(other)
    return changed.filter(~same.fill_null(False)).unique(maintain_order=True)


def _changes(identity: Identity, roll_up: bool) -> dict[str, str]:
    """The ids that give way to that of their body."""
    judged = identity.canonical({*identity.representatives, *identity.parents}, roll_up=roll_up)
    return {id: body for id, body in judged.items() if id != body}


def organizations(frame: pl.DataFrame, identity: Identity, *, roll_up: bool = False) -> pl.DataFrame:
    """Return one row for each body, sorted by id: what its representative does not know, the others fill in.

    Lists, like those of sources, are joined. With `roll_up`, bodies that are part of another are left out; what is
    known of them is not taken for what is known of the whole.

    Parameters
    ----------
    frame : polars.DataFrame
        id, and any other columns.

    Examples
    --------
    >>> frame = pl.DataFrame({"id": ["a", "b", "c"], "name": ["FAO", "Food", "WFP"], "country": [None, "IT", None]})
    >>> organizations(frame, Identity({"a": "a", "b": "a"})).rows()
    [('a', 'FAO', 'IT'), ('c', 'WFP', None)]
    """
    if not identity.representatives and not (roll_up and identity.parents):
        return frame
    body = pl.col("id").replace(identity.representatives)
    ordered = frame.with_columns(body.alias("_body")).sort(pl.col("id") != pl.col("_body"), "id")
    known = (_known(name, kind) for name, kind in frame.schema.items() if name != "id")
    merged = ordered.group_by("_body", maintain_order=True).agg(known).rename({"_body": "id"}).sort("id")
    return merged.filter(~pl.col("id").is_in(list(identity.parents))) if roll_up else merged


def _known(name: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.List):
        joined = pl.col(name).explode(empty_as_null=True, keep_nulls=True).drop_nulls().unique(maintain_order=True)
        return pl.when(pl.col(name).is_not_null().any()).then(joined.implode()).first().alias(name)
    return pl.col(name).drop_nulls().first()


def findable(frame: pl.DataFrame, identity: Identity, *, roll_up: bool = False) -> pl.DataFrame:
    """Return id, name, acronym: a row for each name and id that a body can be found by; `id` stands for the body.

    Examples
    --------
    >>> frame = pl.DataFrame({"id": ["a", "b"], "name": ["FAO", "Food"], "acronym": [None, "FAO"]})
    >>> findable(frame, Identity({"a": "a", "b": "a"})).rows()
    [('a', 'FAO', None), ('a', 'Food', 'FAO'), ('a', 'b', None)]
    """
    every = frame.select("id", "name", "acronym")
    ids = _changes(identity, roll_up)
    own = every.select(pl.col("id").replace(ids).alias("id"), pl.col("id").alias("name"))
    under = own.filter(pl.col("id") != pl.col("name"))
    return pl.concat([every.with_columns(pl.col("id").replace(ids)), under], how="diagonal")


def joined(frame: pl.DataFrame, identity: Identity, *, roll_up: bool = False) -> pl.DataFrame:
    """Return id, name, acronym, body: the organizations that count as another, `body`, and are no longer by themselves.

    Examples
    --------
    >>> frame = pl.DataFrame({"id": ["a", "b"], "name": ["FAO", "Food"], "acronym": [None, "FAO"]})
    >>> joined(frame, Identity({"a": "a", "b": "a"})).rows()
    [('b', 'Food', 'FAO', 'a')]
    """
    ids = _changes(identity, roll_up)
    every = frame.select("id", "name", "acronym", pl.col("id").replace(ids).alias("body"))
    return every.filter(pl.col("id") != pl.col("body"))


def names_of(identity: Identity, frame: pl.DataFrame, id: str) -> pl.DataFrame:
    """Return all that one body is called: id, name, acronym, references, url; the representative first.

    Parameters
    ----------
    identity : Identity
    frame : polars.DataFrame
        All organizations: id, name; optional acronym, url.
    id : str
        Any of its ids.

    Examples
    --------
    >>> frame = pl.DataFrame({"id": ["XM-DAC-41301", "fao"], "name": ["Food and Agriculture Organization", "FAO"]})
    >>> identity = Identity({"XM-DAC-41301": "fao", "fao": "fao"})
    >>> names_of(identity, frame, "XM-DAC-41301").rows()
    [('fao', 'FAO', ''), ('XM-DAC-41301', 'Food and Agriculture Organization', 'IATI XM-DAC-41301')]
    """
    members = identity.members(id)
    kept = [name for name in ("id", "name", "acronym", "url") if name in frame.columns]
    rows = frame.filter(pl.col("id").is_in(list(members))).select(kept)
    order = {member: place for place, member in enumerate(members)}
    ordered = rows.sort(pl.col("id").replace_strict(order, return_dtype=pl.Int64))
    texts = ordered.select(name for name in ("id", "url") if name in kept).rows()
    said = pl.Series("references", [_references(row) for row in texts], dtype=pl.String)
    return ordered.with_columns(said).select(*(name for name in kept if name != "url"), "references", *_url(kept))


def _references(texts: Collection[str | None]) -> str:
    return ", ".join(f"{register} {reference}" for register, reference in sorted(references(*texts).items()))


def _url(columns: Collection[str]) -> list[str]:
    return [name for name in ("url",) if name in columns]
