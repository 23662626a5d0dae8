"""Templates: what every page has, and how values are written in them."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from graphmodel.explorer.chips import chips
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.tables import OF_LABEL
from graphmodel.explorer.view import View, others
from graphmodel.formats import FORMS
from graphmodel.importers import mapping
from graphmodel.version import version

PAGES = (
    ("/", "Overview"),
    ("/questions", "Questions"),
    ("/map", "Map"),
    ("/alliances", "Alliances"),
    ("/gaps", "Gaps"),
    ("/trends", "Trends"),
    ("/analyses", "Analyses"),
    ("/report", "Report"),
    ("/query", "Cypher"),
)
"""What the navigation offers: paths and names."""


LONGEST = 5_000  # characters of a cell that a page shows


@cache
def templates() -> Environment:
    """Return the templates; whatever they write is escaped."""
    made = Environment(
        loader=PackageLoader("graphmodel.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"number": number, "count": count, "cell": cell, "text": text}
    made.tests |= {"web": is_web}
    made.globals |= {
        "pages": PAGES,
        "forms": FORMS,
        "of_label": OF_LABEL,
        "mappings": mapping.names(),
        "version": version(),
    }
    return made


def page(request: Request, template: str, code: int = 200, **values: Any) -> HTMLResponse:
    """Return a page, or a part of one.

    A template knows `view` (the filter that stays), `link` (the address of another page with that filter), `here` (the
    path of this one), `others` (what its address asks for beside the filter), `chips`, and the values.
    """
    view: View = values.pop("view", None) or View.of(request.query_params)
    asked = others(request.query_params)
    known = {
        "view": view,
        "link": view.link,
        "unfiltered": View(),
        "here": request.url.path,
        "others": asked,
        "address": View().link(request.url.path, **asked),
        "chips": [] if is_part(request) else chips(view, reading(request)),
        "can_load": request.app.state.can_load,
        "key": request.app.state.key,
    }
    return HTMLResponse(templates().get_template(template).render(known | values), code)


def is_part(request: Request) -> bool:
    """Whether a part of a page is asked for, by htmx, and not a page."""
    return request.headers.get("hx-request") == "true"


def reading(request: Request) -> Reading:
    """Return the graph that this explorer reads."""
    found: Reading = request.app.state.reading
    return found


def number(value: float | None) -> str:
    """Write a number as people do.

    >>> number(1234567), number(0.03456), number(2.0), number(None)
    ('1,234,567', '0.0346', '2', '')
    """
    if value is None:
        return ""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def cell(value: Any) -> str:
    """Write an amount in a table, or whatever stands in its place.

    >>> cell(["a", "b"]), cell(True), cell(None), cell(0.25)
    ('a, b', 'yes', '', '0.25')
    """
    return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else text(value)


def text(value: Any) -> str:
    """Write a value that is no amount, such as a year.

    >>> text(2016), text(True), text(None), text(["a", "b"])
    ('2016', 'yes', '', 'a, b')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _short(", ".join(map(text, value[:LONGEST])))
    return "" if value is None else _short(str(value))


def _short(text: str) -> str:
    """Cut what nobody would read in a table; a file has all of it."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def count(value: int, one: str, many: str = "") -> str:
    """Write how many there are.

    >>> count(1, "activity", "activities"), count(2000, "partner")
    ('1 activity', '2,000 partners')
    """
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def is_web(value: Any) -> bool:
    """Whether a value is an address that a browser can open without harm.

    >>> is_web("https://example.org"), is_web("javascript:alert(1)"), is_web(None)
    (True, False, False)
    """
    return isinstance(value, str) and value.startswith(("https://", "http://"))
