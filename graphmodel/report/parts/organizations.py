"""The organizations: only for the files."""

from graphmodel.report.part import Part, Table
from graphmodel.report.subject import Subject


def organizations(subject: Subject) -> Part:
    """Return the organizations of the report with the number of their activities and partners."""
    return Part("organizations", "Organizations", tables=(Table("organizations", subject.organizations),))
