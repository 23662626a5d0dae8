"""A filter in the words of the command line, as keywords: `region="Africa"`, `since=2015`, `exclude=["UNESCO"]`."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from graphmodel.api.filter import FLAGS, Filter
from graphmodel.errors import UsageProblem, suggestion

Names = str | Collection[str]
Day = date | str | int


class Narrowing(TypedDict, total=False):
    """Which part of a network is meant, for methods that take a `Filter`: the options of the command line by name.

    One name or several; a day as a date, as "2021-01-31", or as a year, which means its first day, or its last for
    `until`. What is said takes the place of what the filter says; see `Filter` for what each means.
    """

    region: Names
    competence: Names
    kind: Names
    activity_kind: Names
    role: Names
    since: Day | None
    until: Day | None
    as_of: Day | None
    window: int
    exclude: Names
    min: int
    roll_up: bool
    today: Day | None


FIELDS: Mapping[str, str] = {**{flag.replace("-", "_"): field for field, flag in FLAGS.items()}, "today": "today"}
"""The fields of a filter by the keywords."""

DAYS = ("since", "until", "as_of", "today")


def narrowed(within: Filter, asked: Mapping[str, Any]) -> Filter:
    """Return a filter in which keywords take the place of what it says.

    Parameters
    ----------
    within : Filter
    asked : mapping of str to any value
        As in `Narrowing`.

    Raises
    ------
    UsageProblem
        If a keyword is unknown, or a day is none.

    Examples
    --------
    >>> narrowed(Filter(window=3), {"region": "Africa", "until": 2015}) == Filter(
    ...     regions=("Africa",), until=date(2015, 12, 31), window=3
    ... )
    True
    """
    refuse_unknown(asked, FIELDS)
    changes: dict[str, Any] = {
        FIELDS[word]: _day(word, value) if word in DAYS else value for word, value in asked.items()
    }
    return replace(within, **changes) if changes else within


def taken(options: dict[str, Any], own: Collection[str]) -> dict[str, Any]:
    """Take the keywords of a filter out of options, but for those that whoever gets the options has itself.

    >>> options = {"region": "Africa", "weight": "shared", "since": 2015}
    >>> taken(options, {"region", "weight"}), options
    ({'since': 2015}, {'region': 'Africa', 'weight': 'shared'})
    """
    return {word: options.pop(word) for word in FIELDS if word in options and word not in own}


def refuse_unknown(asked: Mapping[str, Any], known: Collection[str]) -> None:
    """Refuse keywords that are not among those that are known.

    Raises
    ------
    UsageProblem
        The message suggests the nearest.
    """
    for word in asked:
        if word not in known:
            raise UsageProblem(f'No keyword is "{word}".{suggestion(word, known)} There are: {", ".join(known)}.')


def _day(word: str, value: Day | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    text = str(value)
    end = "-12-31" if word == "until" else "-01-01"
    try:
        return date.fromisoformat(f"{text}{end}" if len(text) == 4 else text)
    except ValueError:
        raise UsageProblem(f'"{text}" is no day. Write it as 2021-01-31, or a year as 2021.') from None
