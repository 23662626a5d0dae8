"""A frame as a table for people, or as data for programs."""

import io
import sys
from pathlib import Path
from typing import Any

import click
import polars as pl

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.files import write_whole
from graphmodel.formats import FORMS, written

SUFFIXES = {f".{form}": form for form in FORMS} | {".jsonl": "ndjson"}
TABLES = ("", ".txt")
"""Endings of files that people read."""
BINARY = {"parquet": "Parquet", "xlsx": "A workbook"}


def chosen_format(given: str | None, path: Path | None) -> str:
    """Return the format that is asked for, by name or by the end of the file's name.

    Raises
    ------
    UsageProblem
        If Parquet or a workbook would go to a terminal, or nothing is known of what the name ends in.
    """
    kind = given or _form_of(path.suffix.lower() if path else "")
    if kind in BINARY and path is None:
        raise UsageProblem(f"{BINARY[kind]} is no text. Name a file with -o.")
    return kind


def _form_of(suffix: str) -> str:
    """Return the format that an ending stands for."""
    if suffix in TABLES:
        return "table"
    if suffix not in SUFFIXES:
        raise UsageProblem(
            f"No table is written as {suffix}.{suggestion(suffix, SUFFIXES)} Known are {', '.join(SUFFIXES)}; or say "
            "--format."
        )
    return SUFFIXES[suffix]


def write(frame: pl.DataFrame, kind: str, path: Path | None, *, force: bool) -> None:
    """Write a frame to a file, whole, or to stdout."""
    content = table(frame).encode() if kind == "table" else written(frame, kind)
    if path is not None:
        write_whole(path, content, force=force)
    else:
        click.echo(content.decode(), nl=False)


def table(frame: pl.DataFrame) -> str:
    """Return a table as wide as the terminal; as wide as it needs where there is none."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    shown = Grid(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name, kind in frame.schema.items():
        shown.add_column(
            Text(name.replace("_", " ")), justify="right" if kind.is_numeric() else "left", overflow="fold"
        )
    for row in frame.iter_rows():
        shown.add_row(*(Text(_shown(cell)) for cell in row))
    text = io.StringIO()
    width = None if sys.stdout.isatty() else 10_000
    console = Console(file=text, width=width, force_terminal=sys.stdout.isatty(), highlight=False)
    console.print(shown)
    lines = [line.rstrip() for line in text.getvalue().strip("\n").splitlines()]
    return "\n".join(lines) + "\n"


def _shown(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case float():
            return f"{cell:.4g}" if abs(cell) < 1000 else f"{cell:,.0f}"
        case list():
            return ", ".join(_shown(item) for item in cell)
        case _:
            return str(cell)
