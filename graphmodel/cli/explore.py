"""`graphmodel explore`: the graph as web pages on this machine."""

import os

import click

from graphmodel.cli.options import say, store


@click.command(short_help="Explore the graph in the browser, without writing a query.")
@store
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="A free one if not said.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen. Beyond this machine it needs a password, in GRAPHMODEL_PASSWORD.",
)
@click.option("--name", "names", multiple=True, help="A name under which others reach this machine.")
@click.option("--read-only", is_flag=True, help="Let nobody load data by it.")
@click.option("--open/--no-open", "show", default=True, help="Open it in the browser.")
def command(store: str, port: int, host: str, names: tuple[str, ...], read_only: bool, show: bool) -> None:
    """Explore the graph in the browser: search, pages, questions, maps. Only this machine can reach it.

    \b
    Example:
      graphmodel explore
      graphmodel explore --store partners.lbug --port 8080
    """
    from graphmodel.explorer.reading import Reading
    from graphmodel.explorer.server import serve

    def ready(address: str) -> None:
        say(f"The explorer is at {address} (end it with Ctrl-C).")
        if show:
            click.launch(address)

    password = os.environ.get("GRAPHMODEL_PASSWORD", "")
    serve(Reading(store), host=host, port=port, password=password, names=names, can_load=not read_only, ready=ready)
