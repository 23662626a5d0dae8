"""Charts of numbers by year, worked out here and drawn by the template `chart.html` as SVG: no script, colours by CSS.

What a chart shows stands in the table below it too, which is its text alternative; here it has a sentence.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 28  # room around what is drawn
TICKS = 5  # about so many numbers stand beside it
YEAR_ROOM = 44  # pixels that the label of a year takes
GAP = 0.25  # of a bar's room is left free


@dataclass(frozen=True)
class Series:
    """A number for each year: what it is called, and the class that says how it looks."""

    name: str
    look: str
    values: Sequence[int]


@dataclass(frozen=True)
class Bar:
    """A part of a bar, and what it says."""

    x: float
    y: float
    width: float
    height: float
    look: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line through points, each with what it says."""

    points: tuple[tuple[float, float], ...]
    look: str
    texts: tuple[str, ...]

    @property
    def path(self) -> str:
        """The line as SVG has it."""
        return "M" + "L".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Chart:
    """What is drawn. Ticks are places with their labels; the legend has names and looks."""

    title: str
    text: str
    years: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    zero: float
    legend: tuple[tuple[str, str], ...]
    bars: tuple[Bar, ...] = ()
    lines: tuple[Line, ...] = ()
    size: tuple[int, int] = field(default=(WIDTH, HEIGHT))
    edges: tuple[int, int] = field(default=(LEFT, WIDTH - RIGHT))


@dataclass(frozen=True)
class _Scale:
    """From years and numbers to places."""

    years: Sequence[int]
    low: int
    high: int
    step: int

    def x(self, place: int) -> float:
        """The middle of the room of a year."""
        return round(LEFT + (place + 0.5) * self.room, 1)

    def y(self, value: float) -> float:
        """How far down a number is."""
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low), 1)

    @property
    def room(self) -> float:
        """What each year has."""
        return (WIDTH - LEFT - RIGHT) / len(self.years)


def lines(title: str, years: Sequence[int], *series: Series) -> Chart:
    """Return lines from year to year.

    >>> chart = lines("Ties", [2015, 2016], Series("Active", "first", [1, 3]))
    >>> chart.text
    'Active: 1 in 2015, 3 in 2016; most in 2016 (3).'
    >>> [label for _, label in chart.ticks]
    ['0', '1', '2', '3']
    """
    scale = _scale(years, 0, max(max(one.values) for one in series))
    drawn = tuple(
        Line(
            tuple((scale.x(place), scale.y(value)) for place, value in enumerate(one.values)),
            one.look,
            tuple(f"{one.name} in {year}: {value:,}" for year, value in zip(years, one.values, strict=True)),
        )
        for one in series
    )
    return _chart(title, scale, series, lines=drawn)


def bars(title: str, years: Sequence[int], up: Sequence[Series], down: Sequence[Series] = ()) -> Chart:
    """Return bars, of which some stand on each other and some hang below the axis.

    >>> new, lost = Series("New", "first", [4, 2]), Series("Lost", "third", [0, 3])
    >>> chart = bars("Changes", [2015, 2016], [new], [lost])
    >>> [bar.text for bar in chart.bars]
    ['New in 2015: 4', 'New in 2016: 2', 'Lost in 2016: 3']
    >>> [label for _, label in chart.ticks]
    ['3', '2', '1', '0', '1', '2', '3', '4']
    """
    tops, bottoms = (max((sum(values) for values in _by_year(some)), default=0) for some in (up, down))
    scale = _scale(years, -bottoms, tops)
    drawn = (*_stacked(up, scale, 1), *_stacked(down, scale, -1))
    return _chart(title, scale, (*up, *down), bars=drawn)


def _by_year(series: Sequence[Series]) -> Iterator[tuple[int, ...]]:
    return zip(*(one.values for one in series), strict=True)


def _stacked(series: Sequence[Series], scale: _Scale, way: int) -> Iterator[Bar]:
    """Yield the bars of series on top of each other, away from the axis."""
    below = [[0, *accumulate(values)] for values in _by_year(series)]
    width = round(scale.room * (1 - GAP), 1)
    for level, one in enumerate(series):
        for place, value in enumerate(one.values):
            if value:
                ends = sorted(scale.y(way * below[place][level + step]) for step in (0, 1))
                text = f"{one.name} in {scale.years[place]}: {value:,}"
                height = round(ends[1] - ends[0], 1)
                yield Bar(round(scale.x(place) - width / 2, 1), ends[0], width, height, one.look, text)


def _scale(years: Sequence[int], low: int, high: int) -> _Scale:
    step = _step(high - low)
    return _Scale(years, step * math.floor(low / step), step * max(1, math.ceil(high / step)), step)


def _step(span: int) -> int:
    """Return 1, 2 or 5 times a power of ten, such that there are about five steps.

    >>> [_step(span) for span in (0, 3, 8, 40, 577, 12_000)]
    [1, 1, 2, 10, 100, 2000]
    """
    rough = max(span / TICKS, 1)
    power = 10 ** math.floor(math.log10(rough))
    return int(min((times * power for times in (1, 2, 5, 10)), key=lambda step: abs(math.log(step / rough))))


def _chart(
    title: str, scale: _Scale, series: Sequence[Series], bars: tuple[Bar, ...] = (), lines: tuple[Line, ...] = ()
) -> Chart:
    every = math.ceil(YEAR_ROOM / scale.room)
    return Chart(
        title=title,
        text=" ".join(_sentence(one, scale.years) for one in series),
        years=tuple((scale.x(place), str(year)) for place, year in enumerate(scale.years) if place % every == 0),
        ticks=tuple((scale.y(value), f"{abs(value):,}") for value in range(scale.low, scale.high + 1, scale.step)),
        zero=scale.y(0),
        legend=tuple((one.name, one.look) for one in series),
        bars=bars,
        lines=lines,
    )


def _sentence(series: Series, years: Sequence[int]) -> str:
    """What a series is, for those who do not see it."""
    most = max(series.values)
    first, last = (f"{series.values[place]:,} in {years[place]}" for place in (0, -1))
    return f"{series.name}: {first}, {last}; most in {years[list(series.values).index(most)]} ({most:,})."
