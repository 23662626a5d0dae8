"""`graphmodel check`: what is suspicious in the graph."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, output, say, store

if TYPE_CHECKING:
    import polars as pl


@click.command(short_help="List what is suspicious in the graph.")
@click.argument("name", required=False, default="")
@click.option("--all", "every", is_flag=True, help="List each finding, not only how many there are.")
@store
@output
@click.pass_context
def command(context: click.Context, name: str, every: bool, store: str) -> "pl.DataFrame":
    """List what is suspicious in the graph: a row for each check that found something, with what to do about it.

    With the NAME of a check, list each of its findings. Levels: error (it cannot be so, or makes figures wrong),
    warning (probably a mistake), note (something is missing). The exit status is 1 if an error is found.

    \b
    Example:
      graphmodel check
      graphmodel check same-name
      graphmodel check --all -o findings.csv
    """
    from graphmodel import checks
    from graphmodel.analysis.phrases import counted

    with opened(store) as graph:
        found = graph.check(name)
    bad = checks.is_bad(found)
    say(f"{counted(len(found), 'finding')}{', errors among them' if bad else ''}")
    if bad:
        context.call_on_close(lambda: context.exit(1))
    return found if name or every else checks.summary(found)
