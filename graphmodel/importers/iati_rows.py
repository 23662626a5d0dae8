"""What is gathered from an IATI file: rows by type, and the nodes that many activities name, each of them once."""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import polars as pl

from graphmodel import values
from graphmodel.importers import iati_codes
from graphmodel.records import LINE, Notice, Record, Reject, Rows, key_columns
from graphmodel.schema import Kind, Property, Schema

CHUNK = 20_000
NO_REFERENCE = frozenset({"na", "0", "xxx"}) | values.PLACEHOLDERS
NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

Cell: TypeAlias = str | None

ORGANIZATION, ACTIVITY, REGION, AREA = "Organization", "Activity", "Region", "CompetenceArea"
PARTICIPATED_IN = "Organization PARTICIPATED_IN Activity"
ADDRESSES, TOOK_PLACE_IN = "Activity ADDRESSES CompetenceArea", "Activity TOOK_PLACE_IN Region"
ACTIVITY_PART_OF = "Activity PART_OF Activity"
AREA_PART_OF = "CompetenceArea PART_OF CompetenceArea"
REGION_PART_OF = "Region PART_OF Region"


@dataclass(slots=True)
class Body:
    """An organization as a file tells of it: its names and kinds, each with how often it is given."""

    reference: str
    line: int
    names: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name given most often, or the one in the codelists, or the reference."""
        return _most_frequent(self.names) or iati_codes.organization(self.reference) or self.reference

    @property
    def kind(self) -> Cell:
        """The kind given most often."""
        return _most_frequent(self.kinds)


def _most_frequent(counts: dict[str, int]) -> Cell:
    return max(counts, key=counts.__getitem__) if counts else None


def given(text: str) -> str:
    """Return a text with its white space in order; an empty one where it says nothing.

    >>> given(" United\\u00a0 Nations "), given("Unspecified")
    ('United Nations', '')
    """
    told = " ".join(text.split())
    return "" if told.casefold() in values.PLACEHOLDERS else told


@lru_cache(maxsize=10_000)
def normalized(name: str) -> str:
    """Return what of a name makes it the same name: letters and digits, without accents, in small letters.

    >>> normalized("Swedish Int'l  Development\\u00a0AGENCY (SIDA)"), normalized("Función")
    ('swedish-int-l-development-agency-sida', 'funcion')
    """
    plain = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", name)).casefold()
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in unicodedata.normalize("NFC", plain))
    return "-".join("".join(kept).split()) or name


def fits(item: Property, text: str) -> bool:
    """Tell whether a text can be the value of a property; never more generous than `graphmodel.values.read`.

    >>> fits(Property("share", Kind.NUMBER, maximum=100), "33.5"), fits(Property("started", Kind.DATE), "2021-02-30")
    (True, False)
    """
    match item.kind:
        case Kind.NUMBER:
            return bool(NUMBER.fullmatch(text)) and _low(item) <= float(text) <= _high(item)
        case Kind.DATE:
            return bool(DAY.fullmatch(text)) and _is_day(text)
        case _:
            return bool(re.search(item.pattern, text))


def _low(item: Property) -> float:
    return -math.inf if item.minimum is None else item.minimum


def _high(item: Property) -> float:
    return math.inf if item.maximum is None else item.maximum


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class Gathered:
    """The records of a file on their way: rows go out in chunks, shared nodes at the end. Types go by their titles."""

    def __init__(self, file: str, source: str, schema: Schema) -> None:
        """Begin with nothing."""
        self.file = file
        self.source = source
        self.bodies: dict[str, Body] = {}
        self.publishers: dict[str, None] = {}
        self._types = {type_.title: type_ for type_ in schema}
        self._properties = {(type_.title, item.name): item for type_ in schema for item in type_.properties}
        self._rows: dict[str, list[dict[str, Cell]]] = {title: [] for title in self._types}
        self._once: set[tuple[str, Cell, Cell]] = set()
        self._rejects: list[Reject] = []

    def add(self, title: str, line: int, /, **cells: Cell) -> None:
        """Take a row."""
        self._rows[title].append({**cells, LINE: str(line)})

    def add_once(self, title: str, line: int, /, **cells: Cell) -> bool:
        """Take a row if it is the first with its id or its two ends. Return whether it is."""
        key = (title, cells.get("id", cells.get("start_id")), cells.get("end_id"))
        if key in self._once:
            return False
        self._once.add(key)
        self.add(title, line, **cells)
        return True

    def checked(self, title: str, name: str, text: str, line: int, place: str) -> Cell:
        """Return the text of a property, if there is one; what cannot be its value is a reject."""
        item = self._properties[title, name]
        if text and not fits(item, text):
            self.reject(line, place, "value", text, values.expected(item))
            return None
        return text or None

    def organization(self, id_: str, reference: str, name: str, kind: str, line: int) -> None:
        """Take what one element says of an organization."""
        body = self.bodies.setdefault(id_, Body(reference, line))
        for said, counts in ((name, body.names), (kind, body.kinds)):
            if said:
                counts[said] = counts.get(said, 0) + 1

    def reject(self, line: int, place: str, kind: str, found: str, expected: str) -> None:
        """Take note of what cannot be taken, at an element or its attribute (`sector[1]/@code`).

        The element is named with the file: a reject of the very file and line of a row would take the row with it, and
        here one line may hold all.
        """
        element, _, attribute = place.partition("/@")
        self._rejects.append(Reject(f"{self.file}: {element}", line, attribute, kind, found, expected))

    def full(self) -> Iterator[Record]:
        """Yield the rejects, and the rows of each type that has enough of them for a chunk."""
        yield from self._rejects
        self._rejects.clear()
        for title, rows in self._rows.items():
            if len(rows) >= CHUNK:
                yield self._taken(title)

    def rest(self) -> Iterator[Record]:
        """Yield what is left, the organizations among it."""
        for id_, body in self.bodies.items():
            self.add(ORGANIZATION, body.line, id=id_, name=body.name, kind=body.kind)
        yield from self._rejects
        for title, rows in self._rows.items():
            if rows:
                yield self._taken(title)

    def _taken(self, title: str) -> Rows:
        type_, rows = self._types[title], self._rows[title]
        self._rows[title] = []
        own = (item.name for item in type_.properties if item.name not in ("sources", "source"))
        names = [*dict.fromkeys([*key_columns(type_), *own]), LINE]
        cells = {name: [row.get(name) for row in rows] for name in names}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String))
        return Rows(type_, frame.with_columns(pl.col(LINE).cast(pl.Int64)), self.file)

    def notices(self) -> Iterator[Notice]:
        """Yield the references that name several bodies, and the bodies that stand under several references."""
        same: dict[str, dict[str, str]] = {}
        for id_, body in self.bodies.items():
            variants = {normalized(name): name for name in reversed(body.names)}
            for variant, name in variants.items():
                same.setdefault(variant, {})[id_] = name
            if len(variants) > 1:
                told = ", ".join(f'"{name}"' for name in sorted(variants.values()))
                text = f'{id_} is the reference of several: {told}. They are one organization here, "{body.name}".'
                yield Notice(self.file, body.line, text)
        for ids in same.values():
            if len(ids) > 1:
                first, name = next(iter(ids.items()))
                text = f'"{name}" stands under several references: {", ".join(ids)}. They are kept apart.'
                yield Notice(self.file, self.bodies[first].line, text)
