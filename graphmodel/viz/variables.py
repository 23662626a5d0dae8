"""What colour, size and line stand for: a name, or values given for each organization, become a visual variable."""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.viz import palette
from graphmodel.viz.lines import VARIABLES, Variable, any_knows
from graphmodel.viz.units import ORGANIZATION, ORGANIZATIONS, TWO_MODE, Unit

SMALLEST, GROWTH = 4.0, 18.0  # radius of the smallest mark, and by how much the largest exceeds it

ColorBy = str | Mapping[str, Any] | tuple[str, Mapping[str, Any]]
Measure = Callable[[nx.Graph], Mapping[str, float]]
SizeBy = str | Mapping[str, float] | tuple[str, Mapping[str, float] | Measure]
"""A name, a value for each organization, or a pair of what these are called and the values, or what measures them."""
LineBy = str | Variable | None


@dataclass(frozen=True)
class Entry:
    """A line of the legend: the organizations with one value of what the colour stands for."""

    label: str
    look: palette.Look
    count: int
    mode: int = 0  # which of the sorts of marks it is about


@dataclass(frozen=True)
class Colors:
    """What the colour is called, its legend, and the index of each organization's entry in it."""

    title: str
    legend: tuple[Entry, ...]
    entries: Mapping[str, int]
    second_title: str = ""  # what it is called for the second sort of marks, where there are two


@dataclass(frozen=True)
class Sizes:
    """What the size is called, its value and radius for each organization, and some values with their radii."""

    title: str
    values: Mapping[str, float]
    radii: Mapping[str, float]
    examples: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Line:
    """A line of the legend: the alliances with one value of what the line stands for."""

    label: str
    dash: tuple[float, ...]  # lengths of stroke and gap in turn; none for an unbroken line
    count: int


@dataclass(frozen=True)
class Lines:
    """What the line is called, its legend, and the index of each alliance's entry in it."""

    title: str
    legend: tuple[Line, ...]
    entries: Mapping[tuple[str, str], int]


def colors(network: nx.Graph, by: ColorBy, communities: Mapping[str, str], noun: str = ORGANIZATION[1]) -> Colors:
    """Give each organization its entry in the legend.

    Of more than seven values the rarest share one entry. Which look a value gets depends on the declared order
    alone; communities are given theirs in the order of their first appearance in ``communities``.
    """
    title, values = _color_values(network, by, communities, noun)
    ordered = list(dict.fromkeys(communities.values())) if by == "community" else palette.in_order(values.values())
    counts = Counter(values[name] for name in network if name in values)
    frequent = sorted(counts, key=lambda value: (-counts[value], value))[: len(palette.LOOKS)]
    kept = [value for value in ordered if value in frequent]
    folded = [value for value in ordered if value in counts and value not in frequent]
    legend = [Entry(value, look, counts[value]) for value, look in zip(kept, palette.LOOKS, strict=False)]
    if folded:
        label = folded[0] if len(folded) == 1 else f"{len(folded)} others"
        legend.append(Entry(label, palette.OTHER, sum(counts[value] for value in folded)))
    index = {value: i for i, value in enumerate(kept)} | dict.fromkeys(folded, len(kept))
    if missing := sum(name not in values for name in network):
        legend.append(Entry("not recorded", palette.UNKNOWN, missing))
    return Colors(title, tuple(legend), {name: index.get(values.get(name, ""), len(legend) - 1) for name in network})


def colors_by_mode(network: nx.Graph, by: ColorBy, communities: Mapping[str, str]) -> Colors:
    """Give the organizations and the activities of a two-mode network entries of their own: activities are outlines.

    Their colours are taken from the other end, so that few are those of organizations too; communities have the same
    in both. An attribute that activities lack does not colour them.
    """
    people, events = (network.subgraph(_of_mode(network, mode)) for mode in (0, 1))
    first = colors(people, by, communities)
    second = colors(events, by if _can_color(events, by) else "none", communities, TWO_MODE.modes[1].noun[1])
    looks = palette.OUTLINES if by == "community" else palette.OUTLINES[::-1]
    outlines = dict(zip(palette.LOOKS, looks, strict=True))
    entries = [replace(entry, look=replace(entry.look, hollow=False)) for entry in first.legend]
    entries += [replace(entry, look=outlines.get(entry.look, entry.look), mode=1) for entry in second.legend]
    after = {name: len(first.legend) + entry for name, entry in second.entries.items()}
    return Colors(first.title, tuple(entries), {**first.entries, **after}, second.title)


def _can_color(network: nx.Graph, by: ColorBy) -> bool:
    return not isinstance(by, str) or by == "community" or any(_is_told(value) for _, value in network.nodes(data=by))


def _of_mode(network: nx.Graph, mode: int) -> list[str]:
    return [name for name, given in network.nodes(data="bipartite", default=0) if given == mode]


def _color_values(
    network: nx.Graph, by: ColorBy, communities: Mapping[str, str], noun: str
) -> tuple[str, Mapping[str, str]]:
    if not isinstance(by, str):
        title, values = by if isinstance(by, tuple) else ("Group", by)
        return title, {name: _one(value) for name, value in values.items() if _is_told(value)}
    if by == "none" or (by == "kind" and not any(_is_told(value) for _, value in network.nodes(data=by))):
        return "", dict.fromkeys(network, f"all {noun}")  # where no kind is known, colour has nothing to tell
    if by == "community":
        if not communities:
            raise UsageProblem("Colouring by community needs the community of each organization: give groups.")
        return "Community", communities
    found = {name: _one(value) for name, value in network.nodes(data=by) if _is_told(value)}
    if not found and by not in ("kind", "country"):
        known = sorted({"kind", "country", "community", "none"} | _attributes(network))
        raise UsageProblem(
            f'No organization has "{by}" to colour by.{suggestion(by, known)} Choose one of: {", ".join(known)}.'
        )
    return by.replace("_", " ").capitalize(), found


def _attributes(network: nx.Graph) -> set[str]:
    every = {attribute for _, known in network.nodes(data=True) for attribute in known}
    return every - {"name", "acronym", "url", "latitude", "longitude", "other_names", "other_ids"}


def _is_told(value: Any) -> bool:
    return value not in (None, "", [], ())


def _one(value: Any) -> str:
    """One text for the value of an attribute, also where that is a list."""
    if isinstance(value, list | tuple):
        return str(value[0]) if len(value) == 1 else "several"
    return str(value)


def sizes(network: nx.Graph, by: SizeBy, unit: Unit = ORGANIZATIONS) -> Sizes:
    """Give each organization its radius: the area of its mark grows with the value."""
    title, given = _size_values(network, by, unit)
    values = {name: max(0.0, float(given.get(name, 0))) for name in network}
    largest = max(values.values(), default=0.0)
    radii = {name: radius(value, largest) for name, value in values.items()}
    return Sizes(title, values, radii, _examples(values))


def _size_values(network: nx.Graph, by: SizeBy, unit: Unit) -> tuple[str, Mapping[str, float]]:
    if isinstance(by, tuple):
        called, values = by
        return called, values(network) if callable(values) else values
    if not isinstance(by, str):
        return "Size", by
    if by not in MEASURES:
        raise UsageProblem(f'Size cannot show "{by}".{suggestion(by, MEASURES)} Choose one of: {", ".join(MEASURES)}.')
    title, measure = MEASURES[by]
    return title(unit), measure(network)


def _strengths(network: nx.Graph) -> Mapping[str, float]:
    return {
        name: sum(known.get("strength", known.get("weight", 1.0)) for known in network[name].values())
        for name in network
    }


MEASURES: Mapping[str, tuple[Callable[[Unit], str], Measure]] = {
    "degree": (lambda unit: unit.degree, lambda network: dict(network.degree())),
    "strength": (lambda unit: f"Strength of all {unit.tie[1]}", _strengths),
    "activities": (lambda unit: "Activities", lambda network: dict(network.nodes(data="activities", default=0))),
    "betweenness": (lambda unit: "Betweenness", nx.betweenness_centrality),
}


def radius(value: float, largest: float) -> float:
    """Return the radius of a mark, which the largest value gives its scale."""
    return round(SMALLEST + GROWTH * math.sqrt(value / largest), 2) if largest else 2 * SMALLEST


def _examples(values: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """The smallest value, the largest, and the one whose mark is half way between."""
    low, high = min(values.values(), default=0.0), max(values.values(), default=0.0)
    if not high:
        return ()
    middle = (math.sqrt(low) + math.sqrt(high)) ** 2 / 4
    if all(value.is_integer() for value in values.values()):
        middle = float(math.ceil(middle - 1e-9))
    return tuple(
        (f"{value:.3g}" if value < 1000 else f"{value:.0f}", radius(value, high))
        for value in sorted({low, middle, high})
    )


def lines(network: nx.Graph, by: LineBy = None, unit: Unit = ORGANIZATIONS) -> Lines:
    """Give each alliance its entry in the legend: if left open, by significance where any stands out.

    A value has the same dashes on every map; only values that occur are in the legend.
    """
    variable = _line_variable(network, by, unit)
    values: Mapping[tuple[str, str], str] = {
        (source, target): variable.value(known) for source, target, known in network.edges(data=True)
    }
    values, dashes = (values, variable.dashes) if variable.dashes else _of_frequent(values)
    counts = Counter(values.values())
    labels = [label for label in dashes if label in counts] + sorted(counts.keys() - dashes.keys())
    legend = tuple(Line(label, dashes.get(label, palette.DOTS), counts[label]) for label in labels)
    index = {label: i for i, label in enumerate(labels)}
    title = f"{unit.tie[1].capitalize()} by {variable.title}"
    return Lines(title, legend, {ends: index[label] for ends, label in values.items()})


def _of_frequent(
    values: Mapping[tuple[str, str], str],
) -> tuple[Mapping[tuple[str, str], str], Mapping[str, tuple[float, ...]]]:
    """Give the most frequent values dashes, the most frequent of all none; the others share one entry."""
    counts = Counter(values.values())
    frequent = sorted(counts, key=lambda value: (-counts[value], value))
    few = len(palette.PATTERNS) - 1
    kept, rare = frequent[:few], frequent[few:]
    shared = rare[0] if len(rare) == 1 else f"{len(rare)} others"
    dashes = dict(zip([*kept, shared], palette.PATTERNS, strict=False))
    return {ends: shared if value in rare else value for ends, value in values.items()}, dashes


def _line_variable(network: nx.Graph, by: LineBy, unit: Unit) -> Variable:
    if isinstance(by, Variable):
        return by
    if by is None:
        return VARIABLES[_usual_variable(network, unit)]
    if by not in unit.lines:
        raise UsageProblem(
            f'Lines cannot show "{by}".{suggestion(by, unit.lines)} Choose one of: {", ".join(unit.lines)}.'
        )
    needed = VARIABLES[by].needs
    if needed and network.size() and not any_knows(network, needed):
        raise UsageProblem(f"Lines cannot show the {by}: {VARIABLES[by].missing}")
    return VARIABLES[by]


def _usual_variable(network: nx.Graph, unit: Unit) -> str:
    if len(unit.lines) == 1:
        return unit.lines[0]
    return "significance" if _any_stands_out(network) else "formal"


def _any_stands_out(network: nx.Graph) -> bool:
    """Whether an alliance is more or less than chance."""
    return any(sign in ("+", "-") for _, _, sign in network.edges(data="sign"))
