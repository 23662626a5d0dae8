"""The report is two sides of paper, everybody can read it, and it asks nobody for anything."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from graphmodel import api
from graphmodel import report as reports
from tests.browser.conftest import is_outside
from tests.browser.test_accessibility import violations


@pytest.fixture(scope="module")
def file(demonstration: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    with api.open(demonstration) as graph:
        files = reports.report(graph, reports.Request(api.Filter(exclude=api.HUBS)))
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(files["report.html"])
    return path


def opened(browser: Browser, file: Path, wrong: list[str], **browse: object) -> Page:
    page = browser.new_context(offline=True, **browse).new_page()
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda request: wrong.append(request.url) if is_outside(request.url) else None)
    page.goto(file.as_uri())
    return page


def test_it_prints_on_two_sides_of_a4(browser: Browser, file: Path) -> None:
    wrong: list[str] = []
    page = opened(browser, file, wrong)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.context.close()
    first, second = (side.extract_text() for side in printed.pages)
    assert [round(float(length)) for length in printed.pages[0].mediabox[2:]] == [595, 842]
    assert [text for text in ("Partnership network", "Strongest alliances") if text not in first] == []
    assert [text for text in ("Whom to bring together", "SHA-256") if text not in second] == []
    assert wrong == []


@pytest.mark.parametrize("width", [390, 1_200])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser: Browser, file: Path, width: int) -> None:
    wrong: list[str] = []
    page = opened(browser, file, wrong, viewport={"width": width, "height": 900})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
    assert wrong == []
