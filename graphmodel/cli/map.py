"""`graphmodel map`: the network as a page to look at."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import filters, force, opened, quiet, say, store

if TYPE_CHECKING:
    from graphmodel.api import Filter


@click.command("map", short_help="Draw the network as one HTML page that can be mailed.")
@store
@filters()
@click.option("--color", default="kind", show_default=True, help="kind, community, country, none or another attribute.")
@click.option(
    "--size",
    type=click.Choice(["degree", "betweenness", "activities", "strength"]),
    default="degree",
    show_default=True,
)
@click.option("--focus", default="", metavar="ORGANIZATION", help="Show one organization and those around it.")
@click.option("--depth", type=click.IntRange(1), default=1, show_default=True, help="How many steps around it.")
@click.option("--from", "query", metavar="QUERY", help="Draw the rows of a query that returns source and target.")
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option("--title", default="Alliances", show_default=True)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("map.html"),
    show_default=True,
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@force
@quiet
def command(
    store: str,
    within: "Filter",
    query: str | None,
    given: tuple[str, ...],
    focus: str,
    depth: int,
    path: Path,
    show: bool,
    force: bool,
    quiet: bool,
    **look: str,
) -> None:
    """Draw the network as one HTML page: it needs no server and no internet, and makes no request to anywhere.

    \b
    Example:
      graphmodel map --exclude unesco --exclude lc -o alliances.html
      graphmodel map --focus ICOM --depth 2 --color community
      graphmodel map --from networks/shared_activities -p min=2
    """
    from graphmodel import api
    from graphmodel.cli.query import pairs
    from graphmodel.files import refuse_existing, write_whole

    refuse_existing(path, force=force)
    with opened(store) as graph:
        network = graph.network_of(query, **pairs(given)) if query else graph.project(within).told()
    if focus:
        network = api.focused(network, focus, depth)
    write_whole(path, api.draw(network, api.Look(**look)), force=force)
    if not quiet:
        for note in network.graph.get("notes", ()):
            say(note)
        say(f"{len(network):,} organizations, {network.size():,} alliances: {path}")
    if show:
        click.launch(path.resolve().as_uri())
