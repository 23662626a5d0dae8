"""Ties and participations in, the significance of each tie out."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import narwhals as nw
import numpy as np
import polars as pl

from graphmodel.analysis.significance import joining
from graphmodel.analysis.significance.choices import Test
from graphmodel.analysis.significance.classes import FOREIGN, KEY, Figures, figures
from graphmodel.analysis.significance.corrections import corrected
from graphmodel.analysis.significance.disparity import of_ties
from graphmodel.analysis.significance.joining import FIGURES, Population
from graphmodel.analysis.significance.words import Outcome
from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.frames import lazy
from graphmodel.analysis.ties.selection import Selection
from graphmodel.errors import UsageProblem

ENDS = ("source", "target", "shared")

SLICE = 1 << 17
"""Ties that are joined with their figures at a time: joining them all at once takes twice the memory."""

SIDES = (("one", "smaller"), ("other", "larger"))


@dataclass(frozen=True)
class Assessment:
    """A test of given ties, computed as far as it is asked for.

    `given` and `whole` have source, target, shared, and smaller, larger: how many activities the two take part in. They
    are the ties to be judged and all ties of the population, the same unless those given are only some.
    """

    population: Population
    given: pl.DataFrame
    whole: pl.DataFrame
    test: Test

    @cached_property
    def figures(self) -> Figures:
        """The figures of each kind of pair."""
        kinds = joining.polars(joining.triples(nw.from_native(self.whole.lazy())))
        return figures(self.population.rows, self.population.columns, kinds, self.test)

    @cached_property
    def columns(self) -> pl.DataFrame:
        """The figures of the given ties, in their order."""
        return self._disparity() if self.test.method == "disparity" else self._figured()

    @cached_property
    def outcome(self) -> Outcome:
        """What came of it, in numbers."""
        if self.test.method == "disparity":
            tied = len(self._filtered)
            return Outcome(tied, tied, int((self._filtered["sign"] == "+").sum()))
        return outcome(self.figures, self.population.pairs)

    @property
    def avoided(self) -> pl.DataFrame:
        """source, target, shared, smaller, larger of all pairs that share less than chance would have it."""
        kinds = self.figures.table.filter(pl.col("sign") == "-")
        meeting = self.whole.filter(pl.col("shared") > 0).join(kinds.select(KEY), on=KEY)
        return pl.concat([meeting, self._apart(kinds.filter(pl.col("shared") == 0)).select(meeting.columns)])

    def _figured(self) -> pl.DataFrame:
        table = nw.from_native(self.figures.table.lazy())
        keys = self.given.select(KEY)
        parts = [_figured(keys.slice(start, SLICE), table) for start in range(0, max(len(keys), 1), SLICE)]
        found = pl.concat(parts)
        if found["sign"].null_count():
            raise UsageProblem(FOREIGN)
        return found

    @cached_property
    def _filtered(self) -> pl.DataFrame:
        """source, target and the figures by the disparity filter, of all ties that share something."""
        tied = self.whole.filter(pl.col("shared") > 0)
        chances = of_ties(tied)
        q = corrected(chances, np.ones(len(chances), np.int64), self.test.corrected_by)
        sign = pl.when(pl.col("q") < self.test.alpha).then(pl.lit("+")).otherwise(pl.lit("0"))
        return tied.select("source", "target", p_more=chances, q=q).with_columns(sign=sign)

    def _disparity(self) -> pl.DataFrame:
        found = self.given.join(self._filtered, on=["source", "target"], how="left", maintain_order="left")
        unknown = pl.lit(None, pl.Float64)
        certain = pl.col("p_more", "q").fill_null(1.0)
        return found.select(certain, pl.col("sign").fill_null("0"), expected=unknown, p_less=unknown).select(FIGURES)

    def _apart(self, kinds: pl.DataFrame) -> pl.DataFrame:
        """The pairs of these degrees that share nothing: all such pairs, without those that share something."""
        degrees = self.population.degrees
        one, other = (degrees.select(pl.col("organization").alias(a), pl.col("activities").alias(b)) for a, b in SIDES)
        pairs = kinds.select(KEY).join(one, on="smaller").join(other, on="larger")
        again = (pl.col("smaller") == pl.col("larger")) & (pl.col("one") >= pl.col("other"))
        ends = {"source": pl.min_horizontal("one", "other"), "target": pl.max_horizontal("one", "other")}
        once = pairs.filter(~again).with_columns(**ends)
        return once.join(self.whole.filter(pl.col("shared") > 0), on=["source", "target"], how="anti")


def assessment(tied: nw.LazyFrame[Any], participations: Any, selection: Selection, test: Test) -> Assessment:
    """Prepare the test of ties.

    Ties that share less than asked for, or that were left out, still count among all pairs: where the given ties are
    not all that these participations make, all are made.
    """
    who = joining.population(participations, selection)
    given = whole = _ends(tied, who)
    if given["shared"].sum() != who.instances:
        every = alliances.ties(participations, selection=replace(selection, min_shared=1), limit=None)
        whole = _ends(lazy(every), who)
    return Assessment(who, given, whole, test)


def outcome(figures: Figures, pairs: int) -> Outcome:
    """Return what came of a test, from the figures of each kind of pair and the number of all pairs."""
    table = figures.table
    kept, avoided = table.filter(pl.col("sign") == "+"), table.filter(pl.col("sign") == "-")
    parts = (table.filter(pl.col("shared") > 0), kept, avoided, avoided.filter(pl.col("shared") == 0))
    tied, plus, minus, nothing = (int(part["pairs"].sum()) for part in parts)
    return Outcome(pairs, tied, plus, minus, nothing, figures.residual)


def _ends(tied: nw.LazyFrame[Any], who: Population) -> pl.DataFrame:
    """source, target, shared, and the degrees of both ends: smaller, larger."""
    ends = joining.polars(tied.select(*ENDS))
    numbered = nw.from_native(ends.with_row_index("row").lazy())
    found = joining.with_degrees(numbered, nw.from_native(who.degrees.lazy())).select("row", "smaller", "larger")
    return ends.hstack(joining.polars(found).sort("row").drop("row"))


def _figured(keys: pl.DataFrame, table: nw.LazyFrame[Any]) -> pl.DataFrame:
    """The figures of some ties, in their order."""
    ends = nw.from_native(keys.with_row_index("row").lazy())
    return joining.polars(joining.figured(ends, table).select("row", *FIGURES)).sort("row").drop("row")
