"""What a layout gives: places, and where it has more to show, how ties bend and what lies below them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Shelf:
    """A box for organizations that have no place elsewhere."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Title:
    """A text in the backdrop, and the middles of places where it may stand: in the first that is free, or nowhere.

    Where there is one place only, it is kept free.
    """

    text: str
    places: tuple[Point, ...]


@dataclass(frozen=True)
class Backdrop:
    """What is drawn below the alliances, in the coordinates of the organizations; lines as path data of SVG."""

    land: str = ""  # countries, one path to be filled
    lines: str = ""  # what helps to read the places: meridians and parallels, or rings
    shelf: Shelf | None = None
    titles: tuple[Title, ...] = ()
    corners: tuple[Point, ...] = ()  # of what must be seen of the lines


NOTHING_BELOW = Backdrop()


@dataclass(frozen=True)
class Arrangement:
    """Where organizations stand and what is drawn around them.

    ``bends`` are the points towards which ties curve, as quadratic curves do; a tie that is not in it is straight.
    ``notes`` are sentences that a reader of the map must know. ``outlined`` says that members of a community lie
    together, so that a line can be drawn around them.
    """

    places: Mapping[str, Point]
    bends: Mapping[Pair, Point] = field(default_factory=dict)
    backdrop: Backdrop = NOTHING_BELOW
    notes: tuple[str, ...] = ()
    outlined: bool = False
