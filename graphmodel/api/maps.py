"""From what a map is to show to the network that is drawn: alliances, participations, rows, or two sides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from graphmodel.analysis.significance import Test
from graphmodel.api import saved
from graphmodel.api.drawing import BIPARTITE, Look, most_shown
from graphmodel.api.extent import MAP
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.listing import TESTED
from graphmodel.api.marking import Marking, marking
from graphmodel.api.telling import focused
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.api import Graph
    from graphmodel.api.projection import Projection

Project = Callable[[Filter], "Projection"]


@dataclass(frozen=True)
class Content:
    """What a map shows: the alliances within a filter, unless something else is said. How it looks is a `Look`.

    Attributes
    ----------
    within : Filter
        Which part of the network.
    significant : bool
        Only alliances that are more than chance.
    rows : str
        A query that returns source and target, or a file of ties, whose rows are drawn as they are.
    parameters : mapping of str to str
        Of the query.
    compare : pair of str, optional
        Two years, spans of years, regions or competence areas that are shown side by side.
    focus, depth : str, int
        One organization (id, name or acronym), and how many steps around it.
    hide : path, optional
        A file of organizations that must not appear.
    pseudonyms : bool
        Whether they are shown without their names.
    level, areas : str, optional
        See `graphmodel.api.marking.marking`.
    """

    within: Filter = EVERYTHING
    significant: bool = False
    rows: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    compare: tuple[str, str] | None = None
    focus: str = ""
    depth: int = 1
    hide: Path | None = None
    pseudonyms: bool = False
    level: str | None = None
    areas: str | None = None


def content(
    graph: "Graph", what: Content, look: Look, *, project: Project | None = None, alone: bool = False
) -> tuple[nx.Graph, Look]:
    """Return the network that a map draws, with all that it tells, and its look, completed by what the data say.

    Parameters
    ----------
    graph : Graph
    what, look : Content, Look
    project : function from Filter to Projection, optional
        `graph.project`, or one that keeps what it once made.
    alone : bool
        Whether a file of ties is enough where nothing was loaded.

    Raises
    ------
    UsageProblem
        If two things are asked for that do not go together, or something unknown.
    """
    _refuse_what_does_not_fit(what, look)
    made = _Making(graph, what, look, cache(project or graph.project), alone)
    network = made.network()
    if what.focus:
        others = None if what.rows or what.compare else made.project().organizations
        network = focused(network, what.focus, what.depth, others)
    return network, replace(look, **made.marks.look(network), centre=network.graph.get("centre"))


def _refuse_what_does_not_fit(what: Content, look: Look) -> None:
    if what.pseudonyms and what.hide is None:
        raise UsageProblem("--pseudonyms is for those of --hide: name a file of organizations.")
    if what.compare and what.rows:
        raise UsageProblem("--compare is for alliances, not for the rows of a query: leave --from out.")
    if what.parameters and not what.rows:
        raise UsageProblem("-p is for the parameters of a query: name one by --from.")
    if what.significant and look.layout == BIPARTITE and not (what.rows or what.compare):
        raise UsageProblem("--only significant is said of alliances, not of who took part in what: leave it out.")


class _Making:
    """One map in the making."""

    def __init__(self, graph: "Graph", what: Content, look: Look, project: Project, alone: bool) -> None:
        self.graph, self.what, self.look, self.alone = graph, what, look, alone
        self._project = project
        self.marks = Marking()
        if not graph.is_empty and isinstance(look.color, str):
            self.marks = marking(self.project, color=look.color, layout=look.layout, level=what.level, areas=what.areas)

    def project(self) -> "Projection":
        """Return the alliances within the filter."""
        return self._project(self.what.within)

    def network(self) -> nx.Graph:
        """Return what is drawn, without those that must not appear."""
        if self.what.compare:
            return self._compared(*self.what.compare)
        network = self._rows() if self.what.rows else self._alliances_or_participations()
        network = self.marks.put_on(network)
        if self.what.hide is None:
            return network
        hidden = saved.hidden if self.graph.is_empty else self.project().hidden
        return hidden(network, self.what.hide, pseudonyms=self.what.pseudonyms)

    def _compared(self, first: str, second: str) -> nx.Graph:
        """Return two sides as one network, each side tested against chance on its own."""
        sides = self.graph.compare(first, second, self.what.within)
        networks = [self.marks.put_on(self._alliances(side)) for side in sides.projections]
        if self.what.hide is not None:
            networks = list(sides.hidden(networks, self.what.hide, pseudonyms=self.what.pseudonyms))
        return sides.together(networks)

    def _rows(self) -> nx.Graph:
        """Return the network of a query or of a file."""
        path = saved.file_of(self.what.rows)
        if path and self.what.parameters:
            raise UsageProblem(f"-p is for the parameters of a query, and {path} is a file: leave it out.")
        if path:
            made = self.graph.network_of_file(path, alone=self.alone)
        else:
            made = self.graph.network_of(self.what.rows, **self.what.parameters)
        made = saved.significant(made) if self.what.significant else made
        return self.project().sided(made) if self.look.layout == BIPARTITE else made

    def _alliances_or_participations(self) -> nx.Graph:
        if self.look.layout == BIPARTITE:
            return self.project().two_mode()
        is_part = self.what.focus or self.what.hide
        return self._alliances(self.project(), None if is_part else most_shown())

    def _alliances(self, projection: "Projection", most_detailed: int | None = None) -> nx.Graph:
        """Return alliances with all that is told of them, tested against chance unless they are very many."""
        if self.what.significant:
            return projection.told(Test(), significant=True, most_detailed=most_detailed)
        projection.weigh(MAP)
        test = Test() if len(projection.ties) <= TESTED else None
        return projection.told(test, most_detailed=most_detailed)
