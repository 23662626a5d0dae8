"""The map of regions on the earth: one of them opened, or told of where the page holds no organization."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from graphmodel.viz.elements import Scene
from graphmodel.viz.regions import Regions, regional
from graphmodel.viz.scene import scene
from tests.browser.networks import CIRCLES, partners
from tests.browser.test_map import place

SEATS = dict(zip(CIRCLES, ("KE", "FR", "JP"), strict=True))
COUNTRIES = {id: seat for circle, seat in SEATS.items() for id in circle if id != "m"}
NAMES = {"KE": "Kenya", "FR": "France", "JP": "Japan"}
ALL = "4 of 4 countries, 13 of 13 organizations"


def regions() -> Scene:
    """Five organizations in Kenya and in France, two in Japan, one nowhere."""
    network = partners()
    for id in network:
        network.nodes[id].pop("country")
    level = Regions("country", {id: NAMES[seat] for id, seat in COUNTRIES.items()}, COUNTRIES)
    return regional(network, level, title="Map")


def test_a_click_opens_a_region_whose_words_are_those_of_countries(open_map: Callable[..., Page]) -> None:
    page = open_map(regions())
    details = page.get_by_role("complementary", name="Details")
    expect(page.get_by_role("status")).to_have_text(ALL)
    expect(page.locator("#kinds-title")).to_have_text("Countries by kind of most members")
    texts = {label["text"] for label in page.evaluate("graphmodel.labels()")}
    assert texts >= {"Kenya · 5", "France · 5", "Japan · 2"}
    page.mouse.click(*place(page, "3"))
    expect(page.get_by_role("status")).to_have_text("Kenya, 5 of 5 organizations, 10 of 10 alliances")
    expect(details.get_by_role("heading")).to_have_text(["Kenya", "Members", "Ties to 1 other country"])
    expect(details.locator("dt")).to_have_text(["Organizations", "Kind", "Alliances inside", "To other countries"])
    details.get_by_role("button", name="Łódź Society of Arts and Letters").click()
    expect(details.get_by_role("heading", level=3)).to_have_text(["4 partners", "1 partner in other countries"])
    page.get_by_role("button", name="All countries").click()
    expect(page.get_by_role("status")).to_have_text(ALL)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_it_can_be_used_by_everybody_on_every_screen(
    open_map: Callable[..., Page], theme: str, size: tuple[int, int]
) -> None:
    width, height = size
    browse = {"viewport": {"width": width, "height": height}, "color_scheme": theme}
    page = open_map(regions(), browse=browse, at="#group=rest")
    assert Axe().run(page).response["violations"] == []
    page = open_map(regions(), browse=browse)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_buttons_cover_no_part_of_the_shelf(open_map: Callable[..., Page]) -> None:
    network = partners()
    for place_, id in enumerate(sorted(network)):
        network.nodes[id]["country"] = ("KE", "PE", "JP")[place_] if place_ < 3 else None
    drawn = scene(network, title="Map", layout="geo")
    page = open_map(drawn)
    buttons = page.locator(".zoom").bounding_box()
    shelved = [node.id for node in drawn.nodes if drawn.backdrop.shelf and node.y > drawn.backdrop.shelf.top]
    assert len(shelved) == 10
    for id in shelved:
        x, y = place(page, id)
        assert x - 12 > buttons["x"] + buttons["width"] or y + 12 < buttons["y"]
