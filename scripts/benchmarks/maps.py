"""The map of generated networks next to those of other programs, in Chromium.

Each program makes its page in a process of its own, from the store to the file. The page is opened from the file and
offline: when it draws anything, when it stands still, what drawing all of it anew takes, what it asks of other hosts.
References are the least that could do it: a query, and a page of lines and dots on a canvas.
"""

import csv
import gzip
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from browsing import LIMIT, Seen, browser, look
from given import Given
from processes import measured, run, timed
from rows import Row

from graphmodel import api
from tests.planted import planted

SIZES = ((100, 300), (500, 2_000), (2_000, 8_000), (5_000, 20_000))
DRAWN = 500
"""Organizations up to which the others draw: they would take many minutes for more."""
KINDS = ("ngo", "foundation", "government", "company")
COUNTRIES = ("BR", "DE", "FR", "IN", "JP", "KE", "PL", "US")
BARE, OURS = "bare page", "graphmodel map"
PROGRAMS = {
    BARE: "bare",
    OURS: "",
    "pyvis, as it comes": "pyvis",
    "pyvis, in_line": "pyvis-whole",
    "pyvis, in_line, no physics": "pyvis-still",
    "gravis.vis": "gravis",
}
IMPORT = "import time, networkx; t = time.perf_counter(); import pyvis.network; print(time.perf_counter() - t)"


def sized(organizations: int, alliances: int) -> str:
    """Return the name of a size."""
    return f"{organizations:,} / {alliances:,}"


def pages(organizations: int, alliances: int, given: Given) -> Iterator[Row]:
    """The pages of a network, by all programs."""
    size, store = sized(organizations, alliances), str(given.folder / f"{organizations}.lbug")
    measured(load, (store, organizations, alliances))
    for what in PROGRAMS if organizations <= DRAWN else (BARE, OURS):
        yield from page(what, size, store, given.folder / "map.html")
    yield Row("pyvis: its import", size, float(subprocess.check_output([sys.executable, "-c", IMPORT])))
    _, _, (plain, packed) = measured(weights, store)
    yield Row("graphmodel map: plain, compressed", size, told={"plain kB": plain, "compressed kB": packed})


def page(what: str, size: str, store: str, file: Path) -> Iterator[Row]:
    """Make the page of a store, and look at it."""
    seconds, processor, peak = run(*words(PROGRAMS[what], store, file))
    content = file.read_bytes()
    told = {"processor s": processor, "kB": kilo(content), "gzipped kB": kilo(gzip.compress(content))}
    reference = "" if what == BARE else BARE
    yield Row(f"{what}: to the file", size, seconds, peak, reference and f"{BARE}: to the file", told=told)
    with browser() as chromium:
        seen = look(chromium, file, says_ready=what == OURS)
    yield Row(f"{what}: draws", size, seen.first, told={"requests": seen.requests, **said(seen)})
    if seen.still is not None:
        yield Row(f"{what}: stands still", size, seen.still, reference=reference and f"{BARE}: stands still")
    if seen.frame is not None:
        yield Row(f"{what}: draws anew", size, seen.frame / 1e3, reference=reference and f"{BARE}: draws anew")


def words(program: str, store: str, file: Path) -> tuple[str | Path, ...]:
    """Return the words by which Python makes a page; by no program, ours."""
    if program:
        return ("-W", "ignore", Path(__file__).with_name("pages.py"), program, store, file)
    return ("-m", "graphmodel", "map", "--quiet", "--force", "--store", store, "-o", file)


def said(seen: Seen) -> dict[str, float | str]:
    """Return what is to be said of a page that does not draw, or not in time."""
    if seen.first is None:
        return {"nothing:": seen.error or f"{LIMIT} s are over"}
    return {} if seen.still else {"stands still": f"not by {LIMIT} s"}


def kilo(content: bytes) -> int:
    """Return how many kB that is."""
    return round(len(content) / 1e3)


def load(given: tuple[str, int, int]) -> tuple[float, None]:
    """Load a network with communities into a store; each alliance is an activity of two organizations."""
    store, organizations, alliances = given
    network, _ = planted(organizations, alliances)
    ties = [(f"a{i}", *sorted(tie)) for i, tie in enumerate(network.edges)]
    with tempfile.TemporaryDirectory() as folder, api.open(store) as graph:
        write(folder, "organizations", ("id", "name", "kind", "country"), map(organization, range(organizations)))
        write(folder, "activities", ("id", "name", "started"), map(activity, range(len(ties))))
        ends = ((end, activity) for activity, *both in ties for end in both)
        write(folder, "participations", ("organization", "activity"), ends)
        seconds, loaded = timed(lambda: graph.load(folder))
    assert not loaded.rejects
    return seconds, None


def organization(number: int) -> tuple[str, str, str, str]:
    """Return id, name, kind and country."""
    name = f"International Council of {number}"
    return f"n{number}", name, KINDS[number % len(KINDS)], COUNTRIES[number % len(COUNTRIES)]


def activity(number: int) -> tuple[str, str, str]:
    """Return id, name and first day."""
    return f"a{number}", f"Activity {number}", f"{2005 + number % 20}-03-01"


def write(folder: str, name: str, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of a tidy folder."""
    with Path(folder, f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def weights(store: str) -> tuple[float, list[int]]:
    """Return the kB of our page, plain and compressed."""
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.groups import fitting
    from graphmodel.viz.html import page

    with api.open(store) as graph:
        network = graph.project().told(api.Test())
    found = communities(network)
    scene = fitting(network, title="Alliances", groups=found.groups, labels=found.labels)
    return timed(lambda: [kilo(page(scene, compress).encode()) for compress in (False, True)])


STEPS = tuple(partial(pages, *size) for size in SIZES)
