"""The same by graphmodel. Each tells its seconds and its answer."""

from pathlib import Path
from typing import Literal

import networkx as nx
import polars as pl
from processes import repeated, timed

ORDER, RUNS = 1_000, 5
"""Organizations of the network on which betweenness is compared: those in the most activities."""


def from_store(store: Path) -> tuple[float, int]:
    """The ties from the store, with all figures and with names."""
    from graphmodel import api

    def do() -> int:
        with api.open(str(store)) as graph:
            return len(graph.alliances())

    return repeated(do, RUNS)


def projection(rows: Path) -> tuple[float, int]:
    """The ties with all figures, as a program finds them that has just started."""
    from graphmodel.analysis.ties.alliances import ties

    frame = took_part(rows)
    seconds, table = timed(lambda: ties(frame))
    return seconds, len(table)


def repeatedly(rows: Path) -> tuple[float, int]:
    """The same, by a program that has done it before."""
    from graphmodel.analysis.ties.alliances import ties

    frame = took_part(rows)
    return repeated(lambda: len(ties(frame)), RUNS)


def by_poisson(rows: Path) -> tuple[float, set[tuple[str, str]]]:
    """The ties that are more than chance, by a Poisson tail."""
    seconds, table = _kept(rows, "poisson")
    return seconds, set(table.select("source", "target").iter_rows())


def exact(rows: Path) -> tuple[float, int]:
    """Their number, by the exact test."""
    seconds, table = _kept(rows, "exact")
    return seconds, len(table)


def _kept(rows: Path, tail: Literal["exact", "poisson"]) -> tuple[float, pl.DataFrame]:
    from graphmodel.analysis.significance import Test, significance

    frame = took_part(rows)
    seconds, table = timed(lambda: significance(frame, Test(tail=tail)))
    return seconds, table.filter(sign="+")


def groups(rows: Path) -> tuple[float, float]:
    """One run, the graph made of the ties included; its modularity."""
    from graphmodel.analysis.structure.engine import arrays
    from graphmodel.analysis.structure.grouping import grouping

    graph = network(rows)
    seconds, found = timed(lambda: grouping(arrays(graph, "weight"), 1))
    return seconds, found.modularity


def betweenness(rows: Path) -> tuple[float, dict[str, float]]:
    """Betweenness of the most active."""
    from graphmodel.analysis.structure.engine import arrays
    from graphmodel.analysis.structure.shortest import betweenness

    graph = most_active(rows)

    def do() -> dict[str, float]:
        known = arrays(graph)
        return dict(zip(known.ids, betweenness(known).tolist(), strict=True))

    return timed(do)


def took_part(rows: Path) -> pl.DataFrame:
    """Return who took part in what."""
    return pl.read_parquet(rows).select("organization", "activity")


def network(rows: Path) -> nx.Graph:
    """Return all ties as a network."""
    from graphmodel.analysis.ties.alliances import ties
    from graphmodel.network import network

    frame = took_part(rows)
    names = frame.select(pl.col("organization").unique().sort().alias("id")).with_columns(name="id")
    return network(ties(frame).select("source", "target", "shared"), names)


def most_active(rows: Path) -> nx.Graph:
    """Return the ties among the organizations in most activities."""
    active = took_part(rows).group_by("organization").len().sort("len", "organization", descending=[True, False])
    return network(rows).subgraph(active["organization"].head(ORDER)).copy()
