"""The pages of single organizations, activities, regions and competence areas, and the lists of them."""

import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pytest

from graphmodel import api
from graphmodel.records import Edge, Node, Record
from tests.reader import Reader, reading

HOSTILE = "<img src=x onerror=alert(1)>\"'&"


@pytest.fixture(scope="module")
def reader(demonstration: str) -> Iterator[Reader]:
    with reading(demonstration) as opened:
        yield opened


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Return the explorer of a graph in which every name and id would do harm."""
    store = str(tmp_path_factory.mktemp("hostile") / "graph.lbug")
    one, other = f"a{HOSTILE}", f"b{HOSTILE}"
    records: list[Record] = [
        Node("Organization", one, {"name": HOSTILE, "url": "javascript:alert(1)"}),
        Node("Organization", other, {"name": f"{HOSTILE} 2"}),
        Node("Activity", f"x{HOSTILE}", {"name": HOSTILE}),
        Node("Region", f"r{HOSTILE}", {"name": HOSTILE, "kind": "country"}),
        Node("CompetenceArea", f"c{HOSTILE}", {"name": HOSTILE, "kind": "field"}),
        Edge("PARTICIPATED_IN", one, f"x{HOSTILE}", {"role": HOSTILE}),
        Edge("PARTICIPATED_IN", other, f"x{HOSTILE}", {"role": "partner"}),
        Edge("TOOK_PLACE_IN", f"x{HOSTILE}", f"r{HOSTILE}", {}),
        Edge("ADDRESSES", f"x{HOSTILE}", f"c{HOSTILE}", {}),
    ]
    with api.open(store) as graph:
        assert not graph.load(records).rejects
    with reading(store) as opened:
        yield opened


def links(text: str) -> list[str]:
    """Return where a page leads."""
    return [unescape(address) for address in re.findall(r'(?:href|src|hx-get)="([^"]*)"', text)]


def test_the_page_of_an_organization_tells_what_where_and_with_whom(reader: Reader) -> None:
    answer = reader.get("/organization?id=unesco")
    assert answer.status == 200
    assert "took part in 29 activities with 52 partners from 2009 to 2024." in answer.words
    for heading in ("With whom", "What it takes part in", "Where", "On what", "Whom to meet, and why", "Sources"):
        assert f"<h2>{heading}</h2>" in answer.text
    there = links(answer.text)
    assert "/organization?id=lc" in there
    assert "/map?focus=unesco" in there
    assert "/questions?organization=unesco" in there


def test_every_link_of_the_pages_of_things_leads_to_a_page(reader: Reader) -> None:
    seen: set[str] = set()
    for start in ("/organization?id=unesco", "/activity?id=forum16", "/region?id=africa", "/area?id=culture"):
        pages = {address.partition("#")[0] for address in links(reader.get(start).text) if address.startswith("/")}
        named = {address for address in pages if re.match(r"/(organization|activity|region|area)\?id=[^&]*$", address)}
        seen |= {*sorted(named)[:6]}
    assert len(seen) > 12
    assert {address: reader.get(address).status for address in sorted(seen)} == dict.fromkeys(sorted(seen), 200)


def test_a_name_or_an_acronym_leads_to_the_page_of_the_id(reader: Reader) -> None:
    for path, word, id in (
        ("/organization", "ICOM", "icom"),
        ("/organization", "International Council of Museums", "icom"),
        ("/region", "Africa", "africa"),
        ("/area", "culture", "culture"),
    ):
        answer = reader.get(f"{path}?region=africa&id={quote(word)}")
        if word == id:
            assert answer.status == 200
        else:
            assert (answer.status, answer.headers["location"]) == (303, f"{path}?region=africa&id={id}")


def test_an_unknown_name_is_answered_with_the_nearest_and_the_search(reader: Reader) -> None:
    answer = reader.get("/organization?id=unesca&region=africa")
    assert answer.status == 404
    assert 'There is no Organization "unesca". Did you mean "UNESCO"?' in answer.words
    assert '<input type="search" name="text" value="unesca"' in answer.text
    assert "/organizations?region=africa" in links(answer.text)
    nothing_like_it = reader.get("/region?id=zzzzzz")
    assert 'There is no Region "zzzzzz".' in nothing_like_it.words
    assert "--cypher" not in nothing_like_it.words


def test_without_an_id_the_list_is_shown(reader: Reader) -> None:
    for path, listed in (
        ("/organization", "/organizations"),
        ("/activity", "/activities"),
        ("/region", "/regions"),
        ("/area", "/areas"),
    ):
        answer = reader.get(path)
        assert (answer.status, answer.headers["location"]) == (303, listed)


def test_the_parts_that_take_time_come_after_the_page(reader: Reader) -> None:
    page = reader.get("/organization?id=unesco").text
    assert page.count('hx-trigger="load"') >= 4
    assert "None of its 52 ties is more than chance" in reader.part("/organization?id=unesco&part=significance").words
    place = reader.part("/organization?id=unesco&part=place")
    assert "It has 52 partners, the most of 60 organizations." in place.words
    assert "<html" not in place.text
    met = reader.part("/organization?id=unesco&part=meet")
    assert "Forum for African Women Educationalists" in met.words
    assert "It is in Group" in reader.part("/organization?id=unesco&part=group").words


def test_a_part_is_a_page_too_for_those_without_javascript(reader: Reader) -> None:
    answer = reader.get("/organization?id=unesco&part=partners&sort=-shared")
    assert "<html" in answer.text
    assert answer.text.count("<tr>") == 53
    assert reader.get("/organization?id=unesco&part=nothing").status == 404


def test_a_name_leads_to_the_section_that_was_asked_for(reader: Reader) -> None:
    answer = reader.get("/organization?id=UNESCO&part=partners&format=csv")
    assert answer.headers["location"] == "/organization?id=unesco&part=partners&format=csv"


def test_a_region_tells_how_concentrated_it_is_and_what_is_missing(reader: Reader) -> None:
    assert "Africa" in reader.part("/region?id=africa&part=concentration").words
    assert reader.part("/region?id=africa&part=gaps").status == 200
    assert reader.part("/area?id=culture&part=gaps").status == 200
    assert reader.part("/region?id=world&part=gaps").status == 404


def test_a_section_is_a_file_with_all_rows(reader: Reader) -> None:
    answer = reader.get("/organization?id=unesco&part=activities&few=1&format=parquet")
    assert answer.headers["content-disposition"] == 'attachment; filename="unesco-activities.parquet"'
    assert pl.read_parquet(io.BytesIO(answer.body)).height == 29


def test_the_filter_stays_in_every_link(reader: Reader) -> None:
    answer = reader.get("/organization?id=unesco&region=africa")
    assert "took part in 3 activities" in answer.words
    inner = [
        address for address in links(answer.text) if re.match(r"/(organization|activity|region|area|map)\?", address)
    ]
    here = [address for address in inner if "region=africa" not in address]
    assert [address for address in here if address not in ("/organization?id=unesco",)] == []


def test_the_picture_is_one_that_a_browser_shows(reader: Reader) -> None:
    answer = reader.get("/organization?id=afal&part=picture&theme=dark")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "<svg xmlns" in answer.text


def test_lists_are_sorted_and_downloaded(reader: Reader) -> None:
    whole = reader.part("/organizations?sort=organization_name")
    assert whole.words.index("MASA Festival") < whole.words.index("New Humanity")
    csv = reader.get("/regions?format=csv").text
    assert csv.startswith("region,region_name,kind,activities,organizations,declared\nworld,World,world,40,62,56\n")
    for name in ("organizations", "activities", "regions", "areas"):
        assert reader.get(f"/{name}?whole=1").text.count("<tr>") > 5


def test_a_list_that_is_kept_comes_with_the_page(demonstration: str) -> None:
    with reading(demonstration) as fresh:
        assert "<table>" not in fresh.get("/organizations").text
        fresh.part("/organizations")
        assert "<table>" in fresh.get("/organizations").text


def test_hostile_names_are_only_text(hostile: Reader) -> None:
    one = quote(f"a{HOSTILE}")
    addresses = [
        f"/organization?id={one}",
        *(f"/organization?id={one}&part={part}" for part in ("partners", "activities", "group", "meet", "statements")),
        *(
            f"/{path}?id={quote(letter + HOSTILE)}"
            for path, letter in (("activity", "x"), ("region", "r"), ("area", "c"))
        ),
        *(f"/{name}?whole=1" for name in ("organizations", "activities", "regions", "areas")),
        f"/organization?id={quote(HOSTILE)}{HOSTILE.encode().hex()}",
    ]
    for address in addresses:
        answer = hostile.get(address)
        assert answer.status in (200, 404), address
        assert "<img src=x" not in answer.text, address
        assert "javascript:" not in "".join(links(answer.text)), address
    assert HOSTILE in unescape(hostile.get(addresses[0]).text)


def test_a_hostile_id_names_a_harmless_file(hostile: Reader) -> None:
    answer = hostile.get(f"/organization?id={quote(f'a{HOSTILE}')}&part=partners&format=csv")
    assert answer.headers["content-disposition"] == ('attachment; filename="a-img-src-x-onerror-alert-1-partners.csv"')


def test_a_graph_without_data_says_how_to_load_some(tmp_path: Path) -> None:
    with reading(str(tmp_path / "none.lbug")) as nothing:
        assert nothing.get("/organization?id=x").status == 404
        assert nothing.get("/organizations?whole=1").status == 404
