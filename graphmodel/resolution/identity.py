"""From judgements to bodies: which organizations are one, and which body is part of which."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from graphmodel.records import Reject
from graphmodel.resolution.bodies import Bodies, refusal, settled
from graphmodel.resolution.judgements import Judgement, Verdict


@dataclass(frozen=True)
class Identity:
    """Which organizations are one body. Without judgements, each is its own.

    `representatives` holds the organizations that are one with others, each with the id that stands for all of them:
    that of most participations, then the smallest. `parents` and `apart` speak of representatives.
    """

    representatives: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def of(self, id: str) -> str:
        """Return the id that stands for the body of an organization."""
        return self.representatives.get(id, id)

    def whole(self, id: str) -> str:
        """Return the id of the largest body that an organization is part of: its own, where it is part of none."""
        return [self.of(id), *self._wholes(self.of(id))][-1]

    def canonical(self, ids: Iterable[str], *, roll_up: bool = False) -> dict[str, str]:
        """Return the id that stands for the body of each organization; with `roll_up`, for the largest it is part of.

        >>> identity = Identity({"fao": "fao", "FAO-2": "fao"}, parents={"fao-kenya": "fao"})
        >>> identity.canonical(["FAO-2", "fao-kenya", "wfp"])
        {'FAO-2': 'fao', 'fao-kenya': 'fao-kenya', 'wfp': 'wfp'}
        >>> identity.canonical(["fao-kenya"], roll_up=True)
        {'fao-kenya': 'fao'}
        """
        return {id: self.whole(id) if roll_up else self.of(id) for id in ids}

    @cached_property
    def bodies(self) -> Mapping[str, tuple[str, ...]]:
        """Bodies of several organizations: representative -> all ids, the representative first, the others sorted."""
        found: dict[str, list[str]] = {}
        for id, body in self.representatives.items():
            found.setdefault(body, []).append(id)
        return {body: tuple(sorted(found[body], key=lambda id: (id != body, id))) for body in sorted(found)}

    def members(self, id: str) -> tuple[str, ...]:
        """Return the ids of all organizations that are one with this one, the representative first."""
        return self.bodies.get(self.of(id), (id,))

    def verdict(self, first: str, second: str) -> Verdict | None:
        """Return what the judgements say of two organizations, or what follows from them; None if nothing does.

        >>> identity = Identity({"fao": "fao", "FAO-2": "fao"}, parents={"fao-kenya": "fao"})
        >>> identity.verdict("fao-kenya", "FAO-2"), identity.verdict("fao", "fao-kenya")
        (<Verdict.PART_OF: 'part of'>, <Verdict.NOT_THE_SAME: 'not the same'>)
        """
        one, other = self.of(first), self.of(second)
        if one == other:
            return Verdict.SAME
        if other in self._wholes(one):
            return Verdict.PART_OF
        if frozenset((one, other)) in self.apart or one in self._wholes(other):
            return Verdict.NOT_THE_SAME
        return None

    def _wholes(self, body: str) -> list[str]:
        """Return the bodies that one is part of, the nearest first."""
        found = []
        while body in self.parents:
            body = self.parents[body]
            found.append(body)
        return found


UNJUDGED = Identity()


def identify(
    judgements: Iterable[Judgement], participations: pl.DataFrame | None = None
) -> tuple[Identity, tuple[Reject, ...]]:
    """Return which organizations are one, and a reject for each judgement that contradicts others.

    Judgements of persons count before automatic ones, what is the same or not before what is part of what, and earlier
    lines before later ones: of two that contradict each other, the reject is the one that counts later. What is the
    same carries on: if a is b, and b is c, then a is c, and that they are not the same is a contradiction. So is a body
    that is part of itself, or of two others.

    Parameters
    ----------
    judgements : iterable of Judgement
    participations : polars.DataFrame, optional
        organization, activity: of the organizations that are one, that of most activities stands for all.

    Examples
    --------
    >>> said = [Judgement("a", "b", Verdict.SAME, line=2), Judgement("b", "c", Verdict.SAME, line=3)]
    >>> identity, rejects = identify([*said, Judgement("c", "a", Verdict.NOT_THE_SAME, file="j.csv", line=4)])
    >>> identity.members("c")
    ('a', 'b', 'c')
    >>> print(rejects[0])
    j.csv line 4, column judgement: conflict: "c is not the same as a"; \
expected agreement with line 3: b is the same as c, line 2: a is the same as b
    """
    bodies, rejects = settled(judgements)
    return _identity(bodies, _activities(participations)), rejects


def agreeing(
    judgements: Iterable[Judgement], new: Iterable[Judgement]
) -> tuple[tuple[Judgement, ...], tuple[Reject, ...]]:
    """Part new judgements into those that say something new and agree with all before, and rejects of the others."""
    bodies, _ = settled(judgements)
    taken: list[Judgement] = []
    rejects: list[Reject] = []
    for judgement in new:
        if bodies.holds(judgement):
            continue
        against = bodies.take(judgement)
        if against:
            rejects.append(refusal(judgement, against))
        else:
            taken.append(judgement)
    return tuple(taken), tuple(rejects)


def _activities(participations: pl.DataFrame | None) -> dict[str, int]:
    if participations is None:
        return {}
    counted = participations.group_by("organization").agg(pl.col("activity").n_unique())
    return dict(counted.iter_rows())


def _identity(bodies: Bodies, activities: Mapping[str, int]) -> Identity:
    standing = {root: _standing(ids, activities) for root, ids in bodies.members.items()}
    representatives = {id: standing[root] for root, ids in bodies.members.items() for id in ids}
    parents = {standing.get(part, part): standing.get(whole, whole) for part, whole in bodies.parents().items()}
    apart = (frozenset(standing.get(root, root) for root in pair) for pair in bodies.apart())
    return Identity(representatives, parents, frozenset(apart))


def _standing(ids: Collection[str], activities: Mapping[str, int]) -> str:
    return min(ids, key=lambda id: (-activities.get(id, 0), id))
