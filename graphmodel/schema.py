"""The model of a partnership network, declared once, as data.

Constraints, tables, write statements, checks, CSV headers, templates and documentation follow from `SCHEMA`.
To add a relationship type, add a row here; nothing else changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar

from graphmodel.errors import UsageProblem, suggestion


class Kind(StrEnum):
    """What a property holds. How each is read from text is in `graphmodel.values`."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    FLAG = "flag"


@dataclass(frozen=True)
class Property:
    """One property: what it holds, in words, and the values that it may take."""

    name: str
    kind: Kind = Kind.TEXT
    doc: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""


@dataclass(frozen=True)
class NodeType:
    """A label with its properties; `id` is the key, and `name` falls back to the property in `named_by`."""

    label: str
    file: str
    doc: str
    own: tuple[Property, ...] = ()
    sourced: bool = True
    named_by: str = ""
    derived: ClassVar[bool] = False

    @property
    def title(self) -> str:
        """The type as it is called in messages."""
        return self.label

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return ("id",)

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """All properties, the key first and, where claims have sources, those last."""
        return (ID, NAME, *self.own, *((SOURCES,) if self.sourced else ()))


@dataclass(frozen=True)
class RelationshipType:
    """A type between two labels. Two ends, type, key and source together identify a relationship.

    `columns` hold the ids of the two ends in the file of the type, where `start_id` and `end_id` hold them inside.
    `shortcut` is a column of the start's file that lists ends, for the many cases without further properties. What is
    `derived` is computed from the rest of the graph: it has no file, and no load brings it.
    """

    start: str
    name: str
    end: str
    doc: str
    file: str
    columns: tuple[str, str]
    identified_by: tuple[Property, ...] = ()
    own: tuple[Property, ...] = ()
    shortcut: str = ""
    derived: bool = False

    @property
    def title(self) -> str:
        """The type as it is called in messages."""
        return f"{self.start} {self.name} {self.end}"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        return ("start_id", "end_id", *(item.name for item in self.identified_by), "source")

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """All properties, the identifying ones first, source and record last."""
        return (*self.identified_by, *self.own, SOURCE, RECORD)


@dataclass(frozen=True)
class Schema:
    """Node and relationship types in the order in which they are loaded and shown."""

    nodes: tuple[NodeType, ...]
    relationships: tuple[RelationshipType, ...]

    def __iter__(self) -> Iterator[NodeType | RelationshipType]:
        """Go through all types, nodes first."""
        yield from self.nodes
        yield from self.relationships

    def node(self, label: str) -> NodeType:
        """Return the node type with this label.

        Raises
        ------
        UsageProblem
            If there is none; the message suggests the nearest.

        Examples
        --------
        >>> SCHEMA.node("Region").file
        'regions.csv'
        """
        found = [item for item in self.nodes if item.label == label]
        if not found:
            labels = [item.label for item in self.nodes]
            raise UsageProblem(f'There is no label "{label}".{suggestion(label, labels)}')
        return found[0]

    def relationship(self, name: str, start: str = "") -> RelationshipType:
        """Return the relationship type of this name; `start`, a label, decides where several share it.

        Raises
        ------
        UsageProblem
            If there is none, or more than one.

        Examples
        --------
        >>> SCHEMA.relationship("PART_OF", "Region").title
        'Region PART_OF Region'
        """
        found = [item for item in self.relationships if item.name == name and start in ("", item.start)]
        if not found:
            names = [item.name for item in self.relationships]
            raise UsageProblem(f'There is no relationship type "{name}".{suggestion(name, names)}')
        if len(found) > 1:
            starts = " or ".join(item.start for item in found)
            raise UsageProblem(f"{name} starts from more than one label: say which ({starts}).")
        return found[0]

    def shortcuts(self, label: str) -> dict[str, RelationshipType]:
        """Return the short-cut columns of a label's file, each with the type that it writes."""
        return {item.shortcut: item for item in self.relationships if item.start == label and item.shortcut}

    @cached_property
    def files(self) -> dict[str, NodeType | RelationshipType]:
        """The file of the tidy folder for each type that is not derived, nodes first."""
        return {item.file: item for item in self if item.file}


def _year(name: str, example: str) -> Property:
    return Property(name, Kind.INTEGER, "year", example, minimum=1000, maximum=2999)


ID = Property("id", doc="key; unique within the label", example="x1")
NAME = Property("name", doc="what people call it", example="Example")
SOURCES = Property("sources", Kind.TEXTS, "ids of the Sources that describe it")
SOURCE = Property("source", doc="id of the Source that says so", example="handbook")
RECORD = Property("record", doc="where in the source: file and line, or element", example="page 12")

_COUNTRY = Property("country", doc="ISO 3166 alpha-2", example="KE", pattern="^[A-Z]{2}$")
_ISO2 = Property("iso2", doc="ISO 3166 alpha-2", example="KE", pattern="^[A-Z]{2}$")
_CURRENCY = Property("currency", doc="ISO 4217", example="EUR", pattern="^[A-Z]{3}$")
_URL = Property("url", example="https://example.org")
_LATITUDE = Property("latitude", Kind.NUMBER, "degrees north", "-1.2833", minimum=-90, maximum=90)
_LONGITUDE = Property("longitude", Kind.NUMBER, "degrees east", "36.8167", minimum=-180, maximum=180)
_STARTED = Property("started", Kind.DATE, "first day", "2021-01-31")
_ENDED = Property("ended", Kind.DATE, "last day", "2022-12-31")
_SHARE = Property("share", Kind.NUMBER, "percent of the activity", "50", minimum=0, maximum=100)
_NOTE = Property("note", doc="a remark, shown as it is")
_BASIS = Property("basis", doc="how the source knows it", example="stated", choices=("stated", "inferred"))

_ALLIANCE = (
    Property("shared", Kind.INTEGER, "number of activities in common"),
    Property("strength", Kind.NUMBER, "Newman's: each activity in common counts 1 / (participants - 1)"),
    Property("jaccard", Kind.NUMBER, "shared by all activities of both"),
    Property("overlap", Kind.NUMBER, "shared by the activities of the smaller"),
    Property("expected", Kind.NUMBER, "mean of the null model"),
    Property("p_more", Kind.NUMBER, "probability of sharing so many or more by chance"),
    Property("p_less", Kind.NUMBER, "probability of sharing so many or fewer by chance"),
    Property("q", Kind.NUMBER, "p_more, corrected for the number of pairs"),
    Property("sign", doc="+ more than chance, - less, 0 neither", choices=("+", "-", "0")),
    Property("first", Kind.INTEGER, "first year together"),
    Property("last", Kind.INTEGER, "last year together"),
    Property("status", choices=("active", "ended", "presumed ended", "planned")),
    Property("basis", doc="what the tie rests on", choices=("shared", "formal", "both")),
    Property("stale", Kind.FLAG, "true once the graph has changed since"),
)

SCHEMA = Schema(
    nodes=(
        NodeType(
            "Source",
            "sources.csv",
            "Where a claim comes from",
            (
                Property("title", example="Partners' handbook"),
                Property("publisher", example="Example Foundation"),
                Property("licence", example="CC BY 4.0"),
                _URL,
                Property("retrieved", Kind.DATE, "day on which it was read", "2024-05-01"),
                Property("sha256", doc="hash of the file", pattern="^[0-9a-f]{64}$"),
                Property("loaded", Kind.MOMENT, "when it was last loaded, UTC"),
                Property("complete", Kind.FLAG, "false while a load of it is unfinished"),
            ),
            sourced=False,
            named_by="title",
        ),
        NodeType(
            "Region",
            "regions.csv",
            "A part of the world",
            (
                Property(
                    "kind",
                    example="country",
                    choices=("world", "region", "subregion", "country", "place"),
                ),
                _ISO2,
                _LATITUDE,
                _LONGITUDE,
            ),
        ),
        NodeType(
            "CompetenceArea",
            "competence_areas.csv",
            "A subject, sector, goal, framework or segment of society",
            (
                Property("kind", example="field", choices=("field", "sector", "goal", "framework", "segment")),
                Property("scheme", doc="who defines the list", example="UNESCO"),
            ),
        ),
        NodeType(
            "Organization",
            "organizations.csv",
            "A partner: NGO, foundation, agency, company, ...",
            (
                Property("acronym", example="EXO"),
                Property("kind", example="ngo"),
                _COUNTRY,
                _year("founded", "1948"),
                Property("status", example="associate"),
                _year("status_since", "2012"),
                _URL,
                _LATITUDE,
                _LONGITUDE,
                _NOTE,
            ),
        ),
        NodeType(
            "Activity",
            "activities.csv",
            "Something that organizations did together",
            (
                Property("kind", example="project"),
                _STARTED,
                _ENDED,
                Property("status", example="completed"),
                Property("budget", Kind.NUMBER, "total, in the currency beside it", "25000", minimum=0),
                _CURRENCY,
                _URL,
                _LATITUDE,
                _LONGITUDE,
                _NOTE,
            ),
        ),
    ),
    relationships=(
        RelationshipType(
            "Organization",
            "PARTICIPATED_IN",
            "Activity",
            "took part, in one or more roles",
            "participations.csv",
            ("organization", "activity"),
            identified_by=(Property("role", example="organizer"),),
            own=(Property("contribution", Kind.NUMBER, "money given", "5000", minimum=0), _CURRENCY),
        ),
        RelationshipType(
            "Organization",
            "PARTNERED_WITH",
            "Organization",
            "has a formal agreement; undirected in meaning",
            "partnerships.csv",
            ("organization", "partner"),
            identified_by=(Property("kind", example="memorandum"),),
            own=(_STARTED, _ENDED, _URL),
        ),
        RelationshipType(
            "Organization",
            "MEMBER_OF",
            "Organization",
            "belongs to a network or federation",
            "memberships.csv",
            ("organization", "member_of"),
            own=(_STARTED, _ENDED),
            shortcut="member_of",
        ),
        RelationshipType(
            "Organization",
            "BASED_IN",
            "Region",
            "has its seat there",
            "organization_seats.csv",
            ("organization", "region"),
            own=(_BASIS,),
            shortcut="based_in",
        ),
        RelationshipType(
            "Organization",
            "WORKS_IN",
            "Region",
            "declares to work there",
            "organization_regions.csv",
            ("organization", "region"),
            own=(_BASIS,),
            shortcut="regions",
        ),
        RelationshipType(
            "Organization",
            "COMPETENT_IN",
            "CompetenceArea",
            "declares a competence",
            "organization_competence_areas.csv",
            ("organization", "competence_area"),
            own=(_BASIS,),
            shortcut="competence_areas",
        ),
        RelationshipType(
            "Activity",
            "TOOK_PLACE_IN",
            "Region",
            "happened there",
            "activity_regions.csv",
            ("activity", "region"),
            own=(_SHARE,),
            shortcut="regions",
        ),
        RelationshipType(
            "Activity",
            "ADDRESSES",
            "CompetenceArea",
            "works on the subject",
            "activity_competence_areas.csv",
            ("activity", "competence_area"),
            own=(_SHARE,),
            shortcut="competence_areas",
        ),
        RelationshipType(
            "Activity",
            "PART_OF",
            "Activity",
            "belongs to a larger activity",
            "activity_parts.csv",
            ("activity", "part_of"),
            shortcut="part_of",
        ),
        RelationshipType(
            "Region",
            "PART_OF",
            "Region",
            "lies in a larger region",
            "region_parts.csv",
            ("region", "part_of"),
            shortcut="part_of",
        ),
        RelationshipType(
            "CompetenceArea",
            "PART_OF",
            "CompetenceArea",
            "belongs to a wider area",
            "competence_area_parts.csv",
            ("competence_area", "part_of"),
            shortcut="part_of",
        ),
        RelationshipType(
            "Organization",
            "ALLIED_WITH",
            "Organization",
            "is allied with, as `graphmodel alliances --save` computes it; undirected in meaning",
            "",
            ("organization", "ally"),
            own=_ALLIANCE,
            derived=True,
        ),
    ),
)
