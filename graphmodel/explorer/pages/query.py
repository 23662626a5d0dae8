"""Cypher: the queries of the library that answer none of the questions, and a box for one's own."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel.errors import GraphmodelError, StoreMissing
from graphmodel.explorer import tables
from graphmodel.explorer.asking import beyond_questions
from graphmodel.explorer.own import ROWS, SECONDS, Own
from graphmodel.explorer.parts import in_parts, is_wanted
from graphmodel.explorer.render import is_part, page, reading
from graphmodel.schema import SCHEMA


def query(request: Request) -> Response:
    """Show the box and the library, and below the box what the query in it returns, or that as a file."""
    own = Own.of(request.query_params)
    reading(request).kept("status", lambda graph: graph.status())
    values: dict[str, Any] = {"own": own, "asked": own.parameters, "limits": ROWS, "seconds": SECONDS, "schema": SCHEMA}
    if not own.cypher.strip():
        return page(request, "query.html", topics=beyond_questions(), **values)
    told = _told(request, own) if is_wanted(request) else {}
    if told.get("result") and (file := tables.download(told["result"].table, request, "query")):
        return file
    code = 400 if told.get("problem") and not is_part(request) else 200
    return in_parts(request, "query.html", "result.html", lambda: told, code=code, topics={}, **values)


def _told(request: Request, own: Own) -> dict[str, Any]:
    """Return what the result is shown with, or why there is none."""
    try:
        found = own.run(reading(request))
    except StoreMissing:
        raise
    except GraphmodelError as error:
        return {"problem": str(error)}
    return {"problem": "", "result": found, "table": tables.shown(found.table, request, as_it_is=True)}


ROUTES = (Route("/query", query),)
