"""`graphmodel alliances`: who works with whom, and which of it is more than chance."""

from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import filters, methods, opened, output, quiet, say, store

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.api import Filter, Report, Test
    from graphmodel.api.listing import Show

METHODS = ("sdsm", "fixed-rows", "fixed-columns", "disparity")
TAILS = ("exact", "poisson", "normal")
CORRECTIONS = ("bh", "holm", "bonferroni", "none")


@click.command(short_help="List who works with whom, and which of it is more than chance.")
@store
@filters()
@click.option(
    "--significance/--no-significance",
    default=None,
    help="Test each alliance against chance. By default up to a million alliances.",
)
@click.option("--method", type=click.Choice(METHODS), default="sdsm", show_default=True, help="What chance keeps.")
@click.option("--tail", type=click.Choice(TAILS), default="exact", show_default=True, help="How chance is computed.")
@click.option(
    "--correction",
    type=click.Choice(CORRECTIONS),
    help="For the number of pairs, all that share nothing included. Default: bh; none for disparity.",
)
@click.option("--alpha", type=float, default=0.05, show_default=True, help="Level of the test.")
@click.option("--only", type=click.Choice(["significant"]), help="Only alliances that are more than chance.")
@click.option("--avoided", is_flag=True, help="Instead, pairs that meet less than chance would have it.")
@click.option("--save", is_flag=True, help="Also put them into the graph as ALLIED_WITH, replacing those saved before.")
@methods
@quiet
@output
def command(
    store: str, within: "Filter", save: bool, methods: bool, quiet: bool, **asked: Any
) -> "pl.DataFrame | None":
    """List the pairs of organizations that share activities or have a formal agreement, the strongest first.

    shared: number of activities in common. strength: Newman's, each activity counts the less the more take part.
    jaccard, overlap: shared by all activities of both, by those of the smaller. first, last: years. status: active,
    planned, presumed ended or ended, on the day of --as-of or --until, else today. basis: shared, formal or both.
    expected: what chance would have them share, as active as they are. p_more, p_less: how likely chance gives so many
    or more, so few or fewer. q: p_more, with --avoided p_less, corrected for the number of pairs. sign: + more than
    chance by q, - less by p_less corrected alike, 0 neither.

    \b
    Example:
      graphmodel alliances --exclude unesco --exclude lc --limit 10
      graphmodel alliances --region "Arab States" --since 2015 -o alliances.csv
      graphmodel alliances --only significant --correction bonferroni
      graphmodel alliances --save --quiet
    """
    from graphmodel.api import listing

    with opened(store) as graph:
        projection = graph.project(within)
        test, show = _asked(len(projection.ties), **asked)
        if save:
            listing.refuse_avoided(show)
        found = listing.alliances(projection, test, show)
        if save:
            say(_saved(listing.save(graph.store, found, within, test)))
    if methods:
        click.echo(found.methods)
        return None
    if not quiet:
        for sentence in (*projection.caveats, *found.words):
            say(sentence)
        if test is None and asked["significance"] is None:
            say("They were not tested against chance, being so many: --significance does it.")
    return found.table


def _asked(
    ties: int, significance: bool | None, only: str | None, avoided: bool, **test: Any
) -> "tuple[Test | None, Show]":
    """Return the test, or None, and what is to be shown; where it is left open, a network of some size is tested."""
    from graphmodel.api import Test
    from graphmodel.api.listing import TESTED
    from graphmodel.errors import UsageProblem

    if only and avoided:
        raise UsageProblem("Give --only significant or --avoided, not both.")
    by_default = bool(only) or avoided or ties <= TESTED
    tested = by_default if significance is None else significance
    chosen = Test(**test)
    return chosen if tested else None, "significant" if only else "avoided" if avoided else "all"


def _saved(report: "Report") -> str:
    from graphmodel.analysis.phrases import counted

    there = [item for item in report.counts if "ALLIED_WITH" in item.type]
    number = sum(item.new + item.changed + item.unchanged for item in there)
    gone = sum(item.removed for item in there)
    return f"{counted(number, 'alliance')} saved in the graph{f'; {gone:,} saved before are gone' if gone else ''}."
