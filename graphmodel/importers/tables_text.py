"""Delimited text: encoding, delimiter and line ends found from the bytes."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from graphmodel.errors import DataProblem
from graphmodel.importers.containers import Content, unreadable

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
BLOCK = 1 << 20
SAMPLE = 1 << 16
SAMPLE_ROWS = 100
MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 with a byte order mark"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
LINE_ENDS = {"\r\n": "CR LF", "\n": "LF", "\r": "CR"}


@dataclass(frozen=True)
class Layout:
    """How a text file is written: its encoding, what people call that, its delimiter, and its line ends."""

    encoding: str
    called: str
    delimiter: str
    ends: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"text, {self.called}, separated by {DELIMITERS[self.delimiter]}, line ends {self.ends}"


def layout(content: Content) -> Layout:
    """Find out how a text file is written.

    Raises
    ------
    DataProblem
        If it is no text.
    """
    encoding, called = _encoding(content)
    try:
        with _text(content, encoding) as text:
            sample = text.read(SAMPLE)
    except UnicodeError:
        sample = "\0"
    if "\0" in sample:
        raise DataProblem(f"{content.title} is no table: it holds bytes that no text has. Save it as CSV or Excel.")
    ends = LINE_ENDS.get(next(iter(re.findall("\r\n|\n|\r", sample)), "\n"), "")
    return Layout(encoding, called, _delimiter(sample), ends)


def delimited(content: Content, sheet: str = "") -> tuple[str, Callable[[], Iterator[tuple[int, list[str]]]]]:
    """Return what a text file was found to be, and its rows with the line on which each begins. It has no sheets.

    Raises
    ------
    DataProblem
        If it is no text.
    """
    found = layout(content)
    return str(found), lambda: rows(content, found.encoding, found.delimiter)


def rows(content: Content, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of cells with the line on which it begins.

    Raises
    ------
    DataProblem
        If the quotes do not close, or the file cannot be decoded.
    """
    with _text(content, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        begin = 1
        try:
            for row in reader:
                yield begin, row
                begin = reader.line_num + 1
        except csv.Error as error:
            raise DataProblem(f"{content.title} line {begin}: {error}. Check the quotes of this row.") from error
        except UnicodeError as error:
            raise unreadable(f"{content.title}, from line {begin} on,", error) from error


@contextmanager
def _text(content: Content, encoding: str) -> Iterator[TextIO]:
    with content.open() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        yield text


def _encoding(content: Content) -> tuple[str, str]:
    """Return the encoding of a file, and what people call it: by its mark, else UTF-8 if all of it is, else Western."""
    start = content.start(SAMPLE)
    for mark, found in MARKS.items():
        if start.startswith(mark):
            return found
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros and zeros.count(0) > len(zeros) * 0.4 and start.count(0) < len(start) * 0.6:
            return name, "UTF-16"
    decoders = {
        "utf-8": "UTF-8",
        "cp1252": "Windows-1252 (Western)",
    }
    for name, called in decoders.items():
        if _decodes(content, name):
            return name, called
    return "latin-1", "Latin-1"


def _decodes(content: Content, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with content.open() as stream:
        try:
            while block := stream.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(sample: str) -> str:
    """Return the delimiter that cuts most rows of a sample into one and the same number of cells, two or more."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = Counter(map(len, _sampled(sample, delimiter)))
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    return count / widths.total(), width


def _sampled(sample: str, delimiter: str) -> list[Sequence[str]]:
    """Return the rows of a sample that are not blank, but for the last one, which may be cut off."""
    found: list[Sequence[str]] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(row):
                found.append(row)
            if len(found) > SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return found[:-1] if len(found) > 1 and len(sample) == SAMPLE else found
