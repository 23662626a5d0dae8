"""The filter as a reader sees it: each choice by its name, with a way to take it back."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from graphmodel.api import search
from graphmodel.errors import GraphmodelError
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.view import View

WORDS = {
    "region": "Region",
    "competence": "Area",
    "kind": "Kind",
    "role": "Role",
    "since": "From",
    "until": "Until",
    "exclude": "Without",
}
LABELS = {"region": "Region", "competence": "CompetenceArea", "exclude": "Organization"}


@dataclass(frozen=True)
class Chip:
    """One choice: what is chosen, by its parameter, its value and its name, and the filter without it."""

    parameter: str
    value: str
    name: str
    without: View

    @property
    def word(self) -> str:
        """What is chosen, in a word."""
        return WORDS[self.parameter]


def chips(view: View, reading: Reading) -> list[Chip]:
    """Return the choices of a filter; one that the graph does not know goes by what the address says."""
    known = _names(view, reading)
    return [
        Chip(parameter, value, known.get((LABELS.get(parameter, ""), value), value), view.without(parameter, value))
        for parameter, value in view.parameters
    ]


def _names(view: View, reading: Reading) -> dict[tuple[str, str], str]:
    """Return the names of the nodes in a filter, by label and id."""
    asked = {label: list(getattr(view, parameter)) for parameter, label in LABELS.items() if getattr(view, parameter)}
    if not asked:
        return {}
    try:
        names = reading.names()
    except GraphmodelError:  # the page itself tells of it
        return {}
    return {(label, id): name for label, ids in asked.items() for id, name in named(names, label, ids).items()}


def named(names: pl.DataFrame, label: str, ids: list[str]) -> dict[str, Any]:
    """Return the names of some nodes of a label, by id."""
    return dict(of_label(names, label).filter(pl.col("id").is_in(ids)).select("id", "name").iter_rows())


def of_label(names: pl.DataFrame, label: str) -> pl.DataFrame:
    """Return what nodes of one label are called."""
    return names.filter(pl.col("label") == search.LABELS.index(label))
