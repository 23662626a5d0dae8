"""Text to value: what is read, and what is refused."""

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel import values
from graphmodel.schema import Kind, Property


def read(text: str | None, item: Property) -> object:
    """Read one cell."""
    frame = pl.DataFrame({item.name: [text]}, schema={item.name: pl.String})
    return frame.select(values.clean(pl.col(item.name))).select(values.read(item))[item.name].to_list()[0]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.TEXT, "  Ōsaka\u00a0", "Ōsaka"),
        (Kind.TEXT, " \t\u00a0", None),
        (Kind.INTEGER, "1948", 1948),
        (Kind.INTEGER, "-3", -3),
        (Kind.INTEGER, "3.5", None),
        (Kind.INTEGER, "1e3", None),
        (Kind.NUMBER, "1e3", 1000.0),
        (Kind.NUMBER, "-0.5", -0.5),
        (Kind.NUMBER, "1,5", None),
        (Kind.NUMBER, "inf", None),
        (Kind.NUMBER, "NaN", None),
        (Kind.DATE, "2020-02-29", date(2020, 2, 29)),
        (Kind.DATE, "2021-02-29", None),
        (Kind.DATE, "29.02.2020", None),
        (Kind.DATE, "2020-2-9", None),
        (Kind.DATE, "2020", None),
        (Kind.MOMENT, "2020-02-29T23:59:58Z", datetime(2020, 2, 29, 23, 59, 58)),
        (Kind.MOMENT, "2020-02-29", None),
        (Kind.FLAG, "Yes", True),
        (Kind.FLAG, "0", False),
        (Kind.FLAG, "perhaps", None),
        (Kind.TEXTS, "b| a ||b", ["b", "a"]),
    ],
)
def test_each_kind_reads_its_text_and_refuses_others(kind: Kind, text: str, value: object) -> None:
    assert read(text, Property("x", kind)) == value


@pytest.mark.parametrize(
    ("item", "good", "bad"),
    [
        (Property("x", choices=("field", "goal")), "field", "Field"),
        (Property("x", pattern="^[A-Z]{2}$"), "NA", "NAM"),
        (Property("x", Kind.NUMBER, minimum=-90, maximum=90), "-90", "90.01"),
        (Property("x", Kind.INTEGER, minimum=1000), "1000", "999"),
    ],
)
def test_a_value_outside_what_is_declared_is_refused(item: Property, good: str, bad: str) -> None:
    assert read(good, item) is not None
    assert read(bad, item) is None


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (Property("x", Kind.DATE), "a date like 2021-01-31"),
        (Property("x", choices=("field", "goal")), "one of field, goal"),
        (Property("x", Kind.NUMBER, minimum=0, maximum=100), "a number like 1234.5 from 0 to 100"),
        (Property("x", doc="ISO 4217", example="EUR", pattern="^[A-Z]{3}$"), "ISO 4217 like EUR"),
    ],
)
def test_what_is_expected_is_said_in_words(item: Property, sentence: str) -> None:
    assert values.expected(item) == sentence


def test_namibia_is_no_placeholder() -> None:
    assert "na" not in values.PLACEHOLDERS
    assert "n/a" in values.PLACEHOLDERS


@given(
    st.one_of(
        st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.booleans()
    )
)
def test_what_is_written_as_text_is_read_back_the_same(value: object) -> None:
    kinds = {bool: Kind.FLAG, int: Kind.INTEGER, float: Kind.NUMBER, date: Kind.DATE}
    assert read(values.as_text(value), Property("x", kinds[type(value)])) == value


@given(st.floats())
def test_a_column_of_numbers_is_written_as_each_of_them(value: float) -> None:
    assert values.texts(pl.Series([value])).to_list() == [values.as_text(value)]
