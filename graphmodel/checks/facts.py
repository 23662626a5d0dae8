"""What the checks look at: the elements of a graph as frames, each read when the first check asks for it."""

from collections.abc import Collection
from functools import cached_property

import polars as pl

from graphmodel.plan import Reader
from graphmodel.records import ENDS
from graphmodel.schema import Schema

DEEPEST = 20
"""Steps from a place up to its country; a circle ends here too."""


class Facts:
    """The elements of a graph as frames with the columns of `graphmodel.batch.frame_schema`, or some of them."""

    def __init__(self, schema: Schema, store: Reader) -> None:
        """Remember where the graph is; nothing is read yet."""
        self.schema = schema
        self._store = store

    def nodes(self, label: str, only: Collection[str] | None = None) -> pl.DataFrame:
        """Return the nodes of a label."""
        return self._store.read(self.schema.node(label), only=only)

    def ties(self, name: str, start: str = "", only: Collection[str] = ENDS) -> pl.DataFrame:
        """Return the relationships of a type; without `only` their two ends."""
        return self._store.read(self.schema.relationship(name, start), only=only)

    @cached_property
    def organizations(self) -> pl.DataFrame:
        """All organizations."""
        return self.nodes("Organization")

    @cached_property
    def activities(self) -> pl.DataFrame:
        """All activities."""
        return self.nodes("Activity")

    @cached_property
    def regions(self) -> pl.DataFrame:
        """All regions."""
        return self.nodes("Region")

    @cached_property
    def took_part(self) -> pl.DataFrame:
        """Organization (start_id) and activity (end_id), once each."""
        return self.ties("PARTICIPATED_IN").unique(maintain_order=True)

    @cached_property
    def region_parts(self) -> pl.DataFrame:
        """Region (start_id) in a larger one (end_id), once each."""
        return self.ties("PART_OF", "Region").unique(maintain_order=True)

    @cached_property
    def countries(self) -> pl.DataFrame:
        """Region (id) and the ISO code of the country that it is, or lies in; regions above countries are not there."""
        parents = self.region_parts.unique("start_id", keep="first", maintain_order=True)
        codes = self.regions.select(pl.col("id").alias("end_id"), "iso2")
        at = self.regions.select("id", "iso2", pl.col("id").alias("at"))
        found = [at.filter(pl.col("iso2").is_not_null())]
        for _ in range(DEEPEST):
            open_ = at.filter(pl.col("iso2").is_null()).select("id", "at")
            up = open_.join(parents, left_on="at", right_on="start_id").join(codes, on="end_id")
            at = up.select("id", "iso2", pl.col("end_id").alias("at"))
            found.append(at.filter(pl.col("iso2").is_not_null()))
            if at.is_empty():
                break
        return pl.concat(found).select("id", "iso2").sort("id")


def told(rows: pl.DataFrame, label: str, found: pl.Expr) -> pl.DataFrame:
    """Return rows with `id` and `name` as findings: label, id, name, found (what is odd, in words)."""
    return rows.select(pl.lit(label).alias("label"), "id", "name", found.alias("found"))


def normalized(name: pl.Expr) -> pl.Expr:
    """Return names without case, accents and punctuation; null where nothing is left.

    >>> pl.DataFrame({"name": ["Société Générale,  S.A.", "societe generale SA"]}).select(normalized(pl.col("name")))[
    ...     "name"
    ... ].to_list()
    ['societe generale sa', 'societe generale sa']
    """
    plain = name.str.normalize("NFKD").str.replace_all(r"[\p{M}.'\x{2019}]", "").str.to_lowercase()
    words = plain.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return pl.when(words != "").then(words)


def alike(rows: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    """Return the rows that share a key with another, with `others`: the ids of those, at most five."""
    groups = rows.with_columns(key.alias("_key")).filter(pl.col("_key").is_not_null())
    many = groups.filter(pl.len().over("_key") > 1)
    ids = many.group_by("_key").agg(pl.col("id").sort().head(6).alias("others"))
    others = pl.col("others").list.set_difference(pl.concat_list("id")).list.sort().list.head(5)
    return many.join(ids, on="_key", maintain_order="left").with_columns(others).drop("_key").sort("id")
