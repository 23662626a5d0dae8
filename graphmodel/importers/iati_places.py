"""Where an IATI activity takes place: countries, regions above them, places in them, and its point on the map."""

from dataclasses import dataclass

from graphmodel.importers import countries, iati_codes
from graphmodel.importers.iati_reading import Claim, Reading, spoken, vocabulary
from graphmodel.importers.iati_rows import REGION, REGION_PART_OF, TOOK_PLACE_IN, Cell, given, normalized
from graphmodel.importers.iati_xml import Element

DAC, M49 = "1", "2"
PREFIXES = {DAC: "dac"}
LISTS = {DAC: "region", M49: "m49"}
ISO_COUNTRY = "a4"
GAZETTEERS = {
    "a1": "gaul",
    "a2": "unsalb",
    "a3": "gadm",
    "g1": "geonames",
    "geo": "geonames",
    "g2": "osm",
    "osm": "osm",
}


def places(activity: Reading) -> None:
    """Take countries and regions, of the transactions where the activity has none itself, and its locations."""
    claims: dict[str, Claim] = {}
    recipients = set()
    for place, element in activity.stated("recipient-country", "recipient-region"):
        is_country = element.tag == "recipient-country"
        region = _country(activity, place, element) if is_country else _region(activity, place, element)
        if region:
            activity.claim(TOOK_PLACE_IN, claims, region, place, element)
        if region and is_country:
            recipients.add(region)
    _locations(activity, claims, recipients.pop() if len(recipients) == 1 else "")
    activity.tie(TOOK_PLACE_IN, claims)


def _country(activity: Reading, place: str, element: Element) -> str:
    code = element.get("code")
    country = _by_code(code)
    if not country:
        kind = "value" if code else "missing"
        activity.reject(element.line, f"{place}/@code", kind, code, "ISO 3166 alpha-2 like KE")
        return ""
    _add(activity, country, element.line, place)
    return country.id


def _by_code(code: str) -> countries.Place | None:
    return countries.country(code) if len(code) == 2 else None


def _add(activity: Reading, region: countries.Place, line: int, record: str) -> None:
    """Take a country or a region of the M49 standard, with those that it lies in."""
    for one in (region, *countries.ancestors(region)):
        cells = {"id": one.id, "name": one.name, "kind": one.kind, "iso2": one.iso2 or None}
        point = {"latitude": one.latitude or None, "longitude": one.longitude or None}
        if not activity.into.add_once(REGION, line, **cells, **point):
            return
        if one.part_of:
            activity.into.add_once(REGION_PART_OF, line, start_id=one.id, end_id=one.part_of, record=record)


def _region(activity: Reading, place: str, element: Element) -> str:
    code, told = activity.code(place, element, "the code of a region")
    if not code:
        return ""
    list_ = vocabulary(element)
    code = code.zfill(3) if list_ == M49 else code
    listed = iati_codes.name(LISTS.get(list_, ""), code)
    known = countries.find(listed) if list_ == M49 and listed else None
    if known:
        _add(activity, known, element.line, place)
        return known.id
    id_ = f"m49-{code}" if list_ == M49 else f"{activity.prefix(list_, PREFIXES)}:{code}"
    activity.into.add_once(REGION, element.line, id=id_, name=listed or told or code, kind="region")
    return id_


@dataclass(frozen=True)
class _Location:
    """One location: what it is called, its code in a gazetteer, its country and its point, as far as they are known."""

    name: str
    gazetteer: str
    code: str
    country: countries.Place | None
    point: tuple[Cell, Cell]

    @property
    def is_country(self) -> bool:
        """Whether it is no place in the country, but the country itself."""
        if not self.country:
            return False
        return self.gazetteer == ISO_COUNTRY or normalized(self.name) == normalized(self.country.name)


def _locations(activity: Reading, claims: dict[str, Claim], country: str) -> None:
    """Take the locations. If they have but one point, that is where the activity is; a country has none."""
    points = set()
    for place, element in activity.numbered("location"):
        location = _location(activity, place, element, country)
        if region := _place(activity, place, element, location):
            claims.setdefault(region, Claim(element.line, place))
        if any(location.point) and not location.is_country:
            points.add(location.point)
    if len(points) == 1:
        activity.cells["latitude"], activity.cells["longitude"] = points.pop()


def _location(activity: Reading, place: str, element: Element, country: str) -> _Location:
    gazetteer, code = _in_gazetteer(element)
    administrative = element.first("administrative")
    own = code if gazetteer == ISO_COUNTRY else administrative.get("country") if administrative else ""
    name = given(spoken(element.all("name")))
    point = _point(activity, place, element)
    return _Location(name, gazetteer, code, _by_code(own) or _by_code(country), point)


def _in_gazetteer(element: Element) -> tuple[str, str]:
    """Return a gazetteer and the code of the place in it; version 1 writes both in another element."""
    for entry in element.all("location-id"):
        if code := given(entry.get("code")):
            return entry.get("vocabulary").lower(), code
    for entry in element.all("gazetteer-entry"):
        if code := given(entry.text):
            return entry.get("gazetteer-ref").lower(), code
    return "", ""


def _point(activity: Reading, place: str, element: Element) -> tuple[Cell, Cell]:
    """Return latitude and longitude, or neither."""
    point, coordinates = element.first("point"), element.first("coordinates")
    if position := point.first("pos") if point else None:
        told, part = position.text.replace(",", " ").split(), "point/pos"
    elif coordinates:
        told, part = [coordinates.get("latitude"), coordinates.get("longitude")], "coordinates"
    else:
        return None, None
    if not any(told):
        return None, None
    if len(told) != 2:
        activity.reject(element.line, f"{place}/{part}", "value", " ".join(told), "degrees north and degrees east")
        return None, None
    ends = zip(("latitude", "longitude"), told, strict=True)
    read = [activity.property(name, text, element.line, f"{place}/{part}") for name, text in ends]
    return (read[0], read[1]) if all(read) else (None, None)


def _place(activity: Reading, place: str, element: Element, location: _Location) -> str:
    """Take a location as a region, under its country. Return its id; a point without a name is no region."""
    country = location.country
    if country:
        _add(activity, country, element.line, place)
    if country and location.is_country:
        return country.id
    known = location.code and GAZETTEERS.get(location.gazetteer)
    if not location.name and not known:
        if not any(location.point):
            activity.reject(element.line, place, "missing", "", "a name, a gazetteer's code or a point")
        return ""
    within = country.id if country else activity.scope
    id_ = f"{known}:{location.code}" if known else f"{within}:{normalized(location.name)}"
    cells = dict(zip(("latitude", "longitude"), location.point, strict=True))
    activity.into.add_once(REGION, element.line, id=id_, name=location.name or location.code, kind="place", **cells)
    if country:
        activity.into.add_once(REGION_PART_OF, element.line, start_id=id_, end_id=country.id, record=place)
    return id_
