"""Outlines of countries and a point that stands for each, from Natural Earth as the package geo-intel-offline has it.

Natural Earth is in the public domain. The file of the package is read as it is: importing the package would load
what looks up coordinates, which no map needs.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from graphmodel.errors import UsageProblem
from graphmodel.viz.forces import Numbers

PACKAGE = "geo_intel_offline"
CORNERS = 400  # of an outline that are enough to find its middle
SAMPLES = 24  # candidates for the point of a country, along each side of the box around it
OWN_CODES = {"France": "FRA", "Norway": "NOR", "Kosovo": "XKX", "Taiwan": "TWN"}  # Natural Earth leaves these open
TWO_LETTERS = {"FRA": "FR", "NOR": "NO", "XKX": "XK", "TWN": "TW"}
NO_CODE = "-99"
OTHER_CODES = {"UK": "GB", "EL": "GR"}  # as the European Union writes them


@dataclass(frozen=True)
class Countries:
    """The rings of each country, longitude and latitude in degrees, its name, and the key of each code and name."""

    rings: Mapping[str, tuple[Numbers, ...]]
    names: Mapping[str, str]
    keys: Mapping[str, str]

    def find(self, text: str) -> str | None:
        """Return the key of a country by its code of two or three letters or its English name."""
        wanted = text.strip()
        return self.keys.get(OTHER_CODES.get(wanted.upper(), wanted).casefold())


@cache
def countries() -> Countries:
    """Read the outlines.

    Raises
    ------
    UsageProblem
        If the package is not installed.

    >>> [countries().find(text) for text in ("fr", "FRA", "UK", "Kenya")] == ["FR", "FR", "GB", "KE"]
    True
    """
    known = _read("metadata.json.gz")
    names: dict[str, str] = {}
    keys: dict[str, str] = {}
    rings = {}
    for number, shape in _read("polygons.json.gz").items():
        about = known[number]
        name, three = about["name"], OWN_CODES.get(about["name"], about["iso3"])
        two = TWO_LETTERS.get(three, about["iso2"])
        key = name if two == NO_CODE else two
        rings[key] = tuple(
            _ring(ring) for ring in (shape["exteriors"] if "exteriors" in shape else [shape["exterior"]])
        )
        names[key] = name
        keys |= {text.casefold(): key for text in (name, three, two) if text != NO_CODE}
    return Countries(rings, names, keys)


def _read(name: str) -> dict[str, Any]:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise UsageProblem("The outlines of countries are in a package that is missing: pip install geo-intel-offline.")
    path = Path(found.submodule_search_locations[0]) / "data" / name
    read: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return read


def _ring(corners: list[list[float]]) -> Numbers:
    """The file has latitude first."""
    return np.array(corners, dtype=float)[:, ::-1]


@cache
def middle(key: str) -> tuple[float, float]:
    """Return longitude and latitude of the point of a country that is farthest from its borders.

    That is a point of its largest part, so that France stands in Europe, and never outside of a curved country.
    """
    ring = max(countries().rings[key], key=_area)
    ring = ring[:: max(1, len(ring) // CORNERS)]
    low, high = ring.min(axis=0), ring.max(axis=0)
    steps = (np.arange(SAMPLES) + 0.5) / SAMPLES
    grid = low + np.stack(np.meshgrid(steps, steps, indexing="ij"), axis=-1).reshape(-1, 2) * (high - low)
    inside = grid[_contains(ring, grid)]
    if not len(inside):
        inside = ring.mean(axis=0)[None, :]
    narrow = np.array([np.cos(np.radians(inside[:, 1].mean())), 1.0])
    distance = cKDTree(_dense(ring) * narrow).query(inside * narrow)[0]
    longitude, latitude = inside[int(distance.round(9).argmax())].tolist()
    return longitude, latitude


def _area(ring: Numbers) -> float:
    x, y = ring.T
    return float(abs((x * np.roll(y, 1) - y * np.roll(x, 1)).sum()) * np.cos(np.radians(y.mean())))


def _dense(ring: Numbers) -> Numbers:
    """Corners with more points between them, so that long straight borders are felt too."""
    after = np.roll(ring, -1, axis=0)
    return np.vstack([ring + (after - ring) * part for part in (0.0, 0.25, 0.5, 0.75)])


def _contains(ring: Numbers, points: Numbers) -> NDArray[np.bool_]:
    """Which points lie inside: a ray to the east crosses the ring an odd number of times."""
    (ax, ay), (bx, by) = ring.T[:, :, None], np.roll(ring, -1, axis=0).T[:, :, None]
    x, y = points.T
    crosses = (ay > y) != (by > y)
    east = x < (bx - ax) * (y - ay) / np.where(ay == by, 1.0, by - ay) + ax
    return np.asarray((crosses & east).sum(axis=0) % 2 == 1)
