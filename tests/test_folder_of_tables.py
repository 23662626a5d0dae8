"""A folder of Parquet tables in place of a store: what it may hold, and what is refused."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphmodel import api
from graphmodel.errors import DataProblem, UsageProblem
from tests.conftest import Run

HOW = "`graphmodel export --format parquet` writes such a folder."


def test_tables_need_not_say_more_than_who_took_part_in_what(three: Path) -> None:
    assert api.Tables(three).alliances()["source_name", "target_name", "shared"].rows() == [("a", "b", 1)]


def test_ids_may_be_numbers_and_be_in_several_files(three: Path) -> None:
    for name, columns in {"organizations": ["id"], "participations": ["organization", "activity"]}.items():
        path = three / f"{name}.parquet"
        path.unlink()
        path.mkdir()
        for number in (1, 2):
            pl.DataFrame([[number], [5]][: len(columns)], schema=columns).write_parquet(path / f"{number}.parquet")
    pl.DataFrame({"id": [5]}).write_parquet(three / "activities.parquet")
    assert api.Tables(three).alliances()["source", "source_name", "target"].rows() == [("1", "1", "2")]
    assert api.Tables(three).alliances(show="avoided").is_empty()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("activities", None, f"{{folder}} holds no activities.parquet. {HOW}"),
        ("organizations", {"name": ["a"]}, f"{{folder}}/organizations.parquet has no column id. {HOW}"),
        (
            "organizations",
            {"id": ["a"]},
            "{folder}/participations.parquet names b as organization, and the table of them does not: add their rows, "
            "or leave them out.",
        ),
        (
            "partnerships",
            {"organization": ["a"], "partner": ["c"]},
            "{folder}/partnerships.parquet names c as partner, and the table of them does not: add their rows, or "
            "leave them out.",
        ),
        (
            "activities",
            {"id": ["x"], "started": ["2020"]},
            "{folder}/activities.parquet holds String in its column started, not dates: turn its values into dates "
            "first.",
        ),
        (
            "participations",
            {"organization": [["a", "b"]], "activity": ["x"]},
            f"{{folder}}/participations.parquet holds several values in one row of its column organization. {HOW}",
        ),
    ],
    ids=["no table", "no column", "an unknown organization", "an unknown partner", "no dates", "lists"],
)
def test_tables_that_are_not_what_they_should_be_are_refused(
    three: Path, name: str, content: dict[str, list[Any]] | None, message: str
) -> None:
    path = three / f"{name}.parquet"
    path.unlink(missing_ok=True)
    if content:
        pl.DataFrame(content).write_parquet(path)
    with pytest.raises((DataProblem, UsageProblem)) as caught:
        api.Tables(three).alliances()
    assert str(caught.value) == message.format(folder=three)


def test_who_is_unknown_is_refused_also_where_pairs_are_found_in_memory(three: Path) -> None:
    pl.DataFrame({"id": ["a"]}).write_parquet(three / "organizations.parquet")
    with pytest.raises(DataProblem, match="names b as organization, and the table of them does not"):
        api.Tables(three).alliances(show="avoided")


def test_rows_that_differ_mean_the_same_in_any_order(three: Path) -> None:
    names = [("a", "Alpha"), ("b", "Beta"), ("a", "Aleph"), ("b", None)]
    for rows in (names, names[::-1]):
        pl.DataFrame(rows, schema=["id", "name"], orient="row").write_parquet(three / "organizations.parquet")
        tables = api.Tables(three)
        assert tables.alliances()["source_name", "target_name"].row(0) == ("Aleph", "Beta")
        assert tables.project().organizations["name"].to_list() == ["Aleph", "Beta"]


def test_tables_are_read_whatever_store_is_named(three: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHMODEL_STORE", "neo4j://nowhere")
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    assert run("alliances", "--from", str(three), "--format", "csv", "--quiet").stdout.splitlines()[1][:3] == "a,a"


def test_a_file_that_is_no_table_is_refused(three: Path) -> None:
    (three / "activities.parquet").write_text("no table")
    with pytest.raises(DataProblem, match=r"activities\.parquet cannot be read as Parquet: .* writes such a folder\."):
        api.Tables(three).alliances()


def test_a_table_that_is_damaged_within_is_refused(three: Path) -> None:
    path = three / "participations.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes([255]) * 60 + whole[64:])
    with pytest.raises(DataProblem, match=r"A Parquet file cannot be read \(.*\)\. It may be damaged; get it again"):
        api.Tables(three).alliances()


def test_a_name_that_is_not_there_is_said_to_stand_in_a_table(three: Path) -> None:
    with pytest.raises(UsageProblem) as caught:
        api.Tables(three).alliances(exclude=["nobody"])
    assert str(caught.value) == f'There is no Organization "nobody". {three / "organizations.parquet"} lists them.'


def test_judgements_count_in_a_store_only(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHMODEL_JUDGEMENTS", "judgements.csv")
    with pytest.raises(UsageProblem) as caught:
        api.Tables(three).alliances()
    assert str(caught.value) == (
        "GRAPHMODEL_JUDGEMENTS names judgements on organizations, which count in a store only: load the folder into "
        "one (graphmodel load), or unset it."
    )
