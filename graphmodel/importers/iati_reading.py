"""What all parts of reading an IATI activity share: texts in languages, codes, organizations, ties with shares."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graphmodel.importers import iati_codes
from graphmodel.importers.iati_rows import ACTIVITY, NO_REFERENCE, PARTICIPATED_IN, Cell, Gathered, given, normalized
from graphmodel.importers.iati_xml import Element

REPORTING_ORGANIZATION = ("99", "98")
VOCABULARY_WORDS = {
    "dac": "1",
    "dac-3": "2",
    "un": "2",
    "cofog": "3",
    "nace": "4",
    "ntee": "5",
    "adt": "6",
    "ro": "99",
    "ro2": "98",
}


def spoken(elements: Sequence[Element]) -> str:
    """Return the text of an element that may be there in several languages: the English one, else the first."""
    versions = [version for element in elements for version in element.all("narrative") or (element,)]
    told = [(version.get("xml:lang").lower(), " ".join(version.text.split())) for version in versions]
    english = (text for language, text in told if text and language.split("-")[0] == "en")
    return next(english, next((text for _, text in told if text), ""))


def coded(list_: str, code: str, line: int, place: str, into: Gathered) -> str:
    """Return the name of a code; an unknown one is a reject and has none."""
    name = iati_codes.name(list_, code)
    if code and not name:
        into.reject(line, place, "value", code, f"one of {iati_codes.listed(list_)}, or its code")
    return name


def organization(element: Element, place: str, scope: str, into: Gathered) -> str:
    """Take an organization. Return its id: its reference, else its normalized name within the scope, else nothing."""
    reference = given(element.get("ref"))
    reference = "" if reference.casefold() in NO_REFERENCE else reference
    told = spoken([element])
    name = given(told)
    if told and not name:
        into.reject(element.line, place, "placeholder", told, "the name of an organization")
    elif not name and not reference:
        into.reject(element.line, place, "missing", "", "the name or the reference of an organization")
    if not name and not reference:
        return ""
    id_ = reference or f"{scope}:{normalized(name)}"
    kind = coded("kind", element.get("type"), element.line, f"{place}/@type", into)
    into.organization(id_, reference, name, kind, element.line)
    return id_


@dataclass
class Claim:
    """A tie of the activity to a region or an area: where it is said, and for which share."""

    line: int
    place: str
    share: Decimal | None = None


@dataclass
class Reading:
    """An activity while it is read: its element, who reports it, and the cells of its row."""

    element: Element
    id: str
    into: Gathered
    reporter: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """Within what names and codes that are not of a common list mean something."""
        return self.reporter or self.into.source

    @property
    def line(self) -> int:
        """The line of the activity."""
        return self.element.line

    def at(self, part: str) -> str:
        """Return the place of a part, as the record of a tie tells it."""
        return f"iati-activity[{self.id}]/{part}"

    def reject(self, line: int, place: str, kind: str, found: str, expected: str) -> None:
        """Take note of what cannot be taken."""
        self.into.reject(line, place, kind, found, expected)

    def numbered(self, *tags: str) -> Iterator[tuple[str, Element]]:
        """Yield the place of each child with one of these tags, and the child."""
        for tag in tags:
            for number, child in enumerate(self.element.all(tag), 1):
                yield self.at(f"{tag}[{number}]"), child

    def stated(self, *tags: str) -> list[tuple[str, Element]]:
        """Return the children with these tags; if there are none, those of the transactions."""
        return list(self.numbered(*tags)) or [
            (f"{place}/{tag}[{number}]", child)
            for place, transaction in self.numbered("transaction")
            for tag in tags
            for number, child in enumerate(transaction.all(tag), 1)
        ]

    def property(self, name: str, text: str, line: int, place: str) -> Cell:
        """Return the text of a property of the activity; what cannot be its value is a reject."""
        return self.into.checked(ACTIVITY, name, text, line, place)

    def prefix(self, vocabulary: str, prefixes: dict[str, str]) -> str:
        """Return what keeps the codes of different vocabularies apart, and those of different publishers."""
        if vocabulary in REPORTING_ORGANIZATION:
            return self.scope
        return prefixes.get(vocabulary, f"vocabulary-{vocabulary}")

    def code(self, place: str, element: Element, meaning: str) -> tuple[str, str]:
        """Return the code of a sector or region, made of its name if it has none, and the name that it is given."""
        told = given(spoken([element]))
        code = given(element.get("code")) or normalized(told)
        if not code:
            self.reject(element.line, f"{place}/@code", "missing", "", meaning)
        return code, told

    def take_part(self, organization: str, role: str, line: int, place: str) -> None:
        """Tie an organization to the activity."""
        ends = {"start_id": organization, "end_id": self.id}
        self.into.add(PARTICIPATED_IN, line, **ends, role=role, record=place)

    def claim(self, title: str, claims: dict[str, Claim], id_: str, place: str, element: Element) -> None:
        """Note a tie. Where the same is named several times, the shares are added up."""
        claim = claims.setdefault(id_, Claim(element.line, place))
        told = element.get("percentage").removesuffix("%").strip()
        if share := self.into.checked(title, "share", told, element.line, f"{place}/@percentage"):
            claim.share = (claim.share or Decimal(0)) + Decimal(share)

    def tie(self, title: str, claims: dict[str, Claim]) -> None:
        """Add the ties of a type."""
        for id_, claim in claims.items():
            told = "" if claim.share is None else f"{claim.share:f}"
            share = self.into.checked(title, "share", told, claim.line, f"{claim.place}/@percentage")
            self.into.add(title, claim.line, start_id=self.id, end_id=id_, share=share, record=claim.place)


def vocabulary(element: Element) -> str:
    """Return the code of the vocabulary of a sector or region: that of the OECD DAC if none is named."""
    told = element.get("vocabulary")
    return VOCABULARY_WORDS.get(told.lower(), told) or "1"
