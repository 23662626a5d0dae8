"""What is known of each organization, made ready to be compared."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from graphmodel.resolution import names
from graphmodel.resolution.names import Name
from graphmodel.resolution.references import references
from graphmodel.resolution.words import PLACES


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of one organization. `own` are acronyms that are its name; `formed` those its name gives."""

    id: str
    name: str
    names: tuple[Name, ...]
    acronyms: frozenset[str]
    own: frozenset[str]
    formed: frozenset[str]
    country: str | None
    founded: int | None
    seat: tuple[float, float] | None
    host: str
    references: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """All organizations that are compared, who works with whom, and the words that name places."""

    profiles: tuple[Profile, ...]
    activities: Mapping[str, frozenset[str]]
    places: frozenset[str]

    @cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """Organizations of each activity."""
        members: dict[str, set[str]] = {}
        for organization, activities in self.activities.items():
            for activity in activities:
                members.setdefault(activity, set()).add(organization)
        return {activity: frozenset(ids) for activity, ids in members.items()}

    @cached_property
    def acronym_fits(self) -> Counter[str]:
        """Number of names that each acronym fits."""
        fits = {(word, one.names[0].key) for one in self.profiles for word in one.acronyms | one.formed}
        return Counter(word for word, _ in fits)

    @cached_property
    def hosts(self) -> Counter[str]:
        """Number of organizations at each web address."""
        return Counter(one.host for one in self.profiles if one.host)

    @cached_property
    def name_countries(self) -> Counter[str]:
        """Number of countries in which each name occurs."""
        pairs = {(one.names[0].key, one.country) for one in self.profiles if one.country}
        return Counter(key for key, _ in pairs)

    def partners(self, id: str, apart_from: Iterable[str] = ()) -> set[str]:
        """Return who takes part in the activities of an organization, some activities left out."""
        activities = self.activities.get(id, frozenset()).difference(apart_from)
        return set().union(*(self.members[activity] for activity in activities)) - {id}


def known(organizations: pl.DataFrame, participations: pl.DataFrame | None, places: Iterable[str] = ()) -> Known:
    """Return what candidates are found in.

    Parameters
    ----------
    organizations : polars.DataFrame
        id, name; optional acronym, country, founded, latitude, longitude, url.
    participations : polars.DataFrame, optional
        organization, activity.
    places : iterable of str
        Names of places, beside those of countries.
    """
    profiles = tuple(_profile(row) for row in organizations.sort("id").iter_rows(named=True))
    words = {word for place in places for word in names.name(place).words if not word.isdigit()}
    return Known(profiles, _activities(participations), PLACES | words)


def _activities(participations: pl.DataFrame | None) -> dict[str, frozenset[str]]:
    if participations is None:
        return {}
    lists = participations.drop_nulls(["organization", "activity"]).group_by("organization").agg("activity")
    return {organization: frozenset(activities) for organization, activities in lists.iter_rows()}


def _profile(row: Mapping[str, Any]) -> Profile:
    text = row["name"] or row["id"]
    reading = names.read(text)
    given = names.acronyms(row.get("acronym"))
    own = {one.plain.replace(" ", "") for one in reading.names} & reading.acronyms
    return Profile(
        id=row["id"],
        name=text,
        names=reading.names,
        acronyms=reading.acronyms | given,
        own=frozenset(own),
        formed=frozenset(word for one in reading.names for word in names.initials(one.plain)),
        country=row.get("country"),
        founded=row.get("founded"),
        seat=_seat(row),
        host=host(row.get("url")),
        references=references(row["id"], row.get("url")),
    )


def _seat(row: Mapping[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    return None if latitude is None or longitude is None else (latitude, longitude)


def host(url: str | None) -> str:
    """Return whose web address it is, without `www.`; empty where there is none.

    >>> host("https://www.fao.org/home/en"), host("fao.org"), host(None), host("http://[")
    ('fao.org', 'fao.org', '', '')
    """
    try:
        address = url or ""
        found = urlsplit(address if "//" in address else f"//{address}").hostname
    except ValueError:
        return ""
    return (found or "").removeprefix("www.")
