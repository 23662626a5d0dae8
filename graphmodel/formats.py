"""A frame as a file that other programs read."""

import io
import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl

LIST_SEPARATOR = "|"
DAY_ONE = datetime(1980, 1, 1)  # the day that workbooks say they were made, so that the same data give the same bytes
_RUN = tuple("=+-@\t\r")  # what formulas begin with
WIDEST = 60  # characters that a column of a workbook shows


def written(frame: pl.DataFrame, form: str) -> bytes:
    """Return a frame as a file: csv, json, ndjson, parquet or xlsx. The same frame gives the same bytes.

    Examples
    --------
    >>> written(pl.DataFrame({"id": ["a"], "kinds": [["x", "y"]]}), "csv").decode()
    'id,kinds\\na,x|y\\n'
    """
    return FORMS[form](frame)


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame without texts that a spreadsheet would take for formulas: a mark of quotation stands before them.

    For CSV that people open; programs are given the data as they are. Lists become texts.

    Examples
    --------
    >>> harmless(pl.DataFrame({"name": ["=1+1"]}))["name"][0]
    "'=1+1"
    """
    texts = _flat(frame).rename(lambda name: f"'{name}" if name[:1] in _RUN else name)
    return texts.with_columns(pl.col(pl.String).str.replace(r"^([=+\-@\t\r])", "'${1}"))


def _csv(frame: pl.DataFrame) -> bytes:
    return _flat(frame).write_csv().encode()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Join each list to a text."""
    return frame.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join(LIST_SEPARATOR)
        for name, kind in frame.schema.items()
        if isinstance(kind, pl.List)
    )


def _json(frame: pl.DataFrame) -> bytes:
    return (json.dumps(frame.to_dicts(), ensure_ascii=False, indent=2, default=_iso) + "\n").encode()


def _ndjson(frame: pl.DataFrame) -> bytes:
    rows = (json.dumps(row, ensure_ascii=False, default=_iso) + "\n" for row in frame.iter_rows(named=True))
    return "".join(rows).encode()


def _iso(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _parquet(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()


def workbook(sheets: Mapping[str, pl.DataFrame]) -> bytes:
    """Return a workbook with a sheet for each frame, whose names have 31 characters at most.

    Numbers and days are written as such; whatever a text begins with, it stays text.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    data = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with Workbook(data, {**plain, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}) as book:
        book.set_properties({"created": DAY_ONE})
        bold = book.add_format({"bold": True})
        for name, frame in sheets.items():
            _fill(book.add_worksheet(name), frame, bold)
    return data.getvalue()


def _fill(sheet: Any, frame: pl.DataFrame, bold: Any) -> None:
    sheet.write_row(0, 0, frame.columns, bold)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(_flat(frame)):
        cells = [_cell(value) for value in column]
        sheet.write_column(1, place, cells)
        sheet.set_column(place, place, min(WIDEST, 2 + max(len(column.name), *map(_width, cells), 0)))


def _xlsx(frame: pl.DataFrame) -> bytes:
    return workbook({"Sheet1": frame})


def _cell(value: Any) -> Any:
    """A value that a workbook knows: it has no numbers that are none."""
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return None if math.isnan(value) else str(value)


def _width(value: Any) -> int:
    return len(f"{value:.6g}" if isinstance(value, float) else str(value or ""))


FORMS: dict[str, Callable[[pl.DataFrame], bytes]] = {
    "csv": _csv,
    "json": _json,
    "ndjson": _ndjson,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
"""The forms by the endings of their files."""
