"""Checks of where things come from: loads that were cut off, nodes that no source describes."""

import polars as pl

from graphmodel.checks.facts import Facts, told
from graphmodel.plan import unfinished


def incomplete(facts: Facts) -> pl.DataFrame:
    """Find sources whose load or removal was cut off."""
    return told(unfinished(facts.nodes("Source")), "Source", pl.lit("incomplete"))


def undescribed(facts: Facts) -> pl.DataFrame:
    """Find nodes that no source describes any more."""
    parts = [
        told(nodes.filter(pl.col("sources").list.len().fill_null(0) == 0), type_.label, pl.lit("no source"))
        for type_ in facts.schema.nodes
        if type_.sourced
        for nodes in [facts.nodes(type_.label, ("id", "name", "sources"))]
    ]
    return pl.concat(parts)
