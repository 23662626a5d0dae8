"""The questions and the box for Cypher as one uses them: by keyboard and pointer, on a desk and a telephone."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Reader, serving

PHONE = {"width": 390, "height": 844}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def explorer(demonstration: str) -> Iterator[str]:
    """Serve the demonstration, and return the address that is printed."""
    with serving(demonstration) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, explorer: str) -> Iterator[Open]:
    """Open pages of the explorer; afterwards none may have failed."""
    readers = []

    def open_(path: str, **browse: Any) -> Page:
        readers.append(Reader(browser, explorer, **browse))
        page = readers[-1].page
        page.goto(readers[-1].site + path)
        return page

    yield open_
    for reader in readers:
        reader.context.close()
        assert reader.wrong == []


def test_an_organization_is_found_as_one_types_and_the_address_holds_no_more_than_was_said(open_page: Open) -> None:
    page = open_page("/questions")
    page.get_by_role("searchbox", name="Words in a question").press_sequentially("visible")
    expect(page.locator("#asked li")).to_have_count(1)
    page.get_by_role("link", name="Where are we visible").click()
    page.wait_for_url("**/question?n=27", wait_until="networkidle")
    field = page.get_by_label("Organization (needed)")
    field.press_sequentially("unesco")
    expect(page.locator("datalist option[value=unesco]")).to_have_count(1)
    field.press("Enter")
    expect(page.get_by_role("button", name="Copy the command")).to_be_visible()
    expect(page.get_by_text("United Nations Educational, Scientific and Cultural Organization").first).to_be_visible()
    assert page.url.endswith("/question?n=27&organization=unesco")


def test_what_is_copied_is_the_text(open_page: Open) -> None:
    page = open_page("/question?n=16", permissions=["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy the command")
    button.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "graphmodel query partners/single_tie"
    expect(button).to_be_visible()


def test_without_a_clipboard_the_text_is_selected(open_page: Open) -> None:
    page = open_page("/question?n=16")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('none')) }")
    page.evaluate("() => { document.execCommand = () => false }")
    page.get_by_role("button", name="Copy the command").click()
    expect(page.get_by_role("button", name="Selected: copy it by Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "graphmodel query partners/single_tie"


def test_the_box_colours_what_is_typed_and_runs_it_by_the_keyboard(open_page: Open) -> None:
    page = open_page("/query")
    box = page.get_by_label("Query")
    box.press_sequentially("MATCH (o:Organization) WHERE o.id = $id\nRETURN o.name AS name")
    assert page.locator(".editor .keyword").all_inner_texts() == ["MATCH", "WHERE", "RETURN", "AS"]
    assert page.locator(".editor pre").bounding_box() == box.bounding_box()
    box.press("Control+Enter")
    page.get_by_label("$id").fill("unesco")
    page.get_by_label("$id").press("Enter")
    expect(page.get_by_role("cell", name="United Nations Educational")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("$id")).to_have_value("")
    expect(page.get_by_label("Query")).to_have_value(re.compile("RETURN o.name AS name$"))


def test_without_javascript_the_box_runs_and_the_answer_is_a_link_away(open_page: Open) -> None:
    page = open_page("/query", java_script_enabled=False)
    page.get_by_label("Query").fill("RETURN 42 AS answer")
    page.get_by_role("button", name="Run").click()
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_role("cell", name="42")).to_be_visible()


@pytest.mark.parametrize(
    "browse", [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": PHONE}], ids=["desk", "telephone"]
)
def test_axe_finds_nothing_and_nothing_goes_beyond_the_screen(open_page: Open, browse: dict[str, Any]) -> None:
    for path in (
        "/question?n=8",
        "/question?n=1&organization=unesco&day=2016-01-01",
        "/question?n=1&organization=nobody",
        "/query?cypher=MATCH (o:Organization) WHERE o.id %3D $id RETURN o.name AS name // one&p_id=unesco",
        "/query?cypher=MATCH (o",
    ):
        page = open_page(path, **browse)
        page.wait_for_load_state("networkidle")
        for details in page.locator("main details").all():
            details.evaluate("details => details.open = true")
        found = Axe().run(page).response["violations"]
        assert [(path, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
