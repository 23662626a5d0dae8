"""Colours and shapes of the map, in declared order: they do not depend on how frequent a value is.

Each colour keeps its distance from the others of its theme under normal sight, protanopia, deuteranopia and
tritanopia, and the shape repeats what the colour says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

BACKGROUND = {"light": "#FFFFFF", "dark": "#12161C"}


@dataclass(frozen=True)
class Look:
    """How the organizations of one legend entry are drawn; a hollow one is an outline only."""

    light: str
    dark: str
    shape: str
    hollow: bool = False


LOOKS = (
    Look("#6699CC", "#56B4E9", "dot"),
    Look("#B8860B", "#FBBF24", "square"),
    Look("#332288", "#E2E8F0", "triangle"),
    Look("#EE6677", "#CC6677", "diamond"),
    Look("#882255", "#999933", "hexagon"),
    Look("#A855F7", "#8B5CF6", "triangleDown"),
    Look("#3F6212", "#1E69A5", "star"),
)
OUTLINES = tuple(replace(look, hollow=True) for look in LOOKS)  # of activities, where organizations are filled
OTHER = Look("#66707D", "#A3AEBB", "dot", hollow=True)
ABSENT = Look("#C3CAD2", "#454E5A", "dot", hollow=True)  # where an organization of the other side would stand
UNKNOWN = Look("#66707D", "#A3AEBB", "square", hollow=True)

# Lengths of stroke and gap in turn, in pixels of an unscaled map.
SOLID: tuple[float, ...] = ()
LONG_DASHES = (14.0, 4.0)
DASHES = (6.0, 4.0)
DASHES_AND_DOTS = (10.0, 3.0, 2.0, 3.0)
DOTS = (1.5, 3.5)
PATTERNS = (SOLID, LONG_DASHES, DASHES, DASHES_AND_DOTS, DOTS)

# Of the same radius some shapes look larger than others; drawn at radius times factor they do not.
SHAPE_FACTORS = {
    "dot": 1.0,
    "square": 0.88,
    "triangle": 1.1,
    "diamond": 1.2,
    "hexagon": 1.05,
    "triangleDown": 1.1,
    "star": 1.1,
}

# What most lists of partners hold comes first, so that it looks the same on most maps.
FAMILIAR = ("ngo", "foundation", "intergovernmental", "government", "university", "company")


def in_order(values: Iterable[str]) -> list[str]:
    """Return the distinct values in the order in which they are given their looks.

    >>> in_order(["museum", "foundation", "academy", "ngo", "ngo"])
    ['ngo', 'foundation', 'academy', 'museum']
    """
    rank = {value: i for i, value in enumerate(FAMILIAR)}
    return sorted(set(values), key=lambda value: (rank.get(value, len(rank)), value))
