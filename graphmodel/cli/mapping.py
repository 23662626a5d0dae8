"""`graphmodel mapping`: a first mapping of a table, to be checked by a person."""

from pathlib import Path

import click

from graphmodel.cli.options import force, say


@click.command(short_help="Look at a table and write a first mapping of it.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sheet", default="", help="The sheet of a workbook that has several.")
@click.option("--member", default="", help="The file in a zip archive that holds several.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@force
def command(file: Path, sheet: str, member: str, output: Path | None, force: bool) -> None:
    """Look at a table and write a first mapping of it, with its guesses as comments.

    The table is CSV or TSV, Excel, Parquet or JSON lines, plain or in gzip or zip. A mapping tells `graphmodel load`
    which columns are what; the guesses are to be checked.

    \b
    Example:
      graphmodel mapping projects.csv -o projects.toml
      graphmodel load projects.csv --mapping projects.toml --dry-run
    """
    from graphmodel.files import refuse_existing, write_whole
    from graphmodel.importers.mapping_guess import guess

    if output is not None:
        refuse_existing(output, force=force)
    text = guess(file, sheet=sheet, member=member)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text, force=force)
        say(f"Check the guesses in {output}, then: graphmodel load {file} --mapping {output} --dry-run")
