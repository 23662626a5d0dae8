"""Gaps: where nobody is active on what, where only one is, and where several are who never worked together."""

from typing import Literal

import polars as pl

from graphmodel.analysis.coverage import axes
from graphmodel.analysis.coverage.gaps_words import limits, words
from graphmodel.analysis.coverage.matrix import Matrix
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import plural
from graphmodel.analysis.ties.partnerships import Partnerships

METHOD = (
    "Activities were counted by {level} and {kind}; an organization is active in a cell if it took part in an activity "
    "there. Rows and columns are the {levels} and {kinds} with an activity or a declaration. Expected are the "
    "activities in the {level} times the {kind}'s share of the activities everywhere. Specialisation is Balassa's "
    "index, the {kind}'s share of what the {level} does over its share of what all do. A gap is a cell in which nobody "
    "is active, a single organization, or several of whom no two have ever shared an activity or an agreement. A "
    "cell is declared by who declares to work in the {level} and to be competent in the {kind}."
)


def gaps(
    partnerships: Partnerships,
    *,
    areas: Literal["first", "field", "sector", "goal", "framework", "segment"] = "first",
    level: Literal["first", "region", "subregion", "country"] = "first",
    only: Literal["all", "gaps", "nobody", "single", "never together"] = "all",
    region: tuple[str, ...] = (),
    competence: tuple[str, ...] = (),
) -> Finding:
    """Find where nobody is active on what, where only one is, and where several are who never worked together.

    Parameters
    ----------
    areas : str
        Kind of competence area that makes the columns of the matrix; first takes the first of the others that is known.
    level : str
        Kind of region that makes its rows; first takes the first of the others that is known.
    only : str
        Cells to list: all, those with any gap, or with one kind of gap.
    region : tuple of str
        Only this region and what lies in it; the figures stay those of the whole.
    competence : tuple of str
        Only this competence area and what is part of it; the figures stay those of the whole.

    Returns
    -------
    Finding
        Table, a row for each region with each area. Sorted by gap in the order below, cells without one last, then
        by what is expected, most first, then by the ids:

        region, region_name, area, area_name
        gap : nobody, single, or never together (two or more are active, and no two of them have ever shared an
        activity or an agreement, here or elsewhere); null for none
        organizations, activities : how many are active, in how many activities
        expected : activities in the region times the area's share of all: what would be here if each region did what
        all do; 0 where the region or the area has none. Null where no activity has a region of this kind.
        specialisation : Balassa's index, the area's share of what the region does over its share of what all do; 1 is
        as everywhere. Null where the region or the area has no activity in the matrix.
        declared : organizations that declare to work in the region and to be competent in the area
        only_declared : those of them without an activity in the cell
        within_reach : organizations without an activity in the cell, but with an activity, a seat or declared work in
        the region, and an activity or declared competence on the area
        single, single_name : who is the only one; else null

    Raises
    ------
    UsageProblem
        If no region is of this level, no area of this kind, or what is given as region or competence is unknown.

    Notes
    -----
    A region or area is in the matrix if there is an activity in it or on it, or an organization declares it: of a
    level with 200 countries only those in play. The others are counted in the words. Regions of a level that lie in
    each other, and areas that are part of each other, each have their row, and an activity counts in both.

    References
    ----------
    B. Balassa, Trade liberalisation and "revealed" comparative advantage, The Manchester School 33, 99, 1965.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE", "ML"], "name": ["Kenya", "Mali"], "kind": ["country", "country"]}),
    ...     competence_areas=pl.DataFrame({"id": ["edu"], "name": ["Education"], "kind": ["field"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x", "y"], "region": ["KE", "ML"]}),
    ...     addresses=pl.DataFrame({"activity": ["x"], "competence_area": ["edu"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a", "a"], "activity": ["x", "y"]})
    >>> known = Partnerships(took_part, pl.DataFrame({"id": ["a"], "name": ["Alpha"]}), read=lambda: setting)
    >>> found = gaps(known, level="country")
    >>> found.table.select("region_name", "area_name", "gap", "expected", "within_reach", "single_name").rows()
    [('Mali', 'Education', 'nobody', 0.5, 1, None), ('Kenya', 'Education', 'single', 0.5, 0, 'Alpha')]
    """
    rows = axes.regions(partnerships, level, region)
    columns = axes.areas(partnerships, areas, competence)
    matrix = Matrix(partnerships, rows, columns)
    kinds = {"level": rows.kind, "kind": columns.kind, "levels": plural(rows.kind), "kinds": plural(columns.kind)}
    said = (*rows.assumed, *columns.assumed, *words(matrix))
    return Finding(_listed(matrix.cells, only), said, limits(matrix), METHOD.format(**kinds))


def _listed(cells: pl.DataFrame, only: str) -> pl.DataFrame:
    wanted = {"all": pl.lit(True), "gaps": pl.col("gap").is_not_null()}
    return cells.filter(wanted.get(only, pl.col("gap") == only))
