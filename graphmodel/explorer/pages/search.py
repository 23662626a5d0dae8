"""Search over all nodes, as one types."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.api import search as searching
from graphmodel.explorer.render import is_part, page, reading

PAGES = {
    "Organization": "/organization",
    "Activity": "/activity",
    "Region": "/region",
    "CompetenceArea": "/area",
}
WORDS = {
    "Organization": "Organization",
    "Activity": "Activity",
    "Region": "Region",
    "CompetenceArea": "Competence area",
}
AT_ONCE = 10  # hits in the list under the box
SUGGESTED = 12  # names that a field offers


def search(request: Request) -> Response:
    """Show the nodes that a text could mean: as the list under the box, or as a page."""
    text = request.query_params.get("text", "").strip()
    label = request.query_params.get("label", "")
    most = AT_ONCE + 1 if is_part(request) else searching.MOST
    names = reading(request).names()
    hits = searching.search(names, text, label, most).to_dicts()
    template = "hits.html" if is_part(request) else "search.html"
    values: dict[str, Any] = {"text": text, "label": label, "hits": hits, "page_of": PAGES, "words": WORDS}
    return page(request, template, **values, at_once=AT_ONCE, most=searching.MOST)


def suggest(request: Request) -> Response:
    """Offer names of one label for a field of a form."""
    parameters = request.query_params
    text = next((value for name, value in parameters.multi_items() if name != "label" and value), "")
    found = searching.search(reading(request).names(), text, parameters.get("label", "Organization"), SUGGESTED)
    return page(request, "suggestions.html", hits=found.to_dicts())


ROUTES = (Route("/search", search), Route("/suggest", suggest))
