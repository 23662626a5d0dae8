"""The best possible partners of one organization, with all that the score rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from graphmodel.analysis.recommendation import closeness, terms
from graphmodel.analysis.recommendation.evidence import Evidence
from graphmodel.analysis.recommendation.sentences import against, why
from graphmodel.analysis.recommendation.traits import Traits
from graphmodel.analysis.structure.engine import Floats, Ints

NAMED = 10
"""Partners in common that a row names."""

COLUMNS: dict[str, Any] = {
    "id": pl.String(),
    "name": pl.String(),
    "score": pl.Float64(),
    **dict.fromkeys(terms.TERMS, pl.Float64()),
    "mutual": pl.Int64(),
    "mutual_partners": pl.List(pl.String()),
    "areas_added": pl.Int64(),
    "added_areas": pl.List(pl.String()),
    "regions_added": pl.Int64(),
    "added_regions": pl.List(pl.String()),
    "common_area": pl.String(),
    "common_region": pl.String(),
    "country": pl.String(),
    "same_country": pl.Boolean(),
    "adamic_adar": pl.Float64(),
    "resource_allocation": pl.Float64(),
    "activities": pl.Int64(),
    "first": pl.Int64(),
    "last": pl.Int64(),
    "expected": pl.Float64(),
    "against": pl.List(pl.String()),
    "why": pl.String(),
}


@dataclass(frozen=True)
class Listing:
    """Possible partners of one organization.

    Attributes
    ----------
    known : Evidence
    own : int
        The number of the organization.
    weights : mapping from term to float
    allowed : set of str, optional
        Ids that may be listed; None for all.
    """

    known: Evidence
    own: int
    weights: Mapping[str, float]
    allowed: set[str] | None = None

    @cached_property
    def candidates(self) -> Ints:
        """Who is not a partner yet, and may be listed."""
        free = np.ones(len(self.known.ids), bool)
        free[self.known.tied[[self.own]].indices] = False
        free[self.own] = False
        if self.allowed is not None:
            free &= np.array([id in self.allowed for id in self.known.ids], bool)
        return np.flatnonzero(free)

    @cached_property
    def values(self) -> dict[str, Floats]:
        """Each term for all organizations."""
        rows = np.array([self.own])
        return {name: block[0] for name, block in terms.values(self.known, rows).items()}

    def best(self, k: int) -> Ints:
        """Return the first k by score, then by id."""
        scores = terms.score(self.values, self.weights)[self.candidates]
        return self.candidates[np.argsort(-scores, kind="stable")[:k]]

    def table(self, k: int) -> pl.DataFrame:
        """Return the first k with all columns; see `graphmodel.analysis.recommendation.recommend`."""
        return pl.DataFrame([self._row(int(other)) for other in self.best(k)], schema=COLUMNS, orient="row")

    def _row(self, other: int) -> dict[str, Any]:
        known = self.known
        each = {name: float(values[other]) for name, values in self.values.items()}
        mutual, areas, regions = self._mutual(other), *(traits.lacking(self.own, other) for traits in self._traits)
        row = {
            "id": known.ids[other],
            "name": known.names[other],
            "score": float(terms.score(each, self.weights)),
            **each,
            "mutual": len(mutual),
            "mutual_partners": mutual[:NAMED],
            "areas_added": len(areas),
            "added_areas": areas,
            "regions_added": len(regions),
            "added_regions": regions,
            **{name: traits.common(self.own, other) for name, traits in zip(_COMMON, self._traits, strict=True)},
            **self._seat(other),
            **{name: float(values[other]) for name, values in self._figures.items()},
            "activities": int(known.activities[other]),
            "first": _year(known.first[other]),
            "last": _year(known.last[other]),
        }
        speaks = against(row, _year(known.now), self._funder(other))
        return row | {"against": speaks, "why": why(row, speaks)}

    @property
    def _traits(self) -> tuple[Traits, Traits]:
        return self.known.areas, self.known.regions

    @cached_property
    def _figures(self) -> dict[str, Floats]:
        rows = np.array([self.own])
        return {
            "adamic_adar": closeness.adamic_adar(self.known.tied, rows)[0],
            "resource_allocation": closeness.resource_allocation(self.known.tied, rows)[0],
            "expected": terms.expected(self.known, rows)[0],
        }

    def _mutual(self, other: int) -> list[str]:
        """Name the partners that two share, those with the fewest partners first: they tell most."""
        tied = self.known.tied
        shared = np.intersect1d(tied[[self.own]].indices, tied[[other]].indices)
        degrees = closeness.partners(tied)[shared]
        return [self.known.names[place] for place in shared[np.argsort(degrees, kind="stable")]]

    def _seat(self, other: int) -> dict[str, str | bool | None]:
        own, seat = self.known.seats[[self.own, other]]
        country = self.known.seat_names[seat] if seat >= 0 else None
        return {"country": country, "same_country": bool(own == seat) if min(own, seat) >= 0 else None}

    def _funder(self, other: int) -> str:
        return self.known.names[self.known.funder[other]] if self.values["one_funder"][other] else ""


_COMMON = ("common_area", "common_region")


def _year(value: float) -> int | None:
    return None if np.isnan(value) else int(value)
