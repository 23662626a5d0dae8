"""Gaps: where nobody is active on what, and where only one is."""

import polars as pl

from graphmodel.analysis.coverage.axes import LEVELS
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted
from graphmodel.errors import UsageProblem
from graphmodel.report.part import Cells, Part, Table
from graphmodel.report.subject import Subject

MOST = 7
COLUMNS = {"cell": "What, where", "gap": "Active", "expected": "Expected", "within_reach": "In reach"}
CELLS = Cells(
    ("organizations", "declared", "only_declared", "within_reach"), naming=("single", "single_name"), gap="gap"
)
SAID = 2  # sentences of the analysis that the page repeats


def gaps(subject: Subject) -> Part:
    """Return the cells of regions and competence areas where nobody is active, only one, or several apart."""
    try:
        found = _found(subject)
    except UsageProblem as problem:
        return Part("gaps", "Gaps", (f"Gaps cannot be told. {problem}",))
    cell = pl.format("{}, {}", "area_name", "region_name").alias("cell")
    table = Table(
        "gaps", found.table, COLUMNS, MOST, found.table.filter(pl.col("gap").is_not_null()).with_columns(cell), CELLS
    )
    heading = "Gaps in the whole network" if subject.organization else "Gaps"
    said = _discreet(found.table, subject) if subject.request.minimum_cell > 1 else found.words[:SAID]
    return Part("gaps", heading, tuple(said), (table,), finding=found)


def _found(subject: Subject) -> Finding:
    """Return the matrix of the whole, of which the regions and areas of the request are shown.

    Within a region the countries are shown, as far as they are known; else the widest level.
    """
    within = subject.request.within
    levels = ("country", "subregion", "region") if within.regions else ("first",)
    options = {"region": tuple(within.regions), "competence": tuple(within.competence_areas)}
    known = set(subject.projection.partnerships.setting.regions["kind"])
    level = next((level for level in levels if level in known or level not in LEVELS), "first")
    return subject.everywhere.analyse("gaps", level=level, **options)


def _discreet(table: pl.DataFrame, subject: Subject) -> list[str]:
    """What is said where small counts must not be told."""
    smallest = subject.request.minimum_cell
    nobody = table.filter(pl.col("organizations") == 0).height
    few = table.filter(pl.col("organizations").is_between(1, smallest - 1)).height
    return [
        f"Of {counted(table.height, 'cell')} (a region with an area), nobody is active in {nobody:,}, and fewer than "
        f"{smallest} organizations in {few:,}."
    ]
