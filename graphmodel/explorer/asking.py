"""A question as the address of its page has it: which one, which of its answers, and what it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any, Self

from starlette.datastructures import QueryParams

from graphmodel import analysis, api
from graphmodel.api import questions
from graphmodel.api.questions import Answer, Field, Question, Way
from graphmodel.errors import UsageProblem
from graphmodel.explorer import own
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.tables import SHOWING
from graphmodel.explorer.view import NAMES, View
from graphmodel.queries import find, library

WHICH = ("n", "way", "query", "name")
"""Parameters of the address that say what is asked: the number of a question, a query, or the name of an analysis."""

DRAWING = ("color", "size", "edge", "layout", "focus", "depth", "only", "labels", "first", "second")
"""Parameters of the address of a map that say how it is drawn."""

TAKEN = {*NAMES, *WHICH, *SHOWING, *DRAWING}


def parameter(field: Field) -> str:
    """Return how a field is called in the address, where the filter and the page have names of their own.

    >>> [parameter(Field(name, "text", "", "")) for name in ("organization", "region")]
    ['organization', 'its_region']
    """
    return f"its_{field.name}" if field.name in TAKEN else field.name


@cache
def beyond_questions() -> dict[str, list[Way]]:
    """Return the queries of the library that answer none of the questions, by topic."""
    used = {way.name for question in questions.QUESTIONS.values() for way in question.ways}
    topics: dict[str, list[Way]] = {}
    for name in library():
        if name not in used:
            topics.setdefault(name.partition("/")[0], []).append(Way(f"query {name}"))
    return topics


@dataclass(frozen=True)
class Asked:
    """A question that was asked.

    Attributes
    ----------
    place : int
        Which of its answers is wanted, from 1.
    given : mapping of str to list of str
        What was filled in, by the names of fields.
    """

    question: Question
    place: int
    given: Mapping[str, list[str]]
    view: View

    @classmethod
    def of(cls, parameters: QueryParams) -> Self:
        """Read a question out of an address.

        Raises
        ------
        UsageProblem
            If there is no such question, or it has no such answer.
        """
        question = _question(parameters)
        place = parameters.get("way", "1")
        if place not in map(str, range(1, len(question.ways) + 1)):
            raise UsageProblem(f'There is no answer "{place}" to this question: it has {len(question.ways)}.')
        offered = questions.fields(question.ways[int(place) - 1])
        said = {field.name: list(filter(None, parameters.getlist(parameter(field)))) for field in offered}
        given = {name: texts for name, texts in said.items() if texts}
        return cls(question, int(place), given, View.of(parameters))

    @property
    def way(self) -> Way:
        """The way to answer it."""
        return self.question.ways[self.place - 1]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What it can be told."""
        return questions.fields(self.way)

    @property
    def missing(self) -> tuple[Field, ...]:
        """What it has to be told still."""
        return questions.missing(self.way, self.view.filter, self.given)

    @property
    def is_of_network(self) -> bool:
        """Whether the answer is about the network within the filter."""
        return self.way.tool in ("analyse", "alliances")

    @property
    def which(self) -> dict[str, Any]:
        """The parameters of the address that say what is asked."""
        by_name = "name" if self.way.tool == "analyse" else "query"
        named = {"n": self.question.number} if self.question.number else {by_name: self.way.name}
        return named | ({"way": self.place} if self.place > 1 else {})

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the address beside the filter."""
        return self.which | {parameter(field): self.given.get(field.name) for field in self.fields}

    @property
    def report(self) -> str:
        """The address of the page that writes the report, where that is the answer; empty otherwise."""
        if self.way.tool != "report":
            return ""
        regions = tuple(self.given.get("region", ())) or self.view.region
        return replace(self.view, region=regions).link("/report")

    @property
    def name(self) -> str:
        """A name for its files."""
        number = f"question-{self.question.number}" if self.question.number else self.way.name.replace("/", "-")
        return f"{number}-{self.place}" if self.place > 1 else number

    def answer(self, reading: Reading) -> Answer:
        """Answer it, once for all readers.

        Raises
        ------
        UsageProblem
            If something is missing, unknown or cannot be.
        QueryStopped
            If it is a query, and took longer than one may.
        """
        within = self.view.filter
        given = tuple((name, tuple(texts)) for name, texts in self.given.items())

        def work(graph: api.Graph) -> Answer:
            limit = api.Limit(seconds=own.SECONDS)
            return questions.answer(
                graph, self.question, within, self.given, way=self.way, project=reading.projection, limit=limit
            )

        found: Answer = reading.kept(("answer", self.way, within, given, date.today()), work)
        return found


def _question(parameters: QueryParams) -> Question:
    if name := parameters.get("query"):
        query = find(name, library())
        return Question(0, query.question, (Way(f"query {query.name}"),))
    if name := parameters.get("name"):
        return Question(0, analysis.describe(name).summary, (Way(f"analyse {name}"),))
    return questions.find(parameters.get("n", "1"))
