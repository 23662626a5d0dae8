"""`graphmodel report`: two sides of paper for a meeting, with everything behind them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import Day, filters, force, hide, opened, pseudonyms, quiet, say, store, to_path

if TYPE_CHECKING:
    from graphmodel.api import Filter


@click.command(short_help="Write a report for a meeting: two sides of paper, the map, and every table.")
@store
@filters()
@click.option("--organization", default="", help="Report on one organization: its id, name or acronym.")
@click.option("--area", "areas", multiple=True, help="The same as --competence.")
@click.option("--today", type=Day(), help="The day that counts as today. Default: the last that the data tell of.")
@click.option("--title", default="", help="Default: what is reported on.")
@hide
@pseudonyms
@click.option(
    "--minimum-cell",
    type=click.IntRange(0),
    default=0,
    metavar="NUMBER",
    help="For publication: tell no count of organizations below this, such as 3, in tables by region, area or year.",
)
@to_path("A folder, or a file that ends in .zip.")
@force
@quiet
def command(
    store: str,
    within: "Filter",
    organization: str,
    areas: tuple[str, ...],
    today: date | None,
    title: str,
    hide: Path | None,
    pseudonyms: bool,
    minimum_cell: int,
    path: Path,
    force: bool,
    quiet: bool,
) -> None:
    """Write a report for a meeting: a page for two sides of A4, the map to explore, every table, the ties.

    report.html is to be printed. The same data and options give the same bytes, whenever it is made: the day on which
    alliances are active or not is --today, else that of --as-of or --until, else the last that the data tell of.

    \b
    Example:
      graphmodel report --region Africa -o africa
      graphmodel report --organization IFLA --exclude unesco -o ifla.zip
      graphmodel report --hide secret.txt --minimum-cell 3 -o public.zip
    """
    from dataclasses import replace

    from graphmodel import report

    if pseudonyms and hide is None:
        raise click.UsageError("--pseudonyms is for those of --hide: name a file of organizations.")
    report.refuse(path, force=force)
    within = replace(within, today=today, competence_areas=(*within.competence_areas, *areas))
    request = report.Request(within, organization, hide, pseudonyms, minimum_cell, title)
    with opened(store) as graph:
        files = report.report(graph, request)
    report.write(path, files, force=force)
    if not quiet:
        say(f"{len(files)} files written into {path}: open report.html, and print it.")
