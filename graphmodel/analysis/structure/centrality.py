"""Centrality: who has most partners, who is between, near, well connected, and whether the rankings agree."""

from dataclasses import replace

import networkit as nk
import networkx as nx
import numpy as np
import polars as pl
from scipy import sparse

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.structure.centrality_words import words
from graphmodel.analysis.structure.engine import Arrays, Floats, Ints, arrays, engine, repeatable
from graphmodel.analysis.structure.shortest import betweenness, closeness, parts, suitable
from graphmodel.errors import UsageProblem

DIGITS = 12
"""Digits of what is solved for, so that the last ones of the machine do not show."""

PRECISION = 1e-12

LIMITS = (
    "Central is not important: all figures rest on the ties that were recorded, and all who take part in one large "
    "activity are tied to each other. Betweenness and closeness take it that contacts go the shortest ways, each tie "
    "one step. The eigenvector tells nothing outside the largest part, and little where one dense activity dominates."
)
METHOD = (
    "Degree is the number of partners, strength the sum of their ties ({weights}), betweenness the share of the pairs "
    "of others whose shortest ways lead through one, closeness that of Wasserman and Faust, with {exact}; eigenvector "
    "centrality was taken in the largest connected part, PageRank with a damping of .85; the core number is the "
    "largest k for which one is in a part where all have k partners. The rankings were compared by Spearman's "
    "coefficient."
)


def centrality(network: nx.Graph, *, weight: str = "", samples: int = 0, seed: int = 1) -> Finding:
    """Find who is central, in seven meanings of the word, and say whether they agree.

    Parameters
    ----------
    weight : str
        Attribute that says how much a tie counts in strength, eigenvector and PageRank; empty to count each as 1.
    samples : int
        Organizations from which betweenness and closeness are estimated; 0 chooses: exact up to a few thousand, 250
        above.
    seed : int
        Seed of the sample.

    Returns
    -------
    Finding
        Table, sorted by degree (largest first), PageRank and id:

        id, name
        degree : number of partners
        strength : sum of its ties; the degree where each counts 1
        betweenness : share of the pairs of others whose shortest ways lead through it, 0 to 1
        closeness : 1 where all others are its partners; 0 without a tie
        eigenvector : high where its partners are high; null outside the largest connected part
        pagerank : how often it is met by who follows ties at random; all together 1
        core : the largest k for which it is in a part where all have k partners

    Raises
    ------
    UsageProblem
        If samples or seed are negative, or no tie has the attribute.

    Notes
    -----
    An eigenvector over several parts is 0 in all but one, which need not be the largest: it is taken in the largest,
    of equal ones in that of the smallest id. PageRank is the one of its kind that is defined everywhere.

    References
    ----------
    L. C. Freeman, Centrality in social networks, Social Networks 1, 215, 1979. U. Brandes, A faster algorithm for
    betweenness centrality, Journal of Mathematical Sociology 25, 163, 2001. S. Wasserman and K. Faust, Social Network
    Analysis, Cambridge University Press, 1994. P. Bonacich, Power and centrality, American Journal of Sociology 92,
    1170, 1987. S. Brin and L. Page, The anatomy of a large-scale hypertextual web search engine, Computer Networks 30,
    107, 1998. S. B. Seidman, Network structure and minimum degree, Social Networks 5, 269, 1983.

    Examples
    --------
    >>> found = centrality(nx.florentine_families_graph())
    >>> found.table.select("id", "degree", pl.col("closeness", "eigenvector").round(4), "core").row(0)
    ('Medici', 6, 0.56, 0.4303, 2)
    """
    if samples < 0 or seed < 0:
        raise UsageProblem("The number of samples and the seed are 0 or more.")
    known = arrays(network, weight)
    samples = samples or suitable(len(known.ids), len(known.sources))
    table = _table(known, samples, seed)
    exact = f"distances estimated from {samples:,} organizations drawn with seed {seed}" if samples else "all distances"
    weights = f"by {weight}" if weight else "each counting 1"
    return Finding(table, tuple(words(table, samples)), LIMITS, METHOD.format(weights=weights, exact=exact))


def eigenvector(network: Arrays) -> Floats:
    """Return the eigenvector centrality in the largest connected part, of length 1; nan elsewhere.

    Examples
    --------
    >>> eigenvector(arrays(nx.star_graph(4))).round(4).tolist()
    [0.7071, 0.3536, 0.3536, 0.3536, 0.3536]
    """
    values = np.full(len(network.ids), np.nan)
    counting = _counting(network)
    if len(counting.sources):
        part = parts(counting)
        places = np.flatnonzero(part == np.bincount(part).argmax())
        ties = counting.matrix()[places][:, places]
        _, vectors = sparse.linalg.eigsh(ties, k=1, which="LA", v0=np.ones(len(places)))
        values[places] = np.abs(vectors[:, 0]).round(DIGITS)
    return values


def pagerank(network: Arrays) -> Floats:
    """Return the PageRank of each node with a damping of .85; all together 1.

    Examples
    --------
    >>> pagerank(arrays(nx.path_graph(3))).round(4).tolist()
    [0.2568, 0.4865, 0.2568]
    """
    if not network.ids:
        return np.zeros(0)
    counting = _counting(network)
    graph = engine(counting.sources, counting.targets, counting.weights, len(counting.ids))
    with repeatable():
        scores = np.array(nk.centrality.PageRank(graph, damp=0.85, tol=PRECISION).run().scores())
    # what comes to organizations without a tie is lost in the engine; given back to all alike, it only scales
    shares: Floats = (scores / scores.sum()).round(DIGITS)
    return shares


def cores(network: Arrays) -> Ints:
    """Return the core number of each node.

    Examples
    --------
    >>> cores(arrays(nx.lollipop_graph(3, 1))).tolist()
    [2, 2, 2, 1]
    """
    if not network.ids:
        return np.zeros(0, np.int64)
    graph = engine(network.sources, network.targets, None, len(network.ids))
    with repeatable():
        return np.array(nk.centrality.CoreDecomposition(graph).run().scores(), np.int64)


def _counting(network: Arrays) -> Arrays:
    """The network without the ties that count nothing."""
    kept = network.weights > 0
    return replace(network, sources=network.sources[kept], targets=network.targets[kept], weights=network.weights[kept])


def _table(known: Arrays, samples: int, seed: int) -> pl.DataFrame:
    columns = {
        "id": pl.Series(known.ids, dtype=pl.String),
        "name": pl.Series(known.names, dtype=pl.String),
        "degree": known.degrees,
        "strength": known.matrix().sum(axis=1),
        "betweenness": betweenness(known, samples, seed),
        "closeness": closeness(known, samples, seed),
        "eigenvector": pl.Series(eigenvector(known)).fill_nan(None),
        "pagerank": pagerank(known),
        "core": cores(known),
    }
    return pl.DataFrame(columns).sort("degree", "pagerank", "id", descending=[True, True, False])
