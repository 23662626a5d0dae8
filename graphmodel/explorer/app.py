"""The explorer as an application: its pages, its assets, and what is said when something goes wrong."""

from importlib import resources

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from graphmodel.errors import DataProblem, GraphmodelError, QueryRefused, StoreMissing, UsageProblem
from graphmodel.explorer.guard import Guard, Guarded
from graphmodel.explorer.pages import ROUTES, loading
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import is_part, page
from graphmodel.explorer.uploads import Uploads
from graphmodel.explorer.withheld import Withheld

ASSETS = {  # what pages ask for: package, file, and what it is
    "colors.css": ("graphmodel.viz", "assets/colors.css", "text/css"),
    "drop.js": ("graphmodel.explorer", "assets/drop.js", "text/javascript"),
    "explorer.css": ("graphmodel.explorer", "assets/explorer.css", "text/css"),
    "explorer.js": ("graphmodel.explorer", "assets/explorer.js", "text/javascript"),
    "figures.css": ("graphmodel.explorer", "assets/figures.css", "text/css"),
    "figures.js": ("graphmodel.explorer", "assets/figures.js", "text/javascript"),
    "asking.css": ("graphmodel.explorer", "assets/asking.css", "text/css"),
    "cypher.js": ("graphmodel.explorer", "assets/cypher.js", "text/javascript"),
    "writing.js": ("graphmodel.explorer", "assets/writing.js", "text/javascript"),
    "htmx.js": ("js_lib_htmx", "static/htmx/htmx.min.js", "text/javascript"),
}


def application(reading: Reading, guard: Guard, uploads: Uploads | None = None) -> ASGIApp:
    """Return the explorer of a graph, behind a guard. Without a place for uploads it loads no data."""
    app = Starlette(
        routes=[*ROUTES, *(loading.ROUTES if uploads else ()), Route("/assets/{name}", _asset)],
        middleware=[Middleware(OneEdition, reading=reading)],
        exception_handlers={
            StoreMissing: _nothing_yet,
            GraphmodelError: _refused,
            HTTPException: _not_there,
            Exception: _defect,
        },
    )
    app.state.reading = reading
    app.state.uploads = uploads
    app.state.withheld = Withheld()
    app.state.can_load = uploads is not None
    app.state.key = guard.key
    return Guarded(app, guard)


class OneEdition:
    """An application each of whose answers is of one edition of the graph, though data are loaded meanwhile."""

    def __init__(self, app: ASGIApp, reading: Reading) -> None:
        """Take both."""
        self.app = app
        self.reading = reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then let go of what was read."""
        with self.reading.request() as held:
            try:
                await self.app(scope, receive, send)
            finally:
                if held.edition:
                    await run_in_threadpool(self.reading.release, held)


async def _asset(request: Request) -> Response:
    """Return an asset, at once: it waits for no thread that a slow answer has."""
    name = request.path_params["name"]
    if name not in ASSETS:
        raise HTTPException(404)
    package, path, kind = ASSETS[name]
    return Response((resources.files(package) / path).read_bytes(), media_type=kind)


def _nothing_yet(request: Request, error: Exception) -> Response:
    if is_part(request):
        return _problem(request, 404, "Nothing was loaded yet.")
    return page(request, "empty.html", code=404)


def _refused(request: Request, error: Exception) -> Response:
    """Show a deliberate error as its sentence and nothing else."""
    return _problem(request, 400 if isinstance(error, UsageProblem | DataProblem | QueryRefused) else 500, str(error))


def _not_there(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(request, code, "There is no such page." if code == 404 else str(error))


def _defect(request: Request, error: Exception) -> Response:
    """Say that it is not the reader's fault; the error itself is told where the explorer was started."""
    return PlainTextResponse("This is a defect of graphmodel, told where `graphmodel explore` was started.", 500)


def _problem(request: Request, code: int, message: str) -> Response:
    return page(request, "problem_part.html" if is_part(request) else "problem.html", code=code, message=message)
