"""Places for points such that those which are tied are nearest to each other.

Stochastic neighbour embedding (t-SNE) with the ties as neighbourhoods: ties attract, everything else repels, strongly
what is near and hardly what is far, so that tied points are neighbours rather than evenly spread.

References
----------
L. van der Maaten and G. Hinton, Visualizing data using t-SNE, Journal of Machine Learning Research 9, 2579, 2008.
J. F. Kruiger et al., Graph layouts by t-SNE, Computer Graphics Forum 36, 283, 2017. G. C. Linderman et al., Fast
interpolation-based t-SNE for improved visualization of single-cell RNA-seq data, Nature Methods 16, 243, 2019.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from graphmodel.viz.forces import TINY, Indices, Numbers, approach

STEPS = 250
MOMENTUM = 0.8  # part of the speed that is kept from step to step
GRAVITY = 0.01  # keeps together what no tie holds
ALL_PAIRS = 60  # in a part of up to so many points each pair is computed, in a larger one what is near on a grid
CELL = 0.5  # of the grid at most; at a distance of 1 points repel each other half as much as where they touch
CELLS = 24  # across the grid at least


def embed(part: Indices, ends: Indices, weights: Numbers, rng: np.random.Generator) -> Numbers:
    """Return a place for every point: each part of the whole by itself, around (0, 0), in no particular unit.

    Parameters
    ----------
    part: number of the part that each point is in, from 0.
    ends: of the ties, none of which leads out of its part.
    weights: of the ties.
    """
    sizes = np.bincount(part)
    shares = _shares(part, ends, weights)
    repel = _repulsion(part, sizes)
    points, speed = rng.normal(size=(len(part), 2)), np.zeros((len(part), 2))
    held = np.bincount(ends.ravel(), np.repeat(shares, 2), len(part))
    rate = np.minimum(np.maximum(sizes / 3, 8)[part], 0.5 / np.maximum(held, TINY))[:, None]  # a hub steps with care
    gravity = GRAVITY / sizes[part, None]
    for _ in range(STEPS):
        pull = approach(points, ends, lambda distance: shares / (1 + distance**2))
        speed = MOMENTUM * speed + rate * (pull + repel(points) - gravity * points)
        points = points + speed
        points = points - _middles(points, part, sizes)[part]
    return np.asarray(points)


def _middles(points: Numbers, part: Indices, sizes: Indices) -> Numbers:
    return np.column_stack([np.bincount(part, values) / sizes for values in points.T])


def _shares(part: Indices, ends: Indices, weights: Numbers) -> Numbers:
    """What each tie counts: its share of all that its two ends are tied by. In each part, both ways, they add to 1."""
    strengths = np.bincount(ends.ravel(), np.repeat(weights, 2), len(part))
    shares = weights * (1 / strengths[ends]).sum(axis=1)
    of = part[ends[:, 0]]
    return np.asarray(shares / (2 * np.bincount(of, shares))[of])


def _repulsion(part: Indices, sizes: Indices) -> Callable[[Numbers], Numbers]:
    """What tells how far the points of each part push each other away."""
    members = np.split(part.argsort(kind="stable"), sizes.cumsum()[:-1])
    large = [some for some in members if len(some) > ALL_PAIRS]
    few = [some[np.column_stack(np.triu_indices(len(some), 1))] for some in members if len(some) <= ALL_PAIRS]
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *few])

    def push(points: Numbers) -> Numbers:
        push = _push_in_pairs(points, pairs, part[pairs[:, 0]])
        for some in large:
            push[some] = _push_on_grid(points[some])
        return push

    return push


def _push_in_pairs(points: Numbers, pairs: Indices, part: Indices) -> Numbers:
    def share(distance: Numbers) -> Numbers:
        near = 1 / (1 + distance**2)
        return np.asarray(-(near**2) / (2 * np.bincount(part, near)[part]))

    return approach(points, pairs, share)


def _push_on_grid(points: Numbers) -> Numbers:
    """Nearly what all pairs give: points are spread over the corners of their cells, which act all at once."""
    low, span = points.min(axis=0), float(np.ptp(points, axis=0).max())
    cell = min(CELL, 2.0 ** np.floor(np.log2(max(span, TINY) / CELLS)))  # of few sizes, whose fields are kept
    width = fft.next_fast_len(2 * (int(span / cell) + 2), real=True)
    corners, parts = _corners((points - low) / cell, width)
    mass = np.bincount(corners.ravel(), parts.ravel(), width**2).reshape(width, width)
    fields = fft.irfft2(_fields_of_one(width, cell) * fft.rfft2(mass), s=(width, width)).reshape(3, -1)
    near, x, y = (fields[:, corners] * parts).sum(axis=1)
    return np.column_stack([x, y]) / float(near.sum() - len(points))


def _corners(places: Numbers, width: int) -> tuple[Indices, Numbers]:
    """The four corners of the cell that each point is in, and the part of the point that each of them gets."""
    cells = places.astype(np.int64)
    inside = places - cells
    ways = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])[:, None]
    return (cells + ways) @ [width, 1], np.abs(1 - ways - inside).prod(axis=2)


@lru_cache(maxsize=32)
def _fields_of_one(width: int, cell: float) -> NDArray[np.complex128]:
    """How near a point in a corner is to each other corner, and how far it pushes there, on a grid without an edge."""
    away = fft.fftfreq(width, 1 / width) * cell
    x, y = away[:, None], away
    near = 1 / (1 + x**2 + y**2)
    return np.asarray(fft.rfft2(np.array([near, near**2 * x, near**2 * y])))
