"""The ties of one organization, without those of all others."""

import narwhals as nw
import polars as pl

from graphmodel.analysis.ties import projection
from graphmodel.analysis.ties.frames import collected, lazy
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import agreed


def ties_of(partnerships: Partnerships, organization: str) -> pl.DataFrame:
    """Return the ties of one organization, with their figures, as they stand among all ties.

    Parameters
    ----------
    partnerships : Partnerships
    organization : str
        Its id.

    Returns
    -------
    polars.DataFrame
        The rows of `graphmodel.analysis.ties.alliances.ties` that name it, in their order. Only pairs of those who are
        in an activity with it are made, so that this is quick in a large network.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b", "b", "c"], "activity": ["x", "x", "y", "y"]})
    >>> club = Partnerships(rows, pl.DataFrame({"id": ["a", "b", "c"], "name": ["Ada", "Ben", "Cleo"]}))
    >>> ties_of(club, "a").select("source", "target", "shared", "jaccard").rows()
    [('a', 'b', 1, 0.5)]
    """
    selection = partnerships.selection
    took_part = partnerships.incidence
    own = took_part.filter(pl.col("organization") == organization)["activity"]
    beside = lazy(took_part.filter(pl.col("activity").is_in(own.implode())))
    its_own = (nw.col("source") == organization) | (nw.col("target") == organization)
    shared = projection.shared_instances(beside, selection).filter(its_own)
    formal = projection.formal_instances(agreed(lazy(partnerships.agreements), selection).filter(its_own), selection)
    pairs = projection.pairs(nw.concat([shared, formal])).filter(nw.col("shared") >= selection.least_shared)
    figures = projection.figures(pairs, projection.degrees(lazy(took_part)))
    ordered = figures.sort("shared", "strength", "source", "target", descending=[True, True, False, False])
    return collected(ordered).to_polars()
