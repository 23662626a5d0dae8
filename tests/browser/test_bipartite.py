"""Organizations and activities on one page, as its readers use them."""

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from graphmodel.viz.units import TWO_MODE
from tests.browser.test_accessibility import violations
from tests.browser.test_map import details, label_texts, status

TWO = {"layout": "bipartite", "unit": TWO_MODE, "title": "Who met"}


def met() -> nx.Graph:
    """Four organizations in three activities; of one no date is known."""
    network = nx.Graph(
        sources=[{"id": "s1", "title": "Annual report", "url": "https://example.org/report"}], isolates=2
    )
    for id, name, kind in (("a", "Academy", "ngo"), ("b", "Bureau", "ngo"), ("c", "Council", "government")):
        network.add_node(id, name=name, kind=kind, bipartite=0)
    network.add_node("d", name="Department of Culture", kind="government", acronym="DoC", bipartite=0)
    activities = {
        "water": {"name": "Forum on Water", "kind": "forum", "started": "2014-07-30", "ended": "2015-01-31"},
        "youth": {"name": "Congress of Youth", "kind": "congress", "started": "2019-05-02"},
        "pact": {"name": "Pact", "kind": "agreement", "regions": ["Africa"], "competence_areas": ["culture"]},
    }
    for id, known in activities.items():
        network.add_node(id, **known, bipartite=1)
    water = {"first": 2014, "last": 2015, "sources": ["s1"]}
    network.add_edge("a", "water", roles=["host", "speaker"], **water)
    network.add_edge("b", "water", roles=["guest"], **water)
    network.add_edge("c", "water", roles=["guest"], **water)
    network.add_edge("a", "youth", roles=["guest"], first=2019, last=2019, sources=[])
    network.add_edge("c", "pact", roles=["signatory"], sources=[])
    network.add_edge("d", "pact", roles=["signatory"], sources=[])
    return network


@pytest.fixture
def page(open_map) -> Page:
    return open_map(met(), **TWO)


def entry(page: Page, legend: str, name: str) -> None:
    page.get_by_role("group", name=legend).get_by_role("button", name=name).click()


def rows(page: Page, item: str) -> list[dict[str, str]]:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name=item).click()
    return list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig"))))


def test_it_says_how_many_of_both_there_are_and_what_the_columns_hold(page: Page) -> None:
    expect(status(page)).to_have_text("4 of 4 organizations, 3 of 3 activities, 6 of 6 participations")
    assert {"Organizations", "Activities", "Academy", "Pact"} <= set(label_texts(page))
    expect(page.get_by_text("2 organizations without an activity are not on the map.")).to_be_visible()
    expect(page.locator("#sliders .slider")).to_have_count(0)
    expect(page.locator("#keys")).to_contain_text("Arrow keys go from one organization or activity to the next")


def test_kinds_of_both_and_roles_are_filters_of_their_own(page: Page) -> None:
    entry(page, "Activities by kind", "forum")
    expect(status(page)).to_have_text("4 of 4 organizations, 2 of 3 activities, 3 of 6 participations")
    entry(page, "Organizations by kind", "ngo")
    expect(status(page)).to_have_text("2 of 4 organizations, 2 of 3 activities, 2 of 6 participations")
    page.get_by_role("button", name="Reset all").click()
    entry(page, "Participations by role", "guest")
    expect(status(page)).to_have_text("3 of 4 organizations, 2 of 3 activities, 3 of 6 participations")
    page.get_by_role("button", name="Reset all").click()
    page.get_by_role("slider", name="From year").fill("2016")
    expect(status(page)).to_have_text("1 of 4 organizations, 1 of 3 activities, 1 of 6 participations")
    expect(page.locator("#years-note")).to_have_text("2 participations without a year are hidden")


def test_a_search_finds_an_activity_and_its_details_name_who_took_part(page: Page) -> None:
    page.get_by_role("combobox", name="Search organizations and activities").fill("forum")
    page.keyboard.press("Enter")
    panel = details(page)
    expect(panel.get_by_role("heading", level=2)).to_have_text("Forum on Water")
    assert panel.locator("dt").all_text_contents() == ["Kind", "Started", "Ended"]
    expect(panel.get_by_text("3 participants", exact=True)).to_be_visible()
    first = panel.locator(".partners .partner").first
    expect(first).to_have_text("Academyhost, speaker · 2014\N{EN DASH}2015, participation with Academy")
    expect(panel.get_by_role("link", name="Annual report")).to_have_attribute("href", "https://example.org/report")
    panel.get_by_role("button", name="Academy", exact=True).click()
    assert panel.locator(".partners .link:not(.figure)").all_text_contents() == ["Forum on Water", "Congress of Youth"]
    expect(panel.get_by_text("2 activities", exact=True)).to_be_visible()
    panel.get_by_role("button", name="participation with Forum on Water").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Participation")
    expect(panel.locator(".both")).to_have_text("AcademyinForum on Water")
    assert panel.locator("dt").all_text_contents() == ["Roles", "Years"]
    assert violations(page) == []


def test_table_and_files_hold_both(page: Page) -> None:
    entry(page, "Activities by kind", "agreement")
    page.get_by_role("button", name="Table").click()
    headings = page.locator("#table th[scope=col]").all_text_contents()
    assert headings == ["Organization or activity", "Acronym", "Type", "Kind", "Participations"]
    assert page.locator("#table tbody tr").count() == 6
    assert violations(page) == []
    page.get_by_role("button", name="Table").click()
    marks = rows(page, "CSV of organizations and activities")
    assert {(row["name"], row["type"], row["started"]) for row in marks} >= {
        ("Academy", "organization", ""),
        ("Forum on Water", "activity", "2014-07-30"),
    }
    ties = rows(page, "CSV of participations")
    assert list(ties[0]) == ["source", "source_name", "target", "target_name", "role", "first", "last"]
    assert [row["role"] for row in ties if row["source"] == "a"] == ["host; speaker", "guest"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_map, scheme: str) -> None:
    assert violations(open_map(met(), **TWO, browse={"color_scheme": scheme})) == []


def test_a_telephone_shows_it_without_scrolling_sideways(open_map) -> None:
    page = open_map(met(), **TWO, browse={"viewport": {"width": 390, "height": 844}})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
