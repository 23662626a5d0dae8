"""The tidy workbook: what the template offers, and that a filled one loads as a folder does."""

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from graphmodel import batch
from graphmodel.cli.template import command
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.importers import tidy, workbook
from graphmodel.importers.tidy_parts import sheet_name
from graphmodel.schema import SCHEMA


@pytest.fixture
def book() -> openpyxl.Workbook:
    """Return the empty workbook."""
    return openpyxl.load_workbook(io.BytesIO(workbook.template(SCHEMA)))


def gathered(path: Path) -> batch.Batch:
    """Read a tidy folder or workbook and check its rows."""
    return batch.gather(tidy.read(path, SCHEMA, "here"), SCHEMA, "here")


def test_the_workbook_has_a_sheet_for_each_file_with_its_columns(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["explanations", *(sheet_name(type_) for type_ in SCHEMA.files.values())]
    for type_ in SCHEMA.files.values():
        header = [cell.value for cell in book[sheet_name(type_)][1]]
        assert header == tidy.columns(type_, SCHEMA)


def test_columns_offer_the_choices_of_the_schema_and_the_ids_of_other_sheets(book: openpyxl.Workbook) -> None:
    def lists(sheet: str) -> dict[str, str]:
        header = [cell.value for cell in book[sheet][1]]
        found = book[sheet].data_validations.dataValidation
        return {header[next(iter(item.sqref.ranges)).min_col - 1]: item.formula1 for item in found}

    assert lists("regions")["kind"] == '"world,region,subregion,country,place"'
    assert lists("participations") == {
        "organization": "organizations!$A$2:$A$10000",
        "activity": "activities!$A$2:$A$10000",
        "source": "sources!$A$2:$A$10000",
    }
    assert lists("organizations")["based_in"] == "regions!$A$2:$A$10000"


def test_each_column_is_explained(book: openpyxl.Workbook) -> None:
    for type_ in SCHEMA.files.values():
        assert all(cell.comment and cell.comment.text for cell in book[sheet_name(type_)][1])
    rows = [tuple(cell.value for cell in row) for row in book["explanations"].iter_rows()]
    assert ("activities", "started", "first day", "a date like 2021-01-31", "2021-01-31") in rows
    assert ("participations", "activity", "one end", "an id on the sheet activities", "activity-1") in rows


def test_a_filled_workbook_loads_as_a_folder_does(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book["organizations"].append(["amber", "Amber", "AF", "ngo", "KE", 1948])
    book["activities"].append(["fair", "Book fair", None, "2021-02-28"])
    book["participations"].append(["amber", "fair", "host"])
    book["participations"].append(["birch", None, "guest"])
    book.save(tmp_path / "partners.xlsx")
    read = gathered(tmp_path / "partners.xlsx")
    organization = read.frames[SCHEMA.node("Organization")].row(0, named=True)
    assert (organization["id"], organization["founded"]) == ("amber", 1948)
    ties = read.frames[SCHEMA.relationship("PARTICIPATED_IN")]
    assert ties.select("start_id", "end_id", "role", "record").rows() == [
        ("amber", "fair", "host", "partners.xlsx participations:2")
    ]
    assert [(reject.file, reject.line, reject.column) for reject in read.rejects] == [
        ("partners.xlsx participations", 3, "activity")
    ]


def test_an_unknown_sheet_is_refused_with_the_nearest(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book["organizations"].title = "organisations"
    book.save(tmp_path / "partners.xlsx")
    with pytest.raises(DataProblem, match=r'no sheet "organisations". Did you mean "organizations"\?'):
        gathered(tmp_path / "partners.xlsx")


def test_a_tidy_folder_may_hold_other_kinds_of_tables(tmp_path: Path) -> None:
    (tmp_path / "organizations.tsv").write_text("id\tname\namber\tAmber\n")
    (tmp_path / "activities.jsonl").write_text('{"id": "fair", "name": "Book fair"}\n')
    read = gathered(tmp_path)
    assert read.rejects == ()
    assert read.frames[SCHEMA.node("Organization")]["name"].to_list() == ["Amber"]
    assert read.frames[SCHEMA.node("Activity")]["name"].to_list() == ["Book fair"]


def test_any_other_table_is_refused_with_the_way_to_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n")
    with pytest.raises(
        DataProblem, match=r"To load any other table, say what its columns are: `graphmodel mapping x.csv`"
    ):
        gathered(tmp_path / "x.csv")


def test_the_command_makes_a_folder_or_a_workbook_but_not_both(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, ["--xlsx", str(tmp_path / "new.xlsx")])
    assert (done.exit_code, (tmp_path / "new.xlsx").exists()) == (0, True)
    for arguments in ([], [str(tmp_path / "new"), "--xlsx", str(tmp_path / "other.xlsx")]):
        assert isinstance(CliRunner().invoke(command, arguments).exception, UsageProblem)
