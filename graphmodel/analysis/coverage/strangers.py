"""Pairs that are in the same cells and never worked together, with what they have in common."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from graphmodel.analysis.coverage import cells
from graphmodel.analysis.coverage.matrix import Matrix
from graphmodel.analysis.coverage.met import both_ways, met
from graphmodel.analysis.coverage.specialisation import CELL
from graphmodel.network import ENDS

NAMED = 5
"""Cells named for a pair."""


@dataclass(frozen=True)
class Strangers:
    """The pairs of a matrix that never worked together.

    Attributes
    ----------
    matrix : Matrix
    by : str
        done, declared or either: what puts an organization in a cell.
    one : str
        Only pairs with this organization, which is then the source; empty for all.
    """

    matrix: Matrix
    by: str
    one: str

    @cached_property
    def active(self) -> pl.DataFrame:
        """Return organization, region, area: who is in which cell."""
        frames = {"done": [self.matrix.active], "declared": [self.matrix.declared]}
        chosen = frames.get(self.by, [self.matrix.active, self.matrix.declared])
        return pl.concat(chosen).unique().sort("organization", *CELL)

    @cached_property
    def met(self) -> pl.DataFrame:
        """Return source, target: who has ever worked with whom, in both orders."""
        return both_ways(met(self.matrix.partnerships))

    @cached_property
    def side_by_side(self) -> pl.DataFrame:
        """Return source, target, common: the pairs with a cell in common, whether they worked together or not."""
        return cells.pairs_of_one(self.active, self.one) if self.one else cells.pairs_of_all(self.active)

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Return source, target, common, jaccard: the pairs that never worked together, most in common first."""
        unmet = self.side_by_side.join(self.met, on=ENDS, how="anti")
        order = ["common", "jaccard", *ENDS]
        return cells.similarity(unmet, self.active).sort(order, descending=[True, True, False, False])

    def table(self, most: int) -> pl.DataFrame:
        """Return the first pairs, all for 0, with names, cells and partners; the columns are those of `overlap`."""
        kept = self.pairs.head(most) if most else self.pairs
        for end in ENDS:
            kept = kept.join(self._names(end), on=end, how="left", maintain_order="left")
        for lists in (self._partners(kept), self._cells(kept)):
            kept = kept.join(lists, on=ENDS, how="left", maintain_order="left")
        partners = pl.col("partners").fill_null([])
        told = kept.with_columns(partners=partners, common_partners=partners.list.len().cast(pl.Int64))
        named = (name for end in ENDS for name in (end, f"{end}_name"))
        return told.select(*named, "common", "jaccard", "common_partners", "partners", "cells")

    def _names(self, end: str) -> pl.DataFrame:
        names = self.matrix.partnerships.organizations.select("id", pl.coalesce("name", "id"))
        return names.rename({"id": end, "name": f"{end}_name"})

    def _partners(self, pairs: pl.DataFrame) -> pl.DataFrame:
        rows = cells.partners_in_common(pairs, self.met).join(self._names("partner"), on="partner")
        return rows.group_by(ENDS).agg(pl.col("partner_name").sort().alias("partners"))

    def _cells(self, pairs: pl.DataFrame) -> pl.DataFrame:
        rows = cells.cells_in_common(pairs, self.active)
        for column, axis in zip(CELL, (self.matrix.regions, self.matrix.areas), strict=True):
            rows = rows.join(axis.columns(column), on=column, maintain_order="left")
        name = pl.format("{} in {}", "area_name", "region_name")
        return rows.group_by(ENDS, maintain_order=True).agg(name.head(NAMED).alias("cells"))
