"""Ties out of a file: which tables are read, what they mean, and what is refused."""

from pathlib import Path

import polars as pl
import pytest

from graphmodel.api.saved import network_of, significant
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.importers.ties import read


def table(folder: Path, text: str, name: str = "ties.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataProblem) as refused:
        read(path)
    return str(refused.value)


def test_two_columns_are_enough(tmp_path: Path) -> None:
    made = network_of(table(tmp_path, "source,target\nb,a\nb,c\n"))
    assert [*made.edges] == [("a", "b"), ("b", "c")]
    assert {told["basis"] for _, _, told in made.edges(data=True)} == {"listed"}


def test_figures_are_numbers_and_names_are_those_of_the_file(tmp_path: Path) -> None:
    path = table(tmp_path, "source,source_name,target,target_name,shared,q,sign,first\na,Alpha,b,Beta,3,0.01,+,2014\n")
    made = network_of(path, pl.DataFrame({"id": ["a"], "name": ["Old name"], "kind": ["ngo"]}))
    assert made.nodes(data=True)["a"] == {"name": "Alpha", "kind": "ngo"}
    assert made.edges["a", "b"] == {
        "shared": 3, "q": 0.01, "sign": "+", "first": 2014, "basis": "shared", "weight": 3.0
    }  # fmt: skip


def test_capitals_spaces_semicolons_and_what_keeps_spreadsheets_from_reckoning_do_not_matter(tmp_path: Path) -> None:
    found = read(table(tmp_path, "Source;Source Name;TARGET;Sign\na;Alpha;b;'+\n"))
    row = {"source": "a", "target": "b", "sign": "+", "source_name": "Alpha", "target_name": None}
    assert found.frame.to_dicts() == [row]


def test_weights_of_an_own_table_are_the_strength(tmp_path: Path) -> None:
    made = network_of(table(tmp_path, "source,target,weight,type\na,b,2.5,Undirected\n"))
    assert made.edges["a", "b"] == {"strength": 2.5, "weight": 2.5, "basis": "listed"}
    assert made.graph["unknown"] == ("type",)


def test_rows_that_say_the_same_in_both_directions_are_one(tmp_path: Path) -> None:
    path = table(tmp_path, "source,source_name,target,shared\nb,Beta,a,2\na,Alpha,b,2\n")
    assert read(path).frame.to_dicts() == [
        {"source": "a", "target": "b", "shared": 2, "source_name": "Alpha", "target_name": "Beta"}
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "source,target,shared\na,b,two\n",
            'ties.csv line 2, column shared: value: "two"; expected a whole number from 0. Correct it in the file.',
        ),
        (
            "source,target,q\na,b,-1\nc,,1\n",
            'ties.csv line 2, column q: value: "-1"; expected a number like 1234.5 from 0. Correct it in the file, '
            "and 1 more like it.",
        ),
        (
            "source,target,sign\na,b,more\n",
            'ties.csv line 2, column sign: value: "more"; expected one of +, -, 0. Correct it in the file.',
        ),
        (
            "source,target,weight\na,b,0\n",
            'ties.csv line 2, column weight: value: "0"; expected a number above 0. Correct it in the file.',
        ),
        (
            "source,target\na,a\n",
            'ties.csv line 2, column target: conflict: "a"; expected another organization than the source. '
            "Correct it in the file.",
        ),
        (
            "source,target,shared\na,b,1\nb,a,2\n",
            'ties.csv line 3: conflict: "a, b"; expected one row for each pair, and line 2 says something else of it. '
            "Correct it in the file.",
        ),
        (
            "source,source_name,target\na,Alpha,b\na,Alef,c\n",
            'ties.csv line 3, column source_name: conflict: "Alef"; expected "Alpha", as line 2 calls "a". '
            "Correct it in the file.",
        ),
        (
            "source,target\na,b,c\n",
            'ties.csv line 2: shape: "3 cells"; expected 2, as in the header. Correct it in the file.',
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_line_and_column(tmp_path: Path, text: str, sentence: str) -> None:
    assert refusal(table(tmp_path, text)) == sentence


def test_a_table_of_something_else_is_refused_with_what_it_has(tmp_path: Path) -> None:
    path = table(tmp_path, "from,targets,source\na,b,c\n")
    assert refusal(path) == (
        f'{path} has no column "target". Did you mean "targets"? Ties need source and target, as '
        "`graphmodel alliances -o ties.csv` writes them; this table has from, targets, source."
    )


def test_only_ties_that_are_more_than_chance_are_left_where_that_is_asked_for(tmp_path: Path) -> None:
    made = significant(network_of(table(tmp_path, "source,target,sign\na,b,+\nb,c,0\nc,d,-\n")))
    assert ([*made.edges], made.graph["tested"]) == ([("a", "b")], 3)


def test_without_a_test_in_the_file_this_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem) as refused:
        significant(network_of(table(tmp_path, "source,target\na,b\n")))
    assert str(refused.value) == "--only significant needs the column sign, as `graphmodel alliances` writes it."
