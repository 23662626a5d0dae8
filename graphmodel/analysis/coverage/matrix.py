"""The matrix of regions and competence areas: who is active in each cell, who declares it, and who is near."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from graphmodel.analysis.coverage import coverage
from graphmodel.analysis.coverage.axes import Axis
from graphmodel.analysis.coverage.met import never_met
from graphmodel.analysis.coverage.presence import in_both
from graphmodel.analysis.coverage.specialisation import CELL, compared
from graphmodel.analysis.ties.partnerships import Partnerships

NOBODY, SINGLE, NEVER = GAPS = ("nobody", "single", "never together")
"""What a cell may lack, the worst first."""

COLUMNS = (
    *("region", "region_name", "area", "area_name", "gap", "organizations", "activities", "expected", "specialisation"),
    *("declared", "only_declared", "within_reach", "single", "single_name"),
)


@dataclass(frozen=True)
class Matrix:
    """The cells of two axes, and the organizations in them: frames of organization, region, area, each row once.

    Examples
    --------
    >>> from graphmodel.analysis.coverage.axes import areas, regions
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE"], "name": ["Kenya"], "kind": ["country"]}),
    ...     competence_areas=pl.DataFrame({"id": ["edu"], "name": ["Education"], "kind": ["field"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x"], "region": ["KE"]}),
    ...     addresses=pl.DataFrame({"activity": ["x"], "competence_area": ["edu"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a"], "activity": ["x"]})
    >>> known = Partnerships(took_part, pl.DataFrame({"id": ["a"], "name": ["Alpha"]}), read=lambda: setting)
    >>> cells = Matrix(known, regions(known, "country"), areas(known, "field")).cells
    >>> cells.select("region", "area", "organizations", "activities", "gap", "single_name").rows()
    [('KE', 'edu', 1, 1, 'single', 'Alpha')]
    """

    partnerships: Partnerships
    regions: Axis
    areas: Axis

    @cached_property
    def done(self) -> pl.DataFrame:
        """Return organization, activity, region, area: of all regions of the level and all areas of the kind."""
        return coverage.done(self.partnerships, self.regions.kind, self.areas.kind)

    @cached_property
    def placed(self) -> pl.DataFrame:
        """Return activity, region: of all regions of the level."""
        return coverage.places(self.partnerships, self.regions.kind)

    @cached_property
    def active(self) -> pl.DataFrame:
        """Who has an activity in the cell."""
        return self._shown(self.done.select("organization", *CELL).unique())

    @cached_property
    def declared(self) -> pl.DataFrame:
        """Who declares to work in the region, and to be competent in the area."""
        return self._shown(coverage.declared(self.partnerships, self.regions.kind, self.areas.kind))

    @cached_property
    def only_declared(self) -> pl.DataFrame:
        """Who declares the cell and has no activity in it."""
        return self.declared.join(self.active, on=self.declared.columns, how="anti")

    @cached_property
    def present(self) -> pl.DataFrame:
        """Return organization, region: who is in a region, as it does or declares, or by its seat."""
        return coverage.present(self.partnerships, self.regions.kind)

    @cached_property
    def able(self) -> pl.DataFrame:
        """Return organization, area: who is on an area, as it does or declares."""
        return coverage.able(self.partnerships, self.areas.kind)

    def within_reach(self, region: str, area: str) -> pl.DataFrame:
        """Return organization: who is in the region and on the area, but not active in the cell; sorted."""
        here = self.present.filter(region=region).join(self.able.filter(area=area), on="organization", how="semi")
        inside = self.active.filter(region=region, area=area)
        return here.join(inside, on="organization", how="anti").select("organization").sort("organization")

    @cached_property
    def strangers(self) -> pl.DataFrame:
        """Who is active in a cell with others, where no two of them have ever worked together."""
        return never_met(self.partnerships, self._shown(self.done))

    @cached_property
    def cells(self) -> pl.DataFrame:
        """Return a row for each cell, empty ones too: `COLUMNS`, sorted by gap and what is expected."""
        every = self.regions.columns("region").join(self.areas.columns("area"), how="cross")
        beside = compared(every, self._activities, self.placed)
        for known in (*self._counts(), self._activities, beside, self._alone()):
            every = every.join(known, on=CELL, how="left")
        counted = every.with_columns(pl.col(pl.UInt32).fill_null(0).cast(pl.Int64))
        told = counted.with_columns(gap=_gap(), within_reach=pl.col("in_both") - pl.col("organizations"))
        worst = pl.col("gap").replace_strict({gap: place for place, gap in enumerate(GAPS)}, default=len(GAPS))
        ordered = told.sort(worst, "expected", *CELL, descending=[False, True, False, False], nulls_last=True)
        return ordered.select(COLUMNS)

    def _shown(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the rows within the axes."""
        inside = rows.join(self.regions.shown, left_on="region", right_on="id", how="semi")
        return inside.join(self.areas.shown, left_on="area", right_on="id", how="semi")

    def _counts(self) -> tuple[pl.DataFrame, ...]:
        """Return the numbers of a cell, each in a frame of its own; where it is missing it is 0."""
        frames = {
            "organizations": self.active,
            "declared": self.declared,
            "only_declared": self.only_declared,
            "strangers": self.strangers,
        }
        counts = (rows.group_by(CELL).agg(pl.len().alias(name)) for name, rows in frames.items())
        return *counts, in_both(self.present, self.able)

    @cached_property
    def _activities(self) -> pl.DataFrame:
        """Return region, area, activities: how many are in each cell of all regions and areas that is not empty."""
        once = self.done.select("activity", *CELL).unique()
        return once.group_by(CELL).agg(pl.len().alias("activities"))

    def _alone(self) -> pl.DataFrame:
        """Return region, area, single, single_name: who is the only one."""
        alone = self.active.filter(pl.len().over(CELL) == 1).rename({"organization": "single"})
        return alone.join(self._names(), left_on="single", right_on="id", how="left")

    def _names(self) -> pl.DataFrame:
        return self.partnerships.organizations.select("id", pl.coalesce("name", "id").alias("single_name"))


def _gap() -> pl.Expr:
    organizations = pl.col("organizations")
    return (
        pl.when(organizations == 0)
        .then(pl.lit(NOBODY))
        .when(organizations == 1)
        .then(pl.lit(SINGLE))
        .when(pl.col("strangers") > 0)
        .then(pl.lit(NEVER))
    )
