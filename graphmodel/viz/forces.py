"""Forces that move points and discs: towards each other along ties, and apart wherever they overlap.

Everything takes and returns arrays of points, one row each.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

STEPS = 300
ROUNDS = 6  # of pushing apart after each step
ARRANGEMENTS = 16  # of discs, of which the best is taken
PAIRS = 50_000  # of discs in all arrangements: of many discs fewer are made, and in fewer steps
DENSITY = 0.72  # share of a rectangle that discs of different size can fill
FEW = 8  # so many points or fewer keep their shape
GOLDEN_ANGLE = 2.4  # no two of its multiples point the same way
TINY = 1e-9


def approach(points: Numbers, pairs: Indices, share: Callable[[Numbers], Numbers]) -> Numbers:
    """How far each point moves if both ends of every pair go a share of the way to the other end."""
    first, second = pairs.T
    way = points[second] - points[first]
    step = way * share(np.maximum(np.hypot(*way.T), 1e-6))[:, None]
    n = len(points)
    moves = [np.bincount(first, s, n) - np.bincount(second, s, n) for s in step.T]
    return np.column_stack(moves).astype(np.float64)  # of no pairs at all, numpy counts in whole numbers


def fill_disc(points: Numbers) -> Numbers:
    """Deform an arrangement gently so that it fills the unit disc: rounder, and less crowded in the middle."""
    if len(points) < 3:
        return np.asarray(points / max(2 * np.hypot(*points.T).max(initial=0), TINY))
    _, extent, axes = np.linalg.svd(points, full_matrices=False)
    stretch = min(2.0, (extent[0] / max(extent[1], TINY)) ** 0.7)
    points = points @ axes.T * [1.0, stretch]
    distance = np.hypot(*points.T)
    wanted = distance / max(distance.max(), TINY)
    if len(points) > FEW:
        rank = distance.argsort(kind="stable").argsort()
        wanted = (wanted + np.sqrt(rank / (len(points) - 1))) / 2
    return np.asarray(points * (wanted / np.maximum(distance, TINY))[:, None])


def separate(points: Numbers, radii: Numbers, gap: float, radius: float) -> Numbers:
    """Push apart marks that are nearer to each other than the gap, without leaving the disc of that radius."""
    points = _pull_in(points, radius - radii)
    angle = GOLDEN_ANGLE * np.arange(len(points))
    nudge = 0.01 * np.column_stack([np.cos(angle), np.sin(angle)])  # for those in the very same place
    for _ in range(200):
        pairs = cKDTree(points).query_pairs(2 * radii.max() + gap, output_type="ndarray")
        need = radii[pairs].sum(axis=1) + gap
        tight = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T) < need - 1e-6
        if not tight.any():
            break
        points = points + nudge + approach(points, pairs[tight], _half_of_lack(need[tight]))
        points = _pull_in(points, radius - radii)
    return points


def _half_of_lack(need: Numbers) -> Callable[[Numbers], Numbers]:
    return lambda distance: (distance - need) / distance / 2


def _pull_in(points: Numbers, limit: Numbers) -> Numbers:
    """Move points that lie further out than their limit straight inwards."""
    distance = np.hypot(*points.T)
    return np.asarray(points * np.minimum(1, limit / np.maximum(distance, TINY))[:, None])


def arrange(radii: Numbers, ties: Numbers, gap: float, aspect: float, rng: np.random.Generator) -> Numbers:
    """Return the centres of discs that keep a gap, fill a rectangle, and have short ties.

    Several arrangements are made side by side, from which the one is taken that needs the least room on a screen and
    has the shortest ties.

    Parameters
    ----------
    radii: of the discs.
    ties: square matrix, how strongly each disc attracts each other one.
    gap: smallest distance between two discs.
    aspect: width by height of the rectangle.
    """
    n, span = len(radii), np.sqrt((radii**2).sum())
    apart = (radii[:, None] + radii + gap) * (1 - np.eye(n))
    pull = ties / (ties.sum(axis=1, keepdims=True) + ties.max(initial=0) / 5 + TINY)
    frame = _frame(radii + gap / 2, aspect)
    several = int(np.clip(PAIRS // n**2, 1, ARRANGEMENTS))
    steps = int(np.clip(2 * STEPS * PAIRS // n**2, STEPS // 10, STEPS))
    centres = rng.normal(size=(several, n, 2)) * span
    for heat in np.linspace(1, 0, steps):
        partners = pull @ centres - pull.sum(axis=1)[:, None] * centres
        centres = _push_apart(centres + 0.25 * heat * partners, apart, ROUNDS).clip(-frame, frame)
    centres = _push_apart(centres, apart, 400)
    low, high = (centres - radii[:, None]).min(axis=1), (centres + radii[:, None]).max(axis=1)
    room = np.maximum(*((high - low) * [1, aspect]).T) / span
    length = (ties * (_distances(*_ways(centres)) - apart)).sum(axis=(1, 2)) / (ties.sum() + TINY) / span
    return np.asarray(centres[int(np.argmin((room + 1.5 * length).round(6)))])


def _frame(radii: Numbers, aspect: float) -> Numbers:
    """How far from the middle each centre may be if the discs fill a rectangle."""
    area = np.pi * (radii**2).sum() / DENSITY
    half = np.sqrt(np.array([area * aspect, area / aspect])) / 2
    return np.asarray(np.maximum(half - radii[:, None], 0))


def _ways(centres: Numbers) -> tuple[Numbers, Numbers]:
    """How far it is across and down to each disc from each other one."""
    x, y = centres[..., 0], centres[..., 1]
    return x[:, :, None] - x[:, None], y[:, :, None] - y[:, None]


def _distances(across: Numbers, down: Numbers) -> Numbers:
    return np.asarray(np.maximum(np.sqrt(across**2 + down**2), TINY))


def _push_apart(centres: Numbers, apart: Numbers, rounds: int) -> Numbers:
    """Move discs that are too near to each other, in every arrangement at once."""
    for _ in range(rounds):
        across, down = _ways(centres)
        distance = _distances(across, down)
        lack = np.maximum(apart - distance, 0)
        if lack.max(initial=0) < 0.5:
            break
        share = lack / distance
        centres = centres + 0.35 * np.stack([(across * share).sum(axis=2), (down * share).sum(axis=2)], axis=-1)
    return centres
