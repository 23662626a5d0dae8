"""Forces that lay out points: attraction along ties, repulsion, and pushing apart whatever overlaps.

Everything takes and returns arrays of points, one row each, and does a fixed number of steps.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

STEPS = 300
ALL_PAIRS = 400  # up to so many points all pairs repel each other, beyond that only the near ones
ARRANGEMENTS = 16  # of discs, of which the best is taken
DENSITY = 0.72  # share of a rectangle that discs of different size can fill
FEW = 8  # so many points or fewer keep their shape
TINY = 1e-9


def spread(n: int, ends: Indices, weights: Numbers, rng: np.random.Generator) -> Numbers:
    """Lay out n points in about a unit disc: all repel each other, ties attract (Fruchterman and Reingold 1991)."""
    if n == 1:
        return np.zeros((1, 2))
    angle, distance = rng.uniform(0, 2 * np.pi, n), np.sqrt(rng.uniform(0, 1, n))
    points = np.column_stack([distance * np.cos(angle), distance * np.sin(angle)])
    ideal = np.sqrt(np.pi / n)
    everyone = np.column_stack(np.triu_indices(n, 1))
    for temperature in np.linspace(0.25, 0.003, STEPS):
        pairs = everyone if n <= ALL_PAIRS else cKDTree(points).query_pairs(3 * ideal, output_type="ndarray")
        move = _approach(points, pairs, lambda d: -((ideal / d) ** 2))
        move += _approach(points, ends, lambda d: weights * d / ideal)
        move -= 0.3 * ideal * points  # keeps together what no tie holds
        length = np.hypot(*move.T)
        points = points + move * (np.minimum(length, temperature) / np.maximum(length, TINY))[:, None]
    return np.asarray(points - points.mean(axis=0))


def _approach(points: Numbers, pairs: Indices, share: Callable[[Numbers], Numbers]) -> Numbers:
    """How far each point moves if both ends of every pair go a share of the way to the other end."""
    first, second = pairs.T
    way = points[second] - points[first]
    step = way * share(np.maximum(np.hypot(*way.T), 1e-6))[:, None]
    n = len(points)
    return np.column_stack([np.bincount(first, s, n) - np.bincount(second, s, n) for s in step.T])


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
    for _ in range(100):
        pairs = cKDTree(points).query_pairs(2 * radii.max() + gap, output_type="ndarray")
        need = radii[pairs].sum(axis=1) + gap
        tight = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T) < need - 1e-6
        if not tight.any():
            break
        points = points + _approach(points, pairs[tight], _half_of_lack(need[tight]))
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
    centres = rng.normal(size=(ARRANGEMENTS, n, 2)) * span
    for heat in np.linspace(1, 0, STEPS):
        partners = np.einsum("ij,sjk->sik", pull, centres) - pull.sum(axis=1)[:, None] * centres
        centres = _push_apart(centres + 0.25 * heat * partners, apart, 6).clip(-frame, frame)
    centres = _push_apart(centres, apart, 400)
    low, high = (centres - radii[:, None]).min(axis=1), (centres + radii[:, None]).max(axis=1)
    room = np.maximum(*((high - low) * [1, aspect]).T) / span
    length = (ties * (_distances(centres) - apart)).sum(axis=(1, 2)) / (ties.sum() + TINY) / span
    return np.asarray(centres[int(np.argmin((room + 1.5 * length).round(6)))])


def _frame(radii: Numbers, aspect: float) -> Numbers:
    """How far from the middle each centre may be if the discs fill a rectangle."""
    area = np.pi * (radii**2).sum() / DENSITY
    half = np.sqrt(np.array([area * aspect, area / aspect])) / 2
    return np.asarray(np.maximum(half - radii[:, None], 0))


def _distances(centres: Numbers) -> Numbers:
    way = centres[:, :, None] - centres[:, None]
    return np.maximum(np.hypot(way[..., 0], way[..., 1]), TINY)


def _push_apart(centres: Numbers, apart: Numbers, rounds: int) -> Numbers:
    """Move discs that are too near to each other, in every arrangement at once."""
    for _ in range(rounds):
        distance = _distances(centres)
        lack = np.maximum(apart - distance, 0) / distance
        if (lack * distance).max(initial=0) < 0.5:
            break
        way = centres[:, :, None] - centres[:, None]
        centres = centres + 0.35 * (way * lack[..., None]).sum(axis=2)
    return centres
