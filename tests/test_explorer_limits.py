"""A question whose answer takes too long is stopped, and the page says how to ask for less; on both engines."""

import pytest

from graphmodel import api
from graphmodel.api import questions
from graphmodel.api.questions import Question, Way
from graphmodel.errors import QueryStopped
from graphmodel.records import Edge, Node
from tests.reader import reading

MANY = 1_500  # all of whom took part in one activity: more than a million pairs


def load_crowd(address: str) -> None:
    """Load organizations that all met at one fair."""
    names = [f"o{number}" for number in range(MANY)]
    everybody = [Node("Organization", name, {"name": name, "country": "KE"}) for name in names]
    took_part = [Edge("PARTICIPATED_IN", name, "fair", {"role": "guest"}) for name in names]
    with api.open(address) as graph:
        graph.load([*everybody, Node("Activity", "fair", {"name": "Fair"}), *took_part])


def test_an_answer_that_takes_too_long_is_stopped_and_says_how_to_narrow_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_crowd(address)
    monkeypatch.setattr("graphmodel.explorer.own.SECONDS", 0.2)
    with reading(address) as reader:
        told = reader.part("/question?query=partners/single_tie").words
    assert (
        "The answer was stopped after 0.2 seconds: all of the data have to be gone through for it. Name region to "
        "narrow it, or let it run as long as it takes in a terminal: graphmodel query partners/single_tie"
    ) in told
    question = Question(0, "", (Way("query networks/shared_activities"),))
    with api.open(address) as graph, pytest.raises(QueryStopped, match=r"gone through for it\. Let it run as long"):
        questions.answer(graph, question, limit=api.Limit(seconds=0.2))
