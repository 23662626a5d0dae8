"""Draws the picture of README.md: the map of the demonstration, as Chromium shows it."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from graphmodel import Filter, Look, draw, open
from graphmodel.api import HUBS

PICTURE = Path(__file__).parent / "pictures" / "demonstration.png"
SIZE = {"width": 1440, "height": 900}


def main() -> None:
    """Load the demonstration, draw its map, and take its picture."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "map.html"
        with open(f"{folder}/demo.lbug") as graph:
            graph.load_demonstration()
            network = graph.project(Filter(exclude=HUBS)).told()
        page.write_text(draw(network, Look(title="Partners of UNESCO that met")), encoding="utf-8")
        take(page)


def take(page: Path) -> None:
    """Open a page in Chromium and take its picture once it is drawn."""
    browser_path = os.environ.get("GRAPHMODEL_TEST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        view = browser.new_page(viewport=SIZE)
        view.goto(page.as_uri())
        view.wait_for_selector("#net[data-ready=true]")
        PICTURE.parent.mkdir(exist_ok=True)
        view.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
