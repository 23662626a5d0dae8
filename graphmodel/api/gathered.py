"""What a graph holds within a filter: organizations, each body by one id, activities, and who took part in what."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import narwhals as nw
import networkx as nx
import polars as pl

from graphmodel import hiding, resolution, scope
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.analysis.ties.projected import Frames
from graphmodel.analysis.ties.selection import Selection
from graphmodel.api.filter import Filter
from graphmodel.engines import Engine
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.plan import Reader, unfinished
from graphmodel.records import ENDS, Reject
from graphmodel.resolution.identity import UNJUDGED, Identity
from graphmodel.schema import Schema

PROFILE = ("id", "name", "acronym", "kind", "country", "founded", "status", "url", "latitude", "longitude")
"""What an analysis and a map know of an organization."""


class Source(Reader, Protocol):
    """What is gathered from: a store, or a folder of tables."""

    schema: Schema


class Gathered:
    """What a graph holds within a filter, read once; participations when they are first asked for."""

    in_files = False
    """Whether its data are in files that an engine reads itself."""

    def __init__(
        self, store: Source, within: Filter, identity: Identity = UNJUDGED, unheld: tuple[Reject, ...] = ()
    ) -> None:
        """Read the two-mode ties, each body by one id, and find what the filter means.

        `identity` says which organizations are the same; `unheld` are the judgements that do not hold.

        Raises
        ------
        UsageProblem
            If the filter names a region, area or organization that is not there.
        """
        self._store = store
        self.within = within
        self._unheld = unheld
        self._identity, self._roll_up = identity, within.roll_up
        loaded = self._nodes("Organization")
        self._known_as = resolution.findable(loaded, identity, roll_up=within.roll_up)
        self._joined = resolution.joined(loaded, identity, roll_up=within.roll_up)
        self.organizations = resolution.organizations(loaded, identity, roll_up=within.roll_up)
        agreed = self._edges("PARTNERED_WITH", only=(*ENDS, "started", "ended", "source"))
        self._agreed = self._of_bodies(agreed, *ENDS)
        self.selection = self._selection(within)

    def _of_bodies(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Return rows that name organizations, each body by one id."""
        return resolution.relations(frame, self._identity, *columns, roll_up=self._roll_up)

    def _nodes(self, label: str, only: Collection[str] | None = None) -> pl.DataFrame:
        return self._store.read(self._store.schema.node(label), only=only)

    def _edges(self, name: str, start: str = "", only: Collection[str] = ENDS) -> pl.DataFrame:
        return self._store.read(self._store.schema.relationship(name, start), only=only)

    def _selection(self, within: Filter) -> Selection:
        chosen = [
            *self._active_in(within.regions, "Region", "TOOK_PLACE_IN"),
            *self._active_in(within.competence_areas, "CompetenceArea", "ADDRESSES"),
            *(self._of_kind(self.activities, within.activity_kinds) if within.activity_kinds else ()),
        ]
        kinds = self._of_kind(self.organizations, within.kinds)
        return Selection(
            since=within.since,
            until=within.until,
            as_of=within.as_of,
            window=within.window,
            roles=self._roles(within.roles),
            activities=set.intersection(*chosen) if chosen else None,
            organizations=kinds[0] if kinds else None,
            exclude=self._resolved(within.exclude, self._known_as, "Organization"),
            min_shared=within.min_shared,
            today=within.today or date.today(),
        )

    def _active_in(self, given: Collection[str], label: str, relationship: str) -> list[set[str]]:
        """Return the set of activities in what is given and all that lies under it; no set where nothing is given."""
        if not given:
            return []
        ids = scope.under(self._resolved(given, self._nodes(label), label), self._edges("PART_OF", label))
        return [set(self._edges(relationship).filter(pl.col("end_id").is_in(list(ids)))["start_id"])]

    def _resolved(self, given: Collection[str], nodes: pl.DataFrame, label: str) -> set[str]:
        """Return the ids of what a filter names."""
        return scope.resolve(given, nodes, label)

    def _of_kind(self, nodes: pl.DataFrame, kinds: Collection[str]) -> list[set[str]]:
        """Return the set of nodes of these kinds; no set where none is given."""
        if not kinds:
            return []
        known = sorted(nodes["kind"].drop_nulls().unique())
        for kind in kinds:
            _refuse_unknown("kind", kind, known)
        return [set(nodes.filter(pl.col("kind").is_in(list(kinds)))["id"])]

    def _roles(self, given: Collection[str]) -> tuple[str, ...] | None:
        """Return the roles that are asked for; None where none is."""
        if not given:
            return None
        known = sorted(self._stated_roles().drop_nulls().unique())
        for role in given:
            _refuse_unknown("role", role, known)
        return tuple(given)

    @cached_property
    def activities(self) -> pl.DataFrame:
        """Return what is known of the activities."""
        return self._nodes("Activity", ("id", "name", "kind", "started", "ended", "url"))

    def _stated_roles(self) -> pl.Series:
        """Return the roles of participations."""
        return self._took_part["role"]

    @cached_property
    def _took_part(self) -> pl.DataFrame:
        return self._of_bodies(self._edges("PARTICIPATED_IN", only=(*ENDS, "role", "source")), "start_id")

    @cached_property
    def participations(self) -> pl.DataFrame:
        """Return organization, activity, role, started, ended."""
        ends = pl.col("start_id").alias("organization"), pl.col("end_id").alias("activity")
        dates = self.activities.select(pl.col("id").alias("activity"), "started", "ended")
        return self._took_part.select(*ends, "role").join(dates, on="activity", how="left", maintain_order="left")

    def frames(self, engine: Engine) -> Frames:
        """Return what the projection is made of, on an engine."""
        return Frames(engine.taken(self.participations), engine.taken(self.agreements))

    def names_on(self, engine: Engine) -> nw.LazyFrame[Any]:
        """Return id, name of the organizations, on an engine."""
        return engine.taken(self.organizations.select("id", "name"))

    @cached_property
    def agreements(self) -> pl.DataFrame:
        """Return source, target, started, ended of the formal agreements."""
        ends = pl.col("start_id").alias("source"), pl.col("end_id").alias("target")
        return self._agreed.select(*ends, "started", "ended")

    @cached_property
    def partnerships(self) -> Partnerships:
        """Return the frames that the analyses read."""
        return Partnerships(
            self.participations,
            self.organizations.filter(pl.col("id").is_in(list(self._members()))).select(PROFILE),
            self.activities,
            self.agreements,
            self.selection,
            self._known_as,
            self._setting,
        )

    def _setting(self) -> Setting:
        """Read where organizations and activities are, and on what."""
        region, area = ("end_id", "region"), ("end_id", "competence_area")
        return Setting(
            regions=self._nodes("Region", ("id", "name", "kind")),
            competence_areas=self._nodes("CompetenceArea", ("id", "name", "kind")),
            region_parts=self._edges("PART_OF", "Region"),
            area_parts=self._edges("PART_OF", "CompetenceArea"),
            based_in=self._declared("BASED_IN", region),
            works_in=self._declared("WORKS_IN", region),
            competent_in=self._declared("COMPETENT_IN", area),
            took_place_in=_once(self._edges("TOOK_PLACE_IN"), ("start_id", "activity"), region),
            addresses=_once(self._edges("ADDRESSES"), ("start_id", "activity"), area),
        )

    def _declared(self, name: str, end: tuple[str, str]) -> pl.DataFrame:
        """Return what organizations declare, each body by one id."""
        return _once(self._of_bodies(self._edges(name), "start_id"), ("start_id", "organization"), end)

    def named(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of organizations, source and target, with the names of both beside the ids."""
        ends = {end: self._names(pairs[end]).alias(f"{end}_name") for end in ("source", "target")}
        return pairs.select("source", ends["source"], "target", ends["target"], pl.exclude("source", "target"))

    def _names(self, ids: pl.Series) -> pl.Series:
        """Return the names of organizations; their ids are sorted, so each is found by its place."""
        places = ids.cast(pl.Enum(self.organizations["id"])).to_physical()
        return self.organizations["name"].gather(places)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Return what is not sure of the data: loads that were cut off, judgements that do not hold."""
        cut_off = [
            f'A load or removal of "{source}" was cut off: figures may lack ties. Run it again.'
            for source in unfinished(self._nodes("Source"))["id"]
        ]
        return (*cut_off, *(f"A judgement does not hold: {reject}." for reject in self._unheld))

    def _members(self) -> set[str]:
        """Return the organizations that the filter leaves."""
        kept = self.selection.organizations
        every = set(self.organizations["id"]) if kept is None else set(kept)
        return every - set(self.selection.exclude)

    def names(self, id: str) -> pl.DataFrame:
        """Return all that one body is called: id, name, acronym; the id that it goes by first."""
        own = self.organizations.filter(pl.col("id") == id).select("id", "name", "acronym")
        return pl.concat([own, self._joined.filter(pl.col("body") == id).drop("body")])

    @property
    def bodies(self) -> dict[str, str]:
        """Return the id of the body that an organization counts as, of each that is no longer by itself."""
        return dict(self._joined.select("id", "body").iter_rows())

    def hidden(
        self, made: nx.Graph, hide: hiding.Hidden, *, pseudonyms: bool = False, among: nx.Graph | None = None
    ) -> nx.Graph:
        """Return a network without the organizations that a file lists, or these; see `graphmodel.hiding.hidden`.

        Each may be named by any id, name or acronym that it goes by.
        """
        return hiding.hidden(made, hiding.listed(hide), known=self._everybody, pseudonyms=pseudonyms, among=among)

    def terms(self, hide: hiding.Hidden) -> hiding.Terms:
        """Return what gives away the organizations that a file lists, or these, to take it out of texts."""
        known = self._everybody
        return hiding.Terms(scope.resolve(hiding.listed(hide), known, "Organization"), known)

    @property
    def _everybody(self) -> pl.DataFrame:
        """Return all that organizations go by: id, name, acronym, url."""
        return self._known_as.join(self.organizations.select("id", "url"), on="id", how="left")


def _refuse_unknown(what: str, word: str, known: list[str]) -> None:
    if word not in known:
        there = f"Known are {', '.join(name for name in known if name)}." if known else f"None states a {what}."
        raise UsageProblem(f'No {what} is "{word}".{suggestion(word, known)} {there}')


def _once(links: pl.DataFrame, *names: tuple[str, str]) -> pl.DataFrame:
    """Return two columns of relationships under other names, each pair once."""
    return links.select(pl.col(column).alias(name) for column, name in names).unique()
