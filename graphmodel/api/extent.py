"""How much memory the ties of a network take, told from its degrees before any of the work is done."""

import os
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from graphmodel.errors import LargeNetwork, UsageProblem

VARIABLE = "GRAPHMODEL_MEMORY"
"""The environment variable that says how many gigabytes may be taken, where that is not what is free."""

GROUP = Path("/sys/fs/cgroup")
"""Where Linux says what a container may take."""


@dataclass(frozen=True)
class Use:
    """What is made of ties, and the memory that it takes at its peak for each of them."""

    noun: str
    bytes: int


# What was measured on the collaborations of Horizon 2020, and a tenth more.
TIES = Use("to find these ties", 170)
TESTED = Use("to test them against chance", 280)
GRAPH = Use("the network of them", 800)
ANALYSIS = Use("an analysis of them", 1_150)
MAP = Use("a map of them", 1_200)
FILES = {
    "graphml": Use("a GraphML file of them", 1_350),
    "gexf": Use("a GEXF file of them", 6_200),
    "json": Use("a JSON file of them", 3_200),
}

WAYS = (
    "Select less (--since, --region, --competence, --kind, --role or --exclude; --min too, but all are found before "
    "it). Or take only what is more than chance, which is found in parts: graphmodel alliances --only significant "
    "-o ties.parquet, on several machines with --engine spark, and then graphmodel map or analyse with --from "
    "ties.parquet."
)


def check(ties: int, use: Use, free: int | None = None) -> None:
    """Refuse what takes more memory than is free, and warn of what takes more than half of it.

    Parameters
    ----------
    ties : int
        How many there are at most; see `graphmodel.analysis.ties.alliances.pair_instances`.
    use : Use
        What is made of them.
    free : int, optional
        Bytes of memory that may be taken; `available`, if not given.

    Raises
    ------
    UsageProblem
        If it takes more; the message says how to get on.

    Warns
    -----
    LargeNetwork
        If it takes more than half.

    Examples
    --------
    >>> check(1_000, MAP, free=10**9)
    >>> check(10**6, MAP, free=10**9)
    Traceback (most recent call last):
        ...
    graphmodel.errors.UsageProblem: There are up to 1,000,000 ties between organizations: a map of them takes about ...
    """
    needed = ties * use.bytes
    free = available() if free is None else free
    if fits(ties, use, free):
        return
    told = (
        f"There are up to {ties:,} ties between organizations: {use.noun} takes about {_gigabytes(needed)} of memory, "
    )
    if needed <= free:
        half = f"more than half of the {_gigabytes(free)} that are free. {WAYS}"
        warnings.warn(told + half, LargeNetwork, stacklevel=2)
        return
    raise UsageProblem(
        f"{told}and {_gigabytes(free)} are free. {WAYS} To go on all the same, say how many gigabytes may be taken: "
        f"{VARIABLE}={needed / 1e9 + 1:.0f}."
    )


def fits(ties: int, use: Use, free: int | None = None) -> bool:
    """Return whether what is made of ties takes no more than half of the memory that is free; as for `check`."""
    return 2 * ties * use.bytes <= (available() if free is None else free)


def available() -> int:
    """Return how many bytes of memory may be taken: those that are free, in a container too, or what is said.

    Raises
    ------
    UsageProblem
        If GRAPHMODEL_MEMORY says something else than a number above 0.
    """
    told = os.environ.get(VARIABLE, "")
    return _said(told) if told else min([psutil.virtual_memory().available, *left(GROUP)])


def left(group: Path) -> Iterator[int]:
    """Yield how many bytes are left to a container; nothing where it has no limit, or is none.

    Parameters
    ----------
    group : path
        The folder of its control group, of the second version.
    """
    try:
        most, now = ((group / f"memory.{name}").read_text().strip() for name in ("max", "current"))
    except OSError:
        return
    if most != "max":
        yield max(0, int(most) - int(now) + _files_kept(group))


def _files_kept(group: Path) -> int:
    """Bytes of files that are kept in memory and are given up when it is needed."""
    lines = (line.split() for line in (group / "memory.stat").read_text().splitlines())
    return next((int(number) for name, number in lines if name == "inactive_file"), 0)


def _said(text: str) -> int:
    try:
        gigabytes = float(text)
    except ValueError:
        gigabytes = 0
    if not 0 < gigabytes < float("inf"):
        raise UsageProblem(f'{VARIABLE} is a number of gigabytes, such as 16, not "{text}".')
    return int(gigabytes * 1e9)


def _gigabytes(number: int) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 1e8 else f"{number / 1e6:,.1f} MB"
