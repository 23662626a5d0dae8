"""Overlap: who is in the same regions on the same subjects, and never worked together."""

from typing import Literal

from graphmodel.analysis.coverage import axes
from graphmodel.analysis.coverage.matrix import Matrix
from graphmodel.analysis.coverage.overlap_words import limits, method, words
from graphmodel.analysis.coverage.strangers import Strangers
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.structure.tied import member
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem


def overlap(
    partnerships: Partnerships,
    organization: str = "",
    *,
    areas: Literal["first", "field", "sector", "goal", "framework", "segment"] = "first",
    level: Literal["first", "region", "subregion", "country"] = "first",
    by: Literal["done", "declared", "either"] = "done",
    most: int = 1000,
    region: tuple[str, ...] = (),
    competence: tuple[str, ...] = (),
) -> Finding:
    """Find who is in the same place on the same subject, and never worked together.

    Parameters
    ----------
    organization : str
        Only pairs with this one, by id, name or acronym; empty for all pairs.
    areas : str
        Kind of competence area that says what the same subject is; first takes the first of the others that is known.
    level : str
        Kind of region that says what the same place is; first takes the first of the others that is known.
    by : str
        What puts an organization in a place on a subject: its activities, its declarations, or either.
    most : int
        Pairs to list; 0 for all.
    region : tuple of str
        Only places in this region.
    competence : tuple of str
        Only subjects that are this competence area, or part of it.

    Returns
    -------
    Finding
        Table, a row for each pair, sorted by common and jaccard, largest first, then by the ids:

        source, source_name, target, target_name : source < target; with an organization, that is the source
        common : cells (a region and an area) that both are in
        jaccard : common over the cells of either, 0 to 1
        common_partners : organizations that have worked with both
        partners : their names, sorted
        cells : names of the cells in common, "Education in Mali"; up to five, those with the fewest organizations
        first

    Raises
    ------
    UsageProblem
        If no region is of this level, no area of this kind, a name is unknown, the filter leaves the organization
        out, `most` is negative, or there are too many pairs: the message says how many.

    References
    ----------
    P. Jaccard, Etude comparative de la distribution florale dans une portion des Alpes et du Jura, Bulletin de la
    Societe vaudoise des sciences naturelles 37, 547, 1901.

    Examples
    --------
    >>> import polars as pl
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> setting = Setting(
    ...     regions=pl.DataFrame({"id": ["KE"], "name": ["Kenya"], "kind": ["country"]}),
    ...     competence_areas=pl.DataFrame({"id": ["edu"], "name": ["Education"], "kind": ["field"]}),
    ...     took_place_in=pl.DataFrame({"activity": ["x", "y"], "region": ["KE", "KE"]}),
    ...     addresses=pl.DataFrame({"activity": ["x", "y"], "competence_area": ["edu", "edu"]}),
    ... )
    >>> took_part = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "y"]})
    >>> names = pl.DataFrame({"id": ["a", "b"], "name": ["Alpha", "Beta"]})
    >>> found = overlap(Partnerships(took_part, names, read=lambda: setting), level="country")
    >>> found.table.select("source_name", "target_name", "common", "cells").rows()
    [('Alpha', 'Beta', 1, ['Education in Kenya'])]
    """
    if most < 0:
        raise UsageProblem(f"The number of pairs to list is 1 or more, or 0 for all, not {most}.")
    one = member(partnerships, organization) if organization else ""
    rows, columns = axes.regions(partnerships, level, region), axes.areas(partnerships, areas, competence)
    found = Strangers(Matrix(partnerships, rows, columns), by, one)
    table = found.table(most)
    return Finding(table, (*rows.assumed, *columns.assumed, *words(found, table)), limits(found), method(found))
