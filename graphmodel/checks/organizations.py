"""Checks of organizations: one under several ids, in several countries, in nearly everything."""

import polars as pl

from graphmodel.checks.facts import Facts, alike, normalized, told

HUB_ACTIVITIES = 5
"""Among fewer activities than this, taking part in more than half of them says nothing."""


def same_name(facts: Facts) -> pl.DataFrame:
    """Find organizations that are called the same, but for case, accents and punctuation."""
    return told(alike(facts.organizations, normalized(pl.col("name"))), "Organization", _like())


def same_acronym(facts: Facts) -> pl.DataFrame:
    """Find organizations of different names with the same acronym, or whose name is the acronym of another."""
    known = facts.organizations.filter(pl.col("acronym").is_not_null())
    ids = known.select("id", "name", "acronym")
    by_name = facts.organizations.filter(pl.col("acronym").is_null()).select("id", "name", acronym="name")
    named = by_name.join(
        known.select(normalized(pl.col("acronym")).alias("_short")).unique(),
        how="semi",
        left_on=normalized(pl.col("acronym")),
        right_on="_short",
    )
    rows = pl.concat([ids, named])
    odd = alike(rows, normalized(pl.col("acronym")))
    names = facts.organizations.select("id", normalized(pl.col("name")).alias("_name"))
    return told(odd.join(names, on="id").sort("id"), "Organization", _like())


def _like() -> pl.Expr:
    return pl.format("like {}", pl.col("others").list.join(", "))


def several_countries(facts: Facts) -> pl.DataFrame:
    """Find organizations that are in one country by their property and in another by their seat, or have two seats."""
    own = facts.organizations.select("id", iso2="country").drop_nulls()
    seats = facts.ties("BASED_IN").join(facts.countries, left_on="end_id", right_on="id")
    both = pl.concat([own, seats.select("start_id", "iso2").rename({"start_id": "id"})]).unique()
    odd = both.group_by("id").agg(pl.col("iso2").sort()).filter(pl.col("iso2").list.len() > 1)
    rows = facts.organizations.join(odd, on="id", maintain_order="left")
    return told(rows, "Organization", pl.col("iso2").list.join(", "))


def hubs(facts: Facts) -> pl.DataFrame:
    """Find organizations in more than half of the activities."""
    total = facts.took_part["end_id"].n_unique()
    if total < HUB_ACTIVITIES:
        return told(facts.organizations.clear(), "Organization", pl.lit(""))
    counts = facts.took_part.group_by("start_id").len().filter(pl.col("len") * 2 > total)
    rows = facts.organizations.join(counts, left_on="id", right_on="start_id", maintain_order="left")
    return told(rows, "Organization", pl.format("{} of {} activities", "len", pl.lit(total)))
