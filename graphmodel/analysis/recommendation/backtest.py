"""A backtest: hide what came after a year, foretell the new ties, and compare with simpler methods."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.recommendation import backtest_words
from graphmodel.analysis.recommendation.history import cut
from graphmodel.analysis.recommendation.scores import interval
from graphmodel.analysis.recommendation.trial import BASELINES, MEASURES, METHODS, OWN, Trial, trial
from graphmodel.analysis.structure.engine import Floats
from graphmodel.analysis.ties.partnerships import Partnerships

SCHEMA: dict[str, Any] = {
    "method": pl.String(),
    "measure": pl.String(),
    **dict.fromkeys(("value", "low", "high", "gain", "gain_low", "gain_high"), pl.Float64()),
    "verdict": pl.String(),
}


def backtested(
    partnerships: Partnerships,
    year: int,
    *,
    k: int,
    weights: Mapping[str, float],
    funder: Collection[str] = (),
    seed: int = 1,
) -> Finding:
    """Foretell the ties that came from the start of a year on, from what had started before, and measure how well.

    Foretold are pairs of organizations that were there before and had no tie. Each organization that found a new
    partner among them (1,000 drawn by the seed, if there are more) gets a list of all others without a tie to it.

    Parameters
    ----------
    partnerships : Partnerships
    year : int
        What started in it or later is hidden. What has no start is left out, and so is what organizations declare.
    k : int
        How long the lists are that precision looks at.
    weights : mapping from term to float
    funder : collection of str
        Roles that mean a funder.
    seed : int
        Of the draws.

    Returns
    -------
    Finding
        Table, a row for each method and measure:

        method : score (the recommendation), random, degree product, common neighbours, Adamic-Adar
        measure : auc, the probability that a pair that came true scores above another one, over the pairs of all
        lists; auc_within, the same within the list of one organization, mean over organizations; precision, the part of
        the first k of a list that became partners, mean; reciprocal_rank, 1 / the rank of the first in a list that
        became a partner, mean
        value, low, high : with its 95 % interval, by 1,000 bootstrap samples of the organizations
        gain, gain_low, gain_high : by how much the score exceeds the method, in the same samples; null for itself
        verdict : better, worse, or open where the interval of the gain holds 0; null for the score

    Raises
    ------
    UsageProblem
        If nothing has a start, or all of it lies on one side of the year.
    """
    history = cut(partnerships, year, funder)
    asked = backtest_words.Asked(year, k, seed)
    if not history.came.nnz:
        table = pl.DataFrame(schema=SCHEMA)
        return Finding(table, (backtest_words.nothing(history, asked),), backtest_words.LIMITS)
    tried = trial(history, weights, k, seed)
    table = pl.DataFrame([*_rows(tried)], schema=SCHEMA, orient="row")
    told = tuple(backtest_words.told(table, history, tried, asked))
    return Finding(table, told, backtest_words.LIMITS, backtest_words.method(asked, weights))


def _rows(tried: Trial) -> Iterator[dict[str, Any]]:
    own = {measure: _both(tried, OWN, measure) for measure in MEASURES}
    for method in METHODS:
        for measure in MEASURES:
            value, samples = own[measure] if method == OWN else _both(tried, method, measure)
            row: dict[str, Any] = {"method": method, "measure": measure, "value": value, **_ends("", samples)}
            if method in BASELINES:
                gains = _ends("gain_", own[measure][1] - samples)
                row |= {"gain": own[measure][0] - value, **gains, "verdict": _verdict(*gains.values())}
            yield row


def _both(tried: Trial, method: str, measure: str) -> tuple[float, Floats]:
    return tried.value(method, measure), tried.resampled(method, measure)


def _ends(name: str, samples: Floats) -> dict[str, float]:
    low, high = interval(samples)
    return {f"{name}low": low, f"{name}high": high}


def _verdict(low: float, high: float) -> str:
    return "better" if low > 0 else "worse" if high < 0 else "open"
