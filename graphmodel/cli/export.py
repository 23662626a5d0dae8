"""`graphmodel export`: the graph for other programs."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import filters, force, opened, say, store, to_path
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.api import Filter

FOLDERS = {"csv": "CSV", "parquet": "Parquet"}
IMPORT = "neo4j-admin"
FORMATS = ("graphml", "gexf", "json", *FOLDERS, IMPORT)


@click.command(short_help="Write the graph for other programs: GraphML, GEXF, JSON, or tables to load again.")
@store
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True)
@click.option("--alliances", is_flag=True, help="Only the organizations and their ties, within the filters below.")
@filters()
@click.option("--only", type=click.Choice(["significant"]), help="With --alliances: those that are more than chance.")
@to_path("File; for csv, parquet and neo4j-admin, a folder.")
@force
def command(
    store: str, format_: str, alliances: bool, within: "Filter", only: str | None, path: Path, force: bool
) -> None:
    """Write the graph for other programs: GraphML, GEXF, JSON, or a folder of tables that `load` takes back.

    The tables are CSV files, or Parquet files, which keep days and numbers as such and are faster to load again. The
    folder for neo4j-admin is what makes a Neo4j database of a large graph in seconds: run import.sh in it. A folder
    that is there already is not replaced, --force or not.

    \b
    Example:
      graphmodel export --format graphml --alliances --exclude unesco -o alliances.graphml
      graphmodel export --format gexf --alliances --only significant -o alliances.gexf
      graphmodel export --format csv -o backup
      graphmodel export --format parquet -o tables
      graphmodel export --format neo4j-admin -o to-import
    """
    from graphmodel import api
    from graphmodel.files import refuse_existing, write_whole

    if not alliances and (only or within != api.EVERYTHING):
        raise UsageProblem("Filters choose alliances. Add --alliances, or leave the filters out for the whole graph.")
    if alliances and format_ in FOLDERS:
        raise UsageProblem(f"The ties as {FOLDERS[format_]} come from: graphmodel alliances -o FILE.{format_}")
    if alliances and format_ == IMPORT:
        raise UsageProblem("A database is made of the whole graph, its saved alliances too. Leave --alliances out.")
    if format_ == IMPORT:
        _write_import(store, path)
        return
    if format_ in FOLDERS:
        _write_folder(store, path, format_)
        return
    refuse_existing(path, force=force)
    with opened(store) as graph:
        content = graph.export(format_, within if alliances else None, significant=only == "significant")
        write_whole(path, content, force=force)
    say(f"Written: {path}")


def _write_folder(store: str, folder: Path, form: str) -> None:
    """Write the files of a tidy folder into a new one."""
    with opened(store) as graph:
        files = graph.export_tables(folder, form)
    say(f"{len(files)} files written into {folder}. graphmodel load {folder} takes them back.")


def _write_import(store: str, folder: Path) -> None:
    """Write what `neo4j-admin database import` takes into a new folder."""
    with opened(store) as graph:
        files = graph.export_import(folder)
    say(f"{len(files)} files written into {folder}. {folder / 'README.txt'} says how Neo4j takes them.")
