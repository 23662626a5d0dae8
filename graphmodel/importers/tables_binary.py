"""Workbooks and JSON lines as rows of text, the header first."""

import functools
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import IO, Any, TypeAlias

from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.importers.containers import Content, readable
from graphmodel.records import Reject

MOST_CELLS = 50_000_000  # of a sheet, those that are empty too
MOST_BYTES = 4_000_000_000  # of a workbook that is unpacked
CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
PIECE, LONGEST_PLACE = 1 << 20, 16
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Rows: TypeAlias = Callable[[], Iterator[tuple[int, list[str]] | Reject]]


def text_of(value: Any) -> str:
    """Write a cell as text: a day in ISO form, a whole number without `.0`, any other number in full.

    >>> [text_of(value) for value in (None, 3.0, 0.1, datetime(2021, 1, 31), True, ["a", 2])]
    ['', '3', '0.1', '2021-01-31', 'true', 'a|2']
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float():
            return (
                str(int(value)) if value.is_integer() and abs(value) < 1e15 else "" if value != value else repr(value)
            )
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date():
            return value.isoformat()
        case list() | tuple():
            return "|".join(text_of(item) for item in value)
        case dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)


def workbook(content: Content, sheet: str) -> tuple[str, Rows]:
    """Return the rows of a sheet of a workbook; `sheet` may be empty where only one has data.

    Raises
    ------
    DataProblem
        If it is no workbook, or a sheet of it is too large, unknown or not named.
    """
    cells = sheets(content)
    name = _sheet(content, list(cells), sheet)
    rows = cells[name]
    return f'Excel, sheet "{name}"', lambda: iter(enumerate(rows, 1))


def sheets(content: Content) -> dict[str, list[list[str]]]:
    """Return the sheets that hold something, by name, each as rows of text."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise UsageProblem("Workbooks need python-calamine. Install it: pip install python-calamine.") from error
    with readable(content.title), content.open() as stream:
        _refuse_vast(content, stream)
        book = CalamineWorkbook.from_filelike(stream)
        found = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    return {name: [[text_of(cell) for cell in row] for row in rows] for name, rows in found.items() if rows}


def _refuse_vast(content: Content, stream: IO[bytes]) -> None:
    """Refuse a sheet with a cell so far out that the empty ones before it would fill the memory."""
    if not zipfile.is_zipfile(stream):
        return
    with zipfile.ZipFile(stream) as archive:
        sheets = [item for item in archive.infolist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", item.filename)]
        if sum(item.file_size for item in archive.infolist()) > MOST_BYTES or any(
            _extent(archive, item) > MOST_CELLS for item in sheets
        ):
            raise DataProblem(
                f"{content.title} spans more than {MOST_CELLS:,} cells. Delete what is empty to the right of the table "
                "and below it, or save the sheet as CSV."
            )
    stream.seek(0)


def _extent(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> int:
    """Return how many cells there are up to the last column and the last row in which one is written."""
    columns, last, rest = {b"A"}, 1, b""
    with archive.open(item) as sheet:
        while piece := sheet.read(PIECE):
            found = CELL.findall(rest + piece)
            columns.update(column for column, _ in found)
            last = max(last, *(int(row) for _, row in found), 1)
            rest = piece[-LONGEST_PLACE:]
    return last * max(functools.reduce(lambda sum, letter: 26 * sum + letter - 64, name, 0) for name in columns)


def _sheet(content: Content, names: list[str], wanted: str) -> str:
    if wanted in names:
        return wanted
    if wanted:
        hint = suggestion(wanted, names) or f" It has {', '.join(names) or 'none with data'}."
        raise DataProblem(f'{content.title} has no sheet "{wanted}".{hint}')
    if len(names) == 1:
        return names[0]
    if not names:
        raise DataProblem(f"{content.title} holds no rows. Its first row must name the columns.")
    raise DataProblem(f'{content.title} has the sheets {", ".join(names)}. Say which is meant: sheet = "{names[0]}".')


def json_lines(content: Content, sheet: str = "") -> tuple[str, Rows]:
    """Return the rows of a file of JSON objects, one a line, or in one list; the columns are all their keys."""
    with content.open() as stream:
        raw = stream.read()
    try:
        lines = raw.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DataProblem(f"{content.title} is not UTF-8, as JSON has to be. Save it again as UTF-8.") from error
    found = _objects(lines)
    columns = list(dict.fromkeys(key for item in found.values() if isinstance(item, dict) for key in item))
    if not columns:
        raise DataProblem(f"{content.title} holds no JSON objects. Write one on each line, or a list of them.")
    return "JSON lines", lambda: _json_rows(content.path.name, columns, found)


def _objects(lines: list[str]) -> dict[int, Any]:
    """Return what stands on each line, or what a list over all lines holds, by number; None where it is no JSON."""
    if lines and lines[0].lstrip().startswith("["):
        whole = _parsed("\n".join(lines))
        if isinstance(whole, list):
            return dict(enumerate(whole, 1))
    return {number: _parsed(line) for number, line in enumerate(lines, 1) if line.strip()}


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _json_rows(file: str, columns: list[str], found: dict[int, Any]) -> Iterator[tuple[int, list[str]] | Reject]:
    yield 0, columns
    for number, item in found.items():
        if isinstance(item, dict):
            yield number, [text_of(item.get(name)) for name in columns]
        else:
            yield Reject(file, number, "", "shape", "no JSON object", "an object with the columns as its keys")
