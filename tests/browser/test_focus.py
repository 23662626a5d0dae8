"""Who is found by which name, how far the focus reaches, what is written beside marks, and what the page tells."""

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from graphmodel.viz.naming import named
from graphmodel.viz.scene import scene
from tests.browser.networks import assessed, circles, partners
from tests.browser.test_map import color_at, details, label_texts, status

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def known_otherwise() -> nx.Graph:
    """The thirteen organizations, of which one goes by another name and id too."""
    network = partners()
    network.nodes["b"].update(other_names=["Omega Trust"], other_ids=["old-b"])
    network.graph["parameters"] = ("since 2014-01-01", "without lc, unesco")
    return network


def is_above_the_veil(page: Page, id: str) -> bool:
    return color_at(page, id) in ("#6699CC", "#B8860B", "#332288")


def test_another_name_finds_it_and_so_does_the_address_by_an_id_that_counts_as_it(open_map) -> None:
    page = open_map(known_otherwise(), groups=circles(), at="#org=old-b")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization B")
    expect(details(page).locator("dt").first).to_have_text("Also known as")
    expect(details(page).locator("dd").first).to_have_text("Omega Trust")
    assert page.evaluate("location.hash") == "#org=b"
    page.keyboard.press("Escape")
    page.get_by_role("combobox").fill("omega")
    expect(page.get_by_role("option")).to_have_text(["Organization Balso Omega Trust"])
    page.get_by_role("combobox").fill("organization b")
    expect(page.get_by_role("option")).to_have_text(["Organization Bngo"])
    expect(page.get_by_role("contentinfo")).to_contain_text("Parameters: since 2014-01-01; without lc, unesco")


def test_the_keys_1_2_3_and_the_buttons_widen_the_focus(open_map) -> None:
    page = open_map(partners(), groups=circles(), at="#org=b")
    steps = details(page).get_by_role("group", name="Steps around it").get_by_role("button")
    page.mouse.move(5, 5)
    seen = []
    for key in "123":
        page.keyboard.press(key)
        expect(steps.nth(int(key) - 1)).to_have_attribute("aria-pressed", "true")
        seen.append("".join(id for id in "acefgm" if is_above_the_veil(page, id)))
    assert seen == ["ac", "ace", "acefg"]  # b to a to e to the circle of e; m is tied to another circle
    expect(page.locator("#announcer")).to_have_text("9 organizations within 3 steps of Organization B.")
    details(page).get_by_role("button", name="Within 1 step").click()
    assert not is_above_the_veil(page, "e")
    page.keyboard.press("3")
    details(page).get_by_role("button", name="Organization C", exact=True).click()
    expect(steps.first).to_have_attribute("aria-pressed", "true")  # each begins with its partners


def test_figures_that_are_typed_into_the_search_stay_there(open_map) -> None:
    page = open_map(partners(), at="#org=b")
    page.keyboard.press("/")
    page.keyboard.type("2")
    expect(page.get_by_role("combobox")).to_have_value("2")
    expect(details(page).get_by_role("button", name="Within 1 step")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("naming", "first", "others"),
    [
        ("short", "SAL", True),
        ("acronym", "SAL", True),
        ("name", "Łódź Society of Arts and Letters", True),
        ("none", None, False),
    ],
)
def test_beside_marks_stands_what_is_asked_for(open_map, naming: str, first: str | None, others: bool) -> None:
    drawn = scene(partners(), title="Map", groups=circles(), labels={0: "Water", 1: "Youth", 2: "Culture"})
    texts = label_texts(open_map(named(drawn, naming)))
    assert {"Water", "Youth", "Culture"} <= {*texts}
    assert ("Organization B" in texts) == others
    assert {"SAL", "Łódź Society of Arts and Letters"} & {*texts} == ({first} if first else set())


def test_a_tie_of_a_file_that_says_no_more_is_told_as_such(open_map) -> None:
    network = nx.Graph([("a", "b"), ("b", "c")])
    nx.set_edge_attributes(network, "listed", "basis")
    network.edges["a", "b"]["strength"] = 2.5
    page = open_map(network, at="#org=a")
    expect(page.get_by_role("button", name="As listed")).to_have_text("As listed2")
    expect(page.get_by_role("slider", name="Shared activities")).to_have_count(0)
    expect(details(page).locator(".figure")).to_have_text("strength 2.5, alliance with b")
    details(page).locator(".figure").click()
    expect(details(page).locator("dt")).to_have_text(["Basis", "Strength"])
    expect(details(page).locator("dd")).to_have_text(["as the file lists it", "2.5"])


def test_no_entry_of_the_legend_takes_two_lines_on_a_desk(open_map) -> None:
    page = open_map(assessed(), groups=circles())
    heights = page.locator(".entry").evaluate_all("(entries) => entries.map((entry) => entry.offsetHeight)")
    assert max(heights) == min(heights)


def test_on_a_telephone_the_map_has_most_of_the_screen(open_map) -> None:
    page = open_map(assessed(), groups=circles(), browse=PHONE)
    box = page.locator("main").bounding_box()
    assert box["height"] >= 0.6 * 844
    assert box["y"] + box["height"] <= 844
    expect(status(page)).to_be_in_viewport()
