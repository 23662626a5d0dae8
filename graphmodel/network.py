"""The networkx graph that analyses, maps and exports share, made from frames or from the rows of a query.

Undirected; a node is an organization by its id, in sorted order. Attributes that are not known are left out.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import polars as pl

from graphmodel.errors import UsageProblem, suggestion

ENDS = ("source", "target")


def profiles(
    organizations: pl.DataFrame,
    *,
    regions: pl.DataFrame | None = None,
    competence_areas: pl.DataFrame | None = None,
    degrees: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the organizations with what else is known of them, for the nodes of a `network`.

    Parameters
    ----------
    organizations : polars.DataFrame
        id, name, and any other column.
    regions, competence_areas : polars.DataFrame, optional
        organization, name: one row for each region or area of an organization.
    degrees : polars.DataFrame, optional
        organization, activities: the number of activities it takes part in; 0 for those that are not in it.

    Returns
    -------
    polars.DataFrame
        `organizations` in its order, with the columns regions, competence_areas (lists of names, sorted) and
        activities, as far as given.

    Examples
    --------
    >>> organizations = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> africa = pl.DataFrame({"organization": ["a"], "name": ["Africa"]})
    >>> profiles(organizations, regions=africa).rows()
    [('a', 'Alpha', ['Africa']), ('b', 'Beta', None)]
    """
    for column, links in (("regions", regions), ("competence_areas", competence_areas)):
        if links is not None:
            names = links.group_by("organization").agg(pl.col("name").drop_nulls().unique().sort().alias(column))
            organizations = _joined(organizations, names)
    if degrees is None:
        return organizations
    counted = _joined(organizations, degrees.select("organization", "activities"))
    return counted.with_columns(pl.col("activities").fill_null(0))


def network(
    ties: pl.DataFrame,
    organizations: pl.DataFrame,
    *,
    activities: pl.DataFrame | None = None,
    isolates: bool = False,
) -> nx.Graph:
    """Return the network of organizations that the ties make.

    Parameters
    ----------
    ties : polars.DataFrame
        source, target, shared, and any other column: each but the ends becomes an attribute of the tie.
    organizations : polars.DataFrame
        id, name, and any other column: each becomes an attribute of the organization (see `profiles`). One
        that is tied but not in here goes by its id.
    activities : polars.DataFrame, optional
        source, target, activity: the activities behind the ties; each tie gets its list, sorted.
    isolates : bool
        Whether organizations without a tie are in.

    Returns
    -------
    networkx.Graph
        Nodes in sorted order, each with a name; ties with `weight` = shared, 1.0 where nothing is shared.
        Values that are null or an empty list are left out.

    Examples
    --------
    >>> ties = pl.DataFrame({"source": ["a"], "target": ["b"], "shared": [2], "first": [None]})
    >>> organizations = pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"]})
    >>> made = network(ties, organizations)
    >>> list(made.nodes(data="name")), list(made.edges(data=True))
    ([('a', 'Alpha'), ('b', 'Beta')], [('a', 'b', {'shared': 2, 'weight': 2.0})])
    """
    columns = [ties["source"], ties["target"], *([organizations["id"]] if isolates else [])]
    nodes = sorted(set().union(*(column.unique() for column in columns)))
    made = _with_nodes({node: node for node in nodes}, organizations)
    if activities is not None:
        ties = ties.join(_lists(activities), on=ENDS, how="left")
    ties = ties.with_columns(weight=pl.max_horizontal("shared", 1).cast(pl.Float64)).sort(ENDS)
    made.add_edges_from(zip(*_shared_ids(ties, nodes), _attributes(ties.drop(ENDS)), strict=True))
    return made


def rows_to_network(
    rows: pl.DataFrame | Sequence[Mapping[str, Any]], organizations: pl.DataFrame | None = None
) -> nx.Graph:
    """Return the network in the rows of any query that returns `source` and `target`.

    Parameters
    ----------
    rows : polars.DataFrame or sequence of mappings
        source, target: ids, made text. Optional: source_name, target_name; weight, a number above 0, 1.0
        where it is missing. Any other column becomes an attribute of the tie.
    organizations : polars.DataFrame, optional
        id, name, and any other column, for the nodes that are organizations. Where the rows name one, that is its name.

    Returns
    -------
    networkx.Graph
        Nodes in sorted order, each with a name. Rows of the same pair, in either direction, make one tie:
        their weights are added, the other attributes are those of the first row. A row with one end, or with
        twice the same, makes a node and no tie.

    Raises
    ------
    UsageProblem
        If source or target are not among the columns, or a weight is no number above 0.

    Examples
    --------
    >>> rows = [{"source": "b", "target": "a", "weight": 2}, {"source": "a", "target": "b"}]
    >>> made = rows_to_network(rows)
    >>> list(made.edges(data=True))
    [('a', 'b', {'weight': 3.0})]
    """
    columns = rows.columns if isinstance(rows, pl.DataFrame) else {name: 0 for row in rows for name in row}
    _check_ends(columns)
    records = rows.to_dicts() if isinstance(rows, pl.DataFrame) else rows
    made = _with_nodes({node: node for node in _nodes(records)}, organizations)
    made.add_nodes_from((node, {"name": name}) for node, name in _names(records).items())
    ties: dict[tuple[str, str], dict[str, Any]] = {}
    for row in records:
        if _is_tie(row):
            source, target = sorted(str(row[end]) for end in ENDS)
            _add(ties, (source, target), row)
    made.add_edges_from((*ends, ties[ends]) for ends in sorted(ties))
    return made


def _joined(organizations: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    return organizations.join(other, left_on="id", right_on="organization", how="left", maintain_order="left")


def _lists(activities: pl.DataFrame) -> pl.DataFrame:
    return activities.group_by(ENDS).agg(pl.col("activity").unique().sort().alias("activities"))


def _shared_ids(ties: pl.DataFrame, nodes: list[str]) -> Iterator[list[str]]:
    """Both ends of each tie, an id being the one string that its node is: less memory, faster hashing."""
    numbers = pl.Enum(nodes)
    for end in ENDS:
        yield [nodes[place] for place in ties[end].cast(numbers).to_physical().to_list()]


def _attributes(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """One dictionary for each row, without what is null or an empty list."""
    names = frame.columns
    rows = zip(*(column.to_list() for column in frame), strict=True)
    lists = any(kind == pl.List for kind in frame.dtypes)
    if not lists and not any(frame.null_count().row(0)):
        return (dict(zip(names, row, strict=True)) for row in rows)
    return (
        {name: value for name, value in zip(names, row, strict=True) if value is not None and value != []}
        for row in rows
    )


def _check_ends(columns: Iterable[str]) -> None:
    there = sorted(columns)
    for end in ENDS:
        if there and end not in there:
            raise UsageProblem(
                f'A network needs the columns "source" and "target"; these rows hold {", ".join(there)}.'
                f"{suggestion(end, there)} Return the ids of the two ends under these names."
            )


def _nodes(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    return {str(row[end]) for row in rows for end in ENDS if row.get(end) is not None}


def _names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The name of each node that has one: the first that a row gives."""
    given: dict[str, str] = {}
    for row in rows:
        for end in ENDS:
            if row.get(end) is not None and row.get(f"{end}_name") is not None:
                given.setdefault(str(row[end]), str(row[f"{end}_name"]))
    return given


def _with_nodes(names: Mapping[str, str], organizations: pl.DataFrame | None) -> nx.Graph:
    """A graph of these nodes in sorted order, with what is known of those that are organizations."""
    made = nx.Graph()
    made.add_nodes_from((node, {"name": names[node]}) for node in sorted(names))
    if organizations is not None:
        known = organizations.filter(pl.col("id").is_in(list(names)))
        made.add_nodes_from(zip(known["id"].to_list(), _attributes(known.drop("id")), strict=True))
    return made


def _is_tie(row: Mapping[str, Any]) -> bool:
    source, target = (row.get(end) for end in ENDS)
    return source is not None and target is not None and str(source) != str(target)


def _add(ties: dict[tuple[str, str], dict[str, Any]], ends: tuple[str, str], row: Mapping[str, Any]) -> None:
    weight = _weight(row.get("weight"))
    if ends in ties:
        ties[ends]["weight"] += weight
        return
    apart = {*ENDS, *(f"{end}_name" for end in ENDS), "weight"}
    others = {name: value for name, value in row.items() if name not in apart and value is not None}
    ties[ends] = {**others, "weight": weight}


def _weight(value: Any) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise UsageProblem(f'The column "weight" holds {value!r}: return a number above 0, or another name.')
    return float(value)
