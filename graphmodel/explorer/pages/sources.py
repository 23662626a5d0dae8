"""Where the data come from: each source with its licence, when it was loaded, and how much it claims."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.explorer.render import page, reading
from graphmodel.explorer.tables import asked, download, shown

TOLD = ("title", "licence", "publisher", "loaded", "complete", "nodes", "relationships", "retrieved", "id", "url")


def sources(request: Request) -> Response:
    """List the sources."""
    frame = reading(request).kept("sources", lambda graph: graph.sources())
    status = reading(request).kept("status", lambda graph: graph.status())
    file = download(frame, request, "sources")
    told = frame.select(TOLD)
    return file or page(
        request, "sources.html", table=shown(told, request, {"id": ""}), asked=asked(request), status=status
    )


ROUTES = (Route("/sources", sources),)
