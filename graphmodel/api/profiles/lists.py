"""Lists of all organizations, activities, regions and competence areas within a filter."""

from collections.abc import Callable

import polars as pl

from graphmodel import scope
from graphmodel.api.filter import words
from graphmodel.api.profiles import sections
from graphmodel.api.projection import Projection


def organizations(projection: Projection) -> pl.DataFrame:
    """Return the organizations that a filter leaves, the most active first.

    Returns
    -------
    polars.DataFrame
        organization, organization_name, acronym, kind, country, activities, partners (with whom it shares one, or has
        an agreement), first, last (years).
    """
    partnerships = projection.partnerships
    ends = [projection.ties.select(organization=end) for end in ("source", "target")]
    partners = pl.concat(ends).group_by("organization").agg(partners=pl.len().cast(pl.Int64))
    known = partnerships.organizations.select(
        "acronym", "kind", "country", organization="id", organization_name=pl.coalesce("name", "id")
    )
    told = known.join(_active(partnerships.incidence, "organization", "activities"), on="organization", how="left")
    counted = told.join(partners, on="organization", how="left").with_columns(
        pl.col("activities", "partners").fill_null(0)
    )
    columns = ("acronym", "kind", "country", "activities", "partners", "first", "last")
    ordered = counted.select("organization", "organization_name", *columns)
    return ordered.sort(
        "activities", "partners", "organization_name", "organization", descending=[True, True, False, False]
    )


def activities(projection: Projection) -> pl.DataFrame:
    """Return the activities that somebody took part in within a filter, the latest first; see `OrganizationProfile`.

    Activities that nobody took part in are listed where a filter asks for nothing.
    """
    counting = projection.partnerships.incidence["activity"].unique()
    every = counting if words(projection.within) else projection.activities["id"]
    return sections.activities(projection.partnerships, every)


def regions(projection: Projection) -> pl.DataFrame:
    """Return the regions in which something is done, or where an organization is or works, the most active first.

    Returns
    -------
    polars.DataFrame
        region, region_name, kind, activities, organizations (active there), declared (organizations that have their
        seat there or say that they work there); what lies in another counts there, too.
    """
    return _settings(projection, sections.regions(projection.partnerships.setting))


def areas(projection: Projection) -> pl.DataFrame:
    """Return the competence areas on which something is done, or that an organization declares, likewise."""
    return _settings(projection, sections.areas(projection.partnerships.setting))


LISTS: dict[str, Callable[[Projection], pl.DataFrame]] = {
    "organizations": organizations,
    "activities": activities,
    "regions": regions,
    "areas": areas,
}


def _active(incidence: pl.DataFrame, by: str, name: str) -> pl.DataFrame:
    """How many rows, and the years of the first and the last."""
    return incidence.group_by(by).agg(
        pl.len().cast(pl.Int64).alias(name),
        first=pl.col("started").min().dt.year(),
        last=pl.coalesce("ended", "started").max().dt.year(),
    )


def _settings(projection: Projection, axis: sections.Axis) -> pl.DataFrame:
    incidence, column = projection.partnerships.incidence, axis.column
    said = pl.concat([frame.select("organization", column) for frame in axis.declared.values()])
    links = axis.links.join(incidence.select("activity").unique(), on="activity", how="semi")
    wider = scope.over({*links[column], *said[column]}, axis.parts).rename({"id": column})
    placed = links.join(wider, on=column).select("activity", "wider").unique()
    done = placed.group_by("wider").agg(activities=pl.len().cast(pl.Int64))
    who = placed.join(incidence, on="activity").group_by("wider").agg(organizations=pl.col("organization").n_unique())
    told = said.join(wider, on=column).group_by("wider").agg(declared=pl.col("organization").n_unique())
    found = done.join(who, on="wider", how="left").join(told, on="wider", how="full", coalesce=True)
    counts = [pl.col(name).cast(pl.Int64).fill_null(0) for name in ("activities", "organizations", "declared")]
    named = axis.nodes.select("kind", wider="id", name=pl.coalesce("name", "id"))
    counted = found.join(named, on="wider").with_columns(counts)
    ordered = counted.select("wider", "name", "kind", "activities", "organizations", "declared").sort(
        "activities", "declared", "name", "wider", descending=[True, True, False, False]
    )
    return ordered.rename({"wider": column, "name": f"{column}_name"})
