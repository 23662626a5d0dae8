"""The explorer as an officer goes through it, on both engines: find, filter, ask, draw, take home, load."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from graphmodel import api
from graphmodel.records import Edge, Node
from tests.browser.conftest import DESK
from tests.browser.networks import HOSTILE
from tests.browser.serving import Reader, complete, serving
from tests.browser.test_accessibility import violations
from tests.conftest import ENGINES, TINY, address_of

PHONE = {"width": 390, "height": 844}
PAGES = (
    "/",
    "/search?text=a",
    "/organization?id=amber",
    "/organization?id=hostile",
    "/organization?id=amber&part=activities",
    "/activity?id=wells",
    "/region?id=kenya",
    "/area?id=water",
    "/organizations",
    "/filter?to=/alliances",
    "/questions",
    "/question?n=1&organization=harbor&day=2024-06-01",
    "/question?n=5",
    "/alliances",
    "/gaps?areas=field&row=africa&column=water",
    "/map",
    "/trends",
    "/analyses",
    "/analysis?name=brokers",
    "/report",
    "/report?made=1&organization=harbor",
    "/query",
    "/query?cypher=MATCH (o:Organization) RETURN o.id, o.name",
    "/sources",
    "/quality",
    "/load",
    "/open",
)
"""Every kind of page."""
ABSENT = {"/nowhere": 404, "/organization?id=nobody": 404, "/alliances?region=nowhere": 400}
"""What is not there, and what is answered."""


@pytest.fixture(scope="module", params=ENGINES)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the tiny network, and one organization with a hostile name, on each engine in turn."""
    store = address_of(request.param, tmp_path_factory.mktemp("explorer"), request)
    with api.open(store) as graph:
        assert not graph.load(TINY).rejects
        hostile = Node(
            "Organization", "hostile", {"name": HOSTILE, "kind": "<b>kind</b>", "url": "javascript:hacked=1"}
        )
        assert not graph.load([hostile, Edge("PARTICIPATED_IN", "hostile", "wells", {"role": "<i>role</i>"})]).rejects
    with serving(store) as opened:
        yield opened


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    opened = Reader(browser, address)
    yield opened
    opened.context.close()
    assert opened.wrong == []


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def asked(page: Page) -> str:
    return urlsplit(page.url).query


def table(page: Page, name: str) -> list[list[str]]:
    """The cells of a table, row by row."""
    rows = page.get_by_role("region", name=name).locator("tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def forgive(reader: Reader) -> None:
    """Leave out what a browser notes of a page that is not there."""
    reader.wrong[:] = [text for text in reader.wrong if "the server responded with a status of 40" not in text]


def saved(page: Page, link: str, path: Path) -> Path:
    """Click a link to a file, and keep the file."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).click()
    download.value.save_as(path)
    return path


def test_an_officer_finds_an_organization_and_follows_its_partners_within_a_region(reader: Reader) -> None:
    page = reader.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    assert "token" not in page.url
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Go to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("harbor net")
    expect(page.locator("#found").get_by_role("link").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Harbor Network")
    complete(page)
    partners = page.locator("#partners")
    expect(partners.get_by_role("link", name="Delta Water")).to_be_visible()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("combobox", name="Region").select_option("Kenya")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="Remove Region Kenya")).to_be_visible()
    complete(page)
    assert heading(page) == "Harbor Network"
    expect(partners.get_by_role("link", name="Heron Aid")).to_have_count(0)
    partners.get_by_role("link", name="Cedar Trust").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cedar Trust")
    complete(page)
    assert "region=kenya" in asked(page)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Alliances").click()
    complete(page)
    assert "region=kenya" in asked(page)
    for _ in range(2):
        page.go_back()
        complete(page)
    assert heading(page) == "Harbor Network"
    page.get_by_role("link", name="Remove Region Kenya").click()
    complete(page)
    expect(partners.get_by_role("link", name="Heron Aid").first).to_be_visible()
    assert "region" not in asked(page)


def test_a_cell_of_the_gap_matrix_tells_who_is_there(reader: Reader) -> None:
    page = reader.visit("/gaps?areas=field")
    page.get_by_role("link", name="Water in Africa").click()
    panel = page.get_by_role("region", name="The cell")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Water in Africa")
    expect(panel).to_contain_text("Harbor Network")


def test_an_answer_is_taken_home_drawn_and_found_again_by_its_address(reader: Reader, tmp_path: Path) -> None:
    page = reader.visit("/questions")
    page.get_by_role("link", name="With whom do our peers partner that we do not?").click()
    complete(page)
    page.get_by_role("combobox", name="Organization").fill("Amber Fund")
    page.get_by_role("button", name="Answer").click()
    complete(page)
    name = heading(page)
    shown = table(page, name)
    csv = pl.read_csv(saved(page, "CSV", tmp_path / "table.csv"))
    heads, *rows = openpyxl.load_workbook(saved(page, "XLSX", tmp_path / "table.xlsx")).active.iter_rows(
        values_only=True
    )
    assert len(shown) == csv.height == len(rows) > 0
    assert csv.columns == list(heads)
    again = reader.visit(page.url.removeprefix(reader.site), reader.tab())
    assert table(again, name) == shown
    again.close()
    view, here = saved(page, "Save view", tmp_path / "view.json"), page.url
    page.get_by_role("link", name="Open a saved view").click()
    page.get_by_label("The file that “Save view” gave you:").set_input_files(view)
    page.get_by_role("button", name="Open").click()
    complete(page)
    assert sorted(asked(page).split("&")) == sorted(urlsplit(here).query.split("&"))
    assert table(page, name) == shown


def test_the_map_stands_inside_and_is_downloaded(reader: Reader, tmp_path: Path) -> None:
    page = reader.visit("/map?focus=harbor&region=kenya")
    inside = page.frame_locator("iframe")
    inside.locator("#net[data-ready=true]").wait_for()
    search = inside.get_by_role("combobox")
    search.fill("cedar")
    search.press("Enter")
    expect(inside.get_by_role("complementary", name="Details").get_by_role("heading", level=2)).to_have_text(
        "Cedar Trust"
    )
    assert saved(page, "SVG", tmp_path / "map.svg").read_bytes().startswith(b"<?xml")


def test_cypher_is_run_by_keys_and_can_only_read(reader: Reader) -> None:
    page = reader.visit("/query")
    box = page.get_by_role("textbox", name="Query")
    box.fill("MATCH (o:Organization) WHERE o.id IN ['amber', 'hostile'] RETURN o.name AS name ORDER BY o.id")
    box.press("Control+Enter")
    page.wait_for_url("**/query?*")
    complete(page)
    assert [row[-1] for row in table(page, "Rows")] == ["Amber Fund", HOSTILE]
    box.fill("MATCH (o:Organization) DETACH DELETE o")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_be_visible()
    complete(page)
    assert page.locator("img").count() == 0
    box.fill("</textarea><img src=x onerror=hacked=1>")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert box.input_value() == "</textarea><img src=x onerror=hacked=1>"
    assert page.evaluate("window.hacked") is None


def test_hostile_names_and_addresses_are_text(reader: Reader) -> None:
    page = reader.page
    page.get_by_role("searchbox").fill("trust & co")
    page.locator("#found").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE)
    complete(page)
    assert page.locator("a[href^='javascript:']").count() == 0
    for path in ("/search?text=%3Cimg src=x onerror=hacked=1%3E", "/organization?id=%3Cscript%3Ehacked=1%3C/script%3E"):
        reader.visit(path)
        assert page.locator("main img, main script").count() == 0
        assert page.evaluate("window.hacked") is None
    forgive(reader)


def test_another_name_of_the_host_gets_nothing(address: str) -> None:
    parts = urlsplit(address)
    for host in ("evil.example", f"evil.example:{parts.port}"):
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port)
        connection.request("GET", f"/?{parts.query}", headers={"Host": host})
        answer = connection.getresponse()
        assert answer.status == 421
        assert b"Overview" not in answer.read()
        connection.close()


@pytest.mark.parametrize("address", ["embedded"], indirect=True)
def test_axe_finds_nothing_on_any_page_and_a_telephone_shows_it_whole(reader: Reader) -> None:
    """In light and in dark."""
    page, found, answered = reader.page, {}, {}
    page.on("response", lambda response: answered.update({response.url: response.status}))
    for path in (*PAGES, *ABSENT):
        reader.visit(path)
        assert answered[page.url] == ABSENT.get(path, 200), path
        page.emulate_media(color_scheme="light")
        light = violations(page)
        page.emulate_media(color_scheme="dark")
        dark = violations(page)
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.set_viewport_size(DESK)
        if light or dark or wide > PHONE["width"]:
            found[path] = (light, dark, wide)
    forgive(reader)
    assert found == {}


def test_files_are_loaded_by_choosing_them_and_what_cannot_be_taken_is_shown(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("id,name,founded\nnew,New Partner,2020\nodd,Odd One,soon\n")
    page = reader.visit("/load")
    page.get_by_label("Drop files or a folder").set_input_files(tmp_path / "organizations.csv")
    page.get_by_role("button", name="See what it would change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would change")
    expect(page.get_by_role("region", name="What cannot be taken")).to_contain_text("soon")
    page.get_by_role("button", name="Load the rest").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Loaded")
    complete(page)
    page.get_by_role("searchbox").fill("new partner")
    page.locator("#found").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New Partner")
    complete(page)


def drop(page: Page, path: Path) -> None:
    """Drop a file or a folder on a page, as from the desktop."""
    dropped = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for type_ in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": type_, "x": 400, "y": 300, "data": dropped})
    session.detach()


def test_an_empty_explorer_says_how_to_load_and_takes_a_folder_that_is_dropped(
    browser: Browser, tmp_path: Path
) -> None:
    with serving(str(tmp_path / "graph.lbug")) as address:
        reader = Reader(browser, address)
        page = reader.page
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no data yet")
        complete(page)
        assert violations(page) == []
        drop(page, TINY)
        expect(page.get_by_role("heading", level=1)).to_have_text("What would change")
        assert violations(page) == []
        page.get_by_role("button", name="Load", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Loaded")
        page.get_by_role("link", name="Go to the overview").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        complete(page)
        reader.context.close()
        forgive(reader)
        assert reader.wrong == []
