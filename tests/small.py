"""A network small enough to check by eye: seven organizations, eight activities, three countries in two regions.

| activity  | who took part      | where         | on                        | when      |
|-----------|--------------------|---------------|---------------------------|-----------|
| schools   | Alpha Beta Delta   | Kenya         | education                 | 2015-2018 |
| clinics   | Delta Epsilon      | Nairobi       | health                    | 2016-2019 |
| radio     | Alpha Beta         | Mali          | education                 | 2018-2021 |
| libraries | Gamma              | Mali          | culture, education, youth | 2019-     |
| temples   | Gamma Delta        | Nepal         | culture, heritage         | 2017-2020 |
| midwives  | Epsilon            | Nepal         | health                    | 2020-2023 |
| nurses    | Zeta               | Nepal         | health                    | 2021-     |
| teachers  | Alpha Gamma        | Nepal         | education, youth          | 2021-2024 |

Beta and Zeta have a formal agreement. So the ties are Alpha-Beta (two activities), Alpha-Gamma, Alpha-Delta,
Beta-Delta, Gamma-Delta, Delta-Epsilon (one each) and Beta-Zeta (formal). Eta is in nothing; it declares to work in
Kenya on culture. Alpha declares Kenya and education, Zeta Mali and Nepal and health.
"""

from dataclasses import fields, replace
from datetime import date

import polars as pl

from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.analysis.ties.selection import EVERYTHING, Selection

ORGANIZATIONS = {
    "a": ("Alpha", "ngo", "KE"),
    "b": ("Beta", "ngo", "ML"),
    "c": ("Gamma", "university", "NP"),
    "d": ("Delta", "agency", "KE"),
    "e": ("Epsilon", "foundation", "NP"),
    "f": ("Zeta", "ngo", "NP"),
    "g": ("Eta", "ngo", "KE"),
}
"""Name, kind and the country of the seat."""

ACTIVITIES = {
    "schools": ("abd", "KE", ("education",), 2015, 2018),
    "clinics": ("de", "nairobi", ("health",), 2016, 2019),
    "radio": ("ab", "ML", ("education",), 2018, 2021),
    "libraries": ("c", "ML", ("culture", "education", "youth"), 2019, None),
    "temples": ("cd", "NP", ("culture", "heritage"), 2017, 2020),
    "midwives": ("e", "NP", ("health",), 2020, 2023),
    "nurses": ("f", "NP", ("health",), 2021, None),
    "teachers": ("ac", "NP", ("education", "youth"), 2021, 2024),
}
"""Who took part, where, on what; the years of its first and last day."""

REGIONS = {
    "world": ("World", "world", ""),
    "africa": ("Africa", "region", "world"),
    "asia": ("Asia", "region", "world"),
    "KE": ("Kenya", "country", "africa"),
    "ML": ("Mali", "country", "africa"),
    "NP": ("Nepal", "country", "asia"),
    "nairobi": ("Nairobi", "place", "KE"),
}
"""Name, kind and what it lies in."""

AREAS = {
    "culture": ("Culture", "field"),
    "education": ("Education", "field"),
    "health": ("Health", "field"),
    "heritage": ("Heritage Convention", "framework"),
    "youth": ("Young people", "segment"),
}
"""Name and kind."""

WORKS_IN = [("a", "KE"), ("f", "ML"), ("f", "NP"), ("g", "KE")]
COMPETENT_IN = [("a", "education"), ("f", "health"), ("g", "culture")]
AGREEMENTS = [("b", "f", date(2019, 1, 1), date(2022, 12, 31))]


def frame(rows: list[tuple[object, ...]], *columns: str) -> pl.DataFrame:
    """Return the rows as a frame of texts and dates."""
    schema = {name: pl.Date if name in ("started", "ended") else pl.String for name in columns}
    return pl.DataFrame(rows, schema=schema, orient="row")


def setting() -> Setting:
    """Return where the activities are and on what, and what is declared."""
    inside = [(id, wider) for id, (_, _, wider) in REGIONS.items() if wider]
    return Setting(
        regions=frame([(id, name, kind) for id, (name, kind, _) in REGIONS.items()], "id", "name", "kind"),
        competence_areas=frame([(id, *known) for id, known in AREAS.items()], "id", "name", "kind"),
        region_parts=frame(inside, "start_id", "end_id"),
        based_in=frame([(id, seat) for id, (_, _, seat) in ORGANIZATIONS.items()], "organization", "region"),
        works_in=frame([*WORKS_IN], "organization", "region"),
        competent_in=frame([*COMPETENT_IN], "organization", "competence_area"),
        took_place_in=frame([(id, place) for id, (_, place, *_) in ACTIVITIES.items()], "activity", "region"),
        addresses=frame(
            [(id, area) for id, (_, _, areas, *_) in ACTIVITIES.items() for area in areas],
            "activity",
            "competence_area",
        ),
    )


def backwards(given: Partnerships) -> Partnerships:
    """Return the same partnerships with the rows of each frame in reverse."""
    known = given.setting
    turned = {item.name: getattr(known, item.name).reverse() for item in fields(known)}
    return replace(
        given,
        participations=given.participations.reverse(),
        organizations=given.organizations.reverse(),
        activities=given.activities.reverse(),
        agreements=given.agreements.reverse(),
        read=lambda: Setting(**turned),
    )


def without(id: str) -> Partnerships:
    """Return the network within a filter that leaves one organization out; it is still known by its name."""
    given = partnerships(Selection(exclude=[id]))
    left = given.organizations.filter(pl.col("id") != id)
    return replace(given, organizations=left, known_as=given.organizations)


def of_kinds(areas: str, level: str) -> Partnerships:
    """Return the network with all competence areas of one kind, and all regions but the world of one kind."""
    known = setting()
    regions = known.regions.with_columns(kind=pl.when(pl.col("id") != "world").then(pl.lit(level)))
    kinds = replace(known, regions=regions, competence_areas=known.competence_areas.with_columns(kind=pl.lit(areas)))
    return partnerships(known=kinds)


def partnerships(selection: Selection = EVERYTHING, known: Setting | None = None) -> Partnerships:
    """Return the network, within a selection, in its setting or another."""
    days = {
        id: (date(first, 1, 1), date(last, 12, 31) if last else None) for id, (*_, first, last) in ACTIVITIES.items()
    }
    took_part = [(who, id, *days[id]) for id, (members, *_) in ACTIVITIES.items() for who in members]
    return Partnerships(
        frame(took_part, "organization", "activity", "started", "ended"),
        frame([(id, *known) for id, known in ORGANIZATIONS.items()], "id", "name", "kind", "country"),
        frame([(id, id.title(), None, *days[id]) for id in ACTIVITIES], "id", "name", "kind", "started", "ended"),
        frame([*AGREEMENTS], "source", "target", "started", "ended"),
        selection,
        read=lambda: known or setting(),
    )
