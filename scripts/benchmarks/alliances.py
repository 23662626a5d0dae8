"""Times the analyses of alliances on CORDIS H2020 next to other programs that do the same, in one run.

Usage: alliances.py H2020.csv.gz

Each line is a fresh process: what it does, its seconds (without the imports), its peak memory, its time as a part of
the reference above it, and whether the answers agree.
"""

import contextlib
import sys
import tempfile
from collections.abc import Callable
from typing import Any

import networkx as nx
import polars as pl
from processes import Measured, measured, run, timed

from graphmodel import api

PAIRS, KEPT, MODULARITY = 796_670, 19_076, 0.43
ORDER = 1_000
"""Organizations of the network on which betweenness is compared: those in the most activities."""


def main() -> None:
    """Measure, print a line a step."""
    with tempfile.TemporaryDirectory() as name:
        store, rows = f"{name}/cordis.lbug", f"{name}/rows.parquet"
        measured(prepare, (sys.argv[1], store, rows))
        report("graphmodel alliances: from the store to a file", command(store), expected=KEPT)
        compare("projection", [("networkx", nx_projection), ("graphmodel", projection)], rows, expected=PAIRS)
        compare("null model, Poisson tail", [("bicm", bicm), ("graphmodel", by_poisson)], rows)
        report("null model, exact tail: graphmodel", measured(exact, rows), expected=KEPT)
        compare("groups, by one run", [("networkx", nx_groups), ("graphmodel", groups)], rows, same=good_groups)
        compare(
            f"betweenness of {ORDER:,}", [("networkx", nx_betweenness), ("graphmodel", betweenness)], rows, same=close
        )


def prepare(places: tuple[str, str, str]) -> tuple[float, None]:
    """Load the table into a store; write its two-mode ties apart, for the programs that know no store."""
    table, store, rows = places
    with api.open(store) as graph:
        assert not graph.load(table, mapping="cordis_h2020").rejects
        graph.project().partnerships.incidence.select("organization", "activity").write_parquet(rows)
    return 0.0, None


def compare(
    what: str,
    programs: list[tuple[str, Callable[[str], Any]]],
    rows: str,
    *,
    expected: Any = None,
    same: Callable[[Any, Any], bool] = lambda one, other: bool(one == other),
) -> None:
    """Measure the programs; the first is the reference of the others."""
    (name, program), *others = programs
    reference = measured(program, rows)
    report(f"{what}: {name}", reference, expected=expected)
    for name, program in others:
        found = measured(program, rows)
        report(f"{what}: {name}", found, reference=reference, agree=same(reference[2], found[2]))


def report(
    what: str, found: Measured, *, reference: Measured | None = None, expected: Any = None, agree: bool | None = None
) -> None:
    """Print a line."""
    seconds, peak, answer = found
    ratio = f"{reference[0] / seconds:8.1f} times as fast" if reference else ""
    agree = answer == expected if expected is not None else agree
    told = "" if agree is None else "same answer" if agree else f"another answer: {answer!r:.60}"
    print(f"{what:45} {seconds:8.2f} s {peak:8,.0f} MB {ratio:22} {told}".rstrip(), flush=True)


def command(store: str) -> Measured:
    """Return seconds, peak memory and the ties kept of the command itself, from its start to the file it writes."""
    path = f"{store}.parquet"
    seconds, _, peak = run("-m", "graphmodel", "alliances", "--quiet", "--store", store, "-o", path)
    return seconds, peak, len(pl.read_parquet(path).filter(sign="+"))


def nx_projection(rows: str) -> tuple[float, int]:
    """The weighted projection of networkx."""
    two_mode = nx.Graph()
    frame = pl.read_parquet(rows).select(o=pl.format("o{}", "organization"), a=pl.format("a{}", "activity"))
    two_mode.add_edges_from(frame.iter_rows())
    organizations = set(frame.to_series(0))
    seconds, graph = timed(lambda: nx.bipartite.weighted_projected_graph(two_mode, organizations))
    return seconds, graph.size()


def projection(rows: str) -> tuple[float, int]:
    """The projection with all figures of a tie."""
    from graphmodel.analysis.ties.alliances import ties

    frame = pl.read_parquet(rows)
    seconds, table = timed(lambda: ties(frame))
    return seconds, len(table)


def bicm(rows: str) -> tuple[float, set[tuple[str, str]]]:
    """The projection that `bicm` validates by a Poisson tail and the false discovery rate, at .05."""
    import warnings

    warnings.simplefilter("ignore")
    from bicm import BipartiteGraph

    frame = pl.read_parquet(rows)

    def do() -> Any:
        graph = BipartiteGraph(edgelist=frame.rows())
        graph.solve_tool()
        return graph.get_rows_projection(
            alpha=0.05, method="poisson", threads_num=2, progress_bar=False, fmt="edgelist"
        )

    with contextlib.redirect_stdout(None):
        seconds, pairs = timed(do)
    return seconds, {(min(pair), max(pair)) for pair in (tuple(map(str, pair)) for pair in pairs)}


def by_poisson(rows: str) -> tuple[float, set[tuple[str, str]]]:
    """The same by graphmodel."""
    seconds, table = _tested(rows, "poisson")
    return seconds, set(table.select("source", "target").iter_rows())


def exact(rows: str) -> tuple[float, int]:
    """The exact test of graphmodel."""
    seconds, table = _tested(rows, "exact")
    return seconds, len(table)


def _tested(rows: str, tail: Any) -> tuple[float, pl.DataFrame]:
    from graphmodel.analysis.significance import Test, significance

    frame = pl.read_parquet(rows)
    seconds, table = timed(lambda: significance(frame, Test(tail=tail)))
    return seconds, table.filter(sign="+")


def nx_groups(rows: str) -> tuple[float, float]:
    """One run of networkx' Louvain method on all ties; its modularity."""
    graph = _network(rows)
    seconds, found = timed(lambda: nx.community.louvain_communities(graph, seed=1))
    return seconds, nx.community.modularity(graph, found)


def groups(rows: str) -> tuple[float, float]:
    """One run of ours, the graph made of the ties included; its modularity."""
    from graphmodel.analysis.structure.engine import arrays
    from graphmodel.analysis.structure.grouping import grouping

    graph = _network(rows)
    seconds, found = timed(lambda: grouping(arrays(graph, "weight"), 1))
    return seconds, found.modularity


def good_groups(one: float, other: float) -> bool:
    """Whether ours is as good, and as good as it should be."""
    return other >= one and other >= MODULARITY


def nx_betweenness(rows: str) -> tuple[float, dict[str, float]]:
    """Betweenness by networkx."""
    graph = _most_active(rows)
    return timed(lambda: nx.betweenness_centrality(graph))


def betweenness(rows: str) -> tuple[float, dict[str, float]]:
    """Betweenness by graphmodel."""
    from graphmodel.analysis.structure.brokers import betweenness
    from graphmodel.analysis.structure.engine import arrays

    graph = _most_active(rows)

    def do() -> dict[str, float]:
        known = arrays(graph)
        return dict(zip(known.ids, betweenness(known).tolist(), strict=True))

    return timed(do)


def close(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether both have the same figures."""
    return one.keys() == other.keys() and max(abs(one[id] - other[id]) for id in one) < 1e-9


def _network(rows: str) -> nx.Graph:
    from graphmodel.analysis.ties.alliances import ties
    from graphmodel.network import network

    frame = pl.read_parquet(rows)
    names = frame.select(pl.col("organization").unique().sort().alias("id")).with_columns(name="id")
    return network(ties(frame).select("source", "target", "shared"), names)


def _most_active(rows: str) -> nx.Graph:
    frame = pl.read_parquet(rows)
    active = frame.group_by("organization").len().sort("len", "organization", descending=[True, False])
    return _network(rows).subgraph(active["organization"].head(ORDER)).copy()


if __name__ == "__main__":
    main()
