"""What no engine does, and what an engine needs that is missing, is refused with what to do instead."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from graphmodel import api, engines
from graphmodel.engines.spark import java
from graphmodel.errors import UsageProblem
from tests.conftest import Run


def test_many_alliances_are_refused_as_a_table_before_any_is_found(run: Run, tmp_path: Path) -> None:
    members = pl.DataFrame({"id": [f"o{n}" for n in range(3200)]})
    members.write_parquet(tmp_path / "organizations.parquet")
    pl.DataFrame({"id": ["fair"]}).write_parquet(tmp_path / "activities.parquet")
    took_part = members.select(organization="id", activity=pl.lit("fair"))
    took_part.write_parquet(tmp_path / "participations.parquet")
    told = run("alliances", "--from", str(tmp_path), "-o", "ties.csv")
    assert told.output == (
        "Error: There are up to 5,118,400 alliances, too many for a table: write them to a file (-o "
        "alliances.parquet), or take some of them (--only significant, or --limit).\n"
    )
    first = run("alliances", "--from", str(tmp_path), "--no-significance", "--limit", "1", "--format", "csv", "-q")
    assert first.output.splitlines()[1].startswith("o0,o0,o1,o1,1,")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["--engine", "polars", "--only", "significant", "--no-significance"],
            "Which pairs are significant only a test tells: leave out --no-significance.",
        ),
        (
            ["--engine", "spark", "--save"],
            "What is saved is found in memory: leave out --engine and --master, or --save.",
        ),
        (
            ["--from", "{tables}", "--save"],
            "Alliances are saved in the store that they were found in, and --from reads a folder: load it into a store "
            "first (graphmodel load), or leave out --save.",
        ),
        (
            ["--engine", "polars", "--avoided"],
            "Pairs that avoid each other are found in memory only: leave out the engine, and select less where the "
            "network does not fit.",
        ),
        (
            ["--engine", "polars", "--method", "disparity"],
            "The disparity filter compares each tie with the others of its ends, and needs them all in memory: choose "
            "sdsm, fixed-rows or fixed-columns for a network of this size, or select less.",
        ),
        (
            ["--engine", "polars", "--master", "local[2]"],
            "local[2] is the master of a Spark cluster: choose the engine spark, or name no master.",
        ),
        (
            ["--from", "{tables}", "--store", "graph.lbug"],
            "Give --store or --from, not both: the alliances are those of one of them.",
        ),
        (
            ["--from", "{tables}", "--roll-up"],
            "What is part of what is judged beside a store: load the folder into one (graphmodel load), or leave out "
            "--roll-up.",
        ),
    ],
    ids=[
        "no test",
        "save",
        "save tables",
        "avoided",
        "disparity",
        "a master of polars",
        "a store and tables",
        "parts of bodies",
    ],
)
def test_what_no_engine_does_is_refused(run: Run, tables: Path, words: list[str], message: str) -> None:
    asked = [word.format(tables=tables / "tiny") for word in words]
    of = () if "--from" in words else ("--store", str(tables / "tiny.lbug"))
    told = run("alliances", *of, *asked)
    assert (told.exit_code, told.output) == (2, f"Error: {message}\n")


@pytest.mark.parametrize("ask", [api.Tables.alliances, partial(api.Tables.write_alliances, path="ties.parquet")])
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            {"show": "significnt"},
            'show "significnt". Did you mean "significant"? There are: all, significant, avoided.',
        ),
        ({"show": "foo", "engine": "polars"}, 'show "foo". There are: all, significant, avoided.'),
        ({"engine": "foo"}, 'engine "foo". There are: polars, spark.'),
    ],
)
def test_alliances_that_cannot_be_are_refused(
    three: Path, ask: Callable[..., Any], asked: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageProblem) as caught:
        ask(api.Tables(three), **asked)
    assert str(caught.value) == f"There is no {message}"


def test_parquet_is_not_written_under_the_name_of_another_form(three: Path) -> None:
    with pytest.raises(UsageProblem) as caught:
        api.Tables(three).write_alliances(three / "ties.csv", test=None)
    assert str(caught.value) == (
        f"{three / 'ties.csv'} would hold Parquet: name it {three / 'ties.parquet'}, or write the frame that "
        "`alliances` returns."
    )
    api.Tables(three).write_alliances(three / "ties", test=None)
    assert pl.read_parquet(three / "ties")["source"].to_list() == ["a"]


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(UsageProblem) as caught, engines.started("sparc"):
        pass
    assert str(caught.value) == 'There is no engine "sparc". Did you mean "spark"? There are: polars, spark.'


def test_without_pyspark_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageProblem) as caught, engines.started("spark"):
        pass
    assert str(caught.value) == 'Spark needs pyspark. Install it: pip install "pyspark>=4,<5".'


@pytest.mark.parametrize(
    ("version", "found"),
    [(None, "JAVA_HOME ({home}) holds none"), ("11.0.2", "{home}/bin/java is Java 11")],
    ids=["none", "an old one"],
)
def test_without_a_java_for_spark_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str | None, found: str
) -> None:
    if version:
        program = tmp_path / "bin" / "java"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
        program.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageProblem) as caught:
        java.refuse_old()
    assert str(caught.value) == (
        f"Spark runs on Java 17 or later, and {found.format(home=tmp_path)}. Install it (on Debian or Ubuntu: apt-get "
        "install openjdk-17-jre-headless), or say in JAVA_HOME where it is."
    )
