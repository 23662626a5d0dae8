"""Brokers: who connects others, who is free to do so, and whose exit would cut others off."""

from collections.abc import Iterator

import networkit as nk
import networkx as nx
import numpy as np
import polars as pl

from graphmodel.analysis.articulation import cut_off
from graphmodel.analysis.engine import Arrays, Floats, arrays, engine, repeatable
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.holes import structural_holes
from graphmodel.errors import UsageProblem

STEPS = 500_000_000
"""Organizations times ties up to which betweenness is exact, where that is left open: half a minute."""

SAMPLES = 500

LISTED = 3
"""Organizations that the sentences name; the table holds all."""

LIMITS = (
    "Betweenness takes it that contacts go the shortest ways, each tie one step; all who take part "
    "in one large activity look close to each other."
)
METHOD = (
    "Brokers were ranked by betweenness, the share of the pairs of others whose shortest ways lead through one. "
    "Burt's constraint and effective size say how far the contacts of one depend on each other. An articulation "
    "point is one whose exit would cut others off."
)


def brokers(network: nx.Graph, *, weight: str = "", samples: int = 0, seed: int = 1) -> Finding:
    """Find who connects the others, who is free to do so, and whose exit would cut others off.

    Parameters
    ----------
    weight : str
        Attribute that says how much a tie counts in constraint and effective size; empty to count each as 1.
    samples : int
        Organizations from which betweenness is estimated; 0 chooses: exact up to a few thousand, 500 above.
    seed : int
        Seed of the sample.

    Returns
    -------
    Finding
        Table, sorted by betweenness (largest first) and id:

        id, name
        betweenness : share of the pairs of others whose shortest ways lead through it, 0 to 1
        constraint : Burt's, how far its contacts depend on each other; low leaves it free to broker; null
        without ties
        effective_size : Burt's, number of contacts less their redundancy; null without ties
        degree : number of ties
        cut_off : number of others that its exit would cut off; above 0 it is an articulation point

    Raises
    ------
    UsageProblem
        If samples or seed are negative, or no tie has the attribute.

    Notes
    -----
    Organizations without a tie count among the pairs: leaving them out raises every betweenness alike.

    References
    ----------
    L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 35, 1977. U. Brandes,
    A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25, 163, 2001. R. S.
    Burt, Structural Holes, Harvard University Press, 1992. S. P. Borgatti, Structural holes: unpacking Burt's
    redundancy measures, Connections 20, 35, 1997.

    Examples
    --------
    >>> found = brokers(nx.florentine_families_graph())
    >>> found.table.select("id", pl.col("betweenness", "constraint").round(4), "cut_off").row(0)
    ('Medici', 0.522, 0.2099, 3)
    """
    if samples < 0 or seed < 0:
        raise UsageProblem("The number of samples and the seed are 0 or more.")
    known = arrays(network, weight)
    samples = samples or _suitable(known)
    constraint, size = structural_holes(known)
    columns = {
        "id": pl.Series(known.ids, dtype=pl.String),
        "name": pl.Series(known.names, dtype=pl.String),
        "betweenness": betweenness(known, samples, seed),
        "constraint": pl.Series(constraint).fill_nan(None),
        "effective_size": pl.Series(size).fill_nan(None),
        "degree": known.degrees,
        "cut_off": cut_off(known),
    }
    table = pl.DataFrame(columns).sort("betweenness", "id", descending=[True, False])
    return Finding(table, tuple(_words(table, samples)), LIMITS, METHOD)


def betweenness(network: Arrays, samples: int = 0, seed: int = 1) -> Floats:
    """Return the betweenness of each node, normalized as networkx does; from so many samples, if any."""
    nodes = len(network.ids)
    if nodes < 3:
        return np.zeros(nodes)
    graph = engine(network.sources, network.targets, None, nodes)
    with repeatable(seed):
        if samples:
            scores = nk.centrality.EstimateBetweenness(graph, samples, normalized=True).run().scores()
        else:
            scores = nk.centrality.Betweenness(graph, normalized=True).run().scores()
    return np.array(scores, np.float64)


def _suitable(network: Arrays) -> int:
    return SAMPLES if len(network.ids) * len(network.sources) > STEPS else 0


def _words(table: pl.DataFrame, samples: int) -> Iterator[str]:
    between = table.filter(pl.col("betweenness") > 0).head(LISTED)
    named = [f"{name} ({value:.3f})" for name, value in between.select("name", "betweenness").rows()]
    if named:
        yield f"Between most pairs of others (share of the shortest ways): {_listed(named)}."
    else:
        yield "Nobody is between others: all who are connected are tied directly."
    if samples:
        yield f"Betweenness is estimated from {samples:,} organizations drawn at random: small values vary."
    points = table.filter(pl.col("cut_off") > 0).sort("cut_off", "id", descending=[True, False])
    if points.is_empty():
        yield "No single exit would cut others off."
    else:
        worst = [f"{name} ({lost:,})" for name, lost in points.select("name", "cut_off").head(LISTED).rows()]
        yield f"{points.height:,} would cut others off by leaving, most of all {_listed(worst)}."
    if alone := table["constraint"].null_count():
        yield f"Without a tie: {alone:,}; their constraint and effective size are not defined."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
