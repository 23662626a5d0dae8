"""`graphmodel map`: the network as a page to look at."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphmodel.cli.options import filters, force, opened, quiet, say, store

if TYPE_CHECKING:
    import networkx as nx

    from graphmodel.api import Filter, Projection


@click.command("map", short_help="Draw the network as one HTML page that can be mailed, or as a picture.")
@store
@filters()
@click.option("--color", default="kind", show_default=True, help="kind, community, country, none or another attribute.")
@click.option(
    "--size",
    type=click.Choice(["degree", "betweenness", "activities", "strength"]),
    default="degree",
    show_default=True,
)
@click.option(
    "--edge",
    type=click.Choice(["significance", "shared", "formal", "status"]),
    help="What the lines stand for. Default: significance, where any stands out, else formal.",
)
@click.option(
    "--layout",
    type=click.Choice(["communities", "geo", "radial"]),
    default="communities",
    show_default=True,
    help="Where organizations stand: with their group, on the earth, or around --focus.",
)
@click.option("--only", type=click.Choice(["significant"]), help="Only alliances that are more than chance.")
@click.option(
    "--hide",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Organizations that must not appear, one on each line.",
)
@click.option("--pseudonyms", is_flag=True, help="Show those of --hide without their names, not leave them out.")
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
    help="A page, or a picture if it ends in .svg, .png or .pdf.",
)
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
    query: str | None,
    given: tuple[str, ...],
    focus: str,
    depth: int,
    only: str | None,
    hide: Path | None,
    pseudonyms: bool,
    path: Path,
    width: int,
    theme: str,
    show: bool,
    force: bool,
    quiet: bool,
    **look: Any,
) -> None:
    """Draw the network as one HTML page: it needs no server and no internet, and makes no request to anywhere.

    A name that ends in .svg, .png or .pdf makes a picture of it for a report.

    \b
    Example:
      graphmodel map --exclude unesco --exclude lc -o alliances.html
      graphmodel map --focus ICOM --depth 2 --color community
      graphmodel map --from networks/shared_activities -p min=2
      graphmodel map --layout geo --hide secret.txt -o map.pdf
    """
    from graphmodel import api
    from graphmodel.cli.query import pairs
    from graphmodel.files import refuse_existing, write_whole

    refuse_existing(path, force=force)
    form = _form(path)
    if pseudonyms and hide is None:
        raise click.UsageError("--pseudonyms is for those of --hide: name a file of organizations.")
    with opened(store) as graph:
        project = cache(lambda: graph.project(within))
        network = graph.network_of(query, **pairs(given)) if query else _alliances(project(), only)
        if hide:
            network = project().hidden(network, hide, pseudonyms=pseudonyms)
    if focus:
        network = api.focused(network, focus, depth)
    seen = api.Look(**look, centre=network.graph.get("centre"))
    write_whole(path, api.draw_as(network, form, seen, width=width, theme=theme), force=force)
    if not quiet:
        for note in (*network.graph.get("notes", ()), *api.large(network)):
            say(note)
        say(f"{len(network):,} organizations, {network.size():,} alliances: {path}")
    if show:
        click.launch(path.resolve().as_uri())


def _form(path: Path) -> str:
    """Return the form that the end of a name stands for."""
    from graphmodel.api import FORMS

    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        known = ", ".join(f".{known}" for known in FORMS)
        raise click.UsageError(f'A map is not written as "{path.name}". End the name in one of: {known}.')
    return form


def _alliances(projection: "Projection", only: str | None) -> "nx.Graph":
    """Return the alliances with all that is told of them, tested against chance unless they are very many."""
    from graphmodel.api import Test
    from graphmodel.api.listing import TESTED

    tested = only or len(projection.ties) <= TESTED
    return projection.told(Test() if tested else None, significant=bool(only))
