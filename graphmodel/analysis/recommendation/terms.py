"""The terms of the score, each from 0 to 1, and their weights."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from graphmodel.analysis.recommendation import closeness
from graphmodel.analysis.recommendation.closeness import Rows
from graphmodel.analysis.recommendation.evidence import Evidence
from graphmodel.analysis.structure.engine import Floats
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
    """Shared partners, those with few partners of their own counting more.

    One quarter Adamic-Adar and three quarters resource allocation, x as ln(1 + x) / ln(1 + the largest that x can be).
    """
    most = _most_partners(known)
    logarithms = _logarithmic(closeness.adamic_adar(known.tied, rows), most / np.log(2))
    parts = _logarithmic(closeness.resource_allocation(known.tied, rows), most)
    return (logarithms + 3 * parts) / 4


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
    ratios = type_ratios(known)
    each: Floats = (ratios / (1 + ratios))[np.ix_(known.types[rows], known.types)]
    return each


def fit(known: Evidence, rows: Rows) -> Floats:
    """How alike regions and areas of work are: the mean of both cosines, rare ones counting more."""
    families = [traits.similarity(rows) for traits in (known.regions, known.areas) if traits.names]
    return sum(families, np.zeros(_shape(known, rows))) / max(len(families), 1)


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
    return (np.exp(-expected(known, rows)) < UNLIKELY).astype(np.float64)


def expected(known: Evidence, rows: Rows) -> Floats:
    """Return how many activities two would share by chance: the product of their numbers over all activities."""
    return np.outer(known.activities[rows], known.activities) / max(known.total, 1)


def type_ratios(known: Evidence) -> Floats:
    """Return how many times as often two types are tied as any two organizations; 1 is added to both counts."""
    members = np.eye(len(known.type_names))[known.types[known.present]]
    tied = known.tied[known.present][:, known.present]
    counts = members.sum(axis=0)
    pairs = np.outer(counts, counts) - np.diag(counts)
    density = tied.sum() / max(len(known.present) * (len(known.present) - 1), 1)
    ratios: Floats = (members.T @ (tied @ members) + 1) / (pairs * density + 1)
    return ratios


TERMS = {
    "closeness": close,
    "circle": circle,
    "activity": activity,
    "recency": recency,
    "kinds": kinds,
    "fit": fit,
    "adds": adds,
    "one_funder": one_funder,
    "avoided": avoided,
}
"""Name and function of each: of what is known and the rows wanted, a value for each of all organizations."""

WEIGHTS = {
    "closeness": 2.0,
    "circle": 2.0,
    "activity": 0.4,
    "recency": 0.1,
    "kinds": 0.1,
    "fit": 0.1,
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


def _most_partners(known: Evidence) -> float:
    """The most partners that one has: no sum over ways, each divided by the partners on it, is larger."""
    return float(closeness.partners(known.tied).max(initial=0))


def _logarithmic(values: Floats, largest: float) -> Floats:
    scaled: Floats = np.log1p(values) / np.log1p(max(largest, 1))
    return scaled


def _half(values: Floats, half: float) -> Floats:
    return values / (values + half)


def _both(levels: Floats, rows: Rows) -> Floats:
    return (levels[rows][:, None] + levels[None, :]) / 2


def _of_other(levels: Floats, rows: Rows) -> Floats:
    return np.broadcast_to(levels, (len(rows), len(levels)))


def _shape(known: Evidence, rows: Rows) -> tuple[int, int]:
    return len(rows), len(known.ids)
