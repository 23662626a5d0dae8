"""The bipartite configuration model: a published value, expected degrees, and cells that the degrees force."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import ArrayLike

from graphmodel.analysis.significance.model import Degrees, configuration_model
from tests.networks import Matrix, matrices


def probabilities(matrix: ArrayLike) -> np.ndarray:
    """The probabilities of the model, cell by cell."""
    cells = np.asarray(matrix)
    rows, columns = Degrees.of(cells.sum(axis=1)), Degrees.of(cells.sum(axis=0))
    solved = configuration_model(rows, columns).probabilities
    return solved[np.ix_(rows.places(cells.sum(axis=1)), columns.places(cells.sum(axis=0)))]


def always(matrix: Matrix) -> np.ndarray:
    """How often a cell is 1 among all matrices of the same degrees, by listing them."""
    shape, sums = matrix.shape, (matrix.sum(axis=0).tolist(), matrix.sum(axis=1).tolist())
    every = (np.array(cells).reshape(shape) for cells in product((0, 1), repeat=matrix.size))
    return np.mean([one for one in every if (one.sum(axis=0).tolist(), one.sum(axis=1).tolist()) == sums], axis=0)


def test_the_model_of_a_small_matrix_has_the_published_probabilities() -> None:
    published = [[0.216, 0.216, 0.568], [0.216, 0.216, 0.568], [0.568, 0.568, 0.863]]
    assert probabilities([[0, 0, 1], [0, 1, 0], [1, 0, 1]]) == pytest.approx(np.array(published), abs=5e-4)


@settings(max_examples=100, deadline=None)
@given(matrices())
def test_expected_degrees_are_the_observed_ones(matrix: Matrix) -> None:
    expected = probabilities(matrix)
    assert expected.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-9)
    assert expected.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(matrices(3, 4))
def test_a_cell_is_certain_only_where_all_matrices_of_these_degrees_agree(matrix: Matrix) -> None:
    often, expected = always(matrix), probabilities(matrix)
    assert ((often == 0) == (expected == 0)).all()
    assert ((often == 1) == (expected == 1)).all()


@settings(max_examples=50, deadline=None)
@given(matrices())
def test_organizations_and_activities_can_change_places(matrix: Matrix) -> None:
    assert probabilities(matrix.T) == pytest.approx(probabilities(matrix).T, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(matrices())
def test_between_certain_cells_the_odds_are_products_of_both_sides(matrix: Matrix) -> None:
    expected = probabilities(matrix)
    if ((expected > 0) & (expected < 1)).all():
        odds = np.log(expected / (1 - expected))
        assert odds - odds[:1] - odds[:, :1] + odds[0, 0] == pytest.approx(np.zeros_like(odds), abs=1e-7)


def test_a_full_row_and_an_empty_column_are_certain() -> None:
    expected = probabilities([[1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0]])
    assert expected[0].tolist() == [1, 1, 1, 0]
    assert expected[:, 3].tolist() == [0, 0, 0]
    assert expected[1:, :2] == pytest.approx(np.full((2, 2), 0.5))


def test_a_nested_matrix_of_any_size_is_certain() -> None:
    nested = np.tri(300, dtype=np.int64)
    assert (probabilities(nested) == nested).all()


def test_degrees_that_force_cells_without_a_full_row_are_solved_too() -> None:
    expected = probabilities([[1, 1, 1, 0], [1, 1, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    assert expected == pytest.approx(np.array([[1, 1, 0.5, 0.5], [1, 1, 0.5, 0.5], [0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0]]))


def test_very_unequal_degrees_converge() -> None:
    rng = np.random.default_rng(1)
    matrix = (rng.random((400, 1)) ** 8 > rng.random((1, 300)) ** 0.2).astype(int) | (rng.random((400, 300)) < 0.01)
    rows, columns = Degrees.of(matrix.sum(axis=1)), Degrees.of(matrix.sum(axis=0))
    assert configuration_model(rows, columns).residual < 1e-9
