"""Loading by the explorer: what would change is shown first, and nothing else can make it change anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphmodel import api
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.explorer import uploads
from graphmodel.explorer.uploads import Uploads
from tests.conftest import TINY
from tests.reader import GUARD, Answer, Reader, reading

ORGANIZATIONS = b"id,name,founded\nalpha,Alpha,1948\nbeta,Beta,19x8\n"
TABLES = {path.name: path.read_bytes() for path in sorted(TINY.glob("*.csv"))}


@pytest.fixture
def reader(address: str) -> Iterator[Reader]:
    with reading(address) as opened:
        yield opened


@pytest.fixture
def local(tmp_path: Path) -> Iterator[Reader]:
    with reading(str(tmp_path / "graph.lbug")) as opened:
        yield opened


def brought(reader: Reader, files: dict[str, bytes], **fields: str) -> Answer:
    """Bring files and see what they would change."""
    answer = reader.bring("/load", files, key=GUARD.key, **fields)
    return reader.get(answer.headers["location"]) if answer.status == 303 else answer


def word_of(page: Answer) -> str:
    return page.text.partition('name="files" value="')[2].partition('"')[0]


def test_an_empty_store_says_how_to_load_data(reader: Reader) -> None:
    for address in ("/", "/?whole=1", "/search?text=x", "/sources", "/organization?id=x"):
        page = reader.get(address)
        assert page.status == 404
        assert "There is no data yet" in page.words
        assert "Load the demonstration" in page.words
    assert reader.part("/caveats").status == 200
    assert reader.part("/search?text=x").words == "Nothing was loaded yet."


def test_a_tidy_folder_is_looked_at_and_then_loaded(reader: Reader) -> None:
    page = brought(reader, TABLES)
    assert "Nothing is loaded yet." in page.words
    assert reader.get("/").status == 404
    loaded = reader.post("/load/now", key=GUARD.key, files=word_of(page))
    assert "Loaded" in loaded.words
    assert "Amber Fund" in reader.get("/search?text=amber").words
    assert "Nothing would change: all of this is there already." in brought(reader, TABLES).words


def test_what_was_exported_as_parquet_is_taken_back(local: Reader, tmp_path: Path) -> None:
    assert "or the same as TSV, Parquet or JSON lines" in local.get("/load").words
    with api.open(str(tmp_path / "other.lbug")) as graph:
        graph.load(TINY)
        graph.export_tables(tmp_path / "tables", "parquet")
    tables = {path.name: path.read_bytes() for path in (tmp_path / "tables").iterdir()}
    assert "organizations.parquet" in tables
    local.post("/load/now", key=GUARD.key, files=word_of(brought(local, tables)))
    assert "Amber Fund" in local.get("/search?text=amber").words
    assert "Nothing would change: all of this is there already." in brought(local, tables).words


def test_a_row_that_cannot_be_taken_is_shown_with_its_place_and_the_rest_is_loaded(local: Reader) -> None:
    page = brought(local, {"organizations.csv": ORGANIZATIONS})
    assert "leaves out 1 row that cannot be taken" in page.words
    assert "organizations.csv 3 founded value 19x8" in page.words
    rejects = local.get(f"/load/preview?files={word_of(page)}&format=csv")
    assert rejects.headers["content-disposition"] == 'attachment; filename="rejects.csv"'
    assert rejects.text.splitlines()[0] == "file,line,column,kind,found,expected"
    assert rejects.text.splitlines()[1].startswith("organizations.csv,3,founded,value,19x8,")
    loaded = local.post("/load/now", key=GUARD.key, files=word_of(page))
    assert "1 row was left out" in loaded.words
    assert "Alpha" in local.get("/search?text=alpha").words


def test_the_demonstration_is_loaded_by_one_button(local: Reader) -> None:
    assert "Loaded" in local.post("/load/demonstration", key=GUARD.key).words
    assert "UNESCO" in local.get("/search?text=unesco").words


def test_the_demonstration_does_not_mix_with_other_data(local: Reader) -> None:
    local.post("/load/now", key=GUARD.key, files=word_of(brought(local, TABLES)))
    answer = local.post("/load/demonstration", key=GUARD.key)
    assert answer.status == 500
    assert "The demonstration would mix with it" in answer.words


def test_a_form_without_the_key_changes_nothing(local: Reader) -> None:
    word = word_of(brought(local, TABLES))
    for answer in (
        local.post("/load/demonstration"),
        local.post("/load/demonstration", key="wrong"),
        local.post("/load/now", files=word),
        local.bring("/load", TABLES, key="wrong"),
    ):
        assert answer.status == 400
        assert "This form is of another run of the explorer." in answer.words
    assert local.get("/").status == 404


def test_looking_at_addresses_changes_nothing(local: Reader) -> None:
    assert local.get("/load/now").status == 405
    assert local.get("/load/demonstration").status == 405
    assert local.get("/").status == 404


def test_what_is_no_data_is_told_in_a_sentence_that_names_the_file_as_the_reader_does(local: Reader) -> None:
    for files, told in (
        ({"people.csv": b"id,name\n"}, "people.csv: graphmodel knows no file of this name."),
        ({"organizations.csv": b"id,nmae\nx,X\n"}, 'unknown column "nmae". Did you mean "name"?'),
        ({"photo.png": b"\x89PNG"}, "photo.png is a file; graphmodel loads a folder of tables, or a workbook"),
        ({}, "No file was chosen. Drop one here, or choose one."),
    ):
        page = brought(local, files)
        assert page.status == 400
        assert told in page.words
        assert "/tmp" not in page.words


def test_with_loading_switched_off_there_is_no_way_to_load(demonstration: str) -> None:
    with reading(demonstration, can_load=False) as reader:
        assert "Load data" not in reader.get("/").words
        for answer in (reader.get("/load"), reader.post("/load/demonstration", key=GUARD.key)):
            assert answer.status == 404
    with reading("nothing-there.lbug", can_load=False) as reader:
        assert "graphmodel load FOLDER" in reader.get("/").words


def test_too_much_is_refused_before_it_is_taken(local: Reader) -> None:
    refused = local.with_headers(content_length="600000000").post("/load/demonstration", key=GUARD.key)
    assert refused.status == 400
    assert local.post("/load/demonstration", key="x" * 20_000).status == 400


def test_a_mapping_that_is_chosen_tells_what_the_columns_are(local: Reader) -> None:
    page = brought(local, {"any.csv": b"a,b\n1,2\n"}, mapping="ocha_3w")
    assert page.status == 400
    unknown = brought(local, {"any.csv": b"a,b\n1,2\n"}, mapping="/etc/passwd")
    assert 'There is no mapping "/etc/passwd". Choose one of the list.' in unknown.words


def test_a_file_stays_in_its_folder_whatever_it_is_called() -> None:
    from io import BytesIO

    kept = Uploads()
    for name, plain in (
        ("../../x.csv", "x.csv"),
        ("C:\\y.csv", "y.csv"),
        (".hidden", "hidden"),
        ("a/b/", "b"),
        ("..", "file"),
        ("x.csv:stream\r\n\0", "x.csv_stream___"),
        ("é" * 300 + ".csv", "é" * 56 + ".csv"),
    ):
        upload = kept.find(kept.keep([(name, BytesIO(b"x"))]))
        assert [file.name for file in upload.files] == [plain]
    kept.close()
    assert not upload.folder.exists()


def test_files_that_wait_too_long_are_forgotten(tmp_path: Path) -> None:
    from io import BytesIO

    kept = Uploads()
    words = [kept.keep([("organizations.csv", BytesIO(ORGANIZATIONS))]) for _ in range(uploads.WAITING + 1)]
    with pytest.raises(UsageProblem, match="These files are no longer there"):
        kept.find(words[0])
    assert kept.find(words[-1]).files
    with pytest.raises(UsageProblem, match=r"Two files have the name x\.csv\."):
        kept.keep([("x.csv", BytesIO(b"")), ("x.csv", BytesIO(b""))])
    with api.open(str(tmp_path / "graph.lbug")) as graph, pytest.raises(DataProblem, match=r"^people\.csv: graphmodel"):
        kept.find(kept.keep([("people.csv", BytesIO(b"id\n"))])).load(graph)
    kept.close()
