"""`graphmodel ask`: the questions, in a person's words."""

import shlex
import sys
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from graphmodel.cli.options import filters, methods, opened, output, quiet, say, store
from graphmodel.cli.query import pairs
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    import polars as pl

    from graphmodel.api import Filter, Graph
    from graphmodel.api.questions import Field, Question, Way

FEW = 12
"""Values up to which all that a field could be are listed."""


@click.command(short_help="Ask one of the questions, and be asked for what it needs.")
@click.argument("question", nargs=-1)
@click.option("-p", "--param", "given", multiple=True, metavar="NAME=VALUE", help="What the question is told.")
@click.option("--answer", "choice", type=click.IntRange(1), help="Which of its answers, where it has two: 1 or 2.")
@click.option("--prompt/--no-prompt", default=None, help="Ask for what is missing. By default on a terminal.")
@store
@filters()
@methods
@quiet
@output
def command(
    question: tuple[str, ...],
    given: tuple[str, ...],
    choice: int | None,
    prompt: bool | None,
    store: str,
    within: "Filter",
    methods: bool,
    quiet: bool,
) -> "pl.DataFrame | None":
    """Ask a QUESTION by its number or by words of it. Without one, list the questions and what answers each.

    What it needs is asked for one by one; or give it by -p, as -p organization=unesco. Organizations, regions and
    competence areas go by name, acronym, id or reference. Of what takes several, separate them by |. At the end stands
    the command that answers the same without asking.

    \b
    Example:
      graphmodel ask
      graphmodel ask 1 -p organization=unesco -p day=2018-01-01
      graphmodel ask who connects us
      graphmodel ask 3 --answer 2 -p organization=unesco --region Africa
    """
    from graphmodel.api import questions

    if not question:
        return _listed()
    asked = questions.find(" ".join(question))
    prompting = sys.stdin.isatty() if prompt is None else prompt
    if prompting:
        say(f"{asked.number}. {asked.sentence}")
    way = _chosen(asked, choice, prompting=prompting)
    said = _joined(given)
    with opened(store) as graph:
        if prompting:
            said |= _prompted(graph, way, within, said)
        found = questions.answer(graph, asked, within, said, way=way)
    if methods:
        click.echo(found.method)
        return None
    if not quiet:
        for name, text in found.parameters.items():
            say(f"{name}: {text}")
        for sentence in found.sentences:
            say(sentence)
        say(f"The same without asking: {found.command}{_elsewhere(store)}")
    return found.table


def _elsewhere(store: str) -> str:
    """Return the option that names the store, where it was given as an option."""
    said = click.get_current_context().get_parameter_source("store") is ParameterSource.COMMANDLINE
    return f" --store {shlex.quote(store)}" if said else ""


def _listed() -> "pl.DataFrame":
    import polars as pl

    from graphmodel.api.questions import QUESTIONS

    rows = [
        (question.number, question.sentence, " or ".join(way.words for way in question.ways))
        for question in QUESTIONS.values()
    ]
    return pl.DataFrame(rows, schema=["number", "question", "answered_by"], orient="row")


def _chosen(asked: "Question", choice: int | None, *, prompting: bool) -> "Way":
    """Return the answer that is wanted; where there are two and none is chosen, the person is asked."""
    if choice is None and prompting and len(asked.ways) > 1:
        for place, way in enumerate(asked.ways, 1):
            say(f"  {place}  {way.sentence} ({way.words})")
        choice = click.prompt("Which", type=click.IntRange(1, len(asked.ways)), default=1, err=True)
    return asked.way(choice or 1)


def _joined(given: tuple[str, ...]) -> dict[str, str | list[str]]:
    """Read NAME=VALUE of each parameter; a name that is given more than once has several values."""
    said: dict[str, str | list[str]] = {}
    for text in given:
        ((name, value),) = pairs((text,)).items()
        before = said.get(name, [])
        said[name] = [*([before] if isinstance(before, str) else before), value] if name in said else value
    return said


def _prompted(graph: "Graph", way: "Way", within: "Filter", said: dict[str, str | list[str]]) -> dict[str, str]:
    """Ask for each thing that is needed and not given, and say what else can be given."""
    from graphmodel.api.questions import fields, missing

    offered = fields(way)
    others = [f"{field.name} ({field.default})" if field.default else field.name for field in offered]
    free = [told for told, field in zip(others, offered, strict=True) if not field.required and field.name not in said]
    if free:
        say(f"Also, with -p NAME=VALUE: {', '.join(free)}.")
    return {field.name: _asked_for(graph, field) for field in missing(way, within, said)}


def _asked_for(graph: "Graph", field: "Field") -> str:
    """Ask for one thing until it can be read."""
    from graphmodel.api.questions import read, suggestions

    if field.help:
        say(f"{field.title}: {field.help}")
    there = [str(one) for one in suggestions(graph, field, most=FEW + 1)]
    if 0 < len(there) <= FEW:
        say(f"There are: {', '.join(there)}.")
    while True:
        text: str = click.prompt(field.title, default=field.default or None, err=True)
        try:
            read(graph, field, text)
        except UsageProblem as problem:
            say(str(problem))
        else:
            return text
