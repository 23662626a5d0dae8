"""Small two-mode networks for tests: rows of organization, activity, and matrices of 0 and 1."""

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

Matrix = NDArray[np.int64]


def took_part(attended: Mapping[str, Iterable[object]]) -> pl.DataFrame:
    """Return the rows of who attended what."""
    rows = [(who, str(event)) for who, events in attended.items() for event in events]
    return pl.DataFrame(rows, schema=dict.fromkeys(("organization", "activity"), pl.String), orient="row")


def rows_of(matrix: Matrix) -> pl.DataFrame:
    """Return the rows of a matrix of organizations (named o00, o01 ...) by activities."""
    return took_part({f"o{row:02}": np.flatnonzero(cells).tolist() for row, cells in enumerate(matrix)})


def matrices(most_rows: int = 7, most_columns: int = 7) -> st.SearchStrategy[Matrix]:
    """Return matrices of 0 and 1, with empty and full rows and columns among them."""
    shapes = st.tuples(st.integers(1, most_rows), st.integers(1, most_columns))
    return shapes.flatmap(lambda shape: arrays.arrays(np.int64, shape, elements=st.integers(0, 1)))


COUPLES = took_part({"Ada": range(20), "Ben": range(20), "Cleo": range(20, 40), "Dan": range(19, 39)})
"""Two couples that attend the same events, but for one."""
