"""Every check of the map on public and generated networks, light and dark, wide and narrow, plain and compressed.

A page is opened once at each width, and every check leaves it as it was.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import data
from tests.browser import checks
from tests.browser.conftest import DESK, open_file
from tests.browser.pages import NETWORKS
from tests.browser.test_map import status

FORMS = ("plain", "compressed")
SCREENS = {"desk": DESK, "phone": {"width": 390, "height": 844}}
SCHEMES = ("light", "dark")
OF_HAND = {"desk": "light", "phone": "dark"}
"""The scheme in which the page is worked with, at each width."""

Written = Callable[[str], tuple[Path, Path]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Write the pages of a network by two processes, in which sets have other orders."""

    @cache
    def write(name: str) -> tuple[Path, Path]:
        if name == "gef":
            data.table("gef/projects.csv")  # without it the test is skipped, or fails
        folders = tmp_path_factory.mktemp(name), tmp_path_factory.mktemp(name)
        writers = [writer(name, folder, seed) for folder, seed in zip(folders, "12", strict=True)]
        assert [process.wait() for process in writers] == [0, 0]
        return folders

    return write


def writer(name: str, folder: Path, seed: str) -> "subprocess.Popen[bytes]":
    call = [sys.executable, "-m", "tests.browser.pages", name, str(folder)]
    return subprocess.Popen(call, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONHASHSEED": seed})


@pytest.fixture(scope="module", params=product(NETWORKS, FORMS, SCREENS), ids="-".join)
def opened(request: pytest.FixtureRequest, browser: Browser, written: Written) -> Iterator[tuple[Page, str, str]]:
    """A page, the name of its network and that of the screen; at last nothing may have failed or gone out."""
    name, form, screen = request.param
    wrong: list[str] = []
    page = open_file(browser, written(name)[0] / f"{form}.html", wrong, viewport=SCREENS[screen])
    yield page, name, screen
    page.context.close()
    assert wrong == []


@pytest.fixture
def page(opened: tuple[Page, str, str]) -> Page:
    """The page with its filters unfolded."""
    page, _, screen = opened
    page.emulate_media(color_scheme=OF_HAND[screen])
    folded = page.get_by_role("button", name="Filters", expanded=False)
    if folded.is_visible():
        folded.click()
    return page


def test_the_status_tells_how_much_is_shown(page: Page, opened: tuple[Page, str, str]) -> None:
    organizations, alliances = NETWORKS[opened[1]]
    groups = len(checks.drawn(page)["nodes"])
    expect(status(page)).to_have_text(
        f"{groups} of {groups} groups, {organizations:,} of {organizations:,} organizations"
        if checks.units(page) == "groups"
        else f"{organizations:,} of {organizations:,} organizations, {alliances:,} of {alliances:,} alliances"
    )


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("check", checks.BY_LOOKING, ids=lambda check: check.__name__)
def test_who_looks_at_it_finds_that(page: Page, check: Callable[[Page], None], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    check(page)


@pytest.mark.parametrize("check", checks.BY_HAND, ids=lambda check: check.__name__)
def test_who_works_with_it_finds_that(page: Page, check: Callable[[Page], None]) -> None:
    check(page)


def test_the_first_printed_page_holds_the_map(page: Page, opened: tuple[Page, str, str]) -> None:
    if opened[2] == "desk":
        checks.the_first_printed_page_holds_the_map(page)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NETWORKS)
def test_two_runs_give_the_same_bytes(written: Written, name: str, form: str) -> None:
    one, other = ((folder / f"{form}.html").read_bytes() for folder in written(name))
    assert one == other
