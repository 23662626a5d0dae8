"""The explorer of a graph as its own process, as `graphmodel explore` starts it, and readers of it in the browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESK, is_error

PATIENCE = 30_000  # milliseconds for what a page works out after it is there


@contextmanager
def serving(store: str) -> Iterator[str]:
    """Serve a graph; give the address that holds the key."""
    command = [sys.executable, "-m", "graphmodel", "explore", "--store", store, "--no-open"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.search(r"http://\S+", process.stderr.readline())
        assert found
        try:
            yield found[0]
        finally:
            process.terminate()


class Reader:
    """Somebody who has opened the address that was printed. Whatever fails or goes elsewhere is noted in `wrong`."""

    def __init__(self, browser: Browser, address: str, **browse: Any) -> None:
        """Open the address."""
        self.site = address.partition("/?")[0]
        self.wrong: list[str] = []
        settings = {"viewport": DESK, "reduced_motion": "reduce", "accept_downloads": True, **browse}
        self.context: BrowserContext = browser.new_context(**settings)
        self.page = self.tab()
        self.page.goto(address)

    def tab(self) -> Page:
        """Open one more tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda message: self.wrong.append(message.text) if is_error(message) else None)
        page.on("request", lambda request: None if self._is_ours(request.url) else self.wrong.append(request.url))
        return page

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.site}/", "data:", "blob:"))

    def visit(self, path: str, page: Page | None = None) -> Page:
        """Go to a page and wait until all of it is there."""
        shown = page or self.page
        shown.goto(self.site + path)
        complete(shown)
        return shown


def complete(page: Page) -> None:
    """Wait until a page has its scripts, and nothing of it is still being worked out."""
    page.wait_for_load_state()
    expect(page.locator(".wait")).to_have_count(0, timeout=PATIENCE)
