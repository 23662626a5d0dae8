"""`graphmodel analyse`: a command for each analysis in the table, with its arguments as options."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import F, filters, methods, opened, output, quiet, refuse_filters, say, store

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
    @_which_ties(described)
    @methods
    @quiet
    @output
    def run(
        store: str,
        within: "Filter",
        rows: Path | None,
        methods: bool,
        quiet: bool,
        which: str | None = None,
        **options: Any,
    ) -> "pl.DataFrame | None":
        significant = which == "significant"
        caveats: tuple[str, ...] = ()
        if rows:
            refuse_filters(within, rows, "analyse")
        with opened(store) as graph:
            if rows:
                found = graph.analyse_file(described.name, rows, significant=significant, alone=not store, **options)
            else:
                projection = graph.project(within)
                analyse = projection.analyse_significant if significant else projection.analyse
                found = analyse(described.name, **options)
                caveats = projection.caveats
        if methods:
            click.echo(found.methods)
            return None
        if not quiet:
            for sentence in (*caveats, *found.sentences):
                say(sentence)
        return found.table

    run.__doc__ = described.summary
    parameters = [*map(_argument, described.arguments), *map(_option, described.options)]
    return click.command(described.name, short_help=described.summary, params=parameters)(run)


def _which_ties(described: "Analysis") -> Callable[[F], F]:
    """Give a command `--only` and `--from`; hidden where an analysis cannot be asked of some ties: it then says so."""
    hidden = described.ties != "some"
    only = click.option(
        "--only",
        "which",
        type=click.Choice(["significant"]),
        hidden=hidden,
        help="Only alliances that are more than chance.",
    )
    rows = click.option(
        "--from",
        "rows",
        type=click.Path(exists=True, path_type=Path),
        metavar="FILE",
        hidden=hidden,
        help="The ties in a file, or in a folder of Parquet files, as graphmodel alliances -o writes it.",
    )
    own = any(option.name == "only" for option in described.parameters)
    return rows if own else lambda function: only(rows(function))


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

    Of ties in a file (--from), or of those that are more than chance (--only significant), can be asked: brokers,
    centrality, communities, consortium, impact, multipliers, paths.

    \b
    Example:
      graphmodel analyse communities --exclude unesco --exclude lc
      graphmodel analyse brokers --region Africa --format csv
      graphmodel analyse centrality --only significant
      graphmodel analyse brokers --from ties.parquet
      graphmodel analyse brokers --methods
    """
