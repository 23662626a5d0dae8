"""Maps: the page of `graphmodel map` inside a page that says what is drawn, and the map as a file."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.explorer.drawing import CHOICES, Drawing
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import attached
from graphmodel.explorer.view import View

MEDIA = {"html": "text/html; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
INSIDE = {"Content-Security-Policy": "frame-ancestors 'self'"}
"""Beside its own policy, which is in the page: who may show it inside."""


@dataclass(frozen=True)
class Drawn:
    """A map: its page, how much it is of, and what is to be said of it."""

    page: bytes
    counted: str
    notes: tuple[str, ...]


def shown(request: Request) -> Response:
    """Show what is drawn and how, and the map."""
    known, drawing = reading(request), Drawing.of(request.query_params)

    def work() -> dict[str, Any]:
        return {"drawn": _drawn(known, drawing), "forms": [(form, api.can_draw(form)) for form in api.FORMS]}

    return in_parts(request, "map.html", "map_part.html", work, drawing=drawing, lists=CHOICES)


def inside(request: Request) -> Response:
    """Return the page that stands inside the other."""
    drawn = _drawn(reading(request), Drawing.of(request.query_params))
    return Response(drawn.page, media_type=MEDIA["html"], headers=INSIDE)


def file(request: Request) -> Response:
    """Return the map as a file: the page as it is mailed, or a picture."""
    form, theme = request.path_params["form"], request.query_params.get("theme") or "light"
    if form not in api.FORMS:
        known = ", ".join(api.FORMS)
        raise UsageProblem(f'A map is not written as "{form}".{suggestion(form, api.FORMS)} There are: {known}.')
    graph, drawing = reading(request), Drawing.of(request.query_params)

    def work(_: api.Graph) -> bytes:
        network, look = drawing.network(graph)
        return api.draw_as(network, form, look, theme=theme)

    content: bytes = graph.kept((form, theme, *drawing.key), work)
    return attached(content, MEDIA[form], f"map.{form}")


def _drawn(known: Reading, drawing: Drawing) -> Drawn:
    def work(graph: api.Graph) -> Drawn:
        network, look = drawing.network(known, _home(drawing.view))
        notes = api.large(network, look)
        return Drawn(api.draw(network, look).encode(), api.counted(network, look), notes)

    drawn: Drawn = known.kept(drawing.key, work)
    return drawn


def _home(view: View) -> str:
    """Where the page of an organization is, up to its id."""
    address = view.link("/organization")
    return f"{address}{'&' if '?' in address else '?'}id="


ROUTES = (Route("/map", shown), Route("/map/page", inside), Route("/map/map.{form}", file))
