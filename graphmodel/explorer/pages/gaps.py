"""The gaps: regions and competence areas as a heat map, and what is behind each of its cells."""

import math
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.api.coverage import FIRST, KINDS, LEVELS, Cell, Grid
from graphmodel.errors import refuse_other
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import is_part, page, reading
from graphmodel.explorer.tables import as_file, asked, form_of
from graphmodel.explorer.view import View

STEPS = 5  # shades of the cells that are not empty
LISTED = 10  # organizations and activities of a cell that are named at first
SHOWN = {"organizations": "Organizations", "activities": "Activities"}
LEVELS_SHOWN = {FIRST: "Widest known", **{level: level.capitalize() for level in LEVELS}}
KINDS_SHOWN = {FIRST: "First known", **{kind: kind.capitalize() for kind in KINDS}}
MONITORED = {"framework": "normative frameworks", "segment": "segments of society"}
MARKS = {"nobody": "○", "single": "•", "never together": "≠"}
MEANINGS = {
    "nobody": "nobody is active",
    "single": "a single organization is active",
    "never together": "several are active who never worked together",
}


def gaps(request: Request) -> Response:
    """Show the matrix, with what is behind a cell if one is asked for; or only that, for htmx."""
    known, view = reading(request), View.of(request.query_params)
    given = {name: request.query_params.get(name, "") for name in ("row", "column")}
    level, kind, figure = (
        _among(request, name, choices)
        for name, choices in (("level", LEVELS_SHOWN), ("areas", KINDS_SHOWN), ("figure", SHOWN))
    )
    if form := form_of(request):
        return as_file(_grid(known, view, level, kind).finding.table, form, "gaps")
    if is_part(request) and all(given.values()):
        cell = _cell(known, view, level, kind, **given)
        return page(request, "gaps_cell.html", cell=cell, marks=MARKS, meanings=MEANINGS, listed=LISTED)

    def work() -> dict[str, Any]:
        grid = _grid(known, view, level, kind)
        return {
            "grid": grid,
            "cell": _cell(known, view, level, kind, **given) if all(given.values()) else None,
            "shade": lambda value: shade(value, grid.most[figure]),
            "asked": {name: value for name, value in asked(request).items() if name not in given},
        }

    return in_parts(
        request,
        "gaps.html",
        "gaps_part.html",
        work,
        chosen={"level": level, "areas": kind, "figure": figure},
        lists={"level": LEVELS_SHOWN, "areas": KINDS_SHOWN, "figure": SHOWN},
        monitored=_monitored(known),
        given=given,
        marks=MARKS,
        meanings=MEANINGS,
        listed=LISTED,
    )


def shade(value: int, most: int) -> int:
    """Return the shade of a cell, from 0 for none to 5; small numbers differ more than large ones.

    >>> [shade(value, 100) for value in (0, 1, 10, 40, 100)]
    [0, 1, 2, 4, 5]
    """
    return min(STEPS, 1 + math.floor(STEPS * math.sqrt(value / most))) if value else 0


def _grid(known: Reading, view: View, level: str, kind: str) -> Grid:
    def work(graph: api.Graph) -> Grid:
        return Grid(known.projection(view.filter), level, kind)

    grid: Grid = known.kept(("gaps", view.filter, level, kind), work)
    return grid


def _cell(known: Reading, view: View, level: str, kind: str, row: str, column: str) -> Cell:
    def work(graph: api.Graph) -> Cell:
        return _grid(known, view, level, kind).cell(row, column)

    cell: Cell = known.kept(("gaps", view.filter, level, kind, row, column), work)
    return cell


def _monitored(known: Reading) -> dict[str, str]:
    """Return what is monitored, of what activities address."""
    there = {kind for kind, _ in known.choices().competence_areas}
    return {kind: words for kind, words in MONITORED.items() if kind in there}


def _among(request: Request, name: str, choices: dict[str, str]) -> str:
    given = request.query_params.get(name) or next(iter(choices))
    refuse_other(name, given, choices)
    return given


ROUTES = (Route("/gaps", gaps),)
