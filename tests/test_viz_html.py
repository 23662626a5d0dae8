"""The text of the page, before a browser reads it."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import networkx as nx
import pytest

from graphmodel.viz.html import page
from graphmodel.viz.scene import scene

HOSTILE = "</script><img src=x onerror=alert(1)>\u2028<!--"

DRAW = """
import networkx as nx
from graphmodel.viz.html import page
from graphmodel.viz.scene import scene
network = nx.Graph()
for i in range(40):
    network.add_node(f"n{i}", name=f"Organization {i}", kind=f"kind {i % 9}", regions=["Africa"])
    network.add_edge(f"n{i}", f"n{(i * 7 + 1) % 40}", shared=i % 3 + 1, activities=[f"a{i % 5}", "b"])
groups = {name: i % 4 for i, name in enumerate(network)}
text = page(scene(network, title="Map", groups=groups))
"""


@pytest.fixture(scope="module")
def html() -> str:
    network = nx.Graph()
    network.add_node("a", name=HOSTILE, acronym=HOSTILE, kind=HOSTILE, country=HOSTILE, url="javascript:alert(1)")
    network.add_node("b", name="B")
    network.add_edge("a", "b", shared=1, activities=["x"], strength=float("nan"))
    network.graph["activities"] = {"x": {"name": HOSTILE}}
    network.graph["sources"] = [{"id": "s", "title": HOSTILE}]
    return page(scene(network, title=HOSTILE, groups={"a": 0, "b": 0}, labels={0: HOSTILE}))


def block(html: str, opening: str) -> str:
    return html.partition(opening)[2].partition("</script>")[0]


def elements(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.append((tag, attributes))
    parser.feed(html)
    return found


def run(code: str, seed: str) -> str:
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-c", code]
    return subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout


def test_the_data_can_be_read_back_and_hold_nothing_that_ends_their_element(html: str) -> None:
    text = block(html, '<script type="application/json" id="graph-data">')
    assert not re.search("[<>&\u2028\u2029]", text)
    data = json.loads(text)
    assert data["nodes"][0]["about"]["name"] == HOSTILE
    assert data["activities"] == [{"name": HOSTILE}]


def test_nothing_but_the_two_scripts_and_the_data_is_a_script(html: str) -> None:
    scripts = [dict(attributes) for tag, attributes in elements(html) if tag == "script"]
    assert scripts == [{"type": "application/json", "id": "graph-data"}, {}, {"type": "module"}]
    assert "img" not in {tag for tag, _ in elements(html)}
    assert html.count("&lt;/script&gt;&lt;img") == 2  # title and heading


def test_the_policy_names_every_script_and_the_style_by_its_hash(html: str) -> None:
    policy = re.search('Content-Security-Policy" content="([^"]*)"', html)[1]
    style = html.partition("<style>")[2].partition("</style>")[0]
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (block(html, "<script>"), block(html, '<script type="module">'), style)
    ]
    assert policy == (
        f"default-src 'none'; script-src {hashes[0]} {hashes[1]}; style-src {hashes[2]}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_the_page_names_no_resource_outside_itself(html: str) -> None:
    for tag, attributes in elements(html):
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
        assert dict(attributes).get("src") is None
        assert (dict(attributes).get("href") or "#").startswith("#")
    assert "@import" not in html
    assert "url(" not in html.partition("<style>")[2].partition("</style>")[0]


def test_positions_colors_and_figures_are_plain_values_without_physics(html: str) -> None:
    data = json.loads(block(html, '<script type="application/json" id="graph-data">'))
    assert data["options"]["physics"] == {"enabled": False}
    assert {"id", "label", "shape", "x", "y", "size", "about"} == set(data["nodes"][0])
    known = {"entry", "basis", "shared", "activities"}
    assert set(data["edges"][0]["about"]) == known  # strength was not a number, nothing else is given


def test_the_same_scene_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    told = DRAW + "\nimport hashlib\nprint(hashlib.sha256(text.encode()).hexdigest())"
    assert run(told, "1") == run(told, "2")


def test_pyvis_is_imported_only_to_draw() -> None:
    before = "import sys, graphmodel.viz.html\nprint('pyvis' in sys.modules)"
    assert run(before, "0") == "False\n"
    assert run(DRAW + "\nimport sys\nprint('pyvis' in sys.modules)", "0") == "True\n"
