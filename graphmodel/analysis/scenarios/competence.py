"""Competence: which areas are asked for, and who brings which of them in a region."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from graphmodel import scope
from graphmodel.analysis.coverage.axes import KINDS
from graphmodel.analysis.ties.partnerships import Partnerships, Setting


@dataclass(frozen=True)
class Asked:
    """The areas that are to be covered.

    Attributes
    ----------
    ids, names : list of str
        Of each, sorted by id.
    parts : polars.DataFrame
        competence_area, area: each area with what counts for it, itself and all that is part of it.
    """

    ids: list[str]
    names: list[str]
    parts: pl.DataFrame

    def within(self, ids: Collection[str]) -> "Asked":
        """Return those among these ids."""
        kept = [(id, name) for id, name in zip(self.ids, self.names, strict=True) if id in ids]
        return Asked([id for id, _ in kept], [name for _, name in kept], self.parts)

    def without(self, other: "Asked") -> list[str]:
        """Return the names of those that are not among others."""
        return [name for id, name in zip(self.ids, self.names, strict=True) if id not in other.ids]


def asked(setting: Setting, words: Collection[str], kind: str = "") -> Asked:
    """Return the areas of these ids or names; or, without any, all of a kind.

    Raises
    ------
    UsageProblem
        If there is no such area, or it could be several.

    Examples
    --------
    >>> areas = pl.DataFrame({"id": ["e", "c"], "name": ["Education", "Culture"], "kind": ["field", "field"]})
    >>> asked(Setting(competence_areas=areas), ["culture"]).ids, asked(Setting(competence_areas=areas), [], "field").ids
    (['c'], ['c', 'e'])
    """
    areas = setting.competence_areas
    ids = scope.resolve(words, areas, "CompetenceArea") if words else set(areas.filter(pl.col("kind") == kind)["id"])
    names = dict(areas.select("id", "name").iter_rows())
    rows = [(part, id) for id in sorted(ids) for part in sorted(setting.under_area(id))]
    parts = pl.DataFrame(rows, schema={"competence_area": pl.String, "area": pl.String}, orient="row")
    return Asked(sorted(ids), [names[id] or id for id in sorted(ids)], parts)


def kinds(setting: Setting) -> list[str]:
    """Return the kinds of competence area that there are, in the order in which one is taken."""
    return [kind for kind in KINDS if kind in setting.competence_areas["kind"]]


def done(partnerships: Partnerships, places: Collection[str] | None, areas: Asked) -> pl.DataFrame:
    """Return organization, area, activity: what was done on the areas in these regions, one row each, sorted."""
    setting = partnerships.setting
    took_part = partnerships.incidence.select("organization", "activity")
    if places is not None:
        there = setting.took_place_in.filter(pl.col("region").is_in(sorted(places)))
        took_part = took_part.join(there, on="activity", how="semi")
    on = setting.addresses.join(areas.parts, on="competence_area").select("activity", "area").unique()
    return took_part.join(on, on="activity").select("organization", "area", "activity").sort(pl.all())


def declared(partnerships: Partnerships, places: Collection[str] | None, areas: Asked) -> pl.DataFrame:
    """Return organization, area: who declares an area, and works or has its seat in these regions; sorted."""
    setting = partnerships.setting
    members = setting.competent_in.filter(pl.col("organization").is_in(partnerships.organizations["id"].implode()))
    if places is not None:
        there = pl.concat([setting.works_in, setting.based_in]).filter(pl.col("region").is_in(sorted(places)))
        members = members.join(there, on="organization", how="semi")
    return members.join(areas.parts, on="competence_area").select("organization", "area").unique().sort(pl.all())


def brought(partnerships: Partnerships, places: Collection[str] | None, areas: Asked, by: str) -> pl.DataFrame:
    """Return organization, area: who brings what, by what is done, declared or either; one row each, sorted."""
    shown = [done(partnerships, places, areas).select("organization", "area")] if by != "declared" else []
    told = [declared(partnerships, places, areas)] if by != "done" else []
    return pl.concat([*shown, *told]).unique().sort(pl.all())
