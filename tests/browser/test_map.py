"""The map as its readers use it."""

from itertools import combinations

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.networks import HOSTILE, circles, crowd, partners

DASH = "\N{EN DASH}"
ALL = "13 of 13 organizations, 24 of 24 alliances"
FRAME = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def details(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Details")


def place(page: Page, id: str) -> tuple[float, float]:
    """Where an organization is in the window."""
    box = page.locator("#net").bounding_box()
    x, y = page.evaluate("(id) => graphmodel.placeOf(id)", id)
    return box["x"] + x, box["y"] + y


def between(page: Page, one: str, other: str) -> tuple[float, float]:
    (ax, ay), (bx, by) = place(page, one), place(page, other)
    return (ax + bx) / 2, (ay + by) / 2


def color_at(page: Page, id: str) -> str:
    """The colour that is drawn in the middle of an organization's mark."""
    page.evaluate(FRAME)
    return page.evaluate(
        """(id) => {
          const canvas = document.querySelector("#net canvas");
          const ratio = canvas.width / canvas.clientWidth;
          const [x, y] = graphmodel.placeOf(id);
          const pixel = canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data;
          return "#" + [...pixel.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("").toUpperCase();
        }""",
        id,
    )


def label_texts(page: Page) -> list[str]:
    page.evaluate(FRAME)
    return [label["text"] for label in page.evaluate("graphmodel.labels()")]


def test_it_says_how_much_it_shows(page: Page) -> None:
    expect(page).to_have_title("Map")
    expect(status(page)).to_have_text(ALL)


def test_marks_are_painted_in_the_colour_of_their_kind(page: Page) -> None:
    assert [color_at(page, id) for id in "ail"] == ["#6699CC", "#B8860B", "#332288"]


def test_slash_search_and_enter_open_an_organization_and_escape_closes_it(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("organization ")
    expect(page.get_by_role("option")).to_have_count(11)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Organization Bngo")
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization B")
    assert page.evaluate("location.hash") == "#org=b"
    page.keyboard.press("Escape")
    expect(details(page)).to_be_hidden()
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize("text", ["SAL", "lodz", "arts and"])
def test_search_finds_names_without_their_accents_acronyms_and_words(page: Page, text: str) -> None:
    page.get_by_role("combobox").fill(text)
    expect(page.get_by_role("option")).to_have_text(["Łódź Society of Arts and LettersSAL"])


def test_search_says_when_nothing_is_found(page: Page) -> None:
    page.get_by_role("combobox").fill("zzz")
    expect(page.get_by_role("option")).to_have_text(["No organization on the map has this name."])


def test_a_click_on_an_organization_tells_what_is_known_and_its_partners_most_shared_first(page: Page) -> None:
    page.mouse.click(*place(page, "a"))
    expect(details(page).get_by_role("heading")).to_have_text(["Łódź Society of Arts and Letters", "5 partners"])
    expect(details(page).locator("dt")).to_have_text(
        ["Acronym", "Kind", "Country", "Founded", "Activities", "Regions", "Competence areas", "Community", "Website"]
    )
    names = details(page).locator(".partner .link:first-child")
    expect(names).to_have_text([f"Organization {letter}" for letter in "BCDIE"])
    figures = details(page).locator(".figure")
    expect(figures.nth(0)).to_have_text(f"3 shared · 2014{DASH}2021, alliance with Organization B")
    expect(figures.nth(1)).to_contain_text(f"2 shared · formal · 2014{DASH}2016")
    expect(figures.nth(4)).to_contain_text("formal agreement")
    expect(details(page).locator(".activities").first.get_by_role("listitem")).to_have_text(
        ["Forum on Water2014", "Forum on Youth2016", "World Congress2021"]
    )


def test_a_partner_is_a_link_to_go_on(page: Page) -> None:
    page.mouse.click(*place(page, "a"))
    details(page).get_by_role("button", name="Organization E", exact=True).click()
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization E")
    expect(details(page).get_by_role("heading", level=2)).to_be_focused()


def test_what_is_not_in_focus_lies_under_a_veil(page: Page) -> None:
    page.mouse.click(*place(page, "b"))
    expect(details(page)).to_be_visible()
    page.mouse.move(5, 5)
    assert color_at(page, "a") == "#6699CC"
    assert color_at(page, "g") not in ("#6699CC", "#FFFFFF")
    page.keyboard.press("Escape")
    assert color_at(page, "g") == "#6699CC"


def test_a_click_on_a_tie_shows_the_alliance_and_its_activities(page: Page) -> None:
    page.mouse.click(*between(page, "k", "l"))
    expect(details(page).get_by_role("heading")).to_have_text(["Alliance", "1 activity"])
    expect(details(page).get_by_role("button", name="Organization")).to_have_text(["Organization K", "Organization L"])
    expect(details(page).locator("dd")).to_have_text(["shared activities", "1", "2019", "0.25"])
    expect(details(page).get_by_role("listitem")).to_have_text([f"Forum on Culture2019{DASH}2020"])


def test_the_pointer_is_told_what_it_is_over(page: Page) -> None:
    page.mouse.move(*place(page, "a"))
    expect(page.locator("#tooltip")).to_have_text("Łódź Society of Arts and Lettersngo, 5 partners")
    page.mouse.move(*between(page, "k", "l"))
    expect(page.locator("#tooltip")).to_have_text(f"Organization K {DASH} Organization L1 shared activity")


def test_the_legend_is_the_filter_and_reset_brings_everything_back(page: Page) -> None:
    entry = page.get_by_role("button", name="ngo")
    expect(entry).to_have_text("ngo8")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "false")
    expect(entry).to_have_text("ngo0 of 8")
    expect(status(page)).to_have_text("5 of 13 organizations, 3 of 24 alliances")
    expect(page.get_by_role("button", name="Shared activities")).to_have_text("Shared activities3 of 22")
    page.get_by_role("button", name="Reset all").click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    expect(status(page)).to_have_text(ALL)
    expect(page.get_by_role("button", name="Reset all")).to_be_disabled()


def test_kinds_of_alliance_can_be_hidden(page: Page) -> None:
    page.get_by_role("button", name="Formal agreement").click()
    expect(status(page)).to_have_text("13 of 13 organizations, 23 of 24 alliances")
    page.get_by_role("button", name="Shared activities").click()
    expect(status(page)).to_have_text("2 of 13 organizations, 1 of 24 alliances")


def test_the_slider_asks_for_more_shared_activities(page: Page) -> None:
    slider = page.get_by_role("slider", name="Shared activities, at least")
    slider.fill("2")
    expect(status(page)).to_have_text("3 of 13 organizations, 2 of 24 alliances")
    slider.press("ArrowRight")
    expect(status(page)).to_have_text("2 of 13 organizations, 1 of 24 alliances")


def test_filters_apply_to_the_details_too_and_close_those_of_what_they_hide(page: Page) -> None:
    page.mouse.click(*place(page, "a"))
    page.get_by_role("slider", name="Shared activities").fill("2")
    expect(details(page).get_by_role("heading", level=3)).to_have_text("2 of 5 partners shown")
    page.get_by_role("button", name="ngo").click()
    expect(details(page)).to_be_hidden()
    expect(page.get_by_role("note")).to_contain_text("The filters hide every organization.")
    page.get_by_role("button", name="Show all").click()
    expect(status(page)).to_have_text(ALL)


def test_the_table_has_the_organizations_of_the_map(page: Page) -> None:
    page.get_by_role("button", name="Table").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(13)
    expect(rows.first.locator("th, td")).to_have_text(
        ["Łódź Society of Arts and Letters", "SAL", "ngo", "FR", "Water", "5", "7"]
    )
    page.get_by_role("button", name="foundation").click()
    expect(rows).to_have_count(10)
    page.get_by_role("button", name="Organization", exact=True).click()
    expect(page.get_by_role("columnheader", name="Organization")).to_have_attribute("aria-sort", "ascending")
    expect(rows.first.locator("th")).to_have_text(HOSTILE)
    rows.nth(1).get_by_role("button").click()
    expect(page.get_by_role("table")).to_be_hidden()
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Łódź Society of Arts and Letters")


def test_hostile_names_are_shown_and_not_run(page: Page) -> None:
    page.mouse.move(*place(page, "m"))
    expect(page.locator("#tooltip strong")).to_have_text(HOSTILE)
    page.mouse.click(*place(page, "m"))
    expect(details(page).get_by_role("heading", level=2)).to_have_text(HOSTILE)
    page.get_by_role("combobox").fill("trust & co")
    expect(page.get_by_role("option")).to_contain_text(HOSTILE)
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("rowheader", name="Trust & Co")).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0


def test_a_script_that_is_put_in_later_does_not_run(page: Page) -> None:
    ran = page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.hacked = true";
          document.body.append(script);
          return window.hacked === true;
        }"""
    )
    assert ran is False


def overlaps(page: Page) -> list[tuple[str, str]]:
    page.evaluate(FRAME)
    labels = page.evaluate("graphmodel.labels()")
    return [
        (one["text"], other["text"])
        for one, other in combinations(labels, 2)
        if one["box"][0] < other["box"][2]
        and other["box"][0] < one["box"][2]
        and one["box"][1] < other["box"][3]
        and other["box"][1] < one["box"][3]
    ]


@pytest.mark.parametrize("width", [1440, 390])
def test_names_never_overlap_nor_leave_the_map(open_map, width: int) -> None:
    network, groups = crowd()
    page = open_map(network, groups=groups, browse={"viewport": {"width": width, "height": 844}})
    box = page.locator("#net").bounding_box()
    for _ in range(3):
        assert overlaps(page) == []
        labels = page.evaluate("graphmodel.labels()")
        assert len(labels) >= 10
        for label in labels:
            left, top, right, bottom = label["box"]
            assert min(left, top) >= 0
            assert right <= box["width"]
            assert bottom <= box["height"]
        page.get_by_role("button", name="Zoom in").click()
    page.evaluate("location.hash = '#org=n17'")
    expect(details(page)).to_be_visible()
    assert overlaps(page) == []


def test_every_organization_of_a_small_map_is_named(page: Page) -> None:
    texts = label_texts(page)
    assert {"SAL", "Organization B", "Organization L"} <= set(texts)
    assert sum(text.startswith("Organization") for text in texts) == 11


def test_communities_have_names_that_can_be_switched_off(page: Page) -> None:
    assert {"Water", "Youth", "Culture"} <= set(label_texts(page))
    page.get_by_role("button", name="Communities").click()
    expect(page.get_by_role("button", name="Communities")).to_have_attribute("aria-pressed", "false")
    assert not {"Water", "Youth", "Culture"} & set(label_texts(page))


def test_without_communities_there_is_no_switch(open_map) -> None:
    expect(open_map(partners()).locator("#communities")).to_be_hidden()


def test_the_keyboard_walks_the_map(page: Page) -> None:
    page.locator("#net").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#announcer")).to_have_text("Łódź Society of Arts and Letters, ngo, 5 partners")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#announcer")).not_to_contain_text("Łódź")
    page.keyboard.press("Enter")
    heading = details(page).get_by_role("heading", level=2)
    expect(heading).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text(heading.inner_text())
    page.keyboard.press("Escape")
    expect(page.locator("#net")).to_be_focused()


def test_the_address_can_name_an_organization(open_map) -> None:
    page = open_map(partners(), at="#org=a")
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Łódź Society of Arts and Letters")


def test_light_or_dark_by_preference_and_by_the_button(open_map) -> None:
    page = open_map(partners(), browse={"color_scheme": "dark"})
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(18, 22, 28)")
    assert color_at(page, "i") == "#FBBF24"
    page.get_by_role("button", name="Light").click()
    expect(body).to_have_css("background-color", "rgb(255, 255, 255)")
    assert color_at(page, "i") == "#B8860B"


def test_the_foot_of_the_page_says_where_the_data_came_from(page: Page) -> None:
    foot = page.get_by_role("contentinfo")
    expect(foot).to_contain_text("4 organizations without an alliance are not on the map. The secretariat is left out.")
    expect(foot).to_contain_text("Data of 2024-02-29, SHA-256 0123456789ab")
    expect(foot).to_contain_text("graphmodel")
    foot.get_by_text("1 source").click()
    expect(foot.get_by_role("listitem")).to_have_text("Annual report (CC BY 4.0)")


def test_that_there_are_no_alliances_is_said_in_words(open_map) -> None:
    network = nx.empty_graph(["a", "b", "c"])
    page = open_map(network)
    expect(page.get_by_role("note")).to_have_text(
        "No alliancesNone of the 3 organizations shares an activity with another or has a formal agreement."
    )
    expect(status(page)).to_have_text("3 of 3 organizations, 0 of 0 alliances")


def test_an_empty_network_is_said_in_words(open_map) -> None:
    expect(open_map(nx.Graph()).get_by_role("note")).to_have_text("No organizationsThe network is empty.")


def test_a_telephone_shows_everything_without_scrolling_sideways(open_map) -> None:
    page = open_map(
        partners(),
        groups=circles(),
        browse={"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    )
    page.get_by_role("button", name="Filters").tap()
    expect(page.get_by_role("button", name="ngo")).to_be_visible()
    page.get_by_role("button", name="Filters").tap()
    page.touchscreen.tap(*place(page, "a"))
    expect(details(page)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_on_paper_the_map_comes_first_light_and_sharp_and_fits_the_page(open_map) -> None:
    page = open_map(partners(), groups=circles(), browse={"color_scheme": "dark"})
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1047, "height": 718})  # what A4 across leaves within its margins
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    map_, legend = page.locator("main").bounding_box(), page.locator("#filters").bounding_box()
    assert map_["y"] + map_["height"] <= legend["y"]
    assert legend["y"] + legend["height"] <= 718
    expect(page.get_by_role("searchbox")).to_be_hidden()
    assert color_at(page, "i") == "#B8860B"
    sharpness = "(() => { const c = document.querySelector('canvas'); return c.width / c.clientWidth; })()"
    assert page.evaluate(sharpness) == pytest.approx(3, abs=0.01)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate(sharpness) == pytest.approx(1, abs=0.01)


def test_printing_leaves_the_screen_as_it_was(open_map) -> None:
    page = open_map(partners(), browse={"color_scheme": "dark"})
    page.evaluate("addEventListener('beforeprint', () => { window.printed = document.documentElement.dataset.theme; })")
    page.pdf(prefer_css_page_size=True)
    assert page.evaluate("[window.printed, document.documentElement.dataset.theme]") == ["light", "dark"]
