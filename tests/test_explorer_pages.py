"""The overview, the search, the filter, what the data rest on, and saved views."""

import json
import re
from collections.abc import Iterator

import pytest

from graphmodel import api
from graphmodel.api import Edge, Node
from tests.reader import GUARD, Reader, reading

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def reader(demonstration: str) -> Iterator[Reader]:
    with reading(demonstration) as opened:
        yield opened


def test_the_list_under_the_box_names_each_hit_and_its_kind(reader: Reader) -> None:
    hits = reader.part("/search?text=fawe&region=africa")
    assert "<html" not in hits.text
    assert "Forum for African Women Educationalists FAWE Organization · ngo" in hits.words
    assert "/organization?region=africa&amp;id=" in hits.text
    assert "1 hit. Arrow down goes to them." in hits.words
    assert "Show all" in reader.part("/search?text=international").words


def test_a_search_has_a_page_that_can_be_narrowed_to_a_kind(reader: Reader) -> None:
    page = reader.get("/search?text=africa")
    assert "4 hits, by name, acronym or id." in page.words
    assert "1 hit, by name, acronym or id." in reader.get("/search?text=africa&label=Activity").words
    assert "Nothing goes by “zzz”." in reader.get("/search?text=zzz").words
    assert "Type a name, an acronym or an id" in reader.get("/search").words


def test_a_field_suggests_organizations_by_name(reader: Reader) -> None:
    assert '<option value="unesco">' in reader.part("/suggest?label=Organization&exclude=unesco").text
    assert reader.part("/suggest?label=Organization&exclude=").text.strip() == ""


def test_the_filter_is_shown_by_names_and_each_choice_can_be_taken_back(reader: Reader) -> None:
    page = reader.get("/search?region=africa&kind=ngo&since=2010&exclude=unesco&text=x")
    for words in ("Region: Africa", "Kind: ngo", "From: 2010", "Without: United Nations Educational, Scientific"):
        assert words in page.words
    assert 'href="/search?region=africa&amp;since=2010&amp;exclude=unesco&amp;text=x" aria-label="Remove Kind ngo"' in (
        page.text
    )
    assert '<a href="/search?text=x">Show everything</a>' in page.text


def test_the_form_offers_what_the_data_hold_and_leads_back(reader: Reader) -> None:
    form = reader.part("/filter?kind=ngo&to=%2Forganization%3Fid%3Dicom")
    assert '<form class="filter-form" action="/organization">' in form.text
    assert '<input type="hidden" name="id" value="icom">' in form.text
    assert '<option value="africa">Africa</option>' in form.text
    assert '<option value="culture">Culture</option>' in form.text
    assert 'name="kind" value="ngo" checked' in form.text
    assert "<option>organizer</option>" in form.text
    assert 'placeholder="2006"' in form.text
    assert "Choose what is shown" in reader.get("/filter?to=/").words


def test_the_form_leads_to_no_other_site(reader: Reader) -> None:
    for to in ("https://evil.example/", "//evil.example/", "/%5Cevil.example", "javascript:alert(1)", "http://["):
        assert 'action="/"' in reader.part(f"/filter?to={to}").text


def test_a_hub_is_told_with_a_way_to_leave_it_out(reader: Reader) -> None:
    told = reader.part("/caveats?since=2010&to=%2Falliances%3Fsort%3Dshared")
    assert "Scientific and Cultural Organization takes part in" in told.words
    assert 'href="/alliances?since=2010&amp;exclude=unesco&amp;sort=shared">Leave it out</a>' in told.text
    assert "As of" not in told.words
    assert "Leave it out" not in reader.part("/caveats?exclude=unesco&exclude=lc").words


def test_a_filter_that_is_wrong_is_told_once_and_can_be_taken_back(reader: Reader) -> None:
    for asked, told in (
        ("region=nowhere", 'There is no Region "nowhere".'),
        ("since=20x1", '"20x1" is no year. Write it as 2021, or a day as 2021-01-31.'),
        ("kind=nog", 'No kind is "nog". Did you mean "ngo"?'),
    ):
        page = reader.get(f"/?{asked}&whole=1")
        assert page.status == 400
        assert page.words.count(told) == 1
        assert "Show everything" in page.words
        assert reader.part(f"/?{asked}").words.startswith(told)
        assert reader.part(f"/caveats?{asked}").status == 200


def test_the_overview_holds_the_figures_within_the_filter(reader: Reader) -> None:
    page = reader.get("/?whole=1&exclude=unesco&exclude=lc")
    for words in ("Activities 41", "Alliances 143", "Organizations taking part 62 of 81", "108 sources", "ngo 50"):
        assert words in page.words
    assert '<svg class="bars"' in page.text
    assert "No two organizations are allied within this filter." in reader.get("/?whole=1&since=2030").words


def test_the_figures_lead_to_the_lists_of_what_they_count(reader: Reader) -> None:
    page = reader.get("/?whole=1&exclude=unesco&exclude=lc").text
    for name in ("organizations", "activities", "regions", "areas"):
        (figure,) = re.findall(rf'<dd><a href="/{name}\?exclude=unesco&amp;exclude=lc">([0-9,]+)</a>', page)
        rows = reader.get(f"/{name}?exclude=unesco&exclude=lc&format=csv").text.splitlines()[1:]
        if name == "organizations":
            rows = [row for row in rows if row.split(",")[-4] != "0"]  # the figure is of those that took part
        assert len(rows) == int(figure)


def test_on_pages_a_pair_is_an_organization_and_a_partner_and_a_country_has_its_name(reader: Reader) -> None:
    pairs = reader.get("/?whole=1").text
    assert '<th scope="col">Organization</th>\n  <th scope="col">Partner</th>' in pairs
    assert "Kenya" in reader.get("/organizations?whole=1&all=1").words
    assert ",KE," in reader.get("/organizations?format=csv").text
    ties = "MATCH (o:Organization {id: 'fawe'}) RETURN o.id AS source, o.id AS target, o.country AS country"
    own = reader.get(f"/query?whole=1&cypher={ties}").words  # as it was asked for
    assert "Source Target Country fawe fawe KE" in own


def test_sources_come_with_their_licences_and_as_a_file(reader: Reader) -> None:
    page = reader.get("/sources")
    assert "Licence" in page.words
    assert reader.get("/sources?format=csv").text.splitlines()[0].startswith("id,title,publisher,licence,url")


def test_what_the_checks_find_is_shown_with_what_to_do(reader: Reader) -> None:
    page = reader.get("/quality?whole=1&check=hub")
    assert "Leave it out of analyses" in page.words
    assert '<a href="/organization?id=unesco">' in page.text
    assert "Working it out" in reader.get("/quality").words
    assert reader.get("/quality?check=hub&format=csv").text.splitlines()[0] == "level,check,label,id,name,found"


def test_a_view_is_saved_with_its_page_and_filter_and_opened_again(reader: Reader) -> None:
    page = reader.get("/search?text=water&region=africa")
    link = page.text.partition('href="/save?')[2].partition('"')[0].replace("&amp;", "&")
    saved = reader.get(f"/save?{link}")
    assert saved.headers["content-disposition"] == 'attachment; filename="search-water.json"'
    assert json.loads(saved.text)["title"] == "Search: water"
    for address in ("/open", "/load"):
        opened = reader.bring(address, {"view.json": saved.body}, key=GUARD.key)
        assert (opened.status, opened.headers["location"]) == (303, "/search?region=africa&text=water")


def test_a_hostile_view_leads_nowhere_else(reader: Reader) -> None:
    for address in (
        "//evil.example/",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        7,
        None,
        "[" * 9,
    ):
        file = json.dumps({"kind": "graphmodel view", "address": address, "title": HOSTILE}).encode()
        opened = reader.bring("/open", {"view.json": file}, key=GUARD.key)
        assert (opened.status, opened.headers["location"]) == (303, "/")
    for content in (b"", b"[" * 100_000, b"{}", b"\xff", b'{"kind": "graphmodel view"', b"x" * 200_000):
        refused = reader.bring("/open", {"view.json": content}, key=GUARD.key)
        assert refused.status == 400
        assert "This is not the file of a saved view." in refused.words
    assert reader.bring("/open", {"view.json": b"{}"}, key="wrong").status == 400


def test_hostile_names_are_texts(address: str) -> None:
    with api.open(address) as graph:
        graph.load(
            [
                Node("Organization", HOSTILE, {"name": HOSTILE, "kind": HOSTILE}),
                Node("Organization", "b", {"name": "=1+1"}),
                Node("Activity", "fair", {"name": HOSTILE}),
                Edge("PARTICIPATED_IN", HOSTILE, "fair", {"role": HOSTILE}),
                Edge("PARTICIPATED_IN", "b", "fair", {"role": "host"}),
            ]
        )
    with reading(address) as reader:
        for asked in ("/?whole=1", "/search?text=script", f"/search?text={HOSTILE}", "/sources", "/quality?whole=1"):
            page = reader.get(asked)
            assert page.status == 200
            assert "<script>alert" not in page.text
        for asked in (
            "/filter?exclude=script",
            "/suggest?exclude=script",
            "/search?text=script",
            "/caveats?kind=<script>",
        ):
            assert "<script" not in reader.part(asked).text
