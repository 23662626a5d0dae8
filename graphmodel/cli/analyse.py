"""`graphmodel analyse`: a command for each analysis in the table, with its arguments as options."""

from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import filters, methods, opened, output, quiet, say, store

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.analysis import Analysis, Option
    from graphmodel.api import Filter


class Analyses(click.Group):
    """The analyses, each described by its source and loaded when it runs."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the table."""
        from graphmodel.analysis import ANALYSES

        return sorted(ANALYSES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Make the command of an analysis; the nearest name is suggested for one that there is not."""
        from graphmodel import analysis

        return _command(analysis.describe(name))


def _command(described: "Analysis") -> click.Command:
    """Make the command of an analysis from what is known of it before it is loaded."""

    @store
    @filters(leave_out={option.name for option in described.parameters})
    @methods
    @quiet
    @output
    def run(store: str, within: "Filter", methods: bool, quiet: bool, **options: Any) -> "pl.DataFrame | None":
        with opened(store) as graph:
            projection = graph.project(within)
            found = projection.analyse(described.name, **options)
        if methods:
            click.echo(found.methods)
            return None
        if not quiet:
            for sentence in (*projection.caveats, *found.sentences):
                say(sentence)
        return found.table

    run.__doc__ = described.summary
    parameters = [*map(_argument, described.arguments), *map(_option, described.options)]
    return click.command(described.name, short_help=described.summary, params=parameters)(run)


def _argument(item: "Option") -> click.Argument:
    if item.default is None:  # as a default, None would count as given
        return click.Argument([item.name], help=item.help)
    return click.Argument([item.name], help=item.help, required=False, default=item.default)


def _option(item: "Option") -> click.Option:
    mark = "-" if len(item.name) == 1 else "--"
    repeated = isinstance(item.default, tuple)
    return click.Option(
        [f"{mark}{item.name.replace('_', '-')}"],
        type=click.Choice(item.choices) if item.choices else item.type,
        default=item.default,
        multiple=repeated,
        show_default=item.default not in ("", ()),
        help=item.help,
    )


@click.group(cls=Analyses, short_help="Find groups, brokers and more in the network of alliances.")
def command() -> None:
    """Analyse the network of alliances. Each analysis gives a table, and says what it means.

    \b
    Example:
      graphmodel analyse communities --exclude unesco --exclude lc
      graphmodel analyse brokers --region Africa --format csv
      graphmodel analyse brokers --methods
    """
