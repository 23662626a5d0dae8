"""The map of a network that is too large to be shown at once: its groups, and one of them opened."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from graphmodel.viz.elements import Scene
from graphmodel.viz.groups import overview
from graphmodel.viz.scene import scene
from tests.browser.networks import HOSTILE, circles, partners
from tests.browser.test_map import details, place, status

ALL = "3 of 3 groups, 13 of 13 organizations"
WATER = "Water, 5 of 5 organizations, 10 of 10 alliances"
YOUTH = "Youth, 5 of 5 organizations, 10 of 10 alliances"
LABELS = {0: "Water", 1: "Youth", 2: "Culture"}
PHONE = {"viewport": {"width": 390, "height": 844}}


def groups_alone() -> Scene:
    """As above 5,000 organizations: the page holds no organization."""
    return overview(partners(), title="Map", groups=circles(), labels=LABELS)


def divided() -> Scene:
    """As from 2,000 organizations on: the page holds all, and opens on the groups."""
    above = overview(partners(), title="Map", groups=circles(), labels=LABELS, linked=True)
    return replace(scene(partners(), title="Map", groups=circles(), labels=LABELS), overview=above)


@pytest.fixture
def page(open_map) -> Page:
    """The map that opens on the groups."""
    return open_map(divided())


def test_it_opens_on_the_groups_with_their_names_and_sizes(page: Page) -> None:
    expect(status(page)).to_have_text(ALL)
    expect(page.get_by_role("button", name="All groups")).to_be_hidden()
    texts = {label["text"] for label in page.evaluate("graphmodel.labels()")}
    assert texts == {"Water · 5", "Youth · 5", "Small group · 3"}


def test_a_click_opens_a_group_and_the_button_goes_back(page: Page) -> None:
    page.mouse.click(*place(page, "0"))
    expect(status(page)).to_have_text(WATER)
    assert page.evaluate("location.hash") == "#group=0"
    expect(details(page).get_by_role("heading")).to_have_text(["Water", "Members", "Ties to 1 other group"])
    page.get_by_role("button", name="All groups").click()
    expect(status(page)).to_have_text(ALL)
    assert page.evaluate("location.hash") == ""


def test_escape_leaves_the_organization_then_the_group(open_map) -> None:
    page = open_map(divided(), at="#group=1&org=e")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization E")
    page.keyboard.press("Escape")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Youth")
    assert page.evaluate("location.hash") == "#group=1"
    page.keyboard.press("Escape")
    expect(status(page)).to_have_text(ALL)


def test_escape_closes_the_table_before_the_group(open_map) -> None:
    page = open_map(divided(), at="#group=0")
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("row")).to_have_count(6)
    page.keyboard.press("Escape")
    expect(page.get_by_role("row")).to_have_count(0)
    expect(status(page)).to_have_text(WATER)


def test_back_and_forward_of_the_browser_go_between_groups(page: Page) -> None:
    page.mouse.click(*place(page, "0"))
    expect(status(page)).to_have_text(WATER)
    details(page).get_by_role("button", name="Youth").click()
    expect(status(page)).to_have_text(YOUTH)
    page.go_back()
    expect(status(page)).to_have_text(WATER)
    page.go_back()
    expect(status(page)).to_have_text(ALL)
    page.go_forward()
    expect(status(page)).to_have_text(WATER)


def test_the_keyboard_opens_a_group(page: Page) -> None:
    page.locator("#net").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(WATER)


def test_a_search_finds_an_organization_and_opens_its_group(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("organization f")
    expect(page.get_by_role("option")).to_have_text(["Organization Fin Youth"])
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(YOUTH)
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization F")
    assert page.evaluate("location.hash") == "#group=1&org=f"


def test_in_a_group_a_search_finds_those_of_others_too(open_map) -> None:
    page = open_map(divided(), at="#group=0")
    page.get_by_role("combobox").fill("organization")
    expect(page.get_by_role("option", name="Organization B")).to_have_text("Organization Bngo")
    page.get_by_role("combobox").fill("organization k")
    expect(page.get_by_role("option")).to_have_text(["Organization Kin Small group"])
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("Small group, 3 of 3 organizations, 3 of 3 alliances")


@pytest.mark.parametrize("address", ["#org=e", "#group=1&org=e"])
def test_an_address_opens_an_organization_in_its_group(open_map, address: str) -> None:
    page = open_map(divided(), at=address)
    expect(status(page)).to_have_text(YOUTH)
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization E")


@pytest.mark.parametrize("address", ["#group=77", "#org=nobody", "#group=", "#nonsense"])
def test_an_address_that_means_nothing_opens_the_groups(open_map, address: str) -> None:
    expect(status(open_map(divided(), at=address))).to_have_text(ALL)


def test_members_are_links_to_themselves_and_partners_elsewhere_to_their_group(open_map) -> None:
    page = open_map(divided(), at="#group=0")
    details(page).get_by_role("button", name="Łódź Society of Arts and Letters").click()
    expect(details(page).get_by_role("heading", level=3)).to_have_text(["4 partners", "1 partner in other groups"])
    details(page).get_by_role("button", name="Organization E").click()
    expect(status(page)).to_have_text(YOUTH)
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization E")


def test_filters_apply_within_the_group(open_map) -> None:
    page = open_map(divided(), at="#group=0")
    expect(page.locator("#kinds button:visible")).to_have_text(["ngo4", "foundation1"])
    page.get_by_role("button", name="ngo").click()
    expect(status(page)).to_have_text("Water, 1 of 5 organizations, 0 of 10 alliances")


def test_the_theme_outlasts_the_opening_of_a_group(page: Page) -> None:
    page.get_by_role("button", name="Dark").click()
    page.mouse.click(*place(page, "0"))
    expect(status(page)).to_have_text(WATER)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_row_of_the_table_opens_a_group(page: Page) -> None:
    page.get_by_role("button", name="Table").click()
    rows = page.locator("tbody tr")
    expect(rows.first.locator("th, td")).to_have_text(["Water", "1", "1", "5"])
    expect(page.locator("thead th")).to_have_text(
        ["Group", "Tied to groups", "Alliances with other groups", "Organizations"]
    )
    rows.nth(1).get_by_role("button").click()
    expect(status(page)).to_have_text(YOUTH)


def test_a_divided_map_that_is_compressed_opens_too(open_map) -> None:
    page = open_map(divided(), compress=True)
    page.mouse.click(*place(page, "0"))
    expect(status(page)).to_have_text(WATER)


def test_without_organizations_in_the_page_a_click_tells_of_the_group(open_map) -> None:
    page = open_map(groups_alone())
    page.mouse.click(*place(page, "0"))
    expect(status(page)).to_have_text(ALL)
    assert page.evaluate("location.hash") == "#group=0"
    expect(details(page).get_by_role("heading")).to_have_text(["Water", "Members", "Ties to 1 other group"])
    expect(details(page).locator("dt")).to_have_text(["Organizations", "Kind", "Alliances inside", "To other groups"])
    expect(details(page).locator("dd")).to_have_text(["5", "ngo: 4foundation: 1", "10", "1"])
    expect(details(page).get_by_role("listitem").first).to_have_text("Łódź Society of Arts and Letters5 partners")
    details(page).get_by_role("button", name="1 alliance with Youth").click()
    expect(details(page).locator("dl")).to_have_text("Alliances1")
    page.keyboard.press("Escape")
    expect(details(page)).to_be_hidden()


def test_without_organizations_in_the_page_a_search_leads_to_the_group_of_one(open_map) -> None:
    page = open_map(groups_alone())
    page.get_by_role("combobox").fill("trust")
    expect(page.get_by_role("option")).to_have_text([f"{HOSTILE}in Small group"])
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Small group")
    assert page.evaluate("window.hacked") is None


def test_the_legend_filters_groups(open_map) -> None:
    page = open_map(groups_alone())
    expect(page.locator("#kinds-title")).to_have_text("Groups by kind of most members")
    page.get_by_role("button", name="government").click()
    expect(status(page)).to_have_text("2 of 3 groups, 10 of 13 organizations")


def test_the_pointer_is_told_how_large_a_group_is(open_map) -> None:
    page = open_map(groups_alone())
    page.mouse.move(*place(page, "0"))
    expect(page.locator("#tooltip")).to_have_text("Water5 organizations, tied to 1 other group")


def test_the_table_of_groups_can_be_downloaded(open_map) -> None:
    page = open_map(groups_alone())
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV of groups").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) == 4
    assert {row.split(",")[1] for row in rows[1:]} == {"Water", "Youth", "Small group"}


def test_on_a_telephone_nothing_is_cut_off(open_map) -> None:
    page = open_map(divided(), at="#group=0", browse=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "#group=0", "#group=0&org=a"])
def test_axe_finds_nothing(open_map, address: str, scheme: str) -> None:
    for drawn in (divided(), groups_alone()):
        page = open_map(drawn, at=address, browse={"color_scheme": scheme})
        assert Axe().run(page).response["violations"] == []
