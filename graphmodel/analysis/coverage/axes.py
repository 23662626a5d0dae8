"""The two axes of coverage: the regions of one level, and the competence areas of one kind."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import polars as pl

from graphmodel.analysis.phrases import listed
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem

LEVELS = ("country", "subregion", "region")
KINDS = ("field", "sector", "goal", "framework", "segment")


@dataclass(frozen=True)
class Axis:
    """The regions of a level, or the competence areas of a kind.

    Attributes
    ----------
    kind : str
    shown : polars.DataFrame
        id, name: those in play, sorted by id.
    idle : tuple of str
        Names of those that are known, and of which nothing is recorded; sorted.
    """

    kind: str
    shown: pl.DataFrame
    idle: tuple[str, ...]

    def columns(self, name: str) -> pl.DataFrame:
        """Return what is shown under the names of a table: `name` and `name`_name."""
        return self.shown.rename({"id": name, "name": f"{name}_name"})


def regions(partnerships: Partnerships, level: str, within: Collection[str] = ()) -> Axis:
    """Return the regions of a level in play: with an activity, or where an organization declares to work.

    Parameters
    ----------
    partnerships : Partnerships
    level : str
        country, subregion or region.
    within : collection of str
        Regions by id or name: only what lies under them; empty for all.

    Raises
    ------
    UsageProblem
        If no region is of this kind, or none within what is given; the message says which kinds there are.

    Examples
    --------
    >>> from graphmodel.analysis.ties.partnerships import Setting
    >>> countries = {"id": ["KE", "PE"], "name": ["Kenya", "Peru"], "kind": ["country", "country"]}
    >>> works = pl.DataFrame({"organization": ["a"], "region": ["KE"]})
    >>> known = Partnerships(
    ...     pl.DataFrame(schema={"organization": pl.String, "activity": pl.String}),
    ...     pl.DataFrame({"id": ["a"], "name": ["Alpha"]}),
    ...     read=lambda: Setting(regions=pl.DataFrame(countries), works_in=works),
    ... )
    >>> axis = regions(known, "country")
    >>> axis.shown.rows(), axis.idle
    ([('KE', 'Kenya')], ('Peru',))
    """
    setting = partnerships.setting
    chosen = _chosen(setting.regions, level, LEVELS, "region", setting.under_region, within)
    at = setting.regions_at(level)
    used = _used(partnerships, at, setting.took_place_in, setting.works_in, "region")
    return _axis(level, chosen, used)


def areas(partnerships: Partnerships, kind: str, within: Collection[str] = ()) -> Axis:
    """Return the competence areas of a kind in play: with an activity, or that an organization declares.

    As `regions`, by areas.
    """
    setting = partnerships.setting
    chosen = _chosen(setting.competence_areas, kind, KINDS, "competence area", setting.under_area, within)
    at = setting.areas_at(kind)
    used = _used(partnerships, at, setting.addresses, setting.competent_in, "competence_area")
    return _axis(kind, chosen, used)


def _chosen(
    nodes: pl.DataFrame,
    kind: str,
    kinds: Collection[str],
    what: str,
    under: Callable[[str], set[str]],
    within: Collection[str],
) -> pl.DataFrame:
    """Return the nodes of the kind, under what is given."""
    found = nodes.filter(pl.col("kind") == kind)
    if found.is_empty():
        raise UsageProblem(f"No {what} of kind {kind} is known; {_there_are(nodes, kinds, what)}")
    if not within:
        return found
    inside = sorted(set().union(*(under(word) for word in within)))
    kept = found.filter(pl.col("id").is_in(inside))
    if kept.is_empty():
        raise UsageProblem(f"No {what} of kind {kind} lies in {listed([*within])}: give a wider one, or another kind.")
    return kept


def _there_are(nodes: pl.DataFrame, kinds: Collection[str], what: str) -> str:
    numbers = dict(nodes.group_by("kind").len().iter_rows())
    known = [f"{kind} ({numbers[kind]:,})" for kind in kinds if kind in numbers]
    return f"there are {listed(known)}: choose among these." if known else f"none of any kind is: load {what}s first."


def _used(
    partnerships: Partnerships, at: pl.DataFrame, done: pl.DataFrame, declared: pl.DataFrame, column: str
) -> pl.DataFrame:
    """Return id: what the activities that count, or the organizations that are left, have to do with."""
    active = done.join(partnerships.incidence, on="activity", how="semi")
    members = declared.join(partnerships.organizations, left_on="organization", right_on="id", how="semi")
    ends = pl.concat([active.select(column), members.select(column)])
    return ends.join(at, on=column).select(pl.col("wider").alias("id")).unique()


def _axis(kind: str, chosen: pl.DataFrame, used: pl.DataFrame) -> Axis:
    nodes = chosen.select("id", pl.coalesce("name", "id")).sort("id")
    idle = nodes.join(used, on="id", how="anti")
    return Axis(kind, nodes.join(used, on="id", how="semi").sort("id"), tuple(idle["name"].sort()))
