"""How time and memory of the commands grow with the network: seeded copies of CORDIS, ten and fifty times as large."""

import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from answers import kept, participations, ties
from copies import FIRST, PAIRS, PARTICIPATIONS
from given import Given
from processes import run
from rows import Row

SIZES = ("x0", "x1", "x10", "x50")
UP_TO_TEN = SIZES[:3]
RUNS = {"x0": 3, "x1": 3}
"""What takes no time is measured more than once."""
KEPT = {"x1": 19_076, "x10": 200_470}
"""Ties that are more than chance; Spark finds as many."""

Figures = tuple[float, float]


def load(size: str, given: Given) -> Iterator[Row]:
    """Loading a folder of Parquet into a new store."""
    given.data(size)
    seconds, peak = _median([given.load(size) for _ in range(RUNS.get(size, 1))])
    there = participations(given.store(size))
    same = there == (PARTICIPATIONS * int(size[1:]) or FIRST)
    yield Row("load from Parquet", size, seconds, peak, same=same, told={"participations": there})


def load_again(size: str, given: Given) -> Iterator[Row]:
    """Loading what is there already."""
    words = ("load", given.data(size), "--store", given.store(size))
    seconds, peak = _repeated(size, *words)
    yield Row("the same load again", size, seconds, peak)


def projection(size: str, given: Given) -> Iterator[Row]:
    """All ties with all their figures but the test."""
    seconds, peak, found = _listed(size, given, ties, "--no-significance")
    same = found == PAIRS[size] if size in PAIRS else None
    yield Row("projection, all figures, to Parquet", size, seconds, peak, same=same, told={"pairs": found})


def significance(size: str, given: Given) -> Iterator[Row]:
    """All ties, each tested."""
    seconds, peak, found = _listed(size, given, kept, "--significance")
    yield Row("all ties, tested, to Parquet", size, seconds, peak, "", _right(found, size), {"kept": found})


def significant(size: str, given: Given) -> Iterator[Row]:
    """Those that are more than chance."""
    seconds, peak, found = _listed(size, given, ties, "--only", "significant")
    yield Row("only significant ties, to Parquet", size, seconds, peak, "", _right(found, size), {"kept": found})


def _listed(size: str, given: Given, number: Callable[[Path], int], *words: str) -> tuple[float, float, int]:
    """Write alliances to a file; return seconds, memory, and the number of what is counted in it."""
    path = given.folder / f"alliances-{size}.parquet"
    seconds, peak = _repeated(size, "alliances", *words, "--store", given.store(size), "--force", "-o", path)
    found = number(path)
    path.unlink()
    return seconds, peak, found


def groups(size: str, given: Given) -> Iterator[Row]:
    """The map of the significant ties, which opens on groups where it is large."""
    path = given.folder / f"map-{size}.html"
    words = ("map", "--only", "significant", "--store", given.store(size), "--force", "-o", path)
    seconds, peak = _repeated(size, *words)
    yield Row(
        "map of the groups of significant ties", size, seconds, peak, told={"kB": round(path.stat().st_size / 1e3)}
    )


def export(form: str, size: str, given: Given) -> Iterator[Row]:
    """The whole graph as files to load again."""
    paths = [given.folder / f"{form}-{size}-{run}" for run in range(RUNS.get(size, 1))]
    words = ("export", "--format", form, "--store", given.store(size), "-o")
    seconds, peak = _median([_graphmodel(*words, path) for path in paths])
    yield Row(f"export to {form.upper() if form == 'csv' else 'Parquet'}", size, seconds, peak)


def _right(found: int, size: str) -> bool | None:
    return found == KEPT[size] if size in KEPT else None


def _repeated(size: str, command: str, *words: str | Path) -> Figures:
    return _median([_graphmodel(command, *words) for _ in range(RUNS.get(size, 1))])


def _median(found: list[Figures]) -> Figures:
    """Return the median of the seconds, and the most memory."""
    return statistics.median(seconds for seconds, _ in found), max(peak for _, peak in found)


def _graphmodel(command: str, *words: str | Path) -> Figures:
    quiet = () if command == "export" else ("--quiet",)
    seconds, _, peak = run("-m", "graphmodel", command, *quiet, *words)
    return seconds, peak


TASKS: tuple[tuple[Callable[..., Iterator[Row]], tuple[str, ...]], ...] = (
    (load, SIZES),
    (load_again, UP_TO_TEN),
    (projection, SIZES),
    (significance, UP_TO_TEN),
    (significant, SIZES),
    (groups, UP_TO_TEN),
    (partial(export, "csv"), UP_TO_TEN),
    (partial(export, "parquet"), UP_TO_TEN),
)
STEPS = tuple(partial(task, size) for task, sizes in TASKS for size in sizes)
