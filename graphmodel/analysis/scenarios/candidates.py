"""Those who could be in a set that covers areas, and the search through the sets that they can make."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations
from math import fsum
from operator import or_


@dataclass(frozen=True)
class Candidates:
    """Those who could be in a set.

    Attributes
    ----------
    ids : list of str
        Sorted.
    brings : list of int
        What each covers: bit 0 is set for the first area, bit 1 for the second, and so on.
    active : list of int
        How much each has done; more is better where all else is equal.
    tied : mapping from (id, id) to float
        The strength of each tie between two of them, the smaller id first.
    """

    ids: list[str]
    brings: list[int]
    active: list[int]
    tied: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def key(self, places: Sequence[int]) -> tuple[int, float, int, int, list[str]]:
        """Return what ranks a set, the best first: fewest new ties, most strength, overlap and activity, then ids."""
        members = sorted(self.ids[place] for place in places)
        pairs = list(combinations(members, 2))
        strengths = [self.tied[pair] for pair in pairs if pair in self.tied]
        brought = sum(self.brings[place].bit_count() for place in places)
        return len(pairs) - len(strengths), -fsum(strengths), -brought, -sum(self.active[p] for p in places), members


def eminent(candidates: Candidates, number: int) -> set[int]:
    """Return those who are worth a place without any tie to the other members.

    For any other, each of so many candidates brings as much and comes before it: the set would be better with one of
    them in its place.
    """
    kept: list[int] = []
    for place in sorted(range(len(candidates.ids)), key=lambda place: worth(candidates, place)):
        bits = candidates.brings[place]
        if sum(1 for other in kept if candidates.brings[other] & bits == bits) < number:
            kept.append(place)
    return set(kept)


def worth(candidates: Candidates, place: int) -> tuple[int, int, str]:
    """Return what ranks one alone, the best first: most areas, most activity, then the id."""
    return -candidates.brings[place].bit_count(), -candidates.active[place], candidates.ids[place]


@dataclass(frozen=True)
class _Part:
    """A set that is not complete yet.

    Attributes
    ----------
    members : tuple of int
    covered, without : int
        The areas that they bring, and those that nobody in the set is to bring.
    ties : int
        Pairs of members with a tie.
    lonely : frozenset of int
        Members that are not worth their place unless a tie to another is to come.
    """

    members: tuple[int, ...] = ()
    covered: int = 0
    without: int = 0
    ties: int = 0
    lonely: frozenset[int] = frozenset()


class Search:
    """Goes through sets: takes an area that few bring, tries each who does, or goes without where one may lack."""

    def __init__(self, candidates: Candidates, covered: int, size: int, eminent: set[int], steps: int) -> None:
        self.brings, self.covered, self.size, self.eminent = candidates.brings, covered, size, eminent
        self.steps = steps
        self.whole = reduce(or_, candidates.brings)
        self.most = max(bits.bit_count() for bits in candidates.brings)
        self.partners: dict[int, set[int]] = {place: set() for place in range(len(candidates.ids))}
        place = {id: number for number, id in enumerate(candidates.ids)}
        for one, other in candidates.tied:
            self.partners[place[one]].add(place[other])
            self.partners[place[other]].add(place[one])
        self.tried: set[int] = set()

    def sets(self, ties: int, among: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield the sets with exactly so many tied pairs, each once, its places sorted."""
        bits = range(self.whole.bit_length())
        bringing = {bit: [place for place in among if self.brings[place] >> bit & 1] for bit in bits}
        self.ties = ties
        self.bringing = {bit: bringing[bit] for bit in sorted(bits, key=lambda bit: (len(bringing[bit]), bit))}
        yield from self._complete(_Part())

    def _complete(self, part: _Part) -> Iterator[tuple[int, ...]]:
        left = self.size - len(part.members)
        if part.covered.bit_count() + left * self.most < self.covered or len(part.lonely) > self.ties - part.ties:
            return
        if not left:
            if part.ties == self.ties and not part.lonely:
                yield tuple(sorted(part.members))
            return
        area = next((bit for bit in self.bringing if not (part.covered | part.without) >> bit & 1), None)
        if area is None:
            return
        yield from self._with(part, area)
        without = part.without | 1 << area
        if (self.whole & ~without).bit_count() >= self.covered:
            yield from self._complete(replace(part, without=without))

    def _with(self, part: _Part, area: int) -> Iterator[tuple[int, ...]]:
        """Complete the set with each who brings the area; who was tried here is in no set that follows."""
        tried = []
        for place in self._possible(part, area):
            self.steps -= 1
            if self.steps < 0:
                break
            if place not in self.tried and not self.brings[place] & part.without:
                yield from self._complete(self._joined(part, place))
                self.tried.add(place)
                tried.append(place)
        self.tried.difference_update(tried)

    def _possible(self, part: _Part, area: int) -> list[int]:
        """Those who bring an area and have the ties that the set still needs, or leave room for them."""
        members, later = len(part.members), self.size - len(part.members) - 1
        to_come = later * members + later * (later + 1) // 2
        least = max(self.ties - part.ties - to_come, len(part.lonely) if not later else 0)
        if not least:
            return self.bringing[area]
        tied = Counter(other for member in part.members for other in self.partners[member])
        return sorted(place for place, times in tied.items() if times >= least and self.brings[place] >> area & 1)

    def _joined(self, part: _Part, place: int) -> _Part:
        partners = self.partners[place].intersection(part.members)
        lonely = part.lonely - partners | ({place} - self.eminent if not partners else set())
        ties = part.ties + len(partners)
        return _Part((*part.members, place), part.covered | self.brings[place], part.without, ties, frozenset(lonely))
