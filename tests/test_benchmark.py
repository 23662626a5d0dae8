"""The benchmark: copies of a network keep its degrees, its table says what follows from its rows, a part that fails
does not end it."""

import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

SCRIPTS = Path(__file__).parent.parent / "scripts" / "benchmarks"
PAIRS = {"x1": 10, "x10": 115}


def script(name: str) -> ModuleType:
    """Return a module of the benchmark."""
    sys.path.insert(0, str(SCRIPTS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(SCRIPTS))


rows, copies = script("rows"), script("copies")


def tables(pairs: set[tuple[int, int]]) -> object:
    """Return a network of organizations that took part in activities."""
    ends = [sorted({pair[end] for pair in pairs}) for end in (0, 1)]
    nodes = [pl.DataFrame({"id": [f"{id}" for id in ids], "name": [f"{id}" for id in ids]}) for ids in ends]
    took_part = [(f"{one}", f"{other}", None) for one, other in sorted(pairs)]
    names = dict.fromkeys(("organization", "activity", "role"), pl.String)
    return copies.Tables(*nodes, pl.DataFrame(took_part, schema=names, orient="row"))


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1), st.integers(1, 12))
def test_copies_keep_every_degree_and_repeat_no_participation(pairs: set[tuple[int, int]], factor: int) -> None:
    made = copies.copies(tables(pairs), factor)
    took_part = made.participations
    assert not took_part.select("organization", "activity").is_duplicated().any()
    for column, ids, end in (("organization", made.organizations, 0), ("activity", made.activities, 1)):
        degrees = Counter(str(pair[end]) for pair in pairs)
        found = Counter(took_part[column])
        assert set(found) == set(ids["id"])
        assert len(ids) == factor * len(degrees)
        assert all(degree == degrees[id.partition("-")[0]] for id, degree in found.items())


def test_copies_are_tied_to_each_other_and_the_same_each_time() -> None:
    pairs = {(one, other) for one in range(10) for other in range(10)}
    first, again = (copies.copies(tables(pairs), 3).participations for _ in range(2))
    assert first.equals(again)
    apart = first.select(same=pl.col("organization").str.tail(1) == pl.col("activity").str.tail(1))["same"]
    assert 0.8 < apart.mean() < 0.95


def test_a_ratio_is_to_the_reference_of_the_same_size() -> None:
    table = rows.Table(PAIRS)
    table.add("load", rows.Row("bare COPY", "x10", 50))
    table.add("load", rows.Row("bare COPY", "x1", 2))
    assert table.add("load", rows.Row("load", "x1", 5, reference="bare COPY")).ratio == 2.5
    assert table.add("another", rows.Row("load", "x1", 5, reference="bare COPY")).ratio is None


def test_growth_leaves_out_what_a_program_takes_to_start() -> None:
    table = rows.Table(PAIRS)
    for size, seconds in (("x0", 1), ("x1", 3)):
        assert table.add("growth", rows.Row("load", size, seconds)).growth is None
    grown = table.add("growth", rows.Row("load", "x10", 19))
    assert (grown.growth, grown.pairs) == (9, 11.5)


def test_what_is_nearly_all_start_tells_no_growth() -> None:
    table = rows.Table(PAIRS)
    for size, seconds in (("x0", 1), ("x1", 1.1)):
        table.add("growth", rows.Row("export", size, seconds))
    assert table.add("growth", rows.Row("export", "x10", 5)).growth is None


def test_a_line_shows_figures_under_their_heads() -> None:
    row = rows.Row("projection", "x1", 0.5, 412.3, "networkx", True, {"pairs": 796_670, "modularity": 0.43451})
    assert [rows.head("analyses"), rows.text(rows.Line("analyses", row, 1 / 21.4, 9.8, 11.49))] == [
        f"{'analyses':56}size                time      peak   ratio answer        growth",
        f"{'projection':56}x1                0.50 s    412 MB    1/21   same   9.8 of 11.5  "
        "by networkx; pairs 796,670, modularity 0.435",
    ]


def test_another_answer_and_an_error_are_told_and_fail() -> None:
    table = rows.Table(PAIRS)
    assert not table.failed()
    assert "ANOTHER" in rows.text(table.add("load", rows.Row("load", "x1", 2, same=False)))
    assert table.failed()
    assert rows.text(rows.Line("load", rows.Row("load", "x1", error="no room"))).endswith("x1  FAILED: no room")


def test_figures_are_kept_with_the_machine_and_without_what_is_empty(tmp_path: Path) -> None:
    line = rows.Line("load", rows.Row("load", "x1", 2.5, same=True, told={"rows": 7}), 1.9)
    rows.keep(tmp_path / "measured.json", [line], {"cores": 2})
    assert json.loads((tmp_path / "measured.json").read_text("utf-8")) == {
        "machine": {"cores": 2},
        "rows": [
            {
                "part": "load",
                "what": "load",
                "size": "x1",
                "seconds": 2.5,
                "same": True,
                "told": {"rows": 7},
                "ratio": 1.9,
            }
        ],
    }
    assert [path.name for path in tmp_path.iterdir()] == ["measured.json"]


def test_a_step_that_fails_is_told_and_the_next_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    def breaks(size: str, given: object) -> Iterator[object]:
        raise ValueError(f"no {size}")
        yield

    def works(size: str, given: object) -> Iterator[object]:
        yield rows.Row("load", size, 2)

    bench, table = script("bench"), rows.Table(PAIRS)
    bench.measure("load", [partial(breaks, "x1"), partial(works, "x1")], None, table)
    _, broken, worked = capsys.readouterr().out.strip().splitlines()
    assert broken.split() == ["breaks", "x1", "FAILED:", "ValueError:", "no", "x1"]
    assert worked.split() == ["load", "x1", "2.00", "s"]
    assert table.failed()


def double(number: int) -> tuple[float, int]:
    return 0.5, 2 * number


def fail(number: int) -> tuple[float, int]:
    raise ValueError(f"not {number}")


def test_a_process_tells_seconds_memory_and_answer_or_why_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    processes = script("processes")
    seconds, peak, answer = processes.measured(double, 4)
    assert (seconds, answer) == (0.5, 8)
    assert 10 < peak < 2_000
    with pytest.raises(processes.Failed, match="ValueError: not 4"):
        processes.measured(fail, 4)


def test_the_memory_of_a_command_is_that_of_all_its_processes() -> None:
    processes = script("processes")
    holds = "import time; held = bytearray(60_000_000); time.sleep(1)"
    two = f"import subprocess, sys; {holds.partition(';')[0]}; "
    two += f"other = subprocess.Popen([sys.executable, '-c', {holds!r}]); {holds}; other.wait()"
    assert processes.run("-c", two)[2] > 120


def test_ties_are_the_same_in_any_order_and_any_number_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(SCRIPTS)
    ties = pl.DataFrame({"source": ["a", "b", "c"], "shared": [1, 2, 3], "q": [0.5, None, 0.25]})
    (tmp_path / "parts").mkdir()
    ties.write_parquet(tmp_path / "one.parquet")
    ties.reverse().select("q", pl.col("shared").cast(pl.Int32), "source").write_parquet(
        tmp_path / "parts" / "1.parquet"
    )
    ties.with_columns(q=pl.lit(0.5)).write_parquet(tmp_path / "other.parquet")
    one, parts, other = (tmp_path / name for name in ("one.parquet", "parts", "other.parquet"))
    answers = script("answers")
    assert answers.same_ties(one, parts)
    assert not answers.same_ties(one, other)


def test_a_command_that_fails_gives_its_last_words() -> None:
    processes = script("processes")
    with pytest.raises(processes.Failed, match="no such thing"):
        processes.run("-c", "import sys; sys.exit('no such thing')")


def test_the_page_shows_each_figure_beside_its_reference_and_its_growth() -> None:
    table, measured = rows.Table(PAIRS), script("measured")
    for part, row in (
        ("load", rows.Row("bare COPY", "x1", 2, 500)),
        ("load", rows.Row("load", "x1", 5, 613, "bare COPY", True)),
        ("load", rows.Row("load again", error="no room")),
        ("growth", rows.Row("projection", "x0", 1)),
        ("growth", rows.Row("projection", "x1", 3, 450)),
        ("growth", rows.Row("projection", "x10", 19, 2_000)),
        ("maps", rows.Row("pyvis: to the file", "100 / 300", 0.5, told={"kB": 25})),
        ("maps", rows.Row("pyvis: draws", "100 / 300", told={"requests": 4, "nothing:": "vis is not defined"})),
        ("layouts", rows.Row("networkx.spring_layout", "100 / 300", 0.05, told={"group": 0.8, "near": 0.6})),
        ("layouts", rows.Row("layout", "100 / 300", 0.3, told={"group": 0.9, "near": 0.7})),
    ):
        table.add(part, row)
    kept = json.loads(rows.as_json(table.lines, {}))
    assert {name: text(kept).splitlines()[2:] for name, text in measured.TABLES.items() if name != "machine"} == {
        "growth": ["| projection | 3.00 s, 450 MB | 19.0 s, 2,000 MB; 9.0 times, the pairs 11.5 |"],
        "compared": ["| load | x1 | 5.00 s, 613 MB | bare COPY: 2.00 s, 500 MB | 2.5 | the same |"],
        "maps": ["| 100 / 300 | pyvis | 0.50 s | 25 kB | 4 | nothing |  |  |"],
        "layouts": ["| 100 / 300 | 0.900, 0.700 in 0.30 s | 0.800, 0.600 in 50 ms |"],
    }


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--only", "growth"], "growth needs H2020.csv.gz"),
        ([__file__, "--only", "server"], "server needs H2020.csv.gz and --store"),
        (["nowhere.csv.gz"], "there is no file nowhere.csv.gz"),
    ],
)
def test_what_is_missing_is_wrong_usage(words: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        script("bench").arguments(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err == f"scripts/bench: {problem} (see scripts/bench --help)\n"


def test_all_that_can_be_measured_is_where_no_part_is_named() -> None:
    bench = script("bench")
    assert bench.arguments([]).only == ["start", "iati", "maps", "layouts"]
    assert bench.arguments([__file__]).only == [part for part in bench.PARTS if part != "server"]


def test_each_part_is_explained_by_the_script() -> None:
    usage = (SCRIPTS.parent / "bench").read_text("utf-8")
    assert all(f"\n  {part} " in usage for part in script("bench").PARTS)
