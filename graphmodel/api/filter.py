"""Which part of a network is meant."""

from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass, fields
from datetime import date
from typing import Any


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

    def __post_init__(self) -> None:
        """Take one name for several, and keep several as a tuple: equal filters are found again by what they say.

        >>> Filter(regions="Africa") == Filter(regions=["Africa"]) == Filter(regions={"Africa"})
        True
        """
        for one in fields(self):
            if one.default == () and not isinstance(given := getattr(self, one.name), tuple):
                object.__setattr__(self, one.name, _names(given))


def _names(given: Collection[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    return tuple(sorted(given) if isinstance(given, Set) else given)


EVERYTHING = Filter()


def _several(noun: str) -> Callable[[Collection[str]], str]:
    return lambda given: f"{noun} {', '.join(sorted(given))}"


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "regions": _several("region"),
    "competence_areas": _several("competence area"),
    "kinds": _several("kind"),
    "activity_kinds": _several("kind of activity"),
    "roles": _several("role"),
    "since": lambda day: f"since {day}",
    "until": lambda day: f"until {day}",
    "as_of": lambda day: f"as of {day}",
    "window": lambda years: f"without an end presumed to last {years} years",
    "exclude": _several("without"),
    "min_shared": lambda number: f"at least {number} shared",
    "roll_up": lambda _: "parts counted as their whole",
    "today": lambda day: f"today being {day}",
}


def words(within: Filter) -> tuple[str, ...]:
    """Return what a filter asks for, each condition in a few words; nothing of what it leaves open.

    Parameters
    ----------
    within : Filter

    Returns
    -------
    tuple of str
        In the order of the fields, names in alphabetical order, so that the same filter is told alike.

    Examples
    --------
    >>> words(Filter(regions=("Africa",), since=date(2015, 1, 1), exclude=("unesco", "lc"), min_shared=2))
    ('region Africa', 'since 2015-01-01', 'without lc, unesco', 'at least 2 shared')
    >>> words(Filter())
    ()
    """
    asked = vars(within)
    return tuple(tell(asked[name]) for name, tell in _WORDS.items() if asked[name] != getattr(Filter, name))


FLAGS: Mapping[str, str] = {
    "regions": "region",
    "competence_areas": "competence",
    "kinds": "kind",
    "activity_kinds": "activity-kind",
    "roles": "role",
    "since": "since",
    "until": "until",
    "as_of": "as-of",
    "window": "window",
    "exclude": "exclude",
    "min_shared": "min",
    "roll_up": "roll-up",
}
"""The options of the command line by the fields of a filter."""


def flags(within: Filter) -> list[str]:
    """Return the words of the command line that ask for a filter.

    Examples
    --------
    >>> flags(Filter(regions=("Africa", "Asia"), since=date(2015, 1, 1), roll_up=True))
    ['--region', 'Africa', '--region', 'Asia', '--since', '2015-01-01', '--roll-up']
    """
    asked = [
        (flag, getattr(within, name)) for name, flag in FLAGS.items() if getattr(within, name) != getattr(Filter, name)
    ]
    return [word for flag, value in asked for word in _flag(flag, value)]


def _flag(flag: str, value: Any) -> list[str]:
    if value is True:
        return [f"--{flag}"]
    values = [value] if isinstance(value, str | int | date) else value
    return [word for one in values for word in (f"--{flag}", str(one))]
