"""A frame as a table for people, or as data for programs."""

import io
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import polars as pl

from graphmodel.errors import UsageProblem
from graphmodel.files import write_whole

if TYPE_CHECKING:
    from graphmodel.queries import Table

SUFFIXES = {".csv": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson", ".parquet": "parquet"}


def chosen_format(given: str | None, path: Path | None) -> str:
    """Return the format that is asked for, by name or by the end of the file's name.

    Raises
    ------
    UsageProblem
        If Parquet would go to a terminal.
    """
    kind = given or SUFFIXES.get(path.suffix.lower() if path else "", "table")
    if kind == "parquet" and path is None:
        raise UsageProblem("Parquet is no text. Name a file with -o.")
    return kind


def write(frame: pl.DataFrame, kind: str, path: Path | None, *, force: bool) -> None:
    """Write a frame to a file, whole, or to stdout."""
    content = _WRITERS[kind](frame)
    if path is not None:
        write_whole(path, content, force=force)
    else:
        click.echo(content, nl=False)


def framed(result: "Table") -> pl.DataFrame:
    """Return the answer of a query as a frame; a cell that is a map becomes JSON."""
    columns = zip(*result.rows, strict=True) if result.rows else ((),) * len(result.columns)
    cells = [[_flat(cell) for cell in column] for column in columns]
    return pl.DataFrame(
        [pl.Series(name, column, strict=False) for name, column in zip(result.columns, cells, strict=True)]
    )


def _flat(cell: Any) -> Any:
    is_map = isinstance(cell, dict) or (isinstance(cell, list) and any(isinstance(item, dict) for item in cell))
    return json.dumps(cell, ensure_ascii=False, default=_json) if is_map else cell


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


def csv(frame: pl.DataFrame) -> str:
    """Return the frame as CSV; lists are joined by `|`."""
    flat = [
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join("|")
        if isinstance(kind, pl.List)
        else pl.col(name)
        for name, kind in frame.schema.items()
    ]
    return frame.select(flat).write_csv()


def _json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _as_json(frame: pl.DataFrame) -> str:
    return json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2, default=_json) + "\n"


def _as_ndjson(frame: pl.DataFrame) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=_json) + "\n" for row in frame.iter_rows(named=True))


def _as_parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


_WRITERS: dict[str, Callable[[pl.DataFrame], str | bytes]] = {
    "table": table,
    "csv": csv,
    "json": _as_json,
    "ndjson": _as_ndjson,
    "parquet": _as_parquet,
}
