"""From ties to the kinds of pairs that they are, and back: narwhals expressions, for frames of any engine."""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl

from graphmodel.analysis.significance.classes import KEY
from graphmodel.analysis.significance.model import Degrees
from graphmodel.analysis.ties import projection
from graphmodel.analysis.ties.frames import collected, lazy
from graphmodel.analysis.ties.selection import Selection, incidence

FIGURES = ("expected", "p_more", "p_less", "q", "sign")

OF_NOBODY: dict[str, float | str] = {"expected": 0.0, "p_more": 1.0, "p_less": 1.0, "q": 1.0, "sign": "0"}
"""The figures of a tie whose one end is in no activity: it can share nothing."""


@dataclass(frozen=True)
class Population:
    """Who is tested: organization, activities of each that has any; the degrees of both sides."""

    degrees: pl.DataFrame
    rows: Degrees
    columns: Degrees

    @property
    def pairs(self) -> int:
        """The number of pairs of organizations."""
        return self.rows.size * (self.rows.size - 1) // 2

    @property
    def instances(self) -> int:
        """The number of pairs of organizations, counted once for each activity that they share."""
        participants = self.columns.values
        return int((self.columns.counts * participants * (participants - 1)).sum()) // 2


def population(participations: Any, selection: Selection) -> Population:
    """Return who takes part in what is selected."""
    together = polars(incidence(lazy(participations), selection).select("organization", "activity"))
    of_organizations = projection.degrees(nw.from_native(together.lazy()))
    degrees = polars(of_organizations.with_columns(nw.col("organization").cast(nw.String)))
    sizes = together.group_by("activity").len()["len"]
    sides = Degrees.of(degrees["activities"].to_numpy()), Degrees.of(sizes.to_numpy())
    return Population(degrees.sort("organization"), *sides)


def polars(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    """Compute the frame, as a polars one."""
    return collected(frame).to_polars()


def with_degrees(ends: nw.LazyFrame[Any], degrees: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add smaller, larger: how many activities the ends of a tie (source, target) take part in."""
    known = projection.with_degrees(ends, degrees)
    return known.with_columns(*projection.smaller_and_larger()).drop("source_activities", "target_activities")


def triples(ends: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return smaller, larger, shared, pairs: how many ties are of each kind."""
    return ends.filter(nw.col("shared") > 0).group_by(*KEY).agg(nw.len().cast(nw.Int64).alias("pairs"))


def figured(ends: nw.LazyFrame[Any], table: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add the figures of their kind to ties that have smaller, larger, shared; null where the table lacks it."""
    found = ends.join(table.select(*KEY, *FIGURES), on=list(KEY), how="left")
    active = nw.col("smaller") > 0
    return found.with_columns(
        nw.when(active).then(nw.col(name)).otherwise(nw.lit(value)).alias(name) for name, value in OF_NOBODY.items()
    )
