"""Whether a tie is active on a day: of each activity or agreement a rank, of the tie the highest, then its word."""

from collections.abc import Mapping
from datetime import date

import narwhals as nw
import polars as pl

from graphmodel.analysis.ties.selection import Selection, years_before

UNKNOWN, ENDED, PRESUMED, PLANNED, ACTIVE = range(5)
"""What an activity or agreement is on a day. The highest of a pair is what its tie is."""

WORDS = {ACTIVE: "active", PLANNED: "planned", PRESUMED: "presumed ended", ENDED: "ended"}


def rank(selection: Selection) -> nw.Expr:
    """Return the rank of an activity or agreement from its columns started and ended, on the selection's day."""
    if selection.day is None:
        return nw.lit(UNKNOWN, nw.Int8)
    return _rank(selection.day, years_before(selection.day, selection.window))


def word() -> nw.Expr:
    """Return the word for the column `status` that holds ranks; null where nothing is known."""
    said: nw.Expr = nw.lit(None, nw.String)
    for known in sorted(WORDS):
        said = nw.when(nw.col("status") == known).then(nw.lit(WORDS[known])).otherwise(said)
    return said


def counted(ties: pl.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Return a sentence on how many ties are active, planned, presumed ended and ended, and as of which day.

    Parameters
    ----------
    ties : polars.DataFrame
        With the column status, by the same selection.
    selection : Selection
        Says the day and the window.

    Returns
    -------
    tuple of str
        Empty where there is no tie, or no day.

    Examples
    --------
    >>> ties = pl.DataFrame({"status": ["active", "presumed ended", None]})
    >>> for sentence in counted(ties, Selection(today=date(2024, 6, 1))):
    ...     print(sentence)
    As of 2024-06-01: 1 active, 1 presumed ended, 1 without dates.
    Where no end is known, 5 years from the start are presumed.
    """
    return told(dict(ties["status"].value_counts().iter_rows()), selection)


def told(by_status: Mapping[str | None, int], selection: Selection) -> tuple[str, ...]:
    """Return the same of the number of ties by their status."""
    if not by_status or selection.day is None:
        return ()
    numbers = {status or "without dates": number for status, number in by_status.items()}
    said = [f"{numbers[told]:,} {told}" for told in (*WORDS.values(), "without dates") if told in numbers]
    rests = {WORDS[ACTIVE], WORDS[PRESUMED]} & numbers.keys() and not selection.by_time
    return (f"As of {selection.day}: {', '.join(said)}.", *([presumption(selection)] if rests else []))


def presumption(selection: Selection) -> str:
    """Return the sentence on what is presumed where no end is known; where a time is asked for, it is a caveat."""
    return f"Where no end is known, {selection.window} years from the start are presumed."


def _rank(day: date, before: date) -> nw.Expr:
    started, ended = nw.col("started"), nw.col("ended")
    within_window = _either(started > before, ACTIVE, PRESUMED)
    of_unknown_end = _either(started.is_null(), UNKNOWN, within_window)
    of_known_end = _either(ended < day, ENDED, _either(started.is_null(), UNKNOWN, ACTIVE))
    begun = _either(ended.is_null(), of_unknown_end, of_known_end)
    return _either(started.is_null() | (started <= day), begun, PLANNED)


def _either(condition: nw.Expr, one: nw.Expr | int, other: nw.Expr | int) -> nw.Expr:
    one, other = (nw.lit(value, nw.Int8) if isinstance(value, int) else value for value in (one, other))
    return nw.when(condition).then(one).otherwise(other)
