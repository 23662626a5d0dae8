"""The library of questions: its headers, its parameters, and its answers on the tiny network, on both engines."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graphmodel import queries, syntax
from graphmodel.api import Graph
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.queries import Query, Table
from graphmodel.records import Edge, Node

EXPECTED = Path(__file__).parent / "expected"
LIBRARY = queries.library()
CASES = [
    pytest.param(path.relative_to(EXPECTED).with_suffix("").as_posix(), case, id=f"{path.stem}: {case['fact']}")
    for path in sorted(EXPECTED.glob("*/*.json"))
    for case in json.loads(path.read_text(encoding="utf-8"))
]
TODAY = date(2024, 8, 31)
PAIRS = """// Who works with whom?
//
// One row per pair.
//
// param organization: str   id of an organization
// param min: int = 1   smallest number
// returns: source, target
MATCH (a:Organization {id: $organization})-[:MEMBER_OF]->(b:Organization)
WITH a, b, count(*) AS number
WHERE number >= $min
RETURN a.id AS source, b.id AS target
ORDER BY source, target
"""


def lines(rows: Any) -> list[str]:
    """Write each row as a line, so that 1, 1.0 and true differ."""
    return [json.dumps(row, default=date.isoformat) for row in rows]


# What the library answers


def test_every_query_has_its_expected_rows_and_every_expectation_its_query() -> None:
    assert {str(case.values[0]) for case in CASES} == set(LIBRARY)


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_query_gives_the_rows_that_are_expected(tiny: Graph, name: str, case: dict[str, Any]) -> None:
    table = tiny.query(name, **case["parameters"])
    assert table.columns == LIBRARY[name].returns
    assert lines(table.rows) == lines(case["rows"])


def test_a_circle_of_regions_does_no_harm(graph: Graph) -> None:
    graph.load(
        [
            Node("Region", "kenya", {"name": "Kenya", "kind": "country"}),
            Node("Region", "africa", {"name": "Africa", "kind": "region"}),
            Edge("PART_OF", "kenya", "africa", start_label="Region"),
            Edge("PART_OF", "africa", "kenya", start_label="Region"),
            Node("Organization", "harbor", {"name": "Harbor Network"}),
            Node("Activity", "wells", {"name": "Clean Wells"}),
            Edge("PARTICIPATED_IN", "harbor", "wells"),
            Edge("TOOK_PLACE_IN", "wells", "kenya"),
        ]
    )
    regions = graph.query("regions/presence", organization="harbor").records()
    assert [(row["region_id"], row["activities"]) for row in regions] == [("africa", 1), ("kenya", 1)]


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_no_query_uses_what_the_engines_answer_differently(query: Query) -> None:
    assert syntax.differing(query.text) == []


@pytest.mark.parametrize("query", LIBRARY.values(), ids=LIBRARY)
def test_every_query_says_what_its_parameters_mean(query: Query) -> None:
    assert [item.name for item in query.parameters if not item.doc] == []


# Files and their headers


def test_a_header_becomes_question_explanation_parameters_and_columns() -> None:
    query = queries.parse("topic/pairs", PAIRS)
    assert query.question == "Who works with whom?"
    assert query.doc == "One row per pair."
    assert [(item.name, item.type, item.default, item.required) for item in query.parameters] == [
        ("organization", "str", None, True),
        ("min", "int", "1", False),
    ]
    assert query.parameters[1].doc == "smallest number"
    assert query.returns == ("source", "target")
    assert query.is_graph
    assert query.text == PAIRS


def test_a_folder_becomes_a_library_in_the_order_of_the_names(tmp_path: Path) -> None:
    for name in ("b/second", "a/third", "a/first"):
        path = tmp_path / f"{name}.cypher"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAIRS, encoding="utf-8")
    assert list(queries.library(tmp_path)) == ["a/first", "a/third", "b/second"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "// Who works with whom?\n",
            "",
            "pairs.cypher does not begin with its question. Write it in the first line, after //.",
        ),
        (
            "// param min: int = 1   smallest number\n",
            "",
            "pairs.cypher uses $min without declaring it. Add: // param min: TYPE = DEFAULT   what it means",
        ),
        (
            "WHERE number >= $min\n",
            "WHERE number >= 1 // $min\n",
            "pairs.cypher declares parameter min without using it. Remove it.",
        ),
        (
            "// param min: int = 1   smallest number\n",
            "// param min: int = 1   smallest number\n// param min: int = 2   again\n",
            "pairs.cypher declares parameter min twice. Remove one of the lines.",
        ),
        (
            "param min: int = 1   smallest number",
            "param min 1",
            'pairs.cypher: "param min 1" declares no parameter. Write: // param NAME: TYPE = DEFAULT   what it means',
        ),
        (
            "min: int",
            "min: number",
            "pairs.cypher: parameter min is of type number. "
            "Known are str, int, float, bool, date, list[str], Region, CompetenceArea, Organization, Activity, "
            "and properties, such as Region.kind.",
        ),
        (
            "int = 1",
            "int = one",
            'pairs.cypher: topic/pairs: the parameter min must be a whole number, not "one". Give it as min=2.',
        ),
        (
            "// returns: source, target\n",
            "",
            "pairs.cypher must name its columns in one line. Write: // returns: source, target",
        ),
        (
            "b.id AS target\n",
            "b.id AS other\n",
            "pairs.cypher declares the columns source, target and returns source, other. Correct one.",
        ),
        (
            "RETURN a.id AS source, b.id AS target\nORDER BY source, target\n",
            "",
            "pairs.cypher declares the columns source, target and returns nothing. Correct one.",
        ),
        (
            "ORDER BY source, target\n",
            "",
            "pairs.cypher does not say in which order its rows come. End it with ORDER BY.",
        ),
    ],
)
def test_a_file_that_is_not_what_its_header_says_is_refused(old: str, new: str, sentence: str) -> None:
    assert old in PAIRS
    with pytest.raises(DataProblem) as problem:
        queries.parse("topic/pairs", PAIRS.replace(old, new), Path("pairs.cypher"))
    assert str(problem.value) == sentence


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("RETURN a.id", [("a.id",)]),
        ("RETURN DISTINCT a.id AS id, count(*) AS number ORDER BY id SKIP 1 LIMIT 5", [("id", "number")]),
        ("RETURN coalesce(a.name, 'x, y AS z') AS name, {a: 1, b: 2} AS map", [("name", "map")]),
        ("RETURN CASE WHEN a.x THEN 1 ELSE 2 END AS number // , AS comment", [("number",)]),
        ("MATCH (a) WHERE EXISTS { MATCH (a)-->(b) RETURN b.id AS inner } RETURN a.id AS outer", [("outer",)]),
        ("RETURN 1 AS x /* RETURN 2 AS y */ UNION ALL RETURN 2 AS x", [("x",), ("x",)]),
        ("return a.id as `a name`", [("a name",)]),
        ("MATCH (a) RETURN *", [("*",)]),
        ("MATCH (a)", [()]),
    ],
)
def test_columns_are_those_of_the_last_return(text: str, columns: list[tuple[str, ...]]) -> None:
    assert syntax.columns(text) == columns


def test_only_an_order_after_the_last_return_orders_the_rows() -> None:
    assert syntax.is_ordered("MATCH (a) RETURN a.id AS id\norder   by id")
    assert not syntax.is_ordered("MATCH (a) WITH a ORDER BY a.id LIMIT 3 RETURN a.id AS id // ORDER BY id")


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("RETURN log(2.0)", "log() is natural"),
        ("RETURN substring('abc', 0, 1)", "substring() counts"),
        ("MATCH (a) RETURN labels(a)", "labels() is a list"),
        ("MATCH (a) RETURN sum(a.budget)", "sum() of nothing"),
        ("MATCH (a) RETURN collect(a.id)", "the order inside collect()"),
        ("MATCH (a) RETURN count(a) / 2", "/ drops the fraction"),
        ("RETURN 1 AS x UNION RETURN 2 AS x", "ORDER BY orders only"),
    ],
)
def test_what_the_engines_answer_differently_is_named(text: str, beginning: str) -> None:
    assert [reason[: len(beginning)] for reason in syntax.differing(text)] == [beginning]


@pytest.mark.parametrize(
    "text",
    [
        "RETURN log10(2.0), 'log(2)' // log(2)",
        "MATCH (a) RETURN coalesce(sum(a.budget), 0), count(a) / 2.0, count(a) / (1.0 * 3)",
        "MATCH (a) WITH collect(a.id) AS ids UNWIND ids AS id RETURN id",
    ],
)
def test_what_both_engines_answer_alike_is_left_alone(text: str) -> None:
    assert syntax.differing(text) == []


# Names and values


def test_a_query_is_found_by_its_name_and_by_its_last_part() -> None:
    assert queries.find("partners/current", LIBRARY).name == "partners/current"
    assert queries.find("current", LIBRARY).name == "partners/current"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("partners/curent", 'There is no query "partners/curent". Did you mean "partners/current"?'),
        ("curent", 'There is no query "curent". Did you mean "current"?'),
        ("rrrr", 'There is no query "rrrr". `graphmodel query` lists all.'),
        ("first", 'More than one query is called "first". Say which: a/first or b/first.'),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(name: str, sentence: str) -> None:
    query = queries.parse("topic/pairs", PAIRS)
    with pytest.raises(UsageProblem) as problem:
        queries.find(name, {**LIBRARY, "a/first": query, "b/first": query})
    assert str(problem.value) == sentence


def declaring(type_: str) -> Query:
    """Return a query with one parameter, x, of a type."""
    text = f"// What?\n// param x: {type_}   what it is\n// returns: x\nRETURN $x AS x ORDER BY x"
    return queries.parse("topic/what", text)


@pytest.mark.parametrize(
    ("type_", "given", "value"),
    [
        ("str", "a|b", "a|b"),
        ("int", "-3", -3),
        ("int", 3, 3),
        ("float", "1.5", 1.5),
        ("float", 2, 2.0),
        ("bool", "YES", True),
        ("bool", False, False),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", date(2024, 2, 29), date(2024, 2, 29)),
        ("date", "today", TODAY),
        ("date", "today + 6 months", date(2025, 2, 28)),
        ("date", "today-1year", date(2023, 8, 31)),
        ("date", "today + 1 day", date(2024, 9, 1)),
        ("list[str]", "funder| donor |", ["funder", "donor"]),
        ("list[str]", ["a|b"], ["a|b"]),
    ],
)
def test_a_value_becomes_typed(type_: str, given: Any, value: Any) -> None:
    bound = queries.bind(declaring(type_), {"x": given}, TODAY)["x"]
    assert bound == value
    assert type(bound) is type(value)


@pytest.mark.parametrize(
    ("type_", "given", "expected"),
    [
        ("str", 3, "a text"),
        ("int", "3.0", "a whole number"),
        ("int", 3.0, "a whole number"),
        ("int", True, "a whole number"),
        ("float", "nan", "a number"),
        ("float", False, "a number"),
        ("bool", "maybe", "true or false"),
        ("bool", 1, "true or false"),
        ("date", "31.12.2024", 'a date, or such as "today + 6 months"'),
        ("date", "2024-02-30", 'a date, or such as "today + 6 months"'),
        ("date", "today + 9999 years", 'a date, or such as "today + 6 months"'),
        ("date", "tomorrow", 'a date, or such as "today + 6 months"'),
        ("date", datetime(2024, 1, 1), 'a date, or such as "today + 6 months"'),
        ("list[str]", " | ", 'texts separated by "|"'),
        ("list[str]", [], 'texts separated by "|"'),
        ("list[str]", [1], 'texts separated by "|"'),
    ],
)
def test_a_value_of_another_type_is_refused_by_name(type_: str, given: Any, expected: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        queries.bind(declaring(type_), {"x": given}, TODAY)
    assert str(problem.value).startswith(
        f'topic/what: the parameter x must be {expected}, not "{given}". Give it as x='
    )


def test_defaults_are_typed_and_none_means_not_given() -> None:
    ending = LIBRARY["partners/ending"]
    assert queries.bind(ending, {"organization": "harbor", "until": None}, TODAY) == {
        "organization": "harbor",
        "day": TODAY,
        "until": date(2025, 2, 28),
    }
    funding = queries.bind(LIBRARY["funding/single_funder"], {})
    assert funding == {"funding_roles": ["funder", "co-funder", "donor", "funding", "sponsor"], "region": ""}


def test_a_date_may_refer_to_one_that_is_declared_before_it() -> None:
    given = {"organization": "harbor", "day": "2018-01-31"}
    assert queries.bind(LIBRARY["partners/ending"], given, TODAY)["until"] == date(2018, 7, 31)
    assert queries.bind(LIBRARY["partners/current"], given, TODAY)["since"] == date(2013, 1, 31)


@pytest.mark.parametrize("given", [{}, {"organization": ""}, {"organization": None}])
def test_a_missing_parameter_is_named_with_its_meaning(given: dict[str, Any]) -> None:
    with pytest.raises(UsageProblem) as problem:
        queries.bind(queries.parse("topic/pairs", PAIRS), given)
    assert str(problem.value) == (
        "topic/pairs needs the parameter organization: id of an organization. Give it as organization=text."
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [("organisation", 'Did you mean "organization"?'), ("zzz", "It takes organization, min.")],
)
def test_an_unknown_parameter_is_answered_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        queries.bind(queries.parse("topic/pairs", PAIRS), {name: "x"})
    assert str(problem.value) == f'topic/pairs has no parameter "{name}". {hint}'


def test_a_query_without_parameters_says_so() -> None:
    with pytest.raises(UsageProblem) as problem:
        queries.bind(LIBRARY["quality/incomplete_activities"], {"region": "x"})
    assert str(problem.value) == 'quality/incomplete_activities has no parameter "region". It takes none.'


def test_rows_become_records() -> None:
    assert Table(("a", "b"), ((1, 2),)).records() == [{"a": 1, "b": 2}]
