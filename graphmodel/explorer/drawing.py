"""A map as the address of its page has it: what is drawn, and how it looks."""

from dataclasses import dataclass, replace
from typing import Any, Self

import networkx as nx
from starlette.datastructures import QueryParams

from graphmodel import api
from graphmodel.api import questions
from graphmodel.api.saved import significant
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.explorer.asking import WHICH, Asked
from graphmodel.explorer.own import Own
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.view import View

COLORS = {
    "kind": "Kind of organization",
    "community": "Community",
    "region": "Region",
    "competence": "Competence area",
    "country": "Country of the seat",
    "none": "Nothing",
}
SIZES = {
    "degree": "Number of partners",
    "betweenness": "Betweenness",
    "activities": "Number of activities",
    "strength": "Strength of the alliances",
}
EDGES = {
    "": "As fits",
    "significance": "More than chance or not",
    "shared": "Number of shared activities",
    "formal": "Formal agreement or not",
    "status": "Active or ended",
    "role": "Role, of organizations with activities",
}
LAYOUTS = {
    "communities": "With their community",
    "geo": "On the earth",
    "radial": "Around one organization",
    "bipartite": "Together with activities",
}
LEVELS = {"": "As fits", "region": "Regions", "subregion": "Subregions", "country": "Countries"}
AREAS = {
    "": "First known",
    **{kind: kind.capitalize() for kind in ("field", "sector", "goal", "framework", "segment")},
}
ONLY = {"": "All alliances", "significant": "Only those that are more than chance"}
LABELS = {"short": "Short names", "name": "Names", "acronym": "Acronyms", "none": "Nothing"}
CHOICES = {
    "color": COLORS,
    "size": SIZES,
    "edge": EDGES,
    "layout": LAYOUTS,
    "level": LEVELS,
    "areas": AREAS,
    "only": ONLY,
    "labels": LABELS,
}
"""What is chosen among, the usual first."""

ENTERED = ("focus", "depth", "min", "first", "second")
"""What is typed in."""

LONGEST = 10  # digits of a number


@dataclass(frozen=True)
class Drawing:
    """A map that is asked for.

    Attributes
    ----------
    given : mapping of str to str
        What the address says of it, by the names of its parameters; the usual where it says nothing.
    asked : Asked or Own, optional
        The question or query whose answer is drawn, or the analysis by whose groups the alliances are coloured.
    """

    view: View
    given: dict[str, str]
    asked: Asked | Own | None

    @classmethod
    def of(cls, parameters: QueryParams) -> Self:
        """Read it.

        Raises
        ------
        UsageProblem
            If something cannot be.
        """
        given = {name: _among(name, parameters.get(name, ""), choices) for name, choices in CHOICES.items()}
        given |= {name: parameters.get(name, "").strip() for name in ENTERED}
        return cls(View.of(parameters), given, _asked(parameters))

    @property
    def key(self) -> tuple[Any, ...]:
        """What distinguishes it from others, for `Reading.kept`."""
        asked = (str(self.asked.parameters),) if self.asked else ()
        return ("map", self.view.filter, *self.given.items(), *asked)

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of its address beside the filter: those that are not the usual."""
        usual = {name: next(iter(choices)) for name, choices in CHOICES.items()}
        told = {name: text for name, text in self.given.items() if text != usual.get(name, "")}
        return (self.asked.parameters if self.asked else {}) | told

    def network(self, known: Reading, home: str = "") -> tuple[nx.Graph, api.Look]:
        """Return what is drawn, and how; `home` is where an organization has its page.

        Raises
        ------
        UsageProblem
            If something is unknown or does not go together.
        """
        answered = self.asked.answer(known) if self.asked else None
        if answered and not answered.is_graph and not answered.groups:
            raise UsageProblem("The rows of this answer are neither ties nor groups: they cannot be drawn.")
        if answered and answered.is_graph:
            return self._of_rows(known, answered, home)
        look = self._look(home)
        if answered:
            look = replace(look, color=("Group", answered.groups))
        with known.graph() as graph:
            return api.content(graph, self._content, look, project=known.projection)

    def _of_rows(self, known: Reading, answered: questions.Answer, home: str) -> tuple[nx.Graph, api.Look]:
        """Return the rows of an answer, drawn as they are."""
        with known.graph() as graph:
            made = questions.network(graph, answered)
        made = significant(made) if self.given["only"] else made
        if self.given["layout"] == api.BIPARTITE:
            made = known.projection(self.view.filter).sided(made)
        if self.given["focus"]:
            made = api.focused(made, self.given["focus"], self._depth)
        title = answered.question.sentence
        return made, replace(self._look(home), title=title, centre=made.graph.get("centre"))

    @property
    def _content(self) -> api.Content:
        sides = (self.given["first"], self.given["second"])
        if any(sides) and not all(sides):
            raise UsageProblem("A comparison has two sides: two years, two spans, two regions or two competence areas.")
        return api.Content(
            within=replace(self.view.filter, min_shared=_whole("min", self.given["min"] or "0")),
            significant=bool(self.given["only"]),
            compare=sides if all(sides) else None,
            focus=self.given["focus"],
            depth=self._depth,
            level=self.given["level"] or None,
            areas=self.given["areas"] or None,
        )

    @property
    def _depth(self) -> int:
        return max(1, _whole("depth", self.given["depth"] or "1"))

    def _look(self, home: str) -> api.Look:
        look: dict[str, Any] = {name: self.given[name] for name in ("color", "size", "layout", "labels")}
        return api.Look(edge=self.given["edge"] or None, home=home, **look)


def _asked(parameters: QueryParams) -> Asked | Own | None:
    if "cypher" in parameters:
        return Own.of(parameters)
    return Asked.of(parameters) if any(name in parameters for name in WHICH) else None


def _among(name: str, given: str, choices: dict[str, str]) -> str:
    if not given:
        return next(iter(choices))
    if given not in choices and name != "color":
        known = [word for word in choices if word]
        raise UsageProblem(f'{name} cannot be "{given}".{suggestion(given, known)} Choose among {", ".join(known)}.')
    return given


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < LONGEST):
        raise UsageProblem(f'{name} is a whole number, not "{text}".')
    return int(text)
