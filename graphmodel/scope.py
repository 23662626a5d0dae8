"""What a person asks for, turned into the ids that it means: names into ids, a region into all that lies under it."""

from collections.abc import Collection, Iterable

import networkx as nx
import polars as pl

from graphmodel.errors import UsageProblem, suggestion


def resolve(given: Collection[str], nodes: pl.DataFrame, label: str, listing: str = "") -> set[str]:
    """Return the ids of the nodes that are named, each by its id, its name or its acronym in any case.

    Parameters
    ----------
    given : collection of str
    nodes : polars.DataFrame
        id, name; optional acronym.
    label : str
        What they are, for the message.
    listing : str
        What tells them all, for the message; a query of the store, if not given.

    Raises
    ------
    UsageProblem
        If one is unknown or could be several; the message suggests the nearest, or lists them.

    Examples
    --------
    >>> regions = pl.DataFrame({"id": ["africa", "KE"], "name": ["Africa", "Kenya"]})
    >>> resolve(["kenya"], regions, "Region")
    {'KE'}
    """
    return {_resolve(word, nodes, label, listing) for word in given}


def _resolve(word: str, nodes: pl.DataFrame, label: str, listing: str) -> str:
    if word in nodes["id"]:
        return word
    names = [name for name in ("id", "name", "acronym") if name in nodes.columns]
    same = pl.any_horizontal(pl.col(name).str.to_lowercase() == word.lower() for name in names)
    found = nodes.filter(same)["id"].unique().sort().to_list()
    if len(found) == 1:
        return str(found[0])
    if found:
        raise UsageProblem(f'"{word}" could be any {label} of {", ".join(found)}. Give the id.')
    known = [text for name in names for text in nodes[name].drop_nulls()]
    alternatives = label.replace(" or ", "|")
    listing = listing or f"`graphmodel query --cypher 'MATCH (n:{alternatives}) RETURN n.id, n.name'`"
    hint = suggestion(word, known) or f" {listing} lists them."
    raise UsageProblem(f'There is no {label} "{word}".{hint}')


def under(chosen: Collection[str], parts: pl.DataFrame) -> set[str]:
    """Return the chosen ids and all that lie under them, however deep; a circle does no harm.

    Parameters
    ----------
    chosen : collection of str
    parts : polars.DataFrame
        start_id PART_OF end_id.

    Examples
    --------
    >>> parts = pl.DataFrame({"start_id": ["KE", "nairobi"], "end_id": ["africa", "KE"]})
    >>> sorted(under(["africa"], parts))
    ['KE', 'africa', 'nairobi']
    """
    tree = nx.DiGraph(parts.select("end_id", "start_id").iter_rows())
    tree.add_nodes_from(chosen)
    return set(chosen).union(*(nx.descendants(tree, one) for one in chosen))


def over(ids: Iterable[str], parts: pl.DataFrame) -> pl.DataFrame:
    """Return id, wider: each id with itself and with all that it lies in, however wide.

    Parameters
    ----------
    ids : iterable of str
    parts : polars.DataFrame
        start_id PART_OF end_id.

    Examples
    --------
    >>> parts = pl.DataFrame({"start_id": ["KE", "nairobi"], "end_id": ["africa", "KE"]})
    >>> sorted(over(["nairobi"], parts)["wider"])
    ['KE', 'africa', 'nairobi']
    """
    tree = nx.DiGraph(parts.select("start_id", "end_id").iter_rows())
    tree.add_nodes_from(ids := sorted(ids))
    rows = [(id, wider) for id in ids for wider in sorted({id, *nx.descendants(tree, id)})]
    return pl.DataFrame(rows, schema={"id": pl.String, "wider": pl.String}, orient="row")
