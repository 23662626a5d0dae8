"""What a table comes in: a plain file, gzip, or a zip archive; opened as often as is needed, read as a stream."""

import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from graphmodel.errors import DataProblem, UsageProblem, suggestion

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
WORKBOOK_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
PROBLEMS = (
    *(OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError),
    *(struct.error, IndexError),  # zipfile, over damaged names
)


def unreadable(title: str, error: BaseException) -> DataProblem:
    """Return the error that a file is damaged, from what a library said of it."""
    said = str(error).strip().rstrip(".") or type(error).__name__
    return DataProblem(f"{title} cannot be read: {said}. It may be cut off or damaged; get it again.")


@contextmanager
def readable(title: str) -> Iterator[None]:
    """Turn what a library raises over a damaged file, its panics too, into a problem of the data."""
    try:
        yield
    except (DataProblem, UsageProblem, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise unreadable(title, error) from error


@dataclass(frozen=True)
class Content:
    """The bytes of one table: the file, and the member where the file is an archive of several."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The name that tells what it is: that of the member, or of the file without `.gz`."""
        return self.member or self.path.name.removesuffix(".gz")

    @property
    def title(self) -> str:
        """What messages call it."""
        return f"{self.path}, {self.member}" if self.member else str(self.path)

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the bytes as a stream.

        Raises
        ------
        DataProblem
            If they cannot be read to the end: the file was cut off, or is damaged.
        """
        try:
            with self._opened() as stream:
                yield stream
        except PROBLEMS as error:
            if isinstance(error, UnicodeError):
                raise
            raise unreadable(self.title, error) from error

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                yield stream
        elif _start(self.path).startswith(GZIP):
            with gzip.open(self.path) as stream:
                yield cast(IO[bytes], stream)
        else:
            with self.path.open("rb") as stream:
                yield stream

    def start(self, size: int = 8) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(size)


def unpacked(path: Path, member: str = "") -> Content:
    """Return the content of a file: its own, or that of one member of a zip archive. A workbook is no archive here.

    Raises
    ------
    DataProblem
        If nothing is there, or the archive is damaged, or it is not said which of several members is meant.
    """
    if path.is_dir():
        raise DataProblem(f"{path} is a folder, where a table should be. Name a file in it.")
    if not path.is_file():
        raise DataProblem(f"There is no file at {path}. Check the path.")
    if not _start(path).startswith(ZIP):
        return Content(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [item.filename for item in archive.infolist() if not item.is_dir()]
    except PROBLEMS as error:
        raise unreadable(str(path), error) from error
    if any(part in names for part in WORKBOOK_PARTS):
        return Content(path)
    return Content(path, _member(path, [name for name in names if not name.startswith("__MACOSX/")], member))


def _member(path: Path, names: list[str], wanted: str) -> str:
    """Return the one member that is meant: by its name, or without its folders, or the only one."""
    found = [name for name in names if wanted in (name, name.rsplit("/", 1)[-1])] if wanted else names
    if len(found) == 1:
        return found[0]
    if wanted and not found:
        hint = suggestion(wanted, names) or f" It holds {', '.join(names) or 'nothing'}."
        raise DataProblem(f"{path} holds no {wanted}.{hint}")
    if not found:
        raise DataProblem(f"{path} is an empty archive. Get it again.")
    raise DataProblem(f'{path} holds {", ".join(found)}. Say which is meant: member = "{found[0]}".')


def _start(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)
