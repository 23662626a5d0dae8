"""The organizations of a graph, tied by what they did together, within a filter."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw
import networkx as nx
import polars as pl

from graphmodel import analysis, hiding, network, resolution, scope
from graphmodel.analysis import significance
from graphmodel.analysis.coverage.axes import FIRST
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.analysis.ties.projected import Frames
from graphmodel.analysis.ties.selection import Selection
from graphmodel.api import analysing, extent, homes, saved, telling
from graphmodel.api.filter import Filter, words
from graphmodel.api.two_mode import activities, sided, two_mode
from graphmodel.engines import Engine
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.plan import Reader, unfinished
from graphmodel.records import ENDS, Reject
from graphmodel.resolution.identity import UNJUDGED, Identity
from graphmodel.schema import Schema

if TYPE_CHECKING:
    from graphmodel.viz.regions import Regions

PROFILE = ("id", "name", "acronym", "kind", "country", "founded", "status", "url", "latitude", "longitude")
"""What an analysis and a map know of an organization."""


class Source(Reader, Protocol):
    """What a projection is read from: a store, or a folder of tables."""

    schema: Schema


class Projection:
    """The organizations of a graph, tied by what they did together, within a filter. Read once, then in memory."""

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
        self._weighed = 0
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
            exclude=scope.resolve(within.exclude, self._known_as, "Organization"),
            min_shared=within.min_shared,
            today=within.today or date.today(),
        )

    def _active_in(self, given: Collection[str], label: str, relationship: str) -> list[set[str]]:
        """Return the set of activities in what is given and all that lies under it; no set where nothing is given."""
        if not given:
            return []
        ids = scope.under(scope.resolve(given, self._nodes(label), label), self._edges("PART_OF", label))
        return [set(self._edges(relationship).filter(pl.col("end_id").is_in(list(ids)))["start_id"])]

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

    @cached_property
    def ties(self) -> pl.DataFrame:
        """Return the ties with their figures; see `graphmodel.analysis.ties.alliances.ties`."""
        self.weigh(extent.TIES)
        return self.partnerships.ties

    def significant(self, test: Test = STANDARD) -> tuple[pl.DataFrame, int]:
        """Return the ties that are more than chance, with what the test says of each, and how many ties there are.

        Where all would take much of the memory they are found in parts, which takes longer; see
        `graphmodel.api.in_parts`.
        """
        from graphmodel import engines
        from graphmodel.api import in_parts

        fit = not self.in_files and extent.fits(self.partnerships.most_ties, extent.TESTED)
        if fit or in_parts.in_memory(self, test, "significant"):
            self.weigh(extent.TESTED)
            return self._tested(test).filter(pl.col("sign") == "+"), len(self.ties)
        with engines.started("polars") as running:
            made = in_parts.AlliancesInParts(self, running)
            found = made.found(test, significant=True).table
            return found.drop("source_name", "target_name"), made.number

    def weigh(self, use: extent.Use) -> None:
        """Refuse, or warn, before more is made of the ties than memory is free; see `graphmodel.api.extent`."""
        if use.bytes <= self._weighed:
            return
        if self.within.min_shared > 1 and use.bytes > extent.TESTED.bytes:
            extent.check(len(self.ties), use)  # those left, which are known only once all were found
        elif not extent.fits(self.partnerships.met, use):
            extent.check(self.partnerships.most_ties, use)
        self._weighed = use.bytes

    @property
    def table(self) -> pl.DataFrame:
        """Return the ties with the names of both ends beside the ids."""
        return self.named(self.ties)

    def named(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Return pairs of organizations, source and target, with the names of both beside the ids."""
        ends = {end: self._names(pairs[end]).alias(f"{end}_name") for end in ("source", "target")}
        return pairs.select("source", ends["source"], "target", ends["target"], pl.exclude("source", "target"))

    def _names(self, ids: pl.Series) -> pl.Series:
        """Return the names of organizations; their ids are sorted, so each is found by its place."""
        places = ids.cast(pl.Enum(self.organizations["id"])).to_physical()
        return self.organizations["name"].gather(places)

    @cached_property
    def hubs(self) -> pl.DataFrame:
        """Return the organizations in more than half of the activities: id, name, activities, share (0 to 1)."""
        found = alliances.hubs(self.participations, self.selection).rename({"organization": "id"})
        return found.select("id", self._names(found["id"]).alias("name"), "activities", "share")

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """Return the sentences that belong beside the ties: loads that were cut off, hubs, missing dates."""
        names = dict(self.organizations.select("id", "name").iter_rows())
        found = alliances.caveats(self.participations, self.agreements, self.selection, names=names)
        return (*self.doubts, *found)

    @cached_property
    def remarks(self) -> tuple[str, ...]:
        """Return the caveats but for those on `hubs`."""
        of_time = alliances.caveats_of_time(self.participations, self.agreements, self.selection)
        return (*self.doubts, *of_time)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """Return what is not sure of the data: loads that were cut off, judgements that do not hold."""
        cut_off = [
            f'A load or removal of "{source}" was cut off: figures may lack ties. Run it again.'
            for source in unfinished(self._nodes("Source"))["id"]
        ]
        return (*cut_off, *(f"A judgement does not hold: {reject}." for reject in self._unheld))

    def network(self, *, significant: bool = False, isolates: bool = False) -> nx.Graph:
        """Return the ties as a networkx graph, with what is known of the organizations.

        See `graphmodel.network.network` for the attributes. `significant` leaves only those that are more than chance.
        """
        if not significant:
            self.weigh(extent.GRAPH)
        ties = self.significant()[0] if significant else self.ties
        return network.network(ties, self.partnerships.profiles, isolates=isolates)

    def analyse(self, name: str, **options: Any) -> Finding:
        """Run an analysis of `graphmodel.analysis` by its name, with its options."""
        described = analysis.describe(name)
        if described.ties != "none":
            self.weigh(extent.ANALYSIS if described.takes == "network" else extent.TIES)
        return analysis.run(name, self.partnerships, **options)

    def analyse_significant(self, name: str, **options: Any) -> Finding:
        """Run one on the ties that are more than chance; see `graphmodel.api.analysing.of_significant`."""
        return analysing.of_significant(self, name, options)

    def by_region(self, level: str = FIRST) -> homes.Told:
        """Return the region of each organization, to colour a map by; see `graphmodel.api.homes.by_region`."""
        return homes.by_region(self.partnerships, level)

    def by_competence(self, kind: str = FIRST) -> homes.Told:
        """Return the competence area of each organization, likewise; see `graphmodel.api.homes.by_competence`."""
        return homes.by_competence(self.partnerships, kind)

    def regions(self, level: str) -> "Regions":
        """Return the regions of a level, to be shown in place of organizations; see `graphmodel.api.Look`."""
        return homes.regions(self.partnerships, level)

    def told(
        self,
        test: Test | None = STANDARD,
        *,
        significant: bool = False,
        isolates: bool = False,
        most_detailed: int | None = None,
    ) -> nx.Graph:
        """Return the network with all that a map tells: the activities behind each tie, sources, caveats.

        Ties are tested against chance where a test is given; `significant` leaves only those that are more than chance.
        With more organizations than `most_detailed` the activities are left out: a map shows groups then, and not one
        of them, while to gather them takes most of the time and memory.
        """
        if not significant:
            self.weigh(extent.MAP)
        if significant:
            ties, tested = self.significant(test or STANDARD)
        else:
            ties = self._tested(test) if test else self.ties
        detailed = most_detailed is None or pl.concat([ties["source"], ties["target"]]).n_unique() <= most_detailed
        behind = alliances.activities_of(self.participations, ties, self.selection) if detailed else None
        made = network.network(ties, self.partnerships.profiles, activities=behind, isolates=isolates)
        telling.add_sources(made, self._agreed)
        telling.add_other_names(made, self._joined)
        if significant:
            made.graph["tested"] = tested
        if self.selection.day:
            made.graph["day"] = str(self.selection.day)
        if behind is not None:
            made.graph["activities"] = telling.activities_of(self.activities, self._took_part, behind)
        self._tell(made, self._took_part, self._agreed, asked=[f"test {telling.tested_by(test)}"] if test else [])
        return made

    def two_mode(self, *, isolates: bool = False) -> nx.Graph:
        """Return organizations and activities, tied by participations, with all that a map tells.

        See `graphmodel.api.two_mode.two_mode` for the attributes.

        Raises
        ------
        UsageProblem
            If the filter asks for shared activities, which a participation has none of.
        """
        if self.within.min_shared:
            raise UsageProblem(
                "How many activities are shared (--min) is said of alliances, and organizations and activities are "
                "tied by participations: leave it out."
            )
        made = two_mode(self.partnerships, self._took_part, isolates=isolates)
        telling.add_other_names(made, self._joined)
        self._tell(made, self._took_part)
        return made

    def sided(self, made: nx.Graph) -> nx.Graph:
        """Return the network of a query with organizations and activities told apart; see `graphmodel.api.two_mode`."""
        return sided(made, self.organizations, activities(self.partnerships))

    def _tell(self, made: nx.Graph, *claims: pl.DataFrame, asked: Collection[str] = ()) -> None:
        """Add what is told of the whole: where it comes from, what was asked for, how many are not in it."""
        about = made.graph
        about["sources"] = telling.sources_of(self._nodes("Source"), *claims)
        about["date"] = telling.date_of(about["sources"])
        about["parameters"] = (*words(self.within), *asked)
        about["notes"] = self.caveats
        about["hash"] = telling.fingerprint(self.organizations, self.activities, self._took_part, self.agreements)
        about["isolates"] = len(self._members() - set(made))

    def network_of(self, path: Path) -> nx.Graph:
        """Return the network in a file of ties, with what is known of the organizations; see `graphmodel.api.saved`."""
        made = saved.network_of(path, self.partnerships.profiles)
        telling.add_other_names(made, self._joined)
        return made

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

    def _tested(self, test: Test) -> pl.DataFrame:
        """Return the ties with what a test against chance says of each."""
        tested: pl.DataFrame = significance.assess(self.ties, self.participations, self.selection, test).table
        return tested


def _refuse_unknown(what: str, word: str, known: list[str]) -> None:
    if word not in known:
        there = f"Known are {', '.join(name for name in known if name)}." if known else f"None states a {what}."
        raise UsageProblem(f'No {what} is "{word}".{suggestion(word, known)} {there}')


def _once(links: pl.DataFrame, *names: tuple[str, str]) -> pl.DataFrame:
    """Return two columns of relationships under other names, each pair once."""
    return links.select(pl.col(column).alias(name) for column, name in names).unique()
