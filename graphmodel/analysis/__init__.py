"""The analyses. Each is a function of a network that gives a Finding; a line in the table makes it known.

Its keyword-only arguments are its options, told by its docstring. They are read from the source, so that the
commands can list them without loading the libraries that the analyses compute with.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.abc import InspectLoader
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from graphmodel.errors import UsageProblem, suggestion

if TYPE_CHECKING:
    import networkx as nx

    from graphmodel.analysis.finding import Finding

ANALYSES = {
    "brokers": "graphmodel.analysis.brokers:brokers",
    "communities": "graphmodel.analysis.communities:communities",
}

Value = int | float | str | bool
TYPES: dict[str, type[Value]] = {"int": int, "float": float, "str": str, "bool": bool}


@dataclass(frozen=True)
class Option:
    """An option of an analysis, named as its argument is."""

    name: str
    type: type[Value]
    default: Value
    help: str


@dataclass(frozen=True)
class Analysis:
    """What is known of an analysis before it is loaded: a line that says what it does, and its options."""

    name: str
    summary: str
    options: tuple[Option, ...]


def describe(name: str) -> Analysis:
    """Return what an analysis does and which options it takes, without loading it.

    Raises
    ------
    UsageProblem
        If there is no such analysis.

    Examples
    --------
    >>> [(option.name, option.type.__name__, option.default) for option in describe("brokers").options]
    [('weight', 'str', ''), ('samples', 'int', 0), ('seed', 'int', 1)]
    """
    function = _source(name)
    doc = ast.get_docstring(function) or ""
    return Analysis(name, doc.partition("\n")[0], tuple(_options(function, _parameters(doc))))


def run(name: str, network: "nx.Graph", **options: Value) -> "Finding":
    """Run an analysis on a network, with its options by name.

    Raises
    ------
    UsageProblem
        If there is no such analysis, it has no such option, or an option has a value that it cannot take.

    Examples
    --------
    >>> import networkx as nx
    >>> run("brokers", nx.path_graph(3)).table["id"][0]
    '1'
    """
    known = [option.name for option in describe(name).options]
    for option in options:
        if option not in known:
            hint = f"{suggestion(option, known)} There are: {', '.join(known)}."
            raise UsageProblem(f'The analysis {name} has no option "{option}".{hint}')
    module, function = _place(name)
    found: Finding = getattr(import_module(module), function)(network, **options)
    return found


def _place(name: str) -> tuple[str, str]:
    if name not in ANALYSES:
        there = ", ".join(ANALYSES)
        raise UsageProblem(f'There is no analysis "{name}".{suggestion(name, ANALYSES)} There are: {there}.')
    module, _, function = ANALYSES[name].partition(":")
    return module, function


def _source(name: str) -> ast.FunctionDef:
    module, function = _place(name)
    spec = find_spec(module)
    loader = cast(InspectLoader, spec.loader if spec else None)
    tree = ast.parse(loader.get_source(module) or "")
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)


def _options(function: ast.FunctionDef, helps: dict[str, str]) -> Iterator[Option]:
    for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        type_ = TYPES[cast(ast.Name, argument.annotation).id]
        value = ast.literal_eval(cast(ast.expr, default))
        yield Option(argument.arg, type_, value, helps[argument.arg])


def _parameters(doc: str) -> dict[str, str]:
    """What the section "Parameters" says of each.

    >>> _parameters("Do it.\\n\\nParameters\\n----------\\nseed : int\\n    First\\n    seed.\\n\\nNotes")
    {'seed': 'First seed.'}
    """
    section = doc.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    found = re.findall(r"^(\w+) : .*\n((?: +.*\n?)+)", section, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}
