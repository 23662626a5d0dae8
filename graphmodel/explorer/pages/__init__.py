"""The pages, one module each. A page that is added is a module here, its line in the table, and a template."""

from importlib import import_module

from starlette.routing import Route

PAGES = (
    "activity",
    "alliances",
    "analyses",
    "filter",
    "gaps",
    "home",
    "lists",
    "maps",
    "organization",
    "quality",
    "query",
    "questions",
    "report",
    "saved",
    "search",
    "settings",
    "sources",
    "trends",
)

ROUTES: tuple[Route, ...] = tuple(route for name in PAGES for route in import_module(f"{__name__}.{name}").ROUTES)
