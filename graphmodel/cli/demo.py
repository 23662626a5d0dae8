"""`graphmodel demo`: the whole way, on the network that comes with graphmodel."""

from pathlib import Path

import click

from graphmodel.cli.options import force, opened, say, store, to_path

STRONGEST = 10


@click.command(short_help="Load the UNESCO partner network, show its alliances, draw its map.")
@store
@to_path("Where the map goes.", default="graphmodel-demo.html")
@force
def command(store: str, path: Path, force: bool) -> None:
    """Load the UNESCO partner network that comes with graphmodel, show its strongest alliances, and draw its map.

    \b
    Example:
      graphmodel demo --store demo.lbug -o demo.html
    """
    from graphmodel import api
    from graphmodel.cli.load import summary
    from graphmodel.cli.progress import progress
    from graphmodel.cli.tables import table
    from graphmodel.files import refuse_existing, write_whole

    refuse_existing(path, force=force)
    with opened(store) as graph:
        with progress("Loading", quiet=False) as advance:
            report = graph.load_demonstration(progress=advance)
        say(summary(report, store=graph.store.address))
        projection = graph.project(api.Filter(exclude=api.HUBS))
        say(f"\n{api.HUBS_LEFT_OUT}")
        say(f"\n{len(projection.ties):,} alliances; the strongest:")
        strongest = projection.table.head(STRONGEST)
        click.echo(
            table(strongest.select("source_name", "target_name", "shared", "strength", "first", "last")), nl=False
        )
        page = api.draw(projection.told(), api.Look(title="Partners of UNESCO that met", color="kind"))
    write_whole(path, page, force=force)
    say(f"\nThe map is at {path}: open it in a browser.")
    say(f"Next: graphmodel query --store {graph.store.address}, or graphmodel --help")
