"""The projection of a two-mode network onto its organizations, step by step, as narwhals expressions.

incidence (organization, activity, started, ended)
    -> instances: a row for each pair and shared activity, and for each agreement
    -> pairs: a row for each pair
    -> figures of each pair

Each step takes and returns lazy frames of any engine.
"""

from collections.abc import Iterable
from typing import Any

import narwhals as nw

from graphmodel.analysis.ties import status
from graphmodel.analysis.ties.selection import EVERYTHING, Selection

UNIT = 2**40
"""Newman's strength is summed in units of 2^-40: a sum of integers is the same in any order."""


def degrees(incidence: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return organization, activities: the number of activities of each organization."""
    counted = incidence.group_by("organization").agg(nw.len().alias("activities"))
    return counted.with_columns(nw.col("activities").cast(nw.Int64))


def participants(incidence: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return activity, participants: the number of organizations in each activity of two or more."""
    return sizes(incidence).filter(nw.col("participants") > 1)


def sizes(incidence: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return activity, participants: the number of organizations in each activity."""
    counted = incidence.group_by("activity").agg(nw.len().alias("participants"))
    return counted.with_columns(nw.col("participants").cast(nw.Int64))


def shared_instances(
    incidence: nw.LazyFrame[Any], selection: Selection = EVERYTHING, part: nw.LazyFrame[Any] | None = None
) -> nw.LazyFrame[Any]:
    """Return a row for each pair and activity in common: source < target, and what it adds to the pair.

    `selection` says the day and the window of its status. `part` holds the rows of the organizations that are to be
    sources, where these are not all.
    """
    sources = incidence if part is None else part
    sized = sources.join(participants(incidence), on="activity").select(
        "activity",
        nw.col("organization").alias("source"),
        nw.lit(1, nw.Int8).alias("shared"),
        (nw.lit(UNIT, nw.Int64) // (nw.col("participants") - 1)).cast(nw.Int64).alias("units"),
        *_times(selection),
        nw.lit(0, nw.Int8).alias("formal"),
    )
    others = incidence.select("activity", nw.col("organization").alias("target"))
    # narwhals joins on equality only: both orders of a pair are made, and one is kept
    both_orders = sized.join(others, on="activity")
    return both_orders.filter(nw.col("source") < nw.col("target")).select(*_INSTANCE)


def formal_instances(agreements: nw.LazyFrame[Any], selection: Selection = EVERYTHING) -> nw.LazyFrame[Any]:
    """Return a row for each agreement, in the columns of `shared_instances`; it shares no activity."""
    nothing = nw.lit(0, nw.Int8).alias("shared"), nw.lit(0, nw.Int64).alias("units")
    formal = agreements.select("source", "target", *nothing, *_times(selection), nw.lit(1, nw.Int8).alias("formal"))
    return formal.select(*_INSTANCE)


def pairs(instances: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a row for each pair: its instances added up."""
    added = instances.group_by("source", "target").agg(
        nw.col("shared", "units").sum(), nw.col("first").min(), nw.col("last", "status", "formal").max()
    )
    # DuckDB makes the sums wider than 64 bits, and Parquet then holds them as floats
    return added.with_columns(nw.col("shared", "units", "first", "last").cast(nw.Int64))


def with_degrees(pairs: nw.LazyFrame[Any], degrees: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Add source_activities, target_activities: how many activities the ends take part in; null where in none."""
    for end in ("source", "target"):
        own = {"organization": end, "activities": f"{end}_activities"}
        pairs = pairs.join(degrees.rename(own), on=end, how="left")
    return pairs


def figures(pairs: nw.LazyFrame[Any], degrees: nw.LazyFrame[Any], more: Iterable[nw.Expr] = ()) -> nw.LazyFrame[Any]:
    """Return the figures of each pair: shared, strength, jaccard, overlap, first, last, status, basis.

    `more` is said of `with_degrees`, beside the figures.
    """
    shared, one, two = nw.col("shared"), nw.col("source_activities"), nw.col("target_activities")
    return with_degrees(pairs, degrees).select(
        "source",
        "target",
        "shared",
        (nw.col("units").cast(nw.Float64) / UNIT).alias("strength"),
        _part_of(one + two - shared).alias("jaccard"),
        _part_of(nw.min_horizontal(one, two)).alias("overlap"),
        "first",
        "last",
        status.word().alias("status"),
        _basis().alias("basis"),
        *more,
    )


def smaller_and_larger() -> list[nw.Expr]:
    """Return the smaller and the larger of both degrees that `with_degrees` adds, as columns of these names."""
    both = [nw.col(f"{end}_activities").fill_null(0) for end in ("source", "target")]
    return [nw.min_horizontal(*both).alias("smaller"), nw.max_horizontal(*both).alias("larger")]


_INSTANCE = ("source", "target", "shared", "units", "first", "last", "status", "formal")


def _times(selection: Selection) -> list[nw.Expr]:
    days = {"first": nw.col("started"), "last": nw.coalesce(nw.col("ended"), nw.col("started"))}
    years = [day.dt.year().cast(nw.Int32).alias(name) for name, day in days.items()]
    return [*years, status.rank(selection).alias("status")]


def _part_of(whole: nw.Expr) -> nw.Expr:
    """Shared activities as a part of `whole`; 0 where nothing is shared."""
    shared = nw.col("shared")
    return nw.when(shared > 0).then(shared.cast(nw.Float64) / whole).otherwise(nw.lit(0.0))


def _basis() -> nw.Expr:
    agreed = nw.when(nw.col("shared") == 0).then(nw.lit("formal")).otherwise(nw.lit("both"))
    return nw.when(nw.col("formal") == 0).then(nw.lit("shared")).otherwise(agreed)
