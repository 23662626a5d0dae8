"""`graphmodel analyse`: a command for each analysis in the table, with its arguments as options."""

from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import filters, opened, output, quiet, say, store

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.analysis import Option
    from graphmodel.api import Filter


class Analyses(click.Group):
    """The analyses, each described by its source and loaded when it runs."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the table."""
        from graphmodel.analysis import ANALYSES

        return sorted(ANALYSES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Make the command of an analysis."""
        from graphmodel import analysis

        if name not in analysis.ANALYSES:
            return None
        described = analysis.describe(name)

        @store
        @filters
        @quiet
        @output
        def run(store: str, within: "Filter", quiet: bool, **options: Any) -> "pl.DataFrame":
            with opened(store) as graph:
                projection = graph.project(within)
                found = analysis.run(name, projection.network(), **options)
            if not quiet:
                for sentence in (*projection.caveats, *found.words):
                    say(sentence)
            return found.table

        run.__doc__ = described.summary
        options = [_option(item) for item in described.options]
        return click.command(name, short_help=described.summary, params=options)(run)


def _option(item: "Option") -> click.Option:
    return click.Option(
        [f"--{item.name.replace('_', '-')}"],
        type=item.type,
        default=item.default,
        show_default=item.default != "",
        help=item.help,
    )


@click.group(cls=Analyses, short_help="Find groups, brokers and more in the network of alliances.")
def command() -> None:
    """Analyse the network of alliances. Each analysis gives a table, and says what it means.

    \b
    Example:
      graphmodel analyse communities --exclude unesco --exclude lc
      graphmodel analyse brokers --region Africa --format csv
    """
