"""Writes what README.md says of the program anew from the program: its tables, transcripts and examples.

A block of ``console`` holds a command and, below, what it prints (stdout and stderr together), run in one empty folder
in the order of the page. A part between ``<!-- name -->`` and ``<!-- end -->`` is the table of that name.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from graphmodel import analysis, describe, queries
from graphmodel.api.questions import QUESTIONS
from graphmodel.schema import SCHEMA

README = Path(__file__).parent.parent / "README.md"
BENCHMARKS = Path(__file__).parent / "benchmarks"
_CONSOLE = re.compile(r"```console\n\$ (?P<command>[^\n]*)\n.*?```\n", re.DOTALL)
_PART = re.compile(r"<!-- (?P<name>\w+) -->\n.*?<!-- end -->\n", re.DOTALL)


def fresh(text: str) -> str:
    """Return the page with its tables and transcripts made anew."""
    with tempfile.TemporaryDirectory() as folder:
        text = _CONSOLE.sub(lambda block: _transcript(block["command"], Path(folder)), text)
    return _PART.sub(lambda part: f"<!-- {part['name']} -->\n{TABLES[part['name']]()}<!-- end -->\n", text)


def _transcript(command: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "GRAPHMODEL_STORE"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"{command} 2>&1"], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return f"```console\n$ {command}\n{done.stdout.rstrip()}\n```\n"


def question_table() -> str:
    """Return the questions of an officer, each with its number and what answers it."""
    rows = [
        f"| {question.number} | {question.sentence} | {', '.join(f'`{way.words}`' for way in question.ways)} |"
        for question in QUESTIONS.values()
    ]
    return "\n".join(["| | question | answered by |", "|---|---|---|", *rows, ""])


def query_table() -> str:
    """Return the questions, each with its name and parameters; those that need not be given in brackets."""
    rows = [
        f"| {query.question} | `{query.name}` | {' '.join(_parameter(item) for item in query.parameters)} |"
        for query in queries.library().values()
    ]
    return "\n".join(["| question | query | parameters |", "|---|---|---|", *rows, ""])


def _parameter(item: queries.Parameter) -> str:
    return item.name if item.required else f"[{item.name}]"


def analysis_table() -> str:
    """Return the analyses, each with what it does, its arguments and its options."""
    described = [analysis.describe(name) for name in sorted(analysis.ANALYSES)]
    rows = [
        f"| `{' '.join([item.name, *map(_argument, item.arguments)])}` | {item.summary} | {_options(item)} |"
        for item in described
    ]
    return "\n".join(["| analysis | what it does | options |", "|---|---|---|", *rows, ""])


def _argument(item: analysis.Option) -> str:
    return item.name.upper() if item.default is None else f"[{item.name.upper()}]"


def _options(item: analysis.Analysis) -> str:
    marked = (f"{'-' if len(option.name) == 1 else '--'}{option.name.replace('_', '-')}" for option in item.options)
    return " ".join(f"`{option}`" for option in marked)


def measured_tables() -> dict[str, Callable[[], str]]:
    """Return what writes the tables of what `scripts/bench` measured, from what it kept."""
    sys.path.insert(0, str(BENCHMARKS))
    tables: dict[str, Callable[[], str]] = import_module("measured").tables()
    return tables


TABLES: dict[str, Callable[[], str]] = {
    "questions": question_table,
    "schema": lambda: describe.as_markdown(SCHEMA),
    "queries": query_table,
    "analyses": analysis_table,
    **measured_tables(),
}


if __name__ == "__main__":
    README.write_text(fresh(README.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
