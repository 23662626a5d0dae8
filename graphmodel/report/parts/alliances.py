"""The strongest alliances, and those that are more than chance."""

from collections.abc import Iterator

import polars as pl

from graphmodel.analysis.phrases import counted
from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject

MOST = 6
COLUMNS = {
    "source_name": "Organization",
    "target_name": "Partner",
    "shared": "Shared",
    "expected": "By chance",
    "sign": "More than chance",
    "years": "Years",
    "status": "Status",
}

OF_ONE = {"partner_name": "Partner", **{name: title for name, title in COLUMNS.items() if not name.endswith("_name")}}


def alliances(subject: Subject) -> Part:
    """Return the alliances, those that are more than chance first on the page."""
    frame = subject.alliances
    columns = OF_ONE if subject.organization else COLUMNS
    table = Table("alliances", frame, columns, MOST, shown=_shown(frame, subject))
    return Part("alliances", _heading(subject), tuple(_said(subject)), (table,), finding=subject.tested, side=1)


def _heading(subject: Subject) -> str:
    return "Its alliances" if subject.organization else "Strongest alliances"


def _shown(frame: pl.DataFrame, subject: Subject) -> pl.DataFrame:
    """The rows that the page shows: what stands out from chance first, with the years in one column."""
    years = pl.concat_str("first", "last", separator="\N{EN DASH}")
    told = pl.when(pl.col("first") == pl.col("last")).then(pl.col("first").cast(pl.String)).otherwise(years)
    chance = pl.col("sign").replace_strict({"+": "yes", "-": "less", "0": "no"}, default=None)
    ordered = frame.sort(pl.col("sign") == "+", descending=True, nulls_last=True, maintain_order=True)
    partner = pl.when(pl.col("source") == subject.organization).then("target_name").otherwise("source_name")
    shown = ordered.with_columns(told.fill_null("").alias("years"), partner.alias("partner_name"), sign=chance)
    return shown if subject.test else shown.drop("sign", "expected")


def _said(subject: Subject) -> Iterator[str]:
    frame, network = subject.alliances, subject.network
    if frame.is_empty():
        yield "No two organizations are allied here: nothing on record was done together."
        yield from _elsewhere(subject)
        return
    if subject.organization:
        yield _own(subject)
    else:
        yield from subject.tested.words
    yield from _strongest(frame)
    if subject.test is None:
        yield f"{counted(network.size(), 'alliance')} are too many to be tested against chance here."


def _elsewhere(subject: Subject) -> Iterator[str]:
    """Who has a seat or declares to work where no activity is on record."""
    within, setting = subject.request.within.regions, subject.projection.partnerships.setting
    if within and subject.incidence.is_empty():
        inside = sorted(set().union(*map(setting.under_region, within)))
        there = pl.concat([setting.based_in, setting.works_in]).filter(pl.col("region").is_in(inside))
        members = there.join(subject.projection.partnerships.organizations, left_on="organization", right_on="id")
        number = members["organization"].n_unique()
        have = "has a seat there or declares" if number == 1 else "have a seat there or declare"
        yield (
            f"No activity is recorded in {' or '.join(subject.names['regions'])}, and a report on a region is on what "
            f"took place there. {counted(number, 'organization')} {have} to work there."
        )


def _own(subject: Subject) -> str:
    frame = subject.alliances
    kept, active = (frame.filter(test).height for test in (pl.col("sign") == "+", pl.col("status") == "active"))
    many = f"{counted(frame.height, 'alliance')}, {f'{active:,}' if active else 'none'} of them active."
    if subject.test is None:
        return many
    name = subject.name_of(subject.organization)
    if kept:
        verb = "is" if kept == 1 else "are"
        return f"{many} {kept:,} {verb} more than chance: {name} and these meet more often than two others as active."
    return (
        f"{many} None is more than chance: what {name} shares with its partners, others would share as well that take "
        "part as often in activities as large. That is an answer, not a failure."
    )


def _strongest(frame: pl.DataFrame) -> Iterator[str]:
    strongest = frame.row(0, named=True)
    if strongest["shared"]:
        what = counted(strongest["shared"], "activity")
        yield f"The strongest: {strongest['source_name']} with {strongest['target_name']} ({what} in common)."
