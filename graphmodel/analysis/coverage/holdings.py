"""How participations are shared out among organizations."""

import polars as pl

LEADERS = 3


def holdings(held: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return how concentrated the participations are, a row for each value of `by`.

    Parameters
    ----------
    held : polars.DataFrame
        organization, activity and the columns of `by`; each row once.
    by : list of str
        Columns that make the rows.

    Returns
    -------
    polars.DataFrame
        The columns of `by`, then organizations, activities, participations, top_three, herfindahl, effective,
        largest, largest_share, leaders (ids of the three largest, equals by id), standing_out (how many of these hold
        more than an even share, and more than each who is not among them). Unsorted.

    Examples
    --------
    Shares of 2/4, 1/4 and 1/4: squared and added, 6/16.

    >>> rows = [("a", "x", "KE"), ("a", "y", "KE"), ("b", "x", "KE"), ("c", "y", "KE")]
    >>> held = pl.DataFrame(rows, schema=["organization", "activity", "region"], orient="row")
    >>> holdings(held, ["region"]).select("herfindahl", "top_three", "largest", "largest_share").row(0)
    (0.375, 1.0, 'a', 0.5)
    """
    activities = held.group_by(by).agg(pl.col("activity").n_unique().cast(pl.Int64).alias("activities"))
    of_each = held.group_by(*by, "organization").agg(pl.len().cast(pl.Int64).alias("took_part"))
    ordered = of_each.sort("took_part", "organization", descending=[True, False])
    every, counts = pl.col("took_part").sum(), pl.col("took_part")
    next_largest = counts.slice(LEADERS, 1).sum()  # 0 where there is none
    shared_out = ordered.group_by(by, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("organizations"),
        every.alias("participations"),
        (counts.head(LEADERS).sum() / every).alias("top_three"),
        ((counts**2).sum() / every**2).alias("herfindahl"),
        (every**2 / (counts**2).sum()).alias("effective"),
        pl.col("organization").first().alias("largest"),
        (counts.first() / every).alias("largest_share"),
        pl.col("organization").head(LEADERS).alias("leaders"),
        ((counts * pl.len() > every) & (counts > next_largest)).head(LEADERS).sum().alias("standing_out"),
    )
    joined = shared_out.join(activities, on=by)
    return joined.select(*by, "organizations", "activities", pl.exclude(*by, "organizations", "activities"))
