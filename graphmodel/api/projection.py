"""The organizations of a graph, tied by what they did together, within a filter."""

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl

from graphmodel import analysis, network
from graphmodel.analysis import significance
from graphmodel.analysis.coverage.axes import FIRST
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.analysis.ties import alliances
from graphmodel.api import analysing, extent, homes, saved, telling
from graphmodel.api.filter import words
from graphmodel.api.gathered import Gathered
from graphmodel.api.two_mode import activities, sided, two_mode
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.viz.regions import Regions


class Projection(Gathered):
    """The organizations of a graph, tied by what they did together, within a filter."""

    _weighed = 0
    """Bytes for each tie that were found to fit."""

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

    def _tested(self, test: Test) -> pl.DataFrame:
        """Return the ties with what a test against chance says of each."""
        tested: pl.DataFrame = significance.assess(self.ties, self.participations, self.selection, test).table
        return tested
