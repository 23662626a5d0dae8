"""What is written is there whole or not at all, and replaces nothing that was not meant to go."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from graphmodel.errors import UsageProblem
from graphmodel.files import whole
from tests.conftest import Run

PART = "part-00000-5f0a4c53-9a35-4d0c-a8a7-0a7c0f3f3a10-c000.snappy.parquet"


def table_of_spark(path: Path) -> None:
    """Write a folder as Spark does."""
    path.mkdir()
    pl.DataFrame({"source": ["old"]}).write_parquet(path / PART)
    for mark in (f".{PART}.crc", "_SUCCESS", "._SUCCESS.crc"):
        (path / mark).touch()


def file(path: Path) -> None:
    """Write a file."""
    path.write_text("new")


def folder(path: Path) -> None:
    """Write a folder with one part of a table."""
    path.mkdir()
    (path / PART).write_text("new")


@pytest.mark.parametrize("written", [file, folder])
@pytest.mark.parametrize("before", [file, table_of_spark])
def test_files_and_tables_of_spark_replace_each_other(
    tmp_path: Path, before: Callable[[Path], None], written: Callable[[Path], None]
) -> None:
    path = tmp_path / "ties.parquet"
    before(path)
    with whole(path, force=True) as part:
        written(part)
    assert [file.name for file in tmp_path.iterdir()] == ["ties.parquet"]
    assert [file.read_text() for file in ([path] if path.is_file() else path.iterdir())] == ["new"]


@pytest.mark.parametrize("before", [file, table_of_spark])
def test_what_is_there_stays_until_the_new_is_whole(tmp_path: Path, before: Callable[[Path], None]) -> None:
    path = tmp_path / "ties.parquet"
    before(path)
    there = sorted(tmp_path.rglob("*"))

    def broken_off() -> None:
        with whole(path, force=True) as part:
            folder(part)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert sorted(tmp_path.rglob("*")) == there


@pytest.mark.parametrize("force", [True, False])
def test_what_comes_while_a_file_is_made_is_not_replaced_unasked(tmp_path: Path, force: bool) -> None:
    path = tmp_path / "ties.parquet"

    def overtaken() -> None:
        with whole(path, force=force) as part:
            file(part)
            path.mkdir()
            (path / "mine.txt").touch()

    with pytest.raises(UsageProblem):
        overtaken()
    assert [file.name for file in path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("_SUCCESS",),
        ("organizations.parquet",),
        ("part.parquet",),
        (PART, "notes.txt"),
        (PART, "part-00001-x.parquet/"),
    ],
    ids=["empty", "no table", "a table for load", "of another program", "a file beside it", "a folder in it"],
)
def test_a_folder_of_anything_else_is_refused_before_the_work(run: Run, tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "ties.parquet").mkdir()
    for name in names:
        path = tmp_path / "ties.parquet" / name
        path.mkdir() if name.endswith("/") else path.touch()
    there = sorted(tmp_path.rglob("*"))
    for more in ((), ("--force",)):
        told = run("alliances", "-o", "ties.parquet", *more)
        assert (told.exit_code, told.output) == (
            2,
            "Error: ties.parquet is a folder, and not one that holds a table of Spark's and nothing else: it is not "
            "replaced. Choose another name.\n",
        )
    assert sorted(tmp_path.rglob("*")) == there


def test_a_table_of_spark_is_replaced_by_the_command_only_by_force(
    run: Run, demonstration: str, tmp_path: Path
) -> None:
    path = tmp_path / "ties.parquet"
    table_of_spark(path)
    words = ("alliances", "--store", demonstration, "--no-significance", "--engine", "polars", "-o", "ties.parquet")
    told = run(*words)
    assert told.output == "Error: ties.parquet is there already. Choose another name, or --force to replace it.\n"
    assert pl.read_parquet(path / PART)["source"].to_list() == ["old"]
    assert run(*words, "--force").exit_code == 0
    assert pl.read_parquet(path).height > 1
