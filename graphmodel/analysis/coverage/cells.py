"""Pairs of organizations in the same cells, a cell being a region and a competence area."""

import polars as pl

from graphmodel.analysis.coverage.specialisation import CELL
from graphmodel.analysis.ties import alliances
from graphmodel.errors import UsageProblem
from graphmodel.network import ENDS


def pairs_of_all(active: pl.DataFrame, limit: int = alliances.PAIR_LIMIT) -> pl.DataFrame:
    """Return source, target, common: the pairs with a cell in common, source < target, and in how many.

    Parameters
    ----------
    active : polars.DataFrame
        organization, region, area, each row once.
    limit : int
        Most pairs, counted in each cell, to take on.

    Raises
    ------
    UsageProblem
        If there are more, before any is made.

    Examples
    --------
    >>> rows = [("a", "KE", "edu"), ("b", "KE", "edu"), ("c", "ML", "edu")]
    >>> pairs_of_all(pl.DataFrame(rows, schema=["organization", *CELL], orient="row")).rows()
    [('a', 'b', 1)]
    """
    numbered = active.select("organization", pl.struct(CELL).rank("dense").alias("activity"))
    if (instances := alliances.pair_instances(numbered)) > limit:
        raise UsageProblem(
            f"The organizations in the same cells make up to {instances:,} pairs, more than the limit of {limit:,}. "
            "Name one organization, or narrow down by region, competence or kind."
        )
    return alliances.ties(numbered, limit=None).select(*ENDS, pl.col("shared").alias("common"))


def pairs_of_one(active: pl.DataFrame, organization: str) -> pl.DataFrame:
    """Return source, target, common as `pairs_of_all`, of one organization, which is the source.

    >>> rows = [("a", "KE", "edu"), ("b", "KE", "edu"), ("c", "ML", "edu")]
    >>> pairs_of_one(pl.DataFrame(rows, schema=["organization", *CELL], orient="row"), "b").rows()
    [('b', 'a', 1)]
    """
    own = pl.col("organization") == organization
    others = active.filter(~own).join(active.filter(own), on=CELL, how="semi")
    counted = others.group_by(pl.col("organization").alias("target")).agg(pl.len().cast(pl.Int64).alias("common"))
    return counted.select(pl.lit(organization).alias("source"), "target", "common")


def similarity(pairs: pl.DataFrame, active: pl.DataFrame) -> pl.DataFrame:
    """Add jaccard: the cells in common over the cells of either."""
    sizes = active.group_by("organization").agg(pl.len().cast(pl.Int64).alias("cells"))
    for end in ENDS:
        sized = sizes.rename({"organization": end, "cells": f"{end}_cells"})
        pairs = pairs.join(sized, on=end, how="left")
    either = pl.col("source_cells") + pl.col("target_cells") - pl.col("common")
    return pairs.with_columns(jaccard=pl.col("common") / either).drop("source_cells", "target_cells")


def cells_in_common(pairs: pl.DataFrame, active: pl.DataFrame) -> pl.DataFrame:
    """Return source, target, region, area, organizations: a row for each cell of each pair, the rarest cell first.

    `organizations` says how many are active in the cell.
    """
    sized = active.with_columns(organizations=pl.len().over(CELL).cast(pl.Int64))
    of_source = pairs.select(ENDS).join(sized.rename({"organization": "source"}), on="source")
    of_target = active.rename({"organization": "target"})
    return of_source.join(of_target, on=["target", *CELL], how="semi").sort(*ENDS, "organizations", *CELL)


def partners_in_common(pairs: pl.DataFrame, both_ways: pl.DataFrame) -> pl.DataFrame:
    """Return source, target, partner: a row for each who has worked with both.

    Parameters
    ----------
    pairs : polars.DataFrame
        source, target.
    both_ways : polars.DataFrame
        source, target: who has worked with whom, in both orders.
    """
    of_source = pairs.select(ENDS).join(both_ways.rename({"target": "partner"}), on="source")
    of_target = both_ways.select(pl.col("source").alias("target"), pl.col("target").alias("partner"))
    return of_source.join(of_target, on=["target", "partner"], how="semi").sort(*ENDS, "partner")
