"""Analyses, maps and exports of some ties: those that are more than chance, or those in a file."""

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from graphmodel import analysis, api
from graphmodel.api.projection import Projection
from graphmodel.errors import UsageProblem
from tests.conftest import Run

GIVEN = {
    "paths": {"start": "rotary", "end": "afal"},
    "consortium": {"region": "Africa", "k": 2},
}
OF_TIES = sorted(analysis.OF_TIES)


def hubless(graph: api.Graph) -> Projection:
    return graph.project(exclude=api.HUBS)


@pytest.fixture(scope="module")
def ties(demonstration: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the alliances of the demonstration in three Parquet files, as Spark leaves them."""
    folder = tmp_path_factory.mktemp("spark") / "ties"
    folder.mkdir()
    with api.open(demonstration) as graph:
        table = graph.alliances(test=api.Test())
    for part in range(3):
        table[part * 90 : (part + 1) * 90].write_parquet(folder / f"part-0000{part}-c000.snappy.parquet")
    (folder / "_SUCCESS").touch()
    return folder


@pytest.mark.parametrize("name", OF_TIES)
def test_the_ties_in_a_folder_of_parquet_files_are_analysed_as_those_of_the_store(
    demonstration: str, ties: Path, name: str
) -> None:
    with api.open(demonstration) as graph:
        own = graph.analyse(name, **GIVEN.get(name, {}))
        read = graph.analyse_file(name, ties, **GIVEN.get(name, {}))
    assert read.table.equals(own.table)
    assert read.words == ("Looked at were the ties in ties: 237.", *own.words)
    assert read.methods.startswith("Looked at were the ties in ties: 237. ")


@pytest.mark.parametrize("name", sorted(analysis.ANALYSES))
def test_an_analysis_looks_at_ties_if_and_only_if_ties_change_what_it_finds(demonstration: str, name: str) -> None:
    options = {"recommend": {"organization": "rotary"}, **GIVEN}.get(name, {})
    with api.open(demonstration) as graph:
        made = hubless(graph).partnerships
        found, without = (analysis.run(name, one, **options) for one in (made, replace(made, given=made.ties.clear())))
    assert (not found.table.equals(without.table)) == (analysis.describe(name).ties != "none")


def test_the_help_names_the_analyses_that_can_look_at_some_ties(run: Run) -> None:
    told = " ".join(run("analyse", "--help").stdout.split())
    assert f"can be asked: {', '.join(OF_TIES)}. Example:" in told


@pytest.mark.parametrize("name", sorted({*analysis.ANALYSES} - analysis.OF_TIES - analysis.OF_ALL_TIES))
def test_what_does_not_look_at_ties_says_so(run: Run, demonstration: str, ties: Path, name: str) -> None:
    result = run("analyse", name, "--from", str(ties), "--store", demonstration)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"Error: The analysis {name} looks at what organizations took part in, and cannot be asked of some ties "
        "(--from, --only significant). Those that can: brokers, centrality, communities, consortium, impact, "
        "multipliers, paths.\n"
    )
    shown = run("analyse", name, "--help").stdout
    assert "--from" not in shown


def test_an_analysis_of_what_is_more_than_chance_leaves_the_other_ties_out(run: Run, clubs: str) -> None:
    every = run("analyse", "communities", "--store", clubs, "--format", "json")
    only = run("analyse", "communities", "--only", "significant", "--store", clubs, "--format", "json")
    assert (
        "Only those that are more than chance (sdsm, exact, bh, 0.05) were looked at: 6 of 7 alliances.\n"
        "2 groups with modularity 0.5000: "
    ) in only.stderr
    assert "modularity 0.5000" not in every.stderr
    listed = run("alliances", "--only", "significant", "--store", clubs, "-o", "ties.csv")
    assert listed.exit_code == 0
    read = run("analyse", "communities", "--from", "ties.csv", "--store", clubs, "--format", "json")
    assert read.stdout == only.stdout
    alone = run("analyse", "communities", "--from", "ties.csv", "--format", "json")
    assert [row["group"] for row in json.loads(alone.stdout)] == [row["group"] for row in json.loads(only.stdout)]


def test_of_a_file_too_only_what_is_more_than_chance_can_be_taken(run: Run, clubs: str) -> None:
    run("alliances", "--store", clubs, "-o", "ties.parquet")
    for name in ("impact", "brokers"):
        only = run("analyse", name, "--only", "significant", "--store", clubs, "--format", "json")
        read = run(
            "analyse", name, "--only", "significant", "--from", "ties.parquet", "--store", clubs, "--format", "json"
        )
        assert read.stdout == only.stdout
        assert "Looked at were the ties in ties.parquet that are more than chance: 6." in read.stderr


def test_an_export_can_hold_only_what_is_more_than_chance(run: Run, clubs: str, tmp_path: Path) -> None:
    result = run(
        "export", "--alliances", "--only", "significant", "--format", "json", "--store", clubs, "-o", "ties.json"
    )
    assert result.exit_code == 0
    links = json.loads((tmp_path / "ties.json").read_text(encoding="utf-8"))["links"]
    assert (len(links), {link["sign"] for link in links}) == (6, {"+"})
    refused = run("export", "--only", "significant", "--format", "json", "--store", clubs, "-o", "all.json")
    assert "Error: Filters choose alliances. Add --alliances" in refused.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("impact", "--from", "own.csv"),
            'own.csv names "Alpha", which is the id of no organization in the graph, and 1 more like it. This analysis '
            "needs what they did: write the ties by graphmodel alliances -o, from the same store.",
        ),
        (
            ("impact", "--from", "ids.csv", "--only", "significant"),
            "--only significant needs the column sign, as `graphmodel alliances` writes it.",
        ),
        (
            ("brokers", "--from", "ids.csv", "--since", "2015"),
            "Leave out --since: --from analyses the rows of ids.csv as they are. To analyse a part of the alliances, "
            "list it first: graphmodel alliances, with the same options, -o ties.csv.",
        ),
        (
            ("brokers", "--from", "empty"),
            "There is no Parquet file in the folder empty. Name a table, or a folder that Spark wrote.",
        ),
        (
            ("brokers", "--from", "mixed"),
            "mixed/b.parquet has other columns than a.parquet beside it: they are not parts of one table. Name one of "
            "them.",
        ),
        (
            ("brokers", "--from", "twice"),
            'twice line 2: conflict: "a, b"; expected one row for each pair, and line 1 says something else of it.',
        ),
    ],
)
def test_what_cannot_be_analysed_so_is_refused(
    run: Run, demonstration: str, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "own.csv").write_text("source,target\nAlpha,Beta\n", encoding="utf-8")
    (tmp_path / "ids.csv").write_text("source,target\nrotary,afal\n", encoding="utf-8")
    for folder in ("empty", "mixed", "twice"):
        (tmp_path / folder).mkdir()
    one, two = ({"source": ["a"], "target": ["b"], "shared": [shared]} for shared in (1, 2))
    pl.DataFrame(one).write_parquet(tmp_path / "twice" / "a.parquet")
    pl.DataFrame(two).write_parquet(tmp_path / "twice" / "b.parquet")
    pl.DataFrame(one).write_parquet(tmp_path / "mixed" / "a.parquet")
    pl.DataFrame(one).drop("shared").write_parquet(tmp_path / "mixed" / "b.parquet")
    result = run("analyse", *words, "--store", demonstration)
    assert result.exit_code != 0
    assert sentence in result.stderr


def test_ties_of_a_hand_made_file_weigh_nothing_where_it_does_not_say_what_is_shared(
    run: Run, demonstration: str, tmp_path: Path
) -> None:
    (tmp_path / "ids.csv").write_text("source,target\nrotary,afal\nafal,sozopol\n", encoding="utf-8")
    result = run(
        "analyse", "paths", "rotary", "sozopol", "--from", "ids.csv", "--store", demonstration, "--format", "json"
    )
    rows = json.loads(result.stdout)
    assert [(row["source"], row["target"], row["shared"], row["basis"]) for row in rows] == [
        ("rotary", "afal", 0, "listed"),
        ("afal", "sozopol", 0, "listed"),
    ]


def test_the_library_refuses_as_the_command_does(demonstration: str) -> None:
    with (
        api.open(demonstration) as graph,
        pytest.raises(UsageProblem, match=r"^The analysis recommend looks at all"),
    ):
        graph.analyse("recommend", significant=True, organization="rotary")


def test_an_empty_file_of_ties_is_an_answer(run: Run, demonstration: str, tmp_path: Path) -> None:
    with api.open(demonstration) as graph:
        graph.alliances().clear().write_parquet(tmp_path / "none.parquet")
    result = run("analyse", "brokers", "--from", "none.parquet", "--store", demonstration)
    assert (result.exit_code, "There are no ties, so nobody connects others." in result.stderr) == (0, True)
