"""Partnerships as frames: who took part in what, where and on which subject, within a filter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import networkx as nx
import polars as pl

from graphmodel import network, scope
from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.frames import collected, lazy
from graphmodel.analysis.ties.selection import EVERYTHING, Selection, incidence


def _empty(*names: str) -> pl.DataFrame:
    dates = ("started", "ended")
    return pl.DataFrame(schema={name: pl.Date() if name in dates else pl.String() for name in names})


@dataclass(frozen=True)
class Setting:
    """Where organizations and activities are, and on what: regions and competence areas, and what lies in what.

    Attributes
    ----------
    regions, competence_areas : polars.DataFrame
        id, name, kind.
    region_parts, area_parts : polars.DataFrame
        start_id, end_id: the first lies in the second.
    based_in, works_in : polars.DataFrame
        organization, region: its seat, and where it declares to work.
    competent_in : polars.DataFrame
        organization, competence_area: what it declares.
    took_place_in : polars.DataFrame
        activity, region.
    addresses : polars.DataFrame
        activity, competence_area.

    Examples
    --------
    >>> kenya = {"id": ["africa", "KE"], "name": ["Africa", "Kenya"], "kind": ["region", "country"]}
    >>> inside = pl.DataFrame({"start_id": ["KE"], "end_id": ["africa"]})
    >>> setting = Setting(regions=pl.DataFrame(kenya), region_parts=inside)
    >>> sorted(setting.under_region("Africa")), setting.regions_at("region").rows()
    (['KE', 'africa'], [('KE', 'africa'), ('africa', 'africa')])
    """

    regions: pl.DataFrame = field(default_factory=lambda: _empty("id", "name", "kind"))
    competence_areas: pl.DataFrame = field(default_factory=lambda: _empty("id", "name", "kind"))
    region_parts: pl.DataFrame = field(default_factory=lambda: _empty("start_id", "end_id"))
    area_parts: pl.DataFrame = field(default_factory=lambda: _empty("start_id", "end_id"))
    based_in: pl.DataFrame = field(default_factory=lambda: _empty("organization", "region"))
    works_in: pl.DataFrame = field(default_factory=lambda: _empty("organization", "region"))
    competent_in: pl.DataFrame = field(default_factory=lambda: _empty("organization", "competence_area"))
    took_place_in: pl.DataFrame = field(default_factory=lambda: _empty("activity", "region"))
    addresses: pl.DataFrame = field(default_factory=lambda: _empty("activity", "competence_area"))

    def under_region(self, word: str) -> set[str]:
        """Return the ids of the region of this id or name, and of all that lies in it.

        Raises
        ------
        UsageProblem
            If there is none, or it could be several; the message suggests the nearest. So for areas.
        """
        return scope.under(scope.resolve([word], self.regions, "Region"), self.region_parts)

    def under_area(self, word: str) -> set[str]:
        """Return the ids of the competence area of this id or name, and of all that is part of it."""
        return scope.under(scope.resolve([word], self.competence_areas, "CompetenceArea"), self.area_parts)

    def regions_at(self, level: str) -> pl.DataFrame:
        """Return region, wider: each region with those of a kind (country, subregion, region) that it lies in or is."""
        return _of_kind(self._wider_regions, self.regions, level).rename({"id": "region"})

    def areas_at(self, kind: str) -> pl.DataFrame:
        """Return competence_area, wider: each area with those of a kind (field, sector, ...) that it lies in or is."""
        return _of_kind(self._wider_areas, self.competence_areas, kind).rename({"id": "competence_area"})

    @cached_property
    def _wider_regions(self) -> pl.DataFrame:
        return scope.over(self.regions["id"].unique(), self.region_parts)

    @cached_property
    def _wider_areas(self) -> pl.DataFrame:
        return scope.over(self.competence_areas["id"].unique(), self.area_parts)

    @cached_property
    def region_names(self) -> pl.DataFrame:
        """Return organization, name: the regions of its seat and work, and all that these lie in short of the world."""
        places = pl.concat([self.based_in, self.works_in]).unique()
        return _named(places, "region", self.regions.filter(pl.col("kind").ne_missing("world")), self.region_parts)

    @cached_property
    def area_names(self) -> pl.DataFrame:
        """Return organization, name: the competence areas that it declares, and all that these are part of."""
        return _named(self.competent_in, "competence_area", self.competence_areas, self.area_parts)


@dataclass(frozen=True)
class Partnerships:
    """What an analysis reads. `participations` and `organizations` are needed; the rest is empty where unknown.

    Attributes
    ----------
    participations : polars.DataFrame
        organization, activity; optional role, started, ended: as loaded. `incidence` holds what counts.
    organizations : polars.DataFrame
        id, name; optional acronym, kind, country and any other: those that the filter leaves, with or without a
        participation.
    activities : polars.DataFrame
        id, name, kind, started, ended.
    agreements : polars.DataFrame
        source, target, started, ended: formal agreements.
    selection : Selection
        What counts, by time, role, activity and organization.
    known_as : polars.DataFrame, optional
        id, name, acronym: all that an organization may be called by, where that is more than `organizations` says.
    read : function to Setting
        Called when an analysis first asks for the `setting`.
    given : polars.DataFrame, optional
        The ties that are looked at, as `ties` has them, where these are not all that there are.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    >>> made = Partnerships(rows, pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]}))
    >>> made.organization("alpha"), made.names["b"], made.ties["shared"].to_list()
    ('a', 'Beta', [1])
    """

    participations: pl.DataFrame
    organizations: pl.DataFrame
    activities: pl.DataFrame = field(default_factory=lambda: _empty("id", "name", "kind", "started", "ended"))
    agreements: pl.DataFrame = field(default_factory=lambda: _empty("source", "target", "started", "ended"))
    selection: Selection = EVERYTHING
    known_as: pl.DataFrame | None = None
    read: Callable[[], Setting] = Setting
    given: pl.DataFrame | None = None

    @cached_property
    def setting(self) -> Setting:
        """Return where organizations and activities are, and on what."""
        return self.read()

    @cached_property
    def incidence(self) -> pl.DataFrame:
        """Return organization, activity, started, ended: the two-mode ties that count, each once, sorted."""
        counting = collected(incidence(lazy(self.participations), self.selection)).to_polars()
        return counting.sort("organization", "activity")

    @cached_property
    def ties(self) -> pl.DataFrame:
        """Return the ties with their figures; see `graphmodel.analysis.ties.alliances.ties`."""
        if self.given is not None:
            return self.given
        return alliances.ties(self.participations, self.agreements, self.selection, limit=None)

    @cached_property
    def met(self) -> int:
        """Return a number that `most_ties` is not above, counted in no time: of all activities, each role by itself."""
        sizes = self.participations.group_by("activity").agg(n=pl.len().cast(pl.Int64))["n"]
        return int((sizes * (sizes - 1) // 2).sum()) + self.agreements.height

    @cached_property
    def most_ties(self) -> int:
        """Return how many ties there are at most, told before any is made: who met twice is counted twice."""
        return alliances.pair_instances(self.participations, self.selection) + self.agreements.height

    @cached_property
    def profiles(self) -> pl.DataFrame:
        """Return the organizations with their regions, competence areas and number of activities."""
        return network.profiles(
            self.organizations,
            regions=self.setting.region_names,
            competence_areas=self.setting.area_names,
            degrees=alliances.degrees(self.participations, self.selection),
        )

    @cached_property
    def network(self) -> nx.Graph:
        """Return the ties as a networkx graph of the organizations that have one; see `graphmodel.network`."""
        return network.network(self.ties, self.profiles)

    @cached_property
    def names(self) -> dict[str, str]:
        """Return the name of each organization by its id."""
        return dict(self.organizations.select("id", "name").iter_rows())

    def organization(self, word: str) -> str:
        """Return the id of the organization of this id, name or acronym.

        Raises
        ------
        UsageProblem
            If there is none, or it could be several; the message suggests the nearest, or lists them.
        """
        known = self.organizations if self.known_as is None else self.known_as
        (id,) = scope.resolve([word], known, "Organization")
        return id


def _of_kind(wider: pl.DataFrame, nodes: pl.DataFrame, kind: str) -> pl.DataFrame:
    wanted = nodes.filter(pl.col("kind") == kind)["id"]
    return wider.filter(pl.col("wider").is_in(wanted.implode())).sort("id", "wider")


def _named(links: pl.DataFrame, end: str, nodes: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    wider = scope.over(links[end].unique(), parts)
    names = nodes.select(pl.col("id").alias("wider"), "name")
    placed = links.join(wider, left_on=end, right_on="id").join(names, on="wider")
    return placed.select("organization", "name").unique().sort("organization", "name")
