"""What a filter can choose from: the regions, areas, kinds and roles that a graph holds, and the years."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from graphmodel import scope
from graphmodel.store.base import Store

Listed = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Kinds, each with what is of it: id and name."""


@dataclass(frozen=True)
class Choices:
    """What a filter can choose from.

    Attributes
    ----------
    regions, competence_areas : tuples of kind and pairs of id and name
        Those that hold an activity, by themselves or by what lies in them; wider kinds first, then by name.
    kinds, roles : tuple of str
        Of organizations, and of participations; sorted.
    first, last : int
        The years of the first and of the last start or end of an activity; None where no date is known.
    """

    regions: Listed
    competence_areas: Listed
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    first: int | None
    last: int | None


def choices(store: Store) -> Choices:
    """Return what a filter can choose from in a store."""
    days = store.read(store.schema.node("Activity"), only=("started", "ended"))
    years = pl.concat([days[name] for name in days.columns]).dt.year()
    organizations = store.read(store.schema.node("Organization"), only=("kind",))
    took_part = store.read(store.schema.relationship("PARTICIPATED_IN"), only=("role",))
    first, last = years.min(), years.max()
    return Choices(
        regions=_listed(store, "Region", "TOOK_PLACE_IN"),
        competence_areas=_listed(store, "CompetenceArea", "ADDRESSES"),
        kinds=_words(organizations["kind"]),
        roles=_words(took_part["role"]),
        first=first if isinstance(first, int) else None,
        last=last if isinstance(last, int) else None,
    )


def _words(column: pl.Series) -> tuple[str, ...]:
    return tuple(word for word in column.drop_nulls().unique().sort() if word)


def _listed(store: Store, label: str, relationship: str) -> Listed:
    """Return the nodes of a label that activities lead to, by kind."""
    type_ = store.schema.node(label)
    reached = store.read(store.schema.relationship(relationship), only=("end_id",))["end_id"].unique()
    parts = store.read(store.schema.relationship("PART_OF", label), only=("start_id", "end_id"))
    wider = scope.over(reached, parts)["wider"].unique()
    nodes = store.read(type_, only=("id", "name", "kind")).filter(pl.col("id").is_in(wider.implode()))
    order = next(item.choices for item in type_.own if item.name == "kind")
    return tuple((kind, listed) for kind in (*order, "") if (listed := _of_kind(nodes, kind)))


def _of_kind(nodes: pl.DataFrame, kind: str) -> tuple[tuple[str, str], ...]:
    found = nodes.filter(pl.col("kind").fill_null("") == kind).sort("name", "id").select("id", "name")
    rows: Iterable[tuple[str, str]] = found.iter_rows()
    return tuple(rows)
