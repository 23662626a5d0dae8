"""Communities: which organizations work more with each other than with the rest, and how certain that is."""

from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, crowded, first, listed
from graphmodel.analysis.structure.engine import Arrays, Ints, arrays
from graphmodel.analysis.structure.grouping import Grouping, grouping
from graphmodel.analysis.structure.naming import named, unnamed
from graphmodel.analysis.structure.shares import marking, shares, told
from graphmodel.errors import UsageProblem

LISTED = 8
"""Groups that the sentences list; the table holds all."""

HOLDS = 0.65
"""How often two members of a group must be together in other runs for the group to hold."""

WEAK = 0.3
"""Modularity below which a network hardly falls into groups."""

LIMITS = (
    "All who take part in one activity are tied to each other, so one large activity can be a group; modularity does "
    "not see small groups in a large network; an organization is in one group only. A group is named after what its "
    "members share, which need not be why they work together."
)
METHOD = (
    "Groups are those of the highest modularity (resolution {resolution:g}) among {runs} of the Leiden method, seeded "
    "from {seed}; {weights}. The runs are compared by the adjusted Rand index. The certainty of a member is the mean "
    "share of the others in its group that are with it in another run. The consensus is the grouping that has "
    "together, as far as one grouping can, the pairs that most runs have together (their median). What the members of "
    "a group share was compared with groups of this size drawn from all who state the attribute (hypergeometric), "
    "corrected for all groups and values by Benjamini and Hochberg."
)


def communities(
    network: nx.Graph, *, runs: int = 0, seed: int = 1, resolution: float = 1.0, weight: str = "weight"
) -> Finding:
    """Find groups that work together more than chance would have it, and say how certain they are.

    The groups are those with the highest modularity among many seeded runs. Next to them stands the consensus of the
    runs. A member's certainty is the share of the others in its group that are with it in another run, on average.

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
        Table, sorted by group, certainty (largest first) and id:

        id, name
        group : from 1, by size, then smallest id
        label : what the group is called after
        certainty : 0 to 1; null after a single run
        consensus : the group in the consensus of the runs, numbered as the one in `group` that it matches; null
        after a single run
        shares : what its group shares beyond chance, in words; null if nothing

        Who has no tie is in no group: nulls, last. `groups` and `labels` hold the same for maps.

    Raises
    ------
    UsageProblem
        If runs or seed are negative, resolution is not above 0, or no tie has the attribute.

    Notes
    -----
    The groups shown are the best, not the consensus: the best has a figure that can be compared and, on networks
    where the optimum is known, reaches it, while the consensus is near none of the runs where they disagree much.

    Above 2,500 organizations the consensus is that of the first runs, as many as make 250,000 organizations, 5 or more.

    A group with fewer ties inside than about the square root of twice the number of all ties may be hidden in
    a larger one (Fortunato and Barthelemy, PNAS 104, 36, 2007). What an agreement of .9 or .65 means follows
    Steinley, Psychological Methods 9, 386, 2004.

    References
    ----------
    M. E. J. Newman and M. Girvan, Finding and evaluating community structure in networks, Physical Review E
    69, 026113, 2004. V. A. Traag, L. Waltman and N. J. van Eck, From Louvain to Leiden, Scientific Reports 9,
    5233, 2019. L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2, 193, 1985. J.-P.
    Barthélemy and B. Leclerc, The median procedure for partitions, DIMACS Series in Discrete Mathematics and
    Theoretical Computer Science 19, 3, 1995. S. Monti, P. Tamayo, J. Mesirov and T. Golub, Consensus clustering,
    Machine Learning 52, 91, 2003. Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the
    Royal Statistical Society B 57, 289, 1995.

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
        return Finding(_table(whole, {}, {}), ("There are no ties, so there are no groups.",), LIMITS)
    found = grouping(tied, runs, seed, resolution)
    groups = dict(zip(tied.ids, found.groups.tolist(), strict=True))
    shared = shares({str(node): known for node, known in network.nodes(data=True)}, groups)
    labels = named(shared, groups)
    table = _table(whole, _members(tied, found), _about_groups(labels, shared))
    weights = f"a tie counts its {weight}" if weight else "each tie counts 1"
    method = METHOD.format(resolution=resolution, runs=counted(found.runs, "run"), seed=seed, weights=weights)
    words = (*_on_the_runs(found), *_on_the_groups(found, labels, shared), *_on_the_rest(whole, tied))
    return Finding(table, words, LIMITS, method, groups=groups, labels=labels)


def _members(tied: Arrays, found: Grouping) -> dict[str, Any]:
    """Columns of those that are in a group."""
    return {"id": tied.ids, "group": found.groups, "certainty": found.certainty, "consensus": found.consensus}


def _about_groups(labels: Mapping[int, str], shared: pl.DataFrame) -> dict[str, Any]:
    """Columns of the groups."""
    texts = {group: "; ".join(told(row) for row in rows) for group, rows in marking(shared).items()}
    return {"group": list(labels), "label": list(labels.values()), "shares": [texts.get(group) for group in labels]}


def _table(whole: Arrays, members: Mapping[str, Any], groups: Mapping[str, Any]) -> pl.DataFrame:
    numbers = {"group": pl.Int64, "certainty": pl.Float64, "consensus": pl.Int64}
    everybody = pl.DataFrame({"id": whole.ids, "name": whole.names}, schema={"id": pl.String, "name": pl.String})
    grouped = pl.DataFrame(members, schema={"id": pl.String, **numbers})
    about = pl.DataFrame(groups, schema={"group": pl.Int64, "label": pl.String, "shares": pl.String})
    table = everybody.join(grouped, on="id", how="left").join(about, on="group", how="left")
    columns = ("id", "name", "group", "label", "certainty", "consensus", "shares")
    return table.select(columns).sort("group", "certainty", "id", descending=[False, True, False], nulls_last=True)


def _on_the_runs(found: Grouping) -> Iterator[str]:
    groups = counted(int(found.groups.max()), "group")
    several = f"the best of {found.runs:,} runs, reached by {found.reached:,} of them"
    reached = several if found.runs > 1 else "a single run"
    yield f"{groups} with modularity {found.modularity:.4f}: {reached}."
    yield _agreement(found.agreement, found.modularity)
    if found.equals > 1:
        yield f"{found.equals:,} different groupings are equally good; the first that was found is shown."
    if found.consensus is not None:
        yield _consensus(found, found.consensus)


def _agreement(index: float | None, modularity: float) -> str:
    weak = f"a modularity below {WEAK} says that the network hardly falls into groups" if modularity < WEAK else ""
    if index is None:
        return f"A single run does not tell how certain the groups are{f', and {weak}' if weak else ''}."
    verdict = "do not hold: take none of them for granted"
    if index >= 0.65:
        verdict = "hold in the main: look at the certainty of each member"
    if index >= 0.9:
        verdict = "hold"
    link = "but" if index >= HOLDS else "and"
    said = f"The other runs agree to {index:.2f} (1 the same groups, 0 mere chance): the groups {verdict}"
    return f"{said}{f', {link} {weak}' if weak else ''}."


def _consensus(found: Grouping, consensus: Ints) -> str:
    """How the consensus differs from the best."""
    moved = np.count_nonzero(consensus != found.groups)
    if not moved:
        return "The consensus of the runs is the same grouping."
    groups = counted(len(np.unique(consensus)), "group")
    of_all = f"{moved:,} of {len(found.groups):,} organizations are in another group there"
    return f"The consensus of the runs makes {groups} with modularity {found.consensus_modularity:.4f}: {of_all}."


def _on_the_groups(found: Grouping, labels: Mapping[int, str], shared: pl.DataFrame) -> Iterator[str]:
    sizes, marks = np.bincount(found.groups), marking(shared)
    for group in list(labels)[:LISTED]:
        said = listed([told(row, expected=True) for row in marks.get(group, ())])
        told_of = f": {said}" if said else "" if shared.is_empty() else ": what its members share may be chance"
        name = "" if labels[group] == unnamed(group) else f" ({labels[group]})" if said else f" (most: {labels[group]})"
        yield f"Group {group}, {counted(sizes[group], 'organization')}{name}{told_of}."
    if marks:
        yield "Each p is corrected for all the groups and values that were compared (Benjamini and Hochberg)."
    if len(labels) > LISTED:
        yield f"The table lists the {len(labels) - LISTED:,} smaller groups too."
    if found.certainty is not None:
        yield from _in_doubt(np.bincount(found.groups, found.certainty)[1:] / sizes[1:])


def _in_doubt(certainties: Any) -> Iterator[str]:
    """The groups that do not hold."""
    groups = np.flatnonzero(certainties < HOLDS)
    named = [f"group {group + 1} ({certainties[group]:.2f})" for group in groups]
    if named:
        share = "how often two of its members are together in another run"
        yield f"These do not hold, by {share}: {first(named, LISTED)}."


def _on_the_rest(whole: Arrays, tied: Arrays) -> Iterator[str]:
    yield from crowded(len(tied.ids), len(tied.sources))
    if alone := len(whole.ids) - len(tied.ids):
        yield f"Without a tie, and so in no group: {alone:,}."
