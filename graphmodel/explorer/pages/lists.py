"""Lists of all organizations, activities, regions and competence areas within the filter."""

from functools import partial
from typing import Any

import polars as pl
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.api import profiles
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import as_file, asked, form_of, shown
from graphmodel.explorer.view import View

TITLES = {
    "organizations": ("Organizations", "The most active first."),
    "activities": ("Activities", "The latest first."),
    "regions": ("Regions", "What happens in a part of a region counts in the region, too."),
    "areas": ("Competence areas", "What addresses a part of an area counts in the area, too."),
}


def everything(request: Request, name: str) -> Response:
    """Show a list: its first rows on a page, all of it as a file."""
    known, view = reading(request), View.of(request.query_params)
    title, note = TITLES[name]

    def rows() -> pl.DataFrame:
        found: pl.DataFrame = known.kept(
            (name, view.filter), lambda _: profiles.LISTS[name](known.projection(view.filter))
        )
        return found

    if form := form_of(request):
        return as_file(rows(), form, name)

    def work() -> dict[str, Any]:
        frame = rows()
        telling = [one.name for one in frame if frame.is_empty() or one.null_count() < frame.height]
        return {"table": shown(frame.select(telling), request), "asked": asked(request)}

    values = {"title": title, "note": note, "lists": [(f"/{name}", title) for name, (title, _) in TITLES.items()]}
    is_quick = known.holds((name, view.filter))
    return in_parts(request, "list.html", "list_part.html", work, is_quick=is_quick, **values)


ROUTES = tuple(Route(f"/{name}", partial(everything, name=name)) for name in TITLES)
