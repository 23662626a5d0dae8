"""axe-core finds nothing to object to, in whatever state the page is."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.networks import circles, partners

STATES: dict[str, Callable[[Page], None]] = {
    "as it opens": lambda page: None,
    "searching": lambda page: page.get_by_role("combobox").fill("org"),
    "found nothing": lambda page: page.get_by_role("combobox").fill("zzz"),
    "an organization": lambda page: page.evaluate("location.hash = '#org=a'"),
    "filtered": lambda page: page.get_by_role("button", name="ngo").click(),
    "nothing left": lambda page: [entry.click() for entry in page.locator("#kinds button").all()],
    "the table": lambda page: page.get_by_role("button", name="Table").click(),
    "the downloads": lambda page: page.get_by_role("button", name="Download").click(),
    "the sources": lambda page: page.get_by_text("1 source").click(),
}


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_map, scheme: str, state: str) -> None:
    page = open_map(partners(), groups=circles(), browse={"color_scheme": scheme})
    STATES[state](page)
    assert violations(page) == []


def test_axe_finds_nothing_on_a_telephone(open_map) -> None:
    page = open_map(partners(), groups=circles(), browse={"viewport": {"width": 390, "height": 844}})
    page.get_by_role("button", name="Filters").click()
    assert violations(page) == []
