"""Parameters of queries: how a header declares them, and how a value is read, given as text or typed."""

import calendar
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from graphmodel.schema import SCHEMA, Kind

LIST_SEPARATOR = "|"
LABELS = tuple(item.label for item in SCHEMA.nodes if item.sourced)
PROPERTIES = (
    *(f"{item.label}.{own.name}" for item in SCHEMA.nodes for own in item.own if own.kind is Kind.TEXT),
    *(f"{item.name}.{own.name}" for item in SCHEMA.relationships for own in item.identified_by),
)
FORM = "param NAME: TYPE = DEFAULT   what it means"

_DECLARATION = re.compile(r"param (?P<name>\w+): (?P<type>\S+)(?: = (?P<default>\S.*?))?(?: {2,}(?P<doc>\S.*))?")


@dataclass(frozen=True)
class Parameter:
    """A declared parameter. `default` is text, None where a value is required."""

    name: str
    type: str
    default: str | None
    doc: str

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None


@dataclass(frozen=True)
class Reading:
    """A type of parameter in words, with an example, and the function that reads it or raises ValueError.

    The function takes a value, as text or typed, and the dates to which a date may refer by name.
    """

    expected: str
    example: str
    read: Callable[[Any, Mapping[str, date]], Any]


def declared(line: str) -> Parameter:
    """Read one declaration of a header.

    Raises
    ------
    ValueError
        If it is none; the message is a sentence for the author of the query.

    Examples
    --------
    >>> declared("param min: int = 1   smallest number of shared activities")
    Parameter(name='min', type='int', default='1', doc='smallest number of shared activities')
    """
    found = _DECLARATION.fullmatch(line)
    if not found:
        raise ValueError(f'"{line}" declares no parameter. Write: // {FORM}')
    default = "" if found["default"] == "''" else found["default"]
    parameter = Parameter(found["name"], found["type"], default, found["doc"] or "")
    if parameter.type not in TYPES:
        known = ", ".join(name for name in TYPES if name not in PROPERTIES)
        told = f"parameter {parameter.name} is of type {parameter.type}. Known are {known}"
        raise ValueError(f"{told}, and properties, such as Region.kind.")
    return parameter


def _text(given: Any, dates: Mapping[str, date]) -> str:
    if isinstance(given, str):
        return given
    raise ValueError(given)


def _whole(given: Any, dates: Mapping[str, date]) -> int:
    match given:
        case bool():
            raise ValueError(given)
        case int():
            return given
    return int(_text(given, dates))


def _number(given: Any, dates: Mapping[str, date]) -> float:
    match given:
        case bool():
            raise ValueError(given)
        case int() | float():
            number = float(given)
        case _:
            number = float(_text(given, dates))
    if math.isfinite(number):
        return number
    raise ValueError(given)


def _flag(given: Any, dates: Mapping[str, date]) -> bool:
    if isinstance(given, bool):
        return given
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    word = _text(given, dates).lower()
    if word in words:
        return words[word]
    raise ValueError(given)


def _texts(given: Any, dates: Mapping[str, date]) -> list[str]:
    """Read a list of at least one: engines refuse an empty list in places, since it has no type."""
    parts = given if isinstance(given, list | tuple) else _text(given, dates).split(LIST_SEPARATOR)
    kept = [text for part in parts if (text := _text(part, dates).strip())]
    if kept:
        return kept
    raise ValueError(given)


_RELATIVE = re.compile(r"(?P<base>[a-z]\w*)(?:\s*(?P<sign>[+-])\s*(?P<number>\d{1,4})\s*(?P<unit>day|month|year)s?)?")


def _date(given: Any, dates: Mapping[str, date]) -> date:
    match given:
        case datetime():
            raise ValueError(given)
        case date():
            return given
    text = _text(given, dates).strip()
    relative = _RELATIVE.fullmatch(text)
    if relative and relative["base"] in dates:
        return _shifted(dates[relative["base"]], relative)
    return datetime.strptime(text, "%Y-%m-%d").date()


def _shifted(day: date, by: re.Match[str]) -> date:
    """Move a day, by months to the same day or, where the month is too short, to its last."""
    number = int(f"{by['sign'] or '+'}{by['number'] or 0}")
    if by["unit"] == "day":
        return day + timedelta(days=number)
    months = day.year * 12 + day.month - 1 + number * (12 if by["unit"] == "year" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


TYPES: Mapping[str, Reading] = {
    "str": Reading("a text", "text", _text),
    "int": Reading("a whole number", "2", _whole),
    "float": Reading("a number", "0.5", _number),
    "bool": Reading("true or false", "true", _flag),
    "date": Reading('a date, or such as "today + 6 months"', "2024-12-31", _date),
    "list[str]": Reading(f'texts separated by "{LIST_SEPARATOR}"', f"one{LIST_SEPARATOR}other", _texts),
    **{label: Reading(f"the id, name or acronym of one {label}", "ID", _text) for label in LABELS},
    **dict.fromkeys(PROPERTIES, Reading("a text", "text", _text)),
}
