"""Organizations and activities as one network, tied by participations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import networkx as nx
import polars as pl

from graphmodel import network as networks
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.records import ENDS

MODE = "bipartite"
"""The attribute of a node that says which of the two it is, as networkx has it: 0 an organization, 1 an activity."""


def two_mode(partnerships: Partnerships, took_part: pl.DataFrame, *, isolates: bool = False) -> nx.Graph:
    """Return who took part in what: organizations and activities, and each participation as a tie.

    Parameters
    ----------
    partnerships : Partnerships
    took_part : polars.DataFrame
        start_id (the organization), end_id (the activity), role, source.
    isolates : bool
        Whether organizations that took part in nothing are in.

    Returns
    -------
    networkx.Graph
        Organizations, then activities, each in sorted order. An activity has the attributes that an organization has,
        as far as known, and ``started`` and ``ended``; it goes by its id, or as "id (activity)" where an organization
        has the same. A tie has ``roles`` and ``sources`` (sorted), ``first`` and ``last`` year of the activity, and
        `weight` 1.0.
    """
    incidence = partnerships.incidence
    taking = partnerships.profiles.filter(pl.col("activities") > 0)
    made = nx.Graph()
    _add(made, partnerships.profiles if isolates else taking, 0, {})
    taken = set(partnerships.organizations["id"])
    ids = {id: f"{id} (activity)" if id in taken else id for id in sorted(incidence["activity"].unique())}
    _add(made, activities(partnerships).filter(pl.col("id").is_in(list(ids))), 1, ids)
    told = _told(took_part, partnerships)
    for who, what, begun, ended in incidence.sort("organization", "activity").iter_rows():
        made.add_edge(who, ids[what], **told[who, what], **_years(begun, ended), weight=1.0)
    return made


def activities(partnerships: Partnerships) -> pl.DataFrame:
    """Return the activities with their regions and competence areas, dates as text."""
    setting = partnerships.setting
    regions = _named(setting.took_place_in, "region", setting.regions)
    areas = _named(setting.addresses, "competence_area", setting.competence_areas)
    days = pl.col("started", "ended").cast(pl.String)
    return networks.profiles(partnerships.activities.with_columns(days), regions=regions, competence_areas=areas)


def _named(links: pl.DataFrame, end: str, nodes: pl.DataFrame) -> pl.DataFrame:
    """Return the names at one end of links of activities."""
    named = links.join(nodes.select("id", "name"), left_on=end, right_on="id")
    return named.select(pl.col("activity").alias("organization"), "name")


def _add(made: nx.Graph, nodes: pl.DataFrame, mode: int, ids: Mapping[str, str]) -> None:
    for row in nodes.sort("id").iter_rows(named=True):
        known = {name: value for name, value in row.items() if name != "id" and value not in (None, [])}
        made.add_node(ids.get(row["id"], row["id"]), **known, **{MODE: mode})


def _told(took_part: pl.DataFrame, partnerships: Partnerships) -> dict[tuple[str, str], dict[str, Any]]:
    """Return roles and sources of each participation: those roles only that are asked for."""
    asked = partnerships.selection.roles
    rows = took_part if asked is None else took_part.filter(pl.col("role").is_in(list(asked)))
    lists = rows.group_by(ENDS).agg(
        pl.col(name).replace("", None).drop_nulls().unique().sort().alias(f"{name}s") for name in ("role", "source")
    )
    return {(who, what): {"roles": roles, "sources": sources} for who, what, roles, sources in lists.iter_rows()}


def _years(begun: date | None, ended: date | None) -> dict[str, int]:
    days = {"first": begun, "last": ended or begun}
    return {name: day.year for name, day in days.items() if day is not None}


def sided(made: nx.Graph, organizations: pl.DataFrame, known: pl.DataFrame) -> nx.Graph:
    """Return a network of a query with its nodes told apart: organizations, and whatever else, which is activities.

    Parameters
    ----------
    made : networkx.Graph
        Of rows that name an organization and an activity. It is not changed.
    organizations : polars.DataFrame
        id.
    known : polars.DataFrame
        Activities as `activities` returns them.
    """
    told = made.copy()
    ids = set(organizations["id"])
    _add(told, known.filter(pl.col("id").is_in([id for id in made if id not in ids])), 1, {})
    for id, about in told.nodes(data=True):
        about[MODE] = 0 if id in ids else 1
    for *_, about in told.edges(data=True):
        about.setdefault("roles", [about["role"]] if about.get("role") else [])
    return told
