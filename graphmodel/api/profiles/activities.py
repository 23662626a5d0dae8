"""The profile of an activity: who took part in which roles, when, where and on what, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from graphmodel import notebook, scope
from graphmodel.analysis.phrases import counted, first
from graphmodel.api.profiles import claims
from graphmodel.api.projection import Projection

if TYPE_CHECKING:
    from graphmodel.api import Graph

NAMED = 5  # participants that a sentence names
SECTIONS = {
    "regions": ("TOOK_PLACE_IN", "took place in", "region"),
    "subjects": ("ADDRESSES", "addresses", "competence_area"),
    "wholes": ("PART_OF", "is part of", "activity"),
    "parts": ("PART_OF", "has as a part", "activity"),
}
"""Of what type and in which words the claims of a section are, and what they name."""


@dataclass(frozen=True, eq=False)
class ActivityProfile:
    """What is known of an activity, whatever a filter says.

    Attributes
    ----------
    id, name : str
    about : mapping
        What is stated of it: kind, started, ended, status, budget, currency, url, note, as far as known.
    participants : polars.DataFrame
        organization, organization_name, kind, country, roles, contribution, currency, sources.
    regions, subjects : polars.DataFrame
        region (competence_area), its name, share (percent of the activity), sources.
    wholes, parts : polars.DataFrame
        activity, activity_name, sources: what it is part of, and what is part of it.
    sources, statements : polars.DataFrame
        As of `OrganizationProfile`.
    """

    id: str
    name: str
    about: Mapping[str, Any]
    participants: pl.DataFrame
    regions: pl.DataFrame
    subjects: pl.DataFrame
    wholes: pl.DataFrame
    parts: pl.DataFrame
    sources: pl.DataFrame
    statements: pl.DataFrame

    @property
    def figures(self) -> dict[str, int]:
        """Return how much there is of what."""
        return {
            "Organizations": self.participants["organization"].n_unique(),
            "Regions": self.regions["region"].n_unique(),
            "Competence areas": self.subjects["competence_area"].n_unique(),
            "Sources": self.sources.height,
        }

    @property
    def words(self) -> tuple[str, ...]:
        """Return what it is in sentences."""
        return tuple(_words(self))

    def _repr_html_(self) -> str:
        """Return its sentences and tables, for a notebook."""
        return notebook.record(self.name, self.words, vars(self))


def activity(graph: "Graph", projection: Projection, word: str) -> ActivityProfile:
    """Return the profile of an activity; see `ActivityProfile`.

    Parameters
    ----------
    graph : Graph
    projection : Projection
        Knows which organizations are the same; its filter does not count.
    word : str
        Its id or name.

    Raises
    ------
    UsageProblem
        If it is unknown, or could be several; the message suggests the nearest.
    """
    (id,) = scope.resolve([word], projection.activities, "Activity")
    about = claims.node(graph.store, "Activity", id)
    said = claims.claims(graph.store, "Activity", [id])
    described: Any = about.pop("sources", ())
    return ActivityProfile(
        id=id,
        name=str(about.pop("name", id)),
        about={name: value for name, value in about.items() if name != "id"},
        participants=_participants(projection, said),
        **{name: _section(said, *how) for name, how in SECTIONS.items()},
        sources=claims.sources(graph.store, said, described),
        statements=said.select("said", "label", "what_id", "what", "detail", "source", "record"),
    )


def _participants(projection: Projection, said: pl.DataFrame) -> pl.DataFrame:
    """Those who took part, each body once; of money that two sources tell alike, once."""
    rows = said.filter(pl.col("type") == "PARTICIPATED_IN").with_columns(pl.col("what_id").replace(projection.bodies))
    roles = pl.col("detail").drop_nulls().unique().sort().alias("roles")
    by_who = rows.group_by(organization="what_id").agg(pl.col("what").first(), roles, _sources())
    given = rows.drop_nulls("contribution").unique(["what_id", "detail", "contribution", "currency"])
    money = given.group_by(organization="what_id").agg(
        pl.when(pl.col("currency").n_unique() == 1).then(pl.col("contribution").sum()).first().alias("contribution"),
        pl.when(pl.col("currency").n_unique() == 1).then(pl.col("currency").first()).first().alias("currency"),
    )
    known = projection.organizations.select("kind", "country", organization="id", organization_name="name")
    told = by_who.join(known, on="organization", how="left").join(money, on="organization", how="left")
    named = told.with_columns(pl.coalesce("organization_name", "what", "organization").alias("organization_name"))
    columns = ("organization", "organization_name", "kind", "country", "roles", "contribution", "currency", "sources")
    return named.select(columns).sort("organization_name", "organization")


def _section(said: pl.DataFrame, type_: str, words: str, column: str) -> pl.DataFrame:
    rows = said.filter((pl.col("type") == type_) & (pl.col("said") == words))
    named = rows.rename({"what_id": column, "what": f"{column}_name"})
    share = [pl.col("share").drop_nulls().first()] if type_ != "PART_OF" else []
    return named.group_by(column, f"{column}_name").agg(*share, _sources()).sort(f"{column}_name", column)


def _sources() -> pl.Expr:
    return pl.col("source").drop_nulls().unique().sort().alias("sources")


def _words(one: ActivityProfile) -> Iterator[str]:
    who = one.participants["organization_name"].to_list()
    if who:
        yield f"{counted(len(who), 'organization')} took part: {first(who, NAMED)}."
    else:
        yield "No organization is recorded as having taken part."
    missing = [noun for noun, there in _told(one).items() if not there]
    if missing:
        yield f"Not recorded: {', '.join(missing)}."


def _told(one: ActivityProfile) -> dict[str, bool]:
    """What a reader would look for, and whether it is there."""
    dated = "started" in one.about or "ended" in one.about
    return {"a date": dated, "a region": one.regions.height > 0, "a competence area": one.subjects.height > 0}
