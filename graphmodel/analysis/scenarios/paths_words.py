"""What the routes between two organizations mean, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from graphmodel.analysis.phrases import counted, first, separated

NAMED = 8
"""Names that a sentence lists."""


def told(
    routes: Sequence[Sequence[str]], table: pl.DataFrame, shortest: int, independent: int, needed: Sequence[str]
) -> Iterator[str]:
    """Say how two organizations are connected.

    Parameters
    ----------
    routes : sequence of sequences of str
        The names along each route, the best first.
    table : polars.DataFrame
        The table of the finding.
    shortest : int
        How many routes are as short as the best.
    independent : int
        How many routes can share nobody but their ends.
    needed : sequence of str
        Who is on all routes.
    """
    best = routes[0]
    if len(best) == 2:
        yield from _direct(best, table.row(0, named=True), independent - 1)
        return
    steps = len(best) - 1
    if shortest == 1:
        yield f"The shortest route takes {steps:,} steps: {_along(best)}."
    else:
        yield f"{shortest:,} routes of {steps:,} steps are the shortest; the strongest is {_along(best)}."
    if needed:
        without = "it" if len(needed) == 1 else "any one of them"
        yield f"All routes lead through {first(needed, NAMED)}: without {without} they would not be connected."
    else:
        yield (
            f"{independent:,} routes are independent, with nobody in common: to part the two, at least "
            f"{independent:,} others would have to leave."
        )


def apart(one: str, with_one: Sequence[str], other: str, with_other: Sequence[str]) -> Iterator[str]:
    """Say that two are not connected, and with whom each is.

    >>> list(apart("Eta", [], "Alpha", ["Beta"]))
    ['Eta and Alpha are not connected: no route leads from one to the other.', 'Eta has no tie.', \
'Alpha is connected with 1 other: Beta.']
    """
    yield f"{one} and {other} are not connected: no route leads from one to the other."
    for name, others in ((one, with_one), (other, with_other)):
        if others:
            yield f"{name} is connected with {counted(len(others), 'other')}: {first(sorted(others), NAMED)}."
        else:
            yield f"{name} has no tie."


def _direct(best: Sequence[str], tie: Mapping[str, Any], others: int) -> Iterator[str]:
    named, shared = tie["activities"], tie["shared"]
    how = "by a formal agreement only"
    if shared:
        agreed = ", and by a formal agreement" if tie["basis"] == "both" else ""
        how = f"by {counted(shared, 'activity')}{agreed}: {separated(named, NAMED, of=shared)}"
    yield f"{best[0]} and {best[1]} are tied directly, {how}."
    if others:
        routes = "1 other route does" if others == 1 else f"{others:,} independent routes do"
        yield f"Without that tie they would stay connected: {routes} not need it."
    else:
        yield "Without that tie no route would be left."


def _along(route: Sequence[str]) -> str:
    return " - ".join(route)
