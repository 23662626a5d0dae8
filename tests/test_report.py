"""The report: what it says of networks that a person can count, and what it does not say."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from graphmodel import api
from graphmodel import report as reports
from graphmodel.api import Filter
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.report import extent
from graphmodel.report.citations import citations
from graphmodel.report.subject import Subject
from tests.conftest import TINY, Run

SECRET = ("Harbor Network", "harbor")
NAMES = {
    *("alliances", "brokers", "checks", "findings", "gaps", "incomplete_activities", "organizations"),
    *("recommendations", "sources", "trends"),
}
OTHERS = {"alliances.graphml", "map.html", "methods.txt", "report.html", "report.json", "tables.xlsx"}


@pytest.fixture(scope="module")
def demo(demonstration: str) -> dict[str, bytes]:
    """The report of the demonstration without its hubs."""
    with api.open(demonstration) as graph:
        return reports.report(graph, reports.Request(Filter(exclude=api.HUBS)))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Graph]:
    """The tiny network in a file; not to be changed."""
    with api.open(str(tmp_path_factory.mktemp("here") / "graph.lbug")) as opened:
        opened.load(TINY)
        yield opened


def data(files: Mapping[str, bytes]) -> dict[str, object]:
    return json.loads(files["report.json"])


def figures(files: Mapping[str, bytes]) -> dict[str, object]:
    return {one["name"]: one["value"] for one in json.loads(files["report.json"])["figures"]}


def table(files: Mapping[str, bytes], name: str) -> pl.DataFrame:
    return pl.read_csv(files[f"{name}.csv"], infer_schema=False)


def seen(files: Mapping[str, bytes]) -> str:
    """The page without its marks, on one line."""
    return " ".join(
        re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", files["report.html"].decode(), flags=re.S)).split()
    )


def everything(content: bytes) -> str:
    """All bytes of a file as text, also those that are packed in it."""
    if content[:2] != b"PK":
        return content.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(f"{name} {everything(packed.read(name))}" for name in packed.namelist())


def files_of(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.iterdir()}


def test_a_report_is_a_page_a_map_every_table_and_the_ties(demo: dict[str, bytes]) -> None:
    assert set(demo) == {f"{name}.csv" for name in NAMES} | OTHERS
    assert data(demo)["files"] == sorted(demo)
    with zipfile.ZipFile(io.BytesIO(demo["tables.xlsx"])) as book:
        sheets = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert set(sheets) == NAMES


def test_key_figures_are_those_of_the_commands(demo: dict[str, bytes], demonstration: str) -> None:
    with api.open(demonstration) as graph:
        projection = graph.project(Filter(exclude=api.HUBS))
        alliances = graph.alliances(Filter(exclude=api.HUBS), api.Test())
    told = figures(demo)
    assert told["alliances"] == len(projection.ties) == table(demo, "alliances").height
    assert told["activities"] == projection.partnerships.incidence["activity"].n_unique()
    assert told["significant"] == alliances.filter(pl.col("sign") == "+").height == 0
    assert told["organizations"] == projection.partnerships.incidence["organization"].n_unique()


def test_that_no_alliance_is_more_than_chance_is_said_in_words(demo: dict[str, bytes]) -> None:
    assert "No tie is more than chance" in seen(demo)
    assert "That is an answer, not a failure." in seen(demo)


def test_the_page_has_every_part_that_a_meeting_needs(demo: dict[str, bytes]) -> None:
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", demo["report.html"].decode())
    assert headings == [
        *("Key figures", "Map", "Strongest alliances", "What changed", "Data quality"),
        *("Gaps", "Brokers", "Whom to bring together", "Sources", "Methods"),
    ]
    page = seen(demo)
    for text in (
        "137 more in alliances.csv",
        "(Balassa 1965.)",
        "without lc, unesco",
        "Works in Bulgaria, which you lack",
    ):
        assert text in page
    assert str(data(demo)["hash"]) in page
    assert "Freeman, A set of measures of centrality" in demo["methods.txt"].decode()


def test_the_page_runs_nothing_and_asks_nobody(demo: dict[str, bytes]) -> None:
    page = demo["report.html"].decode()
    assert "<script" not in page
    assert not re.findall(r"(?:src|href)=", page)
    assert "default-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")


def test_the_status_is_that_of_the_last_day_that_the_data_tell_of(demo: dict[str, bytes]) -> None:
    assert data(demo)["day"] == "2024-04-15"


def test_the_same_network_has_the_same_report_on_both_engines_and_twice(tiny: api.Graph, here: api.Graph) -> None:
    first, second = reports.report(tiny), reports.report(here)
    assert [name for name in first if first[name] != second[name]] == []
    assert reports.archive(first) == reports.archive(reports.report(tiny))


def test_a_region_is_told_by_its_countries(here: api.Graph) -> None:
    files = reports.report(here, reports.Request(Filter(regions=("Africa",))))
    assert data(files)["title"] == "Partnerships in Africa"
    assert set(table(files, "gaps")["region_name"]) == {"Kenya", "Uganda"}
    assert figures(files)["regions"] == 2


def test_where_nothing_took_place_it_is_said_who_is_there_all_the_same(here: api.Graph) -> None:
    files = reports.report(here, reports.Request(Filter(regions=("Kenya",), until=date(2009, 1, 1))))
    assert "No activity is recorded in Kenya" in seen(files)
    assert "5 organizations have a seat there or declare to work there." in seen(files)


def test_an_organization_is_told_by_its_own_alliances(here: api.Graph) -> None:
    files = reports.report(here, reports.Request(organization="Cedar Trust"))
    alliances = table(files, "alliances")
    assert data(files)["title"] == "Partnerships of Cedar Trust"
    assert all("cedar" in ends for ends in alliances.select("source", "target").rows())
    assert set(table(files, "recommendations")["for"]) == {"cedar"}
    assert figures(files)["alliances"] == alliances.height == 6


@pytest.mark.parametrize("pseudonyms", [False, True])
@pytest.mark.parametrize("organization", ["", "Cedar Trust"])
def test_who_is_hidden_is_nowhere_in_any_file(
    here: api.Graph, tmp_path: Path, pseudonyms: bool, organization: str
) -> None:
    hide = tmp_path / "hide.txt"
    hide.write_text("Harbor Network\n")
    request = reports.Request(Filter(exclude=("harbor",) if not pseudonyms else ()), organization, hide, pseudonyms)
    files = reports.report(here, request)
    for name, content in files.items():
        for secret in SECRET:
            found = re.findall(rf".{{0,40}}{secret}.{{0,20}}", everything(content), re.IGNORECASE)
            assert [hit for hit in found if "Harbor Census" not in hit] == [], name  # no name of it
    assert ("Organization 1" in everything(files["report.html"])) is pseudonyms


def test_a_network_that_is_too_large_is_refused_before_the_work(here: api.Graph) -> None:
    subject = Subject(here, reports.Request(Filter(regions=("africa",))).on_a_day(here))
    met = subject.projection.participations.group_by("activity").agg(pl.col("organization").unique())
    names = set(subject.projection.partnerships.incidence["activity"])
    expected = sum(len(list(combinations(who, 2))) for activity, who in met.iter_rows() if activity in names)
    pairs = subject.partnerships.most_ties
    assert pairs == expected + subject.projection.partnerships.agreements.height > 9
    extent.refuse_too_large(subject, most=pairs)
    with pytest.raises(
        UsageProblem,
        match=r"^A report is written on up to 9 pairs of organizations that did something together, and here are up to "
        r"\d+: narrow the filter to a region, a competence area, kinds of organization or some years\.$",
    ):
        extent.refuse_too_large(subject, most=9)


def test_with_hidden_organizations_all_figures_are_without_them(here: api.Graph, tmp_path: Path) -> None:
    hide = tmp_path / "hide.txt"
    hide.write_text("Harbor Network\n")
    hidden = figures(reports.report(here, reports.Request(hide=hide)))
    assert hidden == figures(reports.report(here, reports.Request(Filter(exclude=("harbor",)))))


def test_a_report_about_whom_it_must_not_name_is_refused(here: api.Graph, tmp_path: Path) -> None:
    hide = tmp_path / "hide.txt"
    hide.write_text("Harbor Network\n")
    with pytest.raises(UsageProblem, match=r'^"HN" is to be hidden: a report cannot be about it\.$'):
        reports.report(here, reports.Request(organization="HN", hide=hide))


def test_small_counts_are_covered_and_so_is_who_is_the_only_one(demo: dict[str, bytes], demonstration: str) -> None:
    with api.open(demonstration) as graph:
        covered = reports.report(graph, reports.Request(Filter(exclude=api.HUBS), minimum_cell=3))
    open_, closed = (table(files, "gaps") for files in (demo, covered))
    assert "single" in set(open_["gap"])
    assert set(closed["gap"].drop_nulls()) == {"nobody", "few", "never together"}
    assert {int(number) for number in closed.filter(gap="never together")["organizations"]} == {3}
    assert not {"single", "single_name"} & set(closed.columns)
    for before, after in zip(open_["organizations"], closed["organizations"], strict=True):
        assert after == ("<3" if before in ("1", "2") else before)
    assert not {"entered", "left"} & set(table(covered, "trends").columns)
    assert "Not protected is what is said by name" in seen(covered)
    assert "The only one, most often" not in everything(covered["report.json"])


def test_a_hostile_name_is_text(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> =1+1"
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        graph.load(
            [
                *(api.Node("Organization", id, {"name": f"{name} {id}"}) for id in "ab"),
                api.Node("Activity", "x", {"name": "X"}),
                *(api.Edge("PARTICIPATED_IN", id, "x", {}) for id in "ab"),
            ]
        )
        files = reports.report(graph)
    assert "<script" not in files["report.html"].decode()
    assert "&lt;script&gt;alert(1)" in files["report.html"].decode()


def test_without_dates_places_and_areas_a_report_says_so(tmp_path: Path) -> None:
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        graph.load([api.Node("Organization", "a", {"name": "Alpha"}), api.Node("Activity", "x", {"name": "X"})])
        files = reports.report(graph)
    assert "No two organizations are allied" in seen(files)
    assert "Gaps cannot be told." in seen(files)
    assert data(files)["period"] == "no dates on record"


def test_a_folder_is_written_whole_and_replaced_only_if_it_is_a_report(run: Run, demonstration: str) -> None:
    words = ("report", "--store", demonstration, "--exclude", "unesco", "--exclude", "lc", "-o")
    assert run(*words, "out").exit_code == 0
    assert not [path.name for path in Path().iterdir() if path.name.startswith(".")]
    taken = run(*words, "out")
    assert taken.exit_code == 2
    assert taken.output == "Error: out is there already. Choose another name, or --force to replace it.\n"
    Path("out/stray.txt").write_text("old")
    assert run(*words, "out", "--force").exit_code == 0
    assert not Path("out/stray.txt").exists()
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work")
    refused = run(*words, "mine", "--force")
    assert refused.output == "Error: mine holds something else, and is not replaced. Choose another name.\n"
    assert Path("mine/thesis.txt").read_text() == "years of work"


def test_folder_and_zip_hold_the_same(run: Run, demonstration: str, demo: dict[str, bytes]) -> None:
    words = ("report", "--store", demonstration, "--exclude", "unesco", "--exclude", "lc", "-o", "out.zip")
    assert run(*words).exit_code == 0
    with zipfile.ZipFile("out.zip") as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == demo
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert Path("out.zip").read_bytes() == reports.archive(demo)


def test_pseudonyms_need_a_file(run: Run, demonstration: str) -> None:
    result = run("report", "--store", demonstration, "--pseudonyms", "-o", "out")
    assert result.exit_code == 2
    assert "--pseudonyms is for those of --hide: name a file of organizations." in result.output


def written(tmp_path: Path, name: str, files: dict[str, bytes]) -> reports.Written:
    return reports.read(reports.write(tmp_path / name, files))


def test_the_same_report_does_not_differ(demo: dict[str, bytes], tmp_path: Path) -> None:
    found = reports.difference(written(tmp_path, "a", demo), written(tmp_path, "b.zip", demo))
    assert found.words == ("The two reports say the same.",)
    assert found.table.is_empty()


def test_what_differs_is_told_by_name(here: api.Graph, tmp_path: Path) -> None:
    first = written(tmp_path, "a", reports.report(here))
    second = written(tmp_path, "b", reports.report(here, reports.Request(Filter(exclude=("grove",)))))
    found = reports.difference(first, second)
    assert found.words[:2] == ("Only after: without grove.", "The data are the same.")
    assert "1 organization gone: Grove School." in found.words
    changes = found.table.filter(part="alliance").group_by("change").len().rows()
    assert dict(changes)["lost"] == 3
    gone = found.table.filter(part="alliance", change="lost")["what"]
    assert gone.to_list() == [
        "Amber Fund with Grove School",
        "Birch Institute with Grove School",
        "Cedar Trust with Grove School",
    ]
    back = reports.difference(second, first)
    assert "1 organization come: Grove School." in back.words
    assert "3 alliances gained" in " ".join(back.words)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "There is no it. Make one: graphmodel report -o FOLDER."),
        ({}, "it is no report: it has no report.json. Make one: graphmodel report -o FOLDER."),
        (
            {"report.json": "{"},
            "it is no report: its report.json cannot be read. Make one: graphmodel report -o FOLDER.",
        ),
        (
            {"report.json": '{"format": "other"}'},
            "it is no report that this version reads (graphmodel report 1). Make one: graphmodel report -o FOLDER.",
        ),
        (
            {"report.json": '{"format": "graphmodel report 1", "tables": {"gaps": {}}}'},
            "it is no whole report: gaps.csv is missing or cannot be read. Make it anew: graphmodel report.",
        ),
        ("text", "it is no report: neither a folder nor a ZIP. Make one: graphmodel report -o FOLDER."),
    ],
)
def test_what_is_no_report_is_refused(run: Run, content: dict[str, str] | str | None, message: str) -> None:
    if isinstance(content, str):
        Path("it").write_text(content)
    elif content is not None:
        Path("it").mkdir()
        for name, text in content.items():
            Path("it", name).write_text(text)
    with pytest.raises(DataProblem) as problem:
        reports.read(Path("it"))
    assert str(problem.value) == message
    assert run("diff", "it", "it").output == f"Error: {message}\n"


def test_diff_is_a_table_for_programs(run: Run, demo: dict[str, bytes], tmp_path: Path) -> None:
    reports.write(Path("a.zip"), demo)
    result = run("diff", "a.zip", "a.zip", "--format", "csv", "--quiet")
    assert result.output == "part,change,what,before,after\n"


def test_every_work_that_the_analyses_cite_can_be_cited_in_a_text() -> None:
    from graphmodel.analysis import ANALYSES, describe

    for name in ANALYSES:
        for work in citations(describe(name).references):
            assert re.fullmatch(r"[^,.]+( et al\.)? \d{4}", work), (name, work)
