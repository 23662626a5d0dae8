"""`graphmodel alliances`: who works with whom, and which of it is more than chance."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from graphmodel.cli.options import Destination, filters, methods, opened, quiet, say, store, to_destination
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.analysis.finding import Finding
    from graphmodel.api import Filter, Graph, Projection, Report, Test
    from graphmodel.api.in_parts import AlliancesInParts
    from graphmodel.api.listing import Show
    from graphmodel.engines import EngineName

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
@click.option(
    "--from",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Of the tables in a folder that `graphmodel export --format parquet` wrote, not of a store.",
)
@click.option(
    "--engine",
    type=click.Choice(["polars", "spark"]),
    help="What finds them. Default: polars, in memory or in parts. Spark is for networks beyond one machine.",
)
@click.option("--master", default="", metavar="URL", help="Where Spark runs: spark://HOST:7077. Default: local[*].")
@methods
@quiet
@to_destination
def command(
    store: str,
    within: "Filter",
    folder: Path | None,
    engine: "EngineName | None",
    master: str,
    save: bool,
    only: str | None,
    avoided: bool,
    significance: bool | None,
    methods: bool,
    quiet: bool,
    destination: Destination,
    **test: Any,
) -> None:
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
      graphmodel alliances --from FOLDER --engine spark --master "local[4]" -o alliances.parquet
    """
    from graphmodel import api
    from graphmodel.api import listing

    if only and avoided:
        raise UsageProblem("Give --only significant or --avoided, not both.")
    show: Show = "significant" if only else "avoided" if avoided else "all"
    asked = Asked(api.Test(**test), show, significance, destination, methods, quiet)
    if save:
        listing.refuse_avoided(show)
        _refuse_beside_save(folder, engine, master)
    if folder:
        if click.get_current_context().get_parameter_source("store") is ParameterSource.COMMANDLINE:
            raise UsageProblem("Give --store or --from, not both: the alliances are those of one of them.")
        _list(api.Tables(folder).project(within), asked, engine, master)
        return
    with opened(store) as graph:
        _list(graph.project(within), asked, engine, master, graph if save else None)


@dataclass(frozen=True)
class Asked:
    """What is asked of the alliances, and where they go."""

    test: "Test"
    show: "Show"
    significance: bool | None
    destination: Destination
    methods: bool
    quiet: bool

    def tested(self, ties: int) -> "Test | None":
        """Return the test, or None; where it is left open, a network of some size is tested."""
        from graphmodel.api.listing import TESTED

        by_default = self.show != "all" or ties <= TESTED
        return self.test if (by_default if self.significance is None else self.significance) else None

    def say(self, of: "Projection | AlliancesInParts", found: "Finding", test: "Test | None") -> None:
        """Tell what was found, and what belongs beside it."""
        if self.quiet:
            return
        for sentence in (*of.caveats, *found.words):
            say(sentence)
        if test is None and self.significance is None:
            say("They were not tested against chance, being so many: --significance does it.")


def _list(
    projection: "Projection", asked: Asked, engine: "EngineName | None", master: str, graph: "Graph | None" = None
) -> None:
    """List the alliances, found in memory or by an engine; put them into a graph where one is given."""
    from graphmodel.api.in_parts import in_memory

    if graph or in_memory(projection, asked.test, asked.show, engine, master):
        _from_memory(projection, asked, graph)
    else:
        _by_engine(projection, asked, engine, master)


def _from_memory(projection: "Projection", asked: Asked, graph: "Graph | None") -> None:
    """List the alliances, and put them into a graph where one is given."""
    from graphmodel.api import listing

    test = asked.tested(len(projection.ties))
    found = listing.alliances(projection, test, asked.show)
    if graph:
        say(_saved(listing.save(graph.store, found, projection.within, test)))
    if asked.methods:
        click.echo(found.methods)
        return
    asked.say(projection, found, test)
    asked.destination.write(found.table)


def _by_engine(projection: "Projection", asked: Asked, engine: "EngineName | None", master: str) -> None:
    """List the alliances that an engine finds; all of them go straight to a file."""
    from graphmodel import engines
    from graphmodel.api.in_parts import AlliancesInParts, refuse_in_parts

    to, significant = asked.destination, asked.show == "significant"
    refuse_in_parts(None if asked.significance is False else asked.test, asked.show)
    with engines.started(engine, master) as running:
        made = AlliancesInParts(projection, running)
        if not (asked.methods or significant or to.limit or to.format == "parquet"):
            made.refuse_table()
        test = asked.tested(made.number)
        if asked.methods:
            click.echo(made.told(test).methods)
        elif to.path and to.format == "parquet" and not to.limit:
            asked.say(made, made.write(to.path, test, significant=significant, force=to.force), test)
        else:
            found = made.found(test, significant=significant, limit=to.limit)
            asked.say(made, found, test)
            to.write(found.table)


def _refuse_beside_save(folder: Path | None, engine: str | None, master: str) -> None:
    """Refuse to save what is not of a store, or what an engine finds in parts."""
    if folder:
        raise UsageProblem(
            "Alliances are saved in the store that they were found in, and --from reads a folder: load it into a store "
            "first (graphmodel load), or leave out --save."
        )
    if engine or master:
        raise UsageProblem("What is saved is found in memory: leave out --engine and --master, or --save.")


def _saved(report: "Report") -> str:
    from graphmodel.analysis.phrases import counted

    there = [item for item in report.counts if "ALLIED_WITH" in item.type]
    number = sum(item.new + item.changed + item.unchanged for item in there)
    gone = sum(item.removed for item in there)
    return f"{counted(number, 'alliance')} saved in the graph{f'; {gone:,} saved before are gone' if gone else ''}."
