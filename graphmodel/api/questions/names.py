"""Nodes by the names that people give them, and what the graph knows, as suggestions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from rapidfuzz import fuzz, process

from graphmodel.api.questions.fields import NODES, Field
from graphmodel.api.search import names, search
from graphmodel.errors import UsageProblem
from graphmodel.resolution.identity import UNJUDGED, Identity
from graphmodel.resolution.references import references
from graphmodel.store.base import nothing_yet

if TYPE_CHECKING:
    from graphmodel.api import Graph

MOST = 8
"""Suggestions that a person looks through."""

NEAR = 70
"""How alike a word and a name have to be, of 100, where no name holds the word."""


@dataclass(frozen=True)
class Suggestion:
    """What could be meant: the value to give, and how it is called."""

    value: str
    name: str

    def __str__(self) -> str:
        """The name, with the value where it is another.

        >>> str(Suggestion("icom", "International Council of Museums")), str(Suggestion("ngo", "ngo"))
        ('International Council of Museums (icom)', 'ngo')
        """
        return self.name if self.name == self.value else f"{self.name} ({self.value})"


def suggestions(graph: "Graph", field: Field, word: str = "", most: int = MOST) -> list[Suggestion]:
    """Return what a field could be, of what the graph knows.

    Parameters
    ----------
    graph : Graph
    field : Field
    word : str
        What was typed so far; empty for all.
    most : int
        How many at most.

    Returns
    -------
    list of Suggestion
        Nodes as `graphmodel.api.search` finds them, or where it finds none those whose name is like the word; values of
        a property that hold it, by how often they occur; choices. Empty where a field takes anything.

    Raises
    ------
    StoreMissing
        If nothing was loaded yet.
    """
    refuse_empty(graph)
    if field.is_node:
        return _likely(names(graph.store, _identity(graph, field.known), (field.known,)), word, most)
    there = field.choices or (_values(graph, field.known) if field.known else ())
    return [Suggestion(text, text) for text in there if word.lower() in text.lower()][:most]


def find(graph: "Graph", label: str, word: str) -> Suggestion:
    """Return the one node of a label that goes by this id, name, acronym or reference; a body by the id it counts as.

    Raises
    ------
    UsageProblem
        If there is none, or it could be several; the message lists them or suggests the nearest.
    """
    identity = _identity(graph, label)
    loaded = graph.store.read(graph.schema.node(label), only=("id", "name", "acronym"))
    ids = next((found for found in _meant(graph, loaded, identity, label, word.strip()) if found), None)
    if ids is None:
        told = " or ".join(map(str, _likely(names(graph.store, identity, (label,)), word, 3)))
        raise UsageProblem(f'There is no {NODES[label]} "{word}". {_hint(told)}')
    if len(ids) > 1:
        raise UsageProblem(f'"{word}" could be any {NODES[label]} of {", ".join(sorted(ids))}. Give the id.')
    return _suggested(loaded.filter(pl.col("id").is_in(ids)), 1)[0]


def refuse_empty(graph: "Graph") -> None:
    """Refuse a store that nothing was ever loaded into: that there is no such organization would mislead."""
    if graph.is_empty:
        raise nothing_yet(graph.store.address)


def _hint(near: str) -> str:
    return f"Did you mean {near}?" if near else "Give another part of the name."


def _identity(graph: "Graph", label: str) -> Identity:
    judged = label == "Organization" and graph.judgements is not None and graph.judgements.exists()
    return graph.resolution().identity if judged else UNJUDGED


def _meant(graph: "Graph", loaded: pl.DataFrame, identity: Identity, label: str, word: str) -> Iterator[set[str]]:
    """Yield the nodes that a word means: by their id as it is, by id, name or acronym in any case, by reference."""
    same = pl.any_horizontal(pl.all().str.to_lowercase() == word.lower())
    yield {identity.of(id) for id in loaded.filter(pl.col("id") == word)["id"]}
    yield {identity.of(id) for id in loaded.filter(same)["id"]}
    yield {identity.of(id) for id in _referred(graph, label, word)}


def _referred(graph: "Graph", label: str, word: str) -> set[str]:
    """Return the ids of the nodes whose id or address is the reference, in some register, that a word is."""
    wanted = set(references(word).items())
    if not wanted:
        return set()
    nodes = graph.store.read(graph.schema.node(label), only=("id", "url"))
    return {row[0] for row in nodes.iter_rows() if wanted & set(references(*row).items())}


def _likely(nodes: pl.DataFrame, word: str, most: int) -> list[Suggestion]:
    """Return the nodes that a word could mean; for no word the first by name."""
    if not word.strip():
        return _suggested(nodes.sort("name", "id"), most)
    return _suggested(search(nodes, word, most=most), most) or _suggested(_alike(nodes, word, most), most)


def _alike(nodes: pl.DataFrame, word: str, most: int) -> pl.DataFrame:
    """Return the nodes whose names are like a word, the most alike first."""
    called = nodes.select(pl.coalesce("name", "id")).to_series().to_list()
    near = process.extract(word, called, scorer=fuzz.WRatio, processor=str.lower, limit=most, score_cutoff=NEAR)
    return nodes[[place for _, _, place in near]]


def _suggested(nodes: pl.DataFrame, most: int) -> list[Suggestion]:
    first = nodes.unique("id", keep="first", maintain_order=True).head(most)
    return [Suggestion(id, called) for id, called in first.select("id", pl.coalesce("name", "id")).iter_rows()]


def _values(graph: "Graph", property_: str) -> list[str]:
    """Return the values of a property that there are, the most frequent first."""
    type_, _, name = property_.partition(".")
    labels = {item.label: item for item in graph.schema.nodes}
    held = graph.store.read(labels.get(type_) or graph.schema.relationship(type_), only=(name,))
    counted = held[name].drop_nulls().value_counts().filter(pl.col(name) != "")
    return counted.sort("count", name, descending=[True, False])[name].to_list()
