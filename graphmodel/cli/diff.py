"""`graphmodel diff`: what differs between two reports."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import output, quiet, say

if TYPE_CHECKING:
    import polars as pl


@click.command(short_help="Tell what differs between two reports.")
@click.argument("first", metavar="REPORT1", type=click.Path(path_type=Path))
@click.argument("second", metavar="REPORT2", type=click.Path(path_type=Path))
@quiet
@output
def command(first: Path, second: Path, quiet: bool) -> "pl.DataFrame":
    """Tell what differs between two reports that `graphmodel report` wrote, each a folder or a ZIP: the earlier first.

    What was asked for, key figures, organizations come and gone, alliances gained, lost and changed, gaps opened and
    closed.

    \b
    Example:
      graphmodel diff 2023.zip 2024.zip
      graphmodel diff africa-2023 africa-2024 -o changes.xlsx
    """
    from graphmodel import report

    found = report.difference(report.read(first), report.read(second))
    if not quiet:
        for sentence in found.sentences:
            say(sentence)
    return found.table
