"""Any table: what it is found to be, the text of its cells, their lines, and what is refused."""

import contextlib
import gzip
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from graphmodel.errors import DataProblem
from graphmodel.importers.tables import describe, open_table, read_table
from graphmodel.records import LINE, Reject

File = Callable[[str, bytes | str], Path]


@pytest.fixture
def file(tmp_path: Path) -> File:
    """Return a function that writes a file."""

    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def cells(path: Path, **options: str) -> list[tuple[object, ...]]:
    """Return the rows of a table, each with its line behind it."""
    frames = [part for part in read_table(path, **options) if not isinstance(part, Reject)]
    return pl.concat(frames).select(pl.exclude(LINE), LINE).rows()


def rejects(path: Path) -> list[Reject]:
    """Return the rows that were not taken."""
    return [part for part in read_table(path) if isinstance(part, Reject)]


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """Return an Excel file."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


def archive(**members: str) -> bytes:
    """Return a zip archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/").replace("_csv", ".csv"), text)
    return content.getvalue()


TEXT = "name,place\nFörderverein,Köln\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.encode(), "text, UTF-8, separated by commas, line ends LF, 2 columns"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text, UTF-8 with a byte order mark, separated by commas, line ends LF"),
        (TEXT.encode("latin-1"), "text, Windows-1252 (Western), separated by commas, line ends LF"),
        (TEXT.encode("utf-16"), "text, UTF-16, separated by commas, line ends LF"),
        (TEXT.encode("utf-16-le"), "text, UTF-16, separated by commas, line ends LF"),
        (TEXT.replace(",", ";").encode(), "separated by semicolons"),
        (TEXT.replace(",", "\t").encode(), "separated by tabs"),
        (TEXT.replace(",", "|").encode(), "separated by bars"),
        (TEXT.replace("\n", "\r\n").encode(), "line ends CR LF"),
        (TEXT.replace("\n", "\r").encode(), "line ends CR, 2 columns"),
        (gzip.compress(TEXT.encode()), "text, UTF-8"),
        (archive(a_csv=TEXT), "a.csv: text, UTF-8"),
    ],
)
def test_how_a_text_is_written_is_found_and_said(file: File, content: bytes, said: str) -> None:
    path = file("table", content)
    assert said in describe(path)
    assert cells(path) == [("Förderverein", "Köln", 2)]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n\x1a", [("1", "2", 2)]),
        ("a,b\n1,2\na,b\n3,4\n", [("1", "2", 2), ("3", "4", 4)]),
        ("a,b\r1,2\ra,b\r3,4\r", [("1", "2", 2), ("3", "4", 4)]),
        ("a,b\n\n , \n\u00a0,\n1,2\n", [("1", "2", 5)]),
        ('a,b\n"x\ny",2\n3,4\n', [("x\ny", "2", 2), ("3", "4", 4)]),
        ('a,b\n"say ""x"", y",2\n', [('say "x", y', "2", 2)]),
        ("a,b\n1,2,,\n", [("1", "2", 2)]),
        ("a,b,,\n1,2,,\n", [("1", "2", 2)]),
        ("a,b\n#org,#sector\n1,2\n", [("1", "2", 3)]),
        ("Our partners\n\na,b\n1,2\n", [("1", "2", 4)]),
        ("a,b\n\u00a0Book\u00a0Fair,NA\n", [("\u00a0Book\u00a0Fair", "NA", 2)]),
    ],
    ids=[
        "end-of-file character",
        "repeated header",
        "lone CR and repeated header",
        "blank rows",
        "line break in a cell",
        "quotes",
        "delimiters behind the row",
        "delimiters behind all rows",
        "row of hashtags",
        "title above the header",
        "cells as they are",
    ],
)
def test_what_is_no_data_goes_and_the_rest_stays_as_it_is(file: File, text: str, rows: list[tuple[str, ...]]) -> None:
    path = file("table.csv", text)
    assert cells(path) == rows
    assert rejects(path) == []


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("a,,b", ("a", "column 2", "b")),
        ("a,a,a", ("a", "a (2)", "a (3)")),
        (" a , lead\u00a0 agency ", ("a", "lead agency")),
        ("a,_line", ("a", "_line (2)")),
    ],
)
def test_each_column_has_a_name_of_its_own(file: File, header: str, columns: tuple[str, ...]) -> None:
    assert open_table(file("table.csv", f"{header}\n1,2,3\n")).columns == columns


def test_a_row_of_another_width_is_a_reject(file: File) -> None:
    path = file("table.csv", 'a,b\n1,2\n"x\ny"\n3,4,5\n')
    assert rejects(path) == [
        Reject("table.csv", 3, "", "shape", "1 cells", "2, as in the header"),
        Reject("table.csv", 5, "", "shape", "3 cells", "2, as in the header"),
    ]
    assert cells(path) == [("1", "2", 2)]


def test_the_hashtags_name_columns(file: File) -> None:
    table = open_table(file("table.csv", "Organisation,Secteur\n#org +name,#sector\nAmber,Health\n"))
    assert table.hashtags == {"#org+name": "Organisation", "#sector": "Secteur"}


def test_a_workbook_gives_text_exactly(file: File) -> None:
    row = ["Amber", 3, 0.1, date(2021, 1, 31), datetime(2021, 1, 31, 12, 30), True, "", "007"]
    path = file("book.xlsx", workbook(partners=[["Partners in 2021"], [], list("abcdefgh"), row], empty=[]))
    assert cells(path) == [("Amber", "3", "0.1", "2021-01-31", "2021-01-31T12:30:00", "true", "", "007", 4)]
    assert 'Excel, sheet "partners", header on line 3, 8 columns' in describe(path)


def test_parquet_and_json_lines_give_text_too(file: File, tmp_path: Path) -> None:
    frame = pl.DataFrame({"a": [1, None], "b": [["x", "y"], []], "c": [0.5, 2.0], "d": [date(2021, 1, 31), None]})
    frame.write_parquet(tmp_path / "t.parquet")
    assert cells(tmp_path / "t.parquet") == [("1", "x|y", "0.5", "2021-01-31", 1), ("", "", "2", "", 2)]
    lines = file("t.jsonl", '{"a": 1, "b": ["x", "y"]}\n\nno\n{"c": {"k": null}}\n')
    assert cells(lines) == [("1", "x|y", "", 1), ("", "", '{"k": null}', 4)]
    assert [(reject.line, reject.found) for reject in rejects(lines)] == [(3, "no JSON object")]
    assert cells(file("t.json", '[{"a": 1},\n {"a": 2}]')) == [("1", 1), ("2", 2)]


@pytest.mark.parametrize(
    ("name", "content", "options", "sentence"),
    [
        ("t.csv", b"", {}, "holds no rows. Its first row must name the columns."),
        ("t.csv", b'a,b\n1,2\n"x,3\n', {}, "line 3: unexpected end of data. Check the quotes of this row."),
        ("t.csv", b"a,b\n\0\1\0\2,\0\n", {}, "is no table: it holds bytes that no text has."),
        ("t.csv.gz", gzip.compress(TEXT.encode() * 50)[:-30], {}, "It may be cut off or damaged; get it again."),
        ("t.zip", archive(a_csv=TEXT, b_csv=TEXT), {}, 'holds a.csv, b.csv. Say which is meant: member = "a.csv".'),
        ("t.zip", archive(a_csv=TEXT), {"member": "ab.csv"}, 'holds no ab.csv. Did you mean "a.csv"?'),
        ("t.zip", archive(a_csv=TEXT)[:40], {}, "It may be cut off or damaged; get it again."),
        (
            "t.xlsx",
            workbook(one=[["a"]], two=[["b"]]),
            {},
            'has the sheets one, two. Say which is meant: sheet = "one".',
        ),
        ("t.xlsx", workbook(projects=[["a"]]), {"sheet": "project"}, 'no sheet "project". Did you mean "projects"?'),
        ("t.xlsx", workbook(one=[["a"]])[:900], {}, "It may be cut off or damaged; get it again."),
        ("t.parquet", b"PAR1 and no more", {}, "It may be cut off or damaged; get it again."),
        ("t.json", b"[1, 2]", {}, "holds no JSON objects. Write one on each line, or a list of them."),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    file: File, name: str, content: bytes, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(DataProblem) as problem:
        cells(file(name, content), **options)
    assert name in str(problem.value)
    assert sentence in str(problem.value)


def test_the_member_of_an_archive_may_be_named_without_its_folders(file: File) -> None:
    path = file("release.zip", archive(data__projects_csv=TEXT, data__locations_csv="a\n1\n"))
    assert cells(path, member="projects.csv") == [("Förderverein", "Köln", 2)]


WHOLE = {
    "csv": TEXT.encode(),
    "csv.gz": gzip.compress(TEXT.encode()),
    "zip": archive(a_csv=TEXT),
    "xlsx": workbook(one=[["a", "b"], ["c", 1.5]]),
    "json": b'[{"a": 1}]',
    "parquet": pl.DataFrame({"a": [1, 2], "b": ["x", "y"]}).write_parquet,
}


@settings(max_examples=150, deadline=None)
@given(name=st.sampled_from(["t.csv", "t.json", "t.xlsx"]), data=st.binary(max_size=400))
def test_any_bytes_give_rows_rejects_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / name
    path.write_bytes(data)
    with contextlib.suppress(DataProblem):
        list(read_table(path))


@settings(max_examples=200, deadline=None)
@given(data=st.data(), name=st.sampled_from(sorted(WHOLE)))
def test_a_file_cut_off_or_damaged_gives_rows_rejects_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, name: str
) -> None:
    path = tmp_path_factory.mktemp("cut") / f"t.{name}"
    whole = WHOLE[name]
    if not isinstance(whole, bytes):
        content = io.BytesIO()
        whole(content)
        whole = content.getvalue()
    place = data.draw(st.integers(0, len(whole) - 1))
    damage = data.draw(st.binary(max_size=3))
    path.write_bytes(whole[:place] + damage + (whole[place + len(damage) :] if data.draw(st.booleans()) else b""))
    with contextlib.suppress(DataProblem):
        list(read_table(path))


def test_a_workbook_whose_cells_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    with Workbook(tmp_path / "plain.xlsx") as book:
        book.add_worksheet("a").write_column(0, 0, ["id", "x"])
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, zipfile.ZipFile(tmp_path / "vast.xlsx", "w") as vast:
        for item in plain.infolist():
            vast.writestr(item, plain.read(item).replace(b'r="A2"', b'r="XFD1048576"'))
    with pytest.raises(DataProblem, match=r"vast\.xlsx spans more than 50,000,000 cells\. Delete what is empty"):
        cells(tmp_path / "vast.xlsx")
    assert len(cells(tmp_path / "plain.xlsx")) == 1
