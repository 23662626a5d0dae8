"""Sources: where the data come from, and under which licence."""

import polars as pl

from graphmodel.analysis.phrases import counted
from graphmodel.report.page import LONGEST, shortened
from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject

COLUMNS = ("id", "title", "licence", "url", "retrieved")
NAMED = 6


def sources(subject: Subject) -> Part:
    """Return the sources of the participations and agreements."""
    told = subject.network.graph.get("sources", [])
    if subject.organization and "activities" in subject.network.graph:
        behind = _behind(subject)
        told = [source for source in told if source["id"] in behind]
    schema = dict.fromkeys(COLUMNS, pl.String)
    rows = [{name: source.get(name) for name in COLUMNS} for source in told]
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Part("sources", "Sources", (_said(frame),), (Table("sources", frame),))


def _behind(subject: Subject) -> set[str]:
    """Return the sources that tell of the alliances of an organization."""
    activities = subject.network.graph["activities"]
    ties = [known for *_, known in subject.shown.edges(data=True)]
    of_activities = (
        id for tie in ties for one in tie.get("activities", ()) for id in activities[one].get("sources", ())
    )
    return {*of_activities, *(id for tie in ties for id in tie.get("sources", ()))}


def _said(frame: pl.DataFrame) -> str:
    if frame.is_empty():
        return "No source is on record."
    named = [_source(row) for row in frame.head(NAMED).iter_rows(named=True)]
    more = [f"and {frame.height - NAMED:,} more in sources.csv"] if frame.height > NAMED else []
    unlicensed = frame["licence"].null_count()
    licence = f" No licence is stated for {unlicensed:,} of {counted(frame.height, 'source')}." if unlicensed else ""
    return f"{'; '.join([*named, *more])}.{licence}"


def _source(row: dict[str, str | None]) -> str:
    about = ", ".join(text for text in (row["licence"], row["retrieved"]) if text)
    title = shortened(str(row["title"] or row["id"]), LONGEST)
    return f"{title} ({about})" if about else title
