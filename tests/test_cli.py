"""The commands, as a person uses them: what they print, where it goes, and how they end."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner, Result

from graphmodel.cli import COMMANDS, main
from tests.conftest import Run


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store that holds the demonstration."""
    folder = tmp_path_factory.mktemp("demo")
    store = str(folder / "demo.lbug")
    result = CliRunner().invoke(
        main, ["demo", "--store", store, "-o", str(folder / "map.html")], catch_exceptions=False
    )
    assert result.exit_code == 0
    return store


def test_the_demonstration_goes_all_the_way_on_each_engine(run: Run, address: str, tmp_path: Path) -> None:
    result = run("demo", "--store", address, "-o", "map.html")
    assert result.exit_code == 0
    assert "Organization                                     83 new" in result.stderr
    assert "Activity                                         45 new" in result.stderr
    assert "Organization PARTICIPATED_IN Activity           143 new" in result.stderr
    assert "UNESCO and its Liaison Committee are left out of the alliances: they take part in nearly everything" in (
        result.stderr
    )
    assert "143 alliances; the strongest:" in result.stderr
    assert "The map is at map.html: open it in a browser." in result.stderr
    first = next(line for line in result.stdout.splitlines() if "2012" in line)
    assert first.split("  ")[0].strip() == "Association francophone d'amitie et de liaison"
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_demonstration_again_changes_nothing_and_gives_the_same_map(run: Run, tmp_path: Path) -> None:
    run("demo", "-o", "one.html")
    again = run("demo", "-o", "two.html")
    assert "graphmodel.lbug holds all of this already; nothing has changed." in again.stderr
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_the_demonstration_does_not_mix_with_other_data(run: Run, tmp_path: Path) -> None:
    run("template", "mine")
    assert run("load", "mine").exit_code == 0
    result = run("demo")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: graphmodel.lbug holds other data (from mine). "
        "The demonstration would mix with it: choose another place with --store.\n"
    )
    assert not (tmp_path / "graphmodel-demo.html").exists()


def test_with_and_without_its_two_hubs_the_demonstration_has_237_and_143_alliances(run: Run, loaded: str) -> None:
    every = run("alliances", "--store", loaded, "--format", "csv")
    without = run("alliances", "--store", loaded, "--exclude", "unesco", "--exclude", "lc", "--format", "csv")
    assert len(list(csv.reader(io.StringIO(every.stdout)))) == 238
    assert len(list(csv.reader(io.StringIO(without.stdout)))) == 144
    assert "takes part in 29" in every.stderr
    assert "takes part in" not in without.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--region", "Africa"),
        ("--competence", "culture"),
        ("--role", "participant"),
        ("--kind", "foundation"),
        ("--activity-kind", "congress"),
        ("--since", "2018", "--until", "2019"),
        ("--as-of", "2018-11-26"),
        ("--min", "2"),
    ],
)
def test_each_filter_leaves_some_alliances_and_not_all(run: Run, loaded: str, options: tuple[str, ...]) -> None:
    rows = json.loads(run("alliances", "--store", loaded, *options, "--format", "json").stdout)
    assert 0 < len(rows) < 237


def test_filters_keep_what_they_name(run: Run, loaded: str) -> None:
    def ask(*options: str) -> list[dict[str, int]]:
        rows: list[dict[str, int]] = json.loads(
            run("alliances", "--store", loaded, *options, "--format", "json").stdout
        )
        return rows

    assert min(row["shared"] for row in ask("--min", "2")) == 2
    assert {row["first"] for row in ask("--since", "2018", "--until", "2018")} == {2018}
    assert ask("--kind", "government", "--kind", "academy") == []


def test_the_region_of_a_country_holds_what_happened_in_its_cities(run: Run, loaded: str) -> None:
    def ties(region: str) -> set[tuple[str, str]]:
        result = run("alliances", "--store", loaded, "--region", region, "--format", "json")
        return {(row["source"], row["target"]) for row in json.loads(result.stdout)}

    assert ties("world") >= ties("Africa") >= ties("CI") > set()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("alliances", "--region", "Afrika"), 'There is no Region "Afrika". Did you mean "Africa"?'),
        (("alliances", "--kind", "ngos"), 'No kind is "ngos". Did you mean "ngo"? Known are academy, '),
        (("alliances", "--exclude", "nobody-at-all"), 'There is no Organization "nobody-at-all".'),
        (
            ("alliances", "--since", "2019", "--until", "2018"),
            "The interval ends on 2018-12-31, before it starts: swap since and until.",
        ),
        (("query", "partners/curent"), "partners/current"),
        (("query", "partners/current", "--cypher", "RETURN 1"), "Give one of NAME, --cypher and --file."),
        (("query", "partners/current", "-p", "organization"), '-p takes NAME=VALUE, not "organization".'),
        (("map", "--focus", "UNESCOO"), 'There is no Organization "UNESCOO". Did you mean "UNESCO"?'),
        (("map", "--focus", "ICOM"), "International Council of Museums has no tie in this network"),
        (("map", "--color", "colour"), "colour"),
        (("status", "--format", "parquet"), "Parquet is no text. Name a file with -o."),
        (
            ("status", "-o", "status.cvs"),
            'No table is written as .cvs. Did you mean ".csv"? Known are .csv, .json, .ndjson, .parquet, .xlsx, '
            ".jsonl; or say --format.",
        ),
        (("export", "--format", "csv", "--alliances", "-o", "x"), "graphmodel alliances -o FILE.csv"),
        (("export", "--format", "json", "--region", "Africa", "-o", "x"), "Add --alliances"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy_and_status_2(
    run: Run, loaded: str, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words, "--store", loaded)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("alliances",),
        ("analyse", "brokers"),
        ("map",),
        ("query", "--cypher", "MATCH (n) RETURN n"),
        *(("export", "--format", form, "-o", "out") for form in ("json", "parquet", "neo4j-admin")),
    ],
)
def test_without_a_graph_every_command_says_how_to_make_one(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: There is no graph at graphmodel.lbug yet. Run `graphmodel demo` for the demonstration, "
        "or `graphmodel load FOLDER` for your own data.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_rejects_are_shown_written_and_make_the_exit_status_1(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "regions.csv").write_text("id,name,kind\nKE,Kenya,country\nFR,France,land\n,Nowhere,country\n")
    result = run("load", "data", "--rejects", "rejects.csv")
    assert result.exit_code == 1
    assert "Region 1 new 0 changed 0 unchanged" in " ".join(result.stderr.split())
    assert "2 rejects, by place:" in result.stderr
    assert 'regions.csv line 3, column kind: value: "land"; expected one of world, region, ' in result.stderr
    rows = list(csv.DictReader((tmp_path / "rejects.csv").read_text().splitlines()))
    assert [(row["line"], row["column"], row["kind"]) for row in rows] == [
        ("3", "kind", "value"),
        ("4", "id", "missing"),
    ]


MAPPING = """
file = "grants.csv"
[source]
id = "grants"
licence = "CC BY 4.0"
[[Activity]]
id = "no"
name = "title"
started = { column = "start", optional = true }
[[PARTICIPATED_IN]]
split = { partners = [";"] }
activity = "no"
organization.name = "partners"
"""
IATI = """<iati-activities version="2.03"><iati-activity>
<reporting-org ref="XM-1" type="10"><narrative>Amber Fund</narrative></reporting-org>
<iati-identifier>XM-1-A</iati-identifier><title><narrative>Book fair</narrative></title>
<participating-org ref="XM-2" role="4" type="22"><narrative>Birch Trust</narrative></participating-org>
<participating-org ref="XM-3" role="1" type="60"><narrative>Cedar Foundation</narrative></participating-org>
</iati-activity></iati-activities>"""


def loaded_counts(run: Run) -> dict[str, int]:
    """Return what the store in the current folder holds."""
    return {row["type"]: row["number"] for row in json.loads(run("status", "--format", "json").stdout)}


def test_a_table_is_loaded_by_a_mapping_and_a_bad_cell_loses_only_itself(run: Run, tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text("no,title,start,partners\n1,Book fair,soon,Amber; None ;Birch\n")
    (tmp_path / "grants.toml").write_text(MAPPING)
    first = run("load", "grants.toml")
    assert first.exit_code == 1
    assert "2 rejects, by place:" in first.stderr
    counts = loaded_counts(run)
    assert (counts["Activity"], counts["Organization"], counts["Organization PARTICIPATED_IN Activity"]) == (1, 2, 2)
    again = run("load", "grants.csv", "--mapping", "grants.toml")
    assert "holds all of this already; nothing has changed." in again.stderr


def test_an_unknown_mapping_is_refused_with_those_that_come_along(run: Run, tmp_path: Path) -> None:
    (tmp_path / "grants.csv").write_text("no\n1\n")
    result = run("load", "grants.csv", "--mapping", "aidata")
    assert result.exit_code == 2
    assert 'Did you mean "aiddata"?' in result.stderr
    assert "`graphmodel mapping grants.csv` begins that." in run("load", "grants.csv").stderr


def test_an_iati_file_is_loaded_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "activities.xml").write_text(IATI)
    result = run("load", "activities.xml")
    assert result.exit_code == 0, result.stderr
    ties = json.loads(run("alliances", "--format", "json").stdout)
    assert [(tie["source_name"], tie["target_name"]) for tie in ties] == [("Birch Trust", "Cedar Foundation")]


def test_a_reference_of_iati_that_names_two_bodies_is_said_and_is_no_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "activities.xml").write_text(IATI.replace('ref="XM-3"', 'ref="XM-2"'))
    result = run("load", "activities.xml")
    assert result.exit_code == 0
    (said,) = [line for line in result.stderr.splitlines() if line.startswith("activities.xml line ")]
    assert "Birch Trust" in said
    assert "Cedar Foundation" in said


def test_a_first_mapping_is_written_and_loads(run: Run, tmp_path: Path) -> None:
    (tmp_path / "partners.csv").write_text("id,name,country\n1,Amber Fund,KE\n2,Birch Trust,FR\n")
    assert run("mapping", "partners.csv", "-o", "partners.toml").exit_code == 0
    assert run("load", "partners.csv", "--mapping", "partners.toml").exit_code == 0
    assert loaded_counts(run)["Organization"] == 2


def test_a_workbook_to_fill_loads_as_it_is(run: Run, tmp_path: Path) -> None:
    assert run("template", "--xlsx", "partners.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "partners.xlsx")
    book["organizations"].append(["amber", "Amber Fund"])
    book.save(tmp_path / "partners.xlsx")
    assert run("load", "partners.xlsx").exit_code == 0
    assert loaded_counts(run)["Organization"] == 1


def test_what_is_no_longer_said_is_pruned_unless_a_row_was_rejected(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "regions.csv").write_text("id,name,kind\nKE,Kenya,country\nFR,France,country\n")
    run("load", "data")
    (data / "regions.csv").write_text("id,name,kind\nKE,Kenya,country\n,Nowhere,country\n")
    held = run("load", "data", "--prune")
    assert held.exit_code == 1
    assert "Nothing was pruned: 1 row was rejected, and what it says would have gone." in held.stderr
    assert loaded_counts(run)["Region"] == 2
    forced = run("load", "data", "--force-prune")
    assert "1 removed" in " ".join(forced.stderr.split())
    assert loaded_counts(run)["Region"] == 1


def test_a_dry_run_tells_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("template", "mine")
    result = run("load", "mine", "--dry-run")
    assert result.exit_code == 0
    assert result.stderr.startswith("Would load into graphmodel.lbug:\n")
    assert "Organization 1 new 0 changed 0 unchanged" in " ".join(result.stderr.split())
    assert not (tmp_path / "graphmodel.lbug").exists()


def test_status_tells_types_and_sources(run: Run, loaded: str) -> None:
    counts = {
        row["type"]: row["number"] for row in json.loads(run("status", "--store", loaded, "--format", "json").stdout)
    }
    assert (counts["Organization"], counts["Activity"], counts["Organization PARTICIPATED_IN Activity"]) == (
        83,
        45,
        143,
    )
    sources = json.loads(run("sources", "--store", loaded, "--format", "json").stdout)
    assert {row["complete"] for row in sources} == {True}
    assert "unesco-partners" in [row["id"] for row in sources]


def test_the_queries_are_listed_shown_and_run(run: Run, loaded: str) -> None:
    listed = json.loads(run("query", "--format", "json").stdout)
    assert {"partners/current", "networks/shared_activities"} <= {row["query"] for row in listed}
    assert all(row["question"] for row in listed)
    assert run("query", "partners/current", "--show").stdout.startswith("// ")
    rows = json.loads(
        run("query", "networks/shared_activities", "-p", "min=3", "--store", loaded, "--format", "json").stdout
    )
    assert rows[0]["weight"] >= rows[-1]["weight"] >= 3


def test_a_query_finds_an_organization_by_its_name_or_suggests_one(run: Run, loaded: str) -> None:
    def ask(name: str) -> Result:
        words = ("-p", f"organization={name}", "-p", "day=2016-12-13", "--store", loaded, "--format", "json")
        return run("query", "partners/current", *words)

    assert json.loads(ask("rotary").stdout) == json.loads(ask("ROTARY international").stdout) != []
    wrong = ask("Rotary Internatoinal")
    assert wrong.exit_code == 2
    assert wrong.stderr == (
        'Error: There is no Organization "Rotary Internatoinal". Did you mean "Rotary International"?\n'
    )


def test_own_cypher_comes_from_the_command_line_or_a_file(run: Run, loaded: str, tmp_path: Path) -> None:
    text = "MATCH (o:Organization) WHERE o.kind = $kind RETURN o.id AS id, o.founded AS founded ORDER BY id LIMIT 2"
    (tmp_path / "own.cypher").write_text(text)
    said = run("query", "--cypher", text, "-p", "kind=foundation", "--store", loaded, "--format", "csv").stdout
    read = run("query", "--file", "own.cypher", "-p", "kind=foundation", "--store", loaded, "--format", "csv").stdout
    assert said == read
    assert said.splitlines()[0] == "id,founded"


def test_a_query_that_writes_is_refused(run: Run, loaded: str) -> None:
    result = run("query", "--cypher", "MATCH (o:Organization) DETACH DELETE o", "--store", loaded)
    assert result.exit_code == 1
    assert result.stderr == "Error: Queries only read; this one writes. Data comes in by `graphmodel load`.\n"


def test_every_format_holds_the_same_rows(run: Run, loaded: str, tmp_path: Path) -> None:
    def ask(*words: str) -> str:
        return run("alliances", "--exclude", "unesco", "--exclude", "lc", "--store", loaded, *words).stdout

    rows = json.loads(ask("--format", "json"))
    assert [json.loads(line) for line in ask("--format", "ndjson").splitlines()] == rows
    ask("-o", "ties.parquet")
    assert pl.read_parquet(tmp_path / "ties.parquet").to_dicts() == rows
    ask("-o", "ties.csv")
    assert pl.read_csv(tmp_path / "ties.csv", schema_overrides={"sign": pl.String}).to_dicts() == rows
    assert len(ask().strip().splitlines()) == len(rows) + 2


def test_a_file_is_not_overwritten_unless_forced(run: Run, loaded: str, tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("mine")
    result = run("alliances", "--store", loaded, "-o", "ties.csv")
    assert result.exit_code == 2
    assert result.stderr == "Error: ties.csv is there already. Choose another name, or --force to replace it.\n"
    assert (tmp_path / "ties.csv").read_text() == "mine"
    assert run("alliances", "--store", loaded, "-o", "ties.csv", "--force").exit_code == 0
    assert (tmp_path / "ties.csv").read_text().startswith("source,")


@pytest.mark.parametrize("name", ["communities", "brokers"])
def test_each_analysis_gives_a_table_and_says_what_it_means(run: Run, loaded: str, name: str) -> None:
    words = ("analyse", name, "--exclude", "unesco", "--exclude", "lc", "--store", loaded)
    result = run(*words, "--format", "json")
    assert len(json.loads(result.stdout)) == 52
    assert "Limits: " in result.stderr
    assert "Sources: " in result.stderr
    assert run(*words, "--quiet", "--format", "json").stderr == ""
    assert run(*words, "--format", "json").stdout == result.stdout


def test_methods_prints_the_paragraph_for_a_report_in_place_of_the_table(run: Run, loaded: str) -> None:
    result = run("analyse", "brokers", "--methods", "--store", loaded)
    assert result.stdout.startswith("Brokers were ranked by betweenness")
    assert "References: L. C. Freeman" in result.stdout
    assert result.stderr == ""


def test_a_map_is_drawn_of_a_filter_a_focus_or_a_query(run: Run, loaded: str, tmp_path: Path) -> None:
    drawn = {
        "a.html": ("--region", "Africa", "--color", "community"),
        "b.html": ("--focus", "rotary international", "--size", "betweenness"),
        "c.html": ("--from", "networks/shared_activities", "-p", "min=2"),
        "d.svg": ("--compare", "2012", "2016"),
    }
    for name, words in drawn.items():
        result = run("map", "--store", loaded, *words, "-o", name)
        assert result.exit_code == 0, result.stderr
        assert f" alliances: {name}" in result.stderr
        assert "Rotary International" in (tmp_path / name).read_text(encoding="utf-8") or name == "a.html"


def test_an_export_is_read_by_networkx_and_a_tidy_one_by_load(run: Run, loaded: str, tmp_path: Path) -> None:
    for form in ("graphml", "gexf", "json"):
        assert run("export", "--store", loaded, "--format", form, "-o", f"whole.{form}").exit_code == 0
        one = (tmp_path / f"whole.{form}").read_bytes()
        run("export", "--store", loaded, "--format", form, "-o", f"whole.{form}", "--force")
        assert (tmp_path / f"whole.{form}").read_bytes() == one
    read = [
        nx.read_graphml(tmp_path / "whole.graphml", force_multigraph=True),
        nx.read_gexf(tmp_path / "whole.gexf"),
        nx.node_link_graph(json.loads((tmp_path / "whole.json").read_text()), edges="links"),
    ]
    assert {(len(graph), graph.number_of_edges()) for graph in read} == {(311, 483)}
    assert run("export", "--store", loaded, "--alliances", "--format", "graphml", "-o", "ties.graphml").exit_code == 0
    assert nx.read_graphml(tmp_path / "ties.graphml").number_of_edges() == 237
    assert run("export", "--store", loaded, "--format", "csv", "-o", "tidy").exit_code == 0
    again = run("load", "tidy", "--store", loaded, "--dry-run")
    assert again.exit_code == 0
    assert [line.split()[-6] for line in again.stderr.splitlines()[1:] if "Source" not in line] == ["0"] * 10


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout


@pytest.mark.parametrize("form", ["text", "json", "mermaid"])
def test_the_schema_is_shown(run: Run, form: str) -> None:
    assert "PARTICIPATED_IN" in run("schema", "--format", form).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(run: Run, shell: str) -> None:
    assert "_GRAPHMODEL_COMPLETE" in run("completion", shell).stdout


def test_the_module_runs_as_the_command_and_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, graphmodel.cli as c\n"
        "try: c.main(['--help'])\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    heavy = {"polars", "networkx", "numpy", "ladybug", "neo4j", "networkit", "pyvis", "rich", "scipy"}
    assert not heavy & set(done.stderr.split())
    helped = subprocess.run([sys.executable, "-m", "graphmodel", "--help"], capture_output=True, text=True, check=True)
    assert helped.stdout.startswith("Usage: graphmodel ")
