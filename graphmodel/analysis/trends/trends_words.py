"""What trends mean, in sentences."""

from collections.abc import Iterator

import polars as pl

from graphmodel.analysis.ties.selection import WINDOWS, Selection
from graphmodel.analysis.trends.histories import Histories

TERMS = (
    "New: never tied before. Renewed: tied again, after a year or more without. Persistent: tied in the year before "
    "too. Extended: persistent, and something further started. Lost: tied in the year before, no longer."
)


def of_years(table: pl.DataFrame, year: int, known: Histories, selection: Selection) -> tuple[str, ...]:
    """Return what to say of the table by year, and of one year of it."""
    row = table.row(by_predicate=pl.col("year") == year, named=True)
    words = [_changed(row), TERMS, *_presumed(row, selection.window), *_peak(table)]
    return (*words, *_thin(table, row, known), *_going_on(table, selection), *_left_out(known))


def of_nothing(known: Histories) -> tuple[str, ...]:
    """Return what to say where no year can be told of."""
    if not known.instances.is_empty():
        reason = f"The first tie starts in {known.first.min()}: nothing is tied in the years that were asked for."
    elif any(known.left_out):
        reason = "No tie has a start, so none can be told by year."
    else:
        reason = "No two organizations are tied within this filter, so there is nothing to tell by year."
    return (reason, *_left_out(known))


def is_going_on(year: int, selection: Selection) -> bool:
    """Return whether a year is not over yet."""
    today = selection.today
    return today is not None and today.year == year and (today.month, today.day) != (12, 31)


def _changed(row: dict[str, int]) -> str:
    new = f"{row['new']:,} new {'tie' if row['new'] == 1 else 'ties'}"
    extended = f" ({row['extended']:,} of them extended)" if row["persistent"] else ""
    lost = sorted(row[f"lost_{window}"] for window in WINDOWS)
    between = f" ({lost[0]:,} to {lost[-1]:,}, depending on the window)" if lost[0] < lost[-1] else ""
    kept = f"{row['renewed']:,} renewed, {row['persistent']:,} persistent{extended}"
    return f"{row['year']}: {new}, {kept}, {row['lost']:,} lost{between}."


def _presumed(row: dict[str, int], window: int) -> Iterator[str]:
    if row["presumed"]:
        yield (
            f"Of the {_ties(row['active'])} active in {row['year']}, {row['presumed']:,} may have ended: no end is "
            f"known, and {window} years from the start are presumed."
        )


def _peak(table: pl.DataFrame) -> Iterator[str]:
    if table.height > 1:
        year, active = table.sort("active", "year", descending=[True, False]).select("year", "active").row(0)
        yield f"Most were active in {year}: {_ties(active)}."


def _thin(table: pl.DataFrame, row: dict[str, int], known: Histories) -> Iterator[str]:
    """Warn where few things start, as at the end of data that are not complete."""
    last = int(known.first.max())
    if int(table["year"][-1]) > last:
        yield f"Nothing starts after {last} in these data: ties lost later may have been renewed without a record."
    if row["year"] > last:
        return
    before = table.filter(pl.col("year") == row["year"] - 1)["starts"].sum()
    if row["starts"] * 2 < before:
        yield (
            f"Few activities and agreements start in {row['year']} ({row['starts']:,}, after {before:,} in the year "
            "before): the data may be incomplete there, and ties look lost that went on."
        )


def _going_on(table: pl.DataFrame, selection: Selection) -> Iterator[str]:
    last = int(table["year"][-1])
    if is_going_on(last, selection):
        yield f"{last} is not over yet: what else it brings is not in these data."


def _left_out(known: Histories) -> tuple[str, ...]:
    activities, agreements = known.left_out
    numbers = f"activities {activities:,}, agreements {agreements:,}"
    return (f"Left out, for want of a start or with an end before it: {numbers}.",) if any(known.left_out) else ()


def _ties(number: int) -> str:
    return f"{number:,} {'tie' if number == 1 else 'ties'}"
