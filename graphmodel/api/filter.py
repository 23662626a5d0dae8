"""Which part of a network is meant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Filter:
    """Which part of the network is meant, in a person's terms. Everything by default.

    Regions, competence areas and organizations are named by id, name or acronym; regions and areas mean all that lies
    under them. `kinds` are kinds of organization. With `roll_up` a body that is judged to be part of another counts as
    that one. `today` is the day that counts as today, the clock's if not given. The rest is as in
    `graphmodel.analysis.ties.selection.Selection`.
    """

    regions: Collection[str] = ()
    competence_areas: Collection[str] = ()
    kinds: Collection[str] = ()
    activity_kinds: Collection[str] = ()
    roles: Collection[str] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    window: int = 5
    exclude: Collection[str] = ()
    min_shared: int = 0
    roll_up: bool = False
    today: date | None = None
