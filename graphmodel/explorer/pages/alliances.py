"""The alliances: who works with whom, and which of it is more than chance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import polars as pl
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graphmodel import api
from graphmodel.analysis.significance import STANDARD
from graphmodel.api import listing
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.explorer.parts import in_parts
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.render import reading
from graphmodel.explorer.tables import as_file, asked, form_of, shown
from graphmodel.explorer.view import View

SHOW = {
    "all": "All alliances",
    "significant": "Only those that are more than chance",
    "avoided": "Instead, pairs that meet less than chance would have it",
}
STATUS = ("active", "planned", "presumed ended", "ended")
VERDICTS = {"+": "more than chance", "0": "as by chance", "-": "less than chance"}
OF_DISPARITY = {"+": "stands out", "0": "does not stand out"}
METHODS = {
    "sdsm": "How active each organization and how large each activity is, on average",
    "fixed-rows": "How active each organization is",
    "fixed-columns": "How large each activity is",
    "disparity": "Nothing: each is compared with the other alliances of the two (disparity filter)",
}
TAILS = {"exact": "Exactly", "poisson": "Poisson, for comparison", "normal": "Normal, for comparison"}
CORRECTIONS = {
    "": "As is usual for the test",
    "bh": "Few of those found are false (Benjamini and Hochberg)",
    "holm": "Hardly any of those found is false (Holm)",
    "bonferroni": "Hardly any of those found is false (Bonferroni)",
    "none": "None",
}
TEST = ("method", "tail", "correction", "alpha")
COLUMNS = (
    *("source", "source_name", "target", "target_name", "shared", "strength", "significance", "expected", "q"),
    *("first", "last", "status", "basis"),
)

CALLED = {
    "source": "organization",
    "source_name": "organization_name",
    "target": "partner",
    "target_name": "partner_name",
}
"""What the two ends are called on a page."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for: which alliances, of which status, with how many activities, tested how."""

    show: listing.Show = "all"
    status: str = ""
    least: int = 0
    test: api.Test = STANDARD
    is_tested: bool = False  # however many they are

    @classmethod
    def of(cls, parameters: QueryParams) -> "Asked":
        """Read it.

        Raises
        ------
        UsageProblem
            If something cannot be.
        """
        show = _among("show", parameters.get("show") or "all", SHOW)
        status = _among("status", parameters.get("status", ""), ("", *STATUS))
        least = _number(parameters.get("min") or "0", int)
        is_tested = show != "all" or "tested" in parameters or any(parameters.get(name) for name in TEST)
        return cls(cast(listing.Show, show), status, least, _test(parameters), is_tested)


def _test(parameters: QueryParams) -> api.Test:
    given: dict[str, Any] = {name: parameters[name] for name in TEST if parameters.get(name)}
    if "alpha" in given:
        given["alpha"] = _number(given["alpha"], float)
    return api.Test(**given)


def _among(what: str, given: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
    if given not in known:
        there = ", ".join(word for word in known if word)
        raise UsageProblem(f'There is no {what} "{given}".{suggestion(given, known)} There are: {there}.')
    return given


def _number(text: str, kind: type[int] | type[float]) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise UsageProblem(f'"{text}" is no number.') from None


def alliances(request: Request) -> Response:
    """Show the alliances: the first of them on a page, all as a file."""
    known, view, wanted = reading(request), View.of(request.query_params), Asked.of(request.query_params)
    if form := form_of(request):
        return as_file(_some(_found(known, view, wanted).table, wanted), form, "alliances")

    def work() -> dict[str, Any]:
        found = _found(known, view, wanted)
        some = _some(found.table, wanted)
        return {"found": found, "table": shown(_told(some, wanted), request), "asked": asked(request)}

    lists = {
        "show": SHOW,
        "status": STATUS,
        "method": METHODS,
        "tail": TAILS,
        "correction": CORRECTIONS,
        "usual": STANDARD,
    }
    return in_parts(request, "alliances.html", "alliances_part.html", work, wanted=wanted, lists=lists)


def _found(known: Reading, view: View, wanted: Asked) -> api.Finding:
    """Return the alliances; very many are tested if that is asked for."""
    within = replace(view.filter, min_shared=wanted.least)
    tests = wanted.is_tested or len(known.projection(within).ties) <= listing.TESTED
    if tests and wanted.test == STANDARD and wanted.show == "all":
        return known.alliances(within)

    def work(graph: api.Graph) -> api.Finding:
        return listing.alliances(known.projection(within), wanted.test if tests else None, wanted.show)

    found: api.Finding = known.kept(("alliances", within, wanted.test, wanted.show, tests), work)
    return found


def _some(table: pl.DataFrame, wanted: Asked) -> pl.DataFrame:
    return table.filter(pl.col("status") == wanted.status) if wanted.status and "status" in table.columns else table


def _told(table: pl.DataFrame, wanted: Asked) -> pl.DataFrame:
    """Return what a page has room for, the verdict in words; a file has every figure."""
    verdicts = OF_DISPARITY if wanted.test.method == "disparity" else VERDICTS
    if "sign" in table.columns:
        table = table.with_columns(pl.col("sign").replace_strict(verdicts, default=None).alias("significance"))
    return table.select(name for name in COLUMNS if name in table.columns).rename(CALLED)


ROUTES = (Route("/alliances", alliances),)
