"""What the members of a group share more than chance would have it: regions, competence areas and kinds."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from graphmodel.analysis.significance.corrections import corrected
from graphmodel.analysis.significance.fixed import hypergeometric
from graphmodel.analysis.structure.engine import Floats

FAMILIES = ("competence_areas", "regions", "kind")
"""Attributes of organizations that are compared, in the order of the words."""

JOINS = {"competence_areas": "on", "regions": "in", "kind": "of the kind"}

LEVEL = 0.05

SCHEMA = {"group": pl.Int64(), "family": pl.Enum(FAMILIES), "value": pl.String()}


def shares(nodes: Mapping[str, Mapping[str, Any]], groups: Mapping[str, int]) -> pl.DataFrame:
    """Return how many in each group have each region, area and kind, and how likely so many would be by chance.

    Parameters
    ----------
    nodes : mapping from id to attributes
        kind (text), regions and competence_areas (lists of names); each may be missing.
    groups : mapping from id to int
        The group of each organization.

    Returns
    -------
    polars.DataFrame
        A row for each group and value that someone in it has, and two or more have in all:

        group, family, value
        members : how many in the group have it
        stating : how many in the group state the attribute at all
        expected : how many would have it, were the group drawn at random from all that state the attribute
        p : probability that so many or more would have it then (hypergeometric)
        q : the same, corrected for all groups and values that were compared (Benjamini and Hochberg)

        Sorted by group, family, p and value.

    References
    ----------
    Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57,
    289, 1995.

    Examples
    --------
    >>> nodes = {id: {"regions": ["Africa" if id in "abcd" else "Asia"]} for id in "abcdwxyz"}
    >>> found = shares(nodes, {id: 1 if id in "abcd" else 2 for id in nodes})
    >>> found.select("group", "value", "members", "expected", pl.col("p", "q").round(4)).row(0)
    (1, 'Africa', 4, 2.0, 0.0143, 0.0286)
    """
    stated = _stated(nodes, groups)
    counted = _counted(stated)
    chances = _chances(counted)
    # that nobody in a group has a value is a comparison too, with p = 1, and is not listed
    every = np.append(chances, np.ones(_comparisons(stated) - len(chances)))
    q = corrected(every, np.ones(len(every), np.int64), "bh")[: len(chances)]
    told = counted.with_columns(p=pl.Series(chances), q=pl.Series(q))
    columns = ("group", "family", "value", "members", "stating", "expected", "p", "q")
    return told.select(columns).sort("group", "family", "p", "value")


def marking(shared: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    """Return for each group the rows of what it shares beyond chance: the least probable of each family.

    Groups that share nothing beyond chance are left out.
    """
    beyond = shared.filter((pl.col("q") < LEVEL) & (pl.col("members") > pl.col("expected")))
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in beyond.unique(["group", "family"], keep="first", maintain_order=True).to_dicts():
        rows.setdefault(row["group"], []).append(row)
    return rows


def told(row: Mapping[str, Any], *, expected: bool = False) -> str:
    """Return what a row says in words, with what chance would give if wanted.

    >>> row = {"family": "regions", "value": "Africa", "members": 9, "stating": 14, "expected": 4.1, "q": 0.003}
    >>> told(row), told(row, expected=True)
    ('9 of 14 in Africa', '9 of 14 in Africa (expected 4.1, p = 0.003)')
    """
    text = f"{row['members']:,} of {row['stating']:,} {JOINS[row['family']]} {row['value']}"
    chance = "p < 0.001" if row["q"] < 0.001 else f"p = {row['q']:.3f}"
    return f"{text} (expected {row['expected']:,.1f}, {chance})" if expected else text


def _stated(nodes: Mapping[str, Mapping[str, Any]], groups: Mapping[str, int]) -> pl.DataFrame:
    """Return group, family, value, id: what each organization states, each value once."""
    rows = [
        (groups[id], family, value, id)
        for id in sorted(groups)
        for family in FAMILIES
        for value in sorted(_values(nodes[id].get(family)))
    ]
    return pl.DataFrame(rows, schema={**SCHEMA, "id": pl.String()}, orient="row")


def _values(given: Any) -> frozenset[str]:
    return frozenset([given] if isinstance(given, str) else given or ())


def _counted(stated: pl.DataFrame) -> pl.DataFrame:
    """Each group and value with what its chance depends on; values that one organization has are nobody's share."""
    organizations = pl.col("id").n_unique()
    of_all = stated.group_by("family").agg(organizations.alias("population"))
    of_group = stated.group_by("family", "group").agg(organizations.alias("stating"))
    of_value = stated.group_by("family", "value").agg(pl.len().alias("having")).filter(pl.col("having") > 1)
    inside = stated.group_by("group", "family", "value").agg(pl.len().alias("members"))
    counted = inside.join(of_value, on=["family", "value"]).join(of_group, on=["family", "group"])
    expected = pl.col("having") * pl.col("stating") / pl.col("population")
    return counted.join(of_all, on="family").with_columns(expected.alias("expected")).sort(list(SCHEMA))


def _chances(counted: pl.DataFrame) -> Floats:
    """P(X >= members), from one call for each family: its population is one number."""
    chances = np.ones(counted.height)
    for (population,), rows in counted.with_row_index().group_by("population"):
        one, other, shared = (rows[name].cast(pl.Int64).to_numpy() for name in ("having", "stating", "members"))
        chances[rows["index"].to_numpy()] = hypergeometric(int(population), one, other, shared).more
    return chances


def _comparisons(stated: pl.DataFrame) -> int:
    """How many groups and values are compared: in each family all groups that state it, with all shared values."""
    groups = stated.group_by("family").agg(pl.col("group").n_unique())
    values = stated.group_by("family", "value").len().filter(pl.col("len") > 1).group_by("family").len()
    return int(groups.join(values, on="family").select((pl.col("group") * pl.col("len")).sum()).item())
