"""`graphmodel map`: the network as a page to look at."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import filters, force, hide, opened, pseudonyms, quiet, refuse_filters, say, store, to_path

if TYPE_CHECKING:
    import networkx as nx

    from graphmodel.api import Filter

LOOK = ("color", "size", "edge", "layout", "labels", "title")
"""The options that say how a map looks; the others say what it shows."""


@click.command("map", short_help="Draw the network as one HTML page that can be mailed, or as a picture.")
@store
@filters()
@click.option(
    "--color",
    default="kind",
    show_default=True,
    help="kind, community, region, competence, country, none or another attribute.",
)
@click.option(
    "--level",
    type=click.Choice(["country", "subregion", "region"]),
    help="Of --color region; default: the widest that tells organizations apart. With --layout geo: show regions of "
    "this level in place of organizations.",
)
@click.option(
    "--areas",
    type=click.Choice(["field", "sector", "goal", "framework", "segment"]),
    help="Of --color competence: the kind of competence area. Default: the first that is known.",
)
@click.option(
    "--size",
    type=click.Choice(["degree", "betweenness", "activities", "strength"]),
    default="degree",
    show_default=True,
)
@click.option(
    "--edge",
    type=click.Choice(["significance", "shared", "formal", "status", "role"]),
    help="What the lines stand for. Default: significance, where any stands out, else formal; of activities: role.",
)
@click.option(
    "--layout",
    type=click.Choice(["communities", "geo", "radial", "bipartite"]),
    default="communities",
    show_default=True,
    help="Where organizations stand: with their group, on the earth, around --focus, or together with activities.",
)
@click.option("--only", type=click.Choice(["significant"]), help="Only alliances that are more than chance.")
@hide
@pseudonyms
@click.option("--focus", default="", metavar="ORGANIZATION", help="Show one organization and those around it.")
@click.option("--depth", type=click.IntRange(1), default=1, show_default=True, help="How many steps around it.")
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    help="Side by side: two years, two spans such as 2010-2014, two regions or two competence areas.",
)
@click.option(
    "--from",
    "rows",
    metavar="FILE|QUERY",
    help="Draw the ties in a file, or in a folder of Parquet files, as graphmodel alliances -o writes it, or the rows "
    "of a query: source and target.",
)
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option(
    "--labels",
    type=click.Choice(["short", "name", "acronym", "none"]),
    default="short",
    show_default=True,
    help="What is written beside organizations: short is a short name itself, else the acronym, else the first words.",
)
@click.option("--title", default="", help="Default: Alliances, or Participations with --layout bipartite.")
@to_path("A page, or a picture if it ends in .svg, .png or .pdf.", default="map.html")
@click.option(
    "--width",
    type=click.IntRange(800, 5_000),
    default=1_400,
    show_default=True,
    help="Of a picture: 1400 prints as A4, 1980 as A3; a PNG has twice as many pixels.",
)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True, help="Of a picture.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@force
@quiet
def command(
    store: str,
    within: "Filter",
    rows: str | None,
    given: tuple[str, ...],
    only: str | None,
    path: Path,
    width: int,
    theme: str,
    show: bool,
    force: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Draw the network as one HTML page: it needs no server and no internet, and makes no request to anywhere.

    A name that ends in .svg, .png or .pdf makes a picture of it for a report.

    \b
    Example:
      graphmodel map --exclude unesco --exclude lc -o alliances.html
      graphmodel map --focus IFLA --depth 2 --color community
      graphmodel map --from networks/shared_activities -p min=2
      graphmodel map --from ties.csv --labels acronym
      graphmodel map --layout geo --hide secret.txt -o map.pdf
      graphmodel map --layout geo --level country --color competence
      graphmodel map --layout bipartite --focus IFLA --depth 2
      graphmodel map --compare 2012 2016 --exclude unesco
    """
    from graphmodel import api
    from graphmodel.cli.query import pairs
    from graphmodel.files import refuse_existing, write_whole

    refuse_existing(path, force=force)
    form = api.form_of(path)
    if rows:
        refuse_filters(within, rows, "draw")
    look = api.Look(**{name: asked.pop(name) for name in LOOK})
    what = api.Content(within, only == "significant", rows or "", pairs(given), **asked)
    with opened(store) as graph:
        network, look = api.content(graph, what, look, alone=not store)
    write_whole(path, api.draw_as(network, form, look, width=width, theme=theme), force=force)
    if not quiet:
        for note in (*network.graph.get("notes", ()), *_unshown(network), *api.large(network, look)):
            say(note)
        if not network:
            say(f"The map is empty: there is nothing to draw{' that is more than chance' if only else ''}.")
        say(f"{api.counted(network, look)}: {path}")
    if show:
        click.launch(path.resolve().as_uri())


def _unshown(made: "nx.Graph") -> tuple[str, ...]:
    """Return what is to be said of columns of a file that are not drawn; nothing where there are none."""
    columns = made.graph.get("unknown", ())
    return (f"A map has no use for these columns: {', '.join(columns)}.",) if columns else ()
