"""Two networks side by side: whoever is on both sides is one organization with a mark on each."""

import pytest
from playwright.sync_api import Page, expect

from graphmodel.api.comparison import together
from graphmodel.viz.comparison import comparison
from graphmodel.viz.elements import Scene
from tests.browser.networks import circles, partners
from tests.browser.test_accessibility import violations
from tests.browser.test_downloads import download, rows
from tests.browser.test_map import details, label_texts, overlaps, status

BESIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def two(layout: str = "communities") -> Scene:
    """The thirteen partners before and after: the circle of klm is new, h is gone, and i has lost a."""
    before, after = partners(), partners()
    before.remove_nodes_from("klm")
    after.remove_node("h")
    after.remove_edge("a", "i")
    network = together(before, after, ("2012", "2016"))
    return comparison(network, title="Two", groups=circles(), labels={0: "Water", 1: "Youth"}, layout=layout)


def place(page: Page, id: str, panel: int) -> tuple[float, float]:
    x, y = page.evaluate("([id, panel]) => graphmodel.placeOf(id, panel)", [id, panel])
    box = page.locator("#net").bounding_box()
    return box["x"] + x, box["y"] + y


def pixel(page: Page, id: str, panel: int) -> list[int]:
    """Red, green, blue and opacity of the middle of a mark."""
    return page.evaluate(
        """([id, panel]) => {
            const canvas = document.querySelector("#net canvas");
            const ratio = canvas.width / canvas.clientWidth;
            const [x, y] = graphmodel.placeOf(id, panel);
            return [...canvas.getContext("2d").getImageData(x * ratio, y * ratio, 1, 1).data];
        }""",
        [id, panel],
    )


@pytest.fixture
def page(open_map) -> Page:
    return open_map(two())


def test_everyone_stands_at_the_same_place_on_both_sides_and_is_counted_once(page: Page) -> None:
    expect(status(page)).to_have_text("13 of 13 organizations, 24 of 24 alliances")
    assert {"2012", "10 organizations, 21 alliances", "2016", "12 organizations, 19 alliances"} <= set(
        label_texts(page)
    )
    shifts = {
        tuple(round(after - before, 3) for before, after in zip(place(page, id, 0), place(page, id, 1), strict=True))
        for id in "abcdefghijklm"
    }
    ((right, down),) = shifts
    assert right > 300
    assert down == 0
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#table tbody tr")).to_have_count(13)
    row = page.locator("#table tbody tr", has_text="Organization I")
    assert row.locator("td.number").all_inner_texts()[:3] == ["4", "4", "3"]


def test_pointing_at_one_mark_rings_both_and_who_is_missing_is_marked_faintly(page: Page) -> None:
    assert pixel(page, "h", 0)[:3] == pixel(page, "a", 0)[:3] == [0x66, 0x99, 0xCC]
    assert pixel(page, "h", 1)[:3] == [255, 255, 255]
    page.mouse.move(*place(page, "h", 1))
    expect(page.locator("#tooltip")).to_contain_text("2012: 4 partners, 2016: 0 partners")
    page.mouse.click(*place(page, "i", 1))
    expect(details(page).get_by_role("heading", level=2)).to_have_text("Organization I")
    assert max(*ring(page, "i", 0), *ring(page, "i", 1)) < 60
    assert min(ring(page, "k", 0)) > 120


def ring(page: Page, id: str, panel: int) -> list[int]:
    """The darkest colour near a mark: that of the ring around what is chosen."""
    return page.evaluate(
        """([id, panel]) => {
            const canvas = document.querySelector("#net canvas");
            const ratio = canvas.width / canvas.clientWidth;
            const [x, y] = graphmodel.placeOf(id, panel);
            const reach = 40 * ratio;
            const { data } = canvas.getContext("2d").getImageData(x * ratio - reach, y * ratio, reach, 1);
            const colors = Array.from({ length: reach }, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
            return colors.sort((a, b) => a[0] + a[1] + a[2] - b[0] - b[1] - b[2])[0];
        }""",
        [id, panel],
    )


def test_the_details_tell_what_is_on_both_sides_and_what_on_one(page: Page) -> None:
    page.mouse.click(*place(page, "i", 0))
    assert details(page).get_by_role("heading", level=4).all_inner_texts() == [
        "In both: 3 partners",
        "Only in 2012: 1 partner",
    ]
    facts = dict(
        zip(*(details(page).locator(f"dl {part}").all_inner_texts() for part in ("dt", "dd")), strict=True),
    )
    assert (facts["2012"], facts["2016"]) == ("4 partners", "3 partners")
    details(page).get_by_role("button", name="alliance with Łódź Society").click()
    assert details(page).get_by_role("heading", level=3).all_inner_texts()[:2] == ["2012", "2016"]
    expect(details(page)).to_contain_text("No alliance.")


def test_what_changed_is_filtered_and_downloaded(page: Page) -> None:
    lines = page.locator("#lines button")
    assert [" ".join(text.split()) for text in lines.all_inner_texts()] == [
        "In both 16",
        "Only in 2012 5",
        "Only in 2016 3",
    ]
    lines.nth(0).click()
    expect(status(page)).to_have_text("10 of 13 organizations, 8 of 24 alliances")
    ties = rows(download(page, "CSV of alliances"))
    assert sorted(tie["change"] for tie in ties) == ["Only in 2012"] * 5 + ["Only in 2016"] * 3
    assert {(tie["shared_2012"], tie["shared_2016"]) for tie in ties} == {("1", ""), ("", "1")}


@pytest.mark.parametrize("layout", ["communities", "geo"])
@pytest.mark.parametrize("browse", [{"viewport": BESIDE, "color_scheme": "dark"}, {"viewport": PHONE}])
def test_names_do_not_overlap_nothing_goes_beyond_the_screen_and_axe_has_no_objection(open_map, layout, browse) -> None:
    page = open_map(two(layout), browse=browse)
    assert overlaps(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
