"""`graphmodel template`: an empty folder, or an empty workbook, to fill."""

from pathlib import Path

import click

from graphmodel.cli.options import force, say
from graphmodel.errors import UsageProblem


@click.command(short_help="Make a folder of CSV files, or a workbook, to fill.")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="Make an Excel workbook instead.")
@force
def command(folder: Path | None, xlsx: Path | None, force: bool) -> None:
    """Make a folder of CSV files to fill: the columns of each type, and an example row.

    A workbook has a sheet for each of the files, with drop-down lists and explanations.

    \b
    Example:
      graphmodel template my-partners
      graphmodel template --xlsx my-partners.xlsx
    """
    from graphmodel.files import write_whole
    from graphmodel.importers import workbook
    from graphmodel.importers.tidy import write_template
    from graphmodel.schema import SCHEMA

    if (folder is None) == (xlsx is None):
        raise UsageProblem("Name a folder, or a workbook with --xlsx: one of them.")
    if xlsx is not None:
        write_whole(xlsx, workbook.template(SCHEMA), force=force)
        say(f"Fill the sheets that you need in {xlsx}, then: graphmodel load {xlsx}")
    elif folder is not None:
        paths = write_template(folder, SCHEMA)
        say(
            f"{len(paths)} files are in {folder}. Fill those that you need, delete the others and the example rows, "
            f"then: graphmodel load {folder}"
        )
