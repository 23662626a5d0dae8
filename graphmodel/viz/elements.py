"""What a map shows, as plain values. Pages and pictures are drawn from a Scene and from nothing else."""

from dataclasses import dataclass

from graphmodel.viz.layouts.arrangement import NOTHING_BELOW, Backdrop, Point
from graphmodel.viz.units import ORGANIZATIONS, Unit
from graphmodel.viz.variables import Entry, Line


@dataclass(frozen=True)
class Member:
    """One of those that a group is known by."""

    id: str | None  # where the page holds it, to go to
    name: str
    partners: int


@dataclass(frozen=True)
class Node:
    """An organization, or a group of them: who it is, where it stands, how it is drawn."""

    id: str
    name: str
    label: str  # what the map writes beside it
    acronym: str | None
    kind: str | None
    country: str | None
    url: str | None
    entry: int  # index of its entry in the legend
    value: float  # what its size stands for
    radius: float
    x: float
    y: float
    group: int | None
    details: tuple[tuple[str, tuple[str, ...]], ...]  # what else is known: terms and their texts
    members: tuple[Member, ...] | None = None  # of a group: the most connected, most first
    other_names: tuple[str, ...] | None = None  # by which it is found too
    other_ids: tuple[str, ...] | None = None  # of those that count as it
    mode: int | None = None  # which of the sorts of marks it is, where there are two


@dataclass(frozen=True)
class Tie:
    """An alliance between two organizations."""

    source: str
    target: str
    entry: int  # index of its entry in the legend of the alliances
    basis: str | None
    shared: int
    strength: float | None
    jaccard: float | None
    overlap: float | None
    first: int | None
    last: int | None
    status: str | None
    expected: float | None
    p_more: float | None
    p_less: float | None
    q: float | None
    sign: str | None
    width: float
    activities: tuple[str, ...]
    sources: tuple[int, ...]  # of the agreement: places among the sources
    roles: tuple[str, ...] = ()  # of an organization in an activity
    bend: Point | None = None  # towards which its line curves, as a quadratic curve does; straight without


@dataclass(frozen=True)
class Activity:
    """What organizations did together."""

    id: str
    name: str
    kind: str | None
    started: str | None
    ended: str | None
    url: str | None
    roles: tuple[tuple[str, tuple[str, ...]], ...]  # what organizations of the map were in it
    sources: tuple[int, ...]  # places among the sources


@dataclass(frozen=True)
class Source:
    """Where data came from."""

    title: str
    url: str | None
    licence: str | None


@dataclass(frozen=True)
class Provenance:
    """What a reader must know to judge the map."""

    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    isolates: int  # organizations without an alliance that were left out
    date: str | None
    hash: str | None
    day: str | None  # on which alliances have their status
    tested: int | None  # alliances that were tested against chance, if those that are not significant were left out
    parameters: tuple[str, ...] = ()  # what was asked for, in words


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class Panel:
    """One side of a comparison: who is there, how large, and what ties them; all stand as in the scene, moved."""

    name: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    frame: Box  # around all that may be in it
    area: Box  # in which is seen what lies below
    beside: Point  # how far it is moved where the panels stand side by side
    below: Point  # how far where they stand one above the other


@dataclass(frozen=True)
class Scene:
    """Everything that a map shows, and the words that it needs."""

    title: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    activities: tuple[Activity, ...]
    color_title: str
    second_title: str  # the same of the second sort of marks, where there are two
    legend: tuple[Entry, ...]
    line_title: str
    lines: tuple[Line, ...]  # the legend of the alliances
    size_title: str
    sizes: tuple[tuple[str, float], ...]  # some values and their radii, smallest first
    groups: tuple[tuple[int, str], ...]  # numbers and names of the communities
    provenance: Provenance
    unit: Unit = ORGANIZATIONS  # what nodes and ties are
    overview: "Scene | None" = None  # the groups, of a network that is opened one group at a time
    naming: str = "short"  # what is written beside the marks
    layout: str = "communities"
    outlined: bool = False  # whether communities lie together, so that outlines are drawn around them
    backdrop: Backdrop = NOTHING_BELOW
    panels: tuple[Panel, ...] = ()  # of a comparison, of which nodes and ties are those of all sides, each once
