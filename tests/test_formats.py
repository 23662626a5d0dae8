"""Frames as files of other programs."""

import io
import math
from datetime import date
from typing import Any

import openpyxl
import polars as pl
import pytest

from graphmodel.formats import FORMS, harmless, written

FRAME = pl.DataFrame(
    {
        "id": ["a", "b"],
        "name": ['Ünïcode, with a comma and a "quote"', "=HYPERLINK(0)"],
        "day": [date(2024, 2, 29), None],
        "many": [1_000_000, -1],
        "share": [0.5, math.nan],
        "kinds": [["x", "y"], []],
        "is": [True, None],
    }
)


def test_csv_joins_lists_and_quotes_what_needs_it() -> None:
    assert written(FRAME, "csv").decode().splitlines() == [
        "id,name,day,many,share,kinds,is",
        'a,"Ünïcode, with a comma and a ""quote""",2024-02-29,1000000,0.5,x|y,true',
        'b,=HYPERLINK(0),,-1,NaN,"",',
    ]


def test_a_workbook_holds_numbers_days_and_texts_and_no_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(FRAME, "xlsx"))).active
    rows: list[Any] = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == FRAME.columns
    assert rows[1][2].date() == date(2024, 2, 29)
    assert rows[1][3:] == [1_000_000, 0.5, "x|y", True]
    assert rows[2][:2] == ["b", "=HYPERLINK(0)"]
    assert rows[2][4] is None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}


def test_parquet_is_read_back_as_it_was() -> None:
    assert pl.read_parquet(io.BytesIO(written(FRAME, "parquet"))).equals(FRAME)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_frame_gives_the_same_bytes_and_no_rows_are_no_problem(form: str) -> None:
    assert written(FRAME, form) == written(FRAME, form)
    assert isinstance(written(FRAME.clear(), form), bytes)


def test_texts_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "a=b", "", None]
    made = harmless(pl.DataFrame({"text": texts, "number": range(-4, 4)}))
    assert made["text"].to_list() == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "a=b", "", None]
    assert made["number"].to_list() == list(range(-4, 4))
    listed = harmless(pl.DataFrame({"=names": [["=1+1", "x"], ["a", "=b"]]}))
    assert listed["'=names"].to_list() == ["'=1+1|x", "a|=b"]
