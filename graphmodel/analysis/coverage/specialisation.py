"""What a cell of regions and areas holds, next to what the size of its region and of its area lets expect."""

import polars as pl

CELL = ("region", "area")


def compared(every: pl.DataFrame, cells: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """Return region, area, expected, specialisation of the cells asked for, in their order.

    Parameters
    ----------
    every : polars.DataFrame
        region, area: the cells to tell of, empty ones too.
    cells : polars.DataFrame
        region, area, activities: the cells of the whole matrix that are not empty.
    placed : polars.DataFrame
        activity, region: all activities, on an area or not.

    Returns
    -------
    polars.DataFrame
        expected : the activities in the region times the area's share of all activities, each counted in each of its
        regions; 0 where the region or the area has none. Null where there is no activity at all.
        specialisation : Balassa's index, the area's share of what the region does, over its share of what all do; 1 is
        as everywhere. Null where the region has no activity on any of the areas, or the area none in any region.

    Examples
    --------
    Two of the three activities in Kenya are on health, three of the six everywhere: 2/3 over 3/6.

    >>> known = [("KE", "health", 2), ("KE", "culture", 1), ("ML", "health", 1), ("ML", "culture", 2)]
    >>> cells = pl.DataFrame(known, schema=[*CELL, "activities"], orient="row")
    >>> placed = pl.DataFrame({"activity": range(6), "region": ["KE", "KE", "KE", "ML", "ML", "ML"]})
    >>> compared(cells.select(CELL), cells, placed).row(0)
    ('KE', 'health', 1.5, 1.3333333333333333)
    """
    counts = cells.with_columns(pl.col("activities").cast(pl.Int64))
    in_region = placed.group_by("region").agg(pl.len().cast(pl.Int64).alias("in_region"))
    of_region = counts.group_by("region").agg(pl.col("activities").sum().alias("of_region"))
    of_area = counts.group_by("area").agg(pl.col("activities").sum().alias("of_area"))
    joined = every.select(CELL)
    for known, on in ((in_region, "region"), (of_region, "region"), (of_area, "area"), (counts, CELL)):
        joined = joined.join(known, on=on, how="left", maintain_order="left")
    inside, on_area = pl.col("in_region").fill_null(0), pl.col("of_area").fill_null(0)
    expected = pl.when(placed.height > 0).then(inside * on_area / placed.height)
    ratio = pl.col("activities").fill_null(0) * counts["activities"].sum() / (pl.col("of_region") * pl.col("of_area"))
    return joined.select(*CELL, expected=expected, specialisation=ratio)
