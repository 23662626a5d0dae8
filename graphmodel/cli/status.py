"""`graphmodel status`: what the store holds."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, output, say, store

if TYPE_CHECKING:
    import polars as pl


@click.command(short_help="Tell what the graph holds, and from which sources.")
@store
@click.option("--sources", "what", flag_value="sources", help="List the sources instead of the types.")
@output
def command(store: str, what: str | None) -> "pl.DataFrame":
    """Tell what the graph holds: elements by type; with --sources where they come from, when loaded, complete or not.

    \b
    Example:
      graphmodel status --sources
    """
    import polars as pl

    with opened(store) as graph:
        status = graph.status()
    say(f"{status.address}: {len(status.sources):,} sources, last loaded {status.loaded or 'never'}")
    for source in status.incomplete:
        say(f'Incomplete: the load of "{source}" was cut off. Run it again to finish it.')
    if what == "sources":
        return status.sources
    return pl.DataFrame(list(status.counts.items()), schema={"type": pl.String, "number": pl.Int64}, orient="row")
