"""Which rectangles of a picture are taken, and how much they matter: text never yields, a mark may."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator

Box = tuple[float, float, float, float]  # left, top, right, bottom

TEXT, LEADING_MARK, MARK = range(3)
CELL = 80
HIDING = 0.06  # what it costs to hide a mark, in shares of the rectangle that hides it
APART = 7.0  # lesser marks are so many that one is not missed


class Room:
    """A frame, and the boxes that are taken in it."""

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._cells: dict[tuple[int, int], list[tuple[Box, int, Hashable]]] = defaultdict(list)

    def take(self, box: Box, level: int, owner: Hashable = None) -> None:
        for cell in _cells_of(box):
            self._cells[cell].append((box, level, owner))

    def cost(self, box: Box, hardest: int, owner: Hashable = None) -> float:
        """What the marks count that a box would cover; infinite if it covers what it must not, or leaves the frame."""
        left, top, right, bottom = self._frame
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return math.inf
        covered: set[Box] = set()
        for cell in _cells_of(box):
            for taken, level, holder in self._cells.get(cell, ()):
                if (owner is not None and holder == owner) or not overlap(box, taken):
                    continue
                if level <= hardest:
                    return math.inf
                covered.add(taken)
        return sum(_cost(box, taken) for taken in sorted(covered))


def _cells_of(box: Box) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for row in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield column, row


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _cost(box: Box, mark: Box) -> float:
    """The part that is covered, and more where that is much of a mark."""
    shared = _shared(box, mark)
    return shared if mark[2] - mark[0] < APART else shared + HIDING * area(box) * shared / area(mark)


def _shared(one: Box, other: Box) -> float:
    return (min(one[2], other[2]) - max(one[0], other[0])) * (min(one[3], other[3]) - max(one[1], other[1]))
