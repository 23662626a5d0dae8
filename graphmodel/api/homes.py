"""Where each organization is at home, and on what it works, as a map colours and divides by it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import polars as pl

from graphmodel.analysis.coverage.axes import FIRST, LEVELS
from graphmodel.analysis.coverage.homes import competences, first_kind, homes, telling_level
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.errors import UsageProblem
from graphmodel.importers import countries

if TYPE_CHECKING:
    from graphmodel.viz.regions import Regions

WHY = {
    "works": "where {they} say{s} that {they} work{s}",
    "active": "where most of {their} activities took place",
    "addressed": "what most of {their} activities address",
}
"""What a region or an area rests on, where it is not what an organization says of itself."""


@dataclass(frozen=True)
class Told:
    """One word for each organization.

    Attributes
    ----------
    title : str
        What these words are, for a legend: Region, Subregion, Country, Field, Sector ...
    values : mapping from id to str
        Whoever is equally in more than one has the word "several"; of whom nothing is known is not in it.
    bases : mapping from id to str
        What the word rests on: based, works, declared, active, addressed.
    ids : mapping from id to str
        The ids of the regions or areas; who is in several is not in it.
    """

    title: str
    values: Mapping[str, str]
    bases: Mapping[str, str]
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, Mapping[str, str]]:
        """Title and values, as `graphmodel.api.Look` takes them for the colour."""
        return self.title, self.values

    @property
    def single(self) -> dict[str, str]:
        """The values of those who are in one only."""
        return {id: self.values[id] for id in self.ids}

    def notes(self, shown: Iterable[str]) -> tuple[str, ...]:
        """Return what readers must know: of how many of those shown the word is not what they say of themselves.

        >>> Told("Region", {"a": "Africa", "b": "Asia"}, {"a": "based", "b": "active"}).notes(["a", "b"])
        ('The region of 1 organization is where most of its activities took place.',)
        """
        counts = Counter(self.bases[id] for id in shown if id in self.bases)
        return tuple(self._note(basis, counts[basis]) for basis in WHY if counts[basis])

    def _note(self, basis: str, number: int) -> str:
        one = {"they": "it", "their": "its", "s": "s"}
        many = {"they": "they", "their": "their", "s": ""}
        who = f"{number:,} organization{'' if number == 1 else 's'}"
        return f"The {self.title.lower()} of {who} is {WHY[basis].format(**(one if number == 1 else many))}."


def by_region(partnerships: Partnerships, level: str = FIRST) -> Told:
    """Return the region of each organization: where it is based, else says it works, else is mostly active.

    Parameters
    ----------
    partnerships : Partnerships
    level : str
        country, subregion or region; first for the widest that tells organizations apart.

    Raises
    ------
    UsageProblem
        If no region of this level is known of any organization.

    Notes
    -----
    The country that an organization states counts as its seat where no other is told. What countries lie in is told by
    the data; where these know no region of a level, or know those of the United Nations' M49 standard, by M49.
    """
    known = replace(partnerships, read=lambda: _completed(partnerships.setting, _stated(partnerships)))
    if level == FIRST:
        level = telling_level(known)
    found = homes(known, level)
    if found.is_empty():
        raise UsageProblem(
            f"Of no organization a {level} is known: none states its country, where it is based or where it works, and "
            f"no activity has a place in a {level}. Load that, or choose another level (--level) or colour (--color)."
        )
    return _told(level, found)


def by_competence(partnerships: Partnerships, kind: str = FIRST) -> Told:
    """Return the competence area of each organization: what it declares, else what most of its activities address.

    Parameters
    ----------
    partnerships : Partnerships
    kind : str
        field, sector, goal, framework or segment; first for the first of these that is known.

    Raises
    ------
    UsageProblem
        If no area of this kind is known of any organization.
    """
    if kind == FIRST:
        kind = first_kind(partnerships)
    found = competences(partnerships, kind).with_columns(pl.col("basis").replace("active", "addressed"))
    if found.is_empty():
        raise UsageProblem(
            f"Of no organization a {kind} is known: none declares one, and no activity addresses one. Load that, or "
            "choose another kind of competence area (--areas) or colour (--color)."
        )
    return _told(kind, found)


def countries_of(partnerships: Partnerships) -> Told | None:
    """Return the country of each organization; None where none is known of any."""
    try:
        return by_region(partnerships, "country")
    except UsageProblem:
        return None


def regions(partnerships: Partnerships, level: str) -> "Regions":
    """Return the regions of a level, to be shown on a map in place of organizations.

    Raises
    ------
    UsageProblem
        As `by_region`.
    """
    from graphmodel.viz.regions import Regions

    seats = countries_of(partnerships)
    return Regions(level, by_region(partnerships, level).single, seats.ids if seats else {})


def _told(what: str, found: pl.DataFrame) -> Told:
    values, bases, ids = (
        dict(found.select("organization", column).drop_nulls().iter_rows()) for column in ("name", "basis", "one")
    )
    return Told(what.capitalize(), values, bases, ids)


def _stated(partnerships: Partnerships) -> pl.DataFrame:
    """Return organization, country: the text that organizations state of which no seat is told."""
    known = partnerships.organizations
    if "country" not in known.columns:
        return pl.DataFrame(schema={"organization": pl.String, "country": pl.String})
    named = known.select(organization="id", country="country").drop_nulls()
    return named.join(partnerships.setting.based_in, on="organization", how="anti")


def _completed(setting: Setting, stated: pl.DataFrame) -> Setting:
    """Return a setting that knows the countries that organizations state, and what every country lies in."""
    ids = {text: _id(text) for text in stated["country"].unique().sort()}
    seats = stated.select("organization", region=pl.col("country").replace_strict(ids, return_dtype=pl.String))
    regions = _with(setting.regions, (_region(id) for id in ids.values()))
    inside = [*_above(regions)]
    return replace(
        setting,
        regions=_with(regions, ((place.id, place.name, place.kind) for _, place in inside)),
        region_parts=_with(setting.region_parts, ((country, place.id) for country, place in inside)),
        based_in=pl.concat([setting.based_in, seats.select(setting.based_in.columns)]),
    )


def _id(text: str) -> str:
    """Return the id of a country, as readers of data give it; the text itself where there is no such country."""
    found = countries.country(text)
    return found.id if found else text


def _region(id: str) -> tuple[str, str, str]:
    found = countries.country(id)
    return id, found.name if found else id, "country"


def _above(regions: pl.DataFrame) -> Iterator[tuple[str, countries.Place]]:
    """Yield countries with the regions of M49 that they lie in, of each level at which the data go by M49 or nothing.

    Regions of others must not be mixed with these: they overlap.
    """
    own = {level: regions.filter(pl.col("kind") == level)["id"].to_list() for level in LEVELS}
    levels = {level for level, ids in own.items() if not ids or any(id.startswith("m49-") for id in ids)}
    for id in sorted(set(own["country"])):
        found = countries.country(id)
        for place in countries.ancestors(found) if found else ():
            if place.kind in levels:
                yield id, place


def _with(frame: pl.DataFrame, rows: Iterable[tuple[str, ...]]) -> pl.DataFrame:
    """Return a frame with more rows, but for those whose id is there."""
    added = pl.DataFrame([*rows], schema=frame.schema, orient="row")
    keys = ["id"] if "id" in frame.columns else frame.columns
    return pl.concat([frame, added]).unique(keys, keep="first", maintain_order=True)
