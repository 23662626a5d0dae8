"""What a backtest says: how well new ties were foretold, and whether that beats simpler methods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from graphmodel.analysis.phrases import counted, listed
from graphmodel.analysis.recommendation.history import History
from graphmodel.analysis.recommendation.trial import BASELINES, OTHERS, OWN, Trial

FEW = 30
"""Lists below which the intervals are wide."""

TOLD = {
    "auc": "ranking all pairs",
    "auc_within": "ranking within a list",
    "precision": "precision of the first {k}",
    "reciprocal_rank": "rank of the first new partner",
}

LIMITS = (
    "That two became partners does not mean that they should have, and nobody knows who would have, had they been "
    "recommended. Organizations that were not there before, and pairs that were tied before, are not foretold."
)


@dataclass(frozen=True)
class Asked:
    """The year, the length of the lists and the seed of a backtest."""

    year: int
    k: int
    seed: int


def nothing(history: History, asked: Asked) -> str:
    """Say that there was nothing to foretell."""
    there = counted(len(history.known.ids), "organization")
    return f"Of {there} there before {asked.year}, no two became partners afterwards: there is nothing to foretell."


def told(table: pl.DataFrame, history: History, tried: Trial, asked: Asked) -> Iterator[str]:
    """Say what there was to foretell, how well it was, and whether each simpler method is beaten."""
    yield _task(history, tried, asked)
    yield _success(table, asked)
    for method in BASELINES:
        yield _compared(table, method, asked)
    yield _verdict(table)
    if len(tried.lists) < FEW:
        lists = counted(len(tried.lists), "list")
        yield f"With only {lists}, differences of this size can be chance: try another year, or more data."
    if history.undated:
        yield f"Left out, since they have no start: {history.undated:,} of the activities and agreements."


def method(asked: Asked, weights: Mapping[str, float]) -> str:
    """Return how the backtest is done."""
    weighed = ", ".join(f"{name} {weight:g}" for name, weight in weights.items())
    return (
        f"Ties that started in {asked.year} or later, between organizations that were there before without a tie, were "
        f"foretold from what had started before, by the score ({weighed}) and by four simpler methods. Each "
        "organization that found a new partner had a list of all others without a tie to it; those that score alike "
        f"stand in random order. The area under the curve over all pairs takes up to {OTHERS} others from each list. "
        "Intervals are the 2.5th and 97.5th percentile of 1,000 bootstrap samples of the organizations, the same for "
        f"all methods (seed {asked.seed})."
    )


def _task(history: History, tried: Trial, asked: Asked) -> str:
    there = counted(len(history.known.ids), "organization")
    finders = int(np.count_nonzero(np.diff(history.came.indptr)))
    measured = len(tried.lists)
    drawn = "" if measured == finders else f"; the lists of {measured:,} of them, drawn at random, were measured"
    pairs = counted(history.came.nnz // 2, "pair")
    return f"Of {there} there before {asked.year}, {finders:,} found new partners among the others ({pairs}){drawn}."


def _success(table: pl.DataFrame, asked: Asked) -> str:
    own, chance = _value(table, OWN, "precision"), _value(table, "random", "precision")
    rank = 1 / _value(table, OWN, "reciprocal_rank")
    return (
        f"Of the first {asked.k} in a list, {own:.1%} became partners ({chance:.1%} at random); the first that did "
        f"stands at about place {rank:.1f} (harmonic mean). One that became a partner stands above one that did not "
        f"in {_value(table, OWN, 'auc_within'):.1%} of the cases (50 % at random)."
    )


def _compared(table: pl.DataFrame, method: str, asked: Asked) -> str:
    rows = table.filter(pl.col("method") == method)
    parts = {
        verdict: [_gain(row, asked.k) for row in rows.filter(pl.col("verdict") == verdict).iter_rows(named=True)]
        for verdict in ("better", "worse", "open")
    }
    said = {"better": "is better in", "worse": "is worse in", "open": "cannot be told apart in"}
    told = [f"{said[verdict]} {listed(each)}" for verdict, each in parts.items() if each]
    return f"Against {method}, the score {'; '.join(told)}."


def _gain(row: Mapping[str, object], k: int) -> str:
    measure = TOLD[str(row["measure"])].format(k=k)
    return f"{measure} ({row['gain']:+.3f}, 95 % interval {row['gain_low']:+.3f} to {row['gain_high']:+.3f})"


def _verdict(table: pl.DataFrame) -> str:
    beaten = [method for method in BASELINES if _all(table, method, "better")]
    others = [method for method in BASELINES if method not in beaten]
    if not others:
        return "So the score beats all four by every measure."
    if not beaten:
        return "So the score beats none of the four by every measure."
    return f"So the score beats {listed(beaten)} by every measure, but not {listed(others)}."


def _all(table: pl.DataFrame, method: str, verdict: str) -> bool:
    return set(table.filter(pl.col("method") == method)["verdict"]) == {verdict}


def _value(table: pl.DataFrame, method: str, measure: str) -> float:
    return float(table.filter(pl.col("method") == method, pl.col("measure") == measure)["value"].item())
