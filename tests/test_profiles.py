"""Profiles of single things, on the tiny network on both engines, and on the demonstration."""

from pathlib import Path

import polars as pl
import pytest

from graphmodel import api
from graphmodel.analysis.ties.partners import ties_of
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import Selection
from graphmodel.api import listing, profiles
from graphmodel.errors import UsageProblem
from graphmodel.records import Edge, Node, Record
from tests import small
from tests.conftest import TINY


@pytest.mark.parametrize("selection", [Selection(), Selection(exclude=["b"]), Selection(min_shared=2)])
@pytest.mark.parametrize("organization", [*small.ORGANIZATIONS])
def test_the_ties_of_one_are_those_of_all_that_name_it(organization: str, selection: Selection) -> None:
    known: Partnerships = small.partnerships(selection)
    every = known.ties.filter((pl.col("source") == organization) | (pl.col("target") == organization))
    assert ties_of(known, organization).rows() == every.rows()


def test_an_organization_is_told_with_all_that_it_does(tiny: api.Graph) -> None:
    harbor = tiny.organization("HN")
    assert (harbor.id, harbor.name, harbor.about["country"], harbor.about["founded"]) == (
        "harbor",
        "Harbor Network",
        "FR",
        1985,
    )
    assert harbor.figures == {
        "Activities": 7,
        "Partners": 7,
        "Countries": 3,
        "Competence areas": 5,
        "Agreements": 3,
        "Sources": 2,
    }
    assert (harbor.first, harbor.last) == (2009, 2027)
    assert harbor.words == (
        "Harbor Network took part in 7 activities with 7 partners from 2009 to 2027.",
        "It shares most with Fjord Foundation, Heron Aid, Amber Fund, Cedar Trust and Delta Water.",
        "It has 3 formal agreements: with Iris Federation, Amber Fund and Fjord Foundation.",
    )


def test_activities_are_told_with_roles_regions_subjects_and_sources(tiny: api.Graph) -> None:
    told = tiny.organization("harbor").activities
    census = told.filter(pl.col("activity") == "census").row(0, named=True)
    assert (census["roles"], census["regions"], census["sources"]) == (["donor", "organizer"], ["Kenya"], ["handbook"])
    assert told["activity"].to_list()[:2] == ["wells2", "census"]


def test_what_lies_in_a_region_counts_there_too(tiny: api.Graph) -> None:
    where = tiny.organization("cedar").regions
    rows = {row["region"]: (row["activities"], row["declared"]) for row in where.iter_rows(named=True)}
    assert rows["nairobi"] == (1, None)
    assert rows["kenya"] == (3, ["seat", "works there"])
    assert "world" not in rows


def test_competence_is_told_as_declared_and_as_shown(tiny: api.Graph) -> None:
    skills = tiny.organization("harbor").competences
    rows = {row["competence_area"]: (row["activities"], row["declared"]) for row in skills.iter_rows(named=True)}
    assert rows["water"] == (3, ["declared"])
    assert rows["youth"] == (2, None)


def test_competence_that_no_activity_shows_is_named(tiny: api.Graph) -> None:
    assert tiny.organization("fjord").words[-1] == "It declares competence that no activity of its own shows: Culture."


def test_an_agreement_that_two_sources_tell_is_one(tiny: api.Graph) -> None:
    agreed = tiny.organization("fjord").agreements
    assert agreed.select("partner_name", "kind", "sources").rows() == [
        ("Harbor Network", "memorandum", ["handbook", "registry"])
    ]


def test_memberships_are_told_from_both_sides(tiny: api.Graph) -> None:
    columns = ("said", "organization_name")
    assert tiny.organization("cedar").memberships.select(columns).rows() == [("is a member of", "Iris Federation")]
    assert tiny.organization("iris").memberships.select(columns).rows() == [
        ("has as a member", "Cedar Trust"),
        ("has as a member", "Delta Water"),
    ]


def test_every_statement_names_its_source_and_where_it_is_written(tiny: api.Graph) -> None:
    said = tiny.organization("cedar").statements.filter(pl.col("what_id") == "wells")
    assert said.select("said", "detail", "source", "record").rows() == [
        ("took part in", "implementer", "handbook", "page 3"),
        ("took part in", "implementer", "registry", "row 8"),
    ]


def test_a_filter_narrows_what_an_organization_does(tiny: api.Graph) -> None:
    within = api.Filter(regions=["uganda"])
    harbor = tiny.organization("harbor", within)
    assert sorted(harbor.activities["activity"]) == ["tanks", "wells"]
    assert tiny.organization("ember", within).words[0] == "No activity of Ember Youth is recorded here."


def test_an_unknown_name_is_answered_with_the_nearest(tiny: api.Graph) -> None:
    with pytest.raises(
        UsageProblem, match=r'There is no Organization "Harbour Network". Did you mean "Harbor Network"?'
    ):
        tiny.organization("Harbour Network")


def test_an_activity_is_told_with_participants_and_money(tiny: api.Graph) -> None:
    library = tiny.activity("Village Library")
    amber = library.participants.filter(pl.col("organization") == "amber").row(0, named=True)
    assert (amber["roles"], amber["contribution"], amber["currency"]) == (["Funder", "donor"], 15000, "EUR")
    assert (library.about["budget"], library.figures["Organizations"]) == (15000, 4)


def test_an_activity_says_what_is_not_recorded_of_it(tiny: api.Graph) -> None:
    assert tiny.activity("forum").words == (
        "3 organizations took part: Delta Water, Harbor Network and Heron Aid.",
        "Not recorded: a date, a region, a competence area.",
    )


def test_a_share_that_one_source_tells_is_shown(tiny: api.Graph) -> None:
    where = tiny.activity("wells").regions
    assert where.rows() == [
        ("kenya", "Kenya", 60.0, ["handbook", "registry"]),
        ("uganda", "Uganda", None, ["handbook"]),
    ]


def test_a_region_is_told_with_all_that_lies_in_it(tiny: api.Graph) -> None:
    africa = tiny.region("Africa")
    assert africa.wholes["region"].to_list() == ["world"]
    parts = {row["region"]: (row["activities"], row["organizations"]) for row in africa.parts.iter_rows(named=True)}
    assert parts == {"kenya": (5, 8), "uganda": (3, 7)}
    assert africa.figures["Activities"] == 7
    assert africa.words[0].endswith("Most active: Harbor Network, Amber Fund and Cedar Trust.")


def test_a_competence_area_is_told_with_those_who_only_declare_it(tiny: api.Graph) -> None:
    water = tiny.area("Water")
    who = {
        row["organization"]: (row["activities"], row["declared"]) for row in water.organizations.iter_rows(named=True)
    }
    assert who["cedar"] == (2, ["declared"])
    assert who["fjord"] == (1, None)
    assert water.others["region"].to_list()[:2] == ["africa", "kenya"]


def test_lists_hold_everything_within_a_filter(tiny: api.Graph) -> None:
    projection = tiny.project()
    heights = {name: listed(projection).height for name, listed in profiles.LISTS.items()}
    assert heights == {"organizations": 10, "activities": 10, "regions": 7, "areas": 5}
    narrow = tiny.project(api.Filter(competence_areas=["water"]))
    assert profiles.LISTS["activities"](narrow)["activity"].to_list() == ["wells2", "tanks", "wells"]
    assert profiles.LISTS["areas"](narrow).select("competence_area", "activities").row(0) == ("water", 3)


def test_records_that_are_judged_the_same_are_one_profile(tmp_path: Path) -> None:
    judged = tmp_path / "judgements.csv"
    judged.write_text("first,second,judgement,note,by,date\nheron,harbor,same,,,2024-05-01\n", encoding="utf-8")
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        graph.load(TINY)
        one = graph.organization("Heron Aid")
    assert sorted(one.names["id"]) == ["harbor", "heron"]
    assert "2 records count as this organization, by your judgements." in one.words
    assert not {"heron", "harbor"} & {*one.partners["partner"]}


def test_a_relationship_type_that_was_added_is_told_in_its_own_words(tmp_path: Path) -> None:
    from dataclasses import replace

    from graphmodel.schema import SCHEMA, RelationshipType

    audits = RelationshipType(
        "Organization", "AUDITS", "Organization", "audits", "audits.csv", ("organization", "audited")
    )
    schema = replace(SCHEMA, relationships=(*SCHEMA.relationships, audits))
    records: list[Record] = [
        Node("Organization", "a", {"name": "Alpha"}),
        Node("Organization", "b", {"name": "Beta"}),
        Edge("AUDITS", "a", "b", {}),
    ]
    with api.open(str(tmp_path / "graph.lbug"), schema) as graph:
        graph.load(records)
        assert graph.organization("a").statements.select("said", "what").rows() == [("audits", "Beta")]
        assert graph.organization("b").statements.select("said", "what").rows() == [("is what audits", "Alpha")]


@pytest.fixture(scope="module")
def projection(demonstration: str) -> api.Projection:
    """Return the demonstration as it is analysed."""
    return api.open(demonstration).project()


def test_the_place_of_a_hub_is_the_first(projection: api.Projection) -> None:
    found = profiles.place(projection.analyse("brokers"), "unesco", "UNESCO")
    assert found.table.select("rank", "of").rows() == [(1, 60)] * 4
    assert found.words[0] == "It has 52 partners, the most of 60 organizations."


def test_who_has_no_tie_has_no_place_and_no_group(projection: api.Projection) -> None:
    said = "Nothing ties ICOM to another organization here, so it has no place in the network."
    assert profiles.place(projection.analyse("brokers"), "icom", "ICOM").words == (said,)
    assert profiles.group(projection.analyse("communities"), "icom", "ICOM").words == (said,)


def test_a_group_names_the_others(projection: api.Projection) -> None:
    found = projection.analyse("communities")
    told = profiles.group(found, "unesco", "UNESCO")
    same = {id for id, group in found.groups.items() if group == found.groups["unesco"]}
    assert {*told.table["organization"], "unesco"} == same


def test_no_tie_of_a_hub_is_more_than_chance_and_that_is_said(projection: api.Projection) -> None:
    partners = ties_of(projection.partnerships, "unesco")
    named = partners.select(pl.when(pl.col("source") == "unesco").then("target").otherwise("source").alias("partner"))
    table = named.with_columns(partner_name="partner", shared=partners["shared"])
    told = profiles.tested(listing.alliances(projection), table, "unesco")
    assert told.table["expected"].null_count() == 0
    assert told.words[0] == (
        "None of its 52 ties is more than chance: others as active would share as much. That is an answer, not a "
        "failure."
    )


def test_the_picture_of_one_holds_its_partners_and_their_ties(projection: api.Projection) -> None:
    partners = pl.DataFrame({"partner": ["lc", "afal"]})
    drawn = profiles.around(projection, "unesco", partners)
    assert set(drawn) == {"unesco", "lc", "afal"}
    assert drawn.size() == 3
