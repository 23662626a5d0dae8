"""`graphmodel schema`: the model."""

import click

FORMATS = ("text", "json", "mermaid")


@click.command(short_help="Show the model: labels, relationship types, properties.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
def command(format_: str) -> None:
    """Show the model: labels, relationship types, their properties, and the file that each is loaded from.

    \b
    Example:
      graphmodel schema --format mermaid
    """
    from graphmodel.describe import FORMATS as WRITERS
    from graphmodel.schema import SCHEMA

    click.echo(WRITERS[format_](SCHEMA), nl=False)
