"""Parts that several profiles have: tables of activities, of organizations, of regions and areas rolled up."""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from graphmodel import scope
from graphmodel.analysis.ties.partnerships import Partnerships, Setting

LEVELS = ("region", "subregion", "country", "place")


@dataclass(frozen=True)
class Axis:
    """Regions, or competence areas: the same questions are asked of both.

    Attributes
    ----------
    column : str
        region or competence_area.
    nodes : polars.DataFrame
        id, name, kind.
    parts : polars.DataFrame
        start_id, end_id: the first lies in the second.
    links : polars.DataFrame
        activity and `column`.
    declared : mapping from str to polars.DataFrame
        What organizations declare, by what it is in a word: organization and `column`.
    """

    column: str
    nodes: pl.DataFrame
    parts: pl.DataFrame
    links: pl.DataFrame
    declared: dict[str, pl.DataFrame]


def regions(setting: Setting) -> Axis:
    """Return the regions of a setting."""
    declared = {"seat": setting.based_in, "works there": setting.works_in}
    return Axis("region", setting.regions, setting.region_parts, setting.took_place_in, declared)


def areas(setting: Setting) -> Axis:
    """Return the competence areas of a setting."""
    declared = {"declared": setting.competent_in}
    return Axis("competence_area", setting.competence_areas, setting.area_parts, setting.addresses, declared)


def activities(partnerships: Partnerships, ids: pl.Series) -> pl.DataFrame:
    """Return what is known of activities, the latest first.

    Returns
    -------
    polars.DataFrame
        activity, activity_name, kind, started, ended, organizations (how many took part), regions and subjects (names)
        with regions_id and subjects_id.
    """
    setting = partnerships.setting
    known = partnerships.activities.filter(pl.col("id").is_in(ids.implode()))
    told = known.select(
        activity="id", activity_name=pl.coalesce("name", "id"), kind="kind", started="started", ended="ended"
    )
    for axis, name in ((regions(setting), "regions"), (areas(setting), "subjects")):
        told = told.join(_listed(axis, told["activity"], name), on="activity", how="left")
    took_part = partnerships.incidence.filter(pl.col("activity").is_in(ids.implode()))
    sizes = took_part.group_by("activity").agg(organizations=pl.len().cast(pl.Int64))
    sized = told.join(sizes, on="activity", how="left").with_columns(pl.col("organizations").fill_null(0))
    ordered = sized.select(*told.columns[:5], "organizations", "regions", "regions_id", "subjects", "subjects_id")
    return ordered.sort("started", "activity_name", "activity", descending=[True, False, False], nulls_last=True)


def _listed(axis: Axis, activities: pl.Series, name: str) -> pl.DataFrame:
    """The regions or areas of activities, as lists of names and of ids in the same order."""
    links = axis.links.filter(pl.col("activity").is_in(activities.implode()))
    nodes = axis.nodes.select(pl.col("id").alias(axis.column), pl.coalesce("name", "id").alias("name"))
    named = links.join(nodes, on=axis.column).sort("name", axis.column)
    return named.group_by("activity").agg(pl.col("name").alias(name), pl.col(axis.column).alias(f"{name}_id"))


def rolled_up(axis: Axis, activities: pl.Series, organization: str = "") -> pl.DataFrame:
    """Return where activities took place, or what they address, and all that this lies in short of the world.

    Parameters
    ----------
    axis : Axis
    activities : polars.Series
        Ids.
    organization : str
        Whose declarations count beside.

    Returns
    -------
    polars.DataFrame
        The column of the axis, its name, kind, activities (each counted once in what is wider, too), declared (list of
        words, rolled up likewise); most activities first.
    """
    column = axis.column
    links = axis.links.filter(pl.col("activity").is_in(activities.implode())).select("activity", column)
    words = [
        frame.filter(pl.col("organization") == organization).select(column, pl.lit(word).alias("declared"))
        for word, frame in axis.declared.items()
    ]
    said = pl.concat(words)
    wider = scope.over({*links[column], *said[column]}, axis.parts).rename({"id": column})
    done = links.join(wider, on=column).group_by("wider").agg(activities=pl.col("activity").n_unique().cast(pl.Int64))
    told = said.join(wider, on=column).group_by("wider").agg(pl.col("declared").unique().sort())
    found = done.join(told, on="wider", how="full", coalesce=True).rename({"wider": column})
    return _named(axis, found).sort("activities", f"{column}_name", column, descending=[True, False, False])


def _named(axis: Axis, found: pl.DataFrame) -> pl.DataFrame:
    """Rows by region or area with its name and kind before the figures; the world says nothing."""
    nodes = axis.nodes.select(
        pl.col("id").alias(axis.column), pl.coalesce("name", "id").alias(f"{axis.column}_name"), "kind"
    )
    named = found.join(nodes, on=axis.column).filter(pl.col("kind").ne_missing("world"))
    counts = [pl.col(name).fill_null(0) for name in ("activities", "organizations") if name in found.columns]
    rest = [name for name in found.columns if name != axis.column]
    return named.with_columns(counts).select(axis.column, f"{axis.column}_name", "kind", *rest)


def who(partnerships: Partnerships, axis: Axis, under: Collection[str]) -> pl.DataFrame:
    """Return the organizations that are active in regions or on areas, or declare it, the most active first.

    Returns
    -------
    polars.DataFrame
        organization, organization_name, kind, country, activities, first, last (years), declared (list of words).
    """
    inside = pl.col(axis.column).is_in(sorted(under))
    activities = axis.links.filter(inside)["activity"].unique()
    took_part = partnerships.incidence.filter(pl.col("activity").is_in(activities.implode()))
    done = took_part.group_by("organization").agg(
        activities=pl.len().cast(pl.Int64),
        first=pl.col("started").min().dt.year(),
        last=pl.coalesce("ended", "started").max().dt.year(),
    )
    words = [
        frame.filter(inside).select("organization", pl.lit(word).alias("declared"))
        for word, frame in axis.declared.items()
    ]
    said = pl.concat(words).group_by("organization").agg(pl.col("declared").unique().sort())
    found = done.join(said, on="organization", how="full", coalesce=True)
    named = found.join(_organizations(partnerships), on="organization")
    told = named.with_columns(pl.col("activities").fill_null(0)).select(
        "organization", "organization_name", "kind", "country", "activities", "first", "last", "declared"
    )
    return told.sort("activities", "organization_name", "organization", descending=[True, False, False])


def _organizations(partnerships: Partnerships) -> pl.DataFrame:
    known = partnerships.organizations
    return known.select(organization="id", organization_name=pl.coalesce("name", "id"), kind="kind", country="country")


def years(activities: pl.DataFrame, agreements: pl.DataFrame | None = None) -> tuple[int | None, int | None]:
    """Return the first and the last year of dated rows: started, ended."""
    dated = [frame.select("started", "ended") for frame in (activities, agreements) if frame is not None]
    every = pl.concat(dated).select(
        first=pl.min_horizontal("started", "ended"), last=pl.max_horizontal("started", "ended")
    )
    first, last = every["first"].min(), every["last"].max()
    return getattr(first, "year", None), getattr(last, "year", None)
