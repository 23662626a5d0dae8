"""What holds on every page of the map, whatever network it shows, and on a screen of any size."""

import json
import re
from typing import Any, NamedTuple
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BLOCKED, DESK
from tests.browser.networks import HOSTILE
from tests.browser.test_accessibility import violations
from tests.browser.test_downloads import download, ends, png_size, rows, titles
from tests.browser.test_map import FRAME, details, label_texts, overlaps, status

NUMBERS = re.compile(r"([\d,]+) of ([\d,]+)")
PAPER = {"width": 1047, "height": 718}  # what A4 across leaves within its margins


class Shown(NamedTuple):
    """What is visible: ids of marks, names of marks, and pairs of marks that are tied."""

    names: dict[str, str]
    ties: set[frozenset[str]]


def counts(page: Page) -> list[int]:
    """How many marks and alliances the status tells: visible, all, visible, all."""
    return [int(number.replace(",", "")) for pair in NUMBERS.findall(status(page).inner_text()) for number in pair]


def less(before: list[int], after: list[int]) -> bool:
    """True if no count is higher and one is lower."""
    return before != after and all(one >= other for one, other in zip(before, after, strict=True))


def drawn(page: Page) -> dict[str, Any]:
    """What the page was given to draw: the organizations, or the groups that it opens on."""
    graph = json.loads(page.locator("#graph-data").text_content())
    return {**graph, **graph.get("overview", {})}


def tables(page: Page) -> list[str]:
    """What the tables are called that can be downloaded: that of the marks and that of the lines."""
    labels = "[...document.querySelectorAll('#downloads button')].map((one) => one.firstChild.textContent)"
    return page.evaluate(labels)[-2:]


def as_known(cell: str) -> str:
    """The text of a cell without what keeps a spreadsheet from taking it for a formula."""
    return cell.removeprefix("'")


def entries(page: Page, legend: str) -> list[Locator]:
    return [entry for entry in page.locator(f"{legend} button").all() if entry.is_visible()]


def visible(page: Page) -> Shown:
    """What must be visible as the legend is now: an organization that loses all alliances to a hidden line goes too."""
    graph = drawn(page)
    kinds, lines = (
        {i for i, entry in enumerate(page.locator(f"{legend} button").all()) if is_off(entry)}
        for legend in ("#kinds", "#lines")
    )
    nodes = {node["id"]: node["about"]["name"] for node in graph["nodes"] if node["about"]["entry"] not in kinds}
    ties = {
        frozenset((edge["from"], edge["to"]))
        for edge in graph["edges"]
        if edge["about"]["entry"] not in lines and edge["from"] in nodes and edge["to"] in nodes
    }
    if lines:
        nodes = {id: name for id, name in nodes.items() if any(id in tie for tie in ties)}
    return Shown(nodes, ties)


def is_off(entry: Locator) -> bool:
    return entry.get_attribute("aria-pressed") == "false"


def narrow(page: Page) -> None:
    """Hide an entry of the legend that leaves something to be seen."""
    for entry in reversed([*entries(page, "#kinds"), *entries(page, "#lines")]):
        entry.click()
        if counts(page)[0]:
            return
        entry.click()
    raise AssertionError("Each entry of the legend hides everything.")


def reset(page: Page) -> None:
    page.get_by_role("button", name="Reset all").click()


def units(page: Page) -> str:
    """What the marks are."""
    return "groups" if "members" in drawn(page)["nodes"][0]["about"] else "organizations"


def search_opens_what_it_found_and_escape_closes_it(page: Page) -> None:
    before = status(page).inner_text()
    name = max((node["about"] for node in drawn(page)["nodes"]), key=lambda about: about["value"])["name"]
    page.keyboard.press("/")
    page.keyboard.type(name[:9])
    found = page.get_by_role("option", selected=True).locator("span").inner_text()
    assert name[:9].casefold() in found.casefold()
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(found)
    page.keyboard.press("Escape")
    expect(details(page)).to_be_hidden()
    expect(status(page)).to_have_text(before)
    assert page.evaluate("location.hash") == ""


def a_hostile_name_is_shown_and_not_run(page: Page) -> None:
    before = status(page).inner_text()
    page.keyboard.press("/")
    page.keyboard.type("trust & co")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", level=2)).to_have_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    for _ in range(2):  # the organization, then the group that it is in
        page.keyboard.press("Escape")
    expect(details(page)).to_be_hidden()
    expect(status(page)).to_have_text(before)


def each_entry_of_the_legend_hides_and_reset_restores(page: Page) -> None:
    before = counts(page)
    for legend in ("#kinds", "#lines"):
        for entry in entries(page, legend):
            entry.click()
            expect(entry).to_have_attribute("aria-pressed", "false")
            assert less(before, counts(page))
            reset(page)
            expect(entry).to_have_attribute("aria-pressed", "true")
            assert counts(page) == before


def each_slider_lowers_the_counts(page: Page) -> None:
    before = counts(page)
    for slider in page.get_by_role("slider").all():
        slider.press("Home" if slider.get_attribute("id") == "to" else "End")
        assert less(before, counts(page))
        reset(page)
        assert counts(page) == before


def the_table_has_a_row_for_each_that_is_visible(page: Page) -> None:
    page.get_by_role("button", name="Table", exact=True).click()
    names = page.locator("tbody th")
    assert sorted(names.all_text_contents()) == sorted(visible(page).names.values())
    narrow(page)
    assert sorted(names.all_text_contents()) == sorted(visible(page).names.values())
    page.get_by_role("button", name="Table", exact=True).click()
    reset(page)


def files_hold_exactly_what_is_visible(page: Page) -> None:
    narrow(page)
    shown = visible(page)
    assert 0 < len(shown.names) == counts(page)[0]
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert sorted(titles(svg, "organizations")) == sorted(shown.names.values())
    assert len(titles(svg, "alliances")) == len(shown.ties)
    network = nx.read_gexf(download(page, "GEXF"))
    labels = dict(network.nodes(data="label"))
    assert {id: label.split() for id, label in labels.items()} == {id: name.split() for id, name in shown.names.items()}
    assert ends(network.edges) == shown.ties
    marks, ties = (rows(download(page, entry)) for entry in tables(page))
    assert {as_known(row["id"]) for row in marks} == shown.names.keys()
    assert ends((as_known(row["source"]), as_known(row["target"])) for row in ties) == shown.ties
    width, height = png_size(download(page, "PNG").read_bytes())
    assert (width, height) == (2 * int(svg.get("width")), 2 * int(svg.get("height")))
    reset(page)


def a_script_that_is_put_in_later_does_not_run(page: Page) -> None:
    with page.expect_console_message(lambda message: BLOCKED in message.text):
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "window.hacked = true";
              document.body.append(script);
            }"""
        )
    assert page.evaluate("window.hacked") is None


def names_do_not_overlap(page: Page) -> None:
    assert len(label_texts(page)) >= 3
    assert overlaps(page) == []


def nothing_goes_beyond_the_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth === innerWidth")


def axe_finds_nothing(page: Page) -> None:
    assert violations(page) == []


def the_first_printed_page_holds_the_map(page: Page) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate(FRAME)
    box, canvas = (page.locator(one).bounding_box() for one in ("main", "#net canvas"))
    sharp = page.evaluate("document.querySelector('#net canvas').width")
    drawn_names = page.evaluate("graphmodel.labels()")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)
    assert box["y"] + box["height"] <= PAPER["height"]
    assert canvas["width"] == pytest.approx(PAPER["width"], abs=1)
    assert sharp == pytest.approx(3 * PAPER["width"], abs=3)
    assert len(drawn_names) >= 3


BY_HAND = (
    search_opens_what_it_found_and_escape_closes_it,
    a_hostile_name_is_shown_and_not_run,
    each_entry_of_the_legend_hides_and_reset_restores,
    each_slider_lowers_the_counts,
    the_table_has_a_row_for_each_that_is_visible,
    files_hold_exactly_what_is_visible,
    a_script_that_is_put_in_later_does_not_run,
)
BY_LOOKING = (names_do_not_overlap, nothing_goes_beyond_the_screen, axe_finds_nothing)
