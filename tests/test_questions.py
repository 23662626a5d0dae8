"""The questions of a partnership officer: what answers each, what it is told, and its answer on both engines."""

import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graphmodel import analysis, queries
from graphmodel.api import Filter, Graph, questions
from graphmodel.api import filter as filters
from graphmodel.api import open as open_graph
from graphmodel.api.questions import QUESTIONS, Field, Question, Way
from graphmodel.cli import COMMANDS
from graphmodel.cli.alliances import command as alliances
from graphmodel.cli.report import command as report
from graphmodel.errors import StoreMissing, UsageProblem
from graphmodel.formats import written
from tests.conftest import ENGINES, TINY, Run, address_of

GIVEN: dict[str, Any] = {
    "area": "Water",
    "backtest": "2020",
    "between": ["ngo", "foundation"],
    "competence": "water",
    "competence_area": "Water",
    "end": "Fjord Foundation",
    "framework": "literacy",
    "organization": "HN",
    "other": "Literacy",
    "partner": "cedar trust",
    "region": "Africa",
    "start": "HN",
    "text": "harbor",
}
"""What is given where a question of the tiny network needs it."""

AS_OF = date(2024, 8, 31)
WAYS = [
    pytest.param(question, way, id=f"{question.number}: {way.words}")
    for question in QUESTIONS.values()
    for way in question.ways
    if way.words != "analyse gaps --areas framework"  # the tiny network has none: its refusal has a test of its own
]
ORGANIZATION = Field("organization", "organization", "", "", known="Organization")


@pytest.fixture(scope="module")
def engines(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, server: str
) -> Iterator[dict[str, Graph]]:
    """Return the tiny network in a store of each engine."""
    folder = tmp_path_factory.mktemp("questions")
    opened = {engine: open_graph(address_of(engine, folder, request)) for engine in ENGINES}
    for graph in opened.values():
        graph.load(TINY)
    yield opened
    for graph in opened.values():
        graph.close()


@pytest.fixture(scope="module")
def tiny(engines: dict[str, Graph]) -> Graph:
    """Return the tiny network in a file."""
    return engines["embedded"]


def told(way: Way) -> dict[str, Any]:
    """Return what a way needs, and the day of the tiny network where there is one."""
    offered = questions.fields(way)
    days = {field.name: str(AS_OF) for field in offered if field.name == "day"}
    return days | {field.name: GIVEN[field.name] for field in offered if field.required}


# The table


def test_the_questions_are_28_and_each_names_commands_that_there_are() -> None:
    assert list(QUESTIONS) == list(range(1, 29))
    for question in QUESTIONS.values():
        for way in question.ways:
            assert way.tool in COMMANDS
            assert way.name in {"query": queries.library(), "analyse": analysis.ANALYSES}.get(way.tool, [""])


def test_every_query_answers_a_question_or_gives_a_network() -> None:
    named = {way.name for question in QUESTIONS.values() for way in question.ways if way.tool == "query"}
    assert {name for name in queries.library() if not name.startswith("networks/")} == named


def test_every_analysis_but_that_of_positions_answers_a_question() -> None:
    named = {way.name for question in QUESTIONS.values() for way in question.ways if way.tool == "analyse"}
    assert set(analysis.ANALYSES) - named == {"centrality"}


@pytest.mark.parametrize(("question", "way"), WAYS)
def test_what_a_question_gives_or_needs_is_known_to_what_answers_it(question: Question, way: Way) -> None:
    if way.tool == "query":
        known = {item.name for item in queries.library()[way.name].parameters}
    elif way.tool == "analyse":
        known = {item.name for item in analysis.describe(way.name).parameters}
    else:
        known = {"only", "region"}
    assert {*way.preset, *way.needed, *way.without} <= known


@pytest.mark.parametrize(
    ("words", "number"),
    [("5", 5), ("who connects us", 5), ("peers", 21), ("Blocs", 11), ("partners/current", 1), ("one funder", 12)],
)
def test_a_question_is_found_by_its_number_or_by_words(words: str, number: int) -> None:
    assert questions.find(words).number == number


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("29", "There is no question 29: they go from 1 to 28."),
        (
            "who briges two kinds of organization",
            'No question is "who briges two kinds of organization". Did you mean 10, Which organizations bridge two '
            "kinds, such as local NGOs and UN agencies? `graphmodel ask` lists all.",
        ),
        ("xyzzy", 'No question is "xyzzy". `graphmodel ask` lists all.'),
        (
            "one funder or framework",
            'No question is "one funder or framework". Did you mean 12, Who depends on one funder, which activities '
            "have one funder only?; 25, Who implements or monitors a framework, in which regions does nobody? "
            "`graphmodel ask` lists all.",
        ),
        (
            "hang dry",
            'No question is "hang dry". Did you mean 16, Which local organizations hang on one international partner? '
            "`graphmodel ask` lists all.",
        ),
        (
            "Region",
            '"Region" goes with more than one question. Give the number: 3, Who works in the same region ',
        ),
        ("partners we might lose", 'No question is "partners we might lose". `graphmodel ask` lists all.'),
    ],
)
def test_words_that_are_no_single_question_are_answered_with_the_nearest(words: str, sentence: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        questions.find(words)
    assert str(problem.value).startswith(sentence)


# What an answer is told


def field(number: int, name: str, place: int = 0) -> Field:
    """Return a field of a question."""
    (found,) = [one for one in questions.fields(QUESTIONS[number].ways[place]) if one.name == name]
    return found


@pytest.mark.parametrize(
    ("number", "name", "type_", "default", "required"),
    [
        (1, "organization", "organization", "", True),
        (1, "since", "day", "day - 5 years", False),
        (5, "start", "organization", "", True),
        (7, "competence", "competence area", "", True),
        (7, "level", "choice", "first", False),
        (9, "shown", "yes or no", "false", False),
        (10, "samples", "whole number", "0", False),
        (11, "resolution", "number", "1.0", False),
        (16, "region", "region", "", False),
        (23, "backtest", "whole number", "0", True),
    ],
)
def test_fields_are_those_of_queries_and_analyses(
    number: int, name: str, type_: str, default: str, required: bool
) -> None:
    found = field(number, name)
    assert (found.type, found.default, found.required) == (type_, default, required)


def test_what_the_question_says_itself_is_not_asked() -> None:
    assert "only" not in {one.name for one in questions.fields(QUESTIONS[7].ways[0])}
    assert not {"organization", "region", "area"} & {one.name for one in questions.fields(QUESTIONS[23].ways[0])}


@pytest.mark.parametrize(("question", "way"), WAYS)
def test_each_field_is_explained(question: Question, way: Way) -> None:
    if way.tool != "report":
        assert [one.name for one in questions.fields(way) if not one.help] == []


@pytest.mark.parametrize(
    ("field", "word", "suggested"),
    [
        (ORGANIZATION, "harb", ["Harbor Network (harbor)"]),
        (ORGANIZATION, "hn", ["Harbor Network (harbor)"]),
        (ORGANIZATION, "water", ["Delta Water (delta)"]),
        (ORGANIZATION, "harbour netwerk", ["Harbor Network (harbor)"]),
        (ORGANIZATION, "e", ["Ember Youth (ember)"]),
        (ORGANIZATION, "", ["Amber Fund (amber)", "Birch Institute (birch)", "Cedar Trust (cedar)"]),
        (field(3, "level"), "", ["country", "region", "place"]),
        (field(3, "level"), "o", ["country", "region", "world"]),
        (field(16, "kind"), "", ["ngo", "foundation", "federation"]),
        (field(10, "between"), "found", ["foundation"]),
        (field(15, "role"), "", ["organizer", "implementer", "donor"]),
        (field(7, "areas"), "se", ["sector", "segment"]),
        (field(7, "competence"), "lit", ["Literacy (literacy)"]),
        (field(11, "seed"), "1", []),
    ],
    ids=str,
)
def test_suggestions_are_what_the_graph_knows(tiny: Graph, field: Field, word: str, suggested: list[str]) -> None:
    assert [str(one) for one in questions.suggestions(tiny, field, word, most=3)] == suggested


@pytest.mark.parametrize("word", ["harbor", "Harbor Network", "HARBOR NETWORK ", "hn"])
def test_an_organization_is_found_by_id_name_or_acronym(tiny: Graph, word: str) -> None:
    assert questions.read(tiny, ORGANIZATION, word).value == "harbor"


def test_an_organization_is_found_by_its_reference(tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("id,name\nXM-DAC-41114,Programme\n9,Other\n", encoding="utf-8")
    with open_graph(str(tmp_path / "graph.lbug")) as graph:
        graph.load(tmp_path)
        found = questions.read(graph, ORGANIZATION, "http://example.org/xm-dac-41114")
    assert (found.value, found.words) == ("XM-DAC-41114", "Programme")


def test_an_organization_that_is_judged_the_same_is_found_as_the_body(tmp_path: Path) -> None:
    with open_graph(str(tmp_path / "graph.lbug")) as graph:
        graph.load(TINY)
        (tmp_path / "judgements.csv").write_text(
            "first,second,judgement,note,by,date\nfjord,amber,same,,me,2024-01-01\n", encoding="utf-8"
        )
        found = questions.read(graph, ORGANIZATION, "Fjord Foundation")
    assert (found.value, found.words) == ("amber", "Amber Fund")


@pytest.mark.parametrize(
    ("number", "given", "sentence"),
    [
        (1, {}, "The question needs organization: our organization. Give it as organization=NAME."),
        (1, {"organization": ""}, "The question needs organization: our organization. Give it as organization=NAME."),
        (
            1,
            {"organization": "Harbour"},
            'There is no organization "Harbour". Did you mean Harbor Network (harbor)?',
        ),
        (1, {"organization": "qqq"}, 'There is no organization "qqq". Give another part of the name.'),
        (
            1,
            {"organization": "HN", "day": "31.12.2024"},
            'day must be a date, or such as "today + 6 months", not "31.12.2024". Give it as 2024-12-31.',
        ),
        (1, {"organisation": "HN"}, 'The question has no "organisation". Did you mean "organization"?'),
        (1, {"x": "HN"}, 'The question has no "x". It takes organization, day, since.'),
        (17, {"x": "HN"}, 'The question has no "x". It takes nothing.'),
        (
            7,
            {"competence": "water", "level": "contry"},
            'level cannot be "contry". Did you mean "country"? Choose among first, region, subregion, country.',
        ),
        (
            10,
            {"between": "ngo"},
            "between takes 2 or more, with | between: Count and rank by the bridges between two of these, such as ngo "
            "and fund; give it twice.",
        ),
        (
            23,
            {"backtest": "last year"},
            'backtest must be a whole number, not "last year". Give it as 2.',
        ),
        (7, {"competence": "Kenya"}, 'There is no competence area "Kenya". Give another part of the name.'),
        (9, {"organization": "HN", "shown": "maybe"}, 'shown must be true or false, not "maybe". Give it as true.'),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(
    tiny: Graph, number: int, given: dict[str, str], sentence: str
) -> None:
    with pytest.raises(UsageProblem) as problem:
        questions.answer(tiny, QUESTIONS[number], given=given)
    assert str(problem.value) == sentence


def test_a_name_of_several_is_refused_with_their_ids(tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("id,name\na,Union\nb,Union\n", encoding="utf-8")
    with open_graph(str(tmp_path / "graph.lbug")) as graph:
        graph.load(tmp_path)
        with pytest.raises(UsageProblem) as problem:
            questions.read(graph, ORGANIZATION, "union")
    assert str(problem.value) == '"union" could be any organization of a, b. Give the id.'


def test_a_kind_of_area_that_the_network_lacks_is_refused_with_those_it_has(tiny: Graph) -> None:
    with pytest.raises(UsageProblem) as problem:
        questions.answer(tiny, QUESTIONS[25], way=QUESTIONS[25].ways[1])
    assert "No competence area of kind framework is known; there are field (4) and segment (1)" in str(problem.value)


def test_nothing_is_answered_before_something_is_loaded(empty_graph: Graph) -> None:
    with pytest.raises(StoreMissing):
        questions.answer(empty_graph, QUESTIONS[1], given={"organization": "HN"})


# Answers


@pytest.mark.parametrize(("question", "way"), WAYS)
def test_each_answer_is_the_same_on_both_engines_and_by_its_command(
    engines: dict[str, Graph], run: Run, question: Question, way: Way
) -> None:
    within = Filter() if way.tool != "analyse" else Filter(until=AS_OF)
    one, other = (questions.answer(graph, question, within, told(way), way=way) for graph in engines.values())
    assert one.sentences
    assert all(sentence.endswith((".", "?", ")", "zip")) for sentence in one.sentences)
    assert replace(one, table=None) == replace(other, table=None)
    if one.table is None or other.table is None:
        assert way.tool == "report"
        return
    rows = written(one.table, "json").decode()
    assert rows == written(other.table, "json").decode()
    store = engines["embedded"].store.address
    _, *words = shlex.split(one.command)
    result = run(*words, "--store", store, "--format", "json")
    assert (result.stdout, result.exit_code) == (rows, 0), result.stderr


def test_an_answer_says_how_it_was_understood(tiny: Graph) -> None:
    given = {"organization": "hn", "day": "2024-09-01"}
    found = questions.answer(tiny, QUESTIONS[1], given=given)
    assert found.parameters == {"organization": "Harbor Network", "day": "2024-09-01", "since": "2019-09-01"}
    assert found.command == "graphmodel query partners/current -p organization=harbor -p day=2024-09-01"
    assert found.cypher == queries.library()["partners/current"].text
    assert found.sentences[0] == "12 rows."
    assert found.sentences[1].startswith("One row per partner, shared activity or formal agreement")


def test_the_report_is_left_to_its_command(tiny: Graph) -> None:
    found = questions.answer(tiny, QUESTIONS[24], Filter(kinds=("ngo",)), {"region": "kenya"})
    assert found.table is None
    assert found.command == "graphmodel report --region kenya --kind ngo -o report.zip"
    assert found.sentences[0] == f"The report on Kenya is written by: {found.command}"
    asked = report.make_context("report", shlex.split(found.command)[2:]).params
    assert (asked["regions"], asked["kinds"], asked["path"]) == (("kenya",), ("ngo",), Path("report.zip"))


def test_an_answer_of_nothing_says_so(tiny: Graph) -> None:
    found = questions.answer(tiny, QUESTIONS[19], given={"organization": "Heron Aid", "partner": "grove"})
    assert found.sentences[0] == "Nothing on record answers this as it was asked."


def test_the_filter_gives_what_an_answer_would_be_told_by_its_name(tiny: Graph) -> None:
    within = Filter(regions=("kenya",), kinds=("ngo",))
    query = questions.answer(tiny, QUESTIONS[16], within)
    assert (query.parameters, query.within) == ({"region": "Kenya"}, Filter(kinds=("ngo",)))
    assert query.sentences[-1] == "Not narrowed by: kind ngo. This answer is about all that was loaded."
    gaps = questions.answer(tiny, QUESTIONS[7], within, {"competence": "water"})
    assert gaps.command == "graphmodel analyse gaps --region kenya --competence water --only gaps --kind ngo"


def test_one_region_is_taken_from_a_filter_of_one(tiny: Graph) -> None:
    with pytest.raises(UsageProblem) as problem:
        questions.answer(tiny, QUESTIONS[16], Filter(regions=("kenya", "uganda")))
    assert str(problem.value) == "The question takes one region: choose one of kenya, uganda."


def test_a_region_is_looked_at_on_its_own_level(tiny: Graph) -> None:
    given = {"region": "Kenya"}
    found = questions.answer(tiny, QUESTIONS[22], given=given)
    assert found.table is not None
    assert found.table["region_name"].to_list() == ["Kenya"]
    assert "By country: no region and no subregion is in what was asked for." in found.sentences


def test_ties_of_an_answer_become_a_network(tiny: Graph) -> None:
    given = {"organization": "harbor"}
    found = questions.answer(tiny, QUESTIONS[3], given=given, way=QUESTIONS[3].ways[1])
    made = questions.network(tiny, found)
    assert made.nodes["harbor"]["name"] == "Harbor Network"
    assert all("harbor" in ends for ends in made.edges)
    assert made.graph["parameters"] == ("graphmodel analyse overlap harbor",)


def test_rows_that_are_no_ties_are_not_drawn(tiny: Graph) -> None:
    found = questions.answer(tiny, QUESTIONS[17])
    with pytest.raises(UsageProblem) as problem:
        questions.network(tiny, found)
    assert str(problem.value) == "The rows of this answer are no ties: they cannot be drawn."


def test_a_projection_that_is_kept_is_used(tiny: Graph) -> None:
    kept, asked = tiny.project(Filter(kinds=("ngo",))), []
    found = questions.answer(
        tiny, QUESTIONS[28], Filter(kinds=("ngo",)), project=lambda within: asked.append(within) or kept
    )
    assert asked == [Filter(kinds=("ngo",))]
    assert found.table is not None
    assert set(found.table["id"]) <= set(kept.partnerships.organizations["id"])


def test_the_options_of_a_filter_say_what_it_says() -> None:
    within = Filter(
        regions=("Africa", "Latin America"),
        competence_areas=("water",),
        kinds=("ngo",),
        activity_kinds=("project",),
        roles=("donor",),
        since=date(2015, 1, 1),
        until=date(2020, 12, 31),
        as_of=date(2018, 6, 1),
        window=7,
        exclude=("harbor",),
        min_shared=2,
        roll_up=True,
    )
    read = alliances.make_context("alliances", filters.flags(within)).params
    assert Filter(**{name: read[name] for name in filters.FLAGS}) == within
