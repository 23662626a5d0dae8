"""Communities: which organizations work more with each other than with the rest, and how certain that is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkit as nk
import networkx as nx
import numpy as np
import numpy.typing as npt
import polars as pl

from graphmodel.analysis.engine import Arrays, Floats, Ints, arrays, engine, repeatable
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.naming import group_names, unnamed
from graphmodel.errors import UsageProblem

RUNS = 100
TIES_IN_ALL = 5_000_000
"""Ties that all runs together go through, where the number of runs is left open."""

SAME = 1e-9
"""Modularities that differ by less are the same."""

LISTED = 8
"""Groups that the sentences list; the table holds all."""

LIMITS = (
    "All who take part in one activity are tied to each other, so one large activity can be a group; "
    "modularity does not see small groups in a large network; an organization is in one group only. A group "
    "is named after what its members share, which need not be why they work together."
)
METHOD = (
    "Groups are those of the highest modularity among many seeded runs of the Leiden method; the runs are compared by "
    "the adjusted Rand index."
)


@dataclass(frozen=True)
class Grouping:
    """The best of many runs, and how the others compare with it.

    Attributes
    ----------
    groups : array of int
        The group of each node, from 1, by size and then by the smallest member.
    modularity : float
    runs, reached, equals : int
        Runs made; those that reached this modularity; different groupings among those.
    agreement : float, optional
        Mean adjusted Rand index of the other runs with this one.
    certainty : array of float, optional
        For each node, the share of the other runs in which it stays with the core of its group.
    """

    groups: Ints
    modularity: float
    runs: int
    reached: int
    equals: int
    agreement: float | None
    certainty: Floats | None


def communities(
    network: nx.Graph, *, runs: int = 0, seed: int = 1, resolution: float = 1.0, weight: str = "weight"
) -> Finding:
    """Find groups that work together more than chance would have it, and say how certain they are.

    The groups are those with the highest modularity among many seeded runs. A member's certainty is the share
    of the other runs in which it stays with the core of its group, the largest part that a run keeps whole.

    Parameters
    ----------
    runs : int
        Number of runs; 0 chooses: 100 up to 50,000 ties, fewer above, never below 5.
    seed : int
        Seed of the first run; each further run takes the next number.
    resolution : float
        Above 1 for smaller groups, below 1 for larger ones.
    weight : str
        Attribute that says how much a tie counts, such as weight or strength; empty to count each as 1.

    Returns
    -------
    Finding
        Table: id, name, group (from 1, by size, then smallest id), label (what the group shares), certainty
        (0 to 1; null after a single run), sorted by group, certainty (largest first) and id. Who has no tie
        is in no group: nulls, last. `groups` and `labels` hold the same for maps.

    Raises
    ------
    UsageProblem
        If runs or seed are negative, resolution is not above 0, or no tie has the attribute.

    Notes
    -----
    A group with fewer ties inside than about the square root of twice the number of all ties may be hidden in
    a larger one (Fortunato and Barthelemy, PNAS 104, 36, 2007). What an agreement of .9 or .65 means follows
    Steinley, Psychological Methods 9, 386, 2004.

    References
    ----------
    M. E. J. Newman and M. Girvan, Finding and evaluating community structure in networks, Physical Review E
    69, 026113, 2004. V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden, Scientific Reports 9,
    5233, 2019. L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2, 193, 1985.

    Examples
    --------
    >>> found = communities(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3)))
    >>> found.groups
    {'0': 1, '1': 1, '2': 1, '3': 1, '4': 2, '5': 2, '6': 2}
    >>> found.words[0]
    '2 groups with modularity 0.4444: the best of 100 runs, reached by 100 of them.'
    """
    if runs < 0 or seed < 0 or not 0 < resolution < np.inf:
        raise UsageProblem("The number of runs and the seed are 0 or more, and the resolution is above 0.")
    whole = arrays(network, weight)
    tied = whole.tied()
    if not tied.ids:
        return Finding(_table(whole, {}, {}, {}), ("There are no ties, so there are no groups.",), LIMITS, METHOD)
    found = grouping(tied, runs or _suitable(tied), seed, resolution)
    groups = dict(zip(tied.ids, found.groups.tolist(), strict=True))
    labels = group_names({str(node): known for node, known in network.nodes(data=True)}, groups)
    certainty = {} if found.certainty is None else dict(zip(tied.ids, found.certainty.tolist(), strict=True))
    table = _table(whole, groups, labels, certainty)
    return Finding(table, tuple(_words(found, table, labels)), LIMITS, METHOD, groups=groups, labels=labels)


def grouping(tied: Arrays, runs: int, seed: int = 1, resolution: float = 1.0) -> Grouping:
    """Return the best of so many runs, the first of those that are equally good, compared with the others."""
    found = list(_partitions(tied, runs, seed, resolution))
    modularities = np.array([modularity(tied, labels, resolution) for labels in found])
    reached = np.flatnonzero(modularities > modularities.max() - SAME)
    best = int(reached[0])
    groups = _by_size(found[best])
    others = [labels for run, labels in enumerate(found) if run != best]
    return Grouping(
        groups=groups,
        modularity=float(modularities[best]),
        runs=runs,
        reached=len(reached),
        equals=len({found[run].tobytes() for run in reached}),
        agreement=float(np.mean([adjusted_rand(groups, labels) for labels in others])) if others else None,
        certainty=np.mean([_with_core(groups, labels) for labels in others], axis=0) if others else None,
    )


def modularity(tied: Arrays, labels: Ints, resolution: float = 1.0) -> float:
    """Return the share of weight inside groups, less what chance would put there (Newman and Girvan)."""
    sources, targets = labels[tied.sources], labels[tied.targets]
    inside = tied.weights[sources == targets].sum() / tied.weights.sum()
    size = int(labels.max()) + 1
    ends = np.bincount(sources, tied.weights, size) + np.bincount(targets, tied.weights, size)
    return float(inside - resolution * ((ends / ends.sum()) ** 2).sum())


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Return how far two groupings agree on pairs: 1 the same, 0 as much as by chance (Hubert and Arabie).

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
    1.0
    """
    together = _pairs(_contingency(one, other)[2])
    in_one, in_other = _pairs(np.bincount(one)), _pairs(np.bincount(other))
    chance = in_one * in_other / max(_pairs(np.array([len(one)])), 1.0)
    possible = (in_one + in_other) / 2
    return 1.0 if possible == chance else (together - chance) / (possible - chance)


def _suitable(tied: Arrays) -> int:
    """The number of runs for a network of this size."""
    return min(RUNS, max(5, TIES_IN_ALL // len(tied.weights)))


def _partitions(tied: Arrays, runs: int, seed: int, resolution: float) -> Iterator[Ints]:
    """The groups of each run, numbered from 0 in the order of their first members."""
    graph = engine(tied.sources, tied.targets, tied.weights, len(tied.ids))
    for run in range(runs):
        with repeatable(seed + run):
            leiden = nk.community.ParallelLeiden(graph, gamma=resolution)
            leiden.run()
        yield _by_first(np.array(leiden.getPartition().getVector(), np.int64))


def _by_first(labels: Ints) -> Ints:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]


def _by_size(labels: Ints) -> Ints:
    """Number groups from 1, the largest first; of equal size, the one with the first member first."""
    order = np.argsort(-np.bincount(labels), kind="stable")
    return np.argsort(order)[labels] + 1


def _contingency(one: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
    """Where two groupings meet: group in the one, group in the other, number of members."""
    width = int(other.max()) + 1
    cells, counts = np.unique(one * width + other, return_counts=True)
    return cells // width, cells % width, counts


def _pairs(counts: Ints) -> float:
    return float((counts * (counts - 1.0)).sum() / 2)


def _with_core(groups: Ints, labels: Ints) -> npt.NDArray[np.bool_]:
    """Whether each node is in the largest part of its group that another run keeps whole."""
    group, label, count = _contingency(groups, labels)
    order = np.lexsort((label, -count, group))
    _, first = np.unique(group[order], return_index=True)
    core = np.zeros(int(groups.max()) + 1, np.int64)
    core[group[order][first]] = label[order][first]
    return np.equal(core[groups], labels)


def _table(
    whole: Arrays, groups: Mapping[str, int], labels: Mapping[int, str], certainty: Mapping[str, float]
) -> pl.DataFrame:
    rows = [
        (id, name, groups.get(id), labels.get(groups.get(id, 0)), certainty.get(id))
        for id, name in zip(whole.ids, whole.names, strict=True)
    ]
    texts, numbers = dict.fromkeys(("id", "name"), pl.String), {"group": pl.Int64, "label": pl.String}
    table = pl.DataFrame(rows, schema={**texts, **numbers, "certainty": pl.Float64}, orient="row")
    return table.sort("group", "certainty", "id", descending=[False, True, False], nulls_last=True)


def _words(found: Grouping, table: pl.DataFrame, labels: Mapping[int, str]) -> Iterator[str]:
    groups = "1 group" if len(labels) == 1 else f"{len(labels):,} groups"
    reached = f"the best of {found.runs:,} runs, reached by {found.reached:,} of them"
    yield f"{groups} with modularity {found.modularity:.4f}: {reached}."
    yield _agreement(found.agreement)
    if found.equals > 1:
        yield f"{found.equals:,} different groupings are equally good; the first that was found is shown."
    if found.modularity < 0.3:
        yield "Modularity is below 0.3: the network hardly falls into groups."
    sizes = table.drop_nulls("group").group_by("group").len().sort("group")
    for group, size in sizes.head(LISTED).rows():
        shared = "" if labels[group] == unnamed(group) else f": {labels[group]}"
        yield f"Group {group}, {size:,} organizations{shared}."
    if sizes.height > LISTED:
        yield f"The table lists the {sizes.height - LISTED:,} smaller groups too."
    if alone := table["group"].null_count():
        yield f"Without a tie, and so in no group: {alone:,}."


def _agreement(index: float | None) -> str:
    if index is None:
        return "A single run does not tell how certain the groups are."
    verdict = "do not hold: take none of them for granted"
    if index >= 0.65:
        verdict = "hold in the main: look at the certainty of each member"
    if index >= 0.9:
        verdict = "hold"
    return f"The other runs agree to {index:.2f} (1 the same groups, 0 mere chance): the groups {verdict}."
