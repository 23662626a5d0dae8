"""How much a report would be on, told before any of the work is done."""

from graphmodel.errors import UsageProblem
from graphmodel.report.subject import Subject

MOST = 500_000
"""Pairs of organizations up to which a report is written: about a minute and two gigabytes of memory."""


def refuse_too_large(subject: Subject, most: int = MOST) -> None:
    """Refuse a network that is too large for two sides of paper.

    Raises
    ------
    UsageProblem
        If there are more pairs than so many.
    """
    found = subject.partnerships.most_ties
    if found > most:
        raise UsageProblem(
            f"A report is written on up to {most:,} pairs of organizations that did something together, and here are "
            f"up to {found:,}: narrow the filter to a region, a competence area, kinds of organization or some years."
        )
