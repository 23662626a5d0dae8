"""Small sets of organizations that cover areas together, with the fewest pairs that have never worked together."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from graphmodel.analysis.scenarios.candidates import Candidates, Search, eminent, worth
from graphmodel.analysis.scenarios.covering import most_covered

STEPS = 500_000
"""Places in sets that are tried before the search is cut off: a few seconds."""


@dataclass(frozen=True)
class Best:
    """The best sets.

    Attributes
    ----------
    sets : list of lists of int
        Places of the members, each sorted; the best set first.
    covered : int
        How many areas each covers.
    whole : bool
        Whether all sets were looked at; if not, these are the best of those that were.
    """

    sets: list[list[int]]
    covered: int
    whole: bool


def most_and_fewest(brings: Sequence[int], k: int) -> tuple[int, int] | None:
    """Return the most areas that k sets cover, and how few cover as many; None where the search would be long.

    >>> most_and_fewest([0b011, 0b101, 0b110], 3)
    (3, 2)
    """
    sets = [_bits(bits) for bits in _largest(brings)]
    size = max(bits.bit_length() for bits in brings)
    reached = []
    for number in range(1, k + 1):
        chosen = most_covered(sets, size, number)
        if chosen is None:
            return None
        reached.append(len(set().union(*(sets[place] for place in chosen))))
        if len(reached) > 1 and reached[-1] == reached[-2]:
            return reached[-1], number - 1
    return reached[-1], k


def best_sets(candidates: Candidates, covered: int, size: int, number: int, steps: int = STEPS) -> Best:
    """Return the best sets of a size that cover so many areas, where no smaller set does and none covers more.

    The best has the fewest pairs without a tie; then the greatest strength of ties, the most areas brought by more than
    one, the most activity, the smallest ids. Sets are looked through by their number of ties, most first, so the
    search ends as soon as there are enough.

    Parameters
    ----------
    candidates : Candidates
    covered, size : int
        See `most_and_fewest`.
    number : int
        Sets wanted.
    steps : int
        Places in sets to try before the search is cut off.

    Examples
    --------
    >>> known = Candidates(["a", "b", "c"], [0b01, 0b10, 0b10], [1, 1, 1], {("a", "c"): 1.0})
    >>> best_sets(known, covered=2, size=2, number=2).sets
    [[0, 2], [0, 1]]
    """
    every = range(len(candidates.ids))
    chief = eminent(candidates, number)
    most = size * (size - 1) // 2
    some = Search(candidates, covered, size, chief, steps // 5)
    found = {places for ties in range(most, -1, -1) for places in some.sets(ties, sorted(chief))}
    found |= {_improved(candidates, _any(candidates, size), covered)} - {()}
    search = Search(candidates, covered, size, chief, steps)
    for new in range(most + 1):
        found |= set(search.sets(most - new, every))
        ranked = sorted(found, key=candidates.key)[:number]
        if search.steps < 0 or (len(ranked) == number and candidates.key(ranked[-1])[0] <= new):
            break
    return Best([list(places) for places in ranked], covered, search.steps >= 0)


def _largest(brings: Sequence[int]) -> list[int]:
    """Keep what no other contains, each once, sorted."""
    distinct = sorted(set(brings), key=lambda bits: (-bits.bit_count(), bits))
    kept: list[int] = []
    for bits in distinct:
        if not any(bits & other == bits for other in kept):
            kept.append(bits)
    return sorted(kept)


def _any(candidates: Candidates, size: int) -> tuple[int, ...]:
    """Return one set that covers the most, of those who bring most and have done most; it may not be the best."""
    largest = _largest(candidates.brings)
    order = sorted(range(len(candidates.ids)), key=lambda place: worth(candidates, place))
    first = {candidates.brings[place]: place for place in reversed(order)}
    chosen = most_covered([_bits(bits) for bits in largest], max(largest).bit_length(), size) or []
    return tuple(sorted(first[largest[place]] for place in chosen))


def _improved(candidates: Candidates, places: tuple[int, ...], covered: int) -> tuple[int, ...]:
    """Put others in the place of one member after the other as long as that makes a better set."""
    best = places
    for left in places:
        rest = tuple(place for place in best if place != left)
        brought = reduce(or_, (candidates.brings[place] for place in rest), 0)
        fits = [
            tuple(sorted((*rest, place)))
            for place, bits in enumerate(candidates.brings)
            if place not in rest and (brought | bits).bit_count() == covered
        ]
        best = min(fits, key=candidates.key)
    return best


def _bits(bits: int) -> list[int]:
    return [bit for bit in range(bits.bit_length()) if bits >> bit & 1]
