"""The terms of the score, each from 0 to 1, and their weights."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from graphmodel.analysis.recommendation import closeness
from graphmodel.analysis.recommendation.closeness import Rows
from graphmodel.analysis.recommendation.evidence import Evidence
from graphmodel.analysis.recommendation.traits import Traits
from graphmodel.analysis.significance.combinatorics import log_choose
from graphmodel.analysis.structure.engine import Floats, Ints
from graphmodel.errors import UsageProblem, suggestion

HALF_LIFE = 2.0
"""Years without a new activity after which recency is halved."""

HALF_ACTIVE = 3.0
"""Activities at which an organization counts as half active: among the large, more of them tell little."""

HALF_ADDED = 2.0
"""Regions and areas at which what is added counts one half."""

UNLIKELY = 0.05
"""Probability of sharing nothing by chance, below which two who share nothing count as avoiding each other."""


def close(known: Evidence, rows: Rows) -> Floats:
    """Partners in common, by what is shared with them; x as ln(1 + x) / ln(1 + the largest that x can be)."""
    roots = known.shared.sqrt()
    # of s_ik s_kj / sqrt(sum of k), the first sums up to the strength of i, and s_kj is part of the sum
    largest = roots.sum(axis=1).max(initial=0) * np.sqrt(roots.data.max(initial=0))
    return _logarithmic(closeness.by_strength(known.shared, rows), float(largest))


def circle(known: Evidence, rows: Rows) -> Floats:
    """Ways of three steps, through a partner and a partner of that one: x as ln(1 + x) / ln(1 + the largest)."""
    return _logarithmic(closeness.three_steps(known.tied, rows), _most_partners(known))


def activity(known: Evidence, rows: Rows) -> Floats:
    """How active the two are: the mean of a / (a + 3) for the activities a of each."""
    return _both(_half(known.activities, HALF_ACTIVE), rows)


def recency(known: Evidence, rows: Rows) -> Floats:
    """How lately the other started something: 1 in the last year of the data, half as much every two years before."""
    last = np.exp2((known.last - known.now) / HALF_LIFE)
    return _of_other(np.nan_to_num(last), rows)


def kinds(known: Evidence, rows: Rows) -> Floats:
    """How often organizations of these two types are tied, x times as often as any two: x / (x + 1), 1/2 as any two."""
    return _mixing(type_ratios(known), known.types, rows)


def seats(known: Evidence, rows: Rows) -> Floats:
    """How often organizations of these two countries are tied, as kinds; 0 where a country is not known."""
    placed = (known.seats >= 0).astype(np.float64)
    return _mixing(seat_ratios(known), known.seats, rows) * np.outer(placed[rows], placed)


def fit(known: Evidence, rows: Rows) -> Floats:
    """How alike two are in how much they do where and on what: the mean of both cosines, rare ones counting more."""
    return _of_families(known, rows, Traits.similarity)


def volume(known: Evidence, rows: Rows) -> Floats:
    """How much the other does where and on what one works: the mean of both x, as ln(1 + x) / ln(1 + the most)."""
    return _logarithmic(_of_families(known, rows, Traits.volume), float(known.activities.max(initial=0)))


def adds(known: Evidence, rows: Rows) -> Floats:
    """Regions and areas that the other would add: x of them as x / (x + 2)."""
    return _half(known.regions.added(rows) + known.areas.added(rows), HALF_ADDED)


def one_funder(known: Evidence, rows: Rows) -> Floats:
    """1 if all funded activities of both have one and the same funder."""
    own = known.funder[rows][:, None]
    same: Floats = ((own == known.funder[None, :]) & (own >= 0)).astype(np.float64)
    return same


def avoided(known: Evidence, rows: Rows) -> Floats:
    """1 if two share no activity though the probability of that is below .05, were activities drawn by chance."""
    numbers, places = np.unique(known.activities, return_inverse=True)
    # of all ways to choose the activities of one, those that leave out the activities of the other
    ways = log_choose(known.total - numbers[None, :], numbers[:, None]) - log_choose(known.total, numbers[:, None])
    each: Floats = (ways < np.log(UNLIKELY))[np.ix_(places[rows], places)].astype(np.float64)
    return each


def expected(known: Evidence, rows: Rows) -> Floats:
    """Return how many activities two would share by chance: the product of their numbers over all activities."""
    return np.outer(known.activities[rows], known.activities) / max(known.total, 1)


def type_ratios(known: Evidence) -> Floats:
    """Return how many times as often two types are tied as any two organizations; 1 is added to both counts."""
    return _ratios(known, known.types, len(known.type_names))


def seat_ratios(known: Evidence) -> Floats:
    """Return how many times as often two countries are tied as any two organizations, as `type_ratios`."""
    # the last number is that of the unknown country, -1
    return _ratios(known, known.seats, len(known.seat_names) + 1)


TERMS = {
    "closeness": close,
    "circle": circle,
    "activity": activity,
    "recency": recency,
    "kinds": kinds,
    "seats": seats,
    "fit": fit,
    "volume": volume,
    "adds": adds,
    "one_funder": one_funder,
    "avoided": avoided,
}
"""Name and function of each: of what is known and the rows wanted, a value for each of all organizations."""

WEIGHTS = {
    "closeness": 2.0,
    "circle": 1.5,
    "activity": 0.3,
    "recency": 0.1,
    "kinds": 0.2,
    "seats": 0.2,
    "fit": 0.2,
    "volume": 0.3,
    "adds": 0.1,
    "one_funder": -0.2,
    "avoided": -0.2,
}


def weighed(text: str) -> dict[str, float]:
    """Return the weights that a text like "closeness=2,fit=1" asks for; terms that it leaves out keep theirs.

    Raises
    ------
    UsageProblem
        If it names a term that there is not, or a weight is no number; the message says how to write it.

    Examples
    --------
    >>> weighed("fit=1, adds=0")["fit"], weighed("")["closeness"]
    (1.0, 2.0)
    """
    changed = dict(_weight(part) for part in text.split(",") if part.strip())
    return WEIGHTS | changed


def score(values: Mapping[str, Any], weights: Mapping[str, float]) -> Any:
    """Return the sum of the terms by their weights."""
    return sum(weight * values[name] for name, weight in weights.items())


def values(known: Evidence, rows: Rows) -> dict[str, Floats]:
    """Return each term for the rows."""
    return {name: term(known, rows) for name, term in TERMS.items()}


def _weight(part: str) -> tuple[str, float]:
    name, _, number = (piece.strip() for piece in part.partition("="))
    if name not in TERMS:
        hint = f"{suggestion(name, TERMS)} There are: {', '.join(TERMS)}."
        raise UsageProblem(f'The score has no term "{name}".{hint} Write weights as closeness=2,fit=1.')
    try:
        weight = float(number)
    except ValueError:
        weight = float("nan")
    if not np.isfinite(weight):
        raise UsageProblem(f'The weight of {name} is no number: "{number}". Write weights as closeness=2,fit=1.')
    return name, weight


def _ratios(known: Evidence, labels: Ints, number: int) -> Floats:
    numbers = labels % number
    sources, targets = known.tied.nonzero()
    ties = np.bincount(numbers[sources] * number + numbers[targets], minlength=number**2).reshape(number, number)
    counts = np.bincount(numbers[known.present], minlength=number)
    pairs = np.outer(counts, counts) - np.diag(counts)
    density = known.tied.nnz / max(len(known.present) * (len(known.present) - 1), 1)
    ratios: Floats = (ties + 1) / (pairs * density + 1)
    return ratios


def _mixing(ratios: Floats, labels: Ints, rows: Rows) -> Floats:
    each: Floats = (ratios / (1 + ratios))[np.ix_(labels[rows], labels)]
    return each


def _of_families(known: Evidence, rows: Rows, figure: Callable[[Traits, Rows], Floats]) -> Floats:
    """The mean over regions and areas, of those that are known."""
    families = [figure(traits, rows) for traits in (known.regions, known.areas) if traits.names]
    return sum(families, np.zeros(_shape(known, rows))) / max(len(families), 1)


def _most_partners(known: Evidence) -> float:
    """The most partners that one has: no sum over ways, each divided by the partners on it, is larger."""
    return float(closeness.partners(known.tied).max(initial=0))


def _logarithmic(values: Floats, largest: float) -> Floats:
    # the last digit may exceed 1
    scaled: Floats = np.minimum(np.log1p(values) / np.log1p(max(largest, 1)), 1)
    return scaled


def _half(values: Floats, half: float) -> Floats:
    return values / (values + half)


def _both(levels: Floats, rows: Rows) -> Floats:
    return (levels[rows][:, None] + levels[None, :]) / 2


def _of_other(levels: Floats, rows: Rows) -> Floats:
    return np.broadcast_to(levels, (len(rows), len(levels)))


def _shape(known: Evidence, rows: Rows) -> tuple[int, int]:
    return len(rows), len(known.ids)
