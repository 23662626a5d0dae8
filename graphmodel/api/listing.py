"""The alliances of a projection as they are listed: tested against chance, all or some, and saved in the graph."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal, get_args

import polars as pl

from graphmodel import derived
from graphmodel.analysis import significance
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.analysis.ties import status
from graphmodel.analysis.ties.selection import Selection
from graphmodel.api import telling
from graphmodel.api.filter import Filter, words
from graphmodel.api.projection import Projection
from graphmodel.api.reports import Report
from graphmodel.errors import UsageProblem, refuse_other
from graphmodel.records import ENDS
from graphmodel.store.base import Progress, Store, no_progress

Show = Literal["all", "significant", "avoided"]
SHOWS: tuple[Show, ...] = get_args(Show)

TESTED = 1_000_000
"""Alliances up to which a network is tested where that is left open."""

UNTESTED = (
    "Alliances were taken from activities in common and formal agreements. Strength is Newman's: each activity in "
    "common counts 1 / (participants - 1)."
)
NO_TEST = "Which pairs are {show} only a test tells: leave out --no-significance."
NEWMAN = "M. E. J. Newman, Scientific collaboration networks II, Physical Review E 64, 016132, 2001."


def alliances(projection: Projection, test: Test | None = STANDARD, show: Show = "all") -> Finding:
    """Return the alliances with names, the strongest first, and what is to be said of them.

    Parameters
    ----------
    projection : Projection
    test : Test, optional
        How each is tested against chance; None for not at all.
    show : "all", "significant" or "avoided"
        All ties, those that are more than chance, or the pairs that meet less than chance would have it.

    Returns
    -------
    Finding
        Table: source, source_name, target, target_name and the figures of `graphmodel.analysis.ties.alliances.ties`;
        with a test also expected, p_more, p_less, q, sign (see `graphmodel.analysis.significance.assess`). Avoided
        pairs have shared and the latter only.

    Raises
    ------
    UsageProblem
        As `refuse_show`; and as `graphmodel.analysis.significance` says.
    """
    refuse_show(test, show)
    said = told(dict(projection.ties["status"].value_counts().iter_rows()), projection.selection)
    if test is None:
        return Finding(projection.named(projection.ties), said, method=UNTESTED, references=NEWMAN)
    find = significance.avoided if show == "avoided" else significance.assess
    found = find(projection.ties, projection.participations, projection.selection, test)
    table = found.table.filter(pl.col("sign") == "+") if show == "significant" else found.table
    words = found.words if show == "avoided" else (*said, *(found.words if len(projection.ties) else ()))
    references = " ".join((NEWMAN, *found.references))
    return Finding(projection.named(table), words, method=f"{UNTESTED} {found.method}", references=references)


def save(
    store: Store, found: Finding, within: Filter, test: Test | None, *, progress: Progress = no_progress
) -> Report:
    """Put alliances into the graph as ALLIED_WITH, in the place of those that were saved before.

    Parameters
    ----------
    store : Store
    found : Finding
        What `alliances` found, all or the significant ones.
    within, test : Filter, Test
        How they were found: it is noted in their record.
    progress : function of int
        Told the number of rows after each step of writing.

    Raises
    ------
    StoreProblem
        If the store cannot be written; on the embedded engine nothing has changed then.
    """
    type_ = store.schema.relationship("ALLIED_WITH")
    rows = found.table.rename({"source": ENDS[0], "target": ENDS[1]})
    absent = [pl.lit(None).alias(item.name) for item in type_.own if item.name not in rows.columns]
    rows = rows.with_columns(*absent, pl.lit(_record(within, test)).alias("record"))
    plan = derived.saving(type_, rows, store.schema, store, datetime.now(UTC).replace(tzinfo=None, microsecond=0))
    if len(plan):
        store.write(plan, progress)
    return Report.of(plan)


def refuse_show(test: Test | None, show: Show) -> None:
    """Refuse to show what there is not, or what needs a test where there is none.

    Raises
    ------
    UsageProblem
        The message says what to choose.
    """
    refuse_other("show", show, SHOWS)
    if test is None and show != "all":
        raise UsageProblem(NO_TEST.format(show=show))


def refuse_avoided(show: Show) -> None:
    """Refuse to save pairs that avoid each other."""
    if show == "avoided":
        raise UsageProblem("Pairs that avoid each other are no alliances, and are not saved: leave out --avoided.")


def told(by_status: Mapping[str | None, int], selection: Selection) -> tuple[str, ...]:
    """Return how many alliances there are, and how many of each status."""
    number = sum(by_status.values())
    if not number:
        return ("No two organizations are allied within this filter.",)
    return (f"{counted(number, 'alliance')}.", *status.told(by_status, selection))


def _record(within: Filter, test: Test | None) -> str:
    """Say how saved alliances were computed: the test, and what was asked for beyond everything.

    >>> _record(Filter(regions=("Africa",), min_shared=2), STANDARD)
    'sdsm, exact, bh, 0.05; region Africa; at least 2 shared'
    """
    return "; ".join((telling.tested_by(test) if test else "not tested", *words(within)))
