"""What is known of two organizations beside their names, and what it says for and against their being one."""

import math
from collections.abc import Iterator

from graphmodel.resolution.evidence import Evidence
from graphmodel.resolution.profiles import Known, Profile
from graphmodel.resolution.words import PUBLIC

SAME_REFERENCE = 6.0
OTHER_REFERENCE = -1.5
SAME_COUNTRY = 0.8
OTHER_COUNTRY = -2.5
PUBLIC_BODY = -2.5
SAME_WEBSITE = 1.2
OTHER_FOUNDATION = -1.0
FAR_APART = -1.5
BOTH_IN_ONE = -0.5
MOST_FOR_PARTNERS = 1.5

FAR = 100.0
"""Kilometres between two seats that are no longer in one town."""

POPULAR_HOST = 5
"""A website of more organizations than this is that of a service, or of a whole group."""

_EARTH = 6371.0


def circumstances(one: Profile, other: Profile, known: Known) -> Iterator[Evidence]:
    """Yield what references, countries, websites, years, seats and activities say."""
    yield from _references(one, other)
    yield from _countries(one, other, known)
    yield from _websites(one, other, known)
    yield from _founded(one, other)
    yield from _seats(one, other)
    yield from _activities(one, other, known)


def _references(one: Profile, other: Profile) -> Iterator[Evidence]:
    for register in sorted(one.references.keys() & other.references.keys()):
        mine, yours = one.references[register], other.references[register]
        if mine == yours:
            yield Evidence(SAME_REFERENCE, f"same reference: {register} {mine}")
        else:
            yield Evidence(OTHER_REFERENCE, f"different references: {register} {mine} and {yours}")


def _countries(one: Profile, other: Profile, known: Known) -> Iterator[Evidence]:
    if one.country and other.country:
        if one.country == other.country:
            yield Evidence(SAME_COUNTRY, "same country")
        else:
            yield Evidence(OTHER_COUNTRY, f"different countries: {one.country} and {other.country}")
        return
    words = set(one.names[0].words)
    in_countries = known.name_countries[one.names[0].key]
    if words & PUBLIC and words.isdisjoint(known.places):
        yield Evidence(PUBLIC_BODY, "every country has one, and it is not known of which they are")
    elif in_countries > 1:
        yield Evidence(-math.log(in_countries), f"a name that occurs in {in_countries} countries")


def _websites(one: Profile, other: Profile, known: Known) -> Iterator[Evidence]:
    if one.host and one.host == other.host and known.hosts[one.host] <= POPULAR_HOST:
        yield Evidence(SAME_WEBSITE, f"same website: {one.host}")


def _founded(one: Profile, other: Profile) -> Iterator[Evidence]:
    if one.founded and other.founded and abs(one.founded - other.founded) > 1:
        yield Evidence(OTHER_FOUNDATION, f"founded in different years: {one.founded} and {other.founded}")


def _seats(one: Profile, other: Profile) -> Iterator[Evidence]:
    if one.seat and other.seat and (far := kilometres(one.seat, other.seat)) > FAR:
        yield Evidence(FAR_APART, f"seats {far:,.0f} km apart")


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance between two points on the globe, given in degrees north and east.

    >>> round(kilometres((48.85, 2.35), (51.51, -0.13)))
    344
    """
    north, south = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    chord = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))


def _activities(one: Profile, other: Profile, known: Known) -> Iterator[Evidence]:
    """Partners in common count, one the less the more partners it has itself; joint activities count against it."""
    joint = known.activities.get(one.id, frozenset()) & known.activities.get(other.id, frozenset())
    common = known.partners(one.id, joint) & known.partners(other.id, joint)
    if common:
        weight = sum(1 / math.log(max(3, len(known.partners(partner)))) for partner in common)
        partners = "1 partner" if len(common) == 1 else f"{len(common)} partners"
        yield Evidence(min(MOST_FOR_PARTNERS, weight), f"{partners} in common")
    if joint:
        activities = "one activity" if len(joint) == 1 else f"{len(joint)} activities"
        yield Evidence(BOTH_IN_ONE, f"both take part in {activities}")
