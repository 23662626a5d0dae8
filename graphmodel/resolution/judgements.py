"""The file of judgements: which organizations are the same, which are not, which are part of another, and who says so.

A CSV file that is kept beside the data, in git: `first,second,judgement,note,by,date`, a line for each judgement. A
line that is added holds at once; deleting it undoes it. The data itself never changes.
"""

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from rapidfuzz import process

from graphmodel.errors import DataProblem, suggestion
from graphmodel.files import write_whole
from graphmodel.records import Reject

COLUMNS = ("first", "second", "judgement", "note", "by", "date")
NEEDED = COLUMNS[:3]
AUTOMATIC = "automatic"
"""Who judged, where nobody did."""

_DELIMITERS = ",;\t"


class Verdict(StrEnum):
    """What is said of two organizations."""

    SAME = "same"
    NOT_THE_SAME = "not the same"
    PART_OF = "part of"


@dataclass(frozen=True)
class Judgement:
    """One judgement: the first is the same as, not the same as, or part of the second; and the line it stands on."""

    first: str
    second: str
    verdict: Verdict
    note: str = ""
    by: str = ""
    day: date | None = None
    file: str = ""
    line: int = 0

    @property
    def automatic(self) -> bool:
        """Whether nobody looked at it."""
        return self.by == AUTOMATIC

    def __str__(self) -> str:
        """Say it in words.

        >>> str(Judgement("fao-kenya", "fao", Verdict.PART_OF))
        'fao-kenya is part of fao'
        """
        verb = "is" if self.verdict is not Verdict.SAME else "is the"
        end = "" if self.verdict is Verdict.PART_OF else " as"
        return f"{self.first} {verb} {self.verdict.value}{end} {self.second}"


def beside(address: str) -> Path | None:
    """Return where the judgements on a store are kept unless told otherwise: beside its file; nowhere for a server.

    >>> beside("data/partners.lbug").as_posix(), beside("neo4j://localhost")
    ('data/judgements.csv', None)
    """
    return None if "://" in address else Path(address).parent / "judgements.csv"


def read(path: Path, ids: Collection[str]) -> tuple[tuple[Judgement, ...], tuple[Reject, ...]]:
    """Return the judgements in a file, and a reject for each line that is none. No file: none of either.

    Parameters
    ----------
    path : Path
    ids : collection of str
        Ids of the organizations that there are.

    Raises
    ------
    DataProblem
        If it cannot be read as a whole: not UTF-8, not the columns that are needed, a quote that never ends.
    """
    if not path.exists():
        return (), ()
    header, rows = _table(path)
    known = dict.fromkeys(sorted(ids))
    judgements: list[Judgement] = []
    rejects: list[Reject] = []
    for line, cells in rows:
        found = _judgement(path.name, line, header, cells, known)
        if isinstance(found, Reject):
            rejects.append(found)
        else:
            judgements.append(found)
    return tuple(judgements), tuple(rejects)


def append(path: Path, judgements: Sequence[Judgement]) -> None:
    """Add lines to the file, as its own lines are written; make it if it is not there. Lines that are there stay.

    Raises
    ------
    DataProblem
        If the file that is there is not one of judgements.
    UsageProblem
        If its folder does not exist.
    """
    if not judgements:
        return
    text = _text(path) if path.exists() else ",".join(COLUMNS) + "\n"
    header, delimiter = _header(path, text)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, header, restval="", extrasaction="ignore", delimiter=delimiter, lineterminator=end)
    writer.writerows(_cells(judgement) for judgement in judgements)
    joint = "" if text.endswith(("\n", "\r")) else end
    mark = "\ufeff" if path.exists() and path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    write_whole(path, mark + text + joint + lines.getvalue(), force=True)


def _cells(judgement: Judgement) -> dict[str, str]:
    day = judgement.day.isoformat() if judgement.day else ""
    known = (judgement.first, judgement.second, judgement.verdict.value, judgement.note, judgement.by, day)
    return dict(zip(COLUMNS, known, strict=True))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataProblem(f'{path}, line {line}: not UTF-8. Save it as "CSV UTF-8".') from error
    except OSError as error:
        raise DataProblem(f"{path} cannot be read: {error.strerror}. Name another file with --judgements.") from error


def _header(path: Path, text: str) -> tuple[list[str], str]:
    """Return the columns and what separates them; refuse a file that is not one of judgements."""
    first = text.splitlines()[0] if text else ""
    delimiter = max(_DELIMITERS, key=first.count)
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    whole = ",".join(COLUMNS)
    for name in header:
        if name not in COLUMNS or header.count(name) > 1:
            hint = suggestion(name, COLUMNS) if name not in COLUMNS else " It is there twice."
            raise DataProblem(f'{path} is no file of judgements: column "{name}".{hint} Its first line is {whole}.')
    for name in NEEDED:
        if name not in header:
            raise DataProblem(f'{path} is no file of judgements: no column "{name}". Its first line is {whole}.')
    return header, delimiter


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    text = _text(path)
    header, delimiter = _header(path, text)
    return header, _rows(path, text, delimiter)


def _rows(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line below the header that is not empty, with its number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > 1 and any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataProblem(f"{path}, line {line}: {error}. Check the quotes of this line.") from error


def _judgement(
    file: str, line: int, header: list[str], cells: list[str], ids: Mapping[str, None]
) -> Judgement | Reject:
    if len(cells) != len(header):
        return Reject(file, line, "", "shape", f"{len(cells)} cells", f"{len(header)}, as in the header")
    row = dict(zip(header, cells, strict=True))
    for name in NEEDED:
        if not row[name]:
            return Reject(file, line, name, "missing", "", "a judgement" if name == "judgement" else "an id")
    for name in ("first", "second"):
        if row[name] not in ids:
            return Reject(file, line, name, "dangling", row[name], _an_id(row[name], ids))
    if row["first"] == row["second"]:
        return Reject(file, line, "second", "conflict", row["second"], "another organization than the first")
    if row["judgement"] not in set(Verdict):
        return Reject(file, line, "judgement", "value", row["judgement"], f"one of {', '.join(Verdict)}")
    try:
        day = date.fromisoformat(row["date"]) if row.get("date") else None
    except ValueError:
        return Reject(file, line, "date", "value", row["date"], "a date like 2021-01-31")
    note, by = row.get("note", ""), row.get("by", "")
    return Judgement(row["first"], row["second"], Verdict(row["judgement"]), note, by, day, file, line)


def _an_id(given: str, ids: Mapping[str, None]) -> str:
    nearest = process.extractOne(given, list(ids), processor=str.casefold)
    hint = suggestion(given, nearest[:1]) if nearest else ""
    return f"the id of an organization{'.' if hint else ''}{hint}"
