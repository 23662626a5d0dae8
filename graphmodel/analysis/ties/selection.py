"""Which participations and agreements count: by time, role, activity and organization.

What filters is a narwhals expression, so it runs on polars (eager or lazy), pyarrow, DuckDB and Spark.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from graphmodel.errors import UsageProblem, suggestion

WINDOWS = (3, 5, 7)
DATES = ("started", "ended")


@dataclass(frozen=True)
class Selection:
    """What a network is made of; the default takes everything.

    An activity or agreement is active in [started, ended]. Where its end is unknown it is presumed to last
    `window` years: [started, started + window years - 1 day]. What has no start is left out as soon as a time
    is asked for.

    Attributes
    ----------
    since, until : date, optional
        Keep what was active at some moment from `since` to `until`, both included; either may stand alone.
    as_of : date, optional
        Keep what was active on this day; not together with `since` or `until`.
    window : int
        Years that something without a known end is presumed to last: 3, 5 or 7.
    roles : collection of str, optional
        Keep participations in one of these roles. Agreements have no role: alone they make no tie then.
    activities : collection of str, optional
        Keep these activities; the caller finds them by region, competence area or kind. Agreements belong to
        no activity: alone they make no tie then.
    organizations : collection of str, optional
        Keep these organizations; the others do not count as participants either.
    exclude : collection of str
        Leave these organizations out, for instance hubs that take part in nearly everything.
    min_shared : int
        Keep ties with at least so many shared activities; 0 keeps those that rest on an agreement alone.
    today : date, optional
        The day on which a tie is active or not where neither `as_of` nor `until` names one. Unlike these it
        selects nothing.

    Raises
    ------
    UsageProblem
        For another window, an interval that ends before it starts, `as_of` with an interval, or a negative
        `min_shared`.

    Examples
    --------
    >>> Selection(as_of=date(2015, 6, 1), window=3).interval
    (datetime.date(2015, 6, 1), datetime.date(2015, 6, 1))
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    window: int = 5
    roles: Collection[str] | None = None
    activities: Collection[str] | None = None
    organizations: Collection[str] | None = None
    exclude: Collection[str] = ()
    min_shared: int = 0
    today: date | None = None

    def __post_init__(self) -> None:
        if self.window not in WINDOWS:
            raise UsageProblem(f"The window is 3, 5 or 7 years, not {self.window}.")
        if self.as_of and (self.since or self.until):
            raise UsageProblem("Give one day (as of) or an interval (since, until), not both.")
        if self.since and self.until and self.since > self.until:
            raise UsageProblem(f"The interval ends on {self.until}, before it starts: swap since and until.")
        if self.min_shared < 0:
            raise UsageProblem(f"The least number of shared activities is 0 or more, not {self.min_shared}.")

    @property
    def interval(self) -> tuple[date | None, date | None]:
        """First and last day asked for; None where it is open."""
        return (self.as_of, self.as_of) if self.as_of else (self.since, self.until)

    @property
    def by_time(self) -> bool:
        """Whether a time is asked for."""
        return self.interval != (None, None)

    @property
    def day(self) -> date | None:
        """The day on which a tie is active or not: the last that is asked for, else today.

        >>> Selection(until=date(2019, 12, 31), today=date(2024, 6, 1)).day
        datetime.date(2019, 12, 31)
        """
        return self.as_of or self.until or self.today

    @property
    def least_shared(self) -> int:
        """Fewest shared activities that make a tie: among chosen activities, agreements alone make none."""
        chosen = self.roles is not None or self.activities is not None
        return max(self.min_shared, 1) if chosen else self.min_shared


EVERYTHING = Selection()


def incidence(participations: nw.LazyFrame[Any], selection: Selection = EVERYTHING) -> nw.LazyFrame[Any]:
    """Return the two-mode ties that count, each once: organization, activity, started, ended.

    Parameters
    ----------
    participations : narwhals.LazyFrame
        organization, activity; optional role, started, ended (dates). Rows without either id are left out.
    selection : Selection
        What counts.

    Raises
    ------
    UsageProblem
        If a column is missing, or started or ended hold no dates.
    """
    needed = ("organization", "activity") if selection.roles is None else ("organization", "activity", "role")
    conditions = [
        ~nw.col("organization").is_null(),
        ~nw.col("activity").is_null(),
        *_among("role", selection.roles),
        *_among("activity", selection.activities),
        *_organizations("organization", selection),
        *_active(selection),
    ]
    frame = _with_dates(participations, needed).filter(*conditions)
    return frame.group_by("organization", "activity").agg(nw.col("started").min(), nw.col("ended").max())


def agreed(agreements: nw.LazyFrame[Any], selection: Selection = EVERYTHING) -> nw.LazyFrame[Any]:
    """Return the formal agreements that count: source < target, started, ended; none with oneself.

    They are undirected in meaning, so the smaller id comes first. A pair may stand several times.
    """
    conditions = [
        nw.col("source") != nw.col("target"),
        *_organizations("source", selection),
        *_organizations("target", selection),
        *_active(selection),
    ]
    forward = nw.col("source") < nw.col("target")
    return (
        _with_dates(agreements, ("source", "target"))
        .filter(*conditions)
        .select(
            nw.when(forward).then(nw.col("source")).otherwise(nw.col("target")).alias("source"),
            nw.when(forward).then(nw.col("target")).otherwise(nw.col("source")).alias("target"),
            "started",
            "ended",
        )
    )


def _with_dates(frame: nw.LazyFrame[Any], needed: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """Check the columns; add empty dates where the frame has none."""
    schema = frame.collect_schema()
    for name in needed:
        if name not in schema:
            there = ", ".join(schema)
            raise UsageProblem(f'Needed is a column "{name}"; there are {there}.{suggestion(name, schema)}')
    for name, kind in not_dates(schema).items():
        raise UsageProblem(f'Column "{name}" holds {kind}, not dates: turn its values into dates first.')
    empty = [nw.lit(None, dtype=nw.Date).alias(name) for name in DATES if name not in schema]
    return frame.with_columns(*empty) if empty else frame


def not_dates(schema: Mapping[str, nw.dtypes.DType]) -> dict[str, nw.dtypes.DType]:
    """Return the columns of dates that hold something else, with what they hold.

    >>> not_dates({"started": nw.Date(), "ended": nw.String()})
    {'ended': String}
    """
    return {name: schema[name] for name in DATES if name in schema and schema[name] not in (nw.Date, nw.Datetime)}


def _among(column: str, values: Collection[str] | None) -> list[nw.Expr]:
    return [] if values is None else [nw.col(column).is_in(sorted(values))]


def _organizations(column: str, selection: Selection) -> list[nw.Expr]:
    kept = _among(column, selection.organizations)
    return [*kept, ~nw.col(column).is_in(sorted(selection.exclude))] if selection.exclude else kept


def _active(selection: Selection) -> list[nw.Expr]:
    since, until = selection.interval
    conditions = [~nw.col("started").is_null()] if selection.by_time else []
    if until:
        conditions.append(nw.col("started") <= until)
    if since:
        # started + window - 1 day >= since, the years taken from the constant: engines add them differently
        presumed = nw.col("ended").is_null() & (nw.col("started") > years_before(since, selection.window))
        conditions.append((nw.col("ended") >= since) | presumed)
    return conditions


def years_before(day: date, years: int) -> date:
    """Return the same day so many years earlier; 28 February where that year has no 29th.

    >>> years_before(date(2020, 2, 29), 5)
    datetime.date(2015, 2, 28)
    """
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=max(day.year - years, date.min.year), day=28 if leap else day.day)
