"""A part of a report: what it says, shows and puts into files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.report.citations import citations


@dataclass(frozen=True)
class Cells:
    """Which columns of a table count organizations, and what has to go where a count is covered.

    Attributes
    ----------
    counts : tuple of str
        Columns that count organizations.
    derived : tuple of str
        Columns from which a covered count could be worked out, with the rows around; left out once any is covered.
    naming : tuple of str
        Columns that name the organization where there is one only; they are left out.
    gap : str
        A column that says "single" or the like, by which the count is known.
    """

    counts: tuple[str, ...]
    derived: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    gap: str = ""


@dataclass(frozen=True)
class Table:
    """A table: all of it for the files, and what the page shows of it.

    Attributes
    ----------
    name : str
        Of its files and its sheet.
    columns : mapping of column to heading
        What the page shows; nothing if empty.
    most : int
        Rows that the page shows.
    shown : polars.DataFrame, optional
        The rows that the page shows first, where these are not the first of all.
    cells : Cells, optional
        How small counts are covered.
    """

    name: str
    frame: pl.DataFrame
    columns: Mapping[str, str] = field(default_factory=dict)
    most: int = 6
    shown: pl.DataFrame | None = None
    cells: Cells | None = None

    @property
    def rows(self) -> pl.DataFrame:
        """What the page shows, as a frame."""
        return (self.frame if self.shown is None else self.shown).head(self.most)

    @property
    def more(self) -> int:
        """How many rows of these are in the files only."""
        every = self.frame if self.shown is None else self.shown
        return every.height - self.rows.height


@dataclass(frozen=True)
class Figure:
    """A number that stands out: its name for programs, what it counts, and the number or what is said in its place."""

    name: str
    label: str
    value: int | str


@dataclass(frozen=True)
class Part:
    """A part of a report.

    Attributes
    ----------
    name : str
        Of its section.
    heading : str
    sentences : tuple of str
        What is said, most important first.
    tables : tuple of Table
    figures : tuple of Figure
    picture : str
        SVG.
    finding : Finding, optional
        The analysis that it rests on: its method, limits and citations are told.
    side : int
        The side of paper, 1 or 2.
    """

    name: str
    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    picture: str = ""
    finding: Finding | None = None
    side: int = 2

    @property
    def limit(self) -> str:
        """What must not be read into it, in its first sentence; methods.txt has the others."""
        first, point, _ = (self.finding.limits if self.finding else "").partition(". ")
        return f"{first}." if point else first

    @property
    def method(self) -> str:
        """How it was done, with the works as a text cites them."""
        if self.finding is None or not self.finding.method:
            return ""
        return f"{self.finding.method} ({'; '.join(citations(self.finding.references))}.)"
