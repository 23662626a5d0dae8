"""A map that was asked for: its page, its files, and how a notebook shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl

from graphmodel import notebook
from graphmodel.api.drawing import FORMS, Look, counted, draw, draw_as, large
from graphmodel.api.filter import EVERYTHING, Filter, words
from graphmodel.api.maps import Content, content
from graphmodel.api.narrowing import FIELDS, Narrowing, narrowed, refuse_unknown
from graphmodel.errors import UsageProblem
from graphmodel.files import write_whole
from graphmodel.viz.variables import ColorBy, SizeBy

if TYPE_CHECKING:
    from graphmodel.api import Graph


class Asked(Narrowing, total=False):
    """What a map shows and how it looks, as keywords: the options of `graphmodel map`, see `Look` and `Content`."""

    title: str
    color: ColorBy | pl.DataFrame
    size: SizeBy | pl.DataFrame
    edge: str | None
    layout: str
    labels: str
    significant: bool
    rows: str
    parameters: Mapping[str, str]
    compare: tuple[str, str] | None
    focus: str
    depth: int
    hide: str | Path | None
    pseudonyms: bool
    level: str | None
    areas: str | None


KEYWORDS = (*FIELDS, *(word for word in Asked.__annotations__ if word not in FIELDS))

PLAIN = Look()


@dataclass(frozen=True, repr=False, eq=False)
class Map:
    """A map: what it draws, and how that looks. A notebook shows it.

    Attributes
    ----------
    network : networkx.Graph
        What is drawn, with all that the map tells.
    look : Look

    Examples
    --------
    >>> shown = Map(nx.karate_club_graph(), Look(title="Karate club"))
    >>> shown
    Map "Karate club" of 34 organizations, 78 alliances
    >>> shown.html.startswith("<!doctype html>")
    True
    """

    network: nx.Graph
    look: Look = PLAIN

    @cached_property
    def html(self) -> str:
        """The map as one page that makes no request to anywhere."""
        return draw(self.network, self.look)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said beside it: loads that were cut off, hubs, that it is too large for one map."""
        return (*self.network.graph.get("notes", ()), *large(self.network, self.look))

    def save(self, path: str | Path, *, width: int = 1_400, theme: str = "light", force: bool = False) -> Path:
        """Write the map to a file: a page, or a picture if the name ends in .svg, .png or .pdf.

        Parameters
        ----------
        path : str or path
        width : int
            Of a picture: 1400 prints as A4, 1980 as A3; a PNG has twice as many pixels.
        theme : str
            Of a picture: light or dark.
        force : bool
            Whether a file that is there already is replaced.

        Raises
        ------
        UsageProblem
            If the file is there already, its folder is not, its name ends in something else, or what makes PNG and PDF
            is not installed.
        """
        path = Path(path)
        form = form_of(path)
        if path.exists() and not force:
            raise UsageProblem(f"{path} is there already. Choose another name, or say force=True to replace it.")
        return write_whole(path, draw_as(self.network, form, self.look, width=width, theme=theme), force=force)

    def __repr__(self) -> str:
        """Say how much is on it."""
        title = f' "{self.look.title}"' if self.look.title else ""
        return f"Map{title} of {counted(self.network, self.look)}"

    def _repr_html_(self) -> str:
        """Return the page, to be shown inside a notebook; of a very large one a picture, if that is not too large."""
        said = notebook.paragraphs((f"{self!r}.", *self.notes))
        shown = notebook.inside(self.html, repr(self))
        return said + (shown if len(shown) <= notebook.LARGEST else self._instead(len(self.html)))

    def _instead(self, length: int) -> str:
        picture = notebook.picture(draw_as(self.network, "svg", self.look), repr(self))
        fits = len(picture) <= notebook.LARGEST
        words = (
            f"The page of this map has {length / 1e6:.1f} MB, more than a notebook shows. "
            f'{"This is its picture. " if fits else ""}To see the page, write it to a file: save("map.html").'
        )
        return notebook.paragraphs([words]) + (picture if fits else "")


def form_of(path: Path) -> str:
    """Return the form that the end of a name stands for.

    Raises
    ------
    UsageProblem
        If it stands for none.

    Examples
    --------
    >>> form_of(Path("map.PNG"))
    'png'
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        known = ", ".join(f".{known}" for known in FORMS)
        raise UsageProblem(f'A map is not written as "{path.name}". End the name in one of: {known}.')
    return form


def drawn(graph: "Graph", within: Filter, look: Look, asked: Mapping[str, Any]) -> Map:
    """Return the map of a graph.

    Parameters
    ----------
    graph : Graph
    within, look : Filter, Look
    asked : mapping of str to any value
        As in `Asked`: what takes the place of what filter and look say.

    Raises
    ------
    UsageProblem
        If a keyword is unknown, two things are asked for that do not go together, or something is not there.
    """
    refuse_unknown(asked, KEYWORDS)
    within = narrowed(within, {word: value for word, value in asked.items() if word in FIELDS})
    of_look = {one.name for one in fields(Look)}
    look = replace(look, **{word: value for word, value in asked.items() if word in of_look})
    rest = {word: value for word, value in asked.items() if word not in FIELDS and word not in of_look}
    if rest.get("hide"):
        rest["hide"] = Path(rest["hide"])
    if rest.get("rows") and within != EVERYTHING:
        raise UsageProblem(f"The rows of {rest['rows']} are drawn as they are: leave out {', '.join(words(within))}.")
    return Map(*content(graph, Content(within, **rest), look))
