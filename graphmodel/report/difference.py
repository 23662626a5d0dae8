"""What differs between two reports."""

from collections.abc import Iterator, Sequence

import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, separated
from graphmodel.report.reading import Written

COLUMNS = ("part", "change", "what", "before", "after")
NAMED = 5
"""Organizations, alliances or gaps that a sentence names."""

LIMITS = (
    "Reports with other parameters, of other versions or with other organizations hidden differ for these reasons too."
)
FIGURES = ("shared", "status", "sign")
"""What an alliance is said to have changed in; by chance and strength shift with every activity of anybody."""

Row = tuple[str, str, str, str | None, str | None]


def difference(first: Written, second: Written) -> Finding:
    """Return what differs between two reports: what was asked, key figures, organizations, alliances and gaps.

    Parameters
    ----------
    first, second : Written
        The earlier one and the later one.

    Returns
    -------
    Finding
        Table: part (parameter, data, figure, organization, alliance, gap), change (only before, only after, changed,
        gone, come, lost, gained, opened, closed), what, before, after; in the order of the parts.
    """
    rows = [
        *_parameters(first, second),
        *_figures(first, second),
        *_organizations(first, second),
        *_alliances(first, second),
        *_gaps(first, second),
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return Finding(table, tuple(_said(table)), limits=LIMITS if len(rows) else "")


def _parameters(first: Written, second: Written) -> Iterator[Row]:
    asked, then = first.data["parameters"], second.data["parameters"]
    yield from (("parameter", "only before", text, text, None) for text in asked if text not in then)
    yield from (("parameter", "only after", text, None, text) for text in then if text not in asked)
    for what in ("title", "period", "day", "hash", "version"):
        if first.data[what] != second.data[what]:
            yield "data", "changed", what, first.data[what], second.data[what]


def _figures(first: Written, second: Written) -> Iterator[Row]:
    before, after = (
        {one["label"]: str(one["value"]) for one in written.data["figures"]} for written in (first, second)
    )
    for label in {**before, **after}:
        if before.get(label) != after.get(label):
            yield "figure", "changed", label, before.get(label), after.get(label)


def _organizations(first: Written, second: Written) -> Iterator[Row]:
    before, after = (_named(written, "organizations", ("id",), ("name",)) for written in (first, second))
    yield from _come_and_gone("organization", ("gone", "come"), before, after)


def _alliances(first: Written, second: Written) -> Iterator[Row]:
    ends, names = ("source", "target"), ("source_name", "target_name")
    before, after = (_named(written, "alliances", ends, names, " with ") for written in (first, second))
    yield from _come_and_gone("alliance", ("lost", "gained"), before, after)
    was, then = (_told(written, "alliances", ends, FIGURES) for written in (first, second))
    for key in sorted(was.keys() & then.keys()):
        if was[key] != then[key]:
            yield "alliance", "changed", after[key], was[key], then[key]


def _gaps(first: Written, second: Written) -> Iterator[Row]:
    ends, names = ("area", "region"), ("area_name", "region_name")
    before, after = (_named(written, "gaps", ends, names, " in ") for written in (first, second))
    was, then = (_told(written, "gaps", ends, ("gap",)) for written in (first, second))
    for key in sorted(was.keys() | then.keys()):
        old, new = was.get(key, ""), then.get(key, "")
        if old != new:
            yield "gap", _change(old, new, key in was, key in then), (after | before)[key], old or None, new or None


def _change(old: str, new: str, is_before: bool, is_after: bool) -> str:
    """What became of a cell; one that is in one report only neither opened nor closed a gap."""
    if not (is_before and is_after):
        return "only after" if is_after else "only before"
    return "opened" if not old else "closed" if not new else "changed"


def _come_and_gone(
    part: str, changes: tuple[str, str], before: dict[tuple[str, ...], str], after: dict[tuple[str, ...], str]
) -> Iterator[Row]:
    gone, come = changes
    yield from ((part, gone, before[key], before[key], None) for key in sorted(before.keys() - after.keys()))
    yield from ((part, come, after[key], None, after[key]) for key in sorted(after.keys() - before.keys()))


def _named(
    written: Written, table: str, keys: Sequence[str], names: Sequence[str], between: str = ""
) -> dict[tuple[str, ...], str]:
    """Return what the rows of a table are called, by their keys; nothing where the report lacks the table."""
    if table not in written.tables:
        return {}
    rows = written.tables[table].select(*keys, *names).iter_rows()
    number = len(keys)
    return {
        row[:number]: between.join(name or id for id, name in zip(row[:number], row[number:], strict=True))
        for row in rows
    }


def _told(written: Written, table: str, keys: Sequence[str], columns: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return what some columns say, in one text, by the keys of the rows."""
    if table not in written.tables:
        return {}
    frame = written.tables[table]
    told = [column for column in columns if column in frame.columns]
    rows = frame.select(*keys, *told).iter_rows()
    number = len(keys)
    alone = len(columns) == 1
    return {
        row[:number]: row[number] or ""
        if alone
        else ", ".join(f"{name} {value}" for name, value in zip(told, row[number:], strict=True) if value)
        for row in rows
    }


SAID = (
    ("organization", "come"),
    ("organization", "gone"),
    ("alliance", "gained"),
    ("alliance", "lost"),
    ("alliance", "changed"),
    ("gap", "closed"),
    ("gap", "opened"),
    ("gap", "changed"),
)
"""What is said by name."""


def _said(table: pl.DataFrame) -> Iterator[str]:
    if table.is_empty():
        yield "The two reports say the same."
        return
    of = table.partition_by("part", as_dict=True)
    for parameter in _rows(of, "parameter"):
        yield f"{parameter['change'].capitalize()}: {parameter['what']}."
    changed = {row["what"]: row for row in _rows(of, "data")}
    if "hash" in changed:
        yield "The data differ."
    elif of.keys() - {("data",), ("parameter",)}:
        yield "The data are the same."
    if "version" in changed:
        row = changed["version"]
        yield f"They were made by graphmodel {row['before']} and {row['after']}."
    figures = [f"{row['what']} {row['before'] or 'none'} to {row['after'] or 'none'}" for row in _rows(of, "figure")]
    if figures:
        yield f"Key figures: {'; '.join(figures)}."
    for part, change in SAID:
        names = table.filter(part=part, change=change)["what"].to_list()
        if names:
            yield f"{counted(len(names), part)} {change}: {separated(names, NAMED)}."


def _rows(of: dict[tuple[object, ...], pl.DataFrame], part: str) -> list[dict[str, str]]:
    return of[part,].to_dicts() if (part,) in of else []
