"""The past and what came after: what a backtest may know, and what it has to foretell."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
from scipy import sparse

from graphmodel.analysis.recommendation.evidence import Evidence, evidence
from graphmodel.analysis.ties.alliances import undated
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from graphmodel.network import ENDS


@dataclass(frozen=True)
class History:
    """Partnerships cut at the start of a year.

    Attributes
    ----------
    known : Evidence
        Of what had started before: its organizations are those that were there.
    came : scipy.sparse.csr_array, shape (n, n)
        1 where two of them were not tied before and were afterwards.
    undated : int
        Activities and agreements without a start, left out of both.
    """

    known: Evidence
    came: sparse.csr_array
    undated: int


def cut(partnerships: Partnerships, year: int, funder_roles: Collection[str] = ()) -> History:
    """Cut partnerships at the start of a year.

    Parameters
    ----------
    partnerships : Partnerships
    year : int
        What started in it or later is the future.
    funder_roles : collection of str
        Roles that mean a funder; see `graphmodel.analysis.recommendation.funders`.

    Raises
    ------
    UsageProblem
        If nothing has a start, or nothing started before the year, or nothing in it or later.

    Notes
    -----
    What an organization declares has no date, so it is not counted as known before.

    Examples
    --------
    >>> days = [date(2016, 5, 1)] * 4 + [date(2019, 5, 1)] * 2
    >>> rows = {"organization": [*"abbcac"], "activity": [*"xxyyzz"], "started": days}
    >>> history = cut(Partnerships(pl.DataFrame(rows), pl.DataFrame({"id": [*"abc"], "name": [*"ABC"]})), 2019)
    >>> history.known.tied.toarray().tolist(), history.came.toarray().tolist()
    ([[0, 1, 0], [1, 0, 1], [0, 1, 0]], [[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    """
    _refuse_without(partnerships, year)
    past, future = _before(partnerships, year), _from(partnerships, year)
    known = evidence(past, declared=False, funder_roles=funder_roles)
    activities, agreements = undated(partnerships.participations, partnerships.agreements, partnerships.selection)
    return History(known, _came(known, future.ties), activities + agreements)


def _refuse_without(partnerships: Partnerships, year: int) -> None:
    years = partnerships.incidence["started"].drop_nulls().dt.year()
    if years.is_empty():
        raise UsageProblem("A backtest needs to know when activities started, and none says so: load their dates.")
    known = years.unique().sort().to_list()
    if not known[0] < year <= known[-1]:
        raise UsageProblem(
            f"Activities started from {known[0]} to {known[-1]}, so at the start of {year} nothing is left to foretell "
            "or to foretell it from: choose a year after the first and up to the last."
        )


def _before(partnerships: Partnerships, year: int) -> Partnerships:
    earlier = pl.col("started") < date(year, 1, 1)
    participations, agreements = partnerships.participations.filter(earlier), partnerships.agreements.filter(earlier)
    there = pl.concat([participations["organization"], *(agreements[end].rename("organization") for end in ENDS)])
    return replace(
        partnerships,
        participations=participations,
        agreements=agreements,
        organizations=partnerships.organizations.filter(pl.col("id").is_in(there.unique().implode())),
        read=lambda: partnerships.setting,
    )


def _from(partnerships: Partnerships, year: int) -> Partnerships:
    later = pl.col("started") >= date(year, 1, 1)
    return replace(
        partnerships,
        participations=partnerships.participations.filter(later),
        agreements=partnerships.agreements.filter(later),
    )


def _came(known: Evidence, later: pl.DataFrame) -> sparse.csr_array:
    """Return 1 where two that were there, and not tied, are tied later."""
    place = pl.DataFrame({"id": known.ids}, schema={"id": pl.String}).with_row_index("place")
    for end in ENDS:
        later = later.join(place.rename({"id": end, "place": f"{end}_place"}), on=end)
    one, two = (later[f"{end}_place"].to_numpy().astype(np.int64) for end in ENDS)
    size = len(known.ids)
    tied = sparse.csr_array((np.ones(2 * len(one), np.int64), (np.r_[one, two], np.r_[two, one])), shape=(size, size))
    new = (tied - tied.multiply(known.tied)).tocsr()
    new.eliminate_zeros()
    new.sort_indices()
    return new
