"""Pages made of sections, each a table with sentences: a page with the first rows of each, and each as a page or part.

A section has its address (`part`). The page shows those that are there at once; those that take time are asked for by
htmx, or by a link. A heading of a table that orders it replaces its section alone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import polars as pl
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graphmodel import api
from graphmodel.analysis.phrases import counted
from graphmodel.api import Finding
from graphmodel.errors import UsageProblem
from graphmodel.explorer.render import is_part, page, reading
from graphmodel.explorer.tables import FIRST, PAGE_OF, Shown, download, shown
from graphmodel.explorer.view import View, others

FEW = 12  # rows of each section that the page shows
FEWER = "few"  # the parameter of an address that asks for these


class Profile(Protocol):
    """What is known of one thing."""

    @property
    def id(self) -> str:
        """Its id."""


Known = TypeVar("Known", bound=Profile)


@dataclass(frozen=True)
class Section:
    """A part of a page.

    Attributes
    ----------
    part : str
        Its name in the address.
    title : str
    work : function to Finding
        Returns its table and its sentences.
    nothing : str
        What is said where the table is empty; without it an empty section is left out.
    is_slow : bool
        Whether it is asked for after the page.
    before : str
        What is said before the reader asks for it; if empty, it is asked for as soon as the page is there.
    place : str
        The section whose place it takes once it is there, itself if not given.
    columns : tuple of str
        Those that are shown, of a table that has many; the file has all.
    """

    part: str
    title: str
    work: Callable[[], Finding]
    nothing: str = ""
    is_slow: bool = False
    before: str = ""
    place: str = ""
    columns: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its element."""
        return self.place or self.part


@dataclass(frozen=True)
class Made:
    """A section with its table as a page shows it."""

    section: Section
    finding: Finding
    table: Shown
    asked: dict[str, Any]


@dataclass(frozen=True)
class Thing:
    """What a page tells of one thing.

    Attributes
    ----------
    sort : str
        What it is: Organization, Activity, Region, Competence area.
    about : sequence of pairs
        What is stated of it: a heading and a text.
    figures : mapping
        How much there is of what.
    words : tuple of str
        Sentences on it.
    links : sequence of pairs
        Where to go from here: a text and an address.
    picture : str
        The address of a picture of it, to which a theme is added; empty for none.
    """

    id: str
    name: str
    sort: str
    about: Sequence[tuple[str, str]]
    figures: dict[str, int]
    words: tuple[str, ...]
    sections: Sequence[Section]
    links: Sequence[tuple[str, str]] = field(default_factory=tuple)
    picture: str = ""


def plain(part: str, title: str, table: pl.DataFrame, nothing: str = "", words: tuple[str, ...] = ()) -> Section:
    """Return a section that is a table at hand."""
    return Section(part, title, lambda: Finding(table, words), nothing)


def every_statement(statements: pl.DataFrame) -> Section:
    """Return the section that says who says what."""
    before = f"{counted(statements.height, 'statement')}, each with its source and the place where it is written there."
    return Section("statements", "Every statement", lambda: Finding(statements, ()), is_slow=True, before=before)


def careful(work: Callable[[], Finding]) -> Callable[[], Finding]:
    """Return work that says why it cannot be done, in the place of a table."""

    def told() -> Finding:
        try:
            return work()
        except UsageProblem as problem:
            return Finding(pl.DataFrame(), (str(problem),))

    return told


def found(request: Request, listed: str, work: Callable[[api.Graph, api.Projection, str], Known]) -> Known | Response:
    """Return the profile of what an address names by its id, or what is answered instead.

    Without an id that is the list at `listed`; to a name or an acronym, the address with the id; to what is unknown,
    that it is, what was perhaps meant, and a box to search in.
    """
    known, view = reading(request), View.of(request.query_params)
    word = request.query_params.get("id", "").strip()
    if not word:
        return RedirectResponse(view.link(listed), 303)
    projection = known.projection(view.filter)
    try:
        with known.graph() as graph:
            profile = work(graph, projection, word)
    except UsageProblem as problem:
        message = str(problem).partition(" `graphmodel")[0]  # the rest is for those who are at a terminal
        return page(request, "unknown.html", 404, message=message, word=word, list=listed)
    if profile.id != word:
        asked = others(request.query_params) | {"id": [profile.id]}
        return RedirectResponse(view.link(request.url.path, **asked), 303)
    return profile


def answer(request: Request, thing: Thing) -> Response:
    """Return the page of a thing, or one of its sections: as a page, as a part of one, or as a file."""
    part = request.query_params.get("part", "")
    if not part:
        return page(request, "thing.html", thing=thing, parts=_parts(request, thing))
    section = next((one for one in thing.sections if one.part == part), None)
    if section is None:
        raise HTTPException(404)
    if file := download(section.work().table, request, f"{_file_name(thing.id)}-{part}"):
        return file
    rows = FEW if FEWER in request.query_params else FIRST
    made_one = _made(request, thing, section, rows)
    return page(request, "section.html" if is_part(request) else "thing_part.html", thing=thing, one=made_one)


def _parts(request: Request, thing: Thing) -> list[tuple[Section, Made | None]]:
    """The sections in their order, made where they are there at once; what has nothing to say is left out."""
    parts = [(one, None if one.is_slow else _made(request, thing, one, FEW)) for one in thing.sections]
    return [
        (section, made)
        for section, made in parts
        if made is None or made.table.total or made.finding.words or section.nothing
    ]


def _made(request: Request, thing: Thing, section: Section, rows: int) -> Made:
    finding = section.work()
    asked = {"id": thing.id, "part": section.part} | ({FEWER: 1} if rows == FEW else {})
    frame = finding.table.select(_columns(finding.table, section))
    return Made(section, finding, shown(frame, request, PAGE_OF, rows), asked)


def _columns(table: pl.DataFrame, section: Section) -> list[str]:
    """Those that are shown: of those wanted, or of all, the ones that say anything."""
    wanted = [name for name in section.columns or table.columns if name in table.columns]
    return [name for name in wanted if table.is_empty() or table[name].null_count() < table.height]


def _file_name(id: str) -> str:
    """An id as a part of the name of a file, whatever it holds.

    >>> _file_name("a/b\\r\\nc: d")
    'a-b-c-d'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", id).strip("-")[:40] or "graph"
