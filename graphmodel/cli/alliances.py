"""`graphmodel alliances`: who works with whom."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import counted, filters, opened, output, quiet, say, store

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.api import Filter


@click.command(short_help="List the organizations that share activities or have an agreement.")
@store
@filters()
@quiet
@output
def command(store: str, within: "Filter", quiet: bool) -> "pl.DataFrame":
    """List the pairs of organizations that share activities or have a formal agreement, the strongest first.

    shared: number of activities in common. strength: Newman's, each activity counts the less the more take part.
    jaccard, overlap: shared by all activities of both, by those of the smaller. first, last: years. basis: shared,
    formal or both.

    \b
    Example:
      graphmodel alliances --exclude unesco --exclude lc --limit 10
      graphmodel alliances --region "Arab States" --since 2015 -o alliances.csv
    """
    with opened(store) as graph:
        projection = graph.project(within)
        table = projection.table
        if not quiet:
            for sentence in projection.caveats:
                say(sentence)
            say(
                counted(len(table), "alliance") if len(table) else "No two organizations are allied within this filter."
            )
    return table
