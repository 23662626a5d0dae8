"""What it means that organizations are in the same cells and never worked together, in words."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from graphmodel.analysis.coverage.strangers import Strangers
from graphmodel.analysis.phrases import counted, first, listed
from graphmodel.network import ENDS

LISTED = 3
"""Pairs and organizations that a sentence names."""

NAMED = 2
"""Cells and partners named for a pair."""

IN_A_CELL = {
    "done": "has an activity in the {level} on the {kind}",
    "declared": "declares to work in the {level} and to be competent in the {kind}",
    "either": "has an activity in the {level} on the {kind}, or declares both",
}

METHOD = (
    "An organization was taken to be in a cell, a {level} and a {kind}, if it {in_a_cell}. Pairs in a common cell were "
    "kept if they share no activity and no agreement on record, and ordered by the cells in common, then by Jaccard's "
    "similarity of their cells."
)

LIMITS = (
    "Overlap is an opening, not a need: who is in the same {level} on the same {kind} may do quite different things. "
    "Large organizations are in many cells and overlap with many. Never together means in no activity and no agreement "
    "on record, whatever the time and place that a filter asks for; what is not recorded is not seen."
)


def method(found: Strangers) -> str:
    """Return how it was done."""
    return METHOD.format(in_a_cell=_in_a_cell(found), **_kinds(found))


def limits(found: Strangers) -> str:
    """Return what must not be read into it."""
    return LIMITS.format(**_kinds(found))


def words(found: Strangers, table: pl.DataFrame) -> Iterator[str]:
    """Yield the sentences: how many pairs, the first by name with where they meet and who could introduce them."""
    if found.side_by_side.is_empty():
        yield _nobody(found)
        return
    yield _size(found)
    for row in table.head(LISTED).to_dicts():
        yield _pair(found, row)
    if not found.one:
        yield from _often(found)
    if table.height < found.pairs.height:
        yield f"Listed are the first {table.height:,}."


def _nobody(found: Strangers) -> str:
    kinds = _kinds(found)
    if found.one and found.active.filter(organization=found.one).is_empty():
        return f"{_name(found)} is in no {kinds['level']} on a {kinds['kind']}: nothing can overlap."
    if found.one:
        return f"Nobody else is in the same {kinds['level']} on the same {kinds['kind']} as {_name(found)}."
    return f"No two organizations are in the same {kinds['level']} on the same {kinds['kind']}."


def _size(found: Strangers) -> str:
    beside, unmet, kinds = found.side_by_side.height, found.pairs.height, _kinds(found)
    place = f"in the same {kinds['level']} on the same {kinds['kind']}"
    if found.one:
        others = f"{counted(beside, 'organization')} {'is' if beside == 1 else 'are'} {place} as {_name(found)}"
        return f"{others}; it has never worked with {unmet:,} of them."
    pairs = f"{counted(beside, 'pair')} of organizations {'is' if beside == 1 else 'are'} {place}"
    share = f" ({unmet / beside:.0%})" if unmet else ""
    return f"{pairs}; {unmet:,}{share} never worked together."


def _pair(found: Strangers, row: dict[str, Any]) -> str:
    cells, partners = row["cells"][:NAMED], row["partners"]
    known = f"both have worked with {first(partners, NAMED)}" if partners else "no partner in common"
    pair = row["target_name"] if found.one else f"{row['source_name']} and {row['target_name']}"
    return f"{pair}: {listed(cells, more=row['common'] - len(cells))}; {known}."


def _often(found: Strangers) -> Iterator[str]:
    ends = pl.concat([found.pairs.select(pl.col(end).alias("id")) for end in ENDS])
    often = ends.group_by("id").len().sort("len", "id", descending=[True, False]).head(LISTED)
    names = found.matrix.partnerships.names
    told = [f"{names.get(id) or id} ({number:,})" for id, number in often.iter_rows()]
    if told:
        yield f"Most often in such a pair: {listed(told)}."


def _name(found: Strangers) -> str:
    return found.matrix.partnerships.names.get(found.one) or found.one


def _in_a_cell(found: Strangers) -> str:
    return IN_A_CELL[found.by].format(**_kinds(found))


def _kinds(found: Strangers) -> dict[str, str]:
    return {"level": found.matrix.regions.kind, "kind": found.matrix.areas.kind}
