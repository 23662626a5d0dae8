"""What is known of organizations, as arrays that the terms of the score are computed from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse

from graphmodel.analysis.recommendation.funders import only_funder
from graphmodel.analysis.recommendation.traits import Traits, area_traits, region_traits
from graphmodel.analysis.structure.engine import Floats, Ints
from graphmodel.analysis.structure.tied import tied
from graphmodel.analysis.ties.partnerships import Partnerships


@dataclass(frozen=True)
class Evidence:
    """Organizations numbered in the order of their ids, and what the score needs of each.

    Attributes
    ----------
    ids, names : list of str
    tied : scipy.sparse.csr_array, shape (n, n)
        1 where two are tied.
    shared : scipy.sparse.csr_array, shape (n, n)
        How many activities they share where they are tied; 1 for an agreement without any.
    activities : array of float
        How many activities each takes part in.
    first, last : array of float
        Year in which its first and its last activity started; nan where none is known.
    total : int
        Number of activities.
    types : array of int
        The type of each: its kind, and the role that it has most often.
    type_names : list of str
        What the types are.
    seats : array of int
        The country of each; -1 where it is not known.
    seat_names : list of str
        What the countries are.
    regions, areas : Traits
        Where each works, and on what.
    funder : array of int
        The one funder that all its funded activities have; -1 where there is none or several.
    """

    ids: list[str]
    names: list[str]
    tied: sparse.csr_array
    shared: sparse.csr_array
    activities: Floats
    first: Floats
    last: Floats
    total: int
    types: Ints
    type_names: list[str]
    seats: Ints
    seat_names: list[str]
    regions: Traits
    areas: Traits
    funder: Ints

    @cached_property
    def present(self) -> Ints:
        """The organizations that take part in an activity or have a partner."""
        return np.flatnonzero((self.activities > 0) | (np.diff(self.tied.indptr) > 0))

    @property
    def now(self) -> float:
        """The last year in which an activity started: what is recent is counted from it; nan where none is known."""
        known = self.last[~np.isnan(self.last)]
        return float(known.max()) if len(known) else float("nan")


def evidence(partnerships: Partnerships, *, declared: bool = True, funder_roles: Collection[str] = ()) -> Evidence:
    """Return what the partnerships say of each organization.

    Parameters
    ----------
    partnerships : Partnerships
    declared : bool
        Whether regions and competence areas that organizations declare count beside those of their activities.
    funder_roles : collection of str
        Roles that mean a funder; see `graphmodel.analysis.recommendation.funders`.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    >>> known = evidence(Partnerships(rows, pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"]})))
    >>> known.names, known.activities.tolist(), known.tied.toarray().tolist(), known.present.tolist()
    (['Alpha', 'Beta', 'Gamma'], [1.0, 1.0, 0.0], [[0, 1, 0], [1, 0, 0], [0, 0, 0]], [0, 1])
    """
    network = tied(partnerships)
    ends = np.r_[network.sources, network.targets], np.r_[network.targets, network.sources]
    size = len(network.ids)
    years = _of_each(_years(partnerships), network.ids)
    types, type_names = _types(partnerships, network.ids)
    seats, seat_names = _seats(partnerships, network.ids)
    return Evidence(
        ids=network.ids,
        names=network.names,
        tied=sparse.csr_array((np.ones(len(ends[0]), np.int64), ends), shape=(size, size)),
        shared=sparse.csr_array((np.maximum(np.tile(network.weights, 2), 1), ends), shape=(size, size)),
        activities=years["activities"].fill_null(0).to_numpy().astype(np.float64),
        first=years["first"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
        last=years["last"].cast(pl.Float64).fill_null(float("nan")).to_numpy(),
        total=partnerships.incidence["activity"].n_unique(),
        types=types,
        type_names=type_names,
        seats=seats,
        seat_names=seat_names,
        regions=region_traits(partnerships, network.ids, declared=declared),
        areas=area_traits(partnerships, network.ids, declared=declared),
        funder=only_funder(partnerships, network.ids, funder_roles),
    )


def _years(partnerships: Partnerships) -> pl.DataFrame:
    year = pl.col("started").dt.year()
    return partnerships.incidence.group_by("organization").agg(
        pl.len().alias("activities"), year.min().alias("first"), year.max().alias("last")
    )


def _types(partnerships: Partnerships, ids: list[str]) -> tuple[Ints, list[str]]:
    """Number the types: the kind of an organization, and the role that it has most often (the first by name of two)."""
    types = _of_each(_roles(partnerships), ids).join(
        _told(partnerships, "kind"), on="organization", maintain_order="left"
    )
    told = pl.concat_str("kind", "role", separator=", ", ignore_nulls=True)
    names = types.select(told.fill_null(""))["kind"]
    known = sorted(names.unique())
    return names.cast(pl.Enum(known)).to_physical().to_numpy().astype(np.int64), known


def _seats(partnerships: Partnerships, ids: list[str]) -> tuple[Ints, list[str]]:
    """Number the countries; -1 for an organization of which none is known."""
    countries = _of_each(_told(partnerships, "country"), ids)["country"]
    known = sorted(countries.drop_nulls().unique())
    numbers = countries.cast(pl.Enum(known)).to_physical().cast(pl.Int64).fill_null(-1)
    return numbers.to_numpy(), known


def _told(partnerships: Partnerships, name: str) -> pl.DataFrame:
    """Return organization and a property of it; nulls where the organizations have none of the name."""
    organizations = partnerships.organizations
    value = pl.col(name) if name in organizations.columns else pl.lit(None, pl.String)
    return organizations.select(pl.col("id").alias("organization"), value.cast(pl.String).alias(name))


def _roles(partnerships: Partnerships) -> pl.DataFrame:
    """Return organization, role: what it has most often been in the activities that count."""
    participations = partnerships.participations
    if "role" not in participations.columns:
        return pl.DataFrame(schema={"organization": pl.String, "role": pl.String})
    counting = participations.join(partnerships.incidence, on=["organization", "activity"], how="semi")
    counted = counting.drop_nulls("role").group_by("organization", "role").len()
    ordered = counted.sort("organization", "len", "role", descending=[False, True, False])
    return ordered.unique("organization", keep="first", maintain_order=True).select("organization", "role")


def _of_each(frame: pl.DataFrame, ids: Iterable[str]) -> pl.DataFrame:
    """Return the row of each organization, in the order of the ids; nulls where it has none."""
    every = pl.DataFrame({"organization": pl.Series(list(ids), dtype=pl.String)})
    return every.join(frame, on="organization", how="left", maintain_order="left")
