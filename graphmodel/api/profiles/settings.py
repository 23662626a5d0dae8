"""The profiles of a region and of a competence area: what lies in it, who is active there, what is done there."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import polars as pl

from graphmodel import notebook, scope
from graphmodel.analysis.phrases import counted, listed
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.api.profiles import claims, sections
from graphmodel.api.projection import Projection

if TYPE_CHECKING:
    from graphmodel.api import Graph

NAMED = 3  # organizations that a sentence names


@dataclass(frozen=True, eq=False)
class SettingProfile:
    """What is known of a region or a competence area, with all that lies in it, within a filter.

    Attributes
    ----------
    id, name : str
    about : mapping
        What is stated of it: kind, iso2 or scheme, as far as known.
    wholes, parts : polars.DataFrame
        region (competence_area), its name and kind: what it lies in, the nearest first; and what lies in it directly,
        with activities and organizations.
    organizations : polars.DataFrame
        organization, organization_name, kind, country, activities, first, last, declared; the most active first.
    activities : polars.DataFrame
        As of `OrganizationProfile`, without roles and sources.
    others : polars.DataFrame
        Of a region the competence areas that its activities address, of an area the regions: its id, name, kind,
        activities.
    sources, statements : polars.DataFrame
        Of the claims that name it itself, as of `OrganizationProfile`.
    """

    label: ClassVar[str]
    id: str
    name: str
    about: Mapping[str, Any]
    wholes: pl.DataFrame
    parts: pl.DataFrame
    organizations: pl.DataFrame
    activities: pl.DataFrame
    others: pl.DataFrame
    sources: pl.DataFrame
    statements: pl.DataFrame

    @property
    def figures(self) -> dict[str, int]:
        """Return how much there is of what."""
        active = self.organizations.filter(pl.col("activities") > 0).height
        declared = self.organizations.filter(pl.col("declared").is_not_null()).height
        return {
            "Activities": self.activities.height,
            "Organizations active": active,
            "Based or working there" if self.label == "Region" else "Declare it": declared,
            "Parts": self.parts.height,
        }

    @property
    def years(self) -> tuple[int | None, int | None]:
        """Return the years of the first and the last activity."""
        return sections.years(self.activities)

    @property
    def words(self) -> tuple[str, ...]:
        """Return what it is in sentences."""
        return tuple(_words(self))

    def _repr_html_(self) -> str:
        """Return its sentences and tables, for a notebook."""
        return notebook.record(self.name, self.words, vars(self))


class RegionProfile(SettingProfile):
    """What is known of a region; see `SettingProfile`."""

    label = "Region"


class AreaProfile(SettingProfile):
    """What is known of a competence area; see `SettingProfile`."""

    label = "CompetenceArea"


AXES: dict[str, tuple[Callable[[Setting], sections.Axis], Callable[[Setting], sections.Axis]]] = {
    "Region": (sections.regions, sections.areas),
    "CompetenceArea": (sections.areas, sections.regions),
}


def region(graph: "Graph", projection: Projection, word: str) -> RegionProfile:
    """Return the profile of a region within the filter of a projection; see `SettingProfile`.

    Raises
    ------
    UsageProblem
        If it is unknown, or could be several; the message suggests the nearest.
    """
    return RegionProfile(**_profile(graph, projection, "Region", word))


def area(graph: "Graph", projection: Projection, word: str) -> AreaProfile:
    """Return the profile of a competence area within the filter of a projection; see `SettingProfile`.

    Raises
    ------
    UsageProblem
        As `region`.
    """
    return AreaProfile(**_profile(graph, projection, "CompetenceArea", word))


def _profile(graph: "Graph", projection: Projection, label: str, word: str) -> dict[str, Any]:
    partnerships = projection.partnerships
    own, other = (axis(partnerships.setting) for axis in AXES[label])
    (id,) = scope.resolve([word], own.nodes, label)
    under = scope.under([id], own.parts)
    inside = own.links.filter(pl.col(own.column).is_in(sorted(under)))["activity"].unique()
    counting = partnerships.incidence["activity"].unique()
    done = sections.activities(partnerships, inside.filter(inside.is_in(counting.implode())))
    about = claims.node(graph.store, label, id)
    said = claims.claims(graph.store, label, [id])
    return {
        "id": id,
        "name": str(about.pop("name", id)),
        "wholes": _wholes(own, id),
        "parts": _parts(partnerships, own, id, under),
        "organizations": sections.who(partnerships, own, under),
        "activities": done,
        "others": sections.rolled_up(other, done["activity"]).drop("declared"),
        "sources": claims.sources(graph.store, said, about.pop("sources", ())),  # type: ignore[arg-type]
        "statements": said.select("said", "label", "what_id", "what", "detail", "source", "record"),
        "about": {name: value for name, value in about.items() if name != "id"},
    }


def _wholes(axis: sections.Axis, id: str) -> pl.DataFrame:
    """What a region or area lies in, the nearest first."""
    steps, reached, here = [], {id}, [id]
    while here:
        above = axis.parts.filter(pl.col("start_id").is_in(here))["end_id"].unique().sort().to_list()
        here = [one for one in above if one not in reached]
        reached.update(here)
        steps += here
    order = pl.DataFrame({axis.column: steps}, schema={axis.column: pl.String})
    return order.join(_named(axis), on=axis.column, how="inner", maintain_order="left")


def _parts(partnerships: Partnerships, axis: sections.Axis, id: str, under: set[str]) -> pl.DataFrame:
    """What lies in a region or area directly, with what is done there and by how many, most first."""
    inside = axis.parts.filter(pl.col("end_id") == id)["start_id"].unique().sort()
    places = axis.links.filter(pl.col(axis.column).is_in(sorted(under)))[axis.column]
    wider = scope.over(places.unique(), axis.parts).rename({"id": axis.column})
    own = wider.filter(pl.col("wider").is_in(inside.implode()))
    done = axis.links.join(own, on=axis.column).join(partnerships.incidence, on="activity")
    figures = done.group_by("wider").agg(
        activities=pl.col("activity").n_unique().cast(pl.Int64),
        organizations=pl.col("organization").n_unique().cast(pl.Int64),
    )
    named = _named(axis).filter(pl.col(axis.column).is_in(inside.implode()))
    told = named.join(figures, left_on=axis.column, right_on="wider", how="left")
    counts = pl.col("activities", "organizations").fill_null(0)
    return told.with_columns(counts).sort(
        "activities", f"{axis.column}_name", axis.column, descending=[True, False, False]
    )


def _named(axis: sections.Axis) -> pl.DataFrame:
    return axis.nodes.select(
        pl.col("id").alias(axis.column), pl.coalesce("name", "id").alias(f"{axis.column}_name"), "kind"
    )


def _words(one: SettingProfile) -> Iterator[str]:
    active = one.organizations.filter(pl.col("activities") > 0)
    where = "in it" if one.label == "Region" else "on it"
    if active.height:
        since, until = one.years
        years = f" from {since} to {until}" if since else ""
        done = f"{counted(one.activities.height, 'activity')} {where} by {counted(active.height, 'organization')}"
        yield f"{done}{years}. Most active: {listed(active['organization_name'].to_list()[:NAMED])}."
    else:
        yield f"No activity {where} is recorded."
    only = one.organizations.filter((pl.col("activities") == 0) & pl.col("declared").is_not_null())
    if only.height:
        said = "declare to work in it or have their seat there" if one.label == "Region" else "declare it"
        yield f"{counted(only.height, 'organization')} {said} without an activity {where} that is recorded."
