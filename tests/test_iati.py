"""IATI: what is read of each version, what is refused, and that files of any size and any bytes do no harm."""

import contextlib
import gzip
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.sax.saxutils import quoteattr

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphmodel import api, batch, records, values
from graphmodel.errors import DataProblem
from graphmodel.importers import iati, iati_rows, iati_xml
from graphmodel.schema import SCHEMA, Kind, Property
from tests.data import FOLDER

SAMPLES = Path(__file__).parent / "iati"
LATEST = SAMPLES / "activities_2.03.xml"
FLAWED = SAMPLES / "activities_2.01.xml"
FORMER = SAMPLES / "activities_1.05.xml"
ORGANISATIONS = SAMPLES / "organisations_2.03.xml"


def gathered(path: Path) -> batch.Batch:
    """Read a file and check its rows."""
    return batch.gather(iati.read(path, SCHEMA, "here"), SCHEMA, "here")


def findings(path: Path) -> list[records.Notice]:
    """Return the notices of a file."""
    return [item for item in iati.read(path, SCHEMA, "here") if isinstance(item, records.Notice)]


def rows(path: Path, title: str, *columns: str) -> list[tuple[object, ...]]:
    """Return these columns of the rows of a type."""
    (frame,) = (frame for type_, frame in gathered(path).frames.items() if type_.title == title)
    return frame.select(columns).rows()


def written(folder: Path, inside: str, root: str = "iati-activities") -> Path:
    """Write a file with this inside its root."""
    path = folder / "file.xml"
    path.write_text(f"<{root}>{inside}</{root}>", encoding="utf-8")
    return path


def activity(folder: Path, inside: str) -> Path:
    """Write a file with one activity."""
    return written(
        folder,
        '<iati-activity default-currency="EUR"><iati-identifier>A</iati-identifier><reporting-org ref="R"/>'
        f"<title>One</title>{inside}</iati-activity>",
    )


def test_organizations_are_their_references_else_their_normalized_names_under_the_reporting_one() -> None:
    assert rows(LATEST, "Organization", "id", "name", "kind") == [
        ("XX-EX-1", "Amber Foundation", "Foundation"),
        ("XX-EX-1:birch-sons", "Birch & Sons", "National NGO"),
        ("XX-EX-1:birch-and-sons", "BIRCH and sons", None),
        ("41114", "United Nations Development Programme", "Multilateral"),
    ]


def test_roles_are_called_by_their_names_and_records_tell_the_element() -> None:
    at = "iati-activity[XX-EX-1-WATER]"
    assert rows(LATEST, "Organization PARTICIPATED_IN Activity", "start_id", "role", "record")[:7] == [
        ("XX-EX-1", "Reporting", f"{at}/reporting-org[1]"),
        ("XX-EX-1", "Funding", f"{at}/participating-org[1]"),
        ("XX-EX-1", "Accountable", f"{at}/participating-org[2]"),
        ("XX-EX-1:birch-sons", "Implementing", f"{at}/participating-org[3]"),
        ("XX-EX-1:birch-and-sons", "Implementing", f"{at}/participating-org[4]"),
        ("41114", "Extending", f"{at}/participating-org[5]"),
        ("XX-EX-1:birch-sons", "Implementing", f"{at}/participating-org[6]"),
    ]


@pytest.mark.parametrize(("flag", "takes_part"), [("0", True), ("false", True), ("1", False), ("", False)])
def test_who_reports_takes_part_only_if_it_says_to_be_no_secondary_reporter(
    tmp_path: Path, flag: str, takes_part: bool
) -> None:
    inside = f'<iati-identifier>A</iati-identifier><reporting-org ref="R" secondary-reporter="{flag}"/>'
    path = written(tmp_path, f"<iati-activity>{inside}</iati-activity>")
    assert rows(path, "Organization", "id") == [("R",)]
    expected = [("R", "Reporting")] if takes_part else []
    assert rows(path, "Organization PARTICIPATED_IN Activity", "start_id", "role") == expected


def test_an_activity_has_title_days_status_and_the_point_of_its_only_place() -> None:
    columns = ("id", "name", "started", "ended", "status", "latitude", "longitude")
    assert rows(LATEST, "Activity", *columns) == [
        ("XX-EX-1-WATER", "Water for all", date(2020, 2, 15), date(2023, 12, 31), "Implementation", -1.28333, 36.81667),
        ("XX-EX-1-WELLS", "Wells", date(2025, 1, 1), date(2025, 12, 31), "Planned", None, None),
    ]


def test_the_budget_is_the_sum_in_which_a_revised_one_replaces_the_original() -> None:
    assert rows(LATEST, "Activity", "budget", "currency") == [(2000.3, "EUR"), (None, None)]


def test_places_have_shares_and_lie_in_their_countries_and_those_in_the_world() -> None:
    assert rows(LATEST, "Activity TOOK_PLACE_IN Region", "start_id", "end_id", "share") == [
        ("XX-EX-1-WATER", "KE", 60.0),
        ("XX-EX-1-WATER", "GB", 10.5),
        ("XX-EX-1-WATER", "dac:1027", 20.0),
        ("XX-EX-1-WATER", "m49-202", 9.5),
        ("XX-EX-1-WATER", "geonames:184745", None),
        ("XX-EX-1-WELLS", "KE", None),
        ("XX-EX-1-WELLS", "KE:lake-turkana", None),
        ("XX-EX-1-WELLS", "KE:lodwar", None),
    ]
    regions = rows(LATEST, "Region", "id", "name", "kind", "iso2")
    assert ("KE", "Kenya", "country", "KE") in regions
    assert ("dac:1027", "Eastern Africa, regional", "region", None) in regions
    assert ("m49-202", "Sub-Saharan Africa", "subregion", None) in regions
    assert ("geonames:184745", "Nairobi", "place", None) in regions
    parts = rows(LATEST, "Region PART_OF Region", "start_id", "end_id")
    assert {("KE", "m49-202"), ("m49-002", "world"), ("KE:lodwar", "KE")} < set(parts)


def test_sectors_have_their_scheme_the_sum_of_their_shares_and_what_they_are_part_of() -> None:
    assert rows(LATEST, "Activity ADDRESSES CompetenceArea", "start_id", "end_id", "share") == [
        ("XX-EX-1-WATER", "dac:14030", 75.0),
        ("XX-EX-1-WATER", "dac:11220", 25.0),
        ("XX-EX-1-WATER", "sdg:6", None),
        ("XX-EX-1-WATER", "sdg:6.1", None),
        ("XX-EX-1-WATER", "XX-EX-1:W", None),
        ("XX-EX-1-WELLS", "dac:14031", None),
        ("XX-EX-1-WELLS", "dac:140", None),
    ]
    areas = rows(LATEST, "CompetenceArea", "id", "name", "kind", "scheme")
    assert ("dac:11220", "Primary education", "sector", "OECD DAC") in areas
    assert ("dac:140", "Water Supply & Sanitation", "sector", "OECD DAC") in areas
    assert ("XX-EX-1:W", "Wells", "sector", "XX-EX-1") in areas
    assert [kind for id_, _, kind, scheme in areas if scheme == "SDG"] == ["goal", "goal"]
    assert rows(LATEST, "CompetenceArea PART_OF CompetenceArea", "start_id", "end_id") == [
        ("dac:14030", "dac:140"),
        ("dac:11220", "dac:112"),
        ("sdg:6.1", "sdg:6"),
        ("dac:14031", "dac:140"),
    ]


def test_transactions_tell_sector_and_country_only_where_the_activity_does_not() -> None:
    found = rows(LATEST, "Activity ADDRESSES CompetenceArea", "end_id", "record")
    assert "dac:99810" not in [area for area, _ in found]
    assert ("dac:140", "iati-activity[XX-EX-1-WELLS]/transaction[2]/sector[2]") in found


def test_parents_and_children_are_told_from_either_side_and_siblings_are_left_out(empty_graph: api.Graph) -> None:
    parts = rows(LATEST, "Activity PART_OF Activity", "start_id", "end_id")
    assert parts == [("XX-EX-1-WELLS", "XX-EX-1-WATER")] * 2
    assert empty_graph.load(iati.read(LATEST, SCHEMA, "here"), source="here").rejects == ()


def test_version_1_is_read_alike_with_its_words_for_codes() -> None:
    assert gathered(FORMER).rejects == ()
    columns = ("id", "name", "started", "ended", "status", "budget", "currency", "url", "latitude", "longitude")
    assert rows(FORMER, "Activity", *columns) == [
        (
            "XX-EX-5-A",
            "Forests",
            date(2010, 3, 1),
            date(2012, 6, 30),
            "Finalisation",
            20000,
            "GBP",
            "https://example.org/forests",
            39.36,
            22.94,
        )
    ]
    assert rows(FORMER, "Organization", "id", "name", "kind") == [
        ("XX-EX-5", "Elm Trust", "National NGO"),
        ("XX-EX-6", "Ministry of Fern", "Government"),
        ("XX-EX-5:greve", "Grève", "Foundation"),
    ]
    assert rows(FORMER, "Organization PARTICIPATED_IN Activity", "start_id", "role") == [
        ("XX-EX-6", "Funding"),
        ("XX-EX-5:greve", "Implementing"),
    ]
    assert rows(FORMER, "Activity TOOK_PLACE_IN Region", "end_id") == [("GR",), ("geonames:251833",)]
    assert rows(FORMER, "Activity ADDRESSES CompetenceArea", "end_id") == [
        ("dac:31220",),
        ("dac:312",),
        ("XX-EX-5:olive-trees",),
    ]


def test_an_organisation_file_gives_names() -> None:
    assert rows(ORGANISATIONS, "Organization", "id", "name", "kind") == [("XX-EX-1", "Amber Foundation", "Foundation")]
    (reject,) = gathered(ORGANISATIONS).rejects
    assert str(reject) == (
        "organisations_2.03.xml: iati-organisation/organisation-identifier line 12: missing: "
        '""; expected the identifier of an organization'
    )


def test_the_source_is_named_after_its_only_publisher_and_the_day_of_its_making_is_not_that_of_its_reading() -> None:
    columns = ("id", "title", "publisher", "retrieved")
    assert rows(LATEST, "Source", *columns) == [
        ("here", "Amber Foundation, activities_2.03.xml", "Amber Foundation", None)
    ]
    assert rows(FLAWED, "Source", *columns) == [("here", "activities_2.01.xml", None, None)]


def test_a_reject_takes_away_only_what_it_names_though_all_stands_on_one_line() -> None:
    found = [
        (item.file.removeprefix("activities_2.01.xml: "), item.line, item.column, item.kind, item.found)
        for item in gathered(FLAWED).rejects
    ]
    one, two, three = (f"iati-activity[XX-EX-2-{number}]" for number in (1, 2, 3))
    assert found == [
        (f"{one}/title[1]", 2, "", "missing", ""),
        (f"{one}/activity-date[1]", 2, "iso-date", "value", "2015-02-30"),
        (f"{one}/activity-date[3]", 2, "type", "value", "x"),
        (f"{one}/activity-status[1]", 2, "", "value", "8"),
        (f"{one}/budget", 2, "", "value", "EUR, USD"),
        (f"{one}/participating-org[1]", 2, "type", "value", "1"),
        (f"{one}/participating-org[1]", 2, "role", "value", "9"),
        (f"{one}/participating-org[2]", 2, "", "placeholder", "Unspecified"),
        (f"{one}/participating-org[3]", 2, "", "missing", ""),
        (f"{one}/participating-org[4]", 2, "", "placeholder", "Other"),
        (f"{one}/related-activity[1]", 2, "ref", "missing", ""),
        (f"{one}/sector[1]", 2, "percentage", "value", "half"),
        (f"{one}/sector[2]", 2, "code", "missing", ""),
        (f"{one}/sector[3]", 2, "percentage", "value", "160"),
        (f"{one}/recipient-country[1]", 2, "code", "value", "ZZ"),
        (f"{one}/recipient-country[2]", 2, "percentage", "value", "120"),
        (f"{one}/recipient-country[3]", 2, "code", "missing", ""),
        (f"{one}/recipient-region[1]", 2, "code", "missing", ""),
        (f"{one}/location[1]/point/pos", 2, "", "value", "-118.9"),
        (f"{one}/location[2]/point/pos", 2, "", "value", "north"),
        (f"{one}/location[2]", 2, "", "missing", ""),
        ("iati-activity/iati-identifier", 3, "", "missing", ""),
        ("iati-activity/iati-identifier", 4, "", "placeholder", "N/A"),
        (f"{two}/title[1]", 5, "", "placeholder", "TBD"),
        (f"{two}/budget", 5, "", "value", "-5"),
        (f"{two}/budget", 5, "", "value", "dollars"),
        (f"{three}/budget[1]/value", 6, "", "value", "1,000"),
    ]
    assert rows(FLAWED, "Activity", "id", "name", "started", "ended", "status", "budget") == [
        ("XX-EX-2-1", "XX-EX-2-1", date(2015, 3, 1), None, None, None),
        ("XX-EX-2-2", "XX-EX-2-2", None, None, None, None),
        ("XX-EX-2-3", "Much", None, None, None, None),
    ]
    assert rows(FLAWED, "Organization PARTICIPATED_IN Activity", "start_id", "role") == [
        ("XX-EX-2", ""),
        ("XX-EX-3", "Implementing"),
        ("XX-EX-2:dune", "Implementing"),
    ]
    assert rows(FLAWED, "Activity TOOK_PLACE_IN Region", "end_id", "share") == [("NA", None), ("NA:etosha", None)]
    assert rows(FLAWED, "Activity ADDRESSES CompetenceArea", "end_id", "share") == [
        ("dac:31110", None),
        ("dac:12110", None),
    ]


def test_a_reject_reads_as_a_sentence() -> None:
    assert str(gathered(FLAWED).rejects[1]) == (
        "activities_2.01.xml: iati-activity[XX-EX-2-1]/activity-date[1] line 2, column iso-date: value: "
        '"2015-02-30"; expected a date like 2021-01-31'
    )


def test_a_reference_of_several_bodies_and_a_body_under_several_references_are_told(tmp_path: Path) -> None:
    path = activity(
        tmp_path,
        '<participating-org ref="X">Amber</participating-org><participating-org ref="X">Amber.</participating-org>'
        '<participating-org ref="X">Birch</participating-org><participating-org ref="Y">BIRCH</participating-org>'
        "<participating-org>Birch</participating-org>",
    )
    assert [str(notice) for notice in findings(path)] == [
        'file.xml line 1: "Birch" stands under several references: X, Y, R:birch. They are kept apart.',
        'file.xml line 1: X is the reference of several: "Amber", "Birch". They are one organization here, "Amber".',
    ]
    assert findings(LATEST) == []


def test_a_country_named_as_a_location_is_that_country_and_no_point(tmp_path: Path) -> None:
    point = "<point><pos>1.25 32.5</pos></point>"
    path = activity(tmp_path, f'<recipient-country code="UG"/><location><name>Uganda</name>{point}</location>')
    assert rows(path, "Activity TOOK_PLACE_IN Region", "end_id") == [("UG",)]
    assert rows(path, "Activity", "latitude") == [(None,)]


def test_codes_that_no_list_has_are_named_as_well_as_can_be(tmp_path: Path) -> None:
    path = activity(
        tmp_path,
        '<sector vocabulary="1" code="14005"/><sector vocabulary="99" code="7"/><sector vocabulary="6" code="1">'
        '<narrative>Ports</narrative></sector><recipient-region vocabulary="2" code="14"/>',
    )
    assert rows(path, "CompetenceArea", "id", "name", "scheme") == [
        ("dac:14005", "Water Supply & Sanitation (14005)", "OECD DAC"),
        ("dac:140", "Water Supply & Sanitation", "OECD DAC"),
        ("R:7", "7", "R"),
        ("aiddata:1", "Ports", "AidData"),
    ]
    assert rows(path, "Region", "id", "name") == [("m49-014", "Eastern Africa")]


REAL = {
    "iati_2.03_HondurasAIMS_GeocodedResearchRelease.xml": (1050, 70, 1121, 380, 1141, 5006),
    "iati_2.03_UgandaAIMS_GeocodedResearchRelease.xml": (1456, 55, 1717, 485, 1462, 1938),
}


def real(name: str) -> Path:
    """Return a file of the public data sets."""
    path = FOLDER / "iati" / name
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"The data set {name} is not in {FOLDER}.")
    return path


def plainly(path: Path) -> dict[str, Counter[tuple[str, ...]]]:
    """Read a file whole, by the paths of its elements; the rule of identity is written again here, for these files."""
    found: dict[str, Counter[tuple[str, ...]]] = {}
    for element in ET.parse(path).getroot().findall("./iati-activity"):
        id_ = element.findtext("iati-identifier", "").strip()
        reporter = element.find("reporting-org")
        assert reporter is not None
        bodies = [(body, body.get("ref") or "") for body in element.findall("participating-org")]
        named = [ref or f"{reporter.get('ref')}:{slug(body.findtext('narrative', ''))}" for body, ref in bodies]
        places = [
            "UG"
            if location.findtext("name/narrative") == "Uganda"
            else "HN"
            if location.findtext("name/narrative") == "Honduras"
            and [one.get("code") for one in element.findall("recipient-country")] == ["HN"]
            else f"geonames:{code.get('code')}"
            for location in element.findall("location")
            for code in location.findall("location-id[@vocabulary='G1']")
        ]
        for name, ties in {
            "activities": [(id_,)],
            "organizations": [(reporter.get("ref", ""),), *((body,) for body in named)],
            "participations": [(body, id_) for body in named],
            "countries": [(id_, one.get("code", "")) for one in element.findall("recipient-country")],
            "sectors": [(id_, f"dac:{one.get('code')}") for one in element.findall("sector")],
            "locations": [(id_, place) for place in places],
        }.items():
            found.setdefault(name, Counter()).update(ties)
    return found


def slug(name: str) -> str:
    """Return letters and digits of a name, in small letters, joined by hyphens."""
    bare = name.casefold().translate(str.maketrans("áéíóúüñçãèôïâê", "aeiouuncaeoiae"))
    return "-".join(re.findall(r"[^\W_]+", bare))


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_read_as_an_independent_count_finds_them(name: str) -> None:
    path = real(name)
    found = plainly(path)
    several = ("participations", "countries", "sectors", "locations")
    counts = tuple(found[kind].total() if kind in several else len(found[kind]) for kind in found)
    assert counts == REAL[name]
    assert gathered(path).rejects == ()
    assert set(rows(path, "Activity", "id")) == set(found["activities"])
    assert set(rows(path, "Organization", "id")) == set(found["organizations"])
    participations = rows(path, "Organization PARTICIPATED_IN Activity", "start_id", "end_id", "role")
    assert Counter((start, end) for start, end, _ in participations) == found["participations"]
    assert {role for *_, role in participations} == {"Funding"}
    assert set(rows(path, "Activity ADDRESSES CompetenceArea", "start_id", "end_id")) == set(found["sectors"])
    took_place = set(rows(path, "Activity TOOK_PLACE_IN Region", "start_id", "end_id"))
    assert took_place == set(found["countries"]) | set(found["locations"])


@pytest.mark.parametrize("name", REAL)
def test_a_real_file_loads_clean_and_a_second_time_changes_nothing(name: str, empty_graph: api.Graph) -> None:
    path = real(name)
    first = empty_graph.load(iati.read(path, SCHEMA, "aims"), source="aims")
    assert first.rejects == ()
    activities, organizations, participations, *_ = REAL[name]
    store = empty_graph.store
    counts = [store.count(SCHEMA.node(label)) for label in ("Activity", "Organization")]
    assert [*counts, store.count(SCHEMA.relationship("PARTICIPATED_IN"))] == [
        activities,
        organizations,
        participations,
    ]
    second = empty_graph.load(iati.read(path, SCHEMA, "aims"), source="aims")
    assert (second.changes, second.rejects) == (0, ())


@pytest.mark.parametrize("path", [LATEST, FLAWED, FORMER, ORGANISATIONS], ids=lambda path: path.stem)
def test_a_sample_loads_twice_with_no_change(path: Path, empty_graph: api.Graph) -> None:
    assert empty_graph.load(iati.read(path, SCHEMA, "here"), source="here").changes > 0
    assert empty_graph.load(iati.read(path, SCHEMA, "here"), source="here").changes == 0


def test_iati_is_told_by_its_root_in_any_wrapping_and_encoding(tmp_path: Path) -> None:
    text = LATEST.read_text(encoding="utf-8")
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "b.xml").write_bytes(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    (tmp_path / "c.xml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.write(LATEST, "d.xml")
    for path in tmp_path.iterdir():
        assert iati.is_iati(path), path
        assert len(rows(path, "Activity", "id")) == 2, path
    assert iati.is_iati(ORGANISATIONS)


@pytest.mark.parametrize(
    "content", [b"", b"id,name\n", b"\x1f\x8b", b"<html/>", b"<!-- <iati-activities> -->", b"\x00\xff"]
)
def test_what_is_no_iati_is_told_and_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    assert not iati.is_iati(tmp_path / "x")
    with pytest.raises(DataProblem):
        gathered(tmp_path / "x")


LAUGHS = '<!DOCTYPE iati-activities [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><iati-activities>&b;</iati-activities>'
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><iati-activities>&x;</iati-activities>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("<rss/>", ", line 1: <rss> where the root is expected to be <iati-activities> or <iati-organisations>."),
        (LAUGHS, ", line 1: a document type. It could hide anything, and IATI has none: take <!DOCTYPE ...> out of"),
        (ENTITY, ", line 1: a document type. "),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><iati-activities/>', ", line 1: a document type. "),
        ("<iati-activities>&nbsp;</iati-activities>", "line 1: no well-formed XML (undefined entity: line 1, column"),
        ("<iati-activities>" + "<a>" * 70, ", line 1: elements nested more than 64 deep, which no IATI file has."),
        (
            f'<iati-activities a="{"x" * 1_200_000}"/>',
            "line 1: a tag or comment of more than 1,000,000 bytes, which no",
        ),
        (f"<iati-activities><!--{'x' * 1_200_000}--></iati-activities>", "a tag or comment of more than 1,000,000"),
        (
            f"<iati-activities><iati-activity><title>{'x' * 1_200_000}</title></iati-activity></iati-activities>",
            "line 1: a text of more than 1,000,000 characters in <title>. Mend the file.",
        ),
        (
            '<?xml version="1.0" encoding="x-none"?><iati-activities/>',
            "line 1: an encoding that cannot be read (unknown encoding: x-none). Save the file as UTF-8.",
        ),
        ("<iati-activities>\n<iati-activity>", "line 2: no well-formed XML (no element found: line 2, column 15). The"),
    ],
    ids=lambda value: value[:30],
)
def test_what_could_harm_is_refused_with_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "file.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataProblem, match=re.escape(sentence)):
        gathered(path)


def test_an_activity_of_countless_elements_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iati_xml, "MOST_ELEMENTS", 10)
    with pytest.raises(DataProblem, match=r"line 1: more than 10 elements in one <iati-activity>\. Split or mend"):
        gathered(activity(tmp_path, "<sector code='11220'/>" * 10))


def test_elements_of_other_standards_are_passed_over(tmp_path: Path) -> None:
    path = activity(tmp_path, "<x:sector code='1'/><result><sector code='2'/></result><sector code='11220'/>")
    assert rows(path, "Activity ADDRESSES CompetenceArea", "end_id") == [("dac:11220",)]


@pytest.mark.parametrize("compressed", [False, True])
def test_a_file_that_was_cut_off_loads_nothing_at_all(tmp_path: Path, empty_graph: api.Graph, compressed: bool) -> None:
    content = LATEST.read_bytes()
    path = tmp_path / "file.xml"
    for length in range(0, len(content) - 20, 511):
        path.write_bytes(gzip.compress(content)[: length // 4] if compressed else content[:length])
        with pytest.raises(DataProblem):
            empty_graph.load(iati.read(path, SCHEMA, "here"), source="here")
    assert not Path(empty_graph.store.address).exists()


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), place=st.integers(0, 5000))
def test_any_bytes_give_rows_rejects_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int
) -> None:
    content = LATEST.read_bytes()
    path = tmp_path_factory.mktemp("bytes") / "file.xml"
    for changed in (data, content[:place] + data + content[place + len(data) :]):
        path.write_bytes(changed)
        iati.is_iati(path)
        with contextlib.suppress(DataProblem):
            gathered(path)


def texts() -> st.SearchStrategy[str]:
    """Return texts that XML can hold: odd ones, and such as are nearly right."""
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
    nearly = ["", "1", "2", "99", "7", "8", "KE", "UK", "NA", "50", "101", "-1", "1e5", "4.?", "?.1", "11220", "11x"]
    words = ["2015-01-01", "2015-13-01", "0000-01-01", "1.5 2.5", "91 2", "nan nan", "N/A", "Other", "unknown", "EUR"]
    return st.one_of(st.sampled_from(nearly + words), st.text(letters, max_size=8))


def elements(text: Iterator[str]) -> str:
    """Return an activity with an element of each kind, its texts and attributes as they come."""

    def tag(name: str, *attributes: str, inside: str | None = None) -> str:
        told = "".join(f" {attribute}={quoteattr(next(text))}" for attribute in attributes)
        return f"<{name}{told}>{quoteattr(next(text))[1:-1] if inside is None else inside}</{name}>"

    location = tag("location-id", "vocabulary", "code") + tag("name") + tag("point", inside=tag("pos"))
    budget = tag("period-start", "iso-date") + tag("value", "currency")
    return "".join(
        [
            tag("iati-identifier"),
            tag("reporting-org", "ref", "type", "secondary-reporter"),
            tag("title"),
            tag("activity-website"),
            tag("activity-status", "code"),
            *(tag("participating-org", "ref", "role", "type") for _ in range(2)),
            *(tag("activity-date", "type", "iso-date") for _ in range(2)),
            *(tag("recipient-country", "code", "percentage") for _ in range(2)),
            *(tag("recipient-region", "vocabulary", "code", "percentage") for _ in range(2)),
            *(tag("sector", "vocabulary", "code", "percentage") for _ in range(3)),
            *(tag("location", inside=location) for _ in range(2)),
            tag("location", inside=tag("name") + tag("coordinates", "latitude", "longitude")),
            *(tag("budget", "type", inside=budget) for _ in range(2)),
            tag("related-activity", "type", "ref"),
        ]
    )


@settings(max_examples=200, deadline=None)
@given(told=st.lists(texts(), min_size=100, max_size=100))
def test_whatever_an_activity_says_the_rows_that_are_yielded_can_all_be_taken(
    tmp_path_factory: pytest.TempPathFactory, told: list[str]
) -> None:
    inside = f"<iati-activity>{elements(iter(told))}</iati-activity>"
    path = written(tmp_path_factory.mktemp("texts"), inside)
    for item in iati.read(path, SCHEMA, "here"):
        if isinstance(item, records.Rows):
            assert records.check(item)[1] == []
        elif isinstance(item, records.Reject):
            assert item.file.startswith("file.xml: iati-activity")


NUMBER = Property("number", Kind.NUMBER, minimum=-90, maximum=90)
DAY = Property("day", Kind.DATE)
CODE = Property("code", pattern="^[A-Z]{3}$")


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(texts(), st.from_regex(r"-?\d{1,3}\.?\d{0,3}"), st.from_regex(r"\d{4}-\d\d-\d\d")))
@example("0001-01-01")
@example("-0")
@example("\u0661")
def test_a_text_that_is_said_to_fit_can_be_read(text: str) -> None:
    for item in (NUMBER, DAY, CODE):
        told = text.strip()
        if told and iati_rows.fits(item, told):
            assert pl.DataFrame({item.name: [told]}).select(values.read(item))[item.name].null_count() == 0


LARGE = """
import gzip, resource, sys
from pathlib import Path
from graphmodel.importers import iati
from graphmodel.records import Rows
from graphmodel.schema import SCHEMA

def peak():
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used // 1024 if sys.platform == "darwin" else used

sample, large = map(Path, sys.argv[1:])
list(iati.read(sample, SCHEMA, "here"))
before = peak()
rows = sum(len(item.frame) for item in iati.read(large, SCHEMA, "here") if isinstance(item, Rows))
print(rows, peak() - before)
"""


def test_a_file_of_200_megabytes_is_read_in_little_memory(tmp_path: Path) -> None:
    text = LATEST.read_text(encoding="utf-8")
    head, body = text[: text.index("<iati-activity ")], text[text.index("<iati-activity ") : text.rindex("</iati-act")]
    body = body.replace("Not taken", "Not taken. " * 800)
    path = tmp_path / "large.xml.gz"
    copies = 200_000_000 // len(body)
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        file.write(head)
        for number in range(copies):
            file.write(body.replace("XX-EX-1-W", f"XX-EX-1-{number}-W"))
        file.write("</iati-activities>")
    command = [sys.executable, "-c", LARGE, str(LATEST), str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    taken, kilobytes = map(int, found)
    assert taken > 27 * copies
    assert kilobytes < 120_000
