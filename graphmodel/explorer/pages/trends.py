"""Trends: what is new, renewed and lost, year by year, as charts with their table; or the changes of one year."""

from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.errors import UsageProblem
from graphmodel.explorer.charts import Chart, Series, bars, lines
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import as_file, asked, form_of, shown
from graphmodel.explorer.view import View

COLUMNS = (
    *("year", "active", "new", "renewed", "persistent", "extended", "lost"),
    *("presumed", "organizations", "entered", "left", "starts"),
)
"""What the table of a page has room for; a file has every column."""


def trends(request: Request) -> Response:
    """Show every year, or the ties that are new, renewed, extended or lost in one."""
    known, view, year = reading(request), View.of(request.query_params), _year(request)
    if form := form_of(request):
        found = known.finding("trends", view.filter, **({"year": year} if year else {}))
        return as_file(found.table, form, f"trends-{year}" if year else "trends")

    def work() -> dict[str, Any]:
        by_year = known.finding("trends", view.filter).table
        found = known.finding("trends", view.filter, **({"year": year} if year else {}))
        table = found.table if year else found.table.select(COLUMNS)
        return {
            "finding": found,
            "charts": () if year else charts(by_year),
            "years": by_year["year"].to_list(),
            "table": shown(table, request),
            "asked": asked(request),
        }

    return in_parts(request, "trends.html", "trends_part.html", work, year=year)


def charts(table: pl.DataFrame) -> tuple[Chart, ...]:
    """Return the charts of a table by year; none where it has no year."""
    if table.is_empty():
        return ()
    years = table["year"].to_list()

    def of(column: str, name: str, look: str) -> Series:
        return Series(name, look, table[column].to_list())

    windows = [
        of(f"active_{window}", f"Active if {window} years are presumed where no end is known", look)
        for window, look in ((3, "third"), (7, "fourth"))
        if not table[f"active_{window}"].equals(table["active"])
    ]
    changes = (of("new", "New", "first"), of("renewed", "Renewed", "second"))
    coming = (of("entered", "Entered", "first"),)
    return (
        lines("Active ties", years, of("active", "Active", "first"), *windows),
        bars("New, renewed and lost ties", years, changes, [of("lost", "Lost", "third")]),
        lines("Organizations with an active tie", years, of("organizations", "Organizations", "first")),
        bars("Organizations that entered and left", years, coming, [of("left", "Left", "third")]),
        bars("Activities and agreements that started", years, [of("starts", "Started", "first")]),
    )


def _year(request: Request) -> int:
    text = request.query_params.get("year") or "0"
    if not text.isascii() or not text.isdecimal() or len(text) > 4:
        raise UsageProblem(f'"{text}" is no year. Write it as 2021.')
    return int(text)


ROUTES = (Route("/trends", trends),)
