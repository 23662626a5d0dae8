"""Who depends on one funder."""

from collections.abc import Collection

import numpy as np
import polars as pl

from graphmodel.analysis.structure.engine import Ints
from graphmodel.analysis.ties.partnerships import Partnerships

WORDS = ("fund", "donor", "financ")
"""A role with one of these in it means a funder, where the roles are not named."""


def only_funder(partnerships: Partnerships, ids: list[str], roles: Collection[str] = ()) -> Ints:
    """Return the number of the one funder that all funded activities of an organization have; -1 for none or several.

    Parameters
    ----------
    partnerships : Partnerships
    ids : list of str
        The organizations, in the order of their numbers.
    roles : collection of str
        Roles that mean a funder, in any case; without any, those with "fund", "donor" or "financ" in them.

    Notes
    -----
    An organization is not its own funder. Funders are looked for among all participations, since a filter by role may
    have left them out.

    Examples
    --------
    >>> rows = {"organization": ["a", "f"], "activity": ["x", "x"], "role": ["implementer", "Funding"]}
    >>> named = pl.DataFrame({"id": ["a", "f"], "name": ["Alpha", "Fund"]})
    >>> only_funder(Partnerships(pl.DataFrame(rows), named), ["a", "f"]).tolist()
    [1, -1]
    """
    found = np.full(len(ids), -1)
    if "role" not in partnerships.participations.columns:
        return found
    place = {id: number for number, id in enumerate(ids)}
    for organization, funder in _only(partnerships, roles).iter_rows():
        found[place[organization]] = place.get(funder, -1)
    return found


def _only(partnerships: Partnerships, roles: Collection[str]) -> pl.DataFrame:
    """Return organization, funder: those with a single one."""
    role = pl.col("role").str.to_lowercase()
    named = [text.lower() for text in roles]
    means = role.is_in(named) if named else role.str.contains_any(list(WORDS))
    funders = partnerships.participations.filter(means).select("activity", pl.col("organization").alias("funder"))
    funded = partnerships.incidence.join(funders.unique(), on="activity")
    pairs = funded.select("organization", "funder").unique().filter(pl.col("organization") != pl.col("funder"))
    single = pairs.group_by("organization").agg(pl.col("funder").n_unique().alias("funders"), pl.col("funder").first())
    return single.filter(pl.col("funders") == 1).select("organization", "funder").sort("organization")
