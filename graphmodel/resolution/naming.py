"""What the names of two organizations, and their acronyms, say for and against their being one."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rapidfuzz.distance import OSA

from graphmodel.resolution.evidence import Evidence, Finding
from graphmodel.resolution.names import Name
from graphmodel.resolution.profiles import Known, Profile
from graphmodel.resolution.words import BRANCH, COUNTRIES

SAME_NAME = 3.0
SAME_SHORT_NAME = 2.0
SAME_WORDS = 2.5
NEARLY_SAME = 1.8
SLIP = 0.4
OTHER_ORDER = 0.7
OWN_COUNTRY = 1.5
BRANCH_OF = -2.0
LONGER = -1.2
OTHER_PLACES = -4.0
OTHER_WORDS = -4.0
NOTHING_ALIKE = -1.5
GIVEN_ACRONYM = 2.0
FORMED_ACRONYM = {2: 0.0, 3: 1.5, 4: 2.0}
LONG_ACRONYM = 2.5
OTHER_FORM = -1.0

_HEBREW = "\u0590"
"""The scripts before it in Unicode write a letter for a sound; in others a sign is more than a slip of the pen."""


def naming(one: Profile, other: Profile, known: Known) -> Finding:
    """The names as they say most for it; an acronym that is the name of one, or that both go by."""
    spoken = max((_in_words(*pair, one, other, known) for pair in product(one.names, other.names)), key=_weight)
    by_acronym = _acronyms(one, other, known)
    if by_acronym and spoken.weight < 0 and _named_by(one, other):
        return Finding((by_acronym,))
    branch = spoken.of if isinstance(spoken, _Longer) else ""
    added = [by_acronym] if by_acronym and spoken.weight < SAME_SHORT_NAME else []
    return Finding((spoken, *added, *_forms(one, other)), branch)


def _weight(evidence: Evidence) -> float:
    return evidence.weight


def _named_by(one: Profile, other: Profile) -> bool:
    """Tell whether an acronym that fits one is all the name that the other has."""
    return bool(one.own & (other.acronyms | other.formed) or other.own & (one.acronyms | one.formed))


def _in_words(mine: Name, yours: Name, one: Profile, other: Profile, known: Known) -> Evidence:
    """What two names say, compared by their words."""
    if mine.plain == yours.plain:
        short = mine.plain in one.own & other.own
        return Evidence(SAME_SHORT_NAME, "same name, an acronym") if short else Evidence(SAME_NAME, "same name")
    if mine.words == yours.words:
        beside = "articles and spelling" if mine.forms == yours.forms else "legal form"
        return Evidence(SAME_WORDS, f"same name without {beside}")
    if "".join(mine.words) == "".join(yours.words):
        return Evidence(SAME_WORDS, "same name, written together")
    typing, extra, missing = _differences(mine.words, yours.words, known.places)
    if extra and missing:
        return _unlike(mine, yours, extra, missing, known.places)
    if extra:
        return _longer(extra, yours, one, known.places)
    if missing:
        return _longer(missing, mine, other, known.places)
    return _rearranged(mine.words, tuple(typing.get(word, word) for word in yours.words), len(typing))


def _differences(
    mine: tuple[str, ...], yours: tuple[str, ...], places: frozenset[str]
) -> tuple[dict[str, str], list[str], list[str]]:
    """Return which words differ by their typing only, yours -> mine, and the words that each name has alone."""
    extra, missing = list(mine), list(yours)
    for word in mine:
        if word in missing:
            extra.remove(word)
            missing.remove(word)
    typing = {}
    for word in tuple(extra):
        match = next((candidate for candidate in missing if _mistyped(word, candidate, places)), None)
        if match is not None:
            typing[match] = word
            extra.remove(word)
            missing.remove(match)
    return typing, extra, missing


def _mistyped(one: str, other: str, places: frozenset[str]) -> bool:
    """Tell whether two words are likely one, typed in two ways.

    >>> _mistyped("organisation", "organization", frozenset()), _mistyped("vector", "hector", frozenset())
    (True, False)
    >>> _mistyped("guinea", "guiana", frozenset({"guinea", "guiana"})), _mistyped("unit12", "unit13", frozenset())
    (False, False)
    """
    shorter = min(len(one), len(other))
    if shorter < 5 or one[0] != other[0] or max(one + other) >= _HEBREW or not (one + other).isalpha():
        return False
    allowed = 1 if shorter < 10 else 2
    return OSA.distance(one, other, score_cutoff=allowed) <= allowed and not places.issuperset((one, other))


def _rearranged(mine: tuple[str, ...], yours: tuple[str, ...], typing: int) -> Evidence:
    slips = f"{typing} words typed differently" if typing > 1 else "one word typed differently"
    if mine == yours:
        return Evidence(NEARLY_SAME - SLIP * (typing - 1), f"nearly the same name: {slips}")
    order = "same words in another order"
    return Evidence(OTHER_ORDER - SLIP * typing, f"{order}, {slips}" if typing else order)


@dataclass(frozen=True, slots=True)
class _Longer(Evidence):
    """A name is longer by words that name a branch of the other: `of` is the branch."""

    of: str = ""


def _longer(extra: list[str], shorter: Name, longer: Profile, places: frozenset[str]) -> Evidence:
    words = " ".join(extra)
    if places.issuperset(shorter.words) or not (places | BRANCH).issuperset(extra):
        return Evidence(LONGER * len(extra), f'one name is longer by "{words}"')
    if COUNTRIES.get(longer.country or "", frozenset()).issuperset(extra):
        return Evidence(OWN_COUNTRY, f'same name, one with its country: "{words}"')
    return _Longer(BRANCH_OF, f'one is a branch: its name is longer by "{words}"', longer.id)


def _unlike(mine: Name, yours: Name, extra: list[str], missing: list[str], places: frozenset[str]) -> Evidence:
    difference = f'"{" ".join(extra)}", "{" ".join(missing)}"'
    if places.issuperset((*extra, *missing)):
        return Evidence(OTHER_PLACES, f"different places: {difference}")
    if len(extra) == len(mine.words) or len(missing) == len(yours.words):
        return Evidence(NOTHING_ALIKE, "no word in common")
    return Evidence(OTHER_WORDS, f"different words: {difference}")


def _acronyms(one: Profile, other: Profile, known: Known) -> Evidence | None:
    """The acronym that fits both best: given to both, or given to one and formed from the name of the other."""
    given = [(GIVEN_ACRONYM, word) for word in one.acronyms & other.acronyms]
    formed = [
        (FORMED_ACRONYM.get(len(word), LONG_ACRONYM), word)
        for word in (one.acronyms & other.formed) | (other.acronyms & one.formed)
    ]
    weighed = [(weight - math.log(max(1, known.acronym_fits[word] - 1)), word) for weight, word in [*given, *formed]]
    if not weighed or max(weighed)[0] <= 0:
        return None
    weight, word = max(weighed)
    how = "same acronym" if word in one.acronyms & other.acronyms else "acronym of the other's name"
    return Evidence(weight, f"{how}: {word.upper()}")


def _forms(one: Profile, other: Profile) -> Iterator[Evidence]:
    mine, yours = one.names[0].forms, other.names[0].forms
    if mine and yours and mine != yours:
        yield Evidence(OTHER_FORM, f"different legal forms: {', '.join(mine)} and {', '.join(yours)}")
