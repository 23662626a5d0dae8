"""The key figures of a network within a filter: how many, how tied, of which kinds, since when."""

from dataclasses import dataclass

import polars as pl

from graphmodel.api.projection import Projection

STRONGEST = 10


@dataclass(frozen=True)
class Overview:
    """The key figures of a network within a filter.

    Attributes
    ----------
    organizations, taking_part, allied : int
        Those that the filter leaves; of these, the ones that took part in an activity, and the ones with an alliance.
    activities, alliances : int
        Activities in which one of them took part, and pairs of them that are tied.
    active : int
        Alliances that are active on the filter's day, or are presumed to be.
    strongest : polars.DataFrame
        The ten alliances with the most activities in common: source, source_name, target, target_name, shared, first,
        last, status.
    kinds : polars.DataFrame
        kind (null where none is stated), organizations, most first; of those that took part.
    years : polars.DataFrame
        year, activities: how many start in it; every year from the first to the last, none left out.
    undated : int
        Activities without a start, which `years` lacks.
    """

    organizations: int
    taking_part: int
    allied: int
    activities: int
    alliances: int
    active: int
    strongest: pl.DataFrame
    kinds: pl.DataFrame
    years: pl.DataFrame
    undated: int


def overview(projection: Projection) -> Overview:
    """Return the key figures of a projection.

    Examples
    --------
    >>> import tempfile
    >>> from graphmodel import api
    >>> with tempfile.TemporaryDirectory() as folder, api.open(f"{folder}/graph.lbug") as graph:
    ...     _ = graph.load_demonstration()
    ...     found = overview(graph.project(api.Filter(exclude=api.HUBS)))
    >>> found.activities, found.alliances, found.kinds.row(0)
    (41, 143, ('ngo', 50))
    """
    given, ties = projection.partnerships, projection.ties
    taking_part = given.profiles.filter(pl.col("activities") > 0)
    started = given.incidence.unique("activity")["started"]
    columns = ("shared", "first", "last", "status")
    return Overview(
        organizations=given.profiles.height,
        taking_part=taking_part.height,
        allied=pl.concat([ties["source"], ties["target"]]).n_unique(),
        activities=len(started),
        alliances=ties.height,
        active=ties.filter(pl.col("status") == "active").height,
        strongest=projection.named(ties.head(STRONGEST).select("source", "target", *columns)),
        kinds=taking_part.group_by("kind")
        .agg(organizations=pl.len())
        .sort("organizations", "kind", descending=[True, False]),
        years=_years(started.dt.year().drop_nulls()),
        undated=started.null_count(),
    )


def _years(years: pl.Series) -> pl.DataFrame:
    """Return year, activities, without a gap."""
    counted = pl.DataFrame({"year": years}).group_by("year").agg(activities=pl.len())
    first, last = years.min(), years.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return counted
    every = pl.DataFrame({"year": pl.Series(range(first, last + 1), dtype=counted["year"].dtype)})
    return every.join(counted, on="year", how="left", maintain_order="left").with_columns(
        pl.col("activities").fill_null(0)
    )
