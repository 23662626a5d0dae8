"""The XML of IATI, read piece by piece: each activity or organisation becomes a small tree, and then is forgotten.

expat, the parser of the standard library, reads a file of any size in the same memory, and knows the line of each
element. It opens no other file. Only the elements that are asked for are kept. What an attacker could send instead of
data is refused: document types, which declare entities; elements nested or attributes grown beyond all use.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, TypeAlias
from xml.parsers.expat import ExpatError, ParserCreate

from graphmodel.errors import DataProblem
from graphmodel.importers.containers import unpacked

PIECE = 64 * 1024
DEEPEST = 64
LONGEST_TAG = 1_000_000
LONGEST_TEXT = 1_000_000
MOST_ELEMENTS = 1_000_000

Wanted: TypeAlias = Mapping[str, "Wanted"]


class Element:
    """An element with the text directly in it, and its children by their tag."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Take what the start tag says."""
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.text = ""
        self.children: dict[str, list[Element]] = {}

    def get(self, attribute: str) -> str:
        """Return an attribute without white space at its ends; an empty text if it is absent."""
        return self.attributes.get(attribute, "").strip()

    def all(self, tag: str) -> Sequence["Element"]:
        """Return the children with this tag."""
        return self.children.get(tag, ())

    def first(self, tag: str) -> "Element | None":
        """Return the first child with this tag."""
        found = self.all(tag)
        return found[0] if found else None


def elements(path: Path, roots: Mapping[str, Wanted]) -> Iterator[Element]:
    """Yield the children of the root, each when it is whole, with what `roots` wants of it.

    Parameters
    ----------
    path : Path
        An XML file; plain, gzip, or alone in a zip archive.
    roots : mapping
        Which roots the document may have; under each, by tag, the elements to keep, and so on for theirs.

    Raises
    ------
    DataProblem
        If the file cannot be opened or is no well-formed XML to its end, or holds what is refused.
    """
    reader = _Reader(path, roots)
    for piece in _pieces(path):
        reader.feed(piece)
        yield from reader.taken()
    reader.feed(b"", end=True)
    yield from reader.taken()


def root(path: Path) -> str:
    """Return the tag of the root, or an empty text where the beginning of the file is no XML."""
    tags: list[str] = []
    parser = ParserCreate()
    parser.StartElementHandler = lambda tag, _: tags.append(tag)
    with suppress(DataProblem, ExpatError, LookupError, ValueError):  # The root may stand before what is wrong.
        parser.Parse(next(_pieces(path), b""), False)
    return tags[0] if tags else ""


def _pieces(path: Path) -> Iterator[bytes]:
    with unpacked(path).open() as stream:
        while piece := stream.read(PIECE):
            yield piece


class _Reader:
    """Builds the trees out of what expat tells."""

    def __init__(self, path: Path, roots: Mapping[str, Wanted]) -> None:
        self._path = path
        self._roots = roots
        self._depth = 0
        self._skipped = 0
        self._fed = 0
        self._kept = 0
        self._open: list[Element] = []
        self._wanted: list[Wanted] = []
        self._whole: list[Element] = []
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._document_type

    def feed(self, piece: bytes, end: bool = False) -> None:
        """Parse on, to the end of the piece or the last whole tag in it."""
        try:
            self._parser.Parse(piece, end)
        except ExpatError as error:
            self._refuse(f"no well-formed XML ({error}). The file may be incomplete: fetch it again.", error.lineno)
        except (LookupError, ValueError) as error:
            self._refuse(f"an encoding that cannot be read ({error}). Save the file as UTF-8.")
        self._fed += len(piece)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG + PIECE:
            self._refuse(f"a tag or comment of more than {LONGEST_TAG:,} bytes, which no IATI file has. Mend the file.")

    def taken(self) -> list[Element]:
        """Return the children of the root that have become whole."""
        whole, self._whole = self._whole, []
        return whole

    def _refuse(self, why: str, line: int = 0) -> NoReturn:
        raise DataProblem(f"{self._path}, line {line or self._parser.CurrentLineNumber}: {why}")

    def _document_type(self, *_: object) -> None:
        self._refuse("a document type. It could hide anything, and IATI has none: take <!DOCTYPE ...> out of the file.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse(f"elements nested more than {DEEPEST} deep, which no IATI file has. Mend the file.")
        if self._skipped:
            return
        wanted = (self._wanted[-1] if self._wanted else self._roots).get(tag)
        if wanted is None:
            self._pass_over(tag)
            return
        element = Element(tag, attributes, self._parser.CurrentLineNumber)
        if self._depth > 2:
            self._keep(element)
        self._open.append(element)
        self._wanted.append(wanted)

    def _pass_over(self, tag: str) -> None:
        if self._depth == 1:
            self._refuse(
                f"<{tag}> where the root is expected to be {' or '.join(f'<{name}>' for name in self._roots)}."
            )
        self._skipped = self._depth

    def _keep(self, element: Element) -> None:
        self._kept += 1
        if self._kept > MOST_ELEMENTS:
            self._refuse(f"more than {MOST_ELEMENTS:,} elements in one <{self._open[1].tag}>. Split or mend the file.")
        self._open[-1].children.setdefault(element.tag, []).append(element)

    def _end(self, _: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped = self._skipped if self._depth >= self._skipped else 0
            return
        element = self._open.pop()
        self._wanted.pop()
        if self._depth == 1:
            self._kept = 0
            self._whole.append(element)

    def _text(self, text: str) -> None:
        if self._skipped or self._depth < 3:
            return
        element = self._open[-1]
        element.text += text
        if len(element.text) > LONGEST_TEXT:
            self._refuse(f"a text of more than {LONGEST_TEXT:,} characters in <{element.tag}>. Mend the file.")
