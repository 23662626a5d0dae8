"""How many organizations are in a region and on an area, whether on both at once or not."""

import numpy as np
import polars as pl
from scipy import sparse


def in_both(present: pl.DataFrame, able: pl.DataFrame) -> pl.DataFrame:
    """Return region, area, in_both: the number of organizations that are in the region and on the area; 0 is left out.

    A sparse product: there may be hundreds of millions of organizations by region by area.

    Parameters
    ----------
    present : polars.DataFrame
        organization, region, each row once.
    able : polars.DataFrame
        organization, area, each row once.

    Examples
    --------
    >>> present = pl.DataFrame({"organization": ["a", "b"], "region": ["KE", "KE"]})
    >>> able = pl.DataFrame({"organization": ["a", "b", "b"], "area": ["edu", "edu", "health"]})
    >>> in_both(present, able).rows()
    [('KE', 'edu', 2), ('KE', 'health', 1)]
    """
    organizations = pl.concat([present["organization"], able["organization"]]).unique().sort()
    regions, areas = present["region"].unique().sort(), able["area"].unique().sort()
    of_region = _incidence(present["region"], regions, present["organization"], organizations)
    of_area = _incidence(able["area"], areas, able["organization"], organizations)
    counts = (of_region @ of_area.T).tocoo()
    columns = {"region": regions.gather(counts.row), "area": areas.gather(counts.col)}
    return pl.DataFrame({**columns, "in_both": pl.Series(counts.data, dtype=pl.UInt32)}).sort("region", "area")


def _incidence(rows: pl.Series, all_rows: pl.Series, columns: pl.Series, all_columns: pl.Series) -> sparse.csr_array:
    places = (rows.cast(pl.Enum(all_rows)).to_physical(), columns.cast(pl.Enum(all_columns)).to_physical())
    shape = (len(all_rows), len(all_columns))
    return sparse.csr_array((np.ones(len(rows), np.int64), tuple(place.to_numpy() for place in places)), shape)
