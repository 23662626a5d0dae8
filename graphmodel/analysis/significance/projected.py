"""The significance of ties that an engine keeps: kinds of pairs are counted there, and their figures joined back."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import narwhals as nw
import polars as pl

from graphmodel.analysis.significance import joining
from graphmodel.analysis.significance.assessment import outcome
from graphmodel.analysis.significance.choices import Test
from graphmodel.analysis.significance.classes import KEY, Figures, figures
from graphmodel.analysis.significance.model import Degrees
from graphmodel.analysis.significance.words import Outcome
from graphmodel.analysis.ties.projected import Projected
from graphmodel.errors import UsageProblem


@dataclass(frozen=True)
class Judged:
    """A test of all ties of a projection on an engine.

    Examples
    --------
    >>> from graphmodel import engines
    >>> from graphmodel.analysis.ties.projected import Frames, projected
    >>> from graphmodel.analysis.ties.selection import Selection
    >>> rows = pl.DataFrame({"organization": ["a", "b", "a", "b", "c"], "activity": ["x", "x", "y", "y", "y"]})
    >>> formal = pl.DataFrame(schema={"source": pl.String, "target": pl.String})
    >>> with engines.started() as engine:
    ...     made = projected(Frames(engine.taken(rows), engine.taken(formal)), Selection(), engine)
    ...     Judged(made, Test()).outcome
    Outcome(pairs=3, tied=3, kept=0, avoided=0, apart=0, residual=0.0)
    """

    projected: Projected
    test: Test

    def __post_init__(self) -> None:
        refuse_disparity(self.test)

    @cached_property
    def figures(self) -> Figures:
        """The figures of each kind of pair; see `graphmodel.analysis.significance.classes`."""
        kinds = joining.polars(joining.triples(self.projected.pairs))
        return figures(self._rows, _degrees(self.projected.sizes), kinds, self.test)

    @cached_property
    def outcome(self) -> Outcome:
        """What came of it, in numbers."""
        pairs = self._rows.size * (self._rows.size - 1) // 2
        return outcome(self.figures, pairs)

    @cached_property
    def pairs(self) -> nw.LazyFrame[Any]:
        """The pairs of the projection with the figures of the test; see `graphmodel.analysis.significance.assess`."""
        table = self.figures.table.select(*KEY, *joining.FIGURES)
        return joining.figured(self.projected.pairs, self.projected.engine.spread(table))

    @property
    def _rows(self) -> Degrees:
        return _degrees(self.projected.degrees)


def _degrees(counted: pl.DataFrame) -> Degrees:
    """The degrees of one side, from how many have each."""
    values, counts = counted.get_columns()
    return Degrees(values.to_numpy(), counts.to_numpy())


def refuse_disparity(test: Test) -> None:
    """Refuse the one method that is no function of degrees."""
    if test.method == "disparity":
        raise UsageProblem(
            "The disparity filter compares each tie with the others of its ends, and needs them all in memory: "
            "choose sdsm, fixed-rows or fixed-columns for a network of this size, or select less."
        )
