"""The trial of a score against the past: each method ranks the same lists, and each list is measured."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graphmodel.analysis.recommendation import closeness, terms
from graphmodel.analysis.recommendation.closeness import Rows
from graphmodel.analysis.recommendation.history import History
from graphmodel.analysis.recommendation.scores import Pairs, Truth, auc, precision, reciprocal_rank, resamples
from graphmodel.analysis.structure.engine import Floats, Ints

LISTS = 1000
"""Most organizations whose lists are measured; if there are more, so many are drawn."""

OTHERS = 100
"""Pairs that did not come true, drawn from each list for the area under the curve over all pairs."""

BLOCK = 64
"""Organizations whose lists are made at a time."""

OWN = "score"
BASELINES = ("random", "degree product", "common neighbours", "Adamic-Adar")
METHODS = (OWN, *BASELINES)

MEASURES = ("auc", "auc_within", "precision", "reciprocal_rank")


@dataclass(frozen=True)
class Trial:
    """What the methods scored.

    Attributes
    ----------
    lists : array of int
        The organizations whose lists were measured.
    measured : mapping from method to array of float, shape (lists, 3)
        Of each list: area under the curve, part of the first k that came true, 1 / rank of the first that did.
    pairs : mapping from method to Pairs
        Scores of the pairs that came true, and of others drawn from the same lists.
    seed : int
    """

    lists: Ints
    measured: Mapping[str, Floats]
    pairs: Mapping[str, Pairs]
    seed: int

    def value(self, method: str, measure: str) -> float:
        """Return a measure of a method over all lists."""
        return float(self._computed(method, measure, np.ones((1, len(self.lists))))[0])

    def resampled(self, method: str, measure: str) -> Floats:
        """Return the values of the measure when the organizations are drawn anew; the same draws for each method."""
        return self._computed(method, measure, self._draws)

    @cached_property
    def _draws(self) -> Floats:
        return resamples(len(self.lists), self.seed)

    def _computed(self, method: str, measure: str, counts: Floats) -> Floats:
        if measure == "auc":
            return self.pairs[method].resampled(counts)
        values: Floats = counts @ self.measured[method][:, MEASURES.index(measure) - 1] / len(self.lists)
        return values


def trial(history: History, weights: Mapping[str, float], k: int, seed: int) -> Trial:
    """Let each method rank the possible partners of organizations that found a new one, and measure the lists.

    Parameters
    ----------
    history : History
        With one pair that came true at least.
    weights : mapping from term to float
        Of the score.
    k : int
        How long the lists are that precision looks at.
    seed : int
        Of the organizations, of the pairs and of the order of ties in rank.
    """
    random = np.random.default_rng(seed)
    finders = np.flatnonzero(np.diff(history.came.indptr))
    lists = np.sort(random.choice(finders, min(LISTS, len(finders)), replace=False))
    # who scores alike is ordered at random, alike for all methods
    order = random.permutation(len(history.known.ids))
    seen = [_seen(*found, order, k, random) for found in _ranked(history, weights, lists, random)]
    return Trial(
        lists,
        {method: np.array([measured for measured, _ in each]) for method, each in _by_method(seen).items()},
        {method: _pairs([drawn for _, drawn in each]) for method, each in _by_method(seen).items()},
        seed,
    )


Seen = tuple[tuple[float, float, float], tuple[Floats, Floats]]


def _by_method(seen: list[dict[str, Seen]]) -> dict[str, list[Seen]]:
    return {method: [found[method] for found in seen] for method in METHODS}


def _ranked(
    history: History, weights: Mapping[str, float], lists: Ints, random: np.random.Generator
) -> Iterator[tuple[dict[str, Floats], Truth, Truth]]:
    """For each list: the values of each method, who may stand in it, and who became a partner."""
    for first in range(0, len(lists), BLOCK):
        rows = lists[first : first + BLOCK]
        blocks = {method: make(history, rows, weights, random) for method, make in _MAKE.items()}
        free = history.known.tied[rows].toarray() == 0
        free[np.arange(len(rows)), rows] = False
        came = history.came[rows].toarray() > 0
        for number in range(len(rows)):
            yield {method: block[number] for method, block in blocks.items()}, free[number], came[number]


def _seen(
    values: dict[str, Floats], free: Truth, came: Truth, order: Ints, k: int, random: np.random.Generator
) -> dict[str, Seen]:
    """Measure one list by each method, and draw the pairs that are kept of it."""
    places = order[free[order]]
    truth = came[places]
    others = np.flatnonzero(~truth)
    drawn = random.choice(others, min(OTHERS, len(others)), replace=False)
    return {method: _measured(value[places], truth, drawn, k) for method, value in values.items()}


def _measured(values: Floats, truth: Truth, drawn: Ints, k: int) -> Seen:
    ranked = _first(values, truth, k)
    # where all became partners, nobody is left to stand above
    within = auc(values[truth], values[~truth]) if not truth.all() else 0.5
    return (within, precision(ranked, k), reciprocal_rank(ranked)), (values[truth], values[drawn])


def _first(values: Floats, truth: Truth, k: int) -> Truth:
    """Return the list in order, down to the first k and the first true one: no more is looked at."""
    least = min(np.partition(values, -min(k, len(values)))[-min(k, len(values))], values[truth].max())
    high = values >= least
    ranked: Truth = truth[high][np.argsort(-values[high], kind="stable")]
    return ranked


def _pairs(drawn: list[tuple[Floats, Floats]]) -> Pairs:
    true, others = zip(*drawn, strict=True)
    owners = [np.repeat(np.arange(len(drawn)), [len(part) for part in parts]) for parts in (true, others)]
    return Pairs(np.concatenate(true), np.concatenate(others), *owners)


Make = Callable[[History, Rows, Mapping[str, float], np.random.Generator], Floats]

_MAKE: dict[str, Make] = {
    OWN: lambda history, rows, weights, random: terms.score(terms.values(history.known, rows), weights),
    "random": lambda history, rows, weights, random: random.random((len(rows), len(history.known.ids))),
    "degree product": lambda history, rows, weights, random: closeness.degree_product(history.known.tied, rows),
    "common neighbours": lambda history, rows, weights, random: closeness.common_neighbours(history.known.tied, rows),
    "Adamic-Adar": lambda history, rows, weights, random: closeness.adamic_adar(history.known.tied, rows),
}
