"""The same alliances whatever finds them: in memory, in parts by polars, on Spark."""

import random
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
from graphmodel.engines import Engine
from graphmodel.engines.polars import PolarsEngine
from graphmodel.files import of_table, whole, write_whole
from tests.conftest import Run
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
            with engines.started(master="local[2]") as spark:
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


def test_what_any_engine_wrote_is_replaced_and_replaces(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "ties.parquet"
    path.touch()
    for id in ("a", "b"):
        with whole(path, force=True) as part:
            engine.write(engine.taken(pl.DataFrame({"id": [id]})), part, [("id", False)], ["id"])
        assert pl.read_parquet(of_table(path))["id"].to_list() == [id]
    write_whole(path, "text", force=True)
    assert path.is_file()
