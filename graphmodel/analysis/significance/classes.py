"""The figures of all pairs of organizations, from the few kinds of pairs that there are.

A pair's figures depend on how many activities each of the two takes part in and on how many they share. The number of
such triples is small where that of pairs is huge, so what is here is a function of three small tables, wherever these
were counted; the result is joined back to the pairs.
"""

from dataclasses import dataclass

import polars as pl

from graphmodel.analysis.significance.choices import Test
from graphmodel.analysis.significance.corrections import corrected
from graphmodel.analysis.significance.model import Degrees
from graphmodel.analysis.significance.nulls import Kinds, expectation
from graphmodel.errors import UsageProblem

KEY = ("smaller", "larger", "shared")

FOREIGN = (
    "These ties are not of these participations: they share what they could not. Make both from the same "
    "participations and the same selection."
)


@dataclass(frozen=True)
class Figures:
    """The figures of each kind of pair.

    Attributes
    ----------
    table : polars.DataFrame
        smaller, larger : how many activities the two take part in
        shared : how many they share
        pairs : how many pairs are of this kind; they add up to all pairs
        expected : mean number of shared activities under the null model
        p_more, p_less : P(X >= shared), P(X <= shared)
        log_p_more : natural logarithm of p_more, also where that is too small for a number
        q, q_less : p_more and p_less, corrected over all pairs
        sign : "+" if q is below alpha, "-" if q_less is, "0" otherwise

        Sorted by smaller, larger, shared.
    residual : float or None
        Largest difference between a degree that the model expects and the observed one; None where the method
        solves no model.
    """

    table: pl.DataFrame
    residual: float | None


def figures(rows: Degrees, columns: Degrees, triples: pl.DataFrame, test: Test) -> Figures:
    """Return the figures of all kinds of pairs of organizations, those that share nothing included.

    Parameters
    ----------
    rows, columns : Degrees
        Of organizations (activities of each) and of activities (participants of each).
    triples : polars.DataFrame
        smaller, larger, shared, pairs: how many pairs share so many, above 0, for each two degrees.
    test : Test
        Any method but disparity, which is no function of degrees.

    Raises
    ------
    UsageProblem
        If more pairs share something than there are, or the model does not converge.

    Examples
    --------
    >>> import numpy as np
    >>> triples = pl.DataFrame({"smaller": [1], "larger": [1], "shared": [1], "pairs": [1]})
    >>> found = figures(Degrees(np.array([1]), np.array([3])), Degrees.of(np.array([2, 1])), triples, Test())
    >>> found.table.select("shared", "pairs", pl.col("expected").round(3)).rows()
    [(0, 2, 0.556), (1, 1, 0.556)]
    """
    kinds = _completed(rows, triples)
    found = expectation(rows, columns, Kinds(*(kinds[name].to_numpy() for name in KEY)), test)
    p_more, p_less, pairs = found.tails.more, found.tails.less, kinds["pairs"].to_numpy()
    q, q_less = (corrected(chances, pairs, test.corrected_by) for chances in (p_more, p_less))
    chances = {"p_more": p_more, "p_less": p_less, "log_p_more": found.tails.log_more, "q": q, "q_less": q_less}
    return Figures(kinds.with_columns(expected=found.mean, **chances).with_columns(sign=_sign(test)), found.residual)


def _sign(test: Test) -> pl.Expr:
    allied, avoided = pl.col("q") < test.alpha, pl.col("q_less") < test.alpha
    return pl.when(allied).then(pl.lit("+")).when(avoided).then(pl.lit("-")).otherwise(pl.lit("0"))


def _completed(rows: Degrees, triples: pl.DataFrame) -> pl.DataFrame:
    """The triples with those that share nothing: of all pairs of two degrees, the ones that are left."""
    together = triples.filter(pl.col("shared") > 0).select(pl.col(*KEY, "pairs").cast(pl.Int64))
    counted = together.group_by("smaller", "larger").agg(pl.col("pairs").sum().alias("together"))
    every = _pairs_of_degrees(rows).join(counted, on=["smaller", "larger"], how="full", coalesce=True)
    left = pl.col("every").fill_null(0) - pl.col("together").fill_null(0)
    apart = every.select("smaller", "larger", shared=pl.lit(0, pl.Int64), pairs=left)
    if (apart["pairs"] < 0).any() or (together["shared"] > together["smaller"]).any():
        raise UsageProblem(FOREIGN)
    return pl.concat([together, apart.filter(pl.col("pairs") > 0)]).sort(KEY)


def _pairs_of_degrees(rows: Degrees) -> pl.DataFrame:
    """smaller, larger, every: how many pairs there are of each two degrees."""
    one = pl.DataFrame({"smaller": rows.values, "one": rows.counts})
    other = pl.DataFrame({"larger": rows.values, "other": rows.counts})
    both = one.join(other, how="cross").filter(pl.col("smaller") <= pl.col("larger"))
    same = pl.col("smaller") == pl.col("larger")
    every = pl.when(same).then(pl.col("one") * (pl.col("one") - 1) // 2).otherwise(pl.col("one") * pl.col("other"))
    return both.select("smaller", "larger", every=every)
