"""How much memory a network will take: warned of and refused before the work, by what is free."""

import warnings
from pathlib import Path

import pytest

from graphmodel import api, exports
from graphmodel.api import extent
from graphmodel.errors import LargeNetwork, UsageProblem
from tests.conftest import Run

MAP_OF_ALL = 281 * extent.MAP.bytes
"""What a map of the demonstration is told to take: 281 is the sum of n (n - 1) / 2 over its activities."""


def gigabytes(number: float) -> str:
    return f"{number / 1e9:.9f}"


def test_what_is_less_than_a_tenth_of_a_gigabyte_is_told_in_megabytes() -> None:
    with pytest.raises(UsageProblem, match=r"a map of them takes about 2\.0 MB of memory, and 1\.0 MB are free\."):
        extent.check(1_000, extent.Use("a map of them", 2_000), free=10**6)


def test_up_to_half_of_what_is_free_nothing_is_said() -> None:
    extent.check(1_000, extent.MAP, free=2_000 * extent.MAP.bytes)


def test_above_half_of_it_there_is_a_warning_with_the_ways_out() -> None:
    use = extent.Use("a map of them", 2_000)
    with pytest.warns(LargeNetwork) as told:
        extent.check(3_000_000, use, free=8 * 10**9)
    assert [str(one.message) for one in told] == [
        "There are up to 3,000,000 ties between organizations: a map of them takes about 6.0 GB of memory, more than "
        f"half of the 8.0 GB that are free. {extent.WAYS}"
    ]


def test_what_is_more_than_free_is_refused_and_what_to_do_is_said() -> None:
    use = extent.Use("a map of them", 2_000)
    with pytest.raises(UsageProblem) as refused:
        extent.check(5_000_000, use, free=8 * 10**9)
    assert str(refused.value) == (
        "There are up to 5,000,000 ties between organizations: a map of them takes about 10.0 GB of memory, and 8.0 GB "
        "are free. Select less (--since, --region, --competence, --kind, --role or --exclude; --min too, but all are "
        "found before it). Or take only what is more than chance, which is found in parts: graphmodel alliances --only "
        "significant -o ties.parquet, on several machines with --engine spark, and then graphmodel map or analyse with "
        "--from ties.parquet. To go on all the same, say how many gigabytes may be taken: GRAPHMODEL_MEMORY=11."
    )


@pytest.mark.parametrize(
    "words",
    [
        ("map", "-o", "map.html"),
        ("export", "--format", "json", "--alliances", "-o", "out"),
        ("analyse", "communities"),
        ("analyse", "impact"),
        ("analyse", "recommend", "rotary"),
        ("alliances", "--avoided"),
    ],
)
def test_each_command_that_needs_all_ties_is_refused_where_they_do_not_fit(
    run: Run, demonstration: str, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("GRAPHMODEL_MEMORY", gigabytes(100 * extent.TIES.bytes))
    result = run(*words, "--store", demonstration)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: There are up to 281 ties between organizations: ")


def test_a_command_says_once_that_it_takes_much_and_does_it(
    run: Run, demonstration: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHMODEL_MEMORY", gigabytes(1.5 * MAP_OF_ALL))
    result = run("map", "--store", demonstration)
    assert result.stderr.count("more than half of the") == 1
    assert (tmp_path / "map.html").exists()


def test_a_network_that_was_refused_once_is_refused_again(demonstration: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHMODEL_MEMORY", gigabytes(MAP_OF_ALL / 2))
    with api.open(demonstration) as graph:
        projection = graph.project()
        for _ in range(2):
            with pytest.raises(UsageProblem, match="a map of them takes"):
                projection.told()


@pytest.mark.parametrize("text", ["much", "0", "-1", "nan", "inf"])
def test_what_may_be_taken_is_a_number_of_gigabytes(
    run: Run, demonstration: str, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("GRAPHMODEL_MEMORY", text)
    expected = f'Error: GRAPHMODEL_MEMORY is a number of gigabytes, such as 16, not "{text}".\n'
    assert run("map", "--store", demonstration).stderr == expected


def test_a_container_has_what_its_limit_leaves_and_files_that_are_kept_count_as_free(tmp_path: Path) -> None:
    assert [*extent.left(tmp_path)] == []
    (tmp_path / "memory.current").write_text("700\n")
    (tmp_path / "memory.stat").write_text("anon 500\ninactive_file 150\nactive_file 50\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert [*extent.left(tmp_path)] == []
    (tmp_path / "memory.max").write_text("1000\n")
    assert [*extent.left(tmp_path)] == [450]


def test_the_quick_count_of_ties_is_never_below_the_exact_one_nor_that_below_the_ties(demonstration: str) -> None:
    with api.open(demonstration) as graph:
        for within in (api.EVERYTHING, api.Filter(exclude=api.HUBS), api.Filter(regions=("Africa",))):
            made = graph.project(within).partnerships
            assert made.met >= made.most_ties >= len(made.ties) > 0


def test_where_all_ties_do_not_fit_those_beyond_chance_are_found_in_parts_and_are_the_same(
    clubs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with api.open(clubs) as graph:
        whole, number = graph.project().significant()
        monkeypatch.setenv("GRAPHMODEL_MEMORY", gigabytes(100))
        parts, again = graph.project().significant()
    assert parts.equals(whole)
    assert (len(parts), number, again) == (6, 7, 7)


def test_what_is_left_by_a_least_number_of_activities_is_counted_as_it_is(
    demonstration: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHMODEL_MEMORY", gigabytes(MAP_OF_ALL / 2))
    with api.open(demonstration) as graph:
        assert 0 < graph.project(min=2).told().size() < 281 / 4


def test_what_each_file_takes_is_known() -> None:
    assert extent.FILES.keys() == exports.FORMATS.keys()


def test_warnings_of_others_are_left_alone(run: Run, demonstration: str) -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        run("status", "--store", demonstration)
        warnings.warn("of others", UserWarning, stacklevel=1)
    assert [str(one.message) for one in heard] == ["of others"]
