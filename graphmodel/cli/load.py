"""`graphmodel load`: data into the store."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import force, opened, quiet, say, store

if TYPE_CHECKING:
    from graphmodel.api import Report

SHOWN = 10


@click.command(short_help="Load files into the graph: tidy tables, IATI, or any table by a mapping.")
@click.argument("data", type=click.Path(path_type=Path))
@store
@click.option("--mapping", default="", metavar="NAME|FILE.toml", help="Which columns of a table are what.")
@click.option("--source", default="", help="Name of the source, where rows name none; the file's name if not said.")
@click.option("--prune", is_flag=True, help="Also remove what the sources said before and no longer say.")
@click.option("--force-prune", is_flag=True, help="Prune even after rejects, or if the data hold nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write all rejects to a CSV file.")
@force
@quiet
def command(
    data: Path,
    store: str,
    mapping: str,
    source: str,
    prune: bool,
    force_prune: bool,
    dry_run: bool,
    rejects: Path | None,
    force: bool,
    quiet: bool,
) -> None:
    """Load files into the graph.

    DATA is a folder of tables (CSV, TSV, Parquet or JSON lines) or a workbook with one table per type: organizations,
    activities, participations, and so on; `graphmodel template` makes one to fill, `graphmodel schema` tells the
    columns. Or it is an IATI file.
    Or, with --mapping, any table: CSV, TSV, Excel, Parquet, JSON lines, plain or in gzip or zip. Mappings come along
    for AidData's research releases (aiddata), CORDIS (cordis_h2020), who does what where (ocha_3w) and SDG_IATI
    (sdg_iati); `graphmodel mapping` writes a first one of your table.

    A load is all or nothing, and the same load twice changes nothing. What cannot be taken is listed, and the exit
    status is then 1.

    \b
    Example:
      graphmodel load my-partners --rejects rejects.csv
      graphmodel load gef.zip --mapping aiddata
      graphmodel load activities.xml --dry-run
    """
    from graphmodel.cli.progress import stages
    from graphmodel.files import refuse_existing, write_whole
    from graphmodel.formats import written

    if rejects is not None:
        refuse_existing(rejects, force=force)
    with opened(store) as graph, stages("Reading", "Writing", quiet=quiet) as (reading, writing):
        report = graph.load(
            data,
            source=source,
            mapping=mapping,
            prune=prune or force_prune,
            force=force_prune,
            dry_run=dry_run,
            progress=writing,
            reading=reading,
        )
    if not quiet:
        say(summary(report, store=graph.store.address, dry_run=dry_run))
    for sentence in (*report.notices, *report.notes):
        say(sentence)
    if rejects is not None:
        write_whole(rejects, written(report.rejects_frame(), "csv"), force=force)
    if report.rejects:
        say(rejected(report, rejects))
    if report.rejects or report.notes:
        raise click.exceptions.Exit(1)


def summary(report: "Report", *, store: str, dry_run: bool = False) -> str:
    """Say what a load did, a line a type."""
    verb = "Would load" if dry_run else "Loaded"
    if not report.changes:
        head = f"{store} holds all of this already; nothing {'would change' if dry_run else 'has changed'}."
    else:
        head = f"{verb} into {store}:"
    width = max((len(item.type) for item in report.counts), default=0)
    lines = [
        f"  {item.type.ljust(width)}  {item.new:>9,} new  {item.changed:>7,} changed  {item.unchanged:>9,} unchanged"
        + (f"  {item.removed:>7,} removed" if report.removed else "")
        for item in report.counts
    ]
    return "\n".join([head, *lines])


def rejected(report: "Report", path: Path | None) -> str:
    """Say which rows were not taken: the first ones, and where all are."""
    from graphmodel.analysis.phrases import counted

    lines = [f"  {reject}" for reject in report.rejects[:SHOWN]]
    more = len(report.rejects) - SHOWN
    if more > 0:
        lines.append(f"  and {more:,} more{'' if path else '; --rejects FILE writes them all'}")
    if path:
        lines.append(f"All of them are in {path}.")
    return "\n".join([f"{counted(len(report.rejects), 'reject')}, by place:", *lines])
