"""What the matrix of regions and areas means, in words."""

from collections.abc import Iterator

import polars as pl

from graphmodel.analysis.coverage.axes import Axis
from graphmodel.analysis.coverage.matrix import NEVER, NOBODY, SINGLE, Matrix
from graphmodel.analysis.coverage.specialisation import CELL
from graphmodel.analysis.phrases import counted, first, listed, plural

LISTED = 3
"""Cells and organizations that a sentence names; the table holds all."""

NAMED = 2
"""Organizations named for a cell."""

LIMITS = (
    "What is not recorded is not seen: an empty cell says that no activity is known, not that nobody is there. What is "
    "declared is not yet done, and does not say what is done where. An activity in several {levels} or on several "
    "{kinds} counts in each. Never together means in no activity and no agreement on record, whatever the time and "
    "place that a filter asks for."
)


def limits(matrix: Matrix) -> str:
    """Return what must not be read into it."""
    return LIMITS.format(levels=plural(matrix.regions.kind), kinds=plural(matrix.areas.kind))


def words(matrix: Matrix) -> Iterator[str]:
    """Yield the sentences on a matrix: how much is empty, the worst gaps by name, who is the only one, and where."""
    if matrix.cells.is_empty():
        yield from _nothing(matrix)
    else:
        yield _size(matrix)
        yield from _nobody(matrix)
        yield from _thin(matrix)
        yield from _single(matrix)
        yield from _never(matrix)
        yield _declared(matrix)
    yield from _uncounted(matrix)
    yield from _idle(matrix.regions, "region")
    yield from _idle(matrix.areas, "competence area")


def _nothing(matrix: Matrix) -> Iterator[str]:
    level, kind = plural(matrix.regions.kind), plural(matrix.areas.kind)
    if matrix.regions.shown.is_empty():
        yield f"There is no matrix: no activity takes place in any of the {level}, and nobody declares to work in one."
    else:
        yield f"There is no matrix: no activity is on any of the {kind}, and nobody declares to be competent in one."


def _size(matrix: Matrix) -> str:
    cells, (rows, columns) = matrix.cells, (matrix.regions, matrix.areas)
    numbers = {gap: cells.filter(pl.col("gap") == gap).height for gap in (NOBODY, SINGLE, NEVER)}
    shape = f"{counted(rows.shown.height, rows.kind)} by {counted(columns.shown.height, columns.kind)}"
    if not any(numbers.values()):
        return f"No gap in {counted(cells.height, 'cell')} ({shape}): in each, some of the active have worked together."
    return (
        f"Of {counted(cells.height, 'cell')} ({shape}), nobody is active in {numbers[NOBODY]:,}, a single organization "
        f"in {numbers[SINGLE]:,}, and several who never worked together in {numbers[NEVER]:,}."
    )


def _nobody(matrix: Matrix) -> Iterator[str]:
    empty = matrix.cells.filter(pl.col("gap") == NOBODY)
    heavy = empty.filter(pl.col("expected") >= 1)
    if empty.is_empty():
        return
    if heavy.is_empty():
        yield "None of the empty cells is surprising: in each, less than one activity would be expected."
    else:
        yield f"In {heavy.height:,} of the empty cells one activity or more would be expected: they weigh most."
    worst = empty.filter(pl.col("expected") > 0).head(LISTED)
    told = [f"{_cell(row)} ({row['expected']:.2f} expected; {_near(matrix, row)})" for row in worst.to_dicts()]
    if told:
        yield (
            f"The worst gap{'s' if len(told) > 1 else ''}: {'; '.join(told)}. Within reach is who is in the "
            f"{matrix.regions.kind}, and does or declares the {matrix.areas.kind} elsewhere."
        )


def _near(matrix: Matrix, row: dict[str, str]) -> str:
    names = _names(matrix, matrix.within_reach(row["region"], row["area"]))
    return f"within reach: {first(names, NAMED)}" if names else "nobody within reach"


def _thin(matrix: Matrix) -> Iterator[str]:
    """Cells that are not empty, but hold less than half of what would be expected."""
    short = matrix.cells.filter(pl.col("activities").is_between(1, pl.col("expected") / 2, closed="both"))
    least = short.sort(pl.col("expected") - pl.col("activities"), *CELL, descending=[True, False, False])
    told = [f"{_cell(row)} ({row['activities']:,} of {row['expected']:.1f})" for row in least.head(LISTED).to_dicts()]
    if told:
        yield f"Thin beside what would be expected: {listed(told)}."


def _single(matrix: Matrix) -> Iterator[str]:
    alone = matrix.cells.filter(pl.col("gap") == SINGLE)
    often = alone.group_by("single", "single_name").len().sort("len", "single", descending=[True, False])
    told = [f"{name} (in {counted(number, 'cell')})" for _, name, number in often.head(LISTED).iter_rows()]
    if told:
        yield f"The only one, most often: {listed(told)}."


def _never(matrix: Matrix) -> Iterator[str]:
    unmet = matrix.cells.filter(pl.col("gap") == NEVER).sort("organizations", *CELL, descending=[True, False, False])
    told = []
    for row in unmet.head(LISTED).to_dicts():
        inside = matrix.active.filter(region=row["region"], area=row["area"])
        told.append(f"{_cell(row)} ({first(_names(matrix, inside), NAMED)})")
    if told:
        yield f"Active side by side, and never together: {'; '.join(told)}."


def _declared(matrix: Matrix) -> str:
    declared, idle = matrix.declared.height, matrix.only_declared.height
    level, kind = matrix.regions.kind, matrix.areas.kind
    if not declared:
        return f"Nobody declares both where it works, by {level}, and on what, by {kind}: only what is done is told."
    undeclared = matrix.active.height - (declared - idle)
    return (
        f"Of {counted(declared, 'declaration')} (an organization in a cell) {idle:,} {_have(idle)} no activity behind "
        f"{'it' if idle == 1 else 'them'}; of {matrix.active.height:,} that {_have(matrix.active.height)} one, "
        f"{undeclared:,} {'is' if undeclared == 1 else 'are'} not declared."
    )


def _uncounted(matrix: Matrix) -> Iterator[str]:
    every = matrix.partnerships.incidence["activity"].n_unique()
    inside = matrix.done["activity"].n_unique()
    if inside < every:
        yield (
            f"{every - inside:,} of {counted(every, 'activity')} {'is' if every - inside == 1 else 'are'} in no cell: "
            f"no {matrix.regions.kind} or no {matrix.areas.kind} is recorded, or only a wider one."
        )


def _idle(axis: Axis, what: str) -> Iterator[str]:
    if axis.idle:
        rest = "not in the matrix, since nothing is recorded of them"
        yield f"Known and {rest}: {counted(len(axis.idle), axis.kind)} ({first(axis.idle, LISTED)})."


def _cell(row: dict[str, str]) -> str:
    return f"{row['area_name']} in {row['region_name']}"


def _names(matrix: Matrix, inside: pl.DataFrame) -> list[str]:
    known = matrix.partnerships.names
    return sorted(known.get(id) or id for id in inside["organization"])


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
