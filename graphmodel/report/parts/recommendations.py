"""Recommendations: who should meet whom, and why."""

import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.errors import UsageProblem
from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject

MOST = 5
ASKING = 5
"""Of a network, the organizations with the most partners for which others are looked for."""

OF_EACH = 3
"""Partners that are named for each of them, of which the page shows the first."""

FOR_ONE = 10


def recommendations(subject: Subject) -> Part:
    """Return new partners for the organization, or for those of the network that have the most partners."""
    asking = [subject.organization] if subject.organization else _asking(subject)
    found = {id: finding for id in asking if (finding := _found(subject, id)) is not None}
    if not found:
        return Part("recommendations", "Whom to meet", ("Nobody has a partner here, so that nobody can be suggested.",))
    rows = [_rows(subject, id, finding) for id, finding in found.items()]
    frame = pl.concat(rows, how="vertical")
    columns = {"name": "Could meet", "why": "Why"}
    finding = next(iter(found.values()))
    if subject.organization:
        table = Table("recommendations", frame, columns, MOST)
        return Part("recommendations", "Whom to meet", finding.words[:2], (table,), finding=finding)
    first = pl.concat([*(of_one.head(1) for of_one in rows), *(of_one.tail(-1) for of_one in rows)])
    table = Table("recommendations", frame, {"for_name": "Organization", **columns}, MOST, shown=first)
    said = ("The most suitable new partner of each of those with the most partners.",)
    return Part("recommendations", "Whom to bring together", said, (table,), finding=finding)


def _asking(subject: Subject) -> list[str]:
    """Return those with the most partners, of whom it may be told what they do."""
    network = subject.network
    known = set(subject.projection.partnerships.incidence["organization"])
    ranked = sorted((id for id in network if id in known), key=lambda id: (-network.degree(id), id))
    return ranked[:ASKING]


def _found(subject: Subject, id: str) -> Finding | None:
    """Return the new partners of one, by what all did everywhere, within the region and area of the request."""
    k = FOR_ONE if subject.organization else OF_EACH
    try:
        return subject.everywhere.analyse("recommend", organization=id, k=k, **subject.places)
    except UsageProblem:
        return None


def _rows(subject: Subject, id: str, finding: Finding) -> pl.DataFrame:
    own = (pl.lit(id).alias("for"), pl.lit(subject.name_of(id)).alias("for_name"))
    return finding.table.select(*own, pl.all())
