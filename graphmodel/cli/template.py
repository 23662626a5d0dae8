"""`graphmodel template`: an empty folder to fill."""

from pathlib import Path

import click

from graphmodel.cli.options import say


@click.command(short_help="Make a folder of CSV files to fill.")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a folder of CSV files to fill: the columns of each type, and an example row.

    \b
    Example:
      graphmodel template my-partners
    """
    from graphmodel.importers.tidy import write_template
    from graphmodel.schema import SCHEMA

    paths = write_template(folder, SCHEMA)
    say(
        f"{len(paths)} files are in {folder}. Fill those that you need, delete the others and the example rows, "
        f"then: graphmodel load {folder}"
    )
