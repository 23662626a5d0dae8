"""Writes the network of a store as a page, by programs that somebody might use for it, and by the least that could.

Usage: pages.py PROGRAM STORE FILE
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ladybug

QUERY = """MATCH (a:Organization)-[:PARTICIPATED_IN]->(:Activity)<-[:PARTICIPATED_IN]-(b:Organization)
WHERE a.id < b.id RETURN a.id, b.id, count(*)"""


def main() -> None:
    """Write a page by the program that is named."""
    program, store, file = sys.argv[1:]
    text = PROGRAMS[program](ties(store))
    Path(file).write_text(text, "utf-8")


def ties(store: str) -> list[list[Any]]:
    """Return source, target and the number of activities in common."""
    with ladybug.Database(store, read_only=True) as database, ladybug.Connection(database) as connection:
        found = connection.execute(QUERY)
        assert isinstance(found, ladybug.QueryResult)
        return [list(row) for row in found]


def bare(ties: list[list[Any]]) -> str:
    """A canvas with lines and dots, on a spiral, in the order in which they come."""
    number = {id: i for i, id in enumerate(dict.fromkeys(id for tie in ties for id in tie[:2]))}
    data = {"count": len(number), "ties": [[number[one], number[other]] for one, other, _ in ties]}
    return Path(__file__).with_name("bare.html").read_text("utf-8").replace("DATA", json.dumps(data))


def pyvis(ties: list[list[Any]]) -> str:
    """The page of pyvis as it comes."""
    return _pyvis(ties)


def pyvis_whole(ties: list[list[Any]]) -> str:
    """The page of pyvis with the library for drawing in it."""
    return _pyvis(ties, cdn_resources="in_line")


def pyvis_still(ties: list[list[Any]]) -> str:
    """The same without physics."""
    return _pyvis(ties, physics=False, cdn_resources="in_line")


def _pyvis(ties: list[list[Any]], *, physics: bool = True, **how: Any) -> str:
    from pyvis.network import Network

    network = Network(**how)
    network.from_nx(_graph(ties))
    network.toggle_physics(physics)
    return str(network.generate_html())


def gravis(ties: list[list[Any]]) -> str:
    """The page of gravis that draws by the same library as pyvis."""
    import gravis

    return str(gravis.vis(_graph(ties)).to_html_standalone())


def _graph(ties: list[list[Any]]) -> Any:
    import networkx as nx

    graph = nx.Graph()
    graph.add_weighted_edges_from(ties)
    return graph


PROGRAMS: dict[str, Callable[[list[list[Any]]], str]] = {
    "bare": bare,
    "pyvis": pyvis,
    "pyvis-whole": pyvis_whole,
    "pyvis-still": pyvis_still,
    "gravis": gravis,
}

if __name__ == "__main__":
    main()
