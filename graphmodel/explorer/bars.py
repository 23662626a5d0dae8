"""A small chart of bars, one for each year."""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 120
TOP, BOTTOM = 16, 20  # above the bars for the largest figure, below them for the years
LABELS = 9  # years that are written, at most


@dataclass(frozen=True)
class Bar:
    """One bar: its year, its figure, where it is, and whether its year is written."""

    year: int
    figure: int
    x: float
    y: float
    height: float
    is_labelled: bool


@dataclass(frozen=True)
class Bars:
    """A chart: its bars, the width of each, and the largest figure."""

    bars: tuple[Bar, ...]
    width: float
    largest: Bar
    size: tuple[int, int] = (WIDTH, HEIGHT)


def bars(figures: Mapping[int, int]) -> Bars:
    """Return a chart of figures by year.

    Parameters
    ----------
    figures : mapping from year to figure
        In the order of the years, none left out; at least one.

    Examples
    --------
    >>> made = bars({2019: 2, 2020: 4})
    >>> [(bar.year, bar.height) for bar in made.bars], made.largest.year
    ([(2019, 42.0), (2020, 84.0)], 2020)
    """
    step = WIDTH / len(figures)
    most = max(*figures.values(), 1)
    every = -(-len(figures) // LABELS)
    room = HEIGHT - TOP - BOTTOM
    made = []
    for place, (year, figure) in enumerate(figures.items()):
        height = round(room * figure / most, 1)
        made.append(Bar(year, figure, round(place * step, 1), HEIGHT - BOTTOM - height, height, place % every == 0))
    return Bars(tuple(made), round(0.8 * step, 1), max(made, key=lambda bar: bar.figure))
