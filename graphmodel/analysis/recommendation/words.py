"""What a list of possible partners says, and what must not be read into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from graphmodel.analysis.phrases import counted, listed
from graphmodel.analysis.recommendation.listing import Listing

NAMED = 3
"""Organizations that the first sentence names; the table holds all."""

LIMITS = (
    "The score says who resembles those who became partners before, not who would be a good one: whether two want to "
    "work together, and may, is not in the data. What is not recorded counts as not done."
)


@dataclass(frozen=True)
class Asked:
    """What was asked for: the name of the organization, and the region and area, where they narrow the list."""

    name: str
    region: str = ""
    area: str = ""


def told(table: pl.DataFrame, listing: Listing, asked: Asked) -> Iterator[str]:
    """Say who comes first, among whom, and what the score could not rest on."""
    yield _first(table, listing, asked)
    yield from _narrowed(asked)
    yield from _missing(listing, asked)
    if spoken := table.filter(pl.col("against").list.len() > 0).height:
        yield f"Something speaks against {spoken:,} of the {table.height:,} listed: see the column against."


def method(weights: Mapping[str, float]) -> str:
    """Return how the score is made, with its weights."""
    weighed = ", ".join(f"{name} {weight:g}" for name, weight in weights.items())
    return (
        "Organizations without a tie to the one that looks for partners were ranked by a weighted sum of terms from "
        f"0 to 1 ({weighed}): closeness (partners in common, by the square root of the activities shared with each of "
        "the two, divided by the square root of the partner's sum of these), circle (ways of three steps, each divided "
        "by the square root of the degrees on it), activity of both, recency, how often organizations of their types "
        "and of their countries are tied, similarity of regions and areas (fit), activities of the other in those of "
        "the one that looks for partners (volume), what would be added and, against, a common single funder and "
        "sharing nothing where chance would have it. Closeness, circle and volume are on a logarithmic scale."
    )


def _first(table: pl.DataFrame, listing: Listing, asked: Asked) -> str:
    if table.is_empty():
        return f"Nobody is left to recommend to {asked.name}: all who come into question are its partners already."
    among = counted(len(listing.candidates), "organization")
    named = listed(table["name"].head(NAMED).to_list())
    verb = "comes" if table.height == 1 else "come"
    return f"First {verb} {named}, of {among} without a tie to {asked.name}."


def _narrowed(asked: Asked) -> Iterator[str]:
    if asked.region:
        yield f"Listed are only those that are active in {asked.region} or declare to work or have their seat there."
    if asked.area:
        yield f"Listed are only those that are active on {asked.area} or declare it."


def _missing(listing: Listing, asked: Asked) -> Iterator[str]:
    known = listing.known
    if not known.tied[[listing.own]].nnz:
        yield (
            f"{asked.name} has no partner yet, so nobody is close to it: the list rests on how active the others are, "
            "on their types and on what they do."
        )
    unknown = [what for what, traits in (("region", known.regions), ("area", known.areas)) if not traits.names]
    if unknown:
        yield f"No {' or '.join(unknown)} of work is known, so they say nothing about who fits and what would be added."
    elif not any(traits.wide[[listing.own]].nnz for traits in (known.regions, known.areas)):
        yield f"No region or area of work of {asked.name} is known: all that others do counts as added."
    if np.isnan(known.now):
        yield "No activity says when it started, so who was active lately is not known."
