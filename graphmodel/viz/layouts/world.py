"""The world below the organizations: countries and a graticule as path data of SVG, in whole numbers."""

import numpy as np

from graphmodel.viz.forces import Indices, Numbers
from graphmodel.viz.layouts.countries import countries
from graphmodel.viz.layouts.equal_earth import project

DETAIL = 900  # how many steps the part that is seen is wide
COARSER = 4  # times the step where nobody looks at first
SMALLEST = 4  # steps squared: an island of less is left out
EVERY = 30  # degrees between two lines of the graticule
LEFT_OUT = "AQ"  # has no organization, and would be the largest of all


def land(scale: float, shift: Numbers, seen: tuple[Numbers, Numbers]) -> str:
    """Return all countries as one path: fine where organizations stand, coarse elsewhere.

    Points are set to a grid, the same for both neighbours of a border, so that no gaps open between them.

    Parameters
    ----------
    scale: radius of the sphere.
    shift: what is added after scaling.
    seen: lowest and highest corner of the part that is seen.
    """
    low, high = seen
    fine = max(1, round(float((high - low).max()) / DETAIL))
    paths = []
    for key, rings in countries().rings.items():
        if key != LEFT_OUT:
            for ring in rings:
                if np.ptp(ring, axis=0).max() * scale < np.degrees(fine):  # too small to be seen, as most are
                    continue
                points = project(ring) * scale + shift
                inside = bool((points.max(axis=0) >= low).all() and (points.min(axis=0) <= high).all())
                paths.append(_path(points, fine if inside else COARSER * fine))
    return "".join(paths)


def _path(points: Numbers, step: int) -> str:
    """A ring as path data; nothing where it is too small to be seen."""
    corners = np.round(points / step).astype(int)
    corners = corners[np.append(True, (np.diff(corners, axis=0) != 0).any(axis=1))]
    for start in (1, 2, 1, 2):
        corners = _smoothed(corners, start)
    x, y = corners.T
    if abs(int((x * np.roll(y, 1) - y * np.roll(x, 1)).sum())) < 2 * SMALLEST:
        return ""
    ways = " ".join(f"{x} {y}" for x, y in (np.diff(corners, axis=0)[:-1] * step).tolist())
    return f"M{corners[0][0] * step} {corners[0][1] * step}l{ways}Z".replace(" -", "-")


def _smoothed(corners: Indices, start: int) -> Indices:
    """Leave out every second corner where the line hardly changes without it."""
    if len(corners) < 4:
        return corners
    before, after = np.diff(corners[:-1], axis=0), np.diff(corners[1:], axis=0)
    turn = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    second = np.arange(1, len(corners) - 1) % 2 == start % 2
    return np.asarray(corners[np.concatenate([[True], ~(second & (turn <= 1)), [True]])])


def graticule(scale: float, shift: Numbers) -> str:
    """Return the edge of the world and meridians and parallels as one path."""
    latitudes = np.arange(-90.0, 91.0, 5.0)
    lines = [np.column_stack([np.full_like(latitudes, at), latitudes]) for at in range(-180, 181, EVERY)]
    lines += [np.array([[-180.0, at], [180.0, at]]) for at in range(-90, 91, EVERY)]
    return "".join(_line(project(line) * scale + shift) for line in lines)


def _line(points: Numbers) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points.round().astype(int).tolist())
