"""A report for a meeting: two sides of paper, and beside them every table, the map and the ties as files.

A report is a mapping from names of files to bytes. The page is made of parts; a part is a function of what is reported
on, in a file of its own in `parts`, and a line in the table there. Before anything is written, all that the parts say
goes through one place (`discretion`) where the names of organizations that must not appear are taken out and small
counts are covered. The same data and the same request give the same bytes: no clock is read.
"""

from graphmodel.report.difference import difference
from graphmodel.report.reading import Written, read
from graphmodel.report.request import Request
from graphmodel.report.writing import DATA, archive, refuse, report, write

__all__ = ["DATA", "Request", "Written", "archive", "difference", "read", "refuse", "report", "write"]
