"""Files that readers bring: kept in a folder of their own until they are loaded, or forgotten."""

import json
import secrets
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from graphmodel import api
from graphmodel.api import Report
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.explorer.view import View, place

MOST_BYTES = 500_000_000
WAITING = 8  # uploads that wait for a decision; older ones are forgotten
TIDY = "upload"  # the source of tables that name none
VIEW = "graphmodel view"
VIEW_BYTES = 100_000
LONGEST = 60  # characters of the name of a file, of four bytes at most
FOREIGN = '<>:"|?*'  # what some systems have in no name, or take for the name of a device
TABLES = (".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".csv.gz", ".tsv.gz", ".jsonl.gz", ".ndjson.gz")


@dataclass(frozen=True)
class Upload:
    """Files that wait to be loaded.

    Attributes
    ----------
    folder : path
        Where they are.
    mapping : str
        The mapping that tells what their columns are; empty where they are headed as the schema says.
    source : str
        The source of rows that name none; that of the mapping, or by the name of the file, if empty.
    """

    folder: Path
    mapping: str = ""
    source: str = ""

    @property
    def files(self) -> list[Path]:
        """The files, by name."""
        return sorted(self.folder.iterdir())

    @property
    def parts(self) -> list[Path]:
        """What is loaded one after the other: each file, but the tables of a tidy folder as one."""
        tables = [] if self.mapping else [path for path in self.files if path.name.lower().endswith(TABLES)]
        return [*([self.folder] if tables else []), *(path for path in self.files if path not in tables)]

    def load(self, graph: api.Graph, *, dry_run: bool = False) -> list[Report]:
        """Load all into a graph, or tell what would change.

        Raises
        ------
        GraphmodelError
            As `graphmodel.api.Graph.load`; what it says of a file names it as the reader does.
        """
        try:
            return [self._load(graph, part, dry_run) for part in self.parts]
        except (DataProblem, UsageProblem) as error:
            told = str(error).replace(f"{self.folder}/", "").replace(str(self.folder), "What you chose")
            raise type(error)(told) from error

    def _load(self, graph: api.Graph, part: Path, dry_run: bool) -> Report:
        source = self.source or (TIDY if part == self.folder else "")
        return graph.load(part, source=source, mapping=self.mapping, dry_run=dry_run)


class Uploads:
    """The uploads of one run of the explorer."""

    def __init__(self) -> None:
        """Begin with none."""
        self._root: Path | None = None
        self._waiting: OrderedDict[str, Upload] = OrderedDict()

    def keep(self, files: Iterable[tuple[str, BinaryIO]], mapping: str = "", source: str = "") -> str:
        """Put files aside. Return the word by which they are found again.

        Raises
        ------
        UsageProblem
            If there is no file, or two have one name.
        """
        self._root = self._root or Path(tempfile.mkdtemp(prefix="graphmodel-"))
        word = secrets.token_urlsafe(12)
        upload = Upload(self._root / word, mapping, source)
        upload.folder.mkdir()
        try:
            for name, stream in files:
                _write(upload.folder / _plain(name), stream)
            if not upload.files:
                raise UsageProblem("No file was chosen. Drop one here, or choose one.")
        except BaseException:
            shutil.rmtree(upload.folder)
            raise
        self._waiting[word] = upload
        while len(self._waiting) > WAITING:
            self.forget(next(iter(self._waiting)))
        return word

    def find(self, word: str) -> Upload:
        """Return files that were put aside.

        Raises
        ------
        UsageProblem
            If they were loaded or forgotten.
        """
        if word not in self._waiting:
            raise UsageProblem("These files are no longer there: they were loaded, or others came since. Choose again.")
        return self._waiting[word]

    def forget(self, word: str) -> None:
        """Remove files that were put aside."""
        upload = self._waiting.pop(word, None)
        if upload:
            shutil.rmtree(upload.folder, ignore_errors=True)

    def close(self) -> None:
        """Remove all of them."""
        if self._root:
            shutil.rmtree(self._root, ignore_errors=True)


def _plain(name: str) -> str:
    """Return the last part of a name, whatever the system that it comes from; a hidden file is none of ours."""
    last = PurePosixPath(name.replace("\\", "/")).name.lstrip(".")
    plain = "".join(letter if letter.isprintable() and letter not in FOREIGN else "_" for letter in last)
    return plain[-LONGEST:].lstrip(".") or "file"


def _write(path: Path, stream: BinaryIO) -> None:
    if path.exists():
        raise UsageProblem(f"Two files have the name {path.name}. Load them one after the other.")
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file)


def saved_view(address: str, title: str, version: str) -> bytes:
    """Return a page and its filter as a small file, which `address_of` takes back."""
    told = {"kind": VIEW, "version": version, "title": title, "address": address}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def address_of(content: bytes) -> str:
    """Return the address in the file of a saved view; an empty text if it is no such file.

    Only a page of the explorer can be meant, whatever the file says.

    Examples
    --------
    >>> address_of(saved_view("/organization?region=africa&id=icom", "ICOM", "1"))
    '/organization?region=africa&id=icom'
    >>> address_of(b'{"kind": "graphmodel view", "address": "//example.org"}'), address_of(b"[")
    ('/', '')
    """
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    if not isinstance(told, dict) or told.get("kind") != VIEW:
        return ""
    return own(str(told.get("address", "/")))


def own(address: str) -> str:
    """Return an address with its filter, if it is one of ours; else that of the first page."""
    path, asked = place(address)
    view = View.at(address)
    return view.link(path, **asked)
