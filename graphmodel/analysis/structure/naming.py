"""Short names for groups of organizations, from what their members share."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import polars as pl

from graphmodel.analysis.structure.shares import LEVEL, shares


def group_names(nodes: Mapping[str, Mapping[str, Any]], groups: Mapping[str, int]) -> dict[int, str]:
    """Return a name for each group: the competence area, region and kind that mark it out.

    A value marks a group out if at least half of its members have it, and two or more, and if it is
    over-represented: so many, in a group of this size drawn from all grouped organizations that state the
    attribute, have a probability below .05 (hypergeometric). The least probable value of each is taken.

    Parameters
    ----------
    nodes : mapping from id to attributes
        kind (text), regions and competence_areas (lists of names); each may be missing.
    groups : mapping from id to int
        The group of each organization.

    Returns
    -------
    mapping from int to str
        In the order of the groups; "Group 3" where nothing marks group 3 out. Names are distinct: where two
        groups share one, their numbers are added.

    Notes
    -----
    A name tells what members have in common, not why they work together; no correction for the number of values that
    could have named a group is made, as in what `graphmodel.analysis.structure.shares` says of it.

    Examples
    --------
    >>> nodes = {id: {"regions": ["Africa" if id in "abcd" else "Asia"]} for id in "abcdwxyz"}
    >>> group_names(nodes, {id: 1 if id in "abcd" else 2 for id in nodes})
    {1: 'Africa', 2: 'Asia'}
    """
    return named(shares(nodes, groups), groups)


def named(shared: pl.DataFrame, groups: Mapping[str, int]) -> dict[int, str]:
    """Return the same from what `graphmodel.analysis.structure.shares.shares` found for these groups."""
    sizes = Counter(groups.values())
    marking = shared.filter((pl.col("p") < LEVEL) & (pl.col("members") >= 2))
    marks: dict[int, dict[str, str]] = {group: {} for group in sorted(sizes)}
    for group, family, value, members in marking.select("group", "family", "value", "members").rows():
        if members >= sizes[group] / 2:
            marks[group].setdefault(family, value)
    return _distinct({group: ", ".join(words.values()) or unnamed(group) for group, words in marks.items()})


def unnamed(group: int) -> str:
    """Return what a group is called that nothing marks out."""
    return f"Group {group}"


def _distinct(names: dict[int, str]) -> dict[int, str]:
    often = Counter(names.values())
    return {group: name if often[name] == 1 else f"{name} ({group})" for group, name in names.items()}
