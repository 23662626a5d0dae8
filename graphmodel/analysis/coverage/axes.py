"""The two axes of coverage: the regions of one level, and the competence areas of one kind."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import polars as pl

from graphmodel.analysis.phrases import listed
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem

LEVELS = ("region", "subregion", "country")
KINDS = ("field", "sector", "goal", "framework", "segment")
"""Kinds of region and of competence area, in the order in which one is taken where none is asked for."""

FIRST = "first"
"""Asked for, the first kind that is known."""


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
    assumed : tuple of str
        A sentence that names the kind, where it was not asked for and another would have come first.
    """

    kind: str
    shown: pl.DataFrame
    idle: tuple[str, ...]
    assumed: tuple[str, ...] = ()

    def columns(self, name: str) -> pl.DataFrame:
        """Return what is shown under the names of a table: `name` and `name`_name."""
        return self.shown.rename({"id": name, "name": f"{name}_name"})


def known_kind(
    nodes: pl.DataFrame, kind: str, kinds: Sequence[str], *, whole: bool = True
) -> tuple[str, tuple[str, ...]]:
    """Return a kind, or for `FIRST` the first that is known, else the first of all; and what to say of that.

    Parameters
    ----------
    nodes : polars.DataFrame
        kind, of the regions or competence areas among which one is taken.
    kind : str
        What was asked for.
    kinds : sequence of str
        The order in which one is taken.
    whole : bool
        Whether the nodes are all that is known, or a part that was asked for.

    Examples
    --------
    >>> nodes = pl.DataFrame({"kind": ["goal", "segment"]})
    >>> known_kind(nodes, "segment", KINDS), known_kind(nodes, "first", KINDS)
    (('segment', ()), ('goal', ('By goal: no field and no sector is known.',)))
    """
    if kind != FIRST:
        return kind, ()
    known = nodes["kind"].unique()
    missed = list(takewhile(lambda kind: kind not in known, kinds))
    if len(missed) in (0, len(kinds)):
        return kinds[0], ()
    taken = kinds[len(missed)]
    where = "known" if whole else "in what was asked for"
    return taken, (f"By {taken}: {listed([f'no {kind}' for kind in missed])} is {where}.",)


def regions(partnerships: Partnerships, level: str, within: Collection[str] = ()) -> Axis:
    """Return the regions of a level in play: with an activity, or where an organization declares to work.

    Parameters
    ----------
    partnerships : Partnerships
    level : str
        region, subregion or country; first for the first of these that is known within what is given.
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
    inside = _inside(setting.regions, setting.under_region, within)
    level, assumed = known_kind(inside, level, LEVELS, whole=not within)
    chosen = _chosen(setting.regions, inside, level, LEVELS, "region", within)
    at = setting.regions_at(level)
    used = _used(partnerships, at, setting.took_place_in, setting.works_in, "region")
    return replace(_axis(level, chosen, used), assumed=assumed)


def areas(partnerships: Partnerships, kind: str, within: Collection[str] = ()) -> Axis:
    """Return the competence areas of a kind in play: with an activity, or that an organization declares.

    As `regions`, by areas.
    """
    setting = partnerships.setting
    inside = _inside(setting.competence_areas, setting.under_area, within)
    kind, assumed = known_kind(inside, kind, KINDS, whole=not within)
    chosen = _chosen(setting.competence_areas, inside, kind, KINDS, "competence area", within)
    at = setting.areas_at(kind)
    used = _used(partnerships, at, setting.addresses, setting.competent_in, "competence_area")
    return replace(_axis(kind, chosen, used), assumed=assumed)


def _inside(nodes: pl.DataFrame, under: Callable[[str], set[str]], within: Collection[str]) -> pl.DataFrame:
    """Return the nodes under what is given; all where nothing is."""
    ids = sorted(set().union(*(under(word) for word in within)))
    return nodes.filter(pl.col("id").is_in(ids)) if within else nodes


def _chosen(
    nodes: pl.DataFrame, inside: pl.DataFrame, kind: str, kinds: Collection[str], what: str, within: Collection[str]
) -> pl.DataFrame:
    """Return the nodes of the kind, of those that are under what is given."""
    if nodes.filter(pl.col("kind") == kind).is_empty():
        raise UsageProblem(f"No {what} of kind {kind} is known; {_there_are(nodes, kinds, what)}")
    kept = inside.filter(pl.col("kind") == kind)
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
