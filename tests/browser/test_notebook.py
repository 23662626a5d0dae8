"""What a notebook shows works in it: a map inside a page, with scripts and a policy of its own, that asks nobody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from graphmodel import api
from graphmodel.analysis.finding import Finding
from tests.browser.conftest import DESK, is_error, is_outside
from tests.browser.networks import HOSTILE, generated, partners


class Notebook:
    """A page with the outputs of cells, one below the other, as notebooks put them."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        """Write into a folder, and note whatever fails or goes out."""
        self.file = folder / "notebook.html"
        self.wrong: list[str] = []
        self.page: Page = browser.new_context(viewport=DESK, offline=True, reduced_motion="reduce").new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text) if is_error(message) else None)
        self.page.on("request", lambda request: self.wrong.append(request.url) if is_outside(request.url) else None)

    def show(self, *values: Any) -> FrameLocator:
        """Show values; return what is inside the first map."""
        outputs = "".join(f'<div class="output">{value._repr_html_()}</div>' for value in values)
        self.file.write_text(f'<!doctype html><meta charset="utf-8"><title>Notebook</title>{outputs}', "utf-8")
        self.page.goto(self.file.as_uri())
        return self.page.frame_locator("iframe").first


@pytest.fixture
def notebook(browser: Browser, tmp_path: Path) -> Iterator[Notebook]:
    opened = Notebook(browser, tmp_path)
    yield opened
    opened.page.context.close()
    assert opened.wrong == []


def ready(inside: FrameLocator) -> None:
    inside.locator("#net[data-ready=true]").wait_for()


def test_a_map_is_ready_and_used_inside_a_notebook(notebook: Notebook) -> None:
    inside = notebook.show(api.Map(partners(), api.Look(title="Partners")))
    ready(inside)
    search = inside.get_by_role("combobox")
    search.fill("org")
    found = inside.get_by_role("option").first.locator("span").inner_text()
    search.press("Enter")
    expect(inside.get_by_role("complementary", name="Details").get_by_role("heading", level=2)).to_have_text(found)
    inside.get_by_role("link", name="Go to the table").focus()
    inside.get_by_role("link", name="Go to the table").press("Enter")
    expect(inside.get_by_role("button", name="Table", exact=True)).to_be_focused()
    inside.get_by_role("button", name="Download").click()
    with notebook.page.expect_download() as download:
        inside.get_by_role("menuitem", name="SVG").click()
    assert download.value.suggested_filename == "Partners.svg"
    assert notebook.page.evaluate("location.hash") == ""


def test_groups_of_a_large_map_open_inside_a_notebook(notebook: Notebook) -> None:
    network, _ = generated(2_100, 3_000)
    inside = notebook.show(api.Map(network))
    ready(inside)
    x, y = notebook.page.frames[1].evaluate("graphmodel.placeOf('1')")
    inside.locator("#net").click(position={"x": x, "y": y})
    expect(inside.get_by_role("button", name="All groups")).to_be_visible()
    ready(inside)


def test_the_notebook_is_out_of_reach_of_a_map(notebook: Notebook) -> None:
    ready(notebook.show(api.Map(partners())))
    reach = "() => { try { return parent.document.title } catch { return 'out of reach' } }"
    assert notebook.page.frames[1].evaluate(reach) == "out of reach"


def test_hostile_names_are_text_in_every_output(notebook: Notebook) -> None:
    network = partners()
    network.nodes["a"]["name"] = HOSTILE
    table = pl.DataFrame({"id": ["a"], "name": [HOSTILE]})
    inside = notebook.show(api.Map(network, api.Look(title=HOSTILE)), Finding(table, (HOSTILE,)))
    ready(inside)
    assert [frame.evaluate("window.hacked") for frame in notebook.page.frames] == [None, None]
    assert notebook.page.locator("img").count() == 0
    expect(notebook.page.get_by_text(HOSTILE).first).to_be_visible()
