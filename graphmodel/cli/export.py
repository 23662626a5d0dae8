"""`graphmodel export`: the graph for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import filters, force, opened, say, store
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.api import Filter

FORMATS = ("graphml", "gexf", "json", "csv")


@click.command(short_help="Write the graph for other programs: GraphML, GEXF, JSON, or CSV to load again.")
@store
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True)
@click.option("--alliances", is_flag=True, help="Only the organizations and their ties, within the filters below.")
@filters()
@click.option("-o", "--output", "path", type=click.Path(path_type=Path), required=True, help="File; for csv, a folder.")
@force
def command(store: str, format_: str, alliances: bool, within: "Filter", path: Path, force: bool) -> None:
    """Write the graph for other programs: GraphML, GEXF, JSON, or a folder of CSV files that `load` takes back.

    \b
    Example:
      graphmodel export --format graphml --alliances --exclude unesco -o alliances.graphml
      graphmodel export --format csv -o backup
    """
    from graphmodel import api
    from graphmodel.files import refuse_existing, write_whole

    if not alliances and within != api.EVERYTHING:
        raise UsageProblem("Filters choose alliances. Add --alliances, or leave the filters out for the whole graph.")
    if alliances and format_ == "csv":
        raise UsageProblem("The ties as CSV come from: graphmodel alliances -o FILE.csv")
    if format_ == "csv":
        _write_folder(store, path)
        return
    refuse_existing(path, force=force)
    with opened(store) as graph:
        write_whole(path, graph.export(format_, within if alliances else None), force=force)
    say(f"Written: {path}")


def _write_folder(store: str, folder: Path) -> None:
    """Write the files of a tidy folder into a new one."""
    from graphmodel.files import refuse_existing, write_whole

    refuse_existing(folder, force=False)
    with opened(store) as graph:
        files = graph.export_tidy()
    folder.mkdir()
    for name, content in files.items():
        write_whole(folder / name, content)
    say(f"{len(files)} files written into {folder}. graphmodel load {folder} takes them back.")
