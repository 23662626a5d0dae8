"""Paths: the routes between two organizations through shared activities, and how many are independent."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted
from graphmodel.analysis.scenarios import paths_words
from graphmodel.analysis.scenarios.routes import (
    Network,
    distances,
    independent,
    needed,
    number_of_shortest,
    rows,
    shortest_routes,
)
from graphmodel.analysis.structure.engine import Arrays
from graphmodel.analysis.structure.tied import member, tied
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem

ACTIVITIES = 5
"""Activities that the table names for a tie, the latest; `shared` says how many there are."""

LIMITS = (
    "That two organizations took part in the same activity does not say that their people know each other, and what "
    "has ended counts too unless a time is asked for. Independent routes share no organization, but may rest on the "
    "same activity: a large one ties everybody in it."
)


def paths(partnerships: Partnerships, start: str, end: str, *, routes: int = 5) -> Finding:
    """Find the routes between two organizations, how many are independent, and who is on all of them.

    Parameters
    ----------
    start : str
        Id, name or acronym of the organization where the routes begin.
    end : str
        Id, name or acronym of the organization where they end.
    routes : int
        How many routes to list, 1 or more.

    Returns
    -------
    Finding
        Table, a row for each step of each route, sorted by route and step; empty where there is none:

        route : 1 for the best
        step : from 1
        source, source_name, target, target_name : from whom to whom
        shared : number of activities they share; 0 where they have a formal agreement only
        activities : names and years of these, the latest first, at most 5
        first, last : years of the first and the last time together; null where unknown
        basis : shared, formal or both

        The best routes are the shortest; of these, those whose weakest tie has the most shared activities; then
        those with the smallest ids. No route passes an organization twice.

    Raises
    ------
    UsageProblem
        If there is no such organization, the filter leaves it out, both are the same, or routes is below 1.

    References
    ----------
    J. Y. Yen, Finding the K shortest loopless paths in a network, Management Science 17, 712, 1971. K. Menger, Zur
    allgemeinen Kurventheorie, Fundamenta Mathematicae 10, 96, 1927. D. R. White and F. Harary, The cohesiveness of
    blocks in social networks: node connectivity and conditional density, Sociological Methodology 31, 305, 2001.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "b", "c"], "activity": ["x", "x", "y", "y"]})
    >>> names = pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"]})
    >>> found = paths(Partnerships(rows, names), "Alpha", "Gamma")
    >>> found.table.select("route", "step", "source_name", "target_name", "activities").rows()
    [(1, 1, 'Alpha', 'Beta', ['x']), (1, 2, 'Beta', 'Gamma', ['y'])]
    >>> found.words[1]
    'All routes lead through Beta: without it they would not be connected.'
    """
    if routes < 1:
        raise UsageProblem("At least 1 route is to be listed.")
    network = tied(partnerships)
    one, other = (network.ids.index(member(partnerships, word)) for word in (start, end))
    if one == other:
        raise UsageProblem(f"{network.names[one]} is both the start and the end: name two organizations.")
    walked = rows(network)
    found = shortest_routes(walked, one, other, routes)
    table = _table(partnerships, network, found)
    if not found:
        return Finding(table, tuple(_apart(network, walked, one, other)), LIMITS, _method(routes))
    words = paths_words.told(
        routes=[[network.names[node] for node in route] for route in found],
        table=table,
        shortest=number_of_shortest(walked, one, other),
        independent=independent(network, one, other),
        needed=[network.names[node] for node in needed(walked, found[0])],
    )
    return Finding(table, tuple(words), LIMITS, _method(routes))


def _table(partnerships: Partnerships, network: Arrays, found: list[list[int]]) -> pl.DataFrame:
    steps = [
        (number, step, network.ids[one], network.names[one], network.ids[other], network.names[other])
        for number, route in enumerate(found, 1)
        for step, (one, other) in enumerate(pairwise(route), 1)
    ]
    texts = dict.fromkeys(("source", "source_name", "target", "target_name"), pl.String)
    table = pl.DataFrame(steps, schema={"route": pl.Int64, "step": pl.Int64, **texts}, orient="row")
    ends = {"one": pl.min_horizontal("source", "target"), "other": pl.max_horizontal("source", "target")}
    tied = table.with_columns(**ends)
    figures = partnerships.ties.rename({"source": "one", "target": "other"})
    told = tied.join(figures, on=["one", "other"], how="left").join(
        _behind(partnerships, tied), on=["one", "other"], how="left"
    )
    activities = pl.col("activities").fill_null([])
    return told.select(*table.columns, "shared", activities, "first", "last", "basis").sort("route", "step")


def _behind(partnerships: Partnerships, tied: pl.DataFrame) -> pl.DataFrame:
    """Return one, other, activities: the latest activities behind each of these ties, by name and years."""
    took_part, names = partnerships.incidence, partnerships.activities.select(pl.col("id").alias("activity"), "name")
    of_one = tied.select("one", "other").unique().join(took_part, left_on="one", right_on="organization")
    of_both = of_one.join(took_part, left_on=["other", "activity"], right_on=["organization", "activity"], how="semi")
    named = of_both.join(names, on="activity", how="left").with_columns(name=pl.coalesce("name", "activity"))
    latest = named.sort("started", "name", "activity", descending=[True, False, False], nulls_last=True)
    dated = latest.select("one", "other", activities=_dated())
    return dated.group_by("one", "other", maintain_order=True).agg(pl.col("activities").head(ACTIVITIES))


def _dated() -> pl.Expr:
    """The name of an activity and its years."""
    first, last, name = pl.col("started").dt.year(), pl.col("ended").dt.year(), pl.col("name")
    return (
        pl.when(first.is_null())
        .then(name)
        .when(last.is_null())
        .then(pl.format("{} (from {})", name, first))
        .when(first == last)
        .then(pl.format("{} ({})", name, first))
        .otherwise(pl.format("{} ({} to {})", name, first, last))
    )


def _apart(network: Arrays, walked: Network, *ends: int) -> Iterator[str]:
    """Say with whom each end is connected."""
    told: list[Any] = []
    for end in ends:
        others = np.flatnonzero(distances(walked, end) > 0)
        told += [network.names[end], [network.names[node] for node in others]]
    return paths_words.apart(*told)


def _method(routes: int) -> str:
    return (
        f"Up to {counted(routes, 'route')} without a loop were listed (Yen), the shortest first, of equal length those "
        "whose weakest tie has the most shared activities. The number of independent routes, which share no "
        "organization but their ends, is the maximum flow through organizations that let one pass (Menger)."
    )
