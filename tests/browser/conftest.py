"""Opens maps in Debian's Chromium, offline and from a file, and sees to it that they ask nobody for anything."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from graphmodel.viz.elements import Scene
from graphmodel.viz.html import page as html_page
from graphmodel.viz.scene import scene
from tests.browser.networks import circles, partners

CHROMIUM = os.environ.get("GRAPHMODEL_TEST_CHROMIUM", "/usr/bin/chromium")
DESK = {"width": 1440, "height": 900}
BLOCKED = "Executing inline script violates"

OpenMap = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_map(browser: Browser, tmp_path: Path) -> Iterator[OpenMap]:
    """Write the map of a network to a file and open it; afterwards nothing may have failed or gone out."""
    pages, wrong = [], []

    def open_(
        network: nx.Graph | Scene,
        *,
        browse: dict[str, Any] | None = None,
        at: str = "",
        compress: bool | None = None,
        **how: Any,
    ) -> Page:
        file = tmp_path / "map.html"
        drawn = network if isinstance(network, Scene) else scene(network, **{"title": "Map", **how})
        file.write_text(html_page(drawn, compress), "utf-8", newline="\n")
        pages.append(open_file(browser, file, wrong, at=at, **(browse or {})))
        return pages[-1]

    yield open_
    for page in pages:
        page.context.close()
    assert wrong == []


def open_file(browser: Browser, file: Path, wrong: list[str], *, at: str = "", **browse: Any) -> Page:
    """Open the file of a map and wait for it; whatever fails or goes out, then or later, is put into a list."""
    settings = {"viewport": DESK, "offline": True, "reduced_motion": "reduce", **browse}
    page = browser.new_context(**settings).new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if is_error(message) else None)
    page.on("request", lambda request: wrong.append(request.url) if is_outside(request.url) else None)
    page.goto(file.as_uri() + at)
    page.locator("#net[data-ready=true]").wait_for()
    return page


def is_error(message: ConsoleMessage) -> bool:
    """True unless it is only that a script was blocked which a test put in."""
    return message.type == "error" and BLOCKED not in message.text


def is_outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:"))


@pytest.fixture
def page(open_map: OpenMap) -> Page:
    """The map of thirteen organizations."""
    return open_map(partners(), groups=circles(), labels={0: "Water", 1: "Youth", 2: "Culture"})
