"""Spells: the unbroken runs of calendar years in which something lasts, merged from intervals that may overlap."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

BASE = 2**15
"""More than any year: group and year make one number that sorts as both do."""


@dataclass(frozen=True)
class Spells:
    """Runs of years, by group and first year.

    Attributes
    ----------
    group, first, last : arrays of int
        Whose it is, and its first and last year.
    initial : array of bool
        Whether the group has no earlier spell.
    of : array of int
        For each of the intervals that were merged, the number of its spell.
    """

    group: Ints
    first: Ints
    last: Ints
    initial: Bools
    of: Ints

    def active(self, years: Ints) -> Ints:
        """Return how many last in each of these years."""
        return np.searchsorted(np.sort(self.first), years, "right") - np.searchsorted(np.sort(self.last), years)


def spells(group: Ints, first: Ints, last: Ints) -> Spells:
    """Merge intervals of years, sorted by group and first year, where they overlap or follow each other.

    Parameters
    ----------
    group, first, last : arrays of int
        Groups from 0; years from 1 to 9,999 and a little more. first <= last.

    Examples
    --------
    >>> found = spells(np.array([0, 0, 0, 1]), np.array([2001, 2003, 2007, 2002]), np.array([2002, 2004, 2007, 2002]))
    >>> found.first, found.last, found.initial
    (array([2001, 2007, 2002]), array([2004, 2007, 2002]), array([ True, False,  True]))
    """
    reached = np.maximum.accumulate(group * BASE + last)
    begins = np.ones(len(group), np.bool_)
    begins[1:] = group[1:] * BASE + first[1:] > reached[:-1] + 1
    start = np.flatnonzero(begins)
    end = np.append(start[1:], len(group))[: len(start)] - 1
    own = group[start]
    return Spells(
        group=own,
        first=first[start],
        last=reached[end] - own * BASE,
        initial=np.diff(own, prepend=-1) > 0,
        of=np.cumsum(begins) - 1,
    )


def merged(group: Ints, first: Ints, last: Ints) -> Spells:
    """Merge intervals in any order; `of` then counts in the order of `group` and `first`."""
    order = np.argsort(group * BASE + first, kind="stable")
    return spells(group[order], first[order], last[order])


def often(years: Ints, among: Ints) -> Ints:
    """Return how often each year is among these.

    >>> often(np.array([2001, 2002]), np.array([2002, 2000, 2002]))
    array([0, 2])
    """
    ordered = np.sort(among)
    return np.searchsorted(ordered, years, "right") - np.searchsorted(ordered, years)
