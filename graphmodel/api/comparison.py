"""The same network on two sides: in two years or spans of years, in two regions, or on two competence areas."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import polars as pl

from graphmodel import scope
from graphmodel.api.filter import Filter
from graphmodel.api.projection import Projection
from graphmodel.errors import UsageProblem, suggestion

DASH = "\N{EN DASH}"  # between two years

YEARS = re.compile(rf"(\d{{4}})(?:\s*(?:-|{DASH}|\.\.)\s*(\d{{4}}))?")

PLACES = {"Region": ("regions", "region"), "CompetenceArea": ("competence_areas", "competence area")}
"""What a side may be besides years: the field of the filter that it narrows, and what it is called."""

CHANGE = "change"
"""What differs between two times."""


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, and the filter that it is the network of."""

    name: str
    within: Filter


@dataclass(frozen=True)
class Comparison:
    """Two projections of one graph, and what distinguishes them: change, region, competence area."""

    names: tuple[str, str]
    projections: tuple[Projection, Projection]
    by: str

    def hidden(self, networks: Sequence[nx.Graph], file: Path, *, pseudonyms: bool = False) -> list[nx.Graph]:
        """Return the networks of both sides without the organizations that a file lists; see `Projection.hidden`."""
        every = nx.compose(*networks)
        hide = self.projections[0].hidden
        return [hide(network, file, pseudonyms=pseudonyms, among=every) for network in networks]

    def together(self, networks: Sequence[nx.Graph]) -> nx.Graph:
        """Return the networks of both sides as one; see `together`."""
        first, second = networks
        return together(first, second, self.names, self.by)


def sides(first: str, second: str, within: Filter, places: Mapping[str, pl.DataFrame]) -> tuple[Side, Side, str]:
    """Return what two words mean: years or spans of years, regions, or competence areas; and which of these.

    Parameters
    ----------
    first, second : str
        As a person writes them: 2015, 2010-2014, 2010..2014; an id, name or acronym of a region or area.
    within : Filter
        What holds for both.
    places : mapping of str to polars.DataFrame
        id, name, perhaps acronym of the regions (Region) and the competence areas (CompetenceArea).

    Raises
    ------
    UsageProblem
        If they are unknown, not of one sort or the same, or do not go with the filter.

    Examples
    --------
    >>> one, other, by = sides("2012", "2014..2016", Filter(), {})
    >>> str(one.within.since), str(one.within.until), str(other.within.until), by
    ('2012-01-01', '2012-12-31', '2016-12-31', 'change')
    """
    words = (first.strip(), second.strip())
    spans = [found.groups() for word in words if (found := YEARS.fullmatch(word))]
    if len(spans) == 2:
        one, other = (_in_years(since, until, within) for since, until in spans)
        by = CHANGE
    elif spans:
        raise UsageProblem(f'"{first}" and "{second}" are a time and something else: compare two times or two places.')
    else:
        one, other, by = _in_places(words, within, places)
    if one == other:
        raise UsageProblem(f'"{first}" and "{second}" are the same: compare two that differ.')
    return one, other, by


def _in_years(first: str, last: str | None, within: Filter) -> Side:
    """What was going on or started in some years."""
    name = first if last in (None, first) else f"{first}{DASH}{last}"
    since, until = _day(first, 1, 1), _day(last or first, 12, 31)
    if since > until:
        raise UsageProblem(f'"{first}-{last}" ends before it starts: write {last}-{first}.')
    if within.as_of:
        raise UsageProblem("One day (--as-of) has no two times to compare: leave it out.")
    since, until = max(since, within.since or since), min(until, within.until or until)
    if since > until:
        raise UsageProblem(f"{name} lies outside --since and --until: leave these out, or compare other years.")
    return Side(name, replace(within, since=since, until=until))


def _day(year: str, month: int, day: int) -> date:
    if not int(year):
        raise UsageProblem(f"There is no year {year}: begin with 0001.")
    return date(int(year), month, day)


def _in_places(words: Collection[str], within: Filter, places: Mapping[str, pl.DataFrame]) -> tuple[Side, Side, str]:
    """What took place in two regions or was on two competence areas."""
    label = next((label for label, nodes in places.items() if all(_is_in(word, nodes) for word in words)), None)
    if label is None:
        raise UsageProblem(_unknown(words, places))
    field, called = PLACES[label]
    if getattr(within, field):
        raise UsageProblem(f"Each side has a {called} of its own: leave --{called.split()[0]} out.")
    names = dict(places[label].select("id", "name").iter_rows())
    ids = [id for word in words for id in scope.resolve([word], places[label], label)]
    one, other = (_in_place(names[id] or id, field, id, within) for id in ids)
    return one, other, called


def _in_place(name: str, field: str, id: str, within: Filter) -> Side:
    narrower: dict[str, Any] = {field: (id,)}
    return Side(name, replace(within, **narrower))


def _is_in(word: str, nodes: pl.DataFrame) -> bool:
    return word.casefold() in {known.casefold() for known in _known(nodes)}


def _known(nodes: pl.DataFrame) -> list[str]:
    columns = [column for column in ("id", "name", "acronym") if column in nodes.columns]
    return [text for column in columns for text in nodes[column].drop_nulls()]


def _unknown(words: Collection[str], places: Mapping[str, pl.DataFrame]) -> str:
    """What is wrong with two words that are neither two regions nor two areas."""
    known = [text for nodes in places.values() for text in _known(nodes)]
    for word in words:
        if not any(_is_in(word, nodes) for nodes in places.values()):
            return (
                f'"{word}" is no year, region or competence area.{suggestion(word, known)} '
                "Compare two years (2012 2016), two spans (2005-2009 2010-2014), two regions or two areas."
            )
    first, second = words
    return f'"{first}" and "{second}" are a region and a competence area: compare two of one sort.'


def together(first: nx.Graph, second: nx.Graph, names: tuple[str, str], by: str = CHANGE) -> nx.Graph:
    """Return two networks as one, each organization and each alliance once, which knows what is on which side.

    Parameters
    ----------
    first, second : networkx.Graph
        As `graphmodel.api.Projection.told` returns them. They are not changed.
    names : pair of str
        What the sides are called.
    by : str
        What distinguishes them.

    Returns
    -------
    networkx.Graph
        Nodes and ties have `sides`: what each side says of them, None where they are not in it. A tie counts the
        activities of both sides, each once; its weight is the sum. The graph has `compared`: the names, what
        distinguishes them, and whether only alliances are in that are more than chance.

    Examples
    --------
    >>> before, after = nx.Graph([("a", "b")]), nx.Graph([("b", "c")])
    >>> both = together(before, after, ("2012", "2016"))
    >>> both.edges["a", "b"]["sides"], both.nodes["a"]["sides"]
    (({}, None), ({}, None))
    """
    made = nx.Graph()
    for node in sorted({*first, *second}):
        made.add_node(node, **_organization([_at(network.nodes, node) for network in (first, second)], names))
    for pair in sorted({tuple(sorted(pair)) for network in (first, second) for pair in network.edges()}):
        made.add_edge(*pair, **_alliance([_at(network.edges, pair) for network in (first, second)], by))
    made.graph.update(_about(made, first, second, names, by))
    return made


def _at(known: Any, key: Any) -> dict[str, Any] | None:
    return dict(known[key]) if key in known else None


def _organization(told: Sequence[Mapping[str, Any] | None], names: Sequence[str]) -> dict[str, Any]:
    known = [one for one in told if one is not None]
    merged = {name: value for one in reversed(known) for name, value in one.items()}
    numbers = [one.get("activities") for one in known]
    if any(numbers):
        merged["activities"] = [
            f"{name}: {one['activities']:,}" for name, one in zip(names, told, strict=True) if one and one["activities"]
        ]
    return {**merged, "sides": tuple(told)}


def _alliance(told: Sequence[Mapping[str, Any] | None], by: str) -> dict[str, Any]:
    known = [one for one in told if one is not None]
    activities = sorted({id for one in known for id in one.get("activities", ())})
    merged: dict[str, Any] = {
        "shared": len(activities) or max(one.get("shared", 0) for one in known),
        "weight": sum(one.get("weight", 1.0) for one in known),
        "activities": activities,
        "sources": sorted({id for one in known for id in one.get("sources", ())}),
        "sides": tuple(told),
    }
    bases = {one["basis"] for one in known if "basis" in one}
    if bases:
        merged["basis"] = bases.pop() if len(bases) == 1 else "both"
    if by != CHANGE:  # what years the sides are of is told by their names
        years = [one[end] for one in known for end in ("first", "last") if end in one]
        merged.update({"first": min(years), "last": max(years)} if years else {})
    return merged


def _about(made: nx.Graph, first: nx.Graph, second: nx.Graph, names: tuple[str, str], by: str) -> dict[str, Any]:
    """What is told of the whole."""
    graphs = (first.graph, second.graph)
    about: dict[str, Any] = {
        name: graphs[0][name] for name in ("hash", "date", "day") if name in graphs[0] and _agree(graphs, name)
    }
    about["activities"] = {id: known for graph in graphs for id, known in graph.get("activities", {}).items()}
    about["sources"] = list({one["id"]: one for graph in graphs for one in graph.get("sources", ())}.values())
    about["notes"] = _notes([graph.get("notes", ()) for graph in graphs], names)
    members = [graph.get("isolates", 0) + len(side) for graph, side in zip(graphs, (first, second), strict=True)]
    asked = [graph.get("parameters", ()) for graph in graphs]
    about["parameters"] = (*(one for one in asked[0] if one in asked[1]), f"compared {names[0]} with {names[1]}")
    about["isolates"] = max(0, min(members) - len(made))
    tested = [graph["tested"] for graph in graphs if "tested" in graph]
    about.update({"tested": sum(tested)} if tested else {})
    return {**about, "compared": {"names": names, "by": by, "significant": bool(tested)}}


def _agree(graphs: Sequence[Mapping[str, Any]], name: str) -> bool:
    return len({graph.get(name) for graph in graphs}) == 1


def _notes(notes: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[str, ...]:
    """The sentences of both, those of one side with its name before them."""
    common = [note for note in notes[0] if note in notes[1]]
    own = [f"{name}: {note}" for name, told in zip(names, notes, strict=True) for note in told if note not in common]
    return (*common, *own)
