"""The analyses. Each is a function that gives a Finding; a line in the table makes it known.

Its first parameter says what it is given: `network: nx.Graph` or `partnerships: Partnerships`. Further positional ones
are its arguments, keyword-only ones its options, all told by its docstring. They are read from the source, so that the
commands can list them without loading the libraries that the analyses compute with.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from graphmodel.errors import UsageProblem, refuse_other, suggestion

if TYPE_CHECKING:
    import networkx as nx

    from graphmodel.analysis.finding import Finding
    from graphmodel.analysis.ties.partnerships import Partnerships

ANALYSES = {
    "brokers": "graphmodel.analysis.structure.brokers:brokers",
    "centrality": "graphmodel.analysis.structure.centrality:centrality",
    "communities": "graphmodel.analysis.structure.communities:communities",
    "concentration": "graphmodel.analysis.coverage.concentration:concentration",
    "consortium": "graphmodel.analysis.scenarios.consortium:consortium",
    "gaps": "graphmodel.analysis.coverage.gaps:gaps",
    "impact": "graphmodel.analysis.scenarios.impact:impact",
    "multipliers": "graphmodel.analysis.scenarios.multipliers:multipliers",
    "overlap": "graphmodel.analysis.coverage.overlap:overlap",
    "paths": "graphmodel.analysis.scenarios.paths:paths",
    "recommend": "graphmodel.analysis.recommendation.recommend:recommend",
    "trends": "graphmodel.analysis.trends.trends:trends",
}

OF_TIES = {"brokers", "centrality", "communities", "consortium", "impact", "multipliers", "paths"}
"""Those that look at ties, and can look at some of them."""

OF_ALL_TIES = {"recommend"}
"""Those that look at ties, and need all: who was met by chance is no new partner. The others look at activities."""

Value = int | float | str | bool | tuple[str, ...]
TYPES: dict[str, type[int | float | str | bool]] = {"int": int, "float": float, "str": str, "bool": bool}


@dataclass(frozen=True)
class Option:
    """An argument or option of an analysis, named as its parameter is.

    Attributes
    ----------
    default : int, float, str, bool or tuple of str, optional
        None where it must be given.
    choices : tuple of str
        What it may be; anything if empty.
    """

    name: str
    type: type[int | float | str | bool]
    default: Value | None
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """What is known of an analysis before it is loaded.

    Attributes
    ----------
    summary : str
        A line that says what it does.
    takes : str
        "network" or "partnerships".
    ties : str
        "some" where it looks at ties and can be given some of them, "all" where it needs all, else "none".
    arguments, options : tuple of Option
        What it is told by place, and by name.
    references : str
        Where its method comes from.
    """

    name: str
    summary: str
    takes: str
    ties: str
    arguments: tuple[Option, ...]
    options: tuple[Option, ...]
    references: str

    @property
    def parameters(self) -> tuple[Option, ...]:
        """Arguments and options."""
        return (*self.arguments, *self.options)


def describe(name: str) -> Analysis:
    """Return what an analysis does and what it can be told, without loading it.

    Raises
    ------
    UsageProblem
        If there is no such analysis.

    Examples
    --------
    >>> [(option.name, option.type.__name__, option.default) for option in describe("brokers").options]
    [('by', 'str', 'kind'), ('between', 'str', ()), ('weight', 'str', ''), ('samples', 'int', 0), ('seed', 'int', 1)]
    """
    function = _source(name)
    doc = ast.get_docstring(function) or ""
    helps = _parameters(doc)
    subject, *placed = function.args.args
    defaults = [*[None] * (len(placed) - len(function.args.defaults)), *function.args.defaults]
    return Analysis(
        name=name,
        summary=doc.partition("\n")[0],
        takes=subject.arg,
        ties="some" if name in OF_TIES else "all" if name in OF_ALL_TIES else "none",
        arguments=tuple(_options(placed, defaults, helps)),
        options=tuple(_options(function.args.kwonlyargs, function.args.kw_defaults, helps)),
        references=" ".join(_section(doc, "References").split()),
    )


def run(name: str, subject: "nx.Graph | Partnerships", **options: Any) -> "Finding":
    """Run an analysis, with its arguments and options by name.

    Parameters
    ----------
    name : str
    subject : networkx.Graph or Partnerships
        What it looks at. Those that take a network are content with either.
    options
        Its arguments and options.

    Raises
    ------
    UsageProblem
        If there is no such analysis, it has no such option, one is missing, or has a value that it cannot take.

    Examples
    --------
    >>> import networkx as nx
    >>> run("brokers", nx.path_graph(3)).table["id"][0]
    '1'
    """
    described = describe(name)
    _check(described, options)
    module, function = _place(name)
    given = getattr(subject, "network", subject) if described.takes == "network" else subject
    found: Finding = getattr(import_module(module), function)(given, **options)
    return replace(found, references=described.references)


def _check(described: Analysis, options: dict[str, Any]) -> None:
    known = {option.name: option for option in described.parameters}
    for name, value in options.items():
        if name not in known:
            hint = f"{suggestion(name, known)} There are: {', '.join(known)}."
            raise UsageProblem(f'The analysis {described.name} has no option "{name}".{hint}')
        if (choices := known[name].choices) and value not in choices:
            raise UsageProblem(f'"{value}" is no {name}.{suggestion(str(value), choices)} Choose {_either(choices)}.')
    for option in described.arguments:
        if option.default is None and option.name not in options:
            raise UsageProblem(f"The analysis {described.name} needs one more argument, {option.name}: {option.help}")


def _either(choices: tuple[str, ...]) -> str:
    return f"{', '.join(choices[:-1])} or {choices[-1]}" if len(choices) > 1 else choices[0]


def _place(name: str) -> tuple[str, str]:
    refuse_other("analysis", name, ANALYSES)
    module, _, function = ANALYSES[name].partition(":")
    return module, function


_PARSING = Lock()
"""Python 3.11 fails where several threads build syntax trees at once."""


def _source(name: str) -> ast.FunctionDef:
    module, function = _place(name)
    text = Path(str(cast(ModuleSpec, find_spec(module)).origin)).read_text(encoding="utf-8")
    with _PARSING:
        tree = ast.parse(text)
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)


def _options(given: list[ast.arg], defaults: list[ast.expr | None], helps: dict[str, str]) -> Iterator[Option]:
    for argument, default in zip(given, defaults, strict=True):
        type_, choices = _annotated(cast(ast.expr, argument.annotation))
        value = None if default is None else ast.literal_eval(default)
        yield Option(argument.arg, type_, value, helps[argument.arg], choices)


def _annotated(annotation: ast.expr) -> tuple[type[int | float | str | bool], tuple[str, ...]]:
    """Return the type, and the choices of a Literal; of `tuple[str, ...]` the type of the elements.

    >>> _annotated(ast.parse("Literal['a', 'b']", mode="eval").body)
    (<class 'str'>, ('a', 'b'))
    """
    if isinstance(annotation, ast.Name):
        return TYPES[annotation.id], ()
    kind, inner = cast(ast.Subscript, annotation).value, cast(ast.Subscript, annotation).slice
    values = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    choices = [ast.literal_eval(value) for value in values] if cast(ast.Name, kind).id == "Literal" else []
    return str, tuple(choices)


def _parameters(doc: str) -> dict[str, str]:
    """What the section "Parameters" says of each.

    >>> _parameters("Do it.\\n\\nParameters\\n----------\\nseed : int\\n    First\\n    seed.\\n\\nNotes")
    {'seed': 'First seed.'}
    """
    found = re.findall(r"^(\w+) : .*\n((?: +.*\n?)+)", _section(doc, "Parameters"), re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def _section(doc: str, heading: str) -> str:
    return doc.partition(f"{heading}\n{'-' * len(heading)}\n")[2].partition("\n\n")[0]
