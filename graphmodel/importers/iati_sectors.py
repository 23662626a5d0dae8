"""The sectors of an IATI activity as competence areas, with those that they are part of."""

from itertools import pairwise

from graphmodel.importers import iati_codes
from graphmodel.importers.iati_reading import Claim, Reading, vocabulary
from graphmodel.importers.iati_rows import ADDRESSES, AREA, AREA_PART_OF
from graphmodel.importers.iati_xml import Element

DAC, SDG = "dac", "sdg"
PREFIXES = {
    "1": DAC,
    "2": DAC,
    "3": "cofog",
    "4": "nace",
    "5": "ntee",
    "6": "aiddata",
    "7": SDG,
    "8": SDG,
    "9": SDG,
    "10": "iasc",
    "11": "naics",
    "12": "un-function",
}
SCHEMES = {DAC: "OECD DAC", SDG: "SDG"}


def sectors(activity: Reading) -> None:
    """Take the sectors of an activity, or of its transactions where it has none itself."""
    claims: dict[str, Claim] = {}
    for place, element in activity.stated("sector"):
        if area := _area(activity, place, element):
            activity.claim(ADDRESSES, claims, area, place, element)
    activity.tie(ADDRESSES, claims)


def _area(activity: Reading, place: str, element: Element) -> str:
    """Take the area that a sector names and those above it. Return its id."""
    code, told = activity.code(place, element, "the code of a sector")
    if not code:
        return ""
    list_ = vocabulary(element)
    prefix = activity.prefix(list_, PREFIXES)
    scheme = SCHEMES.get(prefix) or iati_codes.name("vocabulary", list_) or prefix
    kind = "goal" if prefix == SDG else "sector"
    codes = _upwards(prefix, code)
    ids = [f"{prefix}:{one}" for one in codes]
    for id_, one in zip(ids, codes, strict=True):
        name = _name(prefix, one, told if one == code else "")
        activity.into.add_once(AREA, element.line, id=id_, name=name, kind=kind, scheme=scheme)
    for part, whole in pairwise(ids):
        activity.into.add_once(AREA_PART_OF, element.line, start_id=part, end_id=whole, record=place)
    return ids[0]


def _upwards(prefix: str, code: str) -> list[str]:
    """Return a code and those above it: purpose and category of the DAC; indicator, target and goal.

    >>> _upwards("dac", "11220"), _upwards("sdg", "4.1.1"), _upwards("naics", "11220")
    (['11220', '112'], ['4.1.1', '4.1', '4'], ['11220'])
    """
    if prefix == DAC and len(code) == 5 and iati_codes.name("sector", code[:3]):
        return [code, code[:3]]
    parts = code.split(".")[:3]
    if prefix == SDG and iati_codes.name("sdg", parts[0]):
        return [code, *(".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))]
    return [code]


def _name(prefix: str, code: str, told: str) -> str:
    """Return the name in the codelist, else the one that the file gives, else the category and the code."""
    listed = iati_codes.name({DAC: "sector", SDG: "sdg"}.get(prefix, ""), code)
    category = iati_codes.name("sector", code[:3]) if prefix == DAC else ""
    return listed or told or (f"{category} ({code})" if category else code)
