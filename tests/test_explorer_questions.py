"""The questions and the box for Cypher in the explorer, on both engines."""

import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import polars as pl
import pytest

from graphmodel import api
from graphmodel.api.questions import QUESTIONS, fields
from graphmodel.explorer.asking import beyond_questions, parameter
from graphmodel.explorer.own import AT_ONCE
from graphmodel.explorer.pages.questions import GROUPS
from graphmodel.formats import FORMS
from tests.conftest import ENGINES, TINY, address_of
from tests.reader import Reader, reading
from tests.test_questions import GIVEN

WAYS = [
    pytest.param(question.number, place, id=f"{question.number}-{place}")
    for question in QUESTIONS.values()
    for place in range(1, len(question.ways) + 1)
]
HOSTILE = "<script>alert(1)</script>'\"`$|;{{7*7}}"
TIES = (
    "MATCH (a:Organization)-[:PARTNERED_WITH]->(b:Organization) "
    "RETURN a.id AS source, b.id AS target ORDER BY source, target"
)
SLOW = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
    "RETURN count(CASE WHEN a * b = c THEN 1 END) AS n"
)


@pytest.fixture(scope="module", params=ENGINES)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Return a reader of the tiny network, on each engine in turn."""
    address = address_of(request.param, tmp_path_factory.mktemp("explorer"), request)
    with api.open(address) as graph:
        graph.load(TINY)
    with reading(address) as opened:
        yield opened


def at(path: str, **asked: Any) -> str:
    """The address of a page that is asked for something."""
    return f"{path}?{urlencode(asked, doseq=True)}"


def told(number: int, place: int) -> dict[str, Any]:
    """What the address says where a question of the tiny network is asked."""
    way = QUESTIONS[number].ways[place - 1]
    needed = {parameter(field): GIVEN[field.name] for field in fields(way) if field.required}
    return {"n": number, "way": place, **needed}


def test_each_question_is_in_one_group() -> None:
    assert sorted(number for numbers in GROUPS.values() for number in numbers) == sorted(QUESTIONS)


def test_the_list_has_all_questions_and_words_choose_among_them(reader: Reader) -> None:
    every = reader.get("/questions").words
    assert all(question.sentence in every for question in QUESTIONS.values())
    some = reader.get(at("/questions", text="FUNDER one")).words
    assert QUESTIONS[12].sentence in some
    assert QUESTIONS[1].sentence not in some
    assert "No question has these words." in reader.get(at("/questions", text=HOSTILE)).words


@pytest.mark.parametrize(("number", "place"), WAYS)
def test_each_question_has_its_form_and_its_answer(reader: Reader, number: int, place: int) -> None:
    empty = reader.get(at("/question", n=number, way=place))
    assert empty.status == 200
    needed = [field.title for field in fields(QUESTIONS[number].ways[place - 1]) if field.required]
    assert ("to have the answer." in empty.words) == bool(needed)
    assert all(f"{title} (needed)" in empty.words for title in needed)
    answered = reader.get(at("/question", **told(number, place), whole=1))
    if "--areas framework" in QUESTIONS[number].ways[place - 1].words:  # the tiny network has none
        assert answered.status == 400
        assert 'role="alert"' in answered.text
    else:
        assert answered.status == 200
        assert "Copy the command" in answered.words


def test_an_answer_comes_after_the_page_and_has_names_sentences_table_cypher_and_methods(reader: Reader) -> None:
    asked = {"n": 27, "organization": "HN"}
    assert "Working it out" in reader.get(at("/question", **asked)).words
    part = reader.part(at("/question", **asked))
    assert "<html" not in part.text
    assert "Harbor Network" in part.words
    assert "graphmodel query regions/presence -p organization=harbor" in part.words
    assert "RETURN" in part.words
    assert "The paragraph on methods" in part.words
    rows = reader.get(at("/question", **asked, format="csv")).text.splitlines()
    assert len(rows) > 2


def test_the_cypher_behind_an_answer_runs_in_the_box_and_returns_the_same_rows(reader: Reader) -> None:
    asked = {"n": 1, "organization": "harbor", "day": "2024-08-31"}
    (link,) = re.findall(r'href="/query\?([^"]+)"', reader.part(at("/question", **asked)).text)
    given = parse_qs(unescape(link))
    assert given["p_organization"] == ["harbor"]
    assert given["p_day"] == ["2024-08-31"]
    there = reader.get(at("/question", **asked, format="json")).body
    assert reader.get(at("/query", **given, format="json")).body == there
    assert json.loads(there)


@pytest.mark.parametrize(("path", "asked"), [("/question", {"n": 15}), ("/query", {"cypher": TIES})])
def test_each_table_is_downloaded_in_each_form(reader: Reader, path: str, asked: dict[str, Any]) -> None:
    def file(form: str) -> io.BytesIO:
        page = reader.get(at(path, **asked, format=form))
        assert page.headers["content-disposition"].endswith(f'.{form}"')
        return io.BytesIO(page.body)

    parquet = pl.read_parquet(file("parquet"))
    assert parquet.height > 0
    assert pl.read_csv(file("csv")).height == parquet.height
    assert len(json.load(file("json"))) == parquet.height
    assert len(file("ndjson").read().splitlines()) == parquet.height
    assert file("xlsx").read(2) == b"PK"


def test_the_filter_of_the_reader_answers_a_field_that_it_could_answer(reader: Reader) -> None:
    assert "Fill in region" in reader.get(at("/question", n=22)).words
    filtered = reader.get(at("/question", n=22, region="africa", whole=1))
    assert filtered.status == 200
    assert "Region Africa" in filtered.words
    assert 'placeholder="As the filter says"' in filtered.text
    assert "Sources: " not in filtered.words


def test_what_cannot_be_is_said_and_the_form_is_still_there(reader: Reader) -> None:
    page = reader.get(at("/question", n=1, organization="nobody at all", day="yesterday", whole=1))
    assert page.status == 400
    assert 'There is no organization "nobody at all".' in page.words
    assert 'value="yesterday"' in page.text
    for wrong in ({"n": 99}, {"n": "zzz"}, {"n": 1, "way": 9}, {"query": "zzz"}):
        assert reader.get(at("/question", **wrong)).status == 400


def test_hostile_values_are_harmless(reader: Reader) -> None:
    for asked in (
        {"n": 1, "organization": HOSTILE, "day": HOSTILE},
        {"n": HOSTILE},
        {"n": 18, "way": 2, "text": HOSTILE},
    ):
        page = reader.get(at("/question", **asked, whole=1, sort=HOSTILE, format=HOSTILE))
        assert page.status in (200, 400)
        assert "<script>alert" not in page.text
        assert "49" not in page.words.replace(HOSTILE, "")
    cypher = f"RETURN $x AS `{HOSTILE.replace('`', '')}`"
    page = reader.get(at("/query", cypher=cypher, p_x=HOSTILE, rows=HOSTILE, whole=1))
    assert "<script>alert" not in page.text


def test_the_box_lists_the_queries_that_are_no_question_and_each_runs(reader: Reader) -> None:
    page = reader.get("/query")
    ways = [way for topic in beyond_questions().values() for way in topic]
    assert ways
    for way in ways:
        assert way.sentence in page.words
        needed = {parameter(field): GIVEN[field.name] for field in fields(way) if field.required}
        assert reader.get(at("/question", query=way.name, **needed, whole=1)).status == 200


def test_the_box_runs_a_query_with_parameters_of_each_type(reader: Reader) -> None:
    cypher = "RETURN $number + 1 AS number, $text AS text, size($list) AS size, $day < date('2030-01-01') AS earlier"
    values = {"p_number": "41", "p_text": '"12"', "p_list": '["a", "b"]', "p_day": "2024-12-31"}
    rows = json.loads(reader.get(at("/query", cypher=cypher, **values, format="json")).body)
    assert rows == [{"number": 42, "text": "12", "size": 2, "earlier": True}]
    assert 'name="p_number" value="41"' in reader.get(at("/query", cypher=cypher, **values)).text


def test_the_box_returns_no_more_rows_than_it_may_and_says_so(reader: Reader) -> None:
    page = reader.get(at("/query", cypher="UNWIND range(1, 500) AS n RETURN n ORDER BY n", rows=100, whole=1))
    assert "There are more rows than the 100 that it may return." in page.words
    assert "100 rows." in page.words


def test_whatever_kind_of_value_a_query_returns_it_is_shown_and_downloaded(demonstration: str) -> None:
    cypher = (
        "RETURN interval('3 days') AS span, uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11') AS id, blob('x') AS bytes, "
        "cast(170141183460469231731687303715884105727 AS INT128) AS large, [[1], [2]] AS lists, "
        "{a: date('2024-02-29')} AS map, 1.0 / 0 AS endless, sqrt(-1) AS absent"
    )
    with reading(demonstration) as reader:
        assert "170141183460469231731687303715884105727" in reader.get(at("/query", cypher=cypher, whole=1)).words
        for form in FORMS:
            assert reader.get(at("/query", cypher=cypher, format=form)).status == 200
        (row,) = json.loads(reader.get(at("/query", cypher=cypher, format="json")).body)
    assert (row["span"], row["lists"], row["map"]) == ("3 days, 0:00:00", "[[1], [2]]", '{"a": "2024-02-29"}')


def test_a_cell_that_nobody_would_read_is_cut_on_the_page_and_whole_in_the_file(demonstration: str) -> None:
    cypher = "RETURN repeat('x', 1000000) AS long, range(1, 100000) AS many"
    with reading(demonstration) as reader:
        assert len(reader.get(at("/query", cypher=cypher, whole=1)).body) < 50_000
        assert len(reader.get(at("/query", cypher=cypher, format="csv")).body) > 1_500_000


def test_a_query_that_takes_too_long_is_stopped_and_the_box_says_so(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphmodel.explorer.own.SECONDS", 0.2)
    page = reader.get(at("/query", cypher=SLOW, whole=1))
    assert page.status == 400
    assert "The query was stopped after 0.2 seconds." in page.words
    assert SLOW in page.words


def test_a_query_that_is_wrong_or_would_write_is_refused_and_still_there(reader: Reader, tmp_path: Path) -> None:
    for cypher, said in {
        "MATCH (o:Organization RETURN o": "does not run this query",
        "MATCH (o:Organization) DETACH DELETE o": "Queries only read",
        "CREATE (o:Organization {id: 'x'})": "Queries only read",
        "LOAD CSV FROM 'http://127.0.0.1/' AS line RETURN line": "LOAD reads files and pages",
        f"PROFILE COPY (MATCH (o:Organization) RETURN o.id) TO '{tmp_path}/x.csv'": "A query is one statement",
    }.items():
        page = reader.get(at("/query", cypher=cypher, whole=1))
        assert page.status == 400
        assert said in page.words
        assert cypher in page.words
    assert not list(tmp_path.iterdir())


def test_ties_are_offered_as_a_map(reader: Reader) -> None:
    page = reader.get(at("/query", cypher=TIES, whole=1))
    (address,) = re.findall(r'href="(/map\?[^"]+)"', page.text)
    assert "Harbor" in reader.get(at("/map/page", cypher=TIES)).text
    assert "cypher=" in address
    assert "/map?" not in reader.get(at("/query", cypher="RETURN 1 AS one", whole=1)).text


def test_so_many_queries_run_at_once_that_pages_are_answered_still(demonstration: str) -> None:
    asked = at("/query", cypher="MATCH (o:Organization) RETURN o.id AS id ORDER BY id LIMIT 1", whole=1)
    with reading(demonstration) as reader, ExitStack() as running:
        while AT_ONCE.acquire(blocking=False):
            running.callback(AT_ONCE.release)
        refused = reader.get(asked)
        assert refused.status == 400
        assert "Too many queries are running already." in refused.words
        assert reader.get("/sources").status == 200
        running.close()
        assert reader.get(asked).status == 200
