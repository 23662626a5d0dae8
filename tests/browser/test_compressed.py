"""A compressed page is the same page: it looks, works and guards itself like a plain one."""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from graphmodel.viz.html import page as html_page
from graphmodel.viz.packing import LARGE, hash_of
from graphmodel.viz.scene import scene
from tests.browser import test_map
from tests.browser.conftest import DESK, OpenMap
from tests.browser.networks import HOSTILE, circles, partners

BLOCK = re.compile(r'<script type="text/plain" data-becomes="([^"]*)"(?: data-id="([^"]*)")?>([^<]*)</script>')

SAME = (
    test_map.test_marks_are_painted_in_the_colour_of_their_kind,
    test_map.test_a_click_on_a_tie_shows_the_alliance_and_its_activities,
    test_map.test_every_organization_of_a_small_map_is_named,
    test_map.test_the_keyboard_walks_the_map,
    test_map.test_the_foot_of_the_page_says_where_the_data_came_from,
)


@pytest.fixture
def page(open_map: OpenMap) -> Page:
    return open_map(partners(), groups=circles(), labels={0: "Water", 1: "Youth", 2: "Culture"}, compress=True)


@pytest.mark.parametrize("fact", SAME, ids=lambda fact: fact.__name__.removeprefix("test_"))
def test_what_holds_on_a_plain_page_holds(page: Page, fact) -> None:
    fact(page)


def drawn(network: nx.Graph, compress: bool | None = None) -> str:
    return html_page(scene(network, title="Map"), compress)


@pytest.fixture(scope="module")
def plain() -> str:
    return drawn(partners(), compress=False)


@pytest.fixture(scope="module")
def packed() -> str:
    return drawn(partners(), compress=True)


def unpacked(html: str) -> dict[str, str]:
    """The text in each block, by what becomes of it."""
    return {becomes: gzip.decompress(base64.b64decode(text)).decode() for becomes, _, text in BLOCK.findall(html)}


def policy(html: str) -> str:
    return re.search('Content-Security-Policy" content="([^"]*)"', html)[1]


def test_it_holds_the_same_scripts_and_data_as_the_plain_page(plain: str, packed: str) -> None:
    assert list(unpacked(packed)) == ["application/json", "", "module"]
    assert all(text in plain for text in unpacked(packed).values())
    assert json.loads(unpacked(packed)["application/json"])["nodes"][-1]["about"]["name"] == HOSTILE


def test_it_is_far_smaller(plain: str, packed: str) -> None:
    assert len(packed) < len(plain) / 2


def test_the_policy_names_what_is_unpacked_by_its_hash_and_what_unpacks(packed: str) -> None:
    allowed = re.search("script-src ([^;]*)", policy(packed))[1].split()
    unpack = packed.rpartition("<script>")[2].partition("</script>")[0]
    assert allowed == [hash_of(unpack), hash_of(unpacked(packed)[""]), hash_of(unpacked(packed)["module"])]


def test_apart_from_the_hash_of_what_unpacks_the_policy_is_that_of_the_plain_page(plain: str, packed: str) -> None:
    unpack = packed.rpartition("<script>")[2].partition("</script>")[0]
    assert policy(packed).replace(f"{hash_of(unpack)} ", "") == policy(plain)


def test_the_same_map_gives_the_same_bytes(packed: str) -> None:
    code = (
        "import hashlib\nfrom tests.browser.networks import partners\nfrom graphmodel.viz.html import page\n"
        "from graphmodel.viz.scene import scene\n"
        "print(hashlib.sha256(page(scene(partners(), title='Map'), True).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in "12"
    }
    assert len(found) == 1


def test_what_is_packed_tells_neither_when_nor_where(packed: str) -> None:
    for _, _, text in BLOCK.findall(packed):
        assert base64.b64decode(text)[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


def test_only_a_large_page_is_compressed() -> None:
    small, large = partners(), partners()
    large.nodes["a"]["name"] = "A" * LARGE
    assert not BLOCK.search(drawn(small))
    assert len(BLOCK.findall(drawn(large))) == 3
    assert not BLOCK.search(drawn(large, compress=False))


def opened(browser: Browser, file: Path, before: str = "") -> Page:
    context = browser.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    page.add_init_script(before)
    page.goto(file.as_uri())
    return page


def test_a_browser_that_cannot_unpack_it_is_told_which_can(browser: Browser, tmp_path: Path, packed: str) -> None:
    file = tmp_path / "map.html"
    file.write_text(packed, "utf-8", newline="\n")
    page = opened(browser, file, "delete window.DecompressionStream")
    expect(page.get_by_role("note")).to_have_text(
        "This browser is too old to open this map. Chrome and Edge from version 92, Firefox from 113 and Safari from "
        "16.4 open it."
    )
    page.context.close()


@pytest.mark.parametrize("damage", [lambda text: text[:-40], lambda text: text[:50] + "*" + text[51:]])
def test_a_damaged_page_says_so(browser: Browser, tmp_path: Path, packed: str, damage) -> None:
    text = BLOCK.search(packed)[3]
    file = tmp_path / "map.html"
    file.write_text(packed.replace(text, damage(text)), "utf-8", newline="\n")
    page = opened(browser, file)
    expect(page.get_by_role("note")).to_have_text(
        "This file is damaged, so the map in it cannot be shown. Ask for it once more."
    )
    page.context.close()


def test_a_script_that_was_exchanged_in_the_file_does_not_run(browser: Browser, tmp_path: Path, packed: str) -> None:
    module = BLOCK.findall(packed)[2][2]
    other = base64.b64encode(gzip.compress(b"window.hacked = true", mtime=0)).decode()
    file = tmp_path / "map.html"
    file.write_text(packed.replace(module, other), "utf-8", newline="\n")
    page = opened(
        browser,
        file,
        "window.blocked = new Promise((tell) => addEventListener('securitypolicyviolation', "
        "({ effectiveDirective }) => tell(effectiveDirective)))",
    )
    assert page.evaluate("window.blocked") == "script-src-elem"
    assert page.evaluate("window.hacked") is None
    page.context.close()
