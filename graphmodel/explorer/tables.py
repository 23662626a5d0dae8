"""A frame on a page: its rows with links to what they name, in the order that the reader asks for, or as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response

from graphmodel.explorer.view import others
from graphmodel.formats import FORMS, harmless, written
from graphmodel.importers import countries

FIRST = 200  # rows that a page shows
MOST = 2_000  # rows that a page shows where the reader asks for all; a file has the rest
SHOWING = ("sort", "all", "format", "whole")  # parameters of an address that say how a table is shown
COUNTRY, CODE = "country", 2  # the column of codes of so many letters
YEARS = ("year", "first", "last", "founded", "since")  # columns of numbers that are no amounts
PAGES = {
    "/organization": ("organization", "partner", "peer", "source", "target", "member", "single", "through"),
    "/activity": ("activity", "what"),
    "/region": ("region", "regions", "place"),
    "/area": ("competence_area", "area", "subjects", "segment", "framework"),
}
PAIR = {"source": "Organization", "target": "Partner"}
"""What the ends of a tie are called on a page, where a table has both."""
PAGE_OF = {word: path for path, words in PAGES.items() for word in words}
OF_LABEL = {"Organization": "/organization", "Activity": "/activity", "Region": "/region", "CompetenceArea": "/area"}
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Column:
    """A column that is shown: its heading, whether it holds figures, and where its cells lead."""

    name: str
    title: str
    is_figure: bool
    page: str = ""
    ids: str = ""  # the column with the ids of what its cells name
    labels: str = ""  # the column with the labels of what its cells name, where these differ


@dataclass(frozen=True)
class Shown:
    """A table as a page shows it.

    Attributes
    ----------
    rows : list of mappings
        By the names of all columns; the first 200, or if the reader asks for more, the first 2,000.
    total : int
        How many rows there are.
    sort : str
        The column that they are ordered by, with a minus before it for falling; empty for their own order.
    """

    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    total: int
    sort: str

    @property
    def more(self) -> int:
        """How many rows the reader is shown who asks for more; 0 where that is no more than there are here."""
        most = min(self.total, MOST)
        return most if most > len(self.rows) else 0

    def sorted_by(self, column: Column) -> str:
        """Return how a click on the heading of a column orders the rows: figures fall at first, texts rise."""
        first, second = ("-", "") if column.is_figure else ("", "-")
        return f"{second if self.sort == first + column.name else first}{column.name}"


def shown(
    frame: pl.DataFrame,
    request: Request,
    pages: Mapping[str, str] = PAGE_OF,
    first: int = FIRST,
    *,
    as_it_is: bool = False,
) -> Shown:
    """Return what a page shows of a frame.

    A column ``x_name`` beside ``x``, or ``x`` beside ``x_id``, is shown as a link to the page of what it names, and the
    ids are not shown; so is ``name`` beside ``id``, which are organizations unless `pages` says otherwise. Both may
    hold lists. Where there is a column ``label``, what ``what`` names is of that label. `first` is how many rows there
    are unless the reader asks for all. Pairs are an organization and a partner, and countries have their names, but
    where the columns are the reader's own (`as_it_is`); a file has the names and codes that programs know.

    Examples
    --------
    >>> frame = pl.DataFrame({"source": ["a"], "source_name": ["Alpha"], "shared": [2]})
    >>> [(column.title, column.page) for column in shown(frame, Request({"type": "http", "query_string": b""})).columns]
    [('Source', '/organization'), ('Shared', '')]
    >>> pair = pl.DataFrame({"source": ["a"], "target": ["b"], "country": ["KE"]})
    >>> table = shown(pair, Request({"type": "http", "query_string": b""}))
    >>> [column.title for column in table.columns], table.rows[0]["country"]
    (['Organization', 'Partner', 'Country'], 'Kenya')
    """
    frame = frame if as_it_is else _with_countries(frame)
    sort = request.query_params.get("sort", "")
    by = sort.removeprefix("-")
    if by in frame.columns:
        frame = frame.sort(by, descending=sort.startswith("-"), nulls_last=True, maintain_order=True)
    most = MOST if "all" in request.query_params else first
    titles = PAIR if PAIR.keys() <= set(frame.columns) and not as_it_is else {}
    columns = tuple(_columns(frame, {"id": "/organization", **pages}, titles))
    return Shown(columns, frame.head(most).to_dicts(), frame.height, sort if by in frame.columns else "")


def _with_countries(frame: pl.DataFrame) -> pl.DataFrame:
    """Write the names of countries in the place of their codes."""
    if frame.schema.get(COUNTRY) != pl.String:
        return frame
    codes = [text for text in frame[COUNTRY].drop_nulls().unique() if len(text) == CODE]
    known = {code: place.name for code in codes if (place := countries.country(code))}
    return frame.with_columns(pl.col(COUNTRY).replace(known))


def _columns(frame: pl.DataFrame, pages: Mapping[str, str], titles: Mapping[str, str]) -> list[Column]:
    ids = {name: column for column in frame.columns if (name := _name_of(column, frame.columns))}
    return [
        Column(
            name,
            titles.get(name.removesuffix("_name"), _title(name)),
            kind.is_numeric() and name not in YEARS,
            _page(name, pages, ids),
            ids.get(name, ""),
            "label" if name == "what" and "label" in frame.columns else "",
        )
        for name, kind in frame.schema.items()
        if name not in ids.values()
    ]


def _page(name: str, pages: Mapping[str, str], ids: Mapping[str, str]) -> str:
    """Where the cells of a column lead, if what they name has a page."""
    return pages.get("id" if name == "name" else name.removesuffix("_name"), "") if name in ids else ""


def _name_of(column: str, columns: list[str]) -> str:
    """Return the column with the names of what a column holds the ids of."""
    name = "name" if column == "id" else column.removesuffix("_id") if column.endswith("_id") else f"{column}_name"
    return name if name in columns else ""


def _title(name: str) -> str:
    return name.removesuffix("_name").replace("_", " ").capitalize()


def asked(request: Request) -> dict[str, list[str]]:
    """Return what an address asks for beside the filter and how a table is shown, for the links of a table."""
    return {name: values for name, values in others(request.query_params).items() if name not in SHOWING}


def download(frame: pl.DataFrame, request: Request, name: str) -> Response | None:
    """Return a frame as a file, if the address asks for one (``format=xlsx``)."""
    form = form_of(request)
    return as_file(frame, form, name) if form else None


def form_of(request: Request) -> str:
    """Return the form of the file that an address asks for; empty where it asks for a page."""
    form = request.query_params.get("format", "")
    return form if form in FORMS else ""


def as_file(frame: pl.DataFrame, form: str, name: str) -> Response:
    """Return a frame as a file to be saved."""
    content = written(harmless(frame) if form == "csv" else frame, form)
    return attached(content, MEDIA[form], f"{name}.{form}")


def attached(content: bytes, media: str, name: str) -> Response:
    """Return a file to be saved under a name."""
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})
