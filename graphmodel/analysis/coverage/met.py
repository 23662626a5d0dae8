"""Who has ever worked with whom."""

from collections.abc import Collection
from dataclasses import replace

import polars as pl

from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import EVERYTHING


def met(partnerships: Partnerships, organizations: Collection[str] | None = None) -> pl.DataFrame:
    """Return source, target: the pairs that share an activity or have an agreement, whenever and wherever.

    Parameters
    ----------
    partnerships : Partnerships
    organizations : collection of str, optional
        Only pairs of these; otherwise of all that the filter leaves.

    Returns
    -------
    polars.DataFrame
        source < target; sorted. What a filter says of time, place, subject and role does not count here: those who
        worked together elsewhere or earlier have met.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "c"], "activity": ["x", "x", "y"]})
    >>> met(Partnerships(rows, pl.DataFrame({"id": ["a", "b", "c"], "name": ["A", "B", "C"]}))).rows()
    [('a', 'b')]
    """
    members = set(partnerships.organizations["id"])
    among = members if organizations is None else members & set(organizations)
    selection = replace(EVERYTHING, organizations=among)
    ties = alliances.ties(partnerships.participations, partnerships.agreements, selection)
    return ties.select("source", "target").sort("source", "target")


def never_met(partnerships: Partnerships, done: pl.DataFrame) -> pl.DataFrame:
    """Return organization and cell: who is in a cell with others, where no two of them have ever worked together.

    Parameters
    ----------
    partnerships : Partnerships
    done : polars.DataFrame
        organization, activity, and the columns that make a cell; each row once.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "c"], "activity": ["x", "x", "y"]})
    >>> known = Partnerships(rows, pl.DataFrame({"id": ["a", "b", "c"], "name": ["A", "B", "C"]}))
    >>> never_met(known, rows.with_columns(region=pl.lit("KE"))).rows()
    []
    >>> never_met(known, rows.filter(pl.col("organization") != "b").with_columns(region=pl.lit("KE"))).rows()
    [('a', 'KE'), ('c', 'KE')]
    """
    cell = [name for name in done.columns if name not in ("organization", "activity")]
    # most cells drop out here, before any pair is made
    shared = done.group_by("activity", *cell).len().filter(pl.col("len") > 1)
    apart = done.join(shared, on=cell, how="anti").select("organization", *cell).unique()
    several = apart.filter(pl.len().over(cell) > 1)
    pairs = met(partnerships, set(several["organization"]))
    first = several.rename({"organization": "source"}).join(pairs, on="source")
    both = first.join(several.rename({"organization": "target"}), on=["target", *cell], how="semi")
    return several.join(both, on=cell, how="anti").sort(several.columns)


def both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    """Return source, target: each pair in both orders.

    >>> both_ways(pl.DataFrame({"source": ["a"], "target": ["b"]})).rows()
    [('a', 'b'), ('b', 'a')]
    """
    return pl.concat([pairs, pairs.select(pl.col("target").alias("source"), pl.col("source").alias("target"))])
