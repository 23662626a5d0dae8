"""A network whose data are Parquet tables in a folder, which need not fit in memory: an engine reads them."""

import os
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any, Unpack

import narwhals as nw
import polars as pl

from graphmodel import scope
from graphmodel.analysis.ties.frames import collected, count
from graphmodel.analysis.ties.projected import Frames
from graphmodel.analysis.ties.selection import not_dates
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.listed import Listed
from graphmodel.api.narrowing import Narrowing, narrowed
from graphmodel.api.projection import Projection
from graphmodel.engines import Engine, started
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store.folder import TableFolder

NAMED = 3
"""Ids of what is missing that a message names."""


class Tables(Listed):
    """The tables of a folder, whose alliances are found without loading them into a store.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = Path(name)
    ...     for file in ("organizations", "activities"):
    ...         pl.DataFrame({"id": ["a", "b"]}).write_parquet(folder / f"{file}.parquet")
    ...     rows = {"organization": ["a", "b"], "activity": ["a", "a"]}
    ...     pl.DataFrame(rows).write_parquet(folder / "participations.parquet")
    ...     Tables(folder).alliances()["source_name", "target_name", "shared"].rows()
    [('a', 'b', 1)]
    """

    def __init__(self, folder: str | Path, schema: Schema = SCHEMA) -> None:
        """Take a folder of tables, as `graphmodel export --format parquet` writes it."""
        self.folder = Path(folder)
        self.schema = schema

    def project(self, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]) -> "TablesProjection":
        """Return the organizations tied by what they did together; see `TablesProjection`."""
        if os.environ.get("GRAPHMODEL_JUDGEMENTS"):
            raise UsageProblem(
                "GRAPHMODEL_JUDGEMENTS names judgements on organizations, which count in a store only: load the folder "
                "into one (graphmodel load), or unset it."
            )
        return TablesProjection(self.folder, narrowed(within, narrowing), self.schema)


class TablesProjection(Projection):
    """The organizations in a folder of tables, tied by what they did together, within a filter.

    Participations are not read before they are needed in memory; an engine reads them itself.
    """

    in_files = True

    def __init__(self, folder: Path, within: Filter, schema: Schema = SCHEMA) -> None:
        """Read the tables but for participations, and find what the filter means.

        Raises
        ------
        DataProblem
            If a table is missing, or is not what it should be.
        UsageProblem
            As `Projection`; and if the filter asks for judgements, which a folder has none of.
        """
        if within.roll_up:
            raise UsageProblem(
                "What is part of what is judged beside a store: load the folder into one (graphmodel load), or leave "
                "out --roll-up."
            )
        took_part, organization, activity = (
            schema.relationship("PARTICIPATED_IN"),
            schema.node("Organization"),
            schema.node("Activity"),
        )
        self._tables = TableFolder(folder, schema)
        self._participations = self._tables.needed(took_part, took_part.columns)
        self._organizations, self._activities = (
            self._tables.needed(type_, type_.key) for type_ in (organization, activity)
        )
        super().__init__(self._tables, within)

    def frames(self, engine: Engine) -> Frames:
        """Return what the projection is made of, as an engine reads it.

        Raises
        ------
        DataProblem
            If an organization or activity that is named in another table has no row of its own.
        """
        took_part = _chosen(engine.read(self._participations), ("organization", "activity"), ("role",))
        activities = _chosen(engine.read(self._activities), ("id",), ("started", "ended"))
        days = [name for name in activities.collect_schema() if name != "id"]
        _refuse_undated(activities, self._activities)
        dated = (
            activities.group_by("id").agg(nw.len().alias("rows"), *(nw.col(name).min() for name in days)).drop("rows")
        )
        self._refuse_unknown_names(took_part, self.names_on(engine), dated)
        participations = took_part.join(dated, left_on="activity", right_on="id", how="left")
        return Frames(participations, engine.taken(self.agreements))

    @cached_property
    def participations(self) -> pl.DataFrame:
        """Return organization, activity, role, started, ended; where a name is unknown it is refused as by `frames`."""
        read = super().participations
        self._refuse_unknown_names(
            *(nw.from_native(frame.lazy()) for frame in (read, self.organizations, self.activities))
        )
        return read

    def _refuse_unknown_names(
        self, took_part: nw.LazyFrame[Any], organizations: nw.LazyFrame[Any], activities: nw.LazyFrame[Any]
    ) -> None:
        """Refuse participations and agreements that name an organization or activity which has no row of its own."""
        for column, named in (("organization", organizations), ("activity", activities)):
            _refuse_unknown(took_part, column, named, self._participations)
        partnered = self._tables.schema.relationship("PARTNERED_WITH")
        known, formal = (nw.from_native(frame.lazy()) for frame in (self.organizations, self.agreements))
        for end, column in zip(("source", "target"), partnered.columns, strict=True):
            _refuse_unknown(formal.rename({end: column}), column, known, self._tables.path(partnered))

    def names_on(self, engine: Engine) -> nw.LazyFrame[Any]:
        """Return id, name of the organizations, as an engine reads them."""
        organizations = _chosen(engine.read(self._organizations), ("id",), ("name",))
        named = organizations if "name" in organizations.collect_schema() else organizations.with_columns(name="id")
        once = named.group_by("id").agg(nw.col("name").min())
        return once.with_columns(nw.coalesce("name", "id").alias("name"))

    def _resolved(self, given: Collection[str], nodes: pl.DataFrame, label: str) -> set[str]:
        return scope.resolve(given, nodes, label, str(self._tables.path(self._tables.schema.node(label))))

    def _stated_roles(self) -> pl.Series:
        took_part = self._tables.schema.relationship("PARTICIPATED_IN")
        with started() as engine:
            stated = engine.read(self._tables.needed(took_part, ("role",))).group_by("role").agg(nw.len())
            return collected(stated).to_polars()["role"]


def _chosen(table: nw.LazyFrame[Any], needed: tuple[str, ...], known: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """The rows with all that is needed, ids as texts, and what of the rest is known."""
    there = [name for name in known if name in table.collect_schema()]
    complete = table.filter(*(~nw.col(name).is_null() for name in needed))
    return complete.select(*(nw.col(name).cast(nw.String) for name in needed), *there)


def _refuse_undated(activities: nw.LazyFrame[Any], path: Path) -> None:
    """Refuse days that are held as something else."""
    for name, kind in not_dates(activities.collect_schema()).items():
        raise DataProblem(f"{path} holds {kind} in its column {name}, not dates: turn its values into dates first.")


def _refuse_unknown(took_part: nw.LazyFrame[Any], column: str, known: nw.LazyFrame[Any], path: Path) -> None:
    """Refuse participations whose organization or activity has no row of its own: its filters would not hold."""
    unknown = took_part.join(known, left_on=column, right_on="id", how="anti").group_by(column).agg(nw.len())
    number = count(unknown)
    if number:
        named = sorted(collected(unknown.select(column).top_k(NAMED, by=column, reverse=True))[column].to_list())
        more = f" and {number - len(named):,} more" if number > len(named) else ""
        raise DataProblem(
            f"{path} names {', '.join(named)}{more} as {column}, and the table of them does not: "
            "add their rows, or leave them out."
        )
