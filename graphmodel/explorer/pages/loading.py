"""Loading files that a reader brings: what they would change and what cannot be taken first, then the load itself."""

from typing import Any

import polars as pl
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.errors import UsageProblem
from graphmodel.explorer.forms import form_of
from graphmodel.explorer.render import page, reading
from graphmodel.explorer.tables import download, shown
from graphmodel.explorer.uploads import MOST_BYTES, VIEW_BYTES, Uploads, address_of
from graphmodel.importers import mapping

SMALL = 10_000  # bytes of a form without files


def choose(request: Request) -> Response:
    """Show where files go."""
    with reading(request).graph() as graph:
        is_empty = graph.is_empty
    return page(request, "load.html", is_empty=is_empty)


async def receive(request: Request) -> Response:
    """Put files aside and show what loading them would do; the file of a saved view is opened instead."""
    async with form_of(request, MOST_BYTES) as form:
        files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
        return await run_in_threadpool(_received, request, files, form)


def _received(request: Request, files: list[UploadFile], form: FormData) -> Response:
    if len(files) == 1 and (address := _view_of(files[0])):
        return RedirectResponse(address, 303)
    by, source = str(form.get("mapping", "")), str(form.get("source", "")).strip()
    if by not in ("", *mapping.names()):
        raise UsageProblem(f'There is no mapping "{by}". Choose one of the list.')
    word = uploads(request).keep([(file.filename or "", file.file) for file in files], by, source)
    return RedirectResponse(f"/load/preview?files={word}", 303)


def _view_of(file: UploadFile) -> str:
    """Return the address in the file of a saved view; an empty text for any other file."""
    content = file.file.read(VIEW_BYTES + 1)
    file.file.seek(0)
    return address_of(content) if len(content) <= VIEW_BYTES else ""


def preview(request: Request) -> Response:
    """Show what a load would change, and the rows that cannot be taken; these as a file, if the address asks so."""
    word = request.query_params.get("files", "")
    upload = uploads(request).find(word)
    with _writing(request) as graph:
        reports = upload.load(graph, dry_run=True)
    rejects = pl.concat([report.rejects_frame() for report in reports])
    names = [file.name for file in upload.files]
    return download(rejects, request, "rejects") or page(
        request, "preview.html", word=word, names=names, asked={"files": word}, **_told(reports, rejects, request)
    )


async def load(request: Request) -> Response:
    """Load files that were put aside."""
    async with form_of(request, SMALL) as form:
        word = str(form.get("files", ""))
    reports = await run_in_threadpool(_load, request, word)
    return await run_in_threadpool(_loaded, request, reports)


def _load(request: Request, word: str) -> list[api.Report]:
    upload = uploads(request).find(word)
    with _writing(request) as graph:
        reports = upload.load(graph)
    uploads(request).forget(word)
    reading(request).look_again()
    return reports


async def demonstrate(request: Request) -> Response:
    """Load the demonstration."""
    async with form_of(request, SMALL):
        pass
    return await run_in_threadpool(_demonstrate, request)


def _demonstrate(request: Request) -> Response:
    with _writing(request) as graph:
        report = graph.load_demonstration()
    reading(request).look_again()
    return _loaded(request, [report])


def _loaded(request: Request, reports: list[api.Report]) -> Response:
    rejects = pl.concat([report.rejects_frame() for report in reports])
    return page(request, "loaded.html", asked={}, **_told(reports, rejects, request))


def _told(reports: list[api.Report], rejects: pl.DataFrame, request: Request) -> dict[str, Any]:
    rows = [vars(item) for report in reports for item in report.counts]
    return {
        "counts": rows,
        "changes": sum(report.changes for report in reports),
        "notes": [note for report in reports for note in (*report.notices, *report.notes)],
        "table": shown(rejects, request),
        "caption": "What cannot be taken",
    }


def _writing(request: Request) -> api.Graph:
    """Open the graph once more, to be written: who reads goes on with what is there."""
    read = reading(request)
    return api.open(read.address, judgements=read.judgements)


def uploads(request: Request) -> Uploads:
    """Return the files that wait to be loaded."""
    kept: Uploads = request.app.state.uploads
    return kept


ROUTES = (
    Route("/load", choose),
    Route("/load", receive, methods=["POST"]),
    Route("/load/preview", preview),
    Route("/load/now", load, methods=["POST"]),
    Route("/load/demonstration", demonstrate, methods=["POST"]),
)
