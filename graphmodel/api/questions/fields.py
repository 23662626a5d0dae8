"""What an answer is told, as one kind of field, whether a query declares it or an analysis."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from graphmodel import analysis, queries
from graphmodel.analysis import Option
from graphmodel.api.questions.table import Way
from graphmodel.parameters import LIST_SEPARATOR, Parameter

NODES = {
    "Organization": "organization",
    "Activity": "activity",
    "Region": "region",
    "CompetenceArea": "competence area",
}
PLAIN = {"str": "text", "int": "whole number", "float": "number", "bool": "yes or no", "date": "day"}

MEANT: Mapping[str, str] = {
    "organization": "Organization",
    "start": "Organization",
    "end": "Organization",
    "region": "Region",
    "competence": "CompetenceArea",
    "area": "CompetenceArea",
    "areas": "CompetenceArea",
    "between": "Organization.kind",
    "funder": "PARTICIPATED_IN.role",
}
"""What the texts are that analyses take by these names: nodes, or values of a property."""

AT_LEAST = {"between": 2}
"""How many are needed of what is given several times; one of the others."""


@dataclass(frozen=True)
class Field:
    """Something that an answer is told.

    Attributes
    ----------
    type : str
        organization, activity, region, competence area, text, whole number, number, yes or no, day or choice.
    default : str
        As text, such as "day - 5 years"; empty where there is none.
    choices : tuple of str
        What a choice may be.
    several : bool
        Whether it takes several, as texts or as one text with "|" between.
    known : str
        What the graph knows of it, for suggestions: a label, as Region, or a property, as Region.kind; else empty.
    """

    name: str
    type: str
    default: str
    help: str
    choices: tuple[str, ...] = ()
    required: bool = False
    several: bool = False
    known: str = ""

    @property
    def is_node(self) -> bool:
        """Whether it names a node, by its name, acronym, id or reference."""
        return self.type in NODES.values()

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.name.replace("_", " ").capitalize()

    @property
    def least(self) -> int:
        """How many must be given, where it is required."""
        return AT_LEAST.get(self.name, 1)


@cache
def fields(way: Way) -> tuple[Field, ...]:
    """Return what a way to answer a question has to be told, and what it can be told.

    Examples
    --------
    >>> [(field.name, field.type, field.required) for field in fields(Way("query partners/current"))]
    [('organization', 'organization', True), ('day', 'day', False), ('since', 'day', False)]
    >>> [field.name for field in fields(Way("analyse gaps --competence AREA --only gaps")) if field.required]
    ['competence']
    """
    offered = (field for field in _declared(way) if field.name not in (*way.preset, *way.without))
    return tuple(replace(field, required=True) if field.name in way.needed else field for field in offered)


def _declared(way: Way) -> list[Field]:
    match way.tool:
        case "query":
            return [_parameter(item) for item in queries.library()[way.name].parameters]
        case "analyse":
            return [_option(item) for item in analysis.describe(way.name).parameters]
    return [Field(name, NODES[MEANT[name]], "", "", known=MEANT[name]) for name in way.needed]


def _parameter(item: Parameter) -> Field:
    several = item.type.startswith("list[")
    named = item.type in NODES or "." in item.type
    type_ = NODES.get(item.type) or PLAIN.get(item.type, "text")
    known = item.type if named else ""
    return Field(item.name, type_, item.default or "", item.doc, required=item.required, several=several, known=known)


def _option(item: Option) -> Field:
    several = isinstance(item.default, tuple)
    known = "" if item.choices or item.type is not str else MEANT.get(item.name, "")
    type_ = "choice" if item.choices else NODES.get(known) or PLAIN[item.type.__name__]
    return Field(item.name, type_, _text(item.default), item.help, item.choices, item.default is None, several, known)


def _text(default: analysis.Value | None) -> str:
    match default:
        case None:
            return ""
        case bool():
            return "yes" if default else "no"
        case tuple():
            return LIST_SEPARATOR.join(default)
    return str(default)
