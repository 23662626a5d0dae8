"""Countries and the regions of the United Nations' M49 standard, by the taxonomy in OCHA's library hdx-python-country.

The taxonomy is read, when a first name is looked up, from the library's own file: its functions answer in English and
ask the network first, and importing them takes two seconds.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graphmodel.errors import UsageProblem

NAMES = re.compile("(Term|Short|Formal|Name|^M49 (English|French|Spanish|Russian|Chinese|Arabic))$")
NOT_COUNTRY_NAMES = ("Region Name", "Sub-region Name", "Intermediate Region Name")
CODES = ("ISO 3166-1 Alpha 2-Codes", "ISO 3166-1 Alpha 3-Codes", "x Alpha2 codes", "x Alpha3 codes")
ALIASES = {"UK": "GB", "EL": "GR"}
WORLD_NAMES = ("world", "earth", "global", "worldwide", "001")


@dataclass(frozen=True)
class Place:
    """A country or a larger region; `part_of` is the id of the next larger one, empty for the world."""

    id: str
    name: str
    kind: str
    iso2: str = ""
    latitude: str = ""
    longitude: str = ""
    part_of: str = ""


WORLD = Place("world", "World", "world")


def find(text: str) -> Place | None:
    """Return the country, or the M49 region, that a name or a code means; None if there is no such, or several.

    Names are known in English, French, Spanish, Russian, Chinese and Arabic, without regard to case and accents. Codes
    are ISO 3166 alpha-2 and alpha-3; UK and EL, as the European Union writes them, are known too.

    Raises
    ------
    UsageProblem
        If the library is not installed.

    Examples
    --------
    >>> [find(text).id for text in ("NA", "UK", "EL", "KEN", "Alemania", "Кения", "Africa", "Global")]
    ['NA', 'GB', 'GR', 'KE', 'DE', 'KE', 'm49-002', 'world']
    >>> find("Atlantis") is None
    True
    """
    index = _index()
    found = index.codes.get(text.strip().upper()) or index.names.get(fold(text))
    return found or _described(text, index)


def country(text: str) -> Place | None:
    """Return the country that a name or a code means, or None: `find`, without the regions."""
    found = find(text)
    return found if found and found.iso2 else None


def ancestors(place: Place) -> Iterator[Place]:
    """Yield the regions that a place lies in, the smallest first.

    >>> [region.name for region in ancestors(find("Kenya"))]
    ['Sub-Saharan Africa', 'Africa', 'World']
    """
    places = _index().places
    while place.part_of:
        place = places[place.part_of]
        yield place


def is_known(place: Place) -> bool:
    """Say whether a place is a country or a region of M49, and not one below or beside them."""
    return place == WORLD or bool(place.iso2) or place.id.startswith("m49-")


def fold(text: str) -> str:
    """Return a name without case, accents, punctuation and a leading article.

    >>> fold(" The  Côte d'Ivoire "), fold("Кения")
    ('cote d ivoire', 'кения')
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in parts if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", bare).strip().removeprefix("the ")


@dataclass(frozen=True)
class _Index:
    """What can be looked up: places by id, by code, by folded name, and by a pattern of their names."""

    places: Mapping[str, Place]
    codes: Mapping[str, Place]
    names: Mapping[str, Place]
    patterns: Mapping[str, re.Pattern[str]]


def _described(text: str, index: _Index) -> Place | None:
    """Return the one country whose pattern a longer name fits: `Congo, Dem. Rep.`, `Iran (Islamic Republic of)`."""
    if len(text.strip()) < 4:
        return None
    fits = {id for id, pattern in index.patterns.items() if pattern.search(text) or pattern.search(fold(text))}
    return index.places[fits.pop()] if len(fits) == 1 else None


@cache
def _index() -> _Index:
    rows = _taxonomy()
    places = {WORLD.id: WORLD} | {place.id: place for row in rows for place in _regions(row)}
    codes: dict[str, Place] = {}
    names: dict[str, Place] = {fold(place.name): place for place in places.values()} | dict.fromkeys(WORLD_NAMES, WORLD)
    patterns: dict[str, re.Pattern[str]] = {}
    for row in rows:
        place = _country(row)
        places[place.id] = place
        codes |= {row[code].upper(): place for code in CODES if row[code]}
        spellings = (row[key] for key in row if NAMES.search(key) and key not in NOT_COUNTRY_NAMES)
        names |= {fold(name): place for name in spellings if name}
        if row["Regex"]:
            patterns[place.id] = re.compile(row["Regex"], re.IGNORECASE)
    codes |= {alias: codes[code] for alias, code in ALIASES.items()}
    return _Index(places, codes, names, patterns)


def _taxonomy() -> list[Mapping[str, str]]:
    """Return the rows of countries that have a code of two letters, the unofficial ones too."""
    try:
        folder = files("hdx.location")
    except ModuleNotFoundError as error:
        raise UsageProblem(
            "Country names need OCHA's taxonomy. Install it: pip install hdx-python-country. "
            "Codes of two letters, taken as they are, do not need it."
        ) from error
    (path,) = (item for item in folder.iterdir() if item.name.endswith("Taxonomy.csv"))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [row for row in csv.DictReader(lines) if _iso2(row)]


def _iso2(row: Mapping[str, str]) -> str:
    return row["ISO 3166-1 Alpha 2-Codes"] or row["x Alpha2 codes"]


def _regions(row: Mapping[str, str]) -> Iterator[Place]:
    """Yield the region and the subregion of a country."""
    if row["Region Code"]:
        region = Place(_m49(row["Region Code"]), row["Region Name"], "region", part_of=WORLD.id)
        yield region
        if row["Sub-region Code"]:
            yield Place(_m49(row["Sub-region Code"]), row["Sub-region Name"], "subregion", part_of=region.id)


def _country(row: Mapping[str, str]) -> Place:
    code = row["Sub-region Code"] or row["Region Code"]
    iso2 = _iso2(row)
    return Place(
        iso2,
        row["Preferred Term"] or row["English Short"],
        "country",
        iso2,
        row["Latitude"],
        _longitude(row["Longitude"]),
        _m49(code) if code else WORLD.id,
    )


def _longitude(text: str) -> str:
    """Return degrees east from -180 to 180; the taxonomy goes on to 360 in the Pacific."""
    return str(round((float(text) + 180) % 360 - 180, 6)) if text else ""


def _m49(code: str) -> str:
    return f"m49-{int(code):03}"
