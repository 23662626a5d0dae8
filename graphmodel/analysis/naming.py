"""Short names for groups of organizations, from what their members share."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from scipy.special import gammaln

FAMILIES = ("competence_areas", "regions", "kind")
"""Attributes of organizations that name a group, in the order of the words."""

LEVEL = 0.05


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
    A name tells what members have in common, not why they work together.

    Examples
    --------
    >>> nodes = {"a": {"regions": ["Africa"]}, "b": {"regions": ["Africa"]}, "c": {"regions": ["Africa"]}}
    >>> nodes |= {"x": {"regions": ["Asia"]}, "y": {"regions": ["Asia"]}, "z": {"regions": ["Asia"]}}
    >>> group_names(nodes, {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2, "z": 2})
    {1: 'Africa', 2: 'Asia'}
    """
    members: dict[int, list[str]] = {group: [] for group in sorted(set(groups.values()))}
    for id in sorted(groups):
        members[groups[id]].append(id)
    marks: dict[int, list[str]] = {group: [] for group in members}
    for family in FAMILIES:
        values = {id: _values(nodes[id].get(family)) for id in groups}
        for group, mark in _marks(values, members):
            marks[group].append(mark)
    return _distinct({group: ", ".join(words) or unnamed(group) for group, words in marks.items()})


def unnamed(group: int) -> str:
    """Return what a group is called that nothing marks out."""
    return f"Group {group}"


def _values(given: Any) -> frozenset[str]:
    return frozenset([given] if isinstance(given, str) else given or ())


def _marks(values: Mapping[str, frozenset[str]], members: Mapping[int, list[str]]) -> Iterator[tuple[int, str]]:
    """The value that marks a group out, for the groups that have one."""
    stating = sum(1 for known in values.values() if known)
    having = Counter(value for known in values.values() for value in known)
    for group, ids in members.items():
        drawn = sum(1 for id in ids if values[id])
        inside = Counter(value for id in ids for value in values[id])
        frequent = {value: count for value, count in inside.items() if count >= max(2, len(ids) / 2)}
        chances = [(_tail(count, stating, having[value], drawn), value) for value, count in frequent.items()]
        if chances and min(chances)[0] < LEVEL:
            yield group, min(chances)[1]


def _tail(count: int, population: int, having: int, drawn: int) -> float:
    """P(X >= count) for the number of `having` among `drawn` of a population (hypergeometric).

    >>> round(_tail(2, 4, 2, 2), 4)
    0.1667
    """
    x = np.arange(count, min(having, drawn) + 1)
    log = _log_choose(having, x) + _log_choose(population - having, drawn - x) - _log_choose(population, drawn)
    return float(np.exp(log).sum())


def _log_choose(n: Any, k: Any) -> Any:
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def _distinct(names: dict[int, str]) -> dict[int, str]:
    often = Counter(names.values())
    return {group: name if often[name] == 1 else f"{name} ({group})" for group, name in names.items()}
