"""The profile of an organization: what it does, where, with whom, since when, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from graphmodel import notebook
from graphmodel.analysis.phrases import counted, first, listed
from graphmodel.analysis.ties.partners import ties_of
from graphmodel.api.profiles import claims, sections
from graphmodel.api.projection import Projection

if TYPE_CHECKING:
    from graphmodel.api import Graph

NAMED = 5  # partners and regions that a sentence names


@dataclass(frozen=True, eq=False)
class OrganizationProfile:
    """What is known of an organization within a filter.

    Attributes
    ----------
    id, name : str
    about : mapping
        What is stated of it: acronym, kind, country, founded, status, status_since, url, note, as far as known.
    names : polars.DataFrame
        id, name, acronym: all that count as it, itself first.
    first, last : int, optional
        Years of its first and last activity or agreement.
    activities : polars.DataFrame
        activity, activity_name, kind, roles, started, ended, organizations, regions, subjects, sources; the latest
        first.
    regions, competences : polars.DataFrame
        region (competence_area), its name and kind, activities, declared; what lies in another counts there, too.
    partners : polars.DataFrame
        partner, partner_name, kind, country, shared, strength, first, last, status, basis; the strongest first.
    agreements : polars.DataFrame
        partner, partner_name, kind, started, ended, url, sources.
    memberships : polars.DataFrame
        organization, organization_name, said (is a member of, has as a member), started, ended, sources.
    sources : polars.DataFrame
        source, title, publisher, licence, url, retrieved, statements.
    statements : polars.DataFrame
        said, label, what_id, what, detail, source, record: each claim, and where it is written.
    words : tuple of str
        What it is in sentences.
    """

    id: str
    name: str
    about: Mapping[str, Any]
    names: pl.DataFrame
    first: int | None
    last: int | None
    activities: pl.DataFrame
    regions: pl.DataFrame
    competences: pl.DataFrame
    partners: pl.DataFrame
    agreements: pl.DataFrame
    memberships: pl.DataFrame
    sources: pl.DataFrame
    statements: pl.DataFrame

    @property
    def figures(self) -> dict[str, int]:
        """Return how much there is of what."""
        return {
            "Activities": self.activities.height,
            "Partners": self.partners.height,
            "Countries": self.regions.filter(pl.col("kind") == "country").height,
            "Competence areas": self.competences.height,
            "Agreements": self.agreements.height,
            "Sources": self.sources.height,
        }

    @property
    def words(self) -> tuple[str, ...]:
        """Return what it is in sentences."""
        return tuple(_words(self))

    def _repr_html_(self) -> str:
        """Return its sentences and tables, for a notebook."""
        return notebook.record(self.name, self.words, vars(self))


def organization(graph: "Graph", projection: Projection, word: str) -> OrganizationProfile:
    """Return the profile of an organization within the filter of a projection; see `OrganizationProfile`.

    Parameters
    ----------
    graph : Graph
    projection : Projection
    word : str
        Its id, name or acronym, or one that counts as it.

    Raises
    ------
    UsageProblem
        If it is unknown, or could be several; the message suggests the nearest.
    """
    partnerships, setting = projection.partnerships, projection.partnerships.setting
    id = partnerships.organization(word)
    names = projection.names(id)
    said = claims.claims(graph.store, "Organization", names["id"].to_list())
    about = _about(projection, id)
    done = _activities(projection, id, said)
    agreements = _agreements(projection, said)
    since, until = sections.years(done, agreements)
    return OrganizationProfile(
        id=id,
        name=about.pop("name", None) or id,
        about=about,
        names=names,
        first=since,
        last=until,
        activities=done,
        regions=sections.rolled_up(sections.regions(setting), done["activity"], id),
        competences=sections.rolled_up(sections.areas(setting), done["activity"], id),
        partners=_partners(projection, id),
        agreements=agreements,
        memberships=_memberships(projection, said),
        sources=claims.sources(graph.store, said, about.pop("sources", ())),
        statements=said.select("said", "label", "what_id", "what", "detail", "source", "record"),
    )


def _about(projection: Projection, id: str) -> dict[str, Any]:
    row = projection.organizations.filter(pl.col("id") == id).row(0, named=True)
    return {name: value for name, value in row.items() if value not in (None, []) and name != "id"}


def _activities(projection: Projection, id: str, said: pl.DataFrame) -> pl.DataFrame:
    """Its activities with its roles in them, and who says so."""
    partnerships = projection.partnerships
    own = partnerships.incidence.filter(pl.col("organization") == id)["activity"]
    told = sections.activities(partnerships, own)
    took_part = projection.participations.filter(pl.col("organization") == id)
    roles = took_part.group_by("activity").agg(pl.col("role").drop_nulls().unique().sort().alias("roles"))
    by = said.filter(pl.col("type") == "PARTICIPATED_IN").group_by(activity="what_id").agg(_sources())
    joined = told.join(roles, on="activity", how="left", maintain_order="left").join(
        by, on="activity", how="left", maintain_order="left"
    )
    return joined.select("activity", "activity_name", "kind", "roles", *told.columns[3:], "sources")


def _partners(projection: Projection, id: str) -> pl.DataFrame:
    partnerships = projection.partnerships
    ties = ties_of(partnerships, id)
    other = pl.when(pl.col("source") == id).then("target").otherwise("source").alias("partner")
    known = projection.organizations.select(
        partner="id", partner_name=pl.coalesce("name", "id"), kind="kind", country="country"
    )
    named = ties.with_columns(other).join(known, on="partner", how="left", maintain_order="left")
    figures = ("shared", "strength", "first", "last", "status", "basis")
    return named.select("partner", "partner_name", "kind", "country", *figures)


def _agreements(projection: Projection, said: pl.DataFrame) -> pl.DataFrame:
    rows = _with_bodies(projection, said.filter(pl.col("type") == "PARTNERED_WITH"))
    keys = ("partner", "partner_name", "kind", "started", "ended", "url")
    named = rows.rename({"what_id": "partner", "what": "partner_name", "detail": "kind"})
    return named.group_by(keys).agg(_sources()).sort("started", "partner_name", "kind", nulls_last=True)


def _memberships(projection: Projection, said: pl.DataFrame) -> pl.DataFrame:
    rows = _with_bodies(projection, said.filter(pl.col("type") == "MEMBER_OF"))
    keys = ("said", "organization", "organization_name", "started", "ended")
    named = rows.rename({"what_id": "organization", "what": "organization_name"})
    return (
        named.group_by(keys)
        .agg(_sources())
        .sort("said", "organization_name", "organization", descending=[True, False, False])
    )


def _with_bodies(projection: Projection, said: pl.DataFrame) -> pl.DataFrame:
    """Claims on other organizations, each body by one id; those on itself say nothing."""
    bodies = projection.bodies
    names = dict(projection.organizations.select("id", pl.coalesce("name", "id")).iter_rows()) if bodies else {}
    changed = said.with_columns(pl.col("own_id", "what_id").replace(bodies))
    renamed = changed.with_columns(
        pl.col("what_id").replace_strict(names, default=pl.col("what"), return_dtype=pl.String).alias("what")
    )
    return renamed.filter(pl.col("own_id") != pl.col("what_id"))


def _sources() -> pl.Expr:
    return pl.col("source").drop_nulls().unique().sort().alias("sources")


def _words(one: OrganizationProfile) -> Iterator[str]:
    if one.activities.is_empty():
        yield f"No activity of {one.name} is recorded here."
    else:
        partners = one.partners.filter(pl.col("shared") > 0).height
        with_whom = f"with {counted(partners, 'partner')}" if partners else "without any partner"
        yield f"{one.name} took part in {counted(one.activities.height, 'activity')} {with_whom}{_years(one)}."
    strongest = one.partners.filter(pl.col("shared") > 0)["partner_name"].to_list()
    if strongest:
        yield f"It shares most with {listed(strongest[:NAMED])}."
    if one.agreements.height:
        others = one.agreements["partner_name"].unique(maintain_order=True).to_list()
        yield f"It has {counted(one.agreements.height, 'formal agreement')}: with {first(others, NAMED)}."
    unshown = one.competences.filter(pl.col("declared").is_not_null() & (pl.col("activities") == 0))
    if unshown.height:
        named = first(unshown["competence_area_name"].to_list(), NAMED)
        yield f"It declares competence that no activity of its own shows: {named}."
    if one.names.height > 1:
        yield f"{counted(one.names.height, 'record')} count as this organization, by your judgements."


def _years(one: OrganizationProfile) -> str:
    if one.first is None:
        return "; no date is known"
    return f" in {one.first}" if one.first == one.last else f" from {one.first} to {one.last}"
