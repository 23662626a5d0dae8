"""The tidy folder: what is read, what is refused as a whole, and what is rejected by the row."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import api, batch
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.importers import read, tidy
from graphmodel.schema import SCHEMA

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a function that makes a folder of files from their texts."""

    def make(**texts: str | bytes) -> Path:
        made = tmp_path / "data"
        made.mkdir(exist_ok=True)
        for name, text in texts.items():
            (made / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
        return made

    return make


def gathered(path: Path) -> batch.Batch:
    """Read a folder and check its rows."""
    source, records = read(path, SCHEMA, "here")
    return batch.gather(records, SCHEMA, source)


def rows(path: Path, file: str) -> list[tuple[object, ...]]:
    """Return the rows of one type that can be read, without the columns that tell where they stand."""
    frame = gathered(path).frames[SCHEMA.files[file]]
    columns = [column for column in frame.columns if column[0] != "_" and frame[column].null_count() < len(frame)]
    return frame.select(columns).rows()


@pytest.mark.parametrize(
    "text",
    [
        b"id,name\namber,Amber\n",
        b"\xef\xbb\xbfid,name\r\namber,Amber\r\n",
        b"id;name\namber;Amber\n",
        b"id\tname\namber\tAmber",
        b"id,name\ramber,Amber\r",
        b' id , name \n"amber"," Amber "\n\n,\n',
        "id,name\n\u00a0amber,Amber\u00a0\n".encode(),
    ],
    ids=["plain", "BOM and CRLF", "semicolons", "tabs", "lone CR", "spaces, quotes, blank rows", "no-break spaces"],
)
def test_one_table_may_be_written_in_many_ways(folder: Folder, text: bytes) -> None:
    assert rows(folder(organizations=text), "organizations.csv") == [("amber", "Amber", ["here"])]


def test_a_short_cut_column_makes_relationships_with_the_source_of_their_row(folder: Folder) -> None:
    path = folder(organizations="id,name,regions,source\namber,Amber, KE | FR ||KE,book\nbirch,Birch,,\n")
    works = gathered(path).frames[SCHEMA.files["organization_regions.csv"]]
    assert works.select("start_id", "end_id", "source").rows() == [("amber", "KE", "book"), ("amber", "FR", "book")]
    assert rows(path, "organizations.csv") == [("amber", "Amber", ["book"]), ("birch", "Birch", ["here"])]


def test_a_record_tells_file_line_and_short_cut_column(folder: Folder, empty_graph: api.Graph) -> None:
    path = folder(
        regions="id,name\nKE,Kenya\n",
        organizations='id,name,note,regions\namber,Amber,"two\nlines",\nbirch,Birch,,KE\n',
        organization_seats="organization,region\namber,KE\n",
    )
    assert empty_graph.load(path).rejects == ()
    works = empty_graph.store.read(SCHEMA.relationship("WORKS_IN"))
    seats = empty_graph.store.read(SCHEMA.relationship("BASED_IN"))
    assert works["record"].to_list() == ["organizations.csv:4 (regions)"]
    assert seats["record"].to_list() == ["organization_seats.csv:2"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no header. Its first line must name the columns: id, name, kind, iso2, "),
        ("id,nam\n", 'column 2: unknown column "nam". Did you mean "name"?'),
        ("id,xyz\n", 'column 2: unknown column "xyz". Known are id, name, kind, '),
        ("id,,name\n", 'column 2: unknown column "". Known are id, name, '),
        ("id,name,name\n", 'column 3: "name" occurs twice. Remove or rename one of them.'),
        ("name\n", 'has no column "id". Without it no row can be placed.'),
        ('id,name\nKE,"Kenya\n', "line 2: unexpected end of data. Check the quotes of this row."),
        (b"id,name\nKE,K\xe9nya\n", ', line 2: not UTF-8. Save it as "CSV UTF-8" and load it again.'),
    ],
)
def test_a_file_that_is_no_table_of_its_type_is_refused_whole(folder: Folder, text: str | bytes, sentence: str) -> None:
    with pytest.raises(DataProblem) as problem:
        gathered(folder(regions=text))
    assert "regions.csv" in str(problem.value)
    assert sentence in str(problem.value)


def test_a_file_of_unknown_name_is_refused_with_the_nearest(folder: Folder) -> None:
    with pytest.raises(
        DataProblem, match=r'organisations.csv: graphmodel knows no file of this name. Did you mean "org'
    ):
        gathered(folder(organisations="id,name\n"))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path / "nowhere", "There is nothing at "),
        (lambda path: path, "holds no table. Start with `graphmodel template "),
        (lambda path: path, "organizations.csv, activities.csv, participations.csv, or the same as TSV, Parquet or "),
        (lambda path: (path / "a.txt").write_text("x") and path / "a.txt", "is a file; graphmodel loads a folder"),
    ],
)
def test_what_is_no_folder_of_tables_is_refused(tmp_path: Path, make: Callable[[Path], Path], sentence: str) -> None:
    with pytest.raises(DataProblem) as problem:
        gathered(make(tmp_path))
    assert sentence in str(problem.value)


def test_each_row_that_cannot_be_taken_says_where_what_and_why(folder: Folder, empty_graph: api.Graph) -> None:
    path = folder(
        organizations=(
            "id,name,country,founded\n"
            "amber,Amber,KE,1948\n"
            "birch,N/A,KE,\n"
            ",Cedar,KE,\n"
            "dune,Dune,Kenya,long ago\n"
            "elm,Elm\n"
            "fern,,,\n"
            "amber,Amber,KE,1950\n"
            "gorse,Gorse,NA,\n"
        ),
        activities="id,name\nfair,Fair\n",
        participations="organization,activity,role\namber,fair,\ndune,fair,\namber,feast,\n,fair,host\n",
        partnerships="organization,partner\namber,amber\n",
    )
    found = [
        (item.file, item.line, item.column, item.kind, item.found, item.expected)
        for item in empty_graph.load(path).rejects
    ]
    assert found == [
        ("organizations.csv", 3, "name", "placeholder", "N/A", "the name of the Organization, not a placeholder"),
        ("organizations.csv", 4, "id", "missing", "", "the id of the Organization"),
        ("organizations.csv", 5, "country", "value", "Kenya", "ISO 3166 alpha-2 like KE"),
        ("organizations.csv", 5, "founded", "value", "long ago", "a whole number from 1000 to 2999"),
        ("organizations.csv", 6, "", "shape", "2 cells", "4, as in the header"),
        ("organizations.csv", 7, "name", "missing", "", "the name of a new Organization"),
        ("organizations.csv", 8, "founded", "conflict", "1950", '"1948", as an earlier row of the same says'),
        ("participations.csv", 3, "organization", "dangling", "dune", "the id of a known Organization"),
        ("participations.csv", 4, "activity", "dangling", "feast", "the id of a known Activity"),
        ("participations.csv", 5, "organization", "missing", "", "the id of the Organization"),
        ("partnerships.csv", 2, "partner", "value", "amber", "another Organization than at the start"),
    ]
    assert empty_graph.store.read(SCHEMA.node("Organization"))["id"].to_list() == ["amber", "gorse"]
    assert empty_graph.store.count(SCHEMA.relationship("PARTICIPATED_IN")) == 1


def test_short_cuts_of_a_rejected_row_go_with_it(folder: Folder, empty_graph: api.Graph) -> None:
    path = folder(regions="id,name\nKE,Kenya\n", organizations="id,name,founded,regions\namber,Amber,soon,KE\n")
    assert [reject.column for reject in empty_graph.load(path).rejects] == ["founded"]
    assert empty_graph.store.count(SCHEMA.relationship("WORKS_IN")) == 0


def test_a_reject_reads_as_a_sentence(folder: Folder, empty_graph: api.Graph) -> None:
    (reject,) = empty_graph.load(folder(regions="id,name,kind\nKE,Kenya,land\n")).rejects
    assert str(reject) == (
        'regions.csv line 2, column kind: value: "land"; expected one of world, region, subregion, country, place'
    )


def test_a_row_may_come_twice_and_bring_more_the_second_time(folder: Folder, empty_graph: api.Graph) -> None:
    path = folder(organizations="id,name,acronym,country\namber,Amber,,KE\namber,,AF,\namber,Amber,AF,KE\n")
    assert empty_graph.load(path).rejects == ()
    row = empty_graph.store.read(SCHEMA.node("Organization")).row(0, named=True)
    assert (row["name"], row["acronym"], row["country"]) == ("Amber", "AF", "KE")


def test_a_template_loads_as_it_is(tmp_path: Path, empty_graph: api.Graph) -> None:
    paths = tidy.write_template(tmp_path / "new", SCHEMA)
    assert [path.name for path in paths] == list(SCHEMA.files)
    report = empty_graph.load(tmp_path / "new")
    assert report.rejects == ()
    assert {item.type: item.new for item in report.counts}["Organization"] == 1
    assert empty_graph.store.count(SCHEMA.relationship("PARTICIPATED_IN")) == 1


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("mine")
    with pytest.raises(UsageProblem, match="is there already"):
        tidy.write_template(tmp_path, SCHEMA)
    assert [path.name for path in tmp_path.iterdir()] == ["sources.csv"]


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_rows_rejects_or_one_clear_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes")
    (path / "regions.csv").write_bytes(b"id,name,kind,part_of\n" + data)
    with contextlib.suppress(DataProblem):
        gathered(path)
