"""Maps of the world and around one organization, as their readers use them."""

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.networks import circles, partners
from tests.browser.test_accessibility import violations
from tests.browser.test_map import FRAME, details, label_texts, place, status

COUNTRIES = {
    "a": "FR",
    "b": "FR",
    "c": "FR",
    "d": "KE",
    "e": "BR",
    "f": "JP",
    "g": "AU",
    "h": "CA",
    "i": "IN",
    "j": "DE",
}


def abroad() -> nx.Graph:
    """The thirteen partners in nine countries; of three no country is known."""
    network = partners()
    for id in network:
        network.nodes[id]["country"] = COUNTRIES.get(id)
    return network


def pixel(page: Page, x: float, y: float) -> list[int]:
    """What is drawn at a point of the window: red, green, blue, opacity."""
    page.mouse.move(2, 2)
    page.evaluate(FRAME)
    box = page.locator("#net").bounding_box()
    return page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector("#net canvas");
          const ratio = canvas.width / canvas.clientWidth;
          return [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data];
        }""",
        [x - box["x"], y - box["y"]],
    )


def between(page: Page, west: str, east: str, part: float, up: float = 0.0) -> tuple[float, float]:
    """A point part of the way from one organization to another, raised by a share of the way from west to east."""
    (ax, ay), (bx, by) = place(page, west), place(page, east)
    return ax + part * (bx - ax), ay + part * (by - ay) - up * (bx - ax)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_countries_are_drawn_below_the_organizations(open_map, scheme: str) -> None:
    page = open_map(abroad(), layout="geo", browse={"color_scheme": scheme})
    sahara, atlantic = between(page, "a", "d", 0.5, 0.04), between(page, "e", "d", 0.35)
    assert pixel(page, *atlantic)[3] == 0
    assert 10 < pixel(page, *sahara)[3] < 80


def test_the_shelf_says_how_many_have_no_place_and_the_footer_whose_outlines_these_are(open_map) -> None:
    page = open_map(abroad(), layout="geo")
    assert "Place not known: 3 organizations" in label_texts(page)
    expect(page.locator("#provenance")).to_contain_text("3 organizations stand below the map")
    expect(page.locator("#provenance")).to_contain_text("Natural Earth")


def test_a_click_on_the_arc_of_a_tie_shows_the_alliance_and_beside_it_nothing(open_map) -> None:
    network = nx.Graph([("a", "f", {"shared": 1})])
    network.add_nodes_from((id, {"name": id.upper(), "country": COUNTRIES[id]}) for id in "af")
    page = open_map(network, layout="geo")
    page.mouse.click(*between(page, "a", "f", 0.5))
    expect(details(page)).to_be_hidden()
    page.mouse.click(*between(page, "a", "f", 0.5, 0.14))
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Alliance")


@pytest.mark.parametrize("layout", ["geo", "radial"])
def test_search_filters_and_details_work_as_on_any_map(open_map, layout: str) -> None:
    page = open_map(abroad(), layout=layout, centre="a", groups=circles(), labels={0: "Water"})
    expect(page.get_by_role("button", name="Communities")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("organization b")
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization B")
    expect(details(page)).to_contain_text("Water")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="ngo").click()
    expect(status(page)).to_have_text("5 of 13 organizations, 3 of 24 alliances")


def test_a_radial_map_has_its_organization_in_the_middle_and_names_its_rings(open_map) -> None:
    network = partners()
    network.remove_nodes_from("lm")
    page = open_map(network, layout="radial", centre="a")
    x, y = place(page, "a")
    far = {id: abs(place(page, id)[0] - x) + abs(place(page, id)[1] - y) for id in "bcdiefgh"}
    assert max(far[id] for id in "bcdie") < min(far[id] for id in "fgh")
    assert {"Partners", "2 steps away", "Not connected"} <= set(label_texts(page))
    box = page.locator("#net").bounding_box()
    foot_of_the_outermost = 2 * y - place(page, "k")[1]
    assert foot_of_the_outermost < box["y"] + box["height"]


@pytest.mark.parametrize("layout", ["geo", "radial"])
@pytest.mark.parametrize("browse", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}])
def test_names_do_not_overlap_nothing_goes_beyond_the_screen_and_axe_has_no_objection(open_map, layout, browse) -> None:
    page = open_map(abroad(), layout=layout, centre="a", browse=browse)
    page.evaluate(FRAME)
    boxes = [label["box"] for label in page.evaluate("graphmodel.labels()")]
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_print_shows_the_countries_in_the_colours_of_the_light_map(open_map) -> None:
    light, dark = (open_map(abroad(), layout="geo", browse={"color_scheme": scheme}) for scheme in ("light", "dark"))
    sahara = between(light, "a", "d", 0.5, 0.04)
    assert pixel(light, *sahara) != pixel(dark, *sahara)
    dark.evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    assert pixel(dark, *sahara) == pixel(light, *sahara)
