"""Data quality: what the checks find suspicious, and what to do about it."""

from collections.abc import Mapping
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import checks
from graphmodel.explorer.pages.search import PAGES
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import asked, download, shown


def quality(request: Request) -> Response:
    """Show the findings of all checks, or of one (``check=hub``)."""
    name = request.query_params.get("check", "")
    if "format" in request.query_params:
        file = download(_found(request, name), request, name or "checks")
        if file:
            return file

    def work() -> Mapping[str, Any]:
        every = _found(request, "")
        found = every.filter(pl.col("check") == name) if name else every
        summary = checks.summary(every)
        return {"summary": summary.to_dicts(), "table": shown(_linked(found), request), "total": every.height}

    meaning = checks.CHECKS.get(name)
    return in_parts(
        request, "quality.html", "quality_part.html", work, check=name, chosen=meaning, asked=asked(request)
    )


def _found(request: Request, name: str) -> pl.DataFrame:
    found: pl.DataFrame = reading(request).kept("checks", lambda graph: graph.check())
    return found.filter(pl.col("check") == name) if name else found


def _linked(found: pl.DataFrame) -> pl.DataFrame:
    """Name the ids after what they are the ids of, where all are of one label, so that they lead to its page."""
    labels = found["label"].unique().to_list()
    if len(labels) != 1 or labels[0] not in PAGES:
        return found.select("level", "check", "label", "id", pl.col("name").alias("called"), "found")
    word = PAGES[labels[0]].removeprefix("/")
    return found.select("level", "check", pl.col("id").alias(word), pl.col("name").alias(f"{word}_name"), "found")


ROUTES = (Route("/quality", quality),)
