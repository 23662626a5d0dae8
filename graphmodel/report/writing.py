"""A report as files: the page, the map, the tables, the ties, and what programs read of it."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from graphmodel import api, exports
from graphmodel.api import Graph
from graphmodel.api.comparison import DASH
from graphmodel.files import refuse_existing, refuse_unlike, write_folder, write_whole
from graphmodel.formats import harmless, workbook, written
from graphmodel.report import discretion
from graphmodel.report.extent import refuse_too_large
from graphmodel.report.page import Cover, page
from graphmodel.report.part import Part, Table
from graphmodel.report.parts import PARTS
from graphmodel.report.parts.map import look
from graphmodel.report.request import NO_DAY, Request
from graphmodel.report.subject import Subject
from graphmodel.version import version

DATA = "report.json"
"""The file by which a folder is known as a report."""

FORMAT = "graphmodel report 1"

EVERYTHING = Request()

LONGEST = 100_000
"""Rows of a table that a sheet of the workbook holds."""

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP knows
READABLE = 0o100644 << 16


def report(graph: Graph, request: Request = EVERYTHING) -> dict[str, bytes]:
    """Return a report by the names of its files. The same data and the same request give the same bytes.

    report.html is the page, on two sides of A4; map.html the map to explore; tables.xlsx every table, and so each CSV;
    alliances.graphml the ties; report.json the figures, and what programs need to compare two reports.

    Parameters
    ----------
    graph : Graph
    request : Request
        What it is on, and what must not be said.

    Raises
    ------
    StoreMissing
        If nothing was loaded yet.
    UsageProblem
        If the request names what is not there, is about an organization that is to be hidden, or about so large a
        network that it would be no page for a meeting; the message says how to narrow it.

    Examples
    --------
    >>> import tempfile
    >>> from graphmodel import api
    >>> with tempfile.TemporaryDirectory() as folder, api.open(f"{folder}/graph.lbug") as graph:
    ...     loaded = graph.load_demonstration()
    ...     files = report(graph)
    >>> "report.html" in files, "gaps.csv" in files, files == dict(sorted(files.items()))
    (True, True, True)
    """
    subject = Subject(graph, request.on_a_day(graph))
    refuse_too_large(subject)
    made = [part for make in PARTS if (part := make(subject)) is not None]
    parts = [discretion.discreet(part, subject.terms, request.minimum_cell) for part in made]
    cover = _cover(subject)
    tables = {table.name: table for part in parts for table in part.tables}
    files = {f"{name}.csv": written(harmless(table.frame), "csv") for name, table in tables.items()}
    files["tables.xlsx"] = workbook({name: _sheet(table) for name, table in tables.items()})
    files["alliances.graphml"] = exports.graphml(subject.shown)
    files["map.html"] = api.draw_as(subject.shown, "html", look(subject))
    files["methods.txt"] = methods(parts).encode()
    files["report.html"] = page(cover, parts).encode()
    files[DATA] = _data(cover, parts, tables, [*files, DATA])
    return dict(sorted(files.items()))


def _sheet(table: Table) -> pl.DataFrame:
    """Return what a sheet holds: the table, or of a very long one where it is."""
    if table.frame.height <= LONGEST:
        return table.frame
    return pl.DataFrame({table.name: [f"{table.frame.height:,} rows are too many for a sheet: see {table.name}.csv"]})


def methods(parts: list[Part]) -> str:
    """Return how each part was done, with its limits and the literature: the paragraphs for a report of one's own."""
    told = [(part.heading, part.finding.methods) for part in parts if part.finding and part.finding.method]
    return "\n".join(f"{heading}\n{paragraph}\n" for heading, paragraph in told)


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP: in order of their names, at a moment long ago, so that the same files give the same bytes.

    >>> archive({"b": b"2", "a": b"1"}) == archive({"a": b"1", "b": b"2"})
    True
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, READABLE
            packed.writestr(entry, content)
    return data.getvalue()


def write(path: Path, files: Mapping[str, bytes], *, force: bool = False) -> Path:
    """Write a report as a folder, or as a ZIP if the name ends so: whole, or not at all.

    Raises
    ------
    UsageProblem
        As `refuse`.
    """
    if is_archive(path):
        return write_whole(path, archive(files), force=force)
    return write_folder(path, files, mark=DATA, force=force)


def refuse(path: Path, *, force: bool) -> None:
    """Refuse a place that is taken, before any work is done.

    Raises
    ------
    UsageProblem
        If something is there and `force` is false, or a folder that is no report; if it has no folder to be in.
    """
    if is_archive(path):
        refuse_existing(path, force=force)
    else:
        refuse_unlike(path, mark=DATA, force=force)


def is_archive(path: Path) -> bool:
    """Whether a name is that of a ZIP."""
    return path.suffix.lower() == ".zip"


def _cover(subject: Subject) -> Cover:
    about, day = subject.network.graph, subject.request.within.today
    clean = subject.terms.text if subject.terms else str
    return Cover(
        title=clean(_title(subject)),
        period=_period(subject),
        day="" if day in (None, NO_DAY) else str(day),
        parameters=subject.asked,
        hash=about["hash"],
        version=version(),
        notes=(*_left_out(subject.request), *discretion.told(subject.request.minimum_cell)),
    )


def _left_out(request: Request) -> tuple[str, ...]:
    if request.hide is None:
        return ()
    everything = (
        "Some organizations are left out on purpose, of all figures too: that nobody is active somewhere may mean that "
        "only they are."
    )
    if not request.pseudonyms:
        return (everything,)
    return (
        "Some organizations have no name among the alliances, on the map and as brokers. What is told of activities, "
        "places and areas is told without them: that nobody is active somewhere may mean that only they are.",
    )


def _title(subject: Subject) -> str:
    if subject.request.title:
        return subject.request.title
    regions, areas = subject.names["regions"], subject.names["areas"]
    of = f" of {subject.name_of(subject.organization)}" if subject.organization else ""
    if not (of or regions or areas):
        return "Partnership network"
    where = f" in {' and '.join(regions)}" if regions else ""
    on = f" on {' and '.join(areas)}" if areas else ""
    return f"Partnerships{of}{on}{where}"


def _period(subject: Subject) -> str:
    """Return the time that is asked for, else that in which the activities started."""
    within, started = subject.request.within, subject.incidence["started"]
    if within.as_of:
        return f"on {within.as_of}"
    if within.since or within.until:
        asked = (("from", within.since), ("to", within.until))
        return " ".join(f"{word} {day}" for word, day in asked if day)
    first, last = started.min(), started.max()
    years = dict.fromkeys(str(getattr(day, "year", "")) for day in (first, last))
    return f"activities started {DASH.join(years)}" if any(years) else "no dates on record"


def _data(cover: Cover, parts: list[Part], tables: Mapping[str, Table], names: list[str]) -> bytes:
    """Return what programs read: what was asked for, the figures, and which files there are."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "title": cover.title,
        "period": cover.period,
        "day": cover.day,
        "parameters": cover.parameters,
        "hash": cover.hash,
        "version": cover.version,
        "figures": [vars(figure) for part in parts for figure in part.figures],
        "parts": {part.name: {"heading": part.heading, "sentences": part.sentences} for part in parts},
        "notes": cover.notes,
        "tables": {
            name: {"rows": table.frame.height, "columns": table.frame.columns} for name, table in tables.items()
        },
        "files": sorted(names),
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
