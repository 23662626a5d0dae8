"""The bipartite configuration model: how likely each organization is in each activity, by their degrees alone.

The degree of an organization is the number of its activities, that of an activity the number of its participants.
Nodes of one degree are alike, so that the model is solved on the distinct degrees.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from graphmodel.errors import UsageProblem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS = 200
PRECISION = 1e-13
"""Of the largest degree: where the search ends."""

TOLERANCE = 1e-9
"""Of the largest degree: what a solution may be off at most."""


@dataclass(frozen=True)
class Degrees:
    """The distinct degrees of one side, largest first, and how many nodes have each.

    >>> Degrees.of(np.array([1, 3, 1]))
    Degrees(values=array([3, 1]), counts=array([1, 2]))
    """

    values: Ints
    counts: Ints

    @classmethod
    def of(cls, degrees: NDArray[Any]) -> "Degrees":
        """Return the distinct degrees among those of all nodes."""
        values, counts = np.unique(degrees, return_counts=True)
        return cls(values[::-1].astype(np.int64), counts[::-1].astype(np.int64))

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return int(self.counts.sum())

    def places(self, values: NDArray[Any]) -> Ints:
        """Return the place of each degree."""
        return len(self.values) - 1 - np.searchsorted(self.values[::-1], values)


@dataclass(frozen=True)
class Model:
    """A solved model.

    Attributes
    ----------
    probabilities : array of floats, distinct degrees of organizations x distinct degrees of activities
        How likely an organization of one degree takes part in an activity of the other.
    residual : float
        Largest difference between an expected degree and the observed one.
    """

    probabilities: Floats
    residual: float


def configuration_model(rows: Degrees, columns: Degrees) -> Model:
    """Solve the bipartite configuration model: p_ik = x_i y_k / (1 + x_i y_k), expected degrees as observed.

    Parameters
    ----------
    rows, columns : Degrees
        Of organizations and of activities, of the same network.

    Raises
    ------
    UsageProblem
        If the model does not converge.

    Notes
    -----
    Where the degrees leave no choice (an organization in all activities, an activity of nobody, and generally
    wherever the condition of Gale and Ryser holds with equality), the probability is 1 or 0 and no x or y exists. Such
    cells are found first, exactly; what remains falls into blocks that are solved one by one, by Newton steps damped
    so that the likelihood never falls.

    References
    ----------
    F. Saracco, R. Di Clemente, A. Gabrielli and T. Squartini, Randomizing bipartite networks: the case of the World
    Trade Web, Scientific Reports 5, 10595, 2015.

    Examples
    --------
    >>> matrix = np.array([[0, 0, 1], [0, 1, 0], [1, 0, 1]])
    >>> rows, columns = Degrees.of(matrix.sum(axis=1)), Degrees.of(matrix.sum(axis=0))
    >>> configuration_model(rows, columns).probabilities.round(3)
    array([[0.863, 0.568],
           [0.568, 0.216]])
    """
    probabilities = np.zeros((len(rows.values), len(columns.values)))
    cuts = _cuts(rows, columns)
    for (above, right), (below, left) in pairwise(cuts):
        probabilities[above:below, :left] = 1
        if above < below and left < right:
            free_rows = Degrees(rows.values[above:below] - columns.counts[:left].sum(), rows.counts[above:below])
            free_columns = Degrees(columns.values[left:right] - rows.counts[:above].sum(), columns.counts[left:right])
            probabilities[above:below, left:right] = _solved(free_rows, free_columns)
    return Model(probabilities, _checked(probabilities, rows, columns))


def _cuts(rows: Degrees, columns: Degrees) -> list[tuple[int, int]]:
    """Where Gale and Ryser's condition is tight, from the top right corner to the bottom left.

    At a cut (a, b) the first a rows hold all of the first b columns, and the other rows none of the other columns.
    """
    row_sums, column_sums = (_running(side.values * side.counts) for side in (rows, columns))
    cells = np.outer(_running(rows.counts), _running(columns.counts))
    slack = cells + (column_sums[-1] - column_sums)[None, :] - row_sums[:, None]
    tight = zip(*np.nonzero(slack == 0), strict=True)
    return sorted(((int(a), int(b)) for a, b in tight), key=lambda cut: (cut[0], -cut[1]))


def _running(values: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(values)])


def _solved(rows: Degrees, columns: Degrees) -> Floats:
    """The probabilities where all lie between 0 and 1."""
    half = np.log(float((rows.values * rows.counts).sum())) / 2
    x, y = np.log(rows.values) - half, np.log(columns.values) - half
    for _ in range(STEPS):
        probabilities = expit(x[:, None] + y[None, :])
        missing = rows.values - probabilities @ columns.counts, columns.values - rows.counts @ probabilities
        if _relative(max(np.abs(part).max() for part in missing), rows, columns) < PRECISION:
            break
        to_x, to_y = _newton(probabilities, rows.counts, columns.counts, *missing)
        length = max(np.abs(to_x).max() + np.abs(to_y).max(), 1e-300)
        # the longest step of which Bach 2010 shows that a logistic likelihood grows
        step = np.log1p(length) / length
        x, y = x + step * to_x, y + step * to_y
    return np.asarray(probabilities, float)


def _newton(p: Floats, row_counts: Ints, column_counts: Ints, row_gap: Floats, column_gap: Floats) -> tuple[Any, Any]:
    """The step of Newton in log x and log y, the rows eliminated; the sum of the y steps is 0."""
    mixed = row_counts[:, None] * (p * (1 - p)) * column_counts[None, :]
    of_rows, of_columns = mixed.sum(axis=1), mixed.sum(axis=0)
    scaled = mixed / of_rows[:, None]
    curvature = np.diag(of_columns) - mixed.T @ scaled + of_columns.mean()
    to_y = np.linalg.solve(curvature, column_gap * column_counts - (row_gap * row_counts) @ scaled)
    return (row_gap * row_counts - mixed @ to_y) / of_rows, to_y


def _checked(probabilities: Floats, rows: Degrees, columns: Degrees) -> float:
    by_row = np.abs(probabilities @ columns.counts - rows.values).max(initial=0)
    by_column = np.abs(rows.counts @ probabilities - columns.values).max(initial=0)
    residual = float(max(by_row, by_column))
    if _relative(residual, rows, columns) > TOLERANCE:
        raise UsageProblem(
            f"The configuration model of these degrees did not converge: an expected degree is off by {residual:.2g}. "
            "Use the method fixed-rows, which needs no model."
        )
    return residual


def _relative(residual: float, rows: Degrees, columns: Degrees) -> float:
    return residual / float(max(rows.values.max(initial=1), columns.values.max(initial=1)))
