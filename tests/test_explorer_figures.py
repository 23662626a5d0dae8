"""Maps, alliances, gaps, trends and analyses in the explorer: the figures are those of the library, and to be had."""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import polars as pl
import pytest
from starlette.requests import Request

from graphmodel import api
from graphmodel.analysis import ANALYSES, describe
from graphmodel.api.coverage import Grid
from graphmodel.explorer.charts import Series, bars, lines
from graphmodel.explorer.tables import MOST, shown
from tests.conftest import TINY
from tests.reader import Answer, Reader, reading

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a store of the tiny network, of which one organization has a hostile name."""
    address = str(tmp_path_factory.mktemp("figures") / "graph.lbug")
    with api.open(address) as graph:
        graph.load(TINY)
        graph.load([api.Node("Organization", "harbor", {"name": HOSTILE})], source="letter")
    return address


@pytest.fixture(scope="module")
def reader(store: str) -> Iterator[Reader]:
    with reading(store) as opened:
        yield opened


@pytest.fixture(scope="module")
def graph(store: str) -> Iterator[api.Graph]:
    with api.open(store) as opened:
        yield opened


def table(answer: Answer) -> pl.DataFrame:
    return pl.read_csv(io.BytesIO(answer.body))


def test_a_page_comes_at_once_and_htmx_asks_for_the_part_that_takes_time(reader: Reader) -> None:
    page = reader.get("/alliances?min=2")
    assert 'hx-get="/alliances?min=2"' in page.text
    assert "more than chance (" not in page.text
    assert 'href="/alliances?min=2&amp;whole=1"' in page.text
    part = reader.part("/alliances?min=2")
    assert not part.text.startswith("<!doctype")
    assert part.text.strip() in reader.get("/alliances?min=2&whole=1").text


def test_the_alliances_of_a_file_are_those_of_the_library(reader: Reader, graph: api.Graph) -> None:
    listed = graph.alliances(test=api.Test())
    found = table(reader.get("/alliances?format=csv"))
    assert found["source"].to_list() == listed["source"].to_list()
    assert found["q"].to_list() == pytest.approx(listed["q"].to_list())
    within = api.Filter(regions=["kenya"], min_shared=2)
    assert len(table(reader.get("/alliances?region=kenya&min=2&format=csv"))) == len(graph.alliances(within))


def test_alliances_are_filtered_by_status_and_by_a_test_of_ones_own(reader: Reader, graph: api.Graph) -> None:
    ended = graph.alliances().filter(pl.col("status") == "ended")
    assert len(table(reader.get("/alliances?status=ended&format=csv"))) == len(ended)
    assert f"{len(ended)} pairs" in reader.part("/alliances?status=ended").words
    own = api.Test(method="disparity", alpha=0.3)
    kept = graph.alliances(test=own, show="significant")
    found = table(reader.get("/alliances?show=significant&method=disparity&alpha=0.3&format=csv"))
    assert 0 < len(found) == len(kept)
    assert '<details class="more" open>' in reader.get("/alliances?method=disparity").text
    assert '<details class="more">' in reader.get("/alliances").text


def test_a_verdict_is_told_in_words(reader: Reader) -> None:
    words = reader.part("/alliances").words
    assert "as by chance" in words
    assert "does not stand out" in reader.part("/alliances?method=disparity").words
    assert "No tie is more than chance" in words


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/alliances?show=big", 'There is no show "big". There are: all, significant, avoided.'),
        ("/alliances?min=x", '"x" is no number.'),
        ("/alliances?alpha=7", "The level alpha lies between 0 and 1, such as .05, not 7.0."),
        ("/gaps?level=planet", 'There is no level "planet". There are: first, region, subregion, country.'),
        ("/gaps?row=mars&column=water", 'There is no cell of "mars" and "water" within this filter.'),
        ("/trends?year=soon", '"soon" is no year. Write it as 2021.'),
        ("/trends?year=1800", "No tie is counted in 1800: choose a year from 2009 to 2025."),
        ("/map?layout=flat", 'layout cannot be "flat". Choose among communities, geo, radial, bipartite.'),
        ("/map?depth=far", 'depth is a whole number, not "far".'),
        (
            "/map?first=2012",
            "A comparison has two sides: two years, two spans, two regions or two competence areas.",
        ),
        ("/map?name=brokers", "The rows of this answer are neither ties nor groups: they cannot be drawn."),
        ("/map/map.gif", 'A map is not written as "gif". There are: html, svg, png, pdf.'),
        ("/analysis?name=magic", 'There is no analysis "magic". There are:'),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(reader: Reader, address: str, sentence: str) -> None:
    answer = reader.part(address)
    assert answer.status == 400
    assert sentence in answer.words


def test_however_many_rows_there_are_a_page_shows_the_first(reader: Reader) -> None:
    frame = pl.DataFrame({"shared": range(5_000)})

    def asked(query: bytes) -> tuple[int, int, int]:
        found = shown(frame, Request({"type": "http", "query_string": query}))
        return len(found.rows), found.more, found.rows[0]["shared"]

    assert asked(b"") == (200, MOST, 0)
    assert asked(b"all=1&sort=-shared") == (MOST, 0, 4_999)


def test_the_grid_counts_each_organization_once(graph: api.Graph) -> None:
    grid = Grid(graph.project())
    assert (grid.level, grid.kind) == ("region", "field")
    assert [(row["name"], row["organizations"], row["activities"]) for row in grid.regions] == [
        ("Africa", 9, 7),
        ("Europe", 2, 1),
    ]
    assert {row["name"]: row["organizations"] for row in grid.areas} == {
        "Education": 8,
        "Literacy": 7,
        "Water": 6,
        "Culture": 6,
    }
    assert grid.total == {"organizations": 10, "activities": 8}
    listed = {(row["region"], row["area"]): row for row in grid.finding.table.iter_rows(named=True)}
    assert grid.cells == listed


def test_a_cell_tells_who_is_active_and_who_is_within_reach(graph: api.Graph) -> None:
    projection = graph.project(api.Filter(exclude=["harbor"]))
    full = Grid(projection).cell("africa", "water")
    assert full.active.rows() == [
        ("amber", "Amber Fund", 2),
        ("cedar", "Cedar Trust", 2),
        ("delta", "Delta Water", 1),
        ("fjord", "Fjord Foundation", 1),
        ("heron", "Heron Aid", 1),
    ]
    assert full.activities["id"].to_list() == ["wells2", "tanks", "wells"]
    assert full.sentences[0] == "5 organizations are active on Water in Africa, in 3 activities."
    tied = set(projection.network()["amber"])
    assert full.recommended.height > 0
    assert tied.isdisjoint(full.recommended["id"])
    empty = Grid(graph.project()).cell("europe", "water")
    assert empty.sentences[0] == "Nobody is known to be active on Water in Europe."
    assert empty.active.is_empty()
    assert empty.recommended.is_empty()
    assert empty.within_reach.height == empty.figures["within_reach"] == 4


def test_each_cell_of_the_heat_map_has_its_number_and_its_gap(reader: Reader, graph: api.Graph) -> None:
    words = reader.part("/gaps").words
    for row in graph.analyse("gaps").table.iter_rows(named=True):
        gap = " ○ , nobody is active " if row["gap"] == "nobody" else " "
        assert f"{row['organizations']}{gap}: {row['area_name']} in {row['region_name']}" in words
    assert "1 : Culture in Europe" in reader.part("/gaps?figure=activities").words
    assert "Young people in Africa" in reader.part("/gaps?areas=segment").words


def test_a_cell_is_opened_in_its_place_or_without_script_in_the_page(reader: Reader) -> None:
    address = "/gaps?row=africa&column=culture"
    part = reader.part(address)
    assert "<table" not in part.text
    assert "Whom Amber Fund could meet here" in part.words
    page = reader.get(f"{address}&whole=1")
    assert part.text.strip() in page.text
    assert "<table" in page.text


def test_the_gaps_of_a_file_are_those_of_the_library(reader: Reader, graph: api.Graph) -> None:
    found = table(reader.get("/gaps?level=country&format=csv"))
    assert found["area"].to_list() == graph.analyse("gaps", level="country").table["area"].to_list()


def test_trends_are_a_chart_with_the_table_below(reader: Reader, graph: api.Graph) -> None:
    by_year = graph.analyse("trends").table
    page = reader.part("/trends")
    for year, new in by_year.select("year", "new").iter_rows():
        assert (f"<title>New in {year}: {new}</title>" in page.text) == (new > 0)
    assert page.text.count('<figure class="chart">') == 5
    assert table(reader.get("/trends?format=csv")).rows() == by_year.rows()
    assert "Ties that changed" in reader.part("/trends?year=2025").words
    assert "<figure" not in reader.part("/trends?year=2025").text


def test_bars_stand_on_each_other_and_hang_below_the_axis() -> None:
    years = [2020, 2021]
    new, renewed, lost = (Series(name, "first", [4, 2]) for name in ("New", "Renewed", "Lost"))
    chart = bars("Changes", years, [new, renewed], [lost])
    first, second, below = (bar for bar in chart.bars if bar.text.endswith(" in 2020: 4"))
    assert first.y + first.height == pytest.approx(chart.zero)
    assert second.y + second.height == pytest.approx(first.y)
    assert below.y == pytest.approx(chart.zero)
    assert first.height == pytest.approx(second.height, abs=0.11) == pytest.approx(below.height, abs=0.11)


def test_the_labels_of_many_years_keep_apart_and_nothing_at_all_has_an_axis() -> None:
    years = list(range(1900, 2000))
    chart = lines("Ties", years, Series("Active", "first", [0] * 100))
    places = [x for x, _ in chart.years]
    assert min(after - before for before, after in pairwise(places)) >= 40
    assert [label for _, label in chart.ticks] == ["0", "1"]


def test_the_map_inside_keeps_its_strict_policy_and_may_stand_in_our_pages_only(reader: Reader) -> None:
    answer = reader.get("/map/page?focus=amber")
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "default-src 'none'" in answer.text
    assert "connect-src 'none'" in answer.text
    assert HOSTILE not in answer.text


def test_only_the_map_inside_leads_to_the_pages_of_organizations(reader: Reader, graph: api.Graph) -> None:
    assert '"home":"/organization?kind=ngo\\u0026id="' in reader.get("/map/page?kind=ngo").text
    mailed = reader.get("/map/map.html")
    assert '"home"' not in mailed.text
    network, look = api.content(graph, api.Content(), api.Look())
    assert mailed.text == api.draw(network, look)
    assert mailed.headers["content-disposition"] == 'attachment; filename="map.html"'


def test_a_map_is_of_what_its_address_says(reader: Reader, graph: api.Graph) -> None:
    assert "10 organizations, 24 alliances" in reader.part("/map").words
    around = nx.ego_graph(graph.network(), "cedar")
    assert f"{len(around)} organizations, {around.size()} alliances" in reader.part("/map?focus=cedar").words
    assert "activities" in reader.part("/map?layout=bipartite").words
    assert reader.part("/map?first=2018&second=2024&color=country&size=strength").status == 200
    assert reader.part("/map?layout=geo&level=country").status == 200
    assert reader.get("/map/map.svg?focus=cedar").headers["content-type"] == "image/svg+xml"
    assert reader.get("/map/map.pdf?focus=cedar").body.startswith(b"%PDF")


def test_an_answer_is_drawn_if_its_rows_are_ties_or_it_makes_groups(reader: Reader, graph: api.Graph) -> None:
    tied = graph.network_of("networks/shared_activities", min=2)
    asked = "/map?query=networks/shared_activities&min=2"
    assert f"{len(tied)} organizations, {tied.size()} alliances" in reader.part(asked).words
    assert '"color_title":"Group"' in reader.get("/map/page?name=communities").text
    assert reader.part("/map?query=organizations/names&organization=cedar").status == 400


def test_a_map_reads_no_file(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("source,target\nsecret,other\n")
    answer = reader.part(f"/map?query={quote(str(tmp_path / 'ties.csv'))}")
    assert answer.status == 400
    assert "There is no query" in answer.words


def test_every_analysis_has_a_page_with_its_options(reader: Reader) -> None:
    listed = reader.get("/analyses").words
    for name in ANALYSES:
        described = describe(name)
        assert described.summary in listed
        page = reader.get(f"/analysis?name={name}")
        assert page.status == 200
        assert all(option.help in page.words for option in described.parameters)


def test_an_analysis_says_what_it_found(reader: Reader, graph: api.Graph) -> None:
    found = graph.analyse("brokers", by="country")
    answer = reader.part("/analysis?name=brokers&by=country")
    assert found.words[0] in answer.words
    assert (
        table(reader.get("/analysis?name=brokers&by=country&format=csv"))["id"].to_list() == found.table["id"].to_list()
    )
