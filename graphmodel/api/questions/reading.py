"""What a person gives, as text, turned into what is meant: nodes, numbers, days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graphmodel.api.filter import Filter
from graphmodel.api.questions import names
from graphmodel.api.questions.fields import PLAIN, Field, fields
from graphmodel.api.questions.table import Way
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.parameters import LIST_SEPARATOR, TYPES

if TYPE_CHECKING:
    from graphmodel.api import Graph

Given = Mapping[str, str | Sequence[str]]

TYPE_OF = {word: name for name, word in PLAIN.items()}

TAKEN: Mapping[str, str] = {"region": "regions", "competence": "competence_areas"}
"""Fields that are given by the filter where they are not given themselves: on that command they take its place."""


@dataclass(frozen=True)
class Understood:
    """What was given, as it was understood.

    Attributes
    ----------
    values : mapping of str to any value
        What was given or the question itself gives, typed, nodes by id; and the defaults of a query.
    words : mapping of str to str
        The same in words: nodes by name, days as 2024-12-31.
    told : mapping of str to str
        What the command that answers the same is told: nodes by id, without defaults.
    within : Filter
        The filter that is left for the answer.
    """

    values: Mapping[str, Any]
    words: Mapping[str, str]
    told: Mapping[str, str | Sequence[str]]
    within: Filter


@dataclass(frozen=True)
class Read:
    """A value as it was read, how it is called, and how a command is told it."""

    value: Any
    words: str
    told: str | tuple[str, ...]


def understand(graph: "Graph", way: Way, within: Filter, given: Given) -> Understood:
    """Read what was given for a way to answer a question.

    Parameters
    ----------
    graph : Graph
    way : Way
    within : Filter
        A field called region or competence that is not given takes what the filter says.
    given : mapping of str to str or sequence of str
        By the names of fields; an empty text means not given.

    Raises
    ------
    UsageProblem
        If a field is unknown, missing, or given what it cannot be; one sentence for the first that is.
    """
    offered = fields(way)
    _refuse_unknown(given, offered)
    said, within = _with_filter(_filled(given), within, offered)
    dates = {"today": within.today or date.today()}
    found = {}
    for field in offered:
        one = _read(graph, field, said, dates, default=way.tool == "query")
        if one is not None:
            found[field.name] = one
        if one is not None and field.type == "day":
            dates[field.name] = one.value
    return Understood(
        values={name: one.value for name, one in found.items()} | way.preset,
        words={name: one.words for name, one in found.items() if one.words},
        told={**{name: one.told for name, one in found.items() if name in said}, **way.preset},
        within=within,
    )


def missing(way: Way, within: Filter, given: Given) -> tuple[Field, ...]:
    """Return the fields that must be given and are given neither by themselves nor by the filter.

    Examples
    --------
    >>> way = Way("analyse gaps --competence AREA --only gaps")
    >>> [field.name for field in missing(way, Filter(), {})], missing(way, Filter(competence_areas=("health",)), {})
    (['competence'], ())
    """
    said, _ = _with_filter(_filled(given), within, fields(way))
    return tuple(field for field in fields(way) if field.required and field.name not in said)


def read(graph: "Graph", field: Field, text: str | Sequence[str], dates: Mapping[str, date] | None = None) -> Read:
    """Read one value.

    Parameters
    ----------
    graph : Graph
    field : Field
    text : str or sequence of str
        Several, where the field takes them.
    dates : mapping of str to date
        What the names of days in it mean, such as today.

    Raises
    ------
    UsageProblem
        If it cannot be; the message says what it must be, or suggests the nearest.
    """
    if not field.several:
        return _one(graph, field, text if isinstance(text, str) else text[-1], dates or {"today": date.today()})
    parts = text.split(LIST_SEPARATOR) if isinstance(text, str) else text
    every = [_one(graph, field, part.strip(), {}) for part in parts if part.strip()]
    if len(every) < field.least:
        raise UsageProblem(f"{field.name} takes {field.least} or more, with {LIST_SEPARATOR} between: {field.help}")
    told = tuple(str(one.told) for one in every)
    return Read([one.value for one in every], ", ".join(one.words for one in every), told)


def _read(graph: "Graph", field: Field, said: Given, dates: Mapping[str, date], *, default: bool) -> Read | None:
    """Return what was given, or where that is wanted the default; None where an answer knows it better."""
    if field.name in said:
        return read(graph, field, said[field.name], dates)
    if field.required:
        example = "NAME" if field.is_node else TYPES[TYPE_OF.get(field.type, "str")].example
        told = f": {field.help.rstrip('.')}" if field.help else ""
        raise UsageProblem(f"The question needs {field.name}{told}. Give it as {field.name}={example}.")
    if not default:
        return None
    return read(graph, field, field.default, dates) if field.default else Read("", "", "")


def _one(graph: "Graph", field: Field, text: str, dates: Mapping[str, date]) -> Read:
    if field.is_node:
        node = names.find(graph, field.known, text)
        return Read(node.value, node.name, node.value)
    if field.choices and text not in field.choices:
        hint = suggestion(text, field.choices)
        raise UsageProblem(f'{field.name} cannot be "{text}".{hint} Choose among {", ".join(field.choices)}.')
    value = _typed(field, text, dates)
    words = text if isinstance(value, str) else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    return Read(value, words, words)


def _typed(field: Field, text: str, dates: Mapping[str, date]) -> Any:
    type_ = TYPES[TYPE_OF.get(field.type, "str")]
    try:
        return type_.read(text, dates)
    except (ValueError, OverflowError):
        raise UsageProblem(
            f'{field.name} must be {type_.expected}, not "{text}". Give it as {type_.example}.'
        ) from None


def _filled(given: Given) -> dict[str, str | Sequence[str]]:
    """Leave out what is empty: a form that nobody filled in."""
    return {name: text for name, text in given.items() if any(text)}


def _refuse_unknown(given: Given, offered: Sequence[Field]) -> None:
    known = [field.name for field in offered]
    for name in given:
        if name not in known:
            hint = suggestion(name, known) or f" It takes {', '.join(known) or 'nothing'}."
            raise UsageProblem(f'The question has no "{name}".{hint}')


def _with_filter(said: Given, within: Filter, offered: Sequence[Field]) -> tuple[Given, Filter]:
    """Give fields what the filter says where they take its place; the filter is left with the rest."""
    taken = {
        field: tuple(asked)
        for field in offered
        if (place := TAKEN.get(field.name)) and field.name not in said and (asked := getattr(within, place))
    }
    for field, asked in taken.items():
        if len(asked) > 1 and not field.several:
            raise UsageProblem(f"The question takes one {field.name}: choose one of {', '.join(asked)}.")
    left: dict[str, Any] = {TAKEN[field.name]: () for field in taken}
    return {**said, **{field.name: asked for field, asked in taken.items()}}, replace(within, **left)
