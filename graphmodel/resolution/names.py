"""Names of organizations made comparable: without case, accents, punctuation, legal form and articles."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from graphmodel.resolution.words import COUNTRY_WORDS, GENITIVE, LEADING_FORMS, LEGAL_FORMS, LINKING, MEANINGS

LONGEST_ACRONYM = 10

_UNMARKED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
    | {"Ł": "l", "Ø": "o", "Đ": "d", "Ð": "d", "Þ": "th", "Æ": "ae", "Œ": "oe"}
)
_SEPARATORS = re.compile("[^a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f]")
_DOTTED = re.compile(r"(?<!\w)(?:\w\.\s?){2,}")
_POSSESSIVE = re.compile(r"['\u2019\u02bc]s\b")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DASHED = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[:,/]\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: `plain` is all of it, folded; `words` what distinguishes it; `forms` the legal forms that it states."""

    plain: str
    words: tuple[str, ...]
    forms: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The words as one text."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the text of a name says: the name, or several of it, and the acronyms beside them."""

    names: tuple[Name, ...]
    acronyms: frozenset[str]


def fold(text: str) -> str:
    """Return a text in lower case, its words without accents and punctuation, separated by single spaces.

    >>> fold("Médecins  Sans Frontières, U.S.A."), fold("Children's Fund & Łódź")
    ('medecins sans frontieres usa', 'childrens fund and lodz')
    """
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text)).translate(_UNMARKED)
    text = _DOTTED.sub(_undotted, text.casefold()).replace("&", " and ")
    text = _POSSESSIVE.sub("s", text)
    return " ".join((_SEPARATORS.sub(" ", text) if text.isascii() else "".join(map(_letter, text))).split())


def _undotted(found: re.Match[str]) -> str:
    return found[0].replace(".", "").replace(" ", "") + " "


def _letter(character: str) -> str:
    """Letters, digits and the marks that scripts like Devanagari write vowels with; all else parts words."""
    return character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "


def name(text: str) -> Name:
    """Return a text as the name that it is.

    >>> name("Stichting Oxfam Novib").words, name("The Centre for Peace e.V.").words, name("Ltd").words
    (('oxfam', 'novib'), ('center', 'peace'), ('ltd',))
    """
    plain = fold(text)
    words, forms = _without_forms(tuple(plain.split()))
    telling = tuple(MEANINGS.get(word, word) for word in words if word not in LINKING)
    return Name(plain, telling if any(len(word) > 1 for word in telling) else words, forms)


def _without_forms(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take legal forms off both ends, but never all of the name."""
    found: list[str] = []
    while (size := _form_at_end(words)) and size < len(words):
        found.append(LEGAL_FORMS[words[-size:]])
        words = words[:-size]
    if len(words) > 1 and LEGAL_FORMS.get(words[:1]) in LEADING_FORMS:
        found.append(LEGAL_FORMS[words[:1]])
        words = words[1:]
    return words, tuple(sorted(set(found)))


def _form_at_end(words: tuple[str, ...]) -> int:
    return next((size for size in (4, 3, 2, 1) if words[-size:] in LEGAL_FORMS), 0)


def read(text: str) -> Reading:
    """Return the names and acronyms in a text as people write them: with an acronym, or a name, in parentheses.

    >>> read("World Food Programme (WFP)")
    Reading(names=(Name(plain='world food programme', words=('world', 'food', 'program'), forms=()),), \
acronyms=frozenset({'wfp'}))
    >>> [found.plain for found in read("CDC (Centers for Disease Control)").names]
    ['cdc', 'centers for disease control']
    >>> [found.plain for found in read("Rio Tinto (Switzerland)").names]
    ['rio tinto switzerland']
    """
    inside = [part.strip() for part in _BRACKETS.findall(text)]
    outside, acronyms = _apart(_BRACKETS.sub(" ", text).strip())
    names = [name(outside if fold(outside) else text)]
    own = {_joined(outside)} if is_acronym(outside) else set()
    for part in inside if fold(outside) else []:
        place = COUNTRY_WORDS.issuperset(fold(part).split())
        if not place and own and " " in fold(part):
            names.append(name(part))
        elif not place and not own and _beside(part, outside):
            acronyms.add(_joined(part))
        elif not part.isdigit():
            names[0] = _longer(names[0], name(part))
    return Reading(tuple(dict.fromkeys(names)), frozenset(acronyms | own))


def _longer(one: Name, more: Name) -> Name:
    """Join two names, each of which was read by itself: the legal form may stand before the parentheses."""
    forms = tuple(sorted({*one.forms, *more.forms}))
    return Name(f"{one.plain} {more.plain}".strip(), one.words + more.words, forms)


def _apart(text: str) -> tuple[str, set[str]]:
    """Take an acronym off that stands before or behind a dash: `Programa Mundial de Alimentos - PMA`."""
    parts = _DASHED.split(text)
    if len(parts) == 2:
        for acronym, rest in (parts, parts[::-1]):
            if _joined(acronym) in set(initials(rest)) and len(_joined(acronym)) > 1:
                return rest, {_joined(acronym)}
    return text, set()


def _beside(part: str, text: str) -> bool:
    """Tell whether what stands in parentheses is an acronym of the name before it."""
    return bool(fold(part)) and not part.isdigit() and (is_acronym(part) or _joined(part) in set(initials(text)))


def is_acronym(text: str) -> bool:
    """Tell whether a text is written as acronyms are: one word, and two capitals in it or more.

    >>> is_acronym("FAO"), is_acronym("AfDB"), is_acronym("U.N.D.P."), is_acronym("Oxfam"), is_acronym("World Bank")
    (True, True, True, False, False)
    """
    text = text.strip()
    letters = _joined(text)
    capitals = sum(1 for character in text if character.isupper())
    return capitals > 1 and " " not in text and 1 < len(letters) <= LONGEST_ACRONYM


def acronyms(cell: str | None) -> frozenset[str]:
    """Return the acronyms in a cell, which may hold several.

    >>> sorted(acronyms("FAO | O.N.U."))
    ['fao', 'onu']
    """
    parts = re.split(r"[|;,]", cell or "")
    return frozenset(joined for part in parts if (joined := _joined(part)))


def _joined(text: str) -> str:
    return fold(text).replace(" ", "")


def initials(text: str) -> Iterator[str]:
    """Yield the acronyms that can be formed from a name: of its telling words, of all, of those before its last "of".

    >>> list(initials("Food and Agriculture Organization of the United Nations"))
    ['faoun', 'faaootun', 'fao']
    """
    words, _ = _without_forms(tuple(fold(text).split()))
    telling = [word for word in words if word not in LINKING]
    yield from _formed(telling)
    yield from _formed(words)
    last = max((place for place, word in enumerate(words) if word in GENITIVE), default=0)
    yield from _formed([word for word in words[:last] if word not in LINKING], shortest=3)


def _formed(words: list[str] | tuple[str, ...], shortest: int = 2) -> Iterator[str]:
    if shortest <= len(words) <= LONGEST_ACRONYM:
        yield "".join(word[0] for word in words)
