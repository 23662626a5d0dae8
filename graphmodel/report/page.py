"""The page of a report: HTML that prints on two sides of A4, needs nothing from elsewhere and runs nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from graphmodel.report.part import Part, Table
from graphmodel.viz.packing import hash_of

LONGEST = 46
"""Letters of a name that the page shows on one line; the tables have all of it."""

ON_TWO_LINES = {"name": 66, "for_name": 66}
"""Letters of a name in columns that may take two lines."""

REASON = 250
"""Letters of the reasons in a table that the page shows."""

PARAGRAPH = {"half": 400, "whole": 700}
"""Letters of what the page says in a part; report.json has all of it."""

HALF = ("gaps", "brokers", "changes", "quality")
"""Parts that take half of the width."""

YEARS = ("year", "first", "last")  # numbers that are no amounts


@dataclass(frozen=True)
class Cover:
    """What stands over a report and at its end.

    Attributes
    ----------
    title, period, day : str
        What is reported on, of which time, and the day that counts as today.
    parameters : tuple of str
        What was asked for, in words.
    hash : str
        Of the data.
    version : str
        Of graphmodel; empty if it is not known.
    notes : tuple of str
        What must be known of all figures.
    """

    title: str
    period: str
    day: str
    parameters: tuple[str, ...]
    hash: str
    version: str
    notes: tuple[str, ...]


def page(cover: Cover, parts: Sequence[Part]) -> str:
    """Return the page. The same parts give the same text."""
    style = (resources.files(__package__) / "templates" / "report.css").read_text("utf-8")
    shown = [part for part in parts if part.sentences or part.figures or part.picture]
    if cover.notes:
        shown = [_shorter(part) for part in shown]
    sides = [[part for part in shown if part.side == side] for side in (1, 2)]
    return (
        _templates()
        .get_template("report.html")
        .render(
            cover=cover,
            heading=shortened(cover.title, 110),
            half=HALF,
            sides=sides,
            methods=[part for part in shown if part.method],
            style=Markup(style),
            policy=f"default-src 'none'; style-src {hash_of(style)}; img-src data:; base-uri 'none'; "
            "form-action 'none'",
        )
    )


def _shorter(part: Part) -> Part:
    """Return a part of the second side with a row less in its tables: notes need the room."""
    if part.side == 1:
        return part
    return replace(part, tables=tuple(replace(table, most=table.most - 1) for table in part.tables))


@cache
def _templates() -> Environment:
    """Return the templates; whatever they write is escaped."""
    made = Environment(
        loader=PackageLoader("graphmodel.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"figure": figure, "rows": rows, "is_figure": is_figure, "paragraph": paragraph, "markup": Markup}
    return made


def rows(table: Table) -> list[list[str]]:
    """Return the cells that the page shows of a table, as text."""
    columns = [name for name in table.columns if name in table.rows.columns]
    return [[_cell(row[name], name) for name in columns] for row in table.rows.iter_rows(named=True)]


def is_figure(table: Table, column: str) -> bool:
    """Whether a column holds numbers, also where some of them are covered."""
    kind = table.rows.schema[column]
    covered = table.cells is not None and column in table.cells.counts
    return kind.is_numeric() or covered or column == "share"


def _cell(value: Any, column: str) -> str:
    if isinstance(value, str):
        return reasons(value) if column in ("why", "meaning") else shortened(value, ON_TWO_LINES.get(column, LONGEST))
    return str(value) if column in YEARS and value is not None else figure(value)


def shortened(text: str, most: int) -> str:
    """Return a text of so many letters at most, cut between words.

    >>> shortened("International Council of Museums", 24)
    'International Council of…'
    """
    if len(text) <= most:
        return text
    return text[: most + 1].rsplit(" ", 1)[0][:most].rstrip(" ,;") + "\N{HORIZONTAL ELLIPSIS}"


def reasons(text: str) -> str:
    """Return as many of the reasons in a sentence as the page has room for, whole ones.

    >>> reasons("Works in Chad, which you lack; " + "knows somebody; " * 20)[-33:]
    'knows somebody; knows somebody; …'
    """
    if len(text) <= REASON:
        return text
    kept = text[:REASON].rpartition("; ")[0]
    return f"{kept}; \N{HORIZONTAL ELLIPSIS}" if kept else shortened(text, REASON)


def paragraph(part: Part) -> str:
    """Return as many of the sentences of a part as the page has room for, the first of all."""
    most = PARAGRAPH["half" if part.name in HALF else "whole"]
    told = shortened(part.sentences[0], most)
    for sentence in part.sentences[1:]:
        if len(told) + len(sentence) < most:
            told = f"{told} {sentence}"
    return told


def figure(value: Any) -> str:
    """Write a value as people do.

    >>> figure(1234), figure(0.0456), figure(2.0), figure(None), figure(0.0001), figure(True)
    ('1,234', '0.05', '2.00', '', '<0.01', 'yes')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return "<0.01" if 0 < value < 0.005 else f"{value:,.2f}"
        case date():
            return value.isoformat()
        case pl.Series() | list():
            return ", ".join(map(figure, value))
    return str(value)
