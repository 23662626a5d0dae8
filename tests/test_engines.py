"""The same alliances whatever finds them: in memory, in parts by polars, on Spark; and what an engine refuses."""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from graphmodel import api, engines
from graphmodel.analysis import significance
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.analysis.significance.projected import Judged
from graphmodel.analysis.ties.alliances import ties
from graphmodel.analysis.ties.projected import Frames, projected
from graphmodel.analysis.ties.selection import EVERYTHING, Selection
from graphmodel.api import Filter, listing
from graphmodel.api.in_parts import AlliancesInParts
from graphmodel.engines import Engine, java
from graphmodel.engines.polars import PolarsEngine
from graphmodel.errors import DataProblem, UsageProblem
from tests.conftest import TINY, Run
from tests.data import cordis
from tests.networks import Matrix, matrices, rows_of

SEVERAL_PARTS = {"instances": 400, "rows": 300}
"""Small networks are made in several parts, and written in several ranges."""

ORDER = (("shared", True), ("strength", True), ("source", False), ("target", False))


def in_parts(folder: Path) -> PolarsEngine:
    """Return polars, with little at a time."""
    return PolarsEngine(folder, **SEVERAL_PARTS)


@pytest.fixture(scope="module", params=engines.ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return each engine in turn."""
    if request.param == "polars":
        yield in_parts(tmp_path_factory.mktemp("parts"))
    else:
        with pytest.MonkeyPatch.context() as patch:
            # what runs for seconds is not worth compiling to the last
            patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            with engines.started("spark", "local[2]") as spark:
                yield spark


def network(seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return participations and agreements of 260 organizations, some without dates, some in nothing, some twice."""
    draw = random.Random(seed)
    organizations, activities = [f"o{n}" for n in range(260)], [f"x{n}" for n in range(150)]
    days: dict[str, tuple[date | None, date | None]] = {}
    for activity in activities:
        started = date(2010, 1, 1) + timedelta(draw.randrange(4000))
        ended = started + timedelta(draw.randrange(2000))
        days[activity] = draw.choice([(started, ended), (started, None), (None, ended), (None, None)])
    members = {activity: draw.sample(organizations[:240], draw.randrange(1, 9)) for activity in activities}
    rows = [
        (who, activity, role, *days[activity])
        for activity in activities
        for who in members[activity]
        for role in draw.sample(["host", "funder", None], draw.randrange(1, 3))
    ]
    formal = [(*draw.sample(organizations, 2), *days[draw.choice(activities)]) for _ in range(60)]
    kinds: Any = {"organization": pl.String, "activity": pl.String, "role": pl.String}
    dates: Any = {"started": pl.Date, "ended": pl.Date}
    return (
        pl.DataFrame(rows, schema=kinds | dates, orient="row"),
        pl.DataFrame(
            [*formal, ("o1", "o1", None, None)], schema={"source": pl.String, "target": pl.String} | dates, orient="row"
        ),
    )


def in_memory(
    rows: pl.DataFrame, formal: pl.DataFrame, selection: Selection = EVERYTHING, test: Test = STANDARD
) -> pl.DataFrame:
    """Return the ties that are found in memory."""
    table: pl.DataFrame = significance.assess(ties(rows, formal, selection), rows, selection, test).table
    return table


@pytest.mark.parametrize(
    "selection",
    [
        Selection(today=date(2018, 6, 1)),
        Selection(
            since=date(2012, 1, 1),
            until=date(2019, 12, 31),
            window=3,
            activities={f"x{n}" for n in range(120)},
            organizations={f"o{n}" for n in range(3, 250)},
            exclude={"o5", "o17"},
        ),
    ],
    ids=["all", "some, by long lists"],
)
def test_an_engine_finds_and_writes_the_same_ties_to_the_last_bit(
    engine: Engine, selection: Selection, tmp_path: Path
) -> None:
    rows, formal = network()
    expected = in_memory(rows, formal, selection)
    assert expected.height > 100
    made = projected(Frames(engine.taken(rows), engine.taken(formal)), selection, engine)
    found = Judged(made, STANDARD).pairs.filter(nw.col("shared") >= selection.least_shared)
    texts = made.ids.texts(found, "source", "target")
    engine.write(texts, tmp_path / "ties.parquet", ORDER, expected.columns)
    assert_frame_equal(engine.read(tmp_path / "ties.parquet").collect().to_polars(), expected, check_exact=True)


def test_alliances_and_what_is_said_of_them_are_the_same(engine: Engine, demonstration: str) -> None:
    with api.open(demonstration) as graph:
        projection = graph.project(until=date(2016, 12, 31), min=1)
        found, expected = AlliancesInParts(projection, engine), listing.alliances(projection)
        given = found.found(STANDARD)
        assert_frame_equal(given.table, expected.table, check_exact=True)
        assert (given.sentences, given.methods) == (expected.sentences, expected.methods)
        assert found.caveats == projection.caveats
        first = found.found(None, limit=7).table
        assert_frame_equal(first, listing.alliances(projection, None).table.head(7), check_exact=True)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tables of the tiny network."""
    folder = tmp_path_factory.mktemp("tables")
    with api.open(str(folder / "tiny.lbug")) as graph:
        graph.load(TINY)
        graph.export_tables(folder / "tiny", "parquet")
    return folder


def test_tables_give_what_the_store_gives(engine: Engine, tables: Path) -> None:
    within = Filter(regions=("kenya",), kinds=("ngo", "school"), roles=("organizer", "implementer", "participant"))
    with api.open(str(tables / "tiny.lbug")) as graph:
        found = AlliancesInParts(api.Tables(tables / "tiny").project(within), engine)
        projection = graph.project(within)
        expected, given = listing.alliances(projection), found.found(STANDARD)
        assert expected.table.height
        assert_frame_equal(given.table, expected.table, check_exact=True)
        assert (*found.caveats, *given.sentences) == (*projection.caveats, *expected.sentences)


@pytest.mark.parametrize(
    "within",
    [
        Filter(competence_areas=("education",), exclude=("Harbor Network",), until=date(2024, 12, 31)),
        Filter(activity_kinds=("project",), as_of=date(2024, 6, 1), min_shared=2),
        Filter(roles=("organizer",)),
    ],
    ids=["an area, until a day", "a kind of activity, at least two", "a role"],
)
def test_filters_mean_the_same_on_tables(tables: Path, within: Filter, tmp_path: Path) -> None:
    with api.open(str(tables / "tiny.lbug")) as graph:
        found = AlliancesInParts(api.Tables(tables / "tiny").project(within), in_parts(tmp_path)).found(STANDARD)
        assert_frame_equal(found.table, listing.alliances(graph.project(within)).table, check_exact=True)
        assert_frame_equal(
            graph.alliances(within, STANDARD, engine="polars"), graph.alliances(within, STANDARD), check_exact=True
        )


def test_the_command_writes_the_same_with_any_engine(engine: Engine, tables: Path, run: Run, tmp_path: Path) -> None:
    day = ("--as-of", "2024-06-01")
    run("alliances", "--store", str(tables / "tiny.lbug"), *day, "-o", "expected.parquet")
    told = run("alliances", "--from", str(tables / "tiny"), "--engine", engine.name, *day, "-o", "found.parquet")
    assert told.exit_code == 0, told.output
    assert "alliances.\n" in told.stderr
    written = engine.read(tmp_path / "found.parquet").collect().to_polars()
    assert_frame_equal(written, pl.read_parquet("expected.parquet"), check_exact=True)


@settings(max_examples=25, deadline=None)
@given(matrices(most_rows=9, most_columns=9))
def test_parts_of_any_size_give_the_same_ties(tmp_path_factory: pytest.TempPathFactory, matrix: Matrix) -> None:
    rows = rows_of(matrix)
    formal = pl.DataFrame({"source": ["o00", "zz"], "target": ["o01", "o00"]})
    engine = PolarsEngine(tmp_path_factory.mktemp("parts"), instances=5)
    made = projected(Frames(engine.taken(rows), engine.taken(formal)), EVERYTHING, engine)
    pairs = made.ids.texts(Judged(made, STANDARD).pairs, "source", "target").collect().to_polars()
    found = pairs.sort([name for name, _ in ORDER], descending=[largest for _, largest in ORDER])
    expected = in_memory(rows, formal)
    assert_frame_equal(found.select(expected.columns), expected, check_exact=True)


def test_parts_of_horizon_2020_have_its_19_076_significant_ties(tmp_path: Path) -> None:
    engine = PolarsEngine(tmp_path, instances=400_000)
    nothing = engine.taken(pl.DataFrame(schema={"source": pl.String, "target": pl.String}))
    judged = Judged(projected(Frames(engine.taken(cordis()), nothing), EVERYTHING, engine), STANDARD)
    assert len(engine.parts(judged.projected.instances)) == 3
    assert (judged.outcome.tied, judged.outcome.kept) == (796_670, 19_076)


def test_what_an_engine_keeps_is_gone_at_the_end_also_after_an_error(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def keep_and_fail() -> None:
        with engines.started() as engine:
            engine.kept([engine.taken(pl.DataFrame({"a": [1]}))])
            assert [file.name for file in tmp_path.rglob("*.parquet")] == ["000000.parquet"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()
    assert not any(tmp_path.iterdir())


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


def test_names_of_files_may_hold_blanks_accents_and_the_marks_of_patterns(engine: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "données [2024] {a} 5%20"
    table = folder / "part.parquet"
    table.mkdir(parents=True)
    for number, id in enumerate("ab"):
        pl.DataFrame({"id": [id]}).write_parquet(table / f"{number}.parquet")
    engine.write(engine.read(table), folder / "written here.parquet", [("id", True)], ["id"])
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    again = engine.read(folder / "written here.parquet").collect()
    assert sorted(again["id"].to_list()) == ["a", "b"]


def test_a_file_is_replaced_and_a_folder_is_not(three: Path) -> None:
    taken = three / "ties.parquet"
    taken.touch()
    api.Tables(three).write_alliances(taken, test=None, force=True)
    assert pl.read_parquet(taken)["source"].to_list() == ["a"]
    taken.unlink()
    taken.mkdir()
    with pytest.raises(UsageProblem) as caught:
        api.Tables(three).write_alliances(taken, test=None, force=True)
    assert str(caught.value) == f"{taken} is a folder, and is not replaced. Choose another name."


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
            ["--from", "{tables}", "--roll-up"],
            "What is part of what is judged beside a store: load the folder into one (graphmodel load), or leave out "
            "--roll-up.",
        ),
    ],
    ids=["no test", "save", "save tables", "avoided", "disparity", "a master of polars", "parts of bodies"],
)
def test_what_no_engine_does_is_refused(run: Run, tables: Path, words: list[str], message: str) -> None:
    asked = [word.format(tables=tables / "tiny") for word in words]
    told = run("alliances", "--store", str(tables / "tiny.lbug"), *asked)
    assert (told.exit_code, told.output) == (2, f"Error: {message}\n")


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


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """Return a folder with three tables, to be changed."""
    pl.DataFrame({"id": ["a", "b"]}).write_parquet(tmp_path / "organizations.parquet")
    pl.DataFrame({"id": ["x"]}).write_parquet(tmp_path / "activities.parquet")
    took_part = pl.DataFrame({"organization": ["a", "b"], "activity": ["x", "x"]})
    took_part.write_parquet(tmp_path / "participations.parquet")
    return tmp_path


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


HOW = "`graphmodel export --format parquet` writes such a folder."


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
            'Column "started" holds String, not dates: turn its values into dates first.',
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
