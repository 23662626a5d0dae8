"""Why one might be a partner, and what speaks against it, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphmodel.analysis.phrases import counted, first, listed

NAMED = 3
"""Areas, regions and partners that a sentence names; the table holds all."""

IDLE = 5
"""Years without a new activity after which that speaks against an organization."""


ALIKE = 0.5
"""Fit from which a sentence says that two do the same."""


def why(row: Mapping[str, Any], speaks: list[str]) -> str:
    """Return a sentence on what an organization would add, who is known to both, what both do, and what speaks against.

    Parameters
    ----------
    row : mapping
        The row of the table: added_areas, added_regions, mutual, mutual_partners, fit, common_area, common_region,
        same_country, activities, first, last.
    speaks : list of str
        What speaks against it.

    Examples
    --------
    >>> row = {"added_areas": ["Education"], "added_regions": [], "mutual_partners": ["Alpha", "Beta"], "mutual": 2}
    >>> row |= {"fit": 0.1, "common_area": "Aid", "common_region": None, "same_country": False}
    >>> why(row | {"activities": 3, "first": 2020, "last": 2020}, [])
    'Works on Education, which you lack; knows 2 of your partners (Alpha and Beta); works on Aid, too; active in 2020.'
    """
    reasons = [*_added(row), *_mutual(row), *_fit(row), *_seat(row), *_active(row)]
    text = "; ".join(reasons) or "nothing is known of it"
    text = f"{text}; but {', and '.join(speaks)}" if speaks else text
    return f"{text[0].upper()}{text[1:]}."


def against(row: Mapping[str, Any], now: int | None, funder: str) -> list[str]:
    """Return what speaks against an organization: never active, long idle, one funder for both, avoided.

    Examples
    --------
    >>> row = {"activities": 4, "last": 2010, "avoided": 0.0, "expected": 0.1}
    >>> against(row, 2020, "the World Bank")
    ['it has started nothing since 2010', 'both of you depend on the World Bank alone for funds']
    """
    return list(_against(row, now, funder))


def _against(row: Mapping[str, Any], now: int | None, funder: str) -> Iterator[str]:
    if not row["activities"]:
        yield "it has no activity so far"
    if row["last"] is not None and now is not None and now - row["last"] >= IDLE:
        yield f"it has started nothing since {row['last']}"
    if funder:
        yield f"both of you depend on {funder} alone for funds"
    if row["avoided"]:
        yield f"you share no activity where chance would give {row['expected']:.1f}"


def _added(row: Mapping[str, Any]) -> Iterator[str]:
    areas, regions = row["added_areas"], row["added_regions"]
    if areas and regions:
        yield f"works on {first(areas, NAMED)} and in {first(regions, NAMED)}, which you lack"
    elif areas or regions:
        preposition = "on" if areas else "in"
        yield f"works {preposition} {first(areas or regions, NAMED)}, which you lack"


def _mutual(row: Mapping[str, Any]) -> Iterator[str]:
    named = row["mutual_partners"][:NAMED]
    if named:
        yield f"knows {row['mutual']:,} of your partners ({listed(named, more=row['mutual'] - len(named))})"


def _fit(row: Mapping[str, Any]) -> Iterator[str]:
    area, region = row["common_area"], row["common_region"]
    common = " and ".join([*([f"on {area}"] if area else []), *([f"in {region}"] if region else [])])
    if row["fit"] >= ALIKE and common:
        yield f"does much the same as you, above all {common}"
    elif common:
        yield f"works {common}, too"


def _seat(row: Mapping[str, Any]) -> Iterator[str]:
    if row["same_country"]:
        yield "has its seat in your country"


def _span(row: Mapping[str, Any]) -> str:
    return f"active from {row['first']}, lately in {row['last']}"


def _active(row: Mapping[str, Any]) -> Iterator[str]:
    if row["first"] is not None:
        yield f"active in {row['first']}" if row["last"] == row["first"] else _span(row)
    elif row["activities"]:
        yield f"took part in {counted(row['activities'], 'activity')}"
