"""The model: what follows from it, and what it refuses."""

import json
from collections.abc import Callable

import pytest

from graphmodel import describe, statements
from graphmodel.cli import schema as command
from graphmodel.errors import UsageProblem
from graphmodel.schema import SCHEMA, NodeType


def test_every_end_of_a_relationship_is_a_declared_label() -> None:
    labels = {item.label for item in SCHEMA.nodes}
    assert {end for item in SCHEMA.relationships for end in (item.start, item.end)} <= labels


def test_every_type_that_is_not_derived_has_a_file_of_its_own() -> None:
    derived = [item for item in SCHEMA.relationships if item.derived]
    assert [item.name for item in derived] == ["ALLIED_WITH"]
    assert len(SCHEMA.files) == len(list(SCHEMA)) - len(derived)


def test_short_cut_columns_do_not_hide_a_property() -> None:
    for item in SCHEMA.nodes:
        names = {prop.name for prop in item.properties}
        assert not names & SCHEMA.shortcuts(item.label).keys()


def test_each_relationship_carries_its_source_and_record() -> None:
    for item in SCHEMA.relationships:
        assert [prop.name for prop in item.properties][-2:] == ["source", "record"]
        assert item.key[-1] == "source"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: SCHEMA.node("Organisation"), 'There is no label "Organisation". Did you mean "Organization"?'),
        (lambda: SCHEMA.relationship("WORK_IN"), 'There is no relationship type "WORK_IN". Did you mean "WORKS_IN"?'),
        (
            lambda: SCHEMA.relationship("PART_OF"),
            "PART_OF starts from more than one label: say which (Activity or Region or CompetenceArea).",
        ),
    ],
)
def test_an_unknown_type_is_refused_with_the_nearest(ask: Callable[[], object], sentence: str) -> None:
    with pytest.raises(UsageProblem) as problem:
        ask()
    assert str(problem.value) == sentence


def test_types_of_one_name_share_a_table_of_the_embedded_engine() -> None:
    table = statements.embedded_tables(SCHEMA)["PART_OF"]
    assert table.count("FROM ") == 3


def test_the_views_name_every_type_and_property() -> None:
    text, mermaid, markdown = describe.as_text(SCHEMA), describe.as_mermaid(SCHEMA), describe.as_markdown(SCHEMA)
    told = json.loads(describe.as_json(SCHEMA))
    for item in SCHEMA:
        name = item.label if isinstance(item, NodeType) else item.name
        assert name in text
        assert name in mermaid
        assert name in markdown
        for prop in item.properties:
            assert prop.name in text
    assert [item["label"] for item in told["nodes"]] == [item.label for item in SCHEMA.nodes]
    assert len(told["relationships"]) == len(SCHEMA.relationships)


def test_the_command_offers_every_view() -> None:
    assert set(command.FORMATS) == set(describe.FORMATS)
