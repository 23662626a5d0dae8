"""`graphmodel remove`: a source out of the graph."""

from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, quiet, say, store

if TYPE_CHECKING:
    from graphmodel.api import Report


@click.command(short_help="Take out of the graph what only one source said.")
@click.argument("source")
@store
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@quiet
def command(source: str, store: str, dry_run: bool, yes: bool, quiet: bool) -> None:
    """Take out of the graph what only one source said: its relationships, and the nodes that no other source describes.

    A node that a relationship of another source holds stays. In a file the removal is all or nothing; on a server it
    runs in batches, and if it is cut off, the same removal again finishes it. `graphmodel sources` lists the sources.

    \b
    Example:
      graphmodel remove old-list --dry-run
    """
    from graphmodel.cli.progress import progress

    with opened(store) as graph:
        planned = graph.remove(source, dry_run=True)
        if dry_run or not (yes or quiet):
            say(summary(planned, source, graph.store.address, "Would remove"))
        if dry_run:
            return
        if not yes:
            click.confirm("Remove it?", abort=True, err=True)
        with progress("Removing", quiet=quiet) as advance:
            report = graph.remove(source, progress=advance)
        if not quiet:
            say(summary(report, source, graph.store.address, "Removed"))


def summary(report: "Report", source: str, store: str, verb: str) -> str:
    """Say what goes, or went, a line a type."""
    width = max((len(item.type) for item in report.counts), default=0)
    lines = [
        f"  {item.type.ljust(width)}  {item.removed:>9,} removed  {item.changed:>9,} stay, by other sources"
        for item in report.counts
    ]
    return "\n".join([f'{verb} "{source}" from {store}:', *lines])
