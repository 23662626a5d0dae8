"""Alliances as they are listed: tested against chance, all or some, and saved in the graph."""

import json

import pytest

from graphmodel import api
from tests.conftest import Run


@pytest.fixture
def loaded(empty_graph: api.Graph) -> str:
    """Return a store that holds the demonstration, to be changed."""
    empty_graph.load_demonstration()
    return empty_graph.store.address


def test_alliances_tell_which_are_more_than_chance_and_which_are_less(run: Run, clubs: str) -> None:
    result = run("alliances", "--store", clubs, "--format", "json")
    signs = {(row["source"], row["target"]): row["sign"] for row in json.loads(result.stdout)}
    together = [("ada", "ben"), ("ada", "cleo"), ("ben", "cleo"), ("dan", "eve"), ("dan", "finn"), ("eve", "finn")]
    assert signs == dict.fromkeys(together, "+") | {("ada", "dan"): "-"}
    assert "7 alliances.\n" in result.stderr
    only = json.loads(run("alliances", "--store", clubs, "--only", "significant", "--format", "json").stdout)
    assert sorted((row["source"], row["target"]) for row in only) == together


def test_avoided_pairs_are_listed_though_they_share_nothing(run: Run, clubs: str) -> None:
    rows = json.loads(run("alliances", "--store", clubs, "--avoided", "--format", "json").stdout)
    assert len(rows) == 9
    assert {row["shared"] for row in rows} == {0, 1}
    assert (rows[0]["source_name"], rows[0]["target_name"], rows[0]["sign"]) == ("Ada", "Eve", "-")


def test_the_test_can_be_chosen_or_left_out(run: Run, clubs: str) -> None:
    def ask(*options: str) -> list[dict[str, float]]:
        rows: list[dict[str, float]] = json.loads(
            run("alliances", "--store", clubs, *options, "--format", "json").stdout
        )
        return rows

    exact, fixed = ask()[0], ask("--method", "fixed-rows", "--correction", "bonferroni")[0]
    assert fixed["p_more"] != exact["p_more"]
    assert fixed["q"] == pytest.approx(min(1, 15 * fixed["p_more"]))
    assert "q" not in ask("--no-significance")[0]
    assert "only for comparison" in run("alliances", "--store", clubs, "--tail", "normal").stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--alpha", "5"), "The level alpha lies between 0 and 1, such as .05, not 5.0."),
        (("--only", "significant", "--avoided"), "Give --only significant or --avoided, not both."),
        (
            ("--no-significance", "--avoided"),
            "Which pairs are avoided only a test tells: leave out --no-significance.",
        ),
        (
            ("--avoided", "--save"),
            "Pairs that avoid each other are no alliances, and are not saved: leave out --avoided.",
        ),
    ],
)
def test_what_cannot_be_tested_is_refused(run: Run, clubs: str, options: tuple[str, ...], sentence: str) -> None:
    result = run("alliances", "--store", clubs, *options)
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, f"Error: {sentence}")


def test_a_wrong_level_is_refused_though_nothing_is_tested(run: Run, clubs: str) -> None:
    result = run("alliances", "--store", clubs, "--no-significance", "--alpha", "7")
    assert result.stderr == "Error: The level alpha lies between 0 and 1, such as .05, not 7.0.\n"


def test_saved_alliances_can_be_asked_for_in_cypher(run: Run, address: str) -> None:
    run("demo", "--store", address, "-o", "map.html")
    result = run("alliances", "--store", address, "--exclude", "unesco", "--exclude", "lc", "--save", "--quiet")
    assert result.stderr == "143 alliances saved in the graph.\n"
    again = run("alliances", "--store", address, "--exclude", "unesco", "--exclude", "lc", "--save", "--quiet")
    assert again.stderr == result.stderr
    query = "MATCH (a)-[x:ALLIED_WITH]->(b) WHERE x.shared > 2 RETURN a.id, b.id, x.sign, x.status, x.record"
    assert json.loads(run("query", "--store", address, "--cypher", query, "--format", "json").stdout) == [
        {
            "a.id": "afal",
            "b.id": "rotary",
            "x.sign": "0",
            "x.status": "ended",
            "x.record": "sdsm, exact, bh, 0.05; without lc, unesco",
        }
    ]


def test_what_was_saved_before_and_is_no_longer_found_goes_and_is_told(run: Run, loaded: str) -> None:
    assert run("alliances", "--store", loaded, "--save", "--quiet").stderr == "237 alliances saved in the graph.\n"
    fewer = run("alliances", "--store", loaded, "--save", "--quiet", "--only", "significant")
    assert fewer.stderr == "0 alliances saved in the graph; 237 saved before are gone.\n"


def test_a_role_or_kind_that_nobody_has_is_refused_with_those_there_are(run: Run, loaded: str, clubs: str) -> None:
    wrong = run("alliances", "--store", loaded, "--role", "participantt")
    assert wrong.stderr.startswith('Error: No role is "participantt". Did you mean "participant"? Known are ')
    assert (
        run("alliances", "--store", clubs, "--kind", "ngo").stderr == 'Error: No kind is "ngo". None states a kind.\n'
    )


def test_methods_of_alliances_name_the_null_model_and_its_sources(run: Run, clubs: str) -> None:
    told = run("alliances", "--store", clubs, "--methods").stdout
    assert "stochastic degree sequence model (Neal 2014)" in told
    assert "All 15 pairs, those that share nothing included, were tested" in told
    assert "References: M. E. J. Newman" in told
