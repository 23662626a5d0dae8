"""What chance alone would make two organizations share, by each null model."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphmodel.analysis.significance import approximations
from graphmodel.analysis.significance.choices import Tail, Test
from graphmodel.analysis.significance.fixed import column_chances, hypergeometric
from graphmodel.analysis.significance.model import Degrees, Floats, Ints, configuration_model
from graphmodel.analysis.significance.tails import Tails, exact

CELLS = 1 << 20
"""Chances, of pairs of degrees x degrees of activities, that are held at a time: 8 MB."""


@dataclass(frozen=True)
class Kinds:
    """Kinds of pairs: the activities of one, of the other, and what they share; those of two degrees stand together."""

    one: Ints
    other: Ints
    shared: Ints


@dataclass(frozen=True)
class Expectation:
    """Of each kind the mean of what is shared and both tails; the residual of the model, if one was solved."""

    mean: Floats
    tails: Tails
    residual: float | None = None


def expectation(rows: Degrees, columns: Degrees, kinds: Kinds, test: Test) -> Expectation:
    """Return what the null model of a test expects of each kind of pair."""
    if test.method == "fixed-rows":
        mean = kinds.one * kinds.other / max(columns.size, 1)
        return Expectation(mean, hypergeometric(columns.size, kinds.one, kinds.other, kinds.shared))
    if test.method == "fixed-columns":
        chances = column_chances(columns, rows.size)[None]
        return of_chances(chances, columns.counts, np.zeros_like(kinds.shared), kinds.shared, test.tail)
    return _configured(rows, columns, kinds, test.tail)


def of_chances(chances: Floats, counts: Ints, which: Ints, shared: Ints, tail: Tail) -> Expectation:
    """Return mean and tails of sums of independent chances; see `tails.exact` for the parameters."""
    mean = _sums(chances, counts)[which]
    if tail == "exact":
        return Expectation(mean, exact(chances, counts, which, shared))
    if tail == "poisson":
        more, less = approximations.poisson(mean, shared)
    else:
        spread = chances * (1 - chances)
        variance, third = _sums(spread, counts), _sums(spread * (1 - 2 * chances), counts)
        more, less = approximations.normal(mean, variance[which], third[which], shared)
    with np.errstate(divide="ignore"):
        return Expectation(mean, Tails(more, less, np.log(more)))


def _configured(rows: Degrees, columns: Degrees, kinds: Kinds, tail: Tail) -> Expectation:
    """By the configuration model, for some pairs of degrees at a time."""
    model = configuration_model(rows, columns)
    found = _empty(len(kinds.shared), model.residual)
    for part, which, firsts in _parts(kinds, len(columns.values)):
        one, other = (model.probabilities[rows.places(side[part][firsts])] for side in (kinds.one, kinds.other))
        some = of_chances(one * other, columns.counts, which, kinds.shared[part], tail)
        found.mean[part] = some.mean
        found.tails.more[part], found.tails.less[part] = some.tails.more, some.tails.less
        found.tails.log_more[part] = some.tails.log_more
    return found


def _empty(length: int, residual: float) -> Expectation:
    return Expectation(np.empty(length), Tails(*(np.empty(length) for _ in range(3))), residual)


def _parts(kinds: Kinds, width: int) -> Iterator[tuple[slice, Ints, Ints]]:
    """Slices of the kinds, and in each the number of the pair of degrees of each kind and the first kind of each."""
    new = (np.diff(kinds.one, prepend=-1) != 0) | (np.diff(kinds.other, prepend=-1) != 0)
    starts = np.flatnonzero(new)
    step = max(CELLS // max(width, 1), 1)
    for number in range(0, len(starts), step):
        bounds = [*starts[number : number + step + 1], len(new)]
        part = slice(bounds[0], bounds[min(step, len(bounds) - 1)])
        yield part, np.cumsum(new[part]) - 1, np.flatnonzero(new[part])


def _sums(values: Floats, counts: Ints) -> Floats:
    """Sums over all activities, added in one order whatever the number of threads."""
    sums: Floats = np.einsum("dk,k->d", values, counts.astype(float))
    return sums
