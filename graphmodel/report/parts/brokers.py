"""Brokers: who connects the others."""

import polars as pl

from graphmodel import analysis
from graphmodel.analysis.finding import Finding
from graphmodel.errors import UsageProblem
from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject

MOST = 5
COLUMNS = {"name": "Organization", "degree": "Partners", "share": "Between others", "cut_off": "Would cut off"}
SAID = 2


def brokers(subject: Subject) -> Part:
    """Return who lies between the others, and whose exit would cut others off."""
    if subject.shown.size() == 0:
        return Part("brokers", "Brokers", ("Nobody connects others here: there are no alliances.",))
    found = _found(subject)
    shown = found.table.with_columns(share=found.table["betweenness"].map_elements(_percent, return_dtype=pl.String()))
    table = Table("brokers", found.table, COLUMNS, MOST, shown=shown)
    return Part("brokers", _heading(subject), found.words[1 : 1 + SAID], (table,), finding=found)


def _heading(subject: Subject) -> str:
    return "Brokers among it and its partners" if subject.organization else "Brokers"


def _found(subject: Subject) -> Finding:
    """Return the brokers by kind; by group, where no kind is known."""
    try:
        return analysis.run("brokers", subject.shown)
    except UsageProblem:
        return analysis.run("brokers", subject.shown, by="community")


def _percent(share: float) -> str:
    """Write a share of all pairs.

    >>> _percent(0.0234), _percent(0.0)
    ('2.3%', '0%')
    """
    return f"{100 * share:.1f}%" if share else "0%"
