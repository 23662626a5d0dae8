"""What a report is on: the network of a request, read once, and what the parts of the report ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import networkx as nx
import polars as pl

from graphmodel import api, scope
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.api import Filter, Graph, Projection, Test, listing
from graphmodel.errors import UsageProblem
from graphmodel.hiding import Terms
from graphmodel.report.request import Request

COLUMNS: dict[str, Any] = {
    **dict.fromkeys(("source", "source_name", "target", "target_name"), pl.String()),
    "shared": pl.Int64(),
    **dict.fromkeys(("strength", "jaccard", "overlap"), pl.Float64()),
    "basis": pl.String(),
    **dict.fromkeys(("first", "last"), pl.Int64()),
    "status": pl.String(),
    **dict.fromkeys(("expected", "p_more", "p_less", "q"), pl.Float64()),
    "sign": pl.String(),
}
"""What is told of an alliance."""


@dataclass(frozen=True)
class Subject:
    """The network of a request.

    Organizations that must not appear are left out before anything is counted or analysed. With pseudonyms they are in
    `network` all the same, without their names; nothing else that the parts read holds them.
    """

    graph: Graph
    request: Request

    @cached_property
    def terms(self) -> Terms | None:
        """What gives away those that must not appear."""
        return None if self.request.hide is None else self._whole.terms(self.request.hide)

    @cached_property
    def _whole(self) -> Projection:
        return self.graph.project(self.request.within)

    @cached_property
    def projection(self) -> Projection:
        """The organizations tied by what they did together, as the request has it."""
        return self._without_hidden(self._whole)

    @cached_property
    def everywhere(self) -> Projection:
        """The same wherever and on whatever it was: for analyses that compare the part with the whole."""
        within = replace(self.request.within, regions=(), competence_areas=())
        return self.projection if within == self.request.within else self._without_hidden(self.graph.project(within))

    def _without_hidden(self, projection: Projection) -> Projection:
        if self.terms is None:
            return projection
        exclude = {*projection.within.exclude, *self.terms.ids}
        return self.graph.project(replace(projection.within, exclude=tuple(sorted(exclude))))

    @cached_property
    def organization(self) -> str:
        """The id of the organization that the report is about; empty if it is about the network.

        Raises
        ------
        UsageProblem
            If it is unknown, must not appear, or has no part in what is reported on.
        """
        word = self.request.organization
        if not word:
            return ""
        id = self._whole.partnerships.organization(word)
        if self.terms and id in self.terms.ids:
            raise UsageProblem(f'"{word}" is to be hidden: a report cannot be about it.')
        tied = pl.concat([self.projection.ties["source"], self.projection.ties["target"]])
        if id not in {*self.projection.partnerships.incidence["organization"], *tied}:
            raise UsageProblem(
                f'"{word}" has no activity and no agreement in this part of the network: widen the filter.'
            )
        return id

    @cached_property
    def network(self) -> nx.Graph:
        """The alliances with all that is told of them, tested against chance; of an organization, it and its partners.

        Those that must not appear are not in it, or have no name.
        """
        told, request = self._told, self.request
        if request.hide is not None:
            told = self._whole.hidden(told, request.hide, pseudonyms=request.pseudonyms)
        told.graph["parameters"] = self.asked
        return told

    @cached_property
    def shown(self) -> nx.Graph:
        """The part of the network that a map shows: all of it, or an organization and its partners."""
        if self.organization in self.network:
            return api.focused(self.network, self.organization, 1)
        return self.network.subgraph([]) if self.organization else self.network

    @cached_property
    def test(self) -> Test | None:
        """How alliances are tested against chance; None where they are too many."""
        return Test() if len(self._tied.ties) <= listing.TESTED else None

    @property
    def partnerships(self) -> Partnerships:
        """What the alliances are made from."""
        return self._tied.partnerships

    @property
    def _tied(self) -> Projection:
        return self._whole if self.request.pseudonyms else self.projection

    @cached_property
    def _told(self) -> nx.Graph:
        return self._tied.told(self.test, most_detailed=api.most_shown())

    @cached_property
    def tested(self) -> Finding:
        """What the test against chance says of all alliances of the network, in words."""
        return listing.alliances(self._tied, self.test)

    @cached_property
    def alliances(self) -> pl.DataFrame:
        """The alliances, the strongest first: source, source_name, target, target_name and the figures."""
        frame = self.tested.table if self.request.hide is None else self._listed
        if self.organization:
            frame = frame.filter(pl.any_horizontal(pl.col("source", "target") == self.organization))
        absent = [pl.lit(None, kind).alias(name) for name, kind in COLUMNS.items() if name not in frame.columns]
        falling = [True, True, False, False]
        told = frame.with_columns(absent).select(pl.col(name).cast(kind) for name, kind in COLUMNS.items())
        return told.sort("shared", "strength", "source", "target", descending=falling, nulls_last=True)

    @property
    def _listed(self) -> pl.DataFrame:
        """The alliances as the network has them, from which those are gone that must not appear."""
        names = dict(self.network.nodes(data="name"))
        rows = [
            {"source": one, "source_name": names[one], "target": other, "target_name": names[other], **told}
            for one, other, told in self.network.edges(data=True)
        ]
        return pl.DataFrame(rows, schema=COLUMNS, orient="row", infer_schema_length=None)

    @cached_property
    def incidence(self) -> pl.DataFrame:
        """Who took part in what: organization, activity, started, ended; of an organization, in its activities."""
        every = self.projection.partnerships.incidence
        if not self.organization:
            return every
        own = every.filter(pl.col("organization") == self.organization)["activity"]
        return every.filter(pl.col("activity").is_in(own.implode()))

    @cached_property
    def organizations(self) -> pl.DataFrame:
        """The organizations in it: id, name, kind, country, activities, partners; sorted by id."""
        about = dict(self.shown.nodes(data=True))
        taking_part = set(self.incidence["organization"]) - set(about)
        profiles = self.projection.partnerships.profiles.filter(pl.col("id").is_in(sorted(taking_part)))
        about |= {row["id"]: row for row in profiles.iter_rows(named=True)}
        columns = ("name", "acronym", "kind", "country", "activities")
        rows = [
            (id, *(known.get(name) for name in columns), self.network.degree(id) if id in self.network else 0)
            for id, known in sorted(about.items())
        ]
        numbers = dict.fromkeys(("activities", "partners"), pl.Int64)
        schema = {**dict.fromkeys(("id", *columns[:-1]), pl.String), **numbers}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def name_of(self, id: str) -> str:
        """The name of an organization."""
        return str(self.projection.partnerships.names.get(id) or id)

    @cached_property
    def places(self) -> dict[str, Any]:
        """The one region and the one area that the request names, as options of an analysis."""
        given = {"region": [*self.request.within.regions], "area": [*self.request.within.competence_areas]}
        return {name: words[0] for name, words in given.items() if len(words) == 1}

    @cached_property
    def names(self) -> Mapping[str, list[str]]:
        """The regions and areas that the request names, by their names."""
        setting = self.projection.partnerships.setting
        nodes = {"regions": (setting.regions, "Region"), "areas": (setting.competence_areas, "CompetenceArea")}
        within = self.request.within
        words = {"regions": within.regions, "areas": within.competence_areas}
        return {what: [_named(word, *nodes[what]) for word in sorted(words[what])] for what in nodes}

    @cached_property
    def is_everything(self) -> bool:
        """Whether nothing of the graph is left out."""
        plain = Filter(today=self.request.within.today)
        return self.request.within == plain and not self.request.organization and self.request.hide is None

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What was asked for, each condition in a few words, without names that must not appear."""
        clean = self.terms.text if self.terms else str
        return tuple(clean(text) for text in asked(self))


def asked(subject: Subject) -> list[str]:
    """Return what was asked for, each condition in a few words."""
    from graphmodel.api.filter import words
    from graphmodel.api.telling import tested_by

    request = subject.request
    told = [*words(request.within)]
    if subject.organization:
        told.insert(0, f"organization {subject.name_of(subject.organization)}")
    if request.hide is not None:
        told.append("some organizations " + ("without their names" if request.pseudonyms else "left out"))
    if request.minimum_cell:
        told.append(f"counts of organizations below {request.minimum_cell} not told")
    return [*told, f"test {tested_by(subject.test)}" if subject.test else "not tested against chance"]


def _named(word: str, nodes: pl.DataFrame, label: str) -> str:
    (id,) = scope.resolve([word], nodes, label)
    return str(nodes.filter(pl.col("id") == id)["name"].item() or id)
