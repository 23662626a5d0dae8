"""Pages whose main part takes time: the page comes at once, the part as soon as it is there.

The address of both is the same: htmx asks for the part of it, and says so in a header. Who has no JavaScript is offered
a link to the page with its part in it (`whole`).
"""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from graphmodel.explorer.render import is_part, page

WHOLE = "whole"


def in_parts(
    request: Request, template: str, part: str, work: Callable[[], Mapping[str, Any]], **values: Any
) -> Response:
    """Return a page, or its part where that is what is asked for.

    Parameters
    ----------
    request : Request
    template : str
        The page; it includes `later.html` where the part goes.
    part : str
        The template of the part.
    work : function to mapping
        Takes the time; returns what only the part needs.
    values
        What both need; `is_quick`, if the part takes no time now, so that the page comes with it.
    """
    if is_part(request):
        return page(request, part, **values, **work())
    is_there = values.pop("is_quick", False) or WHOLE in request.query_params
    told = work() if is_there else {}
    itself = f"{request.url.path}?{request.url.query}"
    return page(request, template, part=part, is_there=is_there, itself=itself, **values, **told)


def is_wanted(request: Request) -> bool:
    """Whether the part itself is asked for, or the page with it, or what it shows as a file."""
    return is_part(request) or WHOLE in request.query_params or "format" in request.query_params
