"""`graphmodel status`: what the store holds."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, output, say, store

if TYPE_CHECKING:
    import polars as pl


@click.command(short_help="Tell what the graph holds.")
@store
@output
def command(store: str) -> "pl.DataFrame":
    """Tell what the graph holds, by type, when something was last loaded, what was cut off, and what is stale.

    `graphmodel sources` lists where it comes from.

    \b
    Example:
      graphmodel status --store partners.lbug
    """
    import polars as pl

    from graphmodel.analysis.phrases import counted

    with opened(store) as graph:
        status = graph.status()
    say(f"{status.address}: {counted(len(status.sources), 'source')}, last loaded {status.loaded or 'never'}")
    for note in status.notes:
        say(note)
    return pl.DataFrame(list(status.counts.items()), schema={"type": pl.String, "number": pl.Int64}, orient="row")
