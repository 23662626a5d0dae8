"""The report in the explorer: what it is on, what it must not say, its page and its files."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest

from graphmodel import api, report
from graphmodel.api import Filter
from graphmodel.report.writing import archive
from tests.conftest import TINY
from tests.reader import GUARD, Answer, Reader, reading


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tiny network in a file; not to be changed."""
    path = str(tmp_path_factory.mktemp("report") / "graph.lbug")
    with api.open(path) as graph:
        graph.load(TINY)
    return path


@pytest.fixture(scope="module")
def reader(address: str) -> Iterator[Reader]:
    with reading(address) as opened:
        yield opened


def files(answer: Answer) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def leads(page: str, path: str) -> str:
    """The address of a link or a frame on a page that begins so."""
    return unescape(re.search(rf'(?:href|src)="({re.escape(path)}[^"]*)"', page)[1])


def test_the_report_is_the_same_as_the_command_writes(reader: Reader, address: str) -> None:
    part = reader.part("/report?region=africa&organization=Cedar+Trust&smallest=3&made=1")
    assert "Download the report" in part.words
    got = reader.get(leads(part.text, "/report/report.zip"))
    assert got.headers["content-disposition"] == 'attachment; filename="report.zip"'
    with api.open(address) as graph:
        asked = report.Request(Filter(regions=("africa",)), "Cedar Trust", minimum_cell=3)
        assert got.body == archive(report.report(graph, asked))
    page = reader.get(leads(part.text, "/report/page"))
    assert page.body == files(got)["report.html"]
    assert page.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert "graphmodel report --organization 'Cedar Trust' --minimum-cell 3 --region africa -o report.zip" in part.words


def test_the_form_comes_first_and_the_report_when_it_is_asked_for(reader: Reader) -> None:
    form = reader.get("/report?organization=cedar")
    assert 'value="cedar"' in form.text
    assert "Working it out" not in form.words
    sent = reader.post("/report?region=africa", key=GUARD.key, organization="cedar", smallest="3")
    assert (sent.status, sent.headers["location"]) == (
        303,
        "/report?region=africa&organization=cedar&smallest=3&made=1",
    )
    assert "Working it out" in reader.get("/report?region=europe&made=1").words
    assert reader.post("/report", key="wrong").status == 400


@pytest.mark.parametrize("pseudonyms", ["", "yes"])
def test_who_must_not_appear_is_neither_in_the_report_nor_in_its_address(reader: Reader, pseudonyms: str) -> None:
    listed = {"list.txt": b"# not for others\nHarbor Network\n"}
    sent = reader.bring("/report", listed, key=GUARD.key, hidden="amber\r\n", pseudonyms=pseudonyms)
    page = sent.headers["location"]
    assert not any(word in page.lower() for word in ("harbor", "amber"))
    told = files(reader.get(page.replace("/report?", "/report/report.zip?")))
    assert "Harbor Network" not in told["report.html"].decode() + told["alliances.csv"].decode()
    assert ("Organization 1" in told["alliances.csv"].decode()) is bool(pseudonyms)
    assert "Harbor Network" in reader.get(page).text  # the form has it still, to be changed
    assert json.loads(told["report.json"])["notes"]


def test_a_list_that_is_no_longer_held_hides_nothing_by_showing_it(reader: Reader) -> None:
    for path in ("/report", "/report/page", "/report/report.zip"):
        refused = reader.get(f"{path}?hide=forgotten&made=1")
        assert refused.status == 400
        assert "The list of organizations to hide is no longer held here" in refused.words
    refused = reader.bring("/report", {"list.txt": b"\xff\xfe"}, key=GUARD.key)
    assert "list.txt is no text in UTF-8." in refused.words


def test_what_cannot_be_is_said(reader: Reader) -> None:
    for asked, said in (
        ("smallest=few", 'The smallest count is a whole number such as 3, not "few".'),
        ("organization=nobody", 'There is no Organization "nobody".'),
        ("region=nowhere", 'There is no Region "nowhere".'),
    ):
        assert said in reader.part(f"/report?{asked}&made=1").words


def test_pages_lead_to_the_report_on_what_they_show(reader: Reader) -> None:
    for page, to in (
        ("/", "/report"),
        ("/organization?id=cedar", "/report?organization=cedar"),
        ("/region?id=africa", "/report?region=africa"),
    ):
        assert f'href="{to}"' in reader.get(page).text
    answer = reader.part("/question?n=24&its_region=africa&since=2015")
    assert leads(answer.text, "/report?") == "/report?region=africa&since=2015"
    assert "is written by" not in answer.words
