"""The matrix of regions and competence areas to be looked at: its cells with totals, and what is behind one cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from graphmodel.analysis.coverage import axes, coverage, matrix
from graphmodel.analysis.coverage.axes import FIRST, KINDS, LEVELS
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, listed
from graphmodel.api.projection import Projection
from graphmodel.errors import UsageProblem

__all__ = ["FIRST", "KINDS", "LEVELS", "Cell", "Grid"]

COUNTED = {"organizations": "organization", "activities": "activity"}
"""What is counted in a cell, and the column that names it."""

PARTNERS = 5
"""Partners that are recommended for a cell."""


@dataclass(frozen=True)
class Cell:
    """What is behind one cell.

    Attributes
    ----------
    figures : mapping
        Its row in the table of `analyse gaps`.
    sentences : tuple of str
        What they mean.
    active : polars.DataFrame
        id, name, activities (in the cell): who is active, the most active first.
    activities : polars.DataFrame
        id, name, kind, started, ended: what they do there, the latest first.
    declared : polars.DataFrame
        id, name: who declares the cell and has no activity in it.
    within_reach : polars.DataFrame
        id, name, in_region, on_area: who is in the region and on the area, but not active in the cell, and in how many
        activities it takes part there and on that, who does most first.
    recommended : polars.DataFrame
        id, name, why: partners on the area and in the region for the most active one, that it does not have yet; no row
        where nobody is active.
    """

    figures: Mapping[str, Any]
    sentences: tuple[str, ...]
    active: pl.DataFrame
    activities: pl.DataFrame
    declared: pl.DataFrame
    within_reach: pl.DataFrame
    recommended: pl.DataFrame


class Grid:
    """The matrix within a filter; what a cell holds is found when it is asked for.

    Parameters
    ----------
    projection : Projection
    level : str
        Kind of region that makes its rows: region, subregion, country, or first.
    areas : str
        Kind of competence area that makes its columns: field, sector, goal, framework, segment, or first.

    Raises
    ------
    UsageProblem
        If none of this kind is known.
    """

    def __init__(self, projection: Projection, level: str = FIRST, areas: str = FIRST) -> None:
        """Find what is in the rows and columns."""
        self._projection = projection
        known = projection.partnerships
        self._matrix = matrix.Matrix(known, axes.regions(known, level), axes.areas(known, areas))
        self.level, self.kind = self._matrix.regions.kind, self._matrix.areas.kind

    @cached_property
    def finding(self) -> Finding:
        """Return what `analyse gaps` says of it."""
        return self._projection.analyse("gaps", level=self.level, areas=self.kind)

    @cached_property
    def cells(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the figures of each cell by the ids of its region and area."""
        return {(row["region"], row["area"]): row for row in self._matrix.cells.iter_rows(named=True)}

    @property
    def most(self) -> dict[str, int]:
        """Return the largest number of organizations and of activities in a cell."""
        return {name: max((cell[name] for cell in self.cells.values()), default=0) for name in COUNTED}

    @cached_property
    def regions(self) -> list[dict[str, Any]]:
        """Return id, name, organizations, activities of each row; the most activities first, then by name."""
        return self._totals("region", self._matrix.regions.shown)

    @cached_property
    def areas(self) -> list[dict[str, Any]]:
        """Return the same of each column."""
        return self._totals("area", self._matrix.areas.shown)

    @cached_property
    def total(self) -> dict[str, int]:
        """Return how many organizations and activities are in any cell."""
        return {name: self._done[column].n_unique() for name, column in COUNTED.items()}

    @property
    def _done(self) -> pl.DataFrame:
        """What is done in the regions and on the areas that are shown."""
        shown = self._matrix
        here = shown.done.join(shown.regions.shown, left_on="region", right_on="id", how="semi")
        return here.join(shown.areas.shown, left_on="area", right_on="id", how="semi")

    def _totals(self, end: str, nodes: pl.DataFrame) -> list[dict[str, Any]]:
        distinct = [pl.col(one).n_unique().cast(pl.Int64).alias(name) for name, one in COUNTED.items()]
        counts = self._done.group_by(pl.col(end).alias("id")).agg(distinct)
        told = nodes.join(counts, on="id", how="left").with_columns(pl.col(*COUNTED).fill_null(0))
        return told.sort("activities", "name", "id", descending=[True, False, False]).to_dicts()

    def cell(self, region: str, area: str) -> Cell:
        """Return what is behind a cell.

        Raises
        ------
        UsageProblem
            If there is no such row or column.
        """
        if (region, area) not in self.cells:
            raise UsageProblem(f'There is no cell of "{region}" and "{area}" within this filter.')
        figures = self.cells[region, area]
        inside = self._matrix.done.filter(region=region, area=area)
        active = self._active(inside)
        return Cell(
            figures=figures,
            sentences=tuple(_sentences(figures, active, self.level)),
            active=active,
            activities=self._activities(inside),
            declared=self._named(self._matrix.only_declared.filter(region=region, area=area)),
            within_reach=self._within_reach(region, area),
            recommended=self._recommended(region, area, active),
        )

    def _active(self, inside: pl.DataFrame) -> pl.DataFrame:
        counts = inside.group_by("organization").agg(pl.len().cast(pl.Int64).alias("activities"))
        return self._named(counts).sort("activities", "name", "id", descending=[True, False, False])

    def _activities(self, inside: pl.DataFrame) -> pl.DataFrame:
        known = self._projection.activities.join(inside, left_on="id", right_on="activity", how="semi")
        latest = known.sort("started", "name", "id", descending=[True, False, False], nulls_last=True)
        return latest.select("id", pl.coalesce("name", "id").alias("name"), "kind", "started", "ended")

    def _within_reach(self, region: str, area: str) -> pl.DataFrame:
        near = self._named(self._matrix.within_reach(region, area))
        incidence = self._projection.partnerships.incidence
        places = {
            "in_region": self._matrix.placed.filter(region=region),
            "on_area": coverage.subjects(self._projection.partnerships, self.kind).filter(area=area),
        }
        for name, activities in places.items():
            some = incidence.join(activities, on="activity", how="semi")
            counts = some.group_by(pl.col("organization").alias("id")).agg(pl.len().cast(pl.Int64).alias(name))
            near = near.join(counts, on="id", how="left").with_columns(pl.col(name).fill_null(0))
        most = pl.min_horizontal(*places)
        return near.sort(most, "in_region", "name", "id", descending=[True, True, False, False])

    def _recommended(self, region: str, area: str, active: pl.DataFrame) -> pl.DataFrame:
        if active.is_empty():
            return pl.DataFrame(schema=dict.fromkeys(("id", "name", "why"), pl.String))
        found = self._projection.analyse(
            "recommend", organization=active["id"][0], region=region, area=area, k=PARTNERS
        )
        return found.table.select("id", "name", "why")

    def _named(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows that name an organization with its id and name first, by name."""
        names = self._projection.organizations.select("id", pl.coalesce("name", "id").alias("name"))
        named = rows.rename({"organization": "id"}).join(names, on="id", how="left")
        return named.select("id", "name", pl.exclude("id", "name", "region", "area")).sort("name", "id")


def _sentences(cell: Mapping[str, Any], active: pl.DataFrame, level: str) -> Iterator[str]:
    where = f"on {cell['area_name']} in {cell['region_name']}"
    done = counted(cell["activities"], "activity")
    match cell["gap"]:
        case matrix.NOBODY:
            yield f"Nobody is known to be active {where}."
        case matrix.SINGLE:
            yield f"{cell['single_name']} is the only one active {where}, in {done}."
        case matrix.NEVER:
            yield (
                f"{counted(cell['organizations'], 'organization')} are active {where}, in {done}, and no two of them "
                f"have ever worked together: {listed(active['name'].head(3).to_list(), max(0, active.height - 3))}."
            )
        case _:
            yield f"{counted(cell['organizations'], 'organization')} are active {where}, in {done}."
    yield from _beside(cell, level)


def _beside(cell: Mapping[str, Any], level: str) -> Iterator[str]:
    """What would be expected, and who declares it without doing it."""
    if cell["expected"] is not None:
        yield f"If this {level} did what all do, {cell['expected']:.1f} activities would be expected here."
    if cell["only_declared"]:
        who = counted(cell["only_declared"], "organization")
        yield f"{who} {'declares' if cell['only_declared'] == 1 else 'declare'} it without an activity on record."
