"""What centrality says in words: who leads in which, and whether the rankings agree."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import polars as pl
from scipy import stats

from graphmodel.analysis.phrases import counted, crowded, listed

LEADING = {
    "degree": "Most partners",
    "strength": "Most work shared",
    "betweenness": "Between most pairs of others",
    "closeness": "Nearest to all others",
    "eigenvector": "Tied most to the well tied",
    "pagerank": "Met most often by who follows ties at random",
    "core": "In the densest core",
}
"""What it means to lead, by column."""

LISTED = 3
"""Organizations that a sentence names; the table holds all."""

DIGITS = 12
"""Digits of a coefficient, so that the last ones of the machine do not decide."""


def words(table: pl.DataFrame, samples: int) -> Iterator[str]:
    """Return what the table says: who leads in which, whether the rankings agree, and who is not in them."""
    tied = table.filter(pl.col("degree") > 0)
    if tied.is_empty():
        yield "There are no ties, so nobody is central."
        return
    counting_alike = (tied["degree"] == tied["strength"]).all()
    columns = [column for column in LEADING if not (counting_alike and column == "strength")]
    yield from (_leaders(tied, column) for column in columns)
    yield _rankings(tied, columns)
    yield from crowded(table.height, int(table["degree"].sum()) // 2)
    if samples:
        yield (
            f"Betweenness and closeness are estimated from {samples:,} organizations drawn at random: small "
            "differences may be chance."
        )
    if alone := table.height - tied.height:
        yield f"Without a tie: {alone:,}."
    if outside := tied["eigenvector"].null_count():
        yield f"Outside the largest connected part, so without an eigenvector: {counted(outside, 'organization')}."


def _leaders(tied: pl.DataFrame, column: str) -> str:
    """Who leads; that nobody does where all are alike."""
    ranked = tied.drop_nulls(column).sort(column, "id", descending=[True, False])
    top = ranked[column][0]
    first = ranked.filter(pl.col(column) == top)
    if first.height > LISTED:
        who = "all who are tied" if first.height == tied.height else f"{first.height:,} organizations"
        return f"{LEADING[column]}: {who} share the first place ({_figure(top)})."
    named = [f"{name} ({_figure(value)})" for name, value in ranked.head(LISTED).select("name", column).rows()]
    return f"{LEADING[column]}: {listed(named)}."


def _figure(value: float) -> str:
    """Three digits after the point; more for what is small.

    >>> _figure(1200), _figure(0.5), _figure(0.00231)
    ('1,200', '0.500', '0.00231')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{3 if value == 0 or value >= 0.01 else 5}f}"


def _rankings(tied: pl.DataFrame, columns: list[str]) -> str:
    """How far the rankings agree."""
    compared = {pair: agreement(tied[pair[0]], tied[pair[1]]) for pair in combinations(columns, 2)}
    known = {pair: value for pair, value in compared.items() if value is not None}
    if not known:
        return "There is nothing to rank: all who are tied are alike."
    least, value = min(known.items(), key=lambda pair: pair[1])
    verdict = "differ: who leads in one need not lead in another"
    if value >= 0.5:
        verdict = "agree in the main"
    if value >= 0.9:
        verdict = "agree: one of them is enough"
    return (
        f"The rankings {verdict}; least alike are {least[0]} and {least[1]} (Spearman {value:.2f}, 1 the same order)."
    )


def agreement(one: pl.Series, other: pl.Series) -> float | None:
    """Return Spearman's coefficient of two columns where both are known; none where one is the same for all.

    >>> agreement(pl.Series([1, 2, 3]), pl.Series([10.0, 30.0, 20.0]))
    0.5
    """
    both = pl.DataFrame({"one": one, "other": other}).drop_nulls()
    if min(both.select(pl.all().n_unique()).row(0)) < 2:
        return None
    ranks = (stats.rankdata(both[name].to_numpy()) for name in both.columns)
    return float(np.corrcoef(*ranks)[0, 1].round(DIGITS))
