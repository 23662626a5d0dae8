"""Where each organization works and on what, as matrices."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import sparse

from graphmodel import scope
from graphmodel.analysis.recommendation.closeness import Rows
from graphmodel.analysis.structure.engine import Floats
from graphmodel.analysis.ties.partnerships import Partnerships

LINK = ("organization", "activity", "trait")


@dataclass(frozen=True)
class Traits:
    """Regions or competence areas of organizations.

    Attributes
    ----------
    names : list of str
        Of each trait.
    own : scipy.sparse.csr_array, shape (organizations, traits)
        1 where an organization has the trait; a place counts as its country.
    done : scipy.sparse.csr_array, shape (organizations, traits)
        How many of its activities have the trait or one that lies in it; what it declares counts as one activity.
    """

    names: list[str]
    own: sparse.csr_array
    done: sparse.csr_array

    @cached_property
    def wide(self) -> sparse.csr_array:
        """1 where an organization has the trait or one that lies in it."""
        return self.done.sign().tocsr()

    @cached_property
    def profile(self) -> sparse.csr_array:
        """What each does: the root of its activities, by ln(organizations / those that have the trait); of length 1."""
        having = self.wide.sum(axis=0)
        tells = np.log(max(self.wide.shape[0], 1) / np.maximum(having, 1))
        told = (self.done.sqrt() @ sparse.diags_array(tells)).tocsr()
        lengths = np.sqrt(told.multiply(told).sum(axis=1))
        return (sparse.diags_array(_inverse(lengths)) @ told).tocsr()

    def similarity(self, rows: Rows) -> Floats:
        """Return the cosine of the profiles, 0 to 1."""
        block: Floats = (self.profile[rows] @ self.profile.T).toarray()
        return block

    def volume(self, rows: Rows) -> Floats:
        """Return how many activities each column has in a trait of the row: the mean over what the row does."""
        shares = sparse.diags_array(_inverse(self.done[rows].sum(axis=1))) @ self.done[rows]
        block: Floats = (shares @ self.done.T).toarray()
        return block

    def common(self, one: int, other: int) -> str | None:
        """Return the name of the trait that both have and do most, by the product of their activities; None if none."""
        both = (self.done[[one]] * self.done[[other]] * self.own[[one]] * self.own[[other]]).toarray()[0]
        return self.names[int(both.argmax())] if both.any() else None

    def added(self, rows: Rows) -> Floats:
        """Return how many traits each column has that the row lacks, widely."""
        shared = (self.wide[rows] @ self.own.T).toarray()
        counts: Floats = self.own.sum(axis=1)[None, :] - shared
        return counts

    def lacking(self, one: int, other: int) -> list[str]:
        """Return the names of the traits that `other` has and `one` lacks, widely; sorted."""
        had = set(self.wide[[one]].indices.tolist())
        return sorted(self.names[trait] for trait in self.own[[other]].indices.tolist() if trait not in had)


def region_traits(partnerships: Partnerships, ids: list[str], *, declared: bool = True) -> Traits:
    """Return where each organization is active and, if wanted, declares to work."""
    setting = partnerships.setting
    links = [_active(partnerships, setting.took_place_in, "region"), _all(setting.works_in if declared else None)]
    counted = _places_as_countries(pl.concat(links), setting.regions, setting.region_parts)
    known = setting.regions.filter(pl.col("kind").ne_missing("world"))
    return _traits(counted, known, setting.region_parts, ids)


def area_traits(partnerships: Partnerships, ids: list[str], *, declared: bool = True) -> Traits:
    """Return on what each organization is active and, if wanted, declares to be competent."""
    setting = partnerships.setting
    links = [
        _active(partnerships, setting.addresses, "competence_area"),
        _all(setting.competent_in if declared else None),
    ]
    return _traits(pl.concat(links), setting.competence_areas, setting.area_parts, ids)


def _active(partnerships: Partnerships, links: pl.DataFrame, end: str) -> pl.DataFrame:
    took_part = partnerships.incidence.select("organization", "activity")
    return took_part.join(links, on="activity").select("organization", "activity", pl.col(end).alias("trait"))


def _all(declared: pl.DataFrame | None) -> pl.DataFrame:
    """Return what is declared, as if it were done in one activity without a name."""
    if declared is None:
        return pl.DataFrame(schema=dict.fromkeys(LINK, pl.String))
    organization, end = declared.columns
    return declared.select(pl.col(organization).alias("organization"), activity=pl.lit(""), trait=pl.col(end))


def _places_as_countries(links: pl.DataFrame, regions: pl.DataFrame, parts: pl.DataFrame) -> pl.DataFrame:
    """Replace places by the countries that they lie in, where there are some."""
    kinds = dict(regions.select("id", "kind").iter_rows())
    places = [id for id in links["trait"].unique() if kinds.get(id) == "place"]
    wider = scope.over(places, parts)
    countries = wider.filter(pl.col("wider").replace_strict(kinds, default=None, return_dtype=pl.String) == "country")
    joined = links.join(countries, left_on="trait", right_on="id", how="left")
    return joined.select("organization", "activity", pl.coalesce("wider", "trait").alias("trait"))


def _traits(links: pl.DataFrame, known: pl.DataFrame, parts: pl.DataFrame, ids: list[str]) -> Traits:
    kept = links.unique().filter(pl.col("organization").is_in(ids), pl.col("trait").is_in(known["id"].implode()))
    wider = scope.over(kept["trait"].unique(), parts).filter(pl.col("wider").is_in(known["id"].implode()))
    wide = kept.join(wider, left_on="trait", right_on="id").select(*LINK[:2], pl.col("wider").alias("trait")).unique()
    columns = sorted(wide["trait"].unique())
    names = dict(known.select("id", pl.coalesce("name", "id")).iter_rows())
    own = kept.select("organization", "trait").unique()
    return Traits([names[id] for id in columns], _matrix(own, ids, columns), _matrix(wide, ids, columns))


def _matrix(links: pl.DataFrame, ids: list[str], columns: list[str]) -> sparse.csr_array:
    """Count the links of each organization to each trait."""
    shape = (len(ids), len(columns))
    if links.is_empty():
        return sparse.csr_array(shape, dtype=np.float64)
    rows, traits = (
        links[name].cast(pl.Enum(values)).to_physical().to_numpy().astype(np.int64)
        for name, values in (("organization", ids), ("trait", columns))
    )
    return sparse.csr_array((np.ones(links.height), (rows, traits)), shape=shape)


def _inverse(values: Floats) -> Floats:
    """Return 1 / x, and 0 for 0."""
    return np.divide(1, values, out=np.zeros(len(values)), where=values > 0)
