"""When each pair of organizations was tied: the years of each activity that they share and of each agreement."""

from dataclasses import dataclass, replace
from functools import cached_property

import narwhals as nw
import numpy as np
import polars as pl

from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.frames import lazy, numbered
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import agreed, incidence
from graphmodel.analysis.trends.spells import Ints
from graphmodel.network import ENDS

YEARS = ("first", "ended", "presumed")


@dataclass(frozen=True)
class Histories:
    """A row for each pair and activity in common, and for each agreement, as far as they have a start.

    Attributes
    ----------
    instances : polars.DataFrame
        source, target (ids, as an enumeration), first (year of the start), ended (year of the end; null where it is
        not known), presumed (the year to which the window is added where no end is known); sorted by source, target
        and first.
    starts : polars.Series
        The year in which each activity of two or more organizations, and each agreement, starts.
    left_out : tuple of int, int
        Such activities, and agreements, that have no start, or end in a year before it.
    """

    instances: pl.DataFrame
    starts: pl.Series
    left_out: tuple[int, int]

    @cached_property
    def pair(self) -> Ints:
        """Return the number of the pair of each row, from 0."""
        return _integers(self.instances.select(pl.struct(ENDS).rle_id()).to_series())

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """Return the source and target of each pair, in the order of its number."""
        return self.instances.select(ENDS)[np.flatnonzero(np.diff(self.pair, prepend=-1))]

    @cached_property
    def first(self) -> Ints:
        """Return the year in which each row starts."""
        return _integers(self.instances["first"])

    def last(self, window: int) -> Ints:
        """Return the year in which each row ends, so many years after its start where no end is known."""
        return _integers(self.instances.select(pl.coalesce("ended", pl.col("presumed") + window)).to_series())

    @cached_property
    def known(self) -> Ints:
        """Return the last year in which each row is known to be active: that of its end, else that of its start."""
        return _integers(self.instances.select(pl.coalesce("ended", "first")).to_series())


def histories(partnerships: Partnerships) -> Histories:
    """Return when each pair was tied, within the filter, but at any time.

    Where only chosen roles or activities count, or a least number of shared activities is asked for, agreements do
    not: alone they would make no tie.

    Raises
    ------
    UsageProblem
        If there are more pairs than `alliances.PAIR_LIMIT`.
    """
    selection = replace(partnerships.selection, since=None, until=None, as_of=None)
    alliances.refuse_above(alliances.PAIR_LIMIT, alliances.pair_instances(partnerships.participations, selection))
    formal = lazy(partnerships.agreements if selection.least_shared == 0 else partnerships.agreements.head(0))
    counting = numbered([incidence(lazy(partnerships.participations), selection), agreed(formal, selection)])
    together, agreements = (_in_years(nw.to_native(frame).collect()) for frame in counting)
    company = together.filter(pl.len().over("activity") > 1)
    of_activities = company.group_by("activity").agg(pl.col("first").min(), pl.col("ended").max())
    shared = _frequent(_shared(company), selection.least_shared)
    instances = pl.concat([_dated(shared), _dated(agreements).select(*ENDS, *YEARS)])
    return Histories(
        instances=instances.sort(*ENDS, "first"),
        starts=pl.concat([_dated(frame)["first"] for frame in (of_activities, agreements)]),
        left_out=(of_activities.height - _dated(of_activities).height, agreements.height - _dated(agreements).height),
    )


def _in_years(frame: pl.DataFrame) -> pl.DataFrame:
    """Put years in the place of days. What starts on 1 January is presumed to last to the end of a year."""
    started = pl.col("started")
    from_january = started.dt.ordinal_day() == 1
    years = {
        "first": started.dt.year(),
        "ended": pl.col("ended").dt.year(),
        "presumed": started.dt.year() - from_january.cast(pl.Int32),
    }
    return frame.with_columns(**years).drop("started")


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    first, ended = pl.col("first"), pl.col("ended")
    return frame.filter(first.is_not_null() & (ended.is_null() | (ended >= first)))


def _shared(together: pl.DataFrame) -> pl.DataFrame:
    others = together.lazy().select("activity", target="organization")
    both_orders = together.lazy().rename({"organization": "source"}).join(others, on="activity")
    one_order = both_orders.filter(pl.col("source") < pl.col("target"))
    return one_order.select(*ENDS, *YEARS).collect(engine="streaming")


def _frequent(shared: pl.DataFrame, least: int) -> pl.DataFrame:
    return shared.filter(pl.len().over(ENDS) >= least) if least > 1 else shared


def _integers(series: pl.Series) -> Ints:
    return series.cast(pl.Int64).to_numpy()
