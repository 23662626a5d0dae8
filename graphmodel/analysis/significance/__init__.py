"""The significance of alliances: which ties are more than chance, given how active each organization is.

`significance` takes the rows of a two-mode network alone; `assess` and `avoided` take ties and participations as
`graphmodel.analysis.ties.alliances` has them. All are pure functions.
"""

from dataclasses import dataclass
from typing import Any

import narwhals as nw
import polars as pl
from narwhals.typing import IntoFrameT

from graphmodel.analysis.significance import report, words
from graphmodel.analysis.significance.assessment import ENDS, Assessment, assessment
from graphmodel.analysis.significance.choices import Test
from graphmodel.analysis.significance.joining import FIGURES, polars
from graphmodel.analysis.significance.words import Outcome
from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.frames import lazy
from graphmodel.analysis.ties.selection import EVERYTHING, Selection
from graphmodel.errors import UsageProblem

__all__ = ["STANDARD", "Outcome", "Significance", "Test", "assess", "avoided", "significance"]

STANDARD = Test()

AVOIDED_LIMIT = 1_000_000
"""Pairs that `avoided` lists without being told."""


@dataclass(frozen=True)
class Significance:
    """What a test of ties gives.

    Attributes
    ----------
    table : frame
        The ties with their figures, or the pairs that are avoided.
    words : tuple of str
        What was found, then its limits.
    method : str
        The paragraph for a report.
    references : tuple of str
        The works that the method rests on.
    outcome : Outcome
        Pairs tested, ties, ties kept, pairs avoided, residual of the model.
    kinds : polars.DataFrame or None
        The figures of each kind of pair (smaller and larger degree, shared), with the logarithm of p_more; see
        `classes.Figures`. None for disparity.
    """

    table: Any
    words: tuple[str, ...]
    method: str
    references: tuple[str, ...]
    outcome: Outcome
    kinds: pl.DataFrame | None = None


def significance(incidence: IntoFrameT, test: Test = STANDARD) -> IntoFrameT:
    """Return which organizations share more activities than chance would have it, from a two-mode network alone.

    Parameters
    ----------
    incidence : frame (polars, pyarrow, or another that narwhals knows)
        organization, activity: who takes part in what. A row that stands twice counts once; ids of organizations
        may be numbers, and come back as texts.
    test : Test
        Null model, tail, correction and level; by default the stochastic degree sequence model, exact, corrected
        after Benjamini and Hochberg, at .05.

    Returns
    -------
    frame of the kind that went in
        source, target, shared, and the figures of `assess`: one row for each pair that shares an activity.

    Examples
    --------
    >>> attended = {"Ada": range(20), "Ben": range(20), "Cleo": range(20, 40), "Dan": range(19, 39)}
    >>> rows = [(who, event) for who, events in attended.items() for event in events]
    >>> found = significance(pl.DataFrame(rows, schema=["organization", "activity"], orient="row"))
    >>> found.select("source", "target", "shared", pl.col("p_more", "q").round(3), "sign").head(3).rows()
    [('Ada', 'Ben', 20, 0.001, 0.004, '+'), ('Cleo', 'Dan', 19, 0.002, 0.006, '+'), ('Ada', 'Dan', 1, 1.0, 1.0, '-')]
    """
    frame: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(incidence)
    texts = [nw.col(name).cast(nw.String) for name in frame.collect_schema() if name == "organization"]
    named = nw.to_native(frame.with_columns(*texts))
    table = assess(alliances.ties(named), named, test=test).table
    native: IntoFrameT = nw.to_native(nw.from_native(table).select(*ENDS, *FIGURES))
    return native


def assess(tied: Any, participations: Any, selection: Selection = EVERYTHING, test: Test = STANDARD) -> Significance:
    """Test ties against chance: does a pair share more activities than two others as active would?

    Parameters
    ----------
    tied : frame
        The ties of `alliances.ties`, all or some of them: source, target, shared and any other columns.
    participations, selection
        What the ties were made of.
    test : Test
        Null model, tail, correction and level.

    Returns
    -------
    Significance
        The table has the given rows in their order (lazy frames come back lazy, those of other engines than polars
        as polars), with these columns added:

        expected : mean number of shared activities under the null model
        p_more : P(X >= shared), the chance to share so many or more
        p_less : P(X <= shared), the chance to share so few or fewer
        q : p_more, corrected over all pairs of organizations that take part in anything, those that share nothing
        included
        sign : "+" more than chance (q below alpha), "-" less than chance (p_less, corrected in the same way, below
        alpha), "0" neither

        For the method disparity expected and p_less are null, and a correction is over the ties that exist. An
        agreement alone is tested as a pair that shares nothing.

    Raises
    ------
    UsageProblem
        If the ties cannot be of these participations, or the model does not converge.

    Notes
    -----
    A tie that is not more than chance may be real all the same: the shared activities alone do not show it. Both
    directions are tested at alpha.

    References
    ----------
    Z. P. Neal, The backbone of bipartite projections, Social Networks 39, 84, 2014; and those of the result.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "a", "b", "c"], "activity": ["x", "x", "y", "y", "y"]})
    >>> assess(alliances.ties(rows), rows).outcome
    Outcome(pairs=3, tied=3, kept=0, avoided=0, apart=0, residual=0.0)
    """
    made = assessment(lazy(tied), participations, selection, test)
    return _told(made, _beside(tied, made.columns), words.of_ties(made.outcome, test))


def avoided(
    tied: Any,
    participations: Any,
    selection: Selection = EVERYTHING,
    test: Test = STANDARD,
    *,
    limit: int = AVOIDED_LIMIT,
) -> Significance:
    """List the pairs that share less than chance would have it, those that share nothing included.

    Parameters
    ----------
    tied, participations, selection, test
        As for `assess`; any method but disparity.
    limit : int
        Most pairs to list.

    Returns
    -------
    Significance
        The table is a polars one: source < target, shared, expected, p_more, p_less, q, sign. Here q is p_less,
        corrected over all pairs, and sign is "-". Sorted by p_less, source, target.

    Raises
    ------
    UsageProblem
        If there are more pairs than `limit`; for disparity; and as for `assess`.

    Notes
    -----
    Most pairs of a large network share nothing, and for two that are in few activities this is what chance would have
    too: only those that are in many can be seen to avoid each other.

    Examples
    --------
    >>> attended = {"a": range(30), "b": range(30, 60), "c": range(30), "d": range(30, 60)}
    >>> rows = [(who, event) for who, events in attended.items() for event in events]
    >>> rows = pl.DataFrame(rows, schema=["organization", "activity"], orient="row")
    >>> avoided(alliances.ties(rows), rows).table.select("source", "target", "shared", "sign").rows()
    [('a', 'b', 0, '-'), ('a', 'd', 0, '-'), ('b', 'c', 0, '-'), ('c', 'd', 0, '-')]
    """
    if test.method == "disparity":
        raise UsageProblem("The disparity filter knows no avoided pairs: choose sdsm, fixed-rows or fixed-columns.")
    made = assessment(lazy(tied), participations, selection, test)
    if made.outcome.avoided > limit:
        raise UsageProblem(
            f"{made.outcome.avoided:,} pairs share less than chance would have it, more than the limit of {limit:,}. "
            "Choose a lower alpha or a stricter correction, select less, or raise the limit."
        )
    columns = ("expected", "p_more", "p_less", pl.col("q_less").alias("q"), "sign")
    kinds = made.figures.table.select("smaller", "larger", "shared", *columns)
    table = made.avoided.join(kinds, on=["smaller", "larger", "shared"]).select(*ENDS, *FIGURES)
    return _told(made, table.sort("p_less", "source", "target"), words.of_avoided(made.outcome, test))


def _told(made: Assessment, table: Any, sentences: tuple[str, ...]) -> Significance:
    method, works = report.paragraph(made.outcome, made.test), report.works(made.test)
    kinds = None if made.test.method == "disparity" else made.figures.table
    return Significance(table, sentences, method, works, made.outcome, kinds)


def _beside(tied: Any, columns: pl.DataFrame) -> Any:
    """The given frame with columns added."""
    wrapped: nw.DataFrame[Any] | nw.LazyFrame[Any] = nw.from_native(tied)
    if isinstance(wrapped, nw.LazyFrame):
        return _beside(polars(wrapped), columns).lazy()
    engine = wrapped.implementation
    added = nw.from_native(columns) if engine.is_polars() else nw.from_arrow(columns.to_arrow(), backend=engine)
    return nw.to_native(nw.concat([wrapped.drop(*FIGURES, strict=False), added], how="horizontal"))
