"""What is downloaded is what is shown: no more, no less, and readable by other programs."""

import base64
import csv
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.networks import HOSTILE, circles, crowd, partners

SVG = "{http://www.w3.org/2000/svg}"
NODE, VIZ = "{http://gexf.net/1.3}node", "{http://gexf.net/1.3/viz}"
DASH = "\N{EN DASH}"
ENTRIES = ["PNG (2x)", "SVG", "GEXF", "CSV of organizations", "CSV of alliances"]
EDGE = 28  # pixels around a picture

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.org")')


def download(page: Page, entry: str) -> Path:
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name=entry).click()
    path = Path(started.value.path())
    return path.rename(path.with_name(started.value.suggested_filename))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def titles(svg: ElementTree.Element, layer: str) -> list[str]:
    """The names of the marks or lines in a layer of a picture."""
    return [title.text for title in svg.findall(f"./{SVG}g[@id='{layer}']/{SVG}path/{SVG}title")]


def texts(svg: ElementTree.Element, layer: str) -> list[str]:
    return [text.text for text in svg.findall(f"./{SVG}g[@id='{layer}']/{SVG}text")]


def name(network: nx.Graph, id: str) -> str:
    return network.nodes[id]["name"]


def without(network: nx.Graph, kind: str) -> nx.Graph:
    return network.subgraph([id for id in network if network.nodes[id]["kind"] != kind])


def ends(pairs) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in pairs}


@pytest.fixture(params=[None, "ngo"])
def shown(request: pytest.FixtureRequest, page: Page) -> nx.Graph:
    """What the map shows: everything, or what is left when a kind of organization is hidden."""
    if request.param is None:
        return partners()
    page.get_by_role("button", name=request.param).click()
    return without(partners(), request.param)


def test_the_picture_has_exactly_the_organizations_and_alliances_that_are_shown(page: Page, shown: nx.Graph) -> None:
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert sorted(titles(svg, "organizations")) == sorted(name(shown, id) for id in shown)
    lines = [frozenset(title.split(f" {DASH} ")) for title in titles(svg, "alliances")]
    assert sorted(lines, key=sorted) == sorted(
        (frozenset((name(shown, a), name(shown, b))) for a, b in shown.edges), key=sorted
    )


def test_the_network_file_has_exactly_what_is_shown_with_its_figures(page: Page, shown: nx.Graph) -> None:
    network = nx.read_gexf(download(page, "GEXF"))
    assert {id: known["label"] for id, known in network.nodes(data=True)} == {id: name(shown, id) for id in shown}
    assert ends(network.edges) == ends(shown.edges)
    for id, known in network.nodes(data=True):
        assert known["kind"] == shown.nodes[id]["kind"]
        assert known["partners"] == shown.degree(id)
    for source, target, known in network.edges(data=True):
        expected = shown.edges[source, target]
        assert known["weight"] == max(1, expected["shared"])
        assert {key: known.get(key) for key in ("basis", "shared", "strength", "first", "last")} == {
            key: expected.get(key) for key in ("basis", "shared", "strength", "first", "last")
        }


def test_the_tables_have_exactly_what_is_shown(page: Page, shown: nx.Graph) -> None:
    organizations, alliances = (rows(download(page, entry)) for entry in ENTRIES[3:])
    assert {row["id"]: row["name"] for row in organizations} == {id: name(shown, id) for id in shown}
    assert {row["id"]: int(row["partners"]) for row in organizations} == dict(shown.degree)
    assert ends((row["source"], row["target"]) for row in alliances) == ends(shown.edges)
    assert all(row["source_name"] == name(shown, row["source"]) for row in alliances)


def test_sliders_and_hidden_lines_narrow_the_files_too(page: Page) -> None:
    page.get_by_role("slider", name="Shared activities, at least").fill("2")
    page.get_by_role("button", name="Both").click()
    assert [row["name"] for row in rows(download(page, "CSV of organizations"))] == [
        "Łódź Society of Arts and Letters",
        "Organization B",
    ]
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert texts(svg, "title") == ["Map", "2 of 13 organizations, 1 of 24 alliances"]
    assert set(nx.read_gexf(download(page, "GEXF")).edges) == {("a", "b")}


def test_tables_tell_all_that_the_page_knows(page: Page) -> None:
    organization, alliance = (rows(download(page, entry))[0] for entry in ENTRIES[3:])
    assert organization == {
        "id": "a",
        "name": "Łódź Society of Arts and Letters",
        "acronym": "SAL",
        "kind": "ngo",
        "country": "FR",
        "community": "Water",
        "partners": "5",
        "shared": "7",
        "founded": "1946",
        "activities": "2",
        "regions": "Africa; Arab States",
        "competence_areas": "culture",
        "url": "https://example.org",
    }
    assert (alliance["source"], alliance["target"]) == ("a", "b")
    assert (alliance["shared"], alliance["first"], alliance["last"]) == ("3", "2014", "2021")
    assert alliance["activities"] == "Forum on Water; Forum on Youth; World Congress"


def test_hiding_does_not_change_the_columns(page: Page) -> None:
    before = download(page, "CSV of organizations").read_text("utf-8").splitlines()[0]
    page.get_by_role("button", name="ngo").click()
    assert download(page, "CSV of organizations").read_text("utf-8").splitlines()[0] == before


def test_a_table_is_marked_as_unicode_and_its_lines_end_as_the_standard_asks(page: Page) -> None:
    content = download(page, "CSV of organizations").read_bytes()
    assert content.startswith("\N{ZERO WIDTH NO-BREAK SPACE}id,name,".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 14


def test_no_cell_is_a_formula(open_map) -> None:
    network = nx.Graph()
    for number, formula in enumerate(FORMULAS):
        network.add_node(f"n{number}", name=formula, kind='a "quoted", kind\nof two lines', activities=-5)
    for number in range(1, len(FORMULAS)):
        network.add_edge("n0", f"n{number}", shared=1, activities=[f"x{number}"])
    network.graph["activities"] = {f"x{number}": {"name": formula} for number, formula in enumerate(FORMULAS)}
    page = open_map(network)
    organizations = rows(download(page, "CSV of organizations"))
    assert [row["name"] for row in organizations] == [f"'{formula}" for formula in FORMULAS]
    assert {row["kind"] for row in organizations} == {'a "quoted", kind\nof two lines'}
    alliances = rows(download(page, "CSV of alliances"))
    assert [row["activities"] for row in alliances] == [f"'{formula}" for formula in FORMULAS[1:]]


def test_hostile_names_are_text_in_every_file(open_map) -> None:
    network = partners()
    network.nodes["m"]["name"] = bad = f'{HOSTILE}\n"\x00\x1f\ufffe]]><!--'
    page = open_map(network, title=bad)
    kept = bad.translate(dict.fromkeys((0, 0x1F, 0xFFFE), "\N{REPLACEMENT CHARACTER}"))
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert kept in titles(svg, "organizations")
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "g",
        "path",
        "text",
    }
    assert nx.read_gexf(download(page, "GEXF")).nodes["m"]["label"].split() == kept.split()
    assert rows(download(page, "CSV of organizations"))[-1]["name"] == bad
    assert page.evaluate("window.hacked") is None


def test_files_are_called_after_the_title(open_map) -> None:
    page = open_map(partners(), title=' Łódź & "co": 2004/2026 … ')
    assert download(page, "SVG").name == "Łódź-co-2004-2026.svg"
    assert download(page, "CSV of alliances").name == "Łódź-co-2004-2026-alliances.csv"


def test_the_network_file_is_laid_out_and_coloured_as_the_map(page: Page) -> None:
    file = download(page, "GEXF")
    network = nx.read_gexf(file)
    viz = network.nodes["a"]["viz"]
    assert viz["color"] == {"r": 0x66, "g": 0x99, "b": 0xCC, "a": 1.0}
    # networkx looks for shapes elsewhere than where the format has them
    shapes = {node.get("id"): node.find(f"{VIZ}shape").get("value") for node in ElementTree.parse(file).iter(NODE)}
    assert [shapes[id] for id in "ail"] == ["disc", "square", "triangle"]
    assert viz["size"] == max(known["viz"]["size"] for _, known in network.nodes(data=True))
    ax, ay = page.evaluate("graphmodel.placeOf('a')")
    bx, by = page.evaluate("graphmodel.placeOf('b')")
    one, other = viz["position"], network.nodes["b"]["viz"]["position"]
    # upwards is up: on the screen y points down, in the file up
    assert (ax > bx, ay > by) == (one["x"] > other["x"], one["y"] < other["y"])


def test_the_picture_has_title_legend_hulls_names_and_provenance(page: Page) -> None:
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert texts(svg, "title") == ["Map", "13 of 13 organizations, 24 of 24 alliances"]
    assert sorted(titles(svg, "communities")) == ["Culture", "Water", "Youth"]
    assert {"SAL", "Organization B", "Water"} <= set(texts(svg, "names"))
    assert texts(svg, "names") == texts(svg, "halos")
    assert {"Organizations by kind", "ngo", "8", "foundation", "3", "Formal agreement"} <= set(texts(svg, "legend"))
    assert " ".join(texts(svg, "provenance")).startswith(
        "4 organizations without an alliance are not on the map. The secretariat is left out. "
        "Sources: Annual report (CC BY 4.0). Data of 2024-02-29, SHA-256 0123456789ab. Made with graphmodel"
    )


def test_the_legend_of_a_picture_tells_only_what_is_shown(page: Page) -> None:
    page.get_by_role("button", name="ngo").click()
    page.get_by_role("button", name="Communities").click()
    svg = ElementTree.parse(download(page, "SVG")).getroot()
    assert "ngo" not in texts(svg, "legend")
    assert titles(svg, "communities") == []


def test_a_picture_holds_the_whole_map_wherever_the_reader_is(open_map) -> None:
    network, groups = crowd()
    page = open_map(network, groups=groups)
    before = download(page, "SVG").read_text("utf-8")
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    page.evaluate("location.hash = '#org=n17'")
    expect(page.get_by_role("complementary", name="Details")).to_be_visible()
    after = download(page, "SVG")
    assert after.read_text("utf-8") == before
    assert len(titles(ElementTree.parse(after).getroot(), "organizations")) == 300


def test_a_picture_has_the_countries_below_the_map_and_no_more_of_them_than_fits(open_map) -> None:
    network = partners()
    for id, country in zip("abc", ("Peru", "Norway", "Japan"), strict=True):
        network.nodes[id]["country"] = country
    svg = ElementTree.parse(download(open_map(network, layout="geo"), "SVG")).getroot()
    clipped = svg.find(f"./{SVG}g[@clip-path='url(#backdrop-area)']/{SVG}g[@id='backdrop']")
    assert clipped.findall(f"{SVG}path")
    area = svg.find(f"./{SVG}clipPath[@id='backdrop-area']/{SVG}rect")
    assert float(area.get("x")) + float(area.get("width")) <= float(svg.get("width"))
    assert float(area.get("y")) + float(area.get("height")) <= float(svg.get("height"))


def boxes(page: Page, svg: Path) -> dict[str, tuple[float, float, float, float]]:
    """Where a browser draws each mark, line and word of a picture."""
    page.goto(svg.as_uri())
    return page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("svg > g > *")].map((element, number) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          return [`${number} ${element.textContent}`, [left, top, right, bottom]];
        }))"""
    )


def test_nothing_of_a_picture_is_cut_off(open_map) -> None:
    network, groups = crowd()
    page = open_map(network, groups=groups, title="A very long title of a map " * 12)
    svg = download(page, "SVG")
    size = ElementTree.parse(svg).getroot()
    width, height = float(size.get("width")), float(size.get("height"))
    for left, top, right, bottom in boxes(page, svg).values():
        assert left >= EDGE / 2
        assert top >= EDGE / 2
        assert right <= width - EDGE / 2
        assert bottom <= height - EDGE / 2


DIFFERENCE = """async ([svg, png]) => {
  const pixels = async (type, base64) => {
    const picture = new Image();
    picture.src = `data:${type};base64,${base64}`;
    await picture.decode();
    const canvas = Object.assign(document.createElement("canvas"), SIZE);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const [one, other] = [await pixels("image/svg+xml", svg), await pixels("image/png", png)];
  const unlike = one.filter((value, i) => Math.abs(value - other[i]) > 24).length;
  return unlike / one.length;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pixels_and_lines_are_the_same_picture(open_map, browser: Browser, scheme: str) -> None:
    page = open_map(partners(), groups=circles(), browse={"color_scheme": scheme})
    files = [download(page, entry) for entry in ("SVG", "PNG")]
    svg = ElementTree.parse(files[0]).getroot()
    width, height = 2 * int(svg.get("width")), 2 * int(svg.get("height"))
    assert png_size(files[1].read_bytes()) == (width, height)
    blank = browser.new_page()
    script = DIFFERENCE.replace("SIZE", f"{{ width: {width}, height: {height} }}")
    difference = blank.evaluate(script, [base64.b64encode(file.read_bytes()).decode() for file in files])
    blank.close()
    assert difference < 0.0004


def png_size(content: bytes) -> tuple[int, int]:
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def test_the_menu_works_by_keyboard(page: Page) -> None:
    button = page.get_by_role("button", name="Download")
    menu = page.get_by_role("menu", name="Download what is shown")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    items = page.get_by_role("menuitem")
    assert [text.split("\n")[0] for text in items.all_inner_texts()] == ENTRIES
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("ArrowUp")
    with page.expect_download() as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename == "Map-alliances.csv"
    expect(button).to_be_focused()
    expect(page.locator("#announcer")).to_have_text(
        "Downloaded Map-alliances.csv: 13 of 13 organizations, 24 of 24 alliances."
    )


def test_a_click_elsewhere_closes_the_menu(page: Page) -> None:
    page.get_by_role("button", name="Download").click()
    page.get_by_role("combobox").click()
    expect(page.get_by_role("menu")).to_be_hidden()


def test_there_is_nothing_to_download_where_nothing_is_shown(page: Page) -> None:
    for kind in ("ngo", "foundation", "government"):
        page.get_by_role("button", name=kind).click()
    expect(page.get_by_role("button", name="Download")).to_be_disabled()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("button", name="Download")).to_be_enabled()
