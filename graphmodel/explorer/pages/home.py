"""The first page: what the network is within the filter, what it rests on, and where to go from here."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.api import profiles
from graphmodel.api.overview import Overview, overview
from graphmodel.explorer.bars import Bars, bars
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import shown
from graphmodel.explorer.view import View

SOURCES = 5  # sources that are named here


def home(request: Request) -> Response:
    """Show the network within the filter."""
    read = reading(request)
    status = read.kept("status", lambda graph: graph.status())

    def work() -> Mapping[str, Any]:
        return told(read, View.of(request.query_params).filter, request)

    sources = status.sources.sort("loaded", descending=True, nulls_last=True).head(SOURCES).to_dicts()
    return in_parts(request, "home.html", "home_part.html", work, status=status, sources=sources)


def told(read: Reading, within: api.Filter, request: Request) -> Mapping[str, Any]:
    """Return what takes time: the key figures within a filter."""
    found: Overview = read.kept(("overview", within), lambda _: overview(read.projection(within)))
    return {
        "overview": found,
        "regions": _number(read, within, "regions"),
        "areas": _number(read, within, "areas"),
        "years": _chart(found),
        "strongest": shown(found.strongest, request),
    }


def _number(read: Reading, within: api.Filter, name: str) -> int:
    """How many rows one of the lists has, which is then at hand."""
    rows: pl.DataFrame = read.kept((name, within), lambda _: profiles.LISTS[name](read.projection(within)))
    return rows.height


def _chart(found: Overview) -> Bars | None:
    years = dict(found.years.iter_rows())
    return bars(years) if years else None


ROUTES = (Route("/", home),)
