"""`graphmodel ask`: the questions in a terminal, what is asked for, and what is said."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel import api
from graphmodel.api.questions import QUESTIONS
from graphmodel.cli import main
from tests.conftest import TINY, Run


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a file that holds the tiny network; not to be changed."""
    address = str(tmp_path_factory.mktemp("ask") / "graph.lbug")
    with api.open(address) as graph:
        graph.load(TINY)
    return address


def prompted(store: str, *words: str, typed: str) -> Result:
    """Run the command as on a terminal, with what a person types."""
    return CliRunner().invoke(main, ["ask", *words, "--prompt", "--store", store, "--format", "json"], input=typed)


def test_without_a_question_all_are_listed(run: Run) -> None:
    rows = json.loads(run("ask", "--format", "json").stdout)
    assert [row["number"] for row in rows] == list(QUESTIONS)
    assert rows[2] == {
        "number": 3,
        "question": "Who works in the same region and field as us, but never with us?",
        "answered_by": "query partners/same_place_never_together or analyse overlap ORGANIZATION",
    }


def test_a_question_is_answered_with_its_sentences_and_its_command(run: Run, store: str) -> None:
    given = ("-p", "organization=HN", "-p", "day=2024-09-01")
    result = run("ask", "working", "with", "now", *given, "--store", store, "--format", "json")
    assert result.exit_code == 0
    assert len(json.loads(result.stdout)) == 12
    lines = result.stderr.splitlines()
    assert lines[:4] == ["organization: Harbor Network", "day: 2024-09-01", "since: 2019-09-01", "12 rows."]
    command = "graphmodel query partners/current -p organization=harbor -p day=2024-09-01"
    assert lines[-1] == f"The same without asking: {command} --store {store}"


def test_what_takes_several_is_given_twice_or_with_a_bar(run: Run, store: str) -> None:
    twice = run("ask", "10", "-p", "between=ngo", "-p", "between=foundation", "--store", store)
    barred = run("ask", "10", "-p", "between=ngo|foundation", "--store", store)
    assert twice.stdout == barred.stdout
    assert "graphmodel analyse brokers --between ngo --between foundation" in twice.stderr


def test_the_filter_narrows_an_analysis_and_is_in_its_command(run: Run, store: str) -> None:
    result = run("ask", "28", "--kind", "ngo", "--until", "2024", "--store", store, "-q", "--format", "json")
    analysed = run(
        *("analyse", "multipliers", "--kind", "ngo", "--until", "2024", "--store", store, "-q", "--format", "json")
    )
    assert (result.stdout, result.stderr) == (analysed.stdout, "")


def test_the_method_of_an_answer_is_told_instead(run: Run, store: str) -> None:
    result = run("ask", "28", "--methods", "--store", store)
    assert result.stdout == run("analyse", "multipliers", "--methods", "--store", store).stdout


def test_the_report_is_named_with_its_command(run: Run, store: str) -> None:
    result = run("ask", "24", "-p", "region=Kenya", "--store", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "The report on Kenya is written by: graphmodel report --region kenya -o report.zip" in result.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("1",), "Error: The question needs organization: our organization. Give it as organization=NAME.\n"),
        (("1", "-p", "HN"), 'Error: -p takes NAME=VALUE, not "HN".\n'),
        (("1", "--answer", "2"), "Error: Question 1 has 1 answer.\n"),
        (("15", "--answer", "3"), "Error: Question 15 has 2 answers.\n"),
        (
            ("1", "-p", "organization=Harbr"),
            'Error: There is no organization "Harbr". Did you mean Harbor Network (harbor)?\n',
        ),
        (("0",), "Error: There is no question 0: they go from 1 to 28.\n"),
    ],
)
def test_away_from_a_terminal_what_is_wrong_or_missing_is_an_error(
    run: Run, store: str, words: tuple[str, ...], sentence: str
) -> None:
    result = run("ask", *words, "--store", store)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", sentence)


def test_nothing_loaded_yet_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    result = prompted(str(tmp_path / "none.lbug"), "1", typed="HN\n")
    assert result.exit_code == 1
    assert "Organization: HN" not in result.stderr
    assert result.stderr.splitlines()[-1].startswith("Error: There is no graph at ")


def test_on_a_terminal_what_is_missing_is_asked_for_until_it_can_be_read(store: str) -> None:
    result = prompted(store, "5", typed="Harbour\nHN\nnobody\nfjord foundation\n")
    assert result.exit_code == 0
    assert {row["source"] for row in json.loads(result.stdout)} >= {"harbor"}
    lines = result.stderr.splitlines()
    assert lines[0] == "5. Who connects us to another organization, and is there more than one route?"
    assert lines[1] == "Also, with -p NAME=VALUE: routes (5)."
    assert lines[2] == "Start: Id, name or acronym of the organization where the routes begin."
    assert lines[3].startswith("There are: Amber Fund (amber), Birch Institute (birch), ")
    assert 'There is no organization "Harbour". Did you mean Harbor Network (harbor)?' in result.stderr
    assert 'There is no organization "nobody". Give another part of the name.' in result.stderr
    assert "graphmodel analyse paths harbor fjord" in lines[-1]


def test_on_a_terminal_what_is_given_is_not_asked_for(store: str) -> None:
    result = prompted(store, "5", "-p", "start=HN", typed="fjord\n")
    assert result.exit_code == 0
    assert "Start:" not in result.stderr


def test_on_a_terminal_what_the_filter_gives_is_not_asked_for(store: str) -> None:
    result = prompted(store, "7", "--competence", "water", typed="")
    assert result.exit_code == 0
    assert "competence: Water" in result.stderr


def test_on_a_terminal_one_of_two_answers_is_chosen(store: str) -> None:
    result = prompted(store, "15", typed="3\n2\n")
    assert result.exit_code == 0
    assert "  1  Who leads, implements, funds? (query roles/by_organization)" in result.stderr
    assert "  2  Who has changed role? (query roles/changed)" in result.stderr
    assert "The same without asking: graphmodel query roles/changed" in result.stderr


def test_the_first_of_two_answers_is_the_usual_one(store: str) -> None:
    assert "graphmodel query roles/by_organization" in prompted(store, "15", typed="\n").stderr


def test_kinds_are_suggested_from_the_data(store: str) -> None:
    result = prompted(store, "10", typed="ngo\nngo|foundation\n")
    assert "There are: ngo, foundation, federation, institute, school." in result.stderr
    assert "between takes 2 or more, with | between" in result.stderr
    assert result.exit_code == 0
