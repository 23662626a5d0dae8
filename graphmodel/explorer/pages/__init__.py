"""The pages, one module each. A page that is added is a module here, its line in the table, and a template."""

from starlette.routing import Route

from graphmodel.explorer.pages import (
    activity,
    alliances,
    analyses,
    filter,
    gaps,
    home,
    lists,
    maps,
    organization,
    quality,
    query,
    questions,
    report,
    saved,
    search,
    settings,
    sources,
    trends,
)

PAGES = (
    activity,
    alliances,
    analyses,
    filter,
    gaps,
    home,
    lists,
    maps,
    organization,
    quality,
    query,
    questions,
    report,
    saved,
    search,
    settings,
    sources,
    trends,
)

ROUTES: tuple[Route, ...] = tuple(route for page in PAGES for route in page.ROUTES)
