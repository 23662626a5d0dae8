"""The report for a meeting: what it is on and what it must not say as a form, then its page and all its files."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from graphmodel import api, report
from graphmodel.api import filter as filters
from graphmodel.api.questions.answers import OUTPUT
from graphmodel.errors import UsageProblem
from graphmodel.explorer.forms import form_of
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import page, reading
from graphmodel.explorer.tables import attached
from graphmodel.explorer.view import View
from graphmodel.explorer.withheld import Withheld

MADE = "made"
"""The parameter of an address that asks for the report, not for the form alone."""

MOST_BYTES = 1_000_000
INSIDE = {"Content-Security-Policy": "frame-ancestors 'self'"}
"""Beside its own policy, which is in the page: who may show it inside."""


@dataclass(frozen=True)
class Wanted:
    """A report that is asked for.

    Attributes
    ----------
    hide : str
        The word by which the list of those who must not appear is found; empty if nobody is hidden.
    smallest : str
        The smallest count of organizations that is told; as it was written.
    """

    view: View
    organization: str
    title: str
    hide: str
    pseudonyms: bool
    smallest: str
    hidden: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, parameters: QueryParams, lists: Withheld) -> "Wanted":
        """Read it out of an address.

        Raises
        ------
        UsageProblem
            If the list of those who must not appear is no longer held.
        """
        given = {name: parameters.get(name, "").strip() for name in ("organization", "title", "hide", "smallest")}
        pseudonyms, hidden = bool(parameters.get("pseudonyms")), lists.find(given["hide"])
        return cls(View.of(parameters), **given, pseudonyms=pseudonyms and bool(hidden), hidden=hidden)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of its address beside the filter."""
        pseudonyms = "yes" if self.pseudonyms else ""
        told = {"organization": self.organization, "title": self.title, "hide": self.hide, "pseudonyms": pseudonyms}
        return told | {"smallest": self.smallest, MADE: 1}

    @property
    def request(self) -> report.Request:
        """What is asked of `graphmodel.report`.

        Raises
        ------
        UsageProblem
            If the smallest count is none.
        """
        is_number = self.smallest.isascii() and self.smallest.isdecimal() and len(self.smallest) < 10
        if self.smallest and not is_number:
            raise UsageProblem(f'The smallest count is a whole number such as 3, not "{self.smallest}".')
        hide = self.hidden or None
        smallest = int(self.smallest or 0)
        return report.Request(self.view.filter, self.organization, hide, self.pseudonyms, smallest, self.title)

    @property
    def command(self) -> str:
        """The command that makes the same; who is hidden stands in a file there."""
        return shlex.join(["graphmodel", "report", *self._flags, *filters.flags(self.view.filter), "-o", OUTPUT])

    @property
    def _flags(self) -> Iterator[str]:
        yield from ("--organization", self.organization) if self.organization else ()
        yield from ("--title", self.title) if self.title else ()
        yield from ("--hide", "FILE") if self.hidden else ()
        yield from ("--pseudonyms",) if self.pseudonyms else ()
        yield from ("--minimum-cell", self.smallest) if self.smallest else ()


@dataclass(frozen=True)
class Made:
    """A report: its page, all its files in one, and what these are called."""

    page: bytes
    archive: bytes
    names: tuple[str, ...]


def shown(request: Request) -> Response:
    """Show the form and, if it is asked for, the report."""
    known, wanted = reading(request), _wanted(request)
    known.kept("status", lambda graph: graph.status())
    if MADE not in request.query_params:
        return page(request, "report.html", wanted=wanted)

    def work() -> dict[str, Any]:
        return {"report": _made(known, wanted)}

    is_quick = known.holds(_key(wanted.request))
    return in_parts(request, "report.html", "report_part.html", work, wanted=wanted, is_quick=is_quick)


async def ask(request: Request) -> Response:
    """Read the form, keep who must not appear out of the address, and lead to the report."""
    async with form_of(request, MOST_BYTES) as form:
        lines = (*str(form.get("hidden", "")).splitlines(), *await _lines(form))
        told = {name: str(form.get(name, "")) for name in ("organization", "title", "pseudonyms", "smallest")}
    listed = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    word = _lists(request).keep(listed)
    address = View.of(request.query_params).link("/report", **told, hide=word, **{MADE: 1})
    return await run_in_threadpool(RedirectResponse, address, 303)


async def _lines(form: FormData) -> list[str]:
    """Return the lines of the file that lists who must not appear, if one was given."""
    file = form.get("files")
    if not isinstance(file, UploadFile) or not file.filename:
        return []
    try:
        return (await file.read()).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UsageProblem(f"{file.filename} is no text in UTF-8. Write one organization on each line.") from error


def inside(request: Request) -> Response:
    """Return the page of the report, which stands inside the other."""
    made = _made(reading(request), _wanted(request))
    return Response(made.page, media_type="text/html; charset=utf-8", headers=INSIDE)


def file(request: Request) -> Response:
    """Return the report as one file with all of its files."""
    return attached(_made(reading(request), _wanted(request)).archive, "application/zip", OUTPUT)


def _made(known: Reading, wanted: Wanted) -> Made:
    request = wanted.request

    def work(graph: api.Graph) -> Made:
        files = report.report(graph, request)
        return Made(files["report.html"], report.archive(files), tuple(files))

    made: Made = known.kept(_key(request), work)
    return made


def _key(request: report.Request) -> tuple[str, report.Request]:
    return "report", request


def _wanted(request: Request) -> Wanted:
    return Wanted.of(request.query_params, _lists(request))


def _lists(request: Request) -> Withheld:
    lists: Withheld = request.app.state.withheld
    return lists


ROUTES = (
    Route("/report", shown),
    Route("/report", ask, methods=["POST"]),
    Route("/report/page", inside),
    Route("/report/report.zip", file),
)
