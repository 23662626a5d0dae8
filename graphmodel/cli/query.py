"""`graphmodel query`: the questions of the library, and your own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.cli.options import opened, output, say, store
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.queries import Query


@click.command(short_help="Ask a question of the library, or run your own Cypher.")
@click.argument("name", required=False)
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="A parameter of the query.")
@click.option("--show", is_flag=True, help="Print the query instead of running it.")
@click.option("--cypher", metavar="TEXT", help="Run this text instead; it can only read.")
@click.option(
    "--file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Run the text of this file instead."
)
@store
@output
def command(
    name: str | None, given: tuple[str, ...], show: bool, cypher: str | None, file: Path | None, store: str
) -> "pl.DataFrame | None":
    """Ask a question of the library, or run your own Cypher. Without a name, list the questions.

    \b
    Example:
      graphmodel query
      graphmodel query partners/current -p organization=unesco -p today=2018-01-01
      graphmodel query partners/current --show
      graphmodel query --cypher "MATCH (o:Organization) RETURN o.name AS name ORDER BY name LIMIT 5"
    """
    if sum(text is not None for text in (name, cypher, file)) > 1:
        raise UsageProblem("Give one of NAME, --cypher and --file.")
    if name is None and cypher is None and file is None:
        return _listed()
    if show:
        click.echo(_text(name, cypher, file), nl=False)
        return None
    from graphmodel.analysis.phrases import counted

    parameters = pairs(given)
    with opened(store) as graph:
        if name is not None:
            table = graph.query(name, **parameters)
        else:
            table = graph.cypher(_text(None, cypher, file), **parameters)
    say(counted(len(table.rows), "row"))
    return table.frame()


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Read NAME=VALUE of each parameter."""
    return dict(_pair(text) for text in given)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise UsageProblem(f'-p takes NAME=VALUE, not "{text}".')
    return name, value


def _text(name: str | None, cypher: str | None, file: Path | None) -> str:
    from graphmodel import queries

    if name is not None:
        return queries.find(name, queries.library()).text
    return file.read_text(encoding="utf-8") if file else f"{cypher}\n"


def _listed() -> "pl.DataFrame":
    import polars as pl

    from graphmodel import queries

    rows = [(query.name, query.question, _signature(query)) for query in queries.library().values()]
    return pl.DataFrame(rows, schema=["query", "question", "parameters"], orient="row")


def _signature(query: "Query") -> str:
    """Say which parameters a query takes; those that must be given first."""
    needed = [item.name for item in query.parameters if item.required]
    others = [f"[{item.name}]" for item in query.parameters if not item.required]
    return " ".join([*needed, *others])
