"""The table of the benchmark: what was measured, what follows from it, and how it is printed and kept."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

WIDTHS = (56, 15, 9, 10, 8, 7, 14)
HEAD = ("", "size", "time", "peak", "ratio", "answer", "growth")
LEAST, FIRST = "x0", "x1"
ENOUGH = 1.3
"""Times that x1 must take longer than x0: what is nearly all start-up tells no growth."""


@dataclass(frozen=True)
class Row:
    """What was measured.

    Attributes
    ----------
    what : str
        Names it, within its size.
    size : str
        x1, x10, x50: copies of one network. Else what it is measured on.
    seconds : float, optional
    peak : float, optional
        MB.
    reference : str
        What of the same size its time is divided by.
    same : bool, optional
        Whether it gives the answer of its reference, or the one that is known.
    told : Mapping
        Further figures, by name.
    error : str
        Why there is no figure.
    """

    what: str
    size: str = ""
    seconds: float | None = None
    peak: float | None = None
    reference: str = ""
    same: bool | None = None
    told: Mapping[str, float | str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class Line:
    """A row, and what follows from it and those before it.

    Attributes
    ----------
    part : str
    row : Row
    ratio : float, optional
        Its time by that of its reference.
    growth : float, optional
        Its time by that of the same at x1, each without what the same takes at x0.
    pairs : float, optional
        The growth of the pairs of organizations, next to that of the time.
    """

    part: str
    row: Row
    ratio: float | None = None
    growth: float | None = None
    pairs: float | None = None


class Table:
    """The lines so far."""

    def __init__(self, pairs: Mapping[str, int]) -> None:
        self.pairs = pairs
        self.lines: list[Line] = []

    def add(self, part: str, row: Row) -> Line:
        """Take in a row, and return its line."""
        growth = self._growth(part, row)
        pairs = self.pairs[row.size] / self.pairs[FIRST] if growth and row.size in self.pairs else None
        line = Line(part, row, self._ratio(part, row), growth, pairs)
        self.lines.append(line)
        return line

    def _ratio(self, part: str, row: Row) -> float | None:
        reference = self._seconds(part, row.reference, row.size) if row.reference else None
        return row.seconds / reference if row.seconds and reference else None

    def _growth(self, part: str, row: Row) -> float | None:
        first = self._seconds(part, row.what, FIRST)
        if row.seconds is None or first is None or row.size in (LEAST, FIRST):
            return None
        least = self._seconds(part, row.what, LEAST) or 0
        return (row.seconds - least) / (first - least) if first > ENOUGH * least else None

    def _seconds(self, part: str, what: str, size: str) -> float | None:
        for line in self.lines:
            if (line.part, line.row.what, line.row.size) == (part, what, size):
                return line.row.seconds
        return None

    def failed(self) -> bool:
        """Return whether something has no figure, or another answer."""
        return any(line.row.error or line.row.same is False for line in self.lines)


def head(part: str) -> str:
    """Return the head of a part."""
    return _aligned(part, *HEAD[1:])


def text(line: Line) -> str:
    """Return a line of the table."""
    row = line.row
    if row.error:
        return _aligned(row.what, row.size) + f"  FAILED: {row.error}"
    cells = (
        row.size,
        duration(row.seconds),
        f"{row.peak:,.0f} MB" if row.peak else "",
        ratio(line.ratio),
        {None: "", True: "same", False: "ANOTHER"}[row.same],
        f"{line.growth:.1f}{f' of {line.pairs:.1f}' if line.pairs else ''}" if line.growth else "",
    )
    said = [f"by {row.reference}"] if row.reference else []
    said += [", ".join(f"{name} {figure(value)}" for name, value in row.told.items())] if row.told else []
    return f"{_aligned(row.what, *cells):{sum(WIDTHS)}}  {'; '.join(said)}".rstrip()


def _aligned(what: str, *cells: str) -> str:
    size, *others = cells
    right = (f"{cell:>{width}}" for cell, width in zip(others, WIDTHS[2:], strict=False))
    return f"{what:{WIDTHS[0]}}{size:{WIDTHS[1]}}{''.join(right)}".rstrip()


def duration(seconds: float | None) -> str:
    """Return a time.

    >>> duration(0.0083), duration(2.634), duration(37.65), duration(None)
    ('8 ms', '2.63 s', '37.6 s', '')
    """
    if seconds is None:
        return ""
    if seconds < 0.1:
        return f"{1_000 * seconds:.0f} ms"
    return f"{seconds:.{2 if seconds < 10 else 1}f} s"


def ratio(value: float | None) -> str:
    """Return a ratio: what is faster, as a fraction.

    >>> ratio(1.94), ratio(0.91), ratio(1 / 21.4), ratio(None)
    ('1.9', '0.9', '1/21', '')
    """
    if value is None:
        return ""
    return f"{value:,.1f}" if value > 0.5 else f"1/{1 / value:.{1 if value > 0.1 else 0}f}"


def figure(value: float | str) -> str:
    """Return a further figure.

    >>> figure(796_670), figure(0.43451), figure("no")
    ('796,670', '0.435', 'no')
    """
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def as_json(lines: list[Line], machine: Mapping[str, Any]) -> str:
    """Return the lines, and the machine that they were measured on."""
    rows = [
        {"part": line.part, **asdict(line.row), "ratio": line.ratio, "growth": line.growth, "pairs": line.pairs}
        for line in lines
    ]
    kept = [{name: value for name, value in row.items() if value not in (None, "", {})} for row in rows]
    return json.dumps({"machine": machine, "rows": kept}, indent=1) + "\n"


def keep(path: Path, lines: list[Line], machine: Mapping[str, Any]) -> None:
    """Write them whole."""
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(as_json(lines, machine), "utf-8")
    beside.replace(path)
