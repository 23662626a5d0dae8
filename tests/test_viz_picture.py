"""Pictures of the map for a report."""

import io
import re
import struct
import sys
import zlib
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pypdf
import pytest

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Scene
from graphmodel.viz.picture import FORMS, draw
from graphmodel.viz.picture.colors import THEMES
from graphmodel.viz.picture.hulls import hulls
from graphmodel.viz.picture.labels import Label, place
from graphmodel.viz.picture.lettering import FAMILY, width_of
from graphmodel.viz.picture.room import overlap
from graphmodel.viz.picture.view import View
from graphmodel.viz.scene import scene
from tests.browser.networks import HOSTILE, circles, crowd, partners

SVG = "{http://www.w3.org/2000/svg}"
PAGE_COLORS = Path(__file__).parent.parent / "graphmodel" / "viz" / "assets" / "colors.css"


@pytest.fixture(scope="module")
def drawn() -> Scene:
    return scene(
        partners(), title="Partners of UNESCO", groups=circles(), labels={0: "Water", 1: "Youth", 2: "Culture"}
    )


@pytest.fixture(scope="module")
def crowded() -> Scene:
    network, groups = crowd()
    return scene(network, title="Crowd", groups=groups)


def parsed(picture: Scene, **how: object) -> ElementTree.Element:
    return ElementTree.fromstring(draw(picture, "svg", **how))


def part(root: ElementTree.Element, id: str) -> ElementTree.Element:
    return next(element for element in root.iter() if element.get("id") == id)


def texts(root: ElementTree.Element) -> list[str]:
    """What is written, the lines of one text together."""
    return [" ".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def placed(picture: Scene, width: float = 1_140, height: float = 840) -> tuple[View, list[Label]]:
    view = View.of(picture, (0, 0, width, height))
    return view, place(picture, view, hulls(picture, view))


def pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a PNG of four bytes for each pixel."""
    width, height, *kind = struct.unpack(">IIBBBBB", png[16:29])
    assert kind == [8, 6, 0, 0, 0]
    data, at = b"", 8
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        at += 12 + length
    raw = zlib.decompress(data)
    rows, before = [], bytes(4 * width)
    for row in range(height):
        start = row * (4 * width + 1)
        before = unfiltered(raw[start], raw[start + 1 : start + 1 + 4 * width], before)
        rows.append(before)
    return width, height, rows


def unfiltered(method: int, line: bytes, above: bytes) -> bytes:
    if method == 0:
        return line
    assert method in (1, 2)
    found = bytearray(line)
    for i in range(4 if method == 1 else 0, len(found)):
        found[i] = (found[i] + (found[i - 4] if method == 1 else above[i])) % 256
    return bytes(found)


def color_at(rows: list[bytes], x: float, y: float) -> str:
    place = 4 * round(2 * x)
    return "#" + rows[round(2 * y)][place : place + 3].hex().upper()


def test_the_picture_holds_exactly_the_organizations_and_alliances_of_the_scene(drawn: Scene) -> None:
    root = parsed(drawn)
    marks = {mark.findtext(f"{SVG}title"): mark for mark in part(root, "organizations")}
    assert sorted(marks) == sorted(node.name for node in drawn.nodes)
    nodes = {node.id: node for node in drawn.nodes}
    one, other = (marks[nodes[id].name] for id in "ah")  # both are discs: they tell how the scene lies on the sheet
    scale = (float(one.get("cx")) - float(other.get("cx"))) / (nodes["a"].x - nodes["h"].x)
    left, top = (float(one.get(name)) - scale * getattr(nodes["a"], name[1]) for name in ("cx", "cy"))

    def on_sheet(id: str) -> list[float]:
        return [left + scale * nodes[id].x, top + scale * nodes[id].y]

    lines = part(root, "alliances").iter(f"{SVG}line")
    found = [[float(line.get(name)) for name in ("x1", "y1", "x2", "y2")] for line in lines]
    assert len(found) == len(drawn.ties) == 24
    for tie in drawn.ties:
        ends = pytest.approx(on_sheet(tie.source) + on_sheet(tie.target), abs=0.1)
        assert len([line for line in found if line == ends]) == 1


def test_hostile_names_are_text_and_what_xml_cannot_hold_is_left_out() -> None:
    network = nx.Graph()
    network.add_node("a", name=HOSTILE, kind=HOSTILE)
    network.add_node("b", name="bell\x07\ud800\u202e\ufffe")
    network.add_edge("a", "b", shared=1)
    root = parsed(scene(network, title=HOSTILE))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "rect", "g", "text", "tspan", "line", "circle", "polygon", "path")
    }
    assert texts(root)[0] == HOSTILE
    assert "bell" in texts(root)


def test_the_picture_asks_for_nothing_outside_and_runs_nothing(drawn: Scene) -> None:
    for element in parsed(drawn).iter():
        for name, value in element.attrib.items():
            assert "href" not in name
            assert not name.startswith("on")
            assert "url(" not in value


def test_a_screen_reader_is_told_what_is_seen(drawn: Scene) -> None:
    root = parsed(drawn)
    assert [child.tag for child in root[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root.findtext(f"{SVG}title") == "Partners of UNESCO"
    assert root.findtext(f"{SVG}desc") == (
        "A map of 13 organizations, 24 alliances. Organizations by kind: ngo 8, foundation 3, government 2. "
        "Alliances by basis: Shared activities 22, Formal agreement 1, Both 1. Largest marks: Łódź Society of Arts and "
        "Letters, Organization E, Organization B, Organization C, Organization D. Communities: Water, Youth, Culture."
    )


def test_the_legend_tells_colors_lines_and_sizes_with_their_counts(drawn: Scene) -> None:
    told = texts(part(parsed(drawn), "legend"))
    assert told[:7] == ["Organizations by kind", "ngo", "8", "foundation", "3", "government", "2"]
    assert "Alliances by basis" in told
    assert told[told.index("Formal agreement") + 1] == "1"
    assert told[-5:] == ["Width: shared activities", "1", "3", "Outlines", "communities"]


def test_the_provenance_is_told_below(drawn: Scene) -> None:
    assert re.fullmatch(
        r"4 organizations without an alliance are not on the map\. The secretariat is left out\. Source: Annual report "
        r"\(CC BY 4\.0\)\. Data of 2024-02-29, SHA-256 0123456789ab\. Made with graphmodel.*\.",
        " ".join(texts(part(parsed(drawn), "provenance"))),
    )


def test_dashes_tell_formal_agreements(drawn: Scene) -> None:
    dashes = [group.get("stroke-dasharray") for group in part(parsed(drawn), "alliances")]
    assert len([dash for dash in dashes if dash]) == 2


@pytest.mark.parametrize("size", [(1_140, 840), (700, 500), (3_000, 2_000)])
def test_no_two_names_overlap_and_none_leaves_the_map(crowded: Scene, size: tuple[int, int]) -> None:
    view, labels = placed(crowded, *size)
    assert len(labels) > 40
    assert not [pair for pair in combinations(labels, 2) if overlap(pair[0].box, pair[1].box)]
    for left, top, right, bottom in (label.box for label in labels):
        assert min(left, top) >= 0
        assert (right, bottom) <= view.frame[2:]


def test_a_name_is_as_wide_as_its_box(crowded: Scene) -> None:
    for label in placed(crowded)[1]:
        widest = max(width_of(line, label.size, bold=label.bold) for line in label.lines)
        assert label.box[2] - label.box[0] == pytest.approx(widest + 6)


def test_hubs_and_two_of_each_community_are_named(crowded: Scene) -> None:
    view, labels = placed(crowded)
    named = {label.owner for label in labels}
    assert view.ranked[0].node.id in named
    for group, name in crowded.groups:
        members = [spot.node.id for spot in view.ranked if spot.node.group == group]
        assert named & set(members[:2]), name
        assert any(label.owner is None and " ".join(label.lines) == name for label in labels)


def test_an_organization_with_a_long_name_is_named_in_full_on_several_lines() -> None:
    network = nx.Graph([("a", "b")])
    network.nodes["a"]["name"] = "World Federation of UNESCO Clubs, Centres and Associations"
    labels = {label.owner: label.lines for label in placed(scene(network, title=""))[1]}
    assert labels["a"] == ("World Federation of UNESCO", "Clubs, Centres and Associations")


def test_the_names_of_two_partners_do_not_hide_the_line_between_them() -> None:
    view, labels = placed(scene(nx.path_graph(2), title=""))
    left, right = sorted(view.spots.values(), key=lambda spot: spot.x)
    assert len(labels) == 2
    for label in labels:
        assert label.box[2] <= left.x or label.box[0] >= right.x or not label.box[1] < left.y < label.box[3]


@pytest.mark.parametrize("weight", ["normal", "bold"])
@pytest.mark.parametrize(
    "text", ["Łódź Society of Arts and Letters", "Ελληνική Εταιρεία", "Московский университет", "Academy of 1946, Inc."]
)
def test_no_text_is_wider_in_pixels_than_it_was_measured_and_hardly_one_is_narrower(weight: str, text: str) -> None:
    import vl_convert

    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="500" height="40" font-family="{FAMILY}">'
        f'<text x="10" y="25" font-size="20" font-weight="{weight}">{text}</text></svg>'
    )
    _, _, rows = pixels(vl_convert.svg_to_png(svg, scale=2))
    inked = [x for row in rows for x in range(len(row) // 4) if row[4 * x + 3]]
    seen = (max(inked) - min(inked) + 1) / 2
    assert seen <= width_of(text, 20, bold=weight == "bold") <= 1.06 * seen + 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_has_two_pixels_for_each_of_the_sheet_and_marks_have_their_color(drawn: Scene, theme: str) -> None:
    root = parsed(drawn, width=1_000, theme=theme)
    width, height, rows = pixels(draw(drawn, "png", width=1_000, theme=theme))
    assert (width, height) == (2_000, 1_414)
    assert color_at(rows, 2, 2) == THEMES[theme].background
    circles = list(part(root, "organizations").iter(f"{SVG}circle"))
    assert circles
    for circle in circles:
        assert color_at(rows, float(circle.get("cx")), float(circle.get("cy"))) == circle.get("fill")


def test_a_pdf_is_one_page_of_a4_whose_text_can_be_found(drawn: Scene) -> None:
    reader = pypdf.PdfReader(io.BytesIO(draw(drawn, "pdf")))
    (page,) = reader.pages
    assert [round(float(length)) for length in page.mediabox[2:]] == [842, 595]
    text = page.extract_text()
    for words in ("Partners of UNESCO", "Organizations by kind", "Organization E", "Arts and Letters", "Youth"):
        assert words in text
    assert reader.metadata == {"/Title": "Partners of UNESCO", "/Creator": "graphmodel", "/Producer": "svg2pdf"}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_scene_gives_the_same_bytes(drawn: Scene, form: str) -> None:
    assert len({draw(drawn, form) for _ in range(4)}) == 1


def test_the_themes_are_those_of_the_page() -> None:
    style = PAGE_COLORS.read_text("utf-8")
    rules = {"light": style.partition("}")[0], "dark": style.partition('[data-theme="dark"]')[2].partition("}")[0]}
    for theme, rule in rules.items():
        for name in ("background", "ink", "muted", "line", "tie", "outline"):
            assert f"--{name}: {getattr(THEMES[theme], name).lower()};" in rule


def test_where_communities_do_not_lie_together_they_are_not_outlined() -> None:
    network = partners()
    root = parsed(scene(network, title="", groups=circles(), layout="geo"))
    assert len(part(root, "communities")) == 0
    assert "Outlines" not in texts(part(root, "legend"))
    assert part(root, "backdrop").get("clip-path") == "url(#frame)"
    lines = [line.tag for group in part(root, "alliances") for line in group]
    assert (len(lines), set(lines) <= {f"{SVG}path", f"{SVG}line"}) == (24, True)


@pytest.mark.parametrize("names", [[], ["a"], ["a", "b"]])
def test_networks_of_any_size_have_a_picture(names: list[str]) -> None:
    root = parsed(scene(nx.empty_graph(names), title="Nobody", groups=dict.fromkeys(names, 0)))
    assert len(part(root, "organizations")) == len(names)


def test_a_test_that_left_no_alliance_is_told() -> None:
    network = nx.empty_graph(["a", "b"])
    network.graph["tested"] = 12
    assert texts(parsed(scene(network, title="T")))[1] == (
        "2 organizations, 0 alliances: 12 alliances were tested and none is more than chance would have it"
    )


def test_a_title_that_is_too_long_is_broken_and_then_cut() -> None:
    title = "Alliances of organizations that maintain official partnerships " * 5
    (text, *_) = parsed(scene(nx.path_graph(2), title=title)).iter(f"{SVG}text")
    lines = [line.text for line in text]
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(width_of(line, 22, bold=True) for line in lines) <= 1_400 - 64


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"form": "pgn"}, 'A picture has no form "pgn". Did you mean "png"? Choose one of: svg, png, pdf.'),
        ({"theme": "drak"}, 'A picture has no theme "drak". Did you mean "dark"? Choose one of: light, dark.'),
        ({"width": 90}, "A picture is 800 to 5,000 pixels wide, not 90: change --width."),
    ],
)
def test_what_a_picture_cannot_be_is_refused_with_a_way_out(
    drawn: Scene, how: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UsageProblem) as problem:
        draw(drawn, **how)
    assert str(problem.value) == sentence


@pytest.mark.parametrize("form", ["png", "pdf"])
def test_without_the_packages_the_way_to_get_them_is_told(
    drawn: Scene, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(UsageProblem) as problem:
        draw(drawn, form)
    assert str(problem.value) == (
        "PNG and PDF need two more packages. Install them: pip install vl-convert-python pypdf. Or write .svg, which "
        "needs nothing."
    )


def test_letters_of_other_scripts_have_a_font_that_may_have_them() -> None:
    network = nx.Graph([("a", "b")])
    network.nodes["a"]["name"] = "日本"
    (text,) = [text for text in parsed(scene(network, title="")).iter(f"{SVG}text") if text.text == "日本"]
    assert text.get("font-family").startswith("Noto Sans")
