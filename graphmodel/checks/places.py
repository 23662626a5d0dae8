"""Checks of places: points far from their country, regions outside the world, circles."""

from collections.abc import Iterator

import networkx as nx
import polars as pl

from graphmodel.checks.facts import Facts, told

TOLERANCE = 1500
"""Kilometres that a point may lie from the point of its country."""
LARGE = {"RU": 7000, "US": 6500, "CA": 3500, "CN": 3000, "BR": 3200, "AU": 3000, "ID": 3000, "CL": 4000, "KI": 3500} | {
    "AR": 2500,
    "IN": 2200,
    "MX": 2200,
    "JP": 2200,
    "FM": 2200,
    "ES": 2100,
    "PT": 2100,
    "KZ": 1800,
    "GL": 1800,
    "NZ": 1800,
    "PF": 1800,
    "EC": 1800,
    "NO": 2200,
}
"""The same, for countries that reach further or have islands far away."""
EARTH_RADIUS = 6371.0
FITS = 500
"""Kilometres from the country within which a point that was written wrongly would lie."""


def wrong_country(facts: Facts) -> pl.DataFrame:
    """Find points that lie further from the point of their country than the country reaches.

    A country's own point comes from its Region; where that has none, nothing is said. The country of an activity is
    that of its regions: the nearest counts. The tolerance is coarse, so a point just over the border is not found.
    """
    regions = facts.regions
    is_country = pl.col("iso2").is_not_null() & ((pl.col("kind") == "country") | pl.col("kind").is_null())
    points = regions.filter(is_country).select("iso2", y="latitude", x="longitude").drop_nulls().unique("iso2")
    activities = facts.ties("TOOK_PLACE_IN").join(facts.countries, left_on="end_id", right_on="id")
    pairs = {
        "Organization": facts.organizations.with_columns(iso2="country"),
        "Activity": facts.activities.join(activities.unique(), left_on="id", right_on="start_id"),
        "Region": regions.drop("iso2").join(facts.countries, on="id"),
    }
    return pl.concat([_far(rows.join(points, on="iso2"), label) for label, rows in pairs.items()])


def _far(rows: pl.DataFrame, label: str) -> pl.DataFrame:
    """Find the points too far from (y, x), the point of their country."""
    latitude, longitude = pl.col("latitude"), pl.col("longitude")
    away = rows.with_columns(
        distance(latitude, longitude).alias("_away"),
        pl.col("iso2").replace_strict(LARGE, default=TOLERANCE, return_dtype=pl.Int64).alias("_reach"),
    ).drop_nulls("_away")
    nearest = away.sort("_away").unique("id", keep="first", maintain_order=True)
    far = nearest.filter(pl.col("_away") > pl.col("_reach"))
    hint = (
        pl.when(distance(longitude, latitude) < FITS)
        .then(pl.lit("; exchanged, latitude and longitude would fit"))
        .when(pl.min_horizontal(distance(-latitude, longitude), distance(latitude, -longitude)) < FITS)
        .then(pl.lit("; with another sign it would fit"))
        .otherwise(pl.lit(""))
    )
    return told(
        far.sort("id"), label, pl.format("{} km from {}{}", pl.col("_away").round().cast(pl.Int64), "iso2", hint)
    )


def distance(latitude: pl.Expr, longitude: pl.Expr) -> pl.Expr:
    """Return the kilometres to the point (y, x) on a sphere, by the haversine formula."""
    north, east = (latitude - pl.col("y")).radians(), (longitude - pl.col("x")).radians()
    chord = (north / 2).sin() ** 2 + latitude.radians().cos() * pl.col("y").radians().cos() * (east / 2).sin() ** 2
    return 2 * EARTH_RADIUS * chord.clip(0, 1).sqrt().arcsin()


def outside_world(facts: Facts) -> pl.DataFrame:
    """Find regions from which no way leads up to a region of kind `world`."""
    down = nx.DiGraph(facts.region_parts.select("end_id", "start_id").iter_rows())
    worlds = facts.regions.filter(pl.col("kind") == "world")["id"].to_list()
    inside = set(worlds).union(*(nx.descendants(down, world) for world in worlds if world in down))
    rows = facts.regions.filter(~pl.col("id").is_in(list(inside)))
    return told(rows, "Region", pl.lit("not under the world"))


def circles(facts: Facts) -> pl.DataFrame:
    """Find what is part of itself, by however many steps."""
    return pl.concat([_circles(facts, label) for label in _with_parts(facts)])


def _with_parts(facts: Facts) -> Iterator[str]:
    return (item.start for item in facts.schema.relationships if item.name == "PART_OF" and item.start == item.end)


def _circles(facts: Facts, label: str) -> pl.DataFrame:
    graph = nx.DiGraph(facts.ties("PART_OF", label).iter_rows())
    groups = [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    rows = [(one, ", ".join(group[:5])) for group in groups for one in group]
    found = pl.DataFrame(rows, schema={"id": pl.String, "_with": pl.String}, orient="row")
    named = facts.nodes(label, ("id", "name")).join(found, on="id", maintain_order="left")
    return told(named, label, pl.format("in a circle of {}", "_with"))
