"""Saved views: a page and its filter as a small file, and such a file opened."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graphmodel.errors import UsageProblem
from graphmodel.explorer.forms import form_of
from graphmodel.explorer.render import page
from graphmodel.explorer.uploads import VIEW_BYTES, address_of, own, saved_view
from graphmodel.version import version

MOST_BYTES = 10 * VIEW_BYTES


def save(request: Request) -> Response:
    """Give a page and its filter as a file."""
    title = request.query_params.get("title", "")
    content = saved_view(own(request.query_params.get("to", "/")), title, version())
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "view"
    named = {"Content-Disposition": f'attachment; filename="{name}.json"'}
    return Response(content, media_type="application/json", headers=named)


async def choose(request: Request) -> Response:
    """Show where the file of a saved view goes."""
    return await run_in_threadpool(page, request, "open.html")


async def open_(request: Request) -> Response:
    """Open a saved view."""
    async with form_of(request, MOST_BYTES) as form:
        file = form.get("files")
        content = await file.read(VIEW_BYTES + 1) if isinstance(file, UploadFile) else b""
    address = address_of(content) if len(content) <= VIEW_BYTES else ""
    if not address:
        raise UsageProblem("This is not the file of a saved view. “Save view” at the foot of a page makes one.")
    return RedirectResponse(address, 303)


ROUTES = (Route("/save", save), Route("/open", choose), Route("/open", open_, methods=["POST"]))
