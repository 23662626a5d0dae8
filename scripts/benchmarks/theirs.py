"""Other programs on the rows of CORDIS, and the least that could do the same. Each tells its seconds and its answer."""

import contextlib
import warnings
from pathlib import Path
from typing import Any

import ladybug
import networkx as nx
import numpy as np
import polars as pl
import scipy.sparse as sp
from ours import most_active, network
from processes import repeated, timed

RUNS = 5
TOOK_PART = "MATCH (a:Organization)-[:PARTICIPATED_IN]->(b:Activity) RETURN a.id AS organization, b.id AS activity"


def projection(rows: Path) -> tuple[float, int]:
    """The weighted projection of networkx."""
    two_mode = nx.Graph()
    frame = pl.read_parquet(rows).select(o=pl.format("o{}", "organization"), a=pl.format("a{}", "activity"))
    two_mode.add_edges_from(frame.iter_rows())
    organizations = set(frame.to_series(0))
    seconds, graph = timed(lambda: nx.bipartite.weighted_projected_graph(two_mode, organizations))
    return seconds, graph.size()


def product(rows: Path) -> tuple[float, int]:
    """Two sparse products, as a frame."""
    frame = pl.read_parquet(rows)
    return repeated(lambda: len(_product(frame)), RUNS)


def read_and_product(store: Path) -> tuple[float, int]:
    """The same after reading two columns from the store."""
    return repeated(lambda: len(_product(_read(store))), RUNS)


def _read(store: Path) -> pl.DataFrame:
    with ladybug.Database(store, read_only=True) as database, ladybug.Connection(database) as connection:
        found = connection.execute(TOOK_PART)
        assert isinstance(found, ladybug.QueryResult)
        return found.get_as_pl()


def _product(took_part: pl.DataFrame) -> pl.DataFrame:
    """Return source, target, shared and Newman's strength."""
    once = took_part.select("organization", "activity").unique()
    ids = once["organization"].unique().sort()
    rows = once["organization"].cast(pl.Enum(ids)).to_physical().to_numpy()
    columns = once["activity"].cast(pl.Enum(once["activity"].unique().sort())).to_physical().to_numpy()
    incidence = sp.csr_matrix((np.ones(len(once)), (rows, columns)))
    size = np.asarray(incidence.sum(axis=0)).ravel()
    weighted = incidence.multiply(1 / np.maximum(size - 1, 1)).tocsr()
    shared = sp.triu(incidence @ incidence.T, 1).tocoo()
    strength = sp.triu(weighted @ incidence.T, 1).tocoo()
    names = ids.to_numpy()
    ends = {"source": names[shared.row], "target": names[shared.col]}
    return pl.DataFrame({**ends, "shared": shared.data, "strength": strength.data})


def by_poisson(rows: Path) -> tuple[float, set[tuple[str, str]]]:
    """The projection that `bicm` validates by a Poisson tail and the false discovery rate, at .05."""
    warnings.simplefilter("ignore")
    from bicm import BipartiteGraph

    frame = pl.read_parquet(rows).select("organization", "activity")

    def do() -> Any:
        graph = BipartiteGraph(edgelist=frame.rows())
        graph.solve_tool()
        return graph.get_rows_projection(
            alpha=0.05, method="poisson", threads_num=2, progress_bar=False, fmt="edgelist"
        )

    with contextlib.redirect_stdout(None):
        seconds, pairs = timed(do)
    return seconds, {(min(pair), max(pair)) for pair in (tuple(map(str, pair)) for pair in pairs)}


def groups(rows: Path) -> tuple[float, float]:
    """One run of networkx' Louvain method on all ties; its modularity."""
    graph = network(rows)
    seconds, found = timed(lambda: nx.community.louvain_communities(graph, seed=1))
    return seconds, nx.community.modularity(graph, found)


def betweenness(rows: Path) -> tuple[float, dict[str, float]]:
    """Betweenness by networkx."""
    graph = most_active(rows)
    return timed(lambda: nx.betweenness_centrality(graph))
