"""A question asked from Python, by its number or words, with what it needs as keywords."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphmodel.api.filter import Filter
from graphmodel.api.narrowing import narrowed, taken
from graphmodel.api.questions.answers import Answer, answer
from graphmodel.api.questions.fields import fields
from graphmodel.api.questions.finding import find

if TYPE_CHECKING:
    from graphmodel.api import Graph


def ask(graph: "Graph", asked: int | str, within: Filter, way: int, told: Mapping[str, Any]) -> Answer:
    """Answer a question.

    Parameters
    ----------
    graph : Graph
    asked : int or str
        Its number, or words of it.
    within : Filter
    way : int
        Which of its answers, from 1.
    told : mapping of str to any value
        What its fields are told; and the words of a filter, but for those that are fields of it.

    Raises
    ------
    UsageProblem
        If there is no such question or answer, or something is missing, unknown or cannot be.
    """
    question = find(str(asked))
    chosen, left = question.way(way), dict(told)
    within = narrowed(within, taken(left, {field.name for field in fields(chosen)}))
    given = {name: _text(value) for name, value in left.items() if value is not None}
    return answer(graph, question, within, given, way=chosen)


def _text(value: Any) -> str | list[str]:
    """Return a value as it is typed.

    >>> _text(True), _text(5), _text(("a", "b"))
    ('yes', '5', ['a', 'b'])
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return [str(one) for one in value] if isinstance(value, list | tuple | set) else str(value)
