"""Judgements taken one by one: each agrees with those before it, or is refused with the lines that it contradicts."""

from collections.abc import Iterable, Iterator

import networkx as nx

from graphmodel.records import Reject
from graphmodel.resolution.judgements import Judgement, Verdict


class Bodies:
    """Which organizations are one so far, which are not, and which body is part of which.

    A body goes by one of its ids, its root; `parents` and `apart` are kept by root, with the judgement that says so.
    """

    def __init__(self) -> None:
        """Begin with every organization on its own."""
        self.members: dict[str, list[str]] = {}
        self._roots: dict[str, str] = {}
        self._apart: dict[str, dict[str, Judgement]] = {}
        self._parents: dict[str, Judgement] = {}
        self._same = nx.Graph()

    def root(self, id: str) -> str:
        """Return the id by which the body of an organization goes."""
        return self._roots.get(id, id)

    def parents(self) -> dict[str, str]:
        """Return root -> root of the body that it is part of."""
        return {root: self.root(judgement.second) for root, judgement in self._parents.items()}

    def apart(self) -> Iterator[tuple[str, str]]:
        """Yield the pairs of roots that are not the same, each in both orders."""
        return ((one, other) for one, others in self._apart.items() for other in others)

    def holds(self, judgement: Judgement) -> bool:
        """Tell whether a judgement says nothing new."""
        one, other = self.root(judgement.first), self.root(judgement.second)
        match judgement.verdict:
            case Verdict.SAME:
                return one == other
            case Verdict.NOT_THE_SAME:
                return other in self._apart.get(one, {})
            case Verdict.PART_OF:
                return one in self._parents and self.root(self._parents[one].second) == other

    def take(self, judgement: Judgement) -> str:
        """Take a judgement; return what it contradicts, and leave all as it was, where it does."""
        if self.holds(judgement):
            return ""
        one, other = self.root(judgement.first), self.root(judgement.second)
        against = self._against(judgement, one, other)
        if against:
            return f"agreement with {_told(against)}"
        match judgement.verdict:
            case Verdict.SAME:
                self._merge(judgement, one, other)
            case Verdict.NOT_THE_SAME:
                self._apart.setdefault(one, {})[other] = self._apart.setdefault(other, {})[one] = judgement
            case Verdict.PART_OF:
                self._parents[one] = judgement
        return ""

    def _against(self, judgement: Judgement, one: str, other: str) -> list[Judgement]:
        """Return the judgements that a new one cannot stand beside."""
        if one == other:
            path = nx.shortest_path(self._same, judgement.first, judgement.second)
            return [self._same.edges[step]["judgement"] for step in nx.utils.pairwise(path)]
        upwards = self._between(other, one)
        match judgement.verdict:
            case Verdict.SAME if other in self._apart.get(one, {}):
                return [self._apart[one][other]]
            case Verdict.SAME:
                return upwards or self._between(one, other) or self._parents_of_both(one, other)
            case Verdict.PART_OF if one in self._parents:
                return [self._parents[one]]
            case Verdict.PART_OF:
                return upwards
        return []

    def _between(self, part: str, whole: str) -> list[Judgement]:
        """Return the judgements by which one body is part of another, from one to the next; none where it is not."""
        path = []
        while part in self._parents:
            path.append(self._parents[part])
            part = self.root(self._parents[part].second)
            if part == whole:
                return path
        return []

    def _parents_of_both(self, one: str, other: str) -> list[Judgement]:
        """Return by which judgements two bodies are part of different ones."""
        both = [self._parents[root] for root in (one, other) if root in self._parents]
        return both if len({self.root(judgement.second) for judgement in both}) > 1 else []

    def _merge(self, judgement: Judgement, one: str, other: str) -> None:
        self._same.add_edge(judgement.first, judgement.second, judgement=judgement)
        kept, gone = sorted((one, other), key=lambda root: -len(self.members.get(root, ())))
        joined = self.members.pop(gone, [gone])
        self.members.setdefault(kept, [kept]).extend(joined)
        self._roots.update(dict.fromkeys((kept, *joined), kept))
        if gone in self._parents:
            self._parents.setdefault(kept, self._parents.pop(gone))
            self._parents.pop(gone, None)
        for third, said in self._apart.pop(gone, {}).items():
            del self._apart[third][gone]
            self._apart[third][kept] = self._apart.setdefault(kept, {})[third] = said


def settled(judgements: Iterable[Judgement]) -> tuple[Bodies, tuple[Reject, ...]]:
    """Take all judgements that agree: of persons first, then automatic; `part of` last in each; by line in each."""
    bodies = Bodies()
    # two wholes of one part may be one body: that is known only after all that is the same
    ordered = sorted(judgements, key=lambda one: (one.automatic, one.verdict is Verdict.PART_OF, one.line))
    return bodies, tuple(sorted(refusal(one, against) for one in ordered if (against := bodies.take(one))))


def refusal(judgement: Judgement, against: str) -> Reject:
    """Return the reject of a judgement that contradicts others."""
    return Reject(judgement.file, judgement.line, "judgement", "conflict", str(judgement), against)


def _told(judgements: list[Judgement]) -> str:
    lines = [f"line {judgement.line}: {judgement}" if judgement.line else str(judgement) for judgement in judgements]
    return ", ".join(lines)
