"""How close two organizations are by the partners that they share: the figures of the literature, row by row.

Each takes the matrix of ties and the rows that are wanted, and gives a value for each of all columns.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphmodel.analysis.structure.engine import Floats

Rows = npt.NDArray[np.int64]


def common_neighbours(tied: sparse.csr_array, rows: Rows) -> Floats:
    """Return how many partners two share."""
    return _shared(tied, rows, np.ones(tied.shape[0]))


def adamic_adar(tied: sparse.csr_array, rows: Rows) -> Floats:
    """Return the sum over shared partners of 1 / ln(partners that it has).

    Parameters
    ----------
    tied : scipy.sparse.csr_array, shape (n, n)
        Symmetric, 1 where two are tied, 0 on the diagonal. So for the other figures.
    rows : array of int
        The organizations whose rows are wanted.

    Returns
    -------
    array of float, shape (len(rows), n)

    References
    ----------
    L. A. Adamic and E. Adar, Friends and neighbors on the web, Social Networks 25, 211, 2003.

    Examples
    --------
    >>> square = sparse.csr_array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
    >>> adamic_adar(square, np.array([0])).round(3).tolist()
    [[2.885, 0.0, 2.885, 0.0]]
    """
    degrees = partners(tied)
    # a shared partner has two partners at least
    return _shared(tied, rows, 1 / np.log(np.maximum(degrees, 2)))


def resource_allocation(tied: sparse.csr_array, rows: Rows) -> Floats:
    """Return the sum over shared partners of 1 / (partners that it has): a hub brings nobody close.

    References
    ----------
    T. Zhou, L. Lü and Y.-C. Zhang, Predicting missing links via local information, European Physical Journal B 71,
    623, 2009.
    """
    return _shared(tied, rows, 1 / np.maximum(partners(tied), 1))


def by_strength(shared: sparse.csr_array, rows: Rows) -> Floats:
    """Return the sum over shared partners k of s_ik s_kj / sqrt(the sum of all s of k), s the root of what two share.

    A partner with whom both work much brings them closer, one that works with many less.

    Parameters
    ----------
    shared : scipy.sparse.csr_array, shape (n, n)
        Symmetric, how much two share, 1 or more where they are tied.
    rows : array of int

    Examples
    --------
    >>> path = sparse.csr_array([[0.0, 4, 0], [4, 0, 4], [0, 4, 0]])
    >>> by_strength(path, np.array([0])).tolist()
    [[2.0, 0.0, 2.0]]
    """
    roots = shared.sqrt().tocsr()
    through = sparse.diags_array(1 / np.sqrt(np.maximum(roots.sum(axis=1), 1)))
    block: Floats = (roots[rows] @ through @ roots).toarray()
    return block


def three_steps(tied: sparse.csr_array, rows: Rows) -> Floats:
    """Return the sum over ways of three steps i-u-v-j of 1 / sqrt(partners of u * partners of v).

    Who works with the partners of those who work with one's own partners: it also tells apart those who share none.

    References
    ----------
    I. A. Kovács et al., Network-based prediction of protein interactions, Nature Communications 10, 1240, 2019.
    """
    middle = sparse.diags_array(1 / np.sqrt(np.maximum(partners(tied), 1)))
    # after two steps most are reached: from there on, dense is faster
    block: Floats = (tied[rows] @ middle @ tied).toarray() @ (middle @ tied)
    return block


def degree_product(tied: sparse.csr_array, rows: Rows) -> Floats:
    """Return the product of the numbers of partners: preferential attachment."""
    degrees = partners(tied)
    product: Floats = np.outer(degrees[rows], degrees)
    return product


def partners(tied: sparse.csr_array) -> Floats:
    """Return how many partners each has."""
    degrees: Floats = np.diff(tied.indptr).astype(np.float64)
    return degrees


def _shared(tied: sparse.csr_array, rows: Rows, worth: Floats) -> Floats:
    """Sum what the partners shared are worth."""
    block: Floats = (tied[rows] @ sparse.diags_array(worth) @ tied).toarray()
    return block
