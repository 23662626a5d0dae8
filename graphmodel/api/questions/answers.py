"""Answers: a table with the sentences that belong to it, and how it was come by."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import networkx as nx
import polars as pl

from graphmodel import analysis, checks, notebook, queries
from graphmodel import network as networks
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, listed
from graphmodel.api import filter as filters
from graphmodel.api import listing
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.projection import Projection
from graphmodel.api.questions.fields import fields
from graphmodel.api.questions.names import refuse_empty
from graphmodel.api.questions.reading import Given, Understood, understand
from graphmodel.api.questions.table import Question, Way
from graphmodel.errors import QueryStopped, UsageProblem
from graphmodel.network import ENDS
from graphmodel.parameters import LIST_SEPARATOR
from graphmodel.store.base import UNLIMITED, Limit

if TYPE_CHECKING:
    from graphmodel.api import Graph

Project = Callable[[Filter], Projection]

NARROWED = ("analyse", "alliances", "report")
"""The commands that take a filter."""

OUTPUT = "report.zip"
"""The file that is suggested for a report."""

NOTHING = "Nothing on record answers this as it was asked."


@dataclass(frozen=True)
class Answer:
    """An answer to a question.

    Attributes
    ----------
    parameters : mapping of str to str
        What was asked for, as it was understood: names of nodes, days.
    within : Filter
        The filter that is left beside them.
    sentences : tuple of str
        What was found, what it means, what limits it.
    table : polars.DataFrame, optional
        None where another command has to be run: the sentences say which.
    cypher : str
        The query, where one answers it.
    method : str
        How it was done, as a report says it.
    command : str
        The command that answers the same.
    groups : mapping of str to str
        The group of each organization by its id, where the answer makes groups, for the colour of a map.
    """

    question: Question
    way: Way
    parameters: Mapping[str, str]
    within: Filter
    sentences: tuple[str, ...]
    table: pl.DataFrame | None
    cypher: str
    method: str
    command: str
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_graph(self) -> bool:
        """Whether its rows are ties, which can be drawn."""
        return self.table is not None and set(ENDS) <= set(self.table.columns)

    def _repr_html_(self) -> str:
        """Return the question as it was understood, the sentences and the table, for a notebook."""
        asked = (self.question.sentence, *(f"{name}: {text}" for name, text in self.parameters.items()))
        table = "" if self.table is None else notebook.table(self.table)
        how = notebook.folded("Cypher", self.cypher) + notebook.folded("The same in a terminal", self.command)
        return notebook.paragraphs((*asked, *self.sentences)) + table + how


def answer(
    graph: "Graph",
    question: Question,
    within: Filter = EVERYTHING,
    given: Given | None = None,
    *,
    way: Way | None = None,
    project: Project | None = None,
    limit: Limit = UNLIMITED,
) -> Answer:
    """Answer a question.

    Parameters
    ----------
    graph : Graph
    question : Question
    within : Filter
        The part of the network that is meant; a query is not narrowed by it but where it takes a region.
    given : mapping of str to str or sequence of str
        What `fields` asks for, as text.
    way : Way, optional
        One of those of the question; the first if not given.
    project : function from Filter to Projection, optional
        Where projections are kept; `Graph.project` if not given.
    limit : Limit
        How long a query may take.

    Raises
    ------
    StoreMissing
        If nothing was loaded yet.
    UsageProblem
        If something is missing, unknown or cannot be, or as the query or analysis says.
    QueryStopped
        If the time of a query has run out; the message says how to narrow it.
    """
    chosen = way or question.ways[0]
    refuse_empty(graph)
    understood = understand(graph, chosen, within, given or {})
    find = partial(_of_query, limit=limit) if chosen.tool == "query" else _FOUND[chosen.tool]
    found = find(graph, chosen, understood, project or graph.project)
    return Answer(
        question=question,
        way=chosen,
        parameters=understood.words,
        within=understood.within,
        sentences=(*found.sentences, *_not_narrowed(chosen, understood.within)),
        table=found.table if chosen.tool != "report" else None,
        cypher=queries.library()[chosen.name].text if chosen.tool == "query" else "",
        method=found.methods,
        command=command(chosen, understood),
        groups={id: found.labels.get(group, f"Group {group}") for id, group in found.groups.items()},
    )


def network(graph: "Graph", answered: Answer) -> nx.Graph:
    """Return the ties of an answer as a networkx graph, with what is known of the organizations.

    Raises
    ------
    UsageProblem
        If the rows of the answer are no ties.
    """
    if answered.table is None or not answered.is_graph:
        raise UsageProblem("The rows of this answer are no ties: they cannot be drawn.")
    made = networks.rows_to_network(answered.table, graph.project().organizations.drop("sources", strict=False))
    made.graph["parameters"] = (answered.command,)
    return made


def command(way: Way, understood: Understood) -> str:
    """Return the command that answers the same without asking."""
    said = ["graphmodel", way.tool, *([way.name] if way.name else []), *_told(way, understood.told)]
    output = ["-o", OUTPUT] if way.tool == "report" else []
    narrowing = filters.flags(understood.within) if way.tool in NARROWED else []
    return shlex.join([*said, *narrowing, *output])


def _told(way: Way, told: Mapping[str, str | Sequence[str]]) -> Iterator[str]:
    """Yield the words by which a command is told its parameters: arguments first, in their order."""
    if way.tool == "query":
        for name, text in told.items():
            yield from ("-p", f"{name}={text if isinstance(text, str) else LIST_SEPARATOR.join(text)}")
        return
    placed = [item.name for item in analysis.describe(way.name).arguments] if way.tool == "analyse" else []
    yield from (str(told[name]) for name in placed if name in told)
    for name, text in told.items():
        for one in [] if name in placed else [text] if isinstance(text, str) else text:
            yield from (f"-{name}" if len(name) == 1 else f"--{name.replace('_', '-')}", one)


def _not_narrowed(way: Way, within: Filter) -> Iterator[str]:
    asked = filters.words(within)
    if asked and way.tool not in NARROWED:
        yield f"Not narrowed by: {', '.join(asked)}. This answer is about all that was loaded."


def _of_query(
    graph: "Graph", way: Way, understood: Understood, project: Project, *, limit: Limit = UNLIMITED
) -> Finding:
    query = queries.library()[way.name]
    try:
        rows = graph.query(way.name, limit, **understood.values)
    except QueryStopped as error:
        raise QueryStopped(_stopped(way, understood, limit)) from error
    doc = " ".join(query.doc.split())
    number = f"{counted(len(rows.rows), 'row')}." if rows.rows else NOTHING
    return Finding(rows.frame(), (number, *([doc] if doc else [])), method=f"{query.question} {doc}".strip())


def _stopped(way: Way, understood: Understood, limit: Limit) -> str:
    """Return what to do where the time of a query has run out: what it can be told still, or the command."""
    fewer = [field.title.lower() for field in fields(way) if field.is_node and field.name not in understood.told]
    narrower = f"Name {' or '.join(fewer)} to narrow it, or let" if fewer else "Let"
    return (
        f"The answer was stopped after {limit.seconds:g} seconds: all of the data have to be gone through for it. "
        f"{narrower} it run as long as it takes in a terminal: {command(way, understood)}"
    )


def _of_analysis(graph: "Graph", way: Way, understood: Understood, project: Project) -> Finding:
    projection = project(understood.within)
    several = {field.name for field in fields(way) if field.several}
    options = {name: tuple(value) if name in several else value for name, value in understood.values.items()}
    return _beside(projection, projection.analyse(way.name, **options))


def _of_alliances(graph: "Graph", way: Way, understood: Understood, project: Project) -> Finding:
    projection = project(understood.within)
    return _beside(projection, listing.alliances(projection, show="significant" if "only" in way.preset else "all"))


def _beside(projection: Projection, found: Finding) -> Finding:
    """Put what belongs beside all ties before what was found."""
    return replace(found, words=(*projection.caveats, *found.words))


def _of_checks(graph: "Graph", way: Way, understood: Understood, project: Project) -> Finding:
    found = graph.check()
    errors = ", errors among them" if checks.is_bad(found) else ""
    words = (f"{counted(len(found), 'finding')}{errors}.", "`graphmodel check NAME` lists each finding of a check.")
    return Finding(checks.summary(found), words, limits="A check proves nothing: it says where to look.")


def _of_resolution(graph: "Graph", way: Way, understood: Understood, project: Project) -> Finding:
    found = graph.resolution().candidates()
    listed_ = found.filter(pl.col("judgement").is_null())
    words = (
        f"{counted(len(listed_), 'pair')} that may be the same.",
        "`graphmodel resolve --accept FIRST SECOND` says that two are, --reject that they are not.",
    )
    return Finding(listed_, words, limits="The score says how alike they are; a person judges.")


def _of_report(graph: "Graph", way: Way, understood: Understood, project: Project) -> Finding:
    about = listed([*understood.words.values()])
    words = (
        f"The report on {about} is written by: {command(way, understood)}",
        "Names listed in a file are left out with --hide FILE.",
    )
    return Finding(pl.DataFrame(), words)


_FOUND: Mapping[str, Callable[["Graph", Way, Understood, Project], Finding]] = {
    "query": _of_query,
    "analyse": _of_analysis,
    "alliances": _of_alliances,
    "check": _of_checks,
    "resolve": _of_resolution,
    "report": _of_report,
}
"""How each command that the table names finds its answer."""
