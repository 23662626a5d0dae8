"""`graphmodel analyse`: how an analysis is told what it needs, and what it answers, on the demonstration."""

import json
from typing import Any

import pytest

from graphmodel import analysis
from tests.conftest import Run

HUBLESS = ("--exclude", "unesco", "--exclude", "lc")


@pytest.fixture
def ask(run: Run, demonstration: str) -> Any:
    """Return a function that runs an analysis and gives its rows and its words."""

    def asked(*words: str) -> tuple[list[dict[str, Any]], str]:
        result = run("analyse", *words, "--store", demonstration, "--format", "json")
        assert result.exit_code == 0, result.stderr
        return json.loads(result.stdout), result.stderr

    return asked


def test_each_analysis_is_listed_with_what_it_does(run: Run) -> None:
    shown = " ".join(run("analyse", "--help").stdout.split())
    for name in analysis.ANALYSES:
        start = " ".join(analysis.describe(name).summary.split()[:4])
        assert f"{name} {start}" in shown


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_argument_and_option_is_explained(run: Run, name: str) -> None:
    shown = " ".join(run("analyse", name, "--help").stdout.split())
    for item in analysis.describe(name).parameters:
        assert item.help.split()[0] in shown
        assert (item.name.upper() if item in analysis.describe(name).arguments else f"-{item.name[0]}") in shown


def test_two_organizations_are_named_in_words_and_routes_between_them_listed(ask: Any) -> None:
    rows, words = ask("paths", "Rotary International", "sozopol foundation", *HUBLESS)
    assert (rows[0]["source"], rows[0]["target"], rows[0]["shared"]) == ("rotary", "sozopol", 2)
    assert "tied directly" in words


def test_an_organization_that_is_not_there_is_refused_with_the_nearest(run: Run, demonstration: str) -> None:
    result = run("analyse", "paths", "rotary", "sozopole", "--store", demonstration)
    assert (result.exit_code, result.stderr) == (
        2,
        'Error: There is no Organization "sozopole". Did you mean "sozopol"?\n',
    )


def test_a_missing_argument_and_a_wrong_choice_are_wrong_usage(run: Run, demonstration: str) -> None:
    missing = run("analyse", "paths", "rotary", "--store", demonstration)
    assert missing.exit_code == 2
    assert "Missing argument 'END'" in missing.stderr
    wrong = run("analyse", "gaps", "--areas", "hobby", "--store", demonstration)
    assert wrong.exit_code == 2
    assert "'field', 'sector', 'goal', 'framework', 'segment'" in wrong.stderr


def test_an_analysis_that_is_not_there_is_refused_with_the_nearest(run: Run) -> None:
    assert 'There is no analysis "brokr". Did you mean "brokers"?' in run("analyse", "brokr").stderr


def test_of_a_time_without_alliances_brokers_say_so(ask: Any) -> None:
    _, words = ask("brokers", "--as-of", "1850")
    assert "There are no ties, so nobody connects others." in words


def test_an_option_of_one_letter_has_one_dash(ask: Any) -> None:
    rows, _ = ask("multipliers", "-k", "2", *HUBLESS)
    assert len(rows) == 2


def test_the_region_of_a_consortium_is_where_it_is_to_work(ask: Any) -> None:
    rows, words = ask("consortium", "--region", "Africa", "--areas", "Education", "-k", "2", *HUBLESS)
    assert rows
    assert "Africa" in words


def test_what_is_lost_by_one_exit_is_named(ask: Any) -> None:
    (row,), words = ask("impact", "Rotary International", *HUBLESS)
    assert row["id"] == "rotary"
    assert words.startswith("Without Rotary International, ")


def test_recommended_partners_are_none_that_one_has_already(ask: Any, run: Run, demonstration: str) -> None:
    rows, _ = ask("recommend", "Rotary International", "-k", "5", *HUBLESS)
    assert len(rows) == 5
    assert all(row["why"].endswith(".") for row in rows)
    ties = json.loads(run("alliances", "--store", demonstration, *HUBLESS, "--format", "json").stdout)
    partners = {end for row in ties for end in (row["source"], row["target"]) if "rotary" in row.values()}
    assert not partners & {row["id"] for row in rows}


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_methods_are_a_paragraph_with_its_references(run: Run, demonstration: str, name: str) -> None:
    given = {"paths": ("rotary", "afal"), "recommend": ("rotary",), "consortium": ("--region", "Africa")}
    told = run("analyse", name, *given.get(name, ()), "--methods", "--store", demonstration)
    assert told.stderr == ""
    assert len(told.stdout.splitlines()) == 1
    assert " References: " in told.stdout
