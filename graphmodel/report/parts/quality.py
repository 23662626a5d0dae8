"""Data quality: what is suspicious or missing in the data that the report rests on."""

import polars as pl

from graphmodel import checks
from graphmodel.analysis.phrases import counted
from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject

MOST = 3
COLUMNS = {"level": "Level", "meaning": "What was found", "number": "Number"}


def quality(subject: Subject) -> Part:
    """Return what was found by the checks, which activities are incomplete, and what belongs beside the figures."""
    found = _of_these(subject, subject.graph.check(), "id")
    incomplete = _incomplete(subject)
    summary = checks.summary(found).drop("examples")
    tables = (
        Table("checks", summary, COLUMNS, MOST),
        Table("findings", found),
        Table("incomplete_activities", incomplete),
    )
    return Part("quality", "Data quality", (*_said(subject, incomplete), *caveats(subject)), tables, side=1)


def _of_these(subject: Subject, found: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return what was found in the activities and organizations that the report is about."""
    if subject.is_everything:
        return found
    known = [*subject.incidence["activity"].unique(), *subject.organizations["id"]]
    other = ~pl.col("label").is_in(["Activity", "Organization"]) if "label" in found.columns else pl.lit(False)
    return found.filter(pl.col(column).is_in(known) | other)


def _incomplete(subject: Subject) -> pl.DataFrame:
    table = subject.graph.query("quality/incomplete_activities").frame()
    return table if table.is_empty() else _of_these(subject, table, "activity_id")


def _said(subject: Subject, incomplete: pl.DataFrame) -> list[str]:
    number, every = incomplete.height, subject.incidence["activity"].n_unique()
    if subject.is_everything:
        every = subject.projection.activities.height
    if not every:
        return ["There is no activity here that could lack anything."]
    if not number:
        return ["Every activity has a place, a competence area, a date and two organizations."]
    lacking = {
        "no place": pl.col("regions") == 0,
        "no competence area": pl.col("competence_areas") == 0,
        "no date": ~pl.col("dated"),
        "fewer than two organizations": pl.col("organizations") < 2,
    }
    told = [f"{what} {n:,}" for what, test in lacking.items() if (n := incomplete.filter(test).height)]
    return [f"Of {counted(every, 'activity')}, {number:,} lack something: {', '.join(told)}."]


def caveats(subject: Subject) -> list[str]:
    """Return the sentences that belong beside the alliances, without those that name who must not appear."""
    named = subject.terms.are_in if subject.terms else lambda _: False
    return [sentence for sentence in subject.projection.caveats if not named(sentence)]
