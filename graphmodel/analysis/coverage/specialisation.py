"""What a cell of regions and areas holds, next to what the size of its region and of its area lets expect."""

import polars as pl

CELL = ("region", "area")


def compared(cells: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """Return region, area, expected, specialisation: of each region with each area that has an activity.

    Parameters
    ----------
    cells : polars.DataFrame
        region, area, activities: the cells of the whole matrix that are not empty.
    placed : polars.DataFrame
        activity, region: all activities, on an area or not.

    Returns
    -------
    polars.DataFrame
        expected : the activities in the region times the area's share of all activities, each counted in each of its
        regions
        specialisation : Balassa's index, the area's share of what the region does, over its share of what all do; 1 is
        as everywhere. Null in a region without an activity on any of the areas.

    Examples
    --------
    Two of the three activities in Kenya are on health, three of the six everywhere: 2/3 over 3/6.

    >>> known = [("KE", "health", 2), ("KE", "culture", 1), ("ML", "health", 1), ("ML", "culture", 2)]
    >>> cells = pl.DataFrame(known, schema=[*CELL, "activities"], orient="row")
    >>> placed = pl.DataFrame({"activity": range(6), "region": ["KE", "KE", "KE", "ML", "ML", "ML"]})
    >>> compared(cells, placed).sort(*CELL, descending=[False, True]).row(0)
    ('KE', 'health', 1.5, 1.3333333333333333)
    """
    in_region = placed.group_by("region").agg(pl.len().cast(pl.Int64).alias("in_region"))
    of_region = cells.group_by("region").agg(pl.col("activities").sum().alias("of_region"))
    of_area = cells.group_by("area").agg(pl.col("activities").sum().alias("of_area"))
    every = in_region.join(of_region, on="region", how="left").join(of_area, how="cross")
    expected = pl.col("in_region") * pl.col("of_area") / placed.height
    ratio = pl.col("activities").fill_null(0) * cells["activities"].sum() / (pl.col("of_region") * pl.col("of_area"))
    joined = every.join(cells, on=CELL, how="left")
    return joined.select(*CELL, expected=expected, specialisation=ratio)
