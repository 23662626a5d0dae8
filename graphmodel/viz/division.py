"""How the organizations of a large network fall into groups that have a mark on the map, and what these are like."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import networkx as nx
import numpy as np

from graphmodel.viz.forces import Indices
from graphmodel.viz.palette import LOOKS, OTHER
from graphmodel.viz.variables import Colors, Entry

MOST = 40  # groups with a mark of their own
FEWEST = 5  # members of such a group
NAMED = 20  # members that a group is known by
TOLD = 4  # values of the colour that are counted in words
REST = "rest"


class Division:
    """The organizations, divided into the groups that have a mark."""

    def __init__(
        self, network: nx.Graph, groups: Mapping[str, int], most: int | None = MOST, fewest: int = FEWEST
    ) -> None:
        """Give every organization its mark: the largest groups have one of their own, `most` of them, or all."""
        self.network = network
        self.ids = sorted(network)
        counts = Counter(groups[id] for id in self.ids if id in groups)
        ordered = sorted(counts, key=lambda number: (-counts[number], number))
        large = [number for number in ordered if counts[number] >= fewest][:most] or ordered[:most]
        mark_of = {number: place for place, number in enumerate(large)}
        self.small = len(counts) - len(large)  # groups without a mark of their own
        self.owner = np.array([mark_of.get(groups.get(id, -1), len(large)) for id in self.ids], dtype=np.int64)
        self.sizes = np.bincount(self.owner, minlength=len(large))
        self.marks = [str(number) for number in large] + [REST] * (len(self.sizes) > len(large))

    @property
    def rest_name(self) -> str:
        """What those are called that share a mark."""
        return f"{self.small:,} small groups" if self.small > 1 else "Small group" if self.small else "In no group"

    @cached_property
    def ends(self) -> Indices:
        """Both ends of each alliance, as places among the ids."""
        index = {id: place for place, id in enumerate(self.ids)}
        size = self.network.size()
        flat = np.fromiter((index[end] for pair in self.network.edges() for end in pair), np.int64, 2 * size)
        ends = flat.reshape(-1, 2)
        return np.asarray(ends[ends[:, 0] != ends[:, 1]])

    @cached_property
    def between(self) -> Indices:
        """How many alliances any two groups have with each other, and each within it."""
        n = len(self.marks)
        first, second = np.sort(self.owner[self.ends], axis=1).T
        upper = np.bincount(first * n + second, minlength=n * n).reshape(n, n)
        return np.asarray(upper + np.triu(upper, 1).T)

    @cached_property
    def degrees(self) -> Indices:
        """Partners of each organization."""
        return np.bincount(self.ends.ravel(), minlength=len(self.ids))

    def best_known(self, place: int) -> list[int]:
        """The most connected members of a group, most first."""
        members = np.flatnonzero(self.owner == place)
        return list(members[np.argsort(-self.degrees[members], kind="stable")][:NAMED])


class Majority:
    """The colour of each group: that of more than half of its members, if there is one."""

    def __init__(self, division: Division, coloring: Colors, noun: str = "groups") -> None:
        """Count the colours of the members of each group; `noun` is what groups are called."""
        self.of_members = coloring
        self._noun = noun
        entries = np.array([coloring.entries[id] for id in division.ids], dtype=np.int64)
        width = len(coloring.legend)
        flat = np.bincount(division.owner * width + entries, minlength=len(division.marks) * width)
        self.counts = flat.reshape(-1, width)
        leading = self.counts.argmax(axis=1)
        clear = 2 * self.counts.max(axis=1) > division.sizes
        self._entry = [int(entry) if sure else width for entry, sure in zip(leading, clear, strict=True)]
        self._used = sorted(set(self._entry))
        self.entries = [self._used.index(entry) for entry in self._entry]

    @property
    def legend(self) -> tuple[Entry, ...]:
        """The entries that groups have."""
        return tuple(self._legend_entry(entry, self._entry.count(entry)) for entry in self._used)

    def _legend_entry(self, entry: int, count: int) -> Entry:
        if entry == len(self.of_members.legend):
            return Entry("no majority", OTHER, count)
        known = self.of_members.legend[entry]
        if not self.of_members.title:
            return Entry(f"all {self._noun}", known.look, count)
        return Entry(known.label, replace(known.look, shape="dot") if known.look in LOOKS else known.look, count)

    def in_words(self, place: int) -> tuple[str, ...]:
        """How many members have which value, the most frequent first."""
        counts = self.counts[place]
        order = [int(entry) for entry in np.argsort(-counts, kind="stable") if counts[entry]]
        told = tuple(f"{self.of_members.legend[entry].label}: {counts[entry]:,}" for entry in order[:TOLD])
        left = int(counts[order[TOLD:]].sum())
        return (*told, *([f"others: {left:,}"] if left else []))
