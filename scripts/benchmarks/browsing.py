"""Opens pages in Chromium, offline and from a file, and tells when they have drawn what they show."""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

CHROMIUM = os.environ.get("GRAPHMODEL_TEST_CHROMIUM", "/usr/bin/chromium")
WINDOW = ViewportSize(width=1440, height=900)
LIMIT = 60
"""Seconds after which a page that does not stand still is left."""
STILL = 1.5
"""Seconds without drawing after which a page stands still, and without drawing after an error is given up."""
TURNS = 10
"""Of the wheel, each of which makes a page draw anew."""


@dataclass(frozen=True)
class Seen:
    """What is seen of a page.

    Attributes
    ----------
    first, still : float, optional
        Seconds until it draws anything, and until it stands still.
    frame : float, optional
        Milliseconds to draw all of it anew.
    requests : int
        To other hosts.
    error : str
        The first of its scripts.
    """

    first: float | None
    still: float | None
    frame: float | None
    requests: int
    error: str


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def look(chromium: Browser, file: Path, *, says_ready: bool = False) -> Seen:
    """Open a page and watch it; one that says when it is ready is not taken to be still before."""
    with chromium.new_context(viewport=WINDOW, offline=True, reduced_motion="reduce") as context:
        context.add_init_script(Path(__file__).with_name("watch.js").read_text("utf-8"))
        page = context.new_page()
        asked: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(error.message))
        page.goto(file.as_uri(), wait_until="commit")
        first, still, ready = _watch(page, errors)
        assert ready or not says_ready
        outside = [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
        return Seen(first, still, _frame(page) if still else None, len(outside), "".join(errors[:1]))


def _watch(page: Page, errors: list[str]) -> tuple[float | None, float | None, bool]:
    """Return the seconds until a page draws and until it stands still, and whether it said that it is ready."""
    until = time.monotonic() + LIMIT
    while True:
        seen = page.evaluate("({ ...window.watched, now: performance.now() })")
        last = max(seen["last"], seen["ready"])
        quiet = seen["now"] - last > 1000 * STILL and (seen["first"] or errors)
        if quiet or time.monotonic() > until:
            first, still = seen["first"] / 1000, last / 1000 if quiet else 0
            return first or None, still or None, bool(seen["ready"])
        time.sleep(0.2)


def _frame(page: Page) -> float:
    """Return the median of the milliseconds that a page takes to draw all anew, at turns of the wheel to and fro."""
    box = page.locator("canvas").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    time.sleep(0.5)
    page.evaluate("window.watched.timing = true")
    for turn in range(TURNS):
        page.mouse.wheel(0, 100 if turn % 2 == 0 else -100)
        time.sleep(0.5)
    durations: list[float] = page.evaluate("window.watched.frames.map(({ duration }) => duration)")
    return statistics.median(durations)
