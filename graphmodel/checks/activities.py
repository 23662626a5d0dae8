"""Checks of activities: what is missing, upside down, or told differently by two sources."""

import polars as pl

from graphmodel.checks.facts import Facts, normalized, told


def without_organization(facts: Facts) -> pl.DataFrame:
    """Find activities in which nobody took part."""
    alone = facts.activities.join(facts.took_part, left_on="id", right_on="end_id", how="anti", maintain_order="left")
    return told(alone, "Activity", pl.lit("no organization"))


def without_partner(facts: Facts) -> pl.DataFrame:
    """Find activities in which one organization took part and nobody else."""
    single = facts.took_part.group_by("end_id").agg(pl.len(), pl.col("start_id").first()).filter(pl.col("len") == 1)
    rows = facts.activities.join(single, left_on="id", right_on="end_id", maintain_order="left")
    return told(rows, "Activity", pl.format("only {}", "start_id"))


def without_place(facts: Facts) -> pl.DataFrame:
    """Find activities without a region."""
    places = facts.ties("TOOK_PLACE_IN")
    nowhere = facts.activities.join(places, left_on="id", right_on="start_id", how="anti", maintain_order="left")
    return told(nowhere, "Activity", pl.lit("no region"))


def without_date(facts: Facts) -> pl.DataFrame:
    """Find activities that neither begin nor end."""
    rows = facts.activities.filter(pl.col("started").is_null(), pl.col("ended").is_null())
    return told(rows, "Activity", pl.lit("neither start nor end"))


def upside_down(facts: Facts) -> pl.DataFrame:
    """Find what ends before it starts: activities, agreements, memberships."""
    backwards = pl.col("ended") < pl.col("started")
    dates = pl.format("started {}, ended {}", "started", "ended")
    parts = [told(facts.activities.filter(backwards), "Activity", dates)]
    for name in ("PARTNERED_WITH", "MEMBER_OF"):
        rows = facts.ties(name, only=("start_id", "end_id", "started", "ended")).filter(backwards)
        named = rows.with_columns(id=pl.col("start_id"), name=pl.format("{} and {}", "start_id", "end_id"))
        parts.append(told(named, name, dates))
    return pl.concat(parts)


def without_currency(facts: Facts) -> pl.DataFrame:
    """Find amounts of money in no currency: budgets and contributions."""
    bare = pl.col("currency").is_null()
    budgets = facts.activities.filter(pl.col("budget").is_not_null(), bare)
    took_part = facts.ties("PARTICIPATED_IN", only=("start_id", "end_id", "contribution", "currency"))
    given = took_part.filter(pl.col("contribution").is_not_null(), bare)
    named = given.with_columns(id=pl.col("start_id"), name=pl.format("{} in {}", "start_id", "end_id"))
    return pl.concat(
        [
            told(budgets, "Activity", pl.format("budget {}", "budget")),
            told(named, "PARTICIPATED_IN", pl.format("contribution {}", "contribution")),
        ]
    )


def disagreement(facts: Facts) -> pl.DataFrame:
    """Find activities of one name, each from a source of its own, whose dates or kind differ.

    Where one source has several activities of the name (a fair that is held every year), nothing is said.
    """
    compared = ("started", "ended", "kind")
    rows = facts.activities.with_columns(normalized(pl.col("name")).alias("_key")).filter(pl.col("_key").is_not_null())
    rows = rows.filter(pl.len().over("_key") > 1)
    claims = rows.explode("sources", empty_as_null=True, keep_nulls=True)
    sources = claims.group_by("_key").agg(pl.col("sources").drop_nulls().n_unique(), pl.len())
    apart = sources.filter(pl.col("sources") == pl.col("len"))
    differs = pl.any_horizontal(pl.col(name).drop_nulls().n_unique().over("_key") > 1 for name in compared)
    odd = rows.join(apart, on="_key", how="semi").filter(differs)
    text = pl.concat_str(
        pl.col("id"), *(pl.col(name).cast(pl.String).fill_null("?") for name in compared), separator=" "
    )
    others = odd.group_by("_key").agg(text.sort().head(5).str.join("; ").alias("_told"))
    return told(odd.join(others, on="_key").sort("_key", "id"), "Activity", pl.col("_told"))
