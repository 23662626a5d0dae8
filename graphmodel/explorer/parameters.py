"""Values of the parameters of a query, as a reader writes them and as an address holds them."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

BEFORE = "p_"
"""Before the name of a parameter, in an address."""


def value(text: str) -> Any:
    """Return what a text means: a number, true or false, a day, a list; else a text.

    >>> value("12"), value("true"), value("2024-12-31"), value('["a", "b"]'), value("unesco"), value('"12"')
    (12, True, datetime.date(2024, 12, 31), ['a', 'b'], 'unesco', '12')
    """
    for read in (_day, _json):
        with suppress(ValueError, RecursionError):
            return read(text)
    return text


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y-%m-%d").date()


def _json(text: str) -> Any:
    """Read numbers, true and false, lists; of what JSON does not know, such as NaN, nothing."""
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def written(given: Any) -> str:
    """Return the text that means a value.

    >>> written("12"), written("unesco"), written(12), written(["a"]), written(date(2024, 12, 31))
    ('"12"', 'unesco', '12', '["a"]', '2024-12-31')
    """
    match given:
        case date():
            return given.isoformat()
        case str() if value(given) == given:
            return given
    return json.dumps(given, ensure_ascii=False)


def filled(cypher: str, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters of the address of the box with a query in it, and values for its parameters.

    >>> filled("RETURN $a AS a", {"a": 1})
    {'cypher': 'RETURN $a AS a', 'p_a': '1'}
    """
    return {"cypher": cypher, **{BEFORE + name: written(given) for name, given in values.items()}}
