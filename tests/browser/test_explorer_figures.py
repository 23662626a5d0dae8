"""The heat map, the map inside and the charts of the explorer, in a real browser."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from graphmodel import api
from tests.browser.serving import Reader, serving
from tests.browser.test_accessibility import violations
from tests.conftest import TINY

PHONE = {"width": 390, "height": 844}

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the tiny network, and return the address that holds the key."""
    store = str(tmp_path_factory.mktemp("explorer") / "graph.lbug")
    with api.open(store) as graph:
        graph.load(TINY)
    with serving(store) as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a page of the explorer and wait for its parts; nothing may fail or go out."""
    readers: list[Reader] = []

    def open_(path: str, **browse: Any) -> Page:
        readers.append(Reader(browser, address, **browse))
        return readers[-1].visit(path)

    yield open_
    for reader in readers:
        reader.context.close()
        assert reader.wrong == []


def cell(page: Page, name: str) -> Any:
    return page.get_by_role("link", name=re.compile(f": {name}$"))


def test_a_cell_of_the_heat_map_opens_beside_it_by_mouse_and_by_keys(visit: Visit) -> None:
    page = visit("/gaps")
    panel = page.get_by_role("region", name="The cell")
    cell(page, "Water in Africa").click()
    expect(panel.get_by_role("heading", level=2)).to_have_text("Water in Africa")
    expect(panel).to_contain_text("Harbor Network")
    page.keyboard.press("ArrowDown")
    expect(cell(page, "Water in Europe")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel).to_contain_text("Nobody is known to be active on Water in Europe.")
    expect(cell(page, "Water in Europe")).to_have_attribute("aria-current", "true")
    assert page.locator("table.heat td a:not([tabindex='-1'])").count() == 1
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_shade_of_the_heat_map_can_be_read(visit: Visit, scheme: str) -> None:
    page = visit("/gaps?level=country", color_scheme=scheme)
    shades = page.locator("table.heat tbody td:not(.total)").evaluate_all(
        "cells => cells.map((cell, place) => (cell.className = `shade-${place % 6}`))"
    )
    assert len(set(shades)) == 6
    assert violations(page) == []


def test_on_a_telephone_the_heat_map_moves_inside_the_page(visit: Visit) -> None:
    page = visit("/gaps?level=country")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    matrix = page.locator(".matrix")
    assert matrix.evaluate("one => one.scrollWidth > one.clientWidth")
    matrix.evaluate("one => one.scrollTo(300, 0)")
    assert page.locator("table.heat tbody th").first.bounding_box()["x"] < 40  # the name of the row stays
    assert violations(page) == []


def test_the_map_inside_follows_the_theme_and_leads_to_an_organization(visit: Visit) -> None:
    page = visit("/map?kind=ngo&kind=foundation")
    inside = page.frame_locator("iframe")
    expect(inside.locator("#net[data-ready=true]")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(inside.locator("html")).to_have_attribute("data-theme", "dark")
    assert violations(page) == []
    inside.get_by_role("combobox").fill("Cedar")
    inside.get_by_role("combobox").press("Enter")
    link = inside.get_by_role("link", name="Open its page")
    expect(link).to_have_attribute("target", "_top")
    with page.expect_navigation():
        link.click()
    assert page.url.endswith("/organization?kind=ngo&kind=foundation&id=cedar")


def test_a_map_is_asked_for_in_the_form_and_stands_in_the_address(visit: Visit) -> None:
    page = visit("/map")
    page.get_by_label("Colour").select_option("community")
    page.get_by_label("Around", exact=True).fill("Cedar Trust")
    page.get_by_role("button", name="Draw").first.click()
    page.wait_for_url("**/map?color=community&focus=Cedar+Trust")
    inside = page.frame_locator("iframe")
    expect(inside.locator("#status")).to_contain_text("organizations", timeout=30_000)
    with page.expect_download() as saved:
        page.get_by_role("link", name="SVG").click()
    assert "Cedar Trust" in Path(saved.value.path()).read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_have_a_text_and_a_table(visit: Visit, scheme: str) -> None:
    page = visit("/trends", color_scheme=scheme)
    charts = page.get_by_role("img")
    expect(charts).to_have_count(5)
    expect(charts.nth(1)).to_have_accessible_name(re.compile("New, renewed and lost ties New: 1 in 2009"))
    expect(page.get_by_role("table")).to_be_visible()
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_alliances_and_analyses_are_accessible(visit: Visit) -> None:
    for path in ("/alliances?method=disparity", "/analyses", "/analysis?name=recommend"):
        assert violations(visit(path)) == []
