"""The analyses of alliances on CORDIS next to other programs that do the same, each in a process of its own.

The seconds are those of the work, without the imports and without reading the rows.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import answers
import ours
import theirs
from copies import PAIRS
from given import Given
from processes import measured, run
from rows import Row

SIZE, KEPT, KEPT_BY_POISSON, MODULARITY = "x1", 19_076, 19_041, 0.43
TESTED = 643_346_385
"""Pairs of organizations, those that share nothing included."""

Program = Callable[[Path], tuple[float, Any]]


def command(given: Given) -> Iterator[Row]:
    """The command itself, from its start to the file that it writes."""
    path = given.folder / "alliances.parquet"
    words = ("-m", "graphmodel", "alliances", "--quiet", "--store", given.store(SIZE), "-o", path)
    seconds, _, peak = run(*words)
    kept = answers.kept(path)
    told = {"kept": kept, "pairs tested": TESTED}
    yield Row("graphmodel alliances, store to file", SIZE, seconds, peak, same=kept == KEPT, told=told)


def from_store(given: Given) -> Iterator[Row]:
    """The ties from the store with the names of the organizations, next to the least that a program would do."""
    yield from compared(
        "ties with names, from the store",
        "read, sparse products",
        theirs.read_and_product,
        ours.from_store,
        expected,
        given.store(SIZE),
    )


def projection(given: Given) -> Iterator[Row]:
    """The ties with all their figures."""
    rows = incidence(given)
    yield from compared("projection", "networkx", theirs.projection, ours.projection, expected, rows)
    yield from compared("projection, sorted", "sparse products", theirs.product, ours.repeatedly, expected, rows)


def by_poisson(given: Given) -> Iterator[Row]:
    """The null model with a Poisson tail, which another program has too."""
    yield from compared("null model, Poisson tail", "bicm", theirs.by_poisson, ours.by_poisson, equal, incidence(given))


def exact(given: Given) -> Iterator[Row]:
    """The exact tail, which no other has."""
    seconds, peak, kept = measured(ours.exact, incidence(given))
    yield Row("null model, exact tail", SIZE, seconds, peak, same=kept == KEPT, told={"kept": kept})


def groups(given: Given) -> Iterator[Row]:
    """Groups by one run on all ties."""
    yield from compared("groups, one run", "networkx", theirs.groups, ours.groups, as_good, incidence(given))


def betweenness(given: Given) -> Iterator[Row]:
    """Betweenness of the organizations in most activities."""
    yield from compared(
        "betweenness of 1,000", "networkx", theirs.betweenness, ours.betweenness, close, incidence(given)
    )


def incidence(given: Given) -> Path:
    """Return who took part in what."""
    return given.data(SIZE) / "participations.parquet"


def compared(
    what: str, name: str, other: Program, own: Program, same: Callable[[Any, Any], bool], source: Path
) -> Iterator[Row]:
    """Measure the program of others, and ours next to it."""
    reference = f"{what}: {name}"
    seconds, peak, answer = measured(other, source)
    yield Row(reference, SIZE, seconds, peak, told=told(answer))
    seconds, peak, found = measured(own, source)
    yield Row(what, SIZE, seconds, peak, reference, same(answer, found), told(found))


def told(answer: Any) -> dict[str, float | str]:
    """Return what is to be told of an answer: how many pairs, or how well groups are told apart."""
    match answer:
        case int():
            return {"pairs": answer}
        case float():
            return {"modularity": answer}
        case set():
            return {"kept": len(answer)}
    return {}


def expected(one: int, other: int) -> bool:
    """Whether both have all pairs."""
    return one == other == PAIRS[SIZE]


def equal(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> bool:
    """Whether both keep the same ties."""
    return one == other and len(one) == KEPT_BY_POISSON


def as_good(one: float, other: float) -> bool:
    """Whether our groups are as good as theirs, and as good as they should be."""
    return other >= one and other >= MODULARITY


def close(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether both have the same figures."""
    return one.keys() == other.keys() and max(abs(one[id] - other[id]) for id in one) < 1e-9


STEPS = (command, from_store, projection, by_poisson, exact, groups, betweenness)
