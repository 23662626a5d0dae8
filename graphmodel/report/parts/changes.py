"""What changed: new, renewed and lost alliances."""

import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.report.part import Cells, Part, Table
from graphmodel.report.subject import Subject

MOST = 4
COLUMNS = {
    "year": "Year",
    "active": "Active",
    "new": "New",
    "renewed": "Renewed",
    "lost": "Lost",
    "organizations": "Organizations",
}
CELLS = Cells(("organizations",), derived=("entered", "left"))
OF_ONE = {"change": "Change", "partner": "Partner", "first": "First", "last": "Last"}


def changes(subject: Subject) -> Part:
    """Return the alliances by year, the last first on the page; of an organization, what changed in the last year."""
    found = subject.projection.analyse("trends")
    latest = found.table.filter(pl.col("active") + pl.col("lost") > 0).reverse()
    by_year = Table("trends", found.table, COLUMNS, MOST, shown=latest, cells=CELLS)
    if not subject.organization or latest.is_empty():
        return Part("changes", "What changed", found.words[:1], (by_year,), finding=found, side=1)
    return _of_one(subject, latest, found)


def _last_change(subject: Subject, years: list[int]) -> tuple[int, pl.DataFrame]:
    """Return the last year in which an alliance of the organization changed, and what changed in it."""
    own = subject.organization
    for year in years:
        listed = subject.projection.analyse("trends", year=year).table
        rows = listed.filter((pl.col("source") == own) | (pl.col("target") == own))
        if rows.height:
            break
    return year, rows


def _of_one(subject: Subject, latest: pl.DataFrame, found: Finding) -> Part:
    own = subject.organization
    year, rows = _last_change(subject, latest["year"].to_list())
    partner = pl.when(pl.col("source") == own).then("target_name").otherwise("source_name").alias("partner")
    numbers = dict(rows.group_by("change").len().iter_rows())
    told = ", ".join(f"{numbers.get(change, 0):,} {change}" for change in ("new", "renewed", "extended", "lost"))
    table = Table("changes", rows, OF_ONE, MOST, shown=rows.with_columns(partner))
    return Part(
        "changes",
        "What changed",
        (f"Its alliances changed in {year} for the last time: {told}.",),
        (table,),
        finding=found,
        side=1,
    )
