"""Any table as frames of text: CSV and its kin, Excel, Parquet, JSON lines; plain, in gzip, or in a zip archive.

What a file is, is told by its bytes, not by its name. Every cell becomes text, as it stands in the file; `_line` tells
the line, or the row of a sheet, on which it begins. What is no data goes: blank rows, titles above the header, a header
that comes again, the row of HXL hashtags below it, a last row of one end-of-file character.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import polars as pl

from graphmodel.errors import DataProblem
from graphmodel.importers import tables_binary, tables_parquet, tables_text
from graphmodel.importers.containers import Content, unpacked
from graphmodel.records import LINE, Reject

CHUNK = 100_000
SAMPLE = 60
HASHTAG = re.compile(r"#[A-Za-z]\w*")

Row: TypeAlias = tuple[int, Sequence[str]]


@dataclass(frozen=True)
class Table:
    """A table that can be read, more than once: its columns, the HXL hashtags of those that have one, and its rows.

    `said` tells in words what the file was found to be.
    """

    path: Path
    said: str
    columns: tuple[str, ...]
    hashtags: Mapping[str, str] = field(repr=False)
    header: Row = field(repr=False)
    rows: Callable[[], Iterator[Row | Reject]] = field(repr=False)
    columnar: Callable[[Sequence[str]], Iterator[pl.DataFrame]] | None = field(default=None, repr=False)

    @property
    def file(self) -> str:
        """The name of the file, as rejects and records tell it."""
        return self.path.name

    def frames(self) -> Iterator[pl.DataFrame | Reject]:
        """Yield the rows as frames of text, and a reject for each row with too few or too many cells."""
        line, header = self.header
        if self.columnar is not None:
            for frame in self.columnar(self.columns):
                yield frame.filter(~_no_data(frame, header))
            yield self._frame([], [])
            return
        width = len(self.columns)
        rows: list[Sequence[str]] = []
        lines: list[int] = []
        for item in self.rows():
            if isinstance(item, Reject):
                yield item
                continue
            number, cells = item
            if number <= line or _is_no_data(cells, header):
                continue
            if len(cells) != width:
                cells = fitted(cells, width)
                if len(cells) != width:
                    yield Reject(self.file, number, "", "shape", f"{len(cells)} cells", f"{width}, as in the header")
                    continue
            rows.append(cells)
            lines.append(number)
            if len(rows) == CHUNK:
                yield self._frame(rows, lines)
                rows, lines = [], []
        yield self._frame(rows, lines)

    def _frame(self, rows: list[Sequence[str]], lines: list[int]) -> pl.DataFrame:
        cells = zip(*rows, strict=True) if rows else ((),) * len(self.columns)
        frame = pl.DataFrame(
            [pl.Series(name, column, dtype=pl.String) for name, column in zip(self.columns, cells, strict=True)]
        )
        return frame.with_columns(pl.Series(LINE, lines, dtype=pl.Int64))


def read_table(path: Path, *, sheet: str = "", member: str = "") -> Iterator[pl.DataFrame | Reject]:
    """Yield a table as frames of text columns with `_line`, and rejects.

    Parameters
    ----------
    sheet : str
        The sheet of a workbook that has several with data.
    member : str
        The file of a zip archive that holds several.

    Raises
    ------
    DataProblem
        If it is no table, or breaks off; the message says what to do.
    """
    return open_table(path, sheet=sheet, member=member).frames()


def describe(path: Path, *, sheet: str = "", member: str = "") -> str:
    """Say what a table was found to be: format, delimiter, encoding, line ends, columns."""
    return open_table(path, sheet=sheet, member=member).said


def open_table(path: Path, *, sheet: str = "", member: str = "") -> Table:
    """Find out what a file is and read its header.

    Raises
    ------
    DataProblem
        If it is no table.
    """
    content = unpacked(path, member)
    said, rows = reader(content)(content, sheet)
    line, header = _header(content, rows)
    columns = _names(header)
    hashtags = _hashtags(columns, header, rows)
    begins = f", header on line {line}" if line > 1 else ""
    said = f"{content.title}: {said}{begins}, {len(columns)} columns"
    columnar = partial(tables_parquet.frames, content) if line == 0 and _is_parquet(content) else None
    return Table(path, said, columns, hashtags, (line, header), rows, columnar)


def _is_parquet(content: Content) -> bool:
    return reader(content) is tables_parquet.parquet


def reader(content: Content) -> Callable[[Content, str], tuple[str, Callable[[], Iterator[Row | Reject]]]]:
    """Return the reader of a content, by its first bytes."""
    start = content.start()
    if start.startswith(tables_parquet.PARQUET):
        return tables_parquet.parquet
    if start.startswith(tables_binary.WORKBOOKS):
        return tables_binary.workbook
    if content.name.lower().endswith((".json", ".jsonl", ".ndjson")):
        return tables_binary.json_lines
    return tables_text.delimited


def _header(content: Content, rows: Callable[[], Iterator[Row | Reject]]) -> Row:
    """Return the first row that is a header: a lone cell above rows of several is a title."""
    sample = [row for row in islice(rows(), SAMPLE) if not isinstance(row, Reject) and any(map(str.strip, row[1]))]
    if not sample:
        raise DataProblem(f"{content.title} holds no rows. Its first row must name the columns.")
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in sample]
    is_title = max(filled) > 1
    line, cells = next(row for row, count in zip(sample, filled, strict=True) if count > 1 or not is_title)
    return line, trimmed([cell.strip() for cell in cells])


def trimmed(header: list[str]) -> list[str]:
    """Drop the empty cells behind the last name, as spreadsheets leave them."""
    while len(header) > 1 and not header[-1]:
        header.pop()
    return header


def _names(header: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each column: one without is called by its place, one that occurred before is numbered."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for place, cell in enumerate(header, 1):
        name = " ".join(cell.split()) or f"column {place}"
        seen[name] += 1
        while name in names or name == LINE:
            name = f"{name} ({seen[name] + 1 if name == LINE else seen[name]})"
        names.append(name)
    return tuple(names)


def _hashtags(
    columns: Sequence[str], header: Sequence[str], rows: Callable[[], Iterator[Row | Reject]]
) -> dict[str, str]:
    """Return the column of each HXL hashtag, from the row below the header or from the header itself."""
    for row in islice(rows(), SAMPLE):
        if not isinstance(row, Reject) and _is_hashtags(row[1]):
            tags = ("".join(cell.split()).lower() for cell in row[1])
            return {tag: name for tag, name in reversed(list(zip(tags, columns, strict=False))) if tag}
    return {}


def _is_hashtags(cells: Sequence[str]) -> bool:
    filled = [cell for cell in map(str.strip, cells) if cell]
    return len(filled) > 0 and all(HASHTAG.match(cell) for cell in filled)


def _is_no_data(cells: Sequence[str], header: Sequence[str]) -> bool:
    if not any(cells):
        return True
    first = cells[0].strip()
    if first == header[0] and [cell.strip() for cell in fitted(cells, len(header))] == list(header):
        return True
    if first[:1] == "#" and _is_hashtags(cells):
        return True
    return all(not cell.strip(" \t\x1a\u00a0") for cell in cells)


def _no_data(frame: pl.DataFrame, header: Sequence[str]) -> pl.Series:
    """Return which rows of a frame are no data; only what the first cell makes suspect is looked at."""
    first = pl.first().str.strip_chars()
    suspect = frame.select(first.is_in(["", header[0]]) | first.str.starts_with("#")).to_series()
    found = [_is_no_data(cells, header) for cells in frame.filter(suspect).drop(LINE).iter_rows()]
    return suspect.scatter(suspect.arg_true(), found)


def fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    """Drop empty cells beyond the last column: a row ends in more delimiters than the header in many exports."""
    return cells[:width] if len(cells) > width and not any(map(str.strip, cells[width:])) else cells
