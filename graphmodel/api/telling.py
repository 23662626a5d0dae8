"""What a map tells beside the ties: activities, roles, sources, and a fingerprint of the data."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx
import polars as pl

from graphmodel import scope
from graphmodel.analysis.significance import Test
from graphmodel.errors import UsageProblem
from graphmodel.records import ENDS


def activities_of(activities: pl.DataFrame, took_part: pl.DataFrame, behind: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what is known of the activities behind ties, as text, who took part in which roles, and the sources.

    Parameters
    ----------
    activities : polars.DataFrame
        id, name, kind, started, ended, url.
    took_part : polars.DataFrame
        start_id (the organization), end_id (the activity), role, source.
    behind : polars.DataFrame
        activity: those that are wanted.
    """
    shown = activities.filter(pl.col("id").is_in(behind["activity"].unique().implode()))
    columns = ("name", "kind", "started", "ended", "url")
    rows = shown.select("id", *(pl.col(name).cast(pl.String) for name in columns)).iter_rows(named=True)
    told: dict[str, dict[str, Any]] = {row.pop("id"): _known(row) for row in rows}
    part = took_part.filter(pl.col("end_id").is_in(list(told)))
    for activity, who, role in _distinct(part, "end_id", "start_id", "role"):
        told[activity].setdefault("roles", {}).setdefault(who, []).append(role)
    for activity, source in _distinct(part, "end_id", "source"):
        told[activity].setdefault("sources", []).append(source)
    return told


def add_sources(network: nx.Graph, agreed: pl.DataFrame) -> None:
    """Add to each tie of a network that rests on an agreement which sources say so."""
    for one, other, source in _distinct(agreed, *ENDS, "source"):
        if network.has_edge(one, other):
            network.edges[one, other].setdefault("sources", []).append(source)


def sources_of(sources: pl.DataFrame, *claims: pl.DataFrame) -> list[dict[str, str]]:
    """Return id, title, url, licence and day of retrieval, as text, of the sources that some claims name."""
    named = pl.concat([claim["source"] for claim in claims]).unique()
    columns = ("title", "url", "licence", "retrieved")
    found = sources.filter(pl.col("id").is_in(named.implode()))
    rows = found.select("id", *(pl.col(name).cast(pl.String) for name in columns))
    return [_known(row) for row in rows.iter_rows(named=True)]


def date_of(sources: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the day on which sources were read, or the first and the last; None where none says so.

    >>> date_of([{"retrieved": "2024-05-01"}, {}, {"retrieved": "2021-01-31"}])
    '2021-01-31 to 2024-05-01'
    """
    days = sorted({source["retrieved"] for source in sources if source.get("retrieved")})
    return " to ".join(dict.fromkeys((days[0], days[-1]))) if days else None


def tested_by(test: Test) -> str:
    """Return the choices of a test against chance.

    >>> tested_by(Test())
    'sdsm, exact, bh, 0.05'
    """
    return f"{test.method}, {test.tail}, {test.corrected_by}, {test.alpha:g}"


def add_other_names(network: nx.Graph, joined: pl.DataFrame) -> None:
    """Add to each organization the names and ids of those that count as it: `other_names`, `other_ids`, sorted.

    Parameters
    ----------
    network : networkx.Graph
    joined : polars.DataFrame
        id, name, acronym, body; see `graphmodel.resolution.joined`.
    """
    for id, name, acronym, body in joined.select("id", "name", "acronym", "body").iter_rows():
        if body in network:
            about = network.nodes[body]
            own = (None, about.get("name"), about.get("acronym"))
            names = {*about.get("other_names", ()), *(text for text in (name, acronym) if text not in own)}
            about.update({"other_names": sorted(names)} if names else {})
            about["other_ids"] = sorted({*about.get("other_ids", ()), id})


def fingerprint(*frames: pl.DataFrame) -> str:
    """Return a hash of frames, but for the sources that describe a node."""
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(frame.drop("sources", strict=False).write_csv().encode())
    return digest.hexdigest()


def focused(graph: nx.Graph, organization: str, depth: int, others: pl.DataFrame | None = None) -> nx.Graph:
    """Return the part of a network that lies within `depth` steps of an organization.

    `others`, with id, name and acronym, are those of which is said that they have no tie, not that there are none.

    Raises
    ------
    UsageProblem
        If it is not in the network; the message suggests the nearest.
    """
    nodes = pl.DataFrame(
        [(node, known.get("name"), known.get("acronym")) for node, known in graph.nodes(data=True)],
        schema=dict.fromkeys(("id", "name", "acronym"), pl.String),
        orient="row",
    )
    label = "Organization or Activity" if any(graph.nodes[node].get("bipartite") for node in graph) else "Organization"
    try:
        (centre,) = scope.resolve([organization], nodes, label)
    except UsageProblem:
        if others is not None:
            _refuse_untied(organization, others)
        raise
    part = nx.ego_graph(graph, centre, radius=depth)
    steps = "1 step" if depth == 1 else f"{depth} steps"
    asked = f"{steps} around {graph.nodes[centre].get('name', centre)}"
    part.graph.update(graph.graph, centre=centre, parameters=(*graph.graph.get("parameters", ()), asked))
    return part


def _refuse_untied(organization: str, others: pl.DataFrame) -> None:
    """Refuse an organization that is there, and not in the network."""
    (id,) = scope.resolve([organization], others, "Organization")
    (name,) = others.filter(id=id)["name"]
    raise UsageProblem(
        f"{name} has no tie in this network, so there is nothing around it. Ask for more (fewer filters, all "
        "alliances), or choose another organization."
    )


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: text for name, text in row.items() if text is not None}


def _distinct(rows: pl.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the known values of some columns, each combination once, sorted."""
    return rows.select(columns).drop_nulls().unique().sort(pl.all()).iter_rows()
