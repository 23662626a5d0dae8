"""`graphmodel sources`: where the graph comes from."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, output, store

if TYPE_CHECKING:
    import polars as pl


@click.command(short_help="List the sources, and how much each of them claims.")
@store
@output
def command(store: str) -> "pl.DataFrame":
    """List the sources of the graph: title, publisher, licence, when loaded, complete or not, and what each claims.

    `nodes` are those that the source describes, `relationships` those that it claims; two sources may claim the same.

    \b
    Example:
      graphmodel sources
      graphmodel sources -o sources.csv
    """
    with opened(store) as graph:
        return graph.sources()
