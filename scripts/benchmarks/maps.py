"""Times the map on generated networks next to other programs that draw them, and measures its layout, in one run.

Usage: maps.py

Pages: each line is a program. Its seconds, those of the processor and its peak memory are of a whole process, from the
store to the file; what is in parentheses is the ratio to the least that could do it: a query, and a page of lines and
dots on a canvas. The page is opened in Chromium, from the file and offline: how many requests it makes to other hosts,
seconds until it draws anything and until it stands still, and what drawing all of it anew takes.

Layouts: seconds, the share of the ten nearest organizations that are of the same group, and the share of partners that
are among the ten nearest. Groups are those that the networks were made with.
"""

import csv
import gzip
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import networkx as nx
from browsing import LIMIT, Seen, browser, look
from processes import measured, run, timed

from graphmodel import api
from graphmodel.viz.groups import WHOLE
from tests.planted import by_degree, of_one_group, partners_near, planted

SIZES = ((100, 300), (500, 2_000), (2_000, 8_000), (5_000, 20_000))
DRAWN, LAID_OUT = 500, 2_000
"""Organizations up to which the others draw, and lay out: they would take many minutes for more."""
KINDS = ("ngo", "foundation", "government", "company")
COUNTRIES = ("BR", "DE", "FR", "IN", "JP", "KE", "PL", "US")
OTHERS = {
    "pyvis": "pyvis, as it comes",
    "pyvis-whole": "pyvis, in_line",
    "pyvis-still": "pyvis, in_line, no physics",
    "gravis": "gravis.vis",
}
IMPORT = "import time, networkx; t = time.perf_counter(); import pyvis.network; print(time.perf_counter() - t)"
WIDTHS = (12, 15, 11, 10, 10, 10, 9, 18, 16)

Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Made:
    """The seconds, those of the processor and MB that a page took to make, the page, and what is seen of it."""

    seconds: float
    processor: float
    peak: float
    page: bytes
    seen: Seen


def main() -> None:
    """Measure, print a line a program."""
    with tempfile.TemporaryDirectory() as name:
        for size in SIZES:
            measure_pages(Path(name), *size)
    for size in SIZES:
        measure_layouts(*size)


def measure_pages(folder: Path, organizations: int, alliances: int) -> None:
    """The least page of a network, ours, and those of others."""
    store = f"{folder}/{organizations}.lbug"
    measured(load, (store, organizations, alliances))
    head = ("to the file", "processor", "peak", "page", "gzipped", "requests", "draws", "stands still", "draws anew")
    line(f"\n{organizations:,} organizations, {alliances:,} alliances", *head)
    least = made(folder, store, "bare")
    report("bare: a query, lines and dots", least, least)
    whole = "" if organizations <= WHOLE else ", opens on groups"
    report(f"graphmodel map{whole}", made(folder, store, "graphmodel"), least)
    imported = float(subprocess.check_output([sys.executable, "-c", IMPORT]))
    _, _, (plain, packed) = measured(sizes, store)
    line(f"  import of pyvis {imported:.2f} s; page plain {plain / 1e3:,.0f} kB, compressed {packed / 1e3:,.0f} kB")
    for program, what in OTHERS.items() if organizations <= DRAWN else ():
        report(what, made(folder, store, program), least)


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


def made(folder: Path, store: str, program: str) -> Made:
    """Make the page of a store by a program, and look at it."""
    file, ours = folder / "map.html", program == "graphmodel"
    others = ("-W", "ignore", Path(__file__).with_name("pages.py"), program, store, file)
    words = ("-m", "graphmodel", "map", "--quiet", "--force", "--store", store, "-o", file) if ours else others
    figures = run(*words)
    with browser() as chromium:
        return Made(*figures, file.read_bytes(), look(chromium, file, says_ready=ours))


def sizes(store: str) -> tuple[float, list[int]]:
    """Return the bytes of our page, plain and compressed."""
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.groups import fitting
    from graphmodel.viz.html import page

    with api.open(store) as graph:
        network = graph.project().told(api.Test())
    found = communities(network)
    scene = fitting(network, title="Alliances", groups=found.groups, labels=found.labels)
    return timed(lambda: [len(page(scene, compress).encode()) for compress in (False, True)])


def report(what: str, made: Made, least: Made) -> None:
    """Print a line, with ratios to the least that could do it."""
    line(
        what,
        f"{made.seconds:.2f} s",
        to_least(made.processor, least.processor, ".2f", "s"),
        f"{made.peak:,.0f} MB",
        f"{len(made.page) / 1e3:,.0f} kB",
        f"{len(gzip.compress(made.page)) / 1e3:,.0f} kB",
        str(made.seen.requests),
        *told(made.seen, least.seen),
    )


def told(seen: Seen, least: Seen) -> list[str]:
    """Return what is to be said of what a page draws."""
    if seen.first is None:
        return [f"   nothing: {seen.error or f'{LIMIT} s are over'}"]
    if seen.still is None or seen.frame is None:
        return [f"{seen.first:.2f} s", f"not by {LIMIT} s"]
    still, frame = to_least(seen.still, least.still, ".2f", "s"), to_least(seen.frame, least.frame, ".0f", "ms")
    return [f"{seen.first:.2f} s", still, frame]


def to_least(figure: float, least: float | None, form: str, unit: str) -> str:
    """Return a figure, and its ratio to the least."""
    assert least
    return f"{figure:{form}} {unit} ({figure / least:.1f})"


def measure_layouts(organizations: int, alliances: int) -> None:
    """Our layout next to those of networkx."""
    network, groups = planted(organizations, alliances)
    line(f"\nlayout of {organizations:,}, {alliances:,}", "seconds", "group", "partners")
    for what, layout in LAYOUTS.items():
        if what == "graphmodel" or organizations <= LAID_OUT:
            seconds, places = timed(partial(layout, network))
            shares = of_one_group(places, groups), partners_near(places, network)
            line(what, f"{seconds:.2f} s", *(f"{share:.3f}" for share in shares))


def ours(network: nx.Graph) -> Places:
    """Our layout, by the groups that we find; those that are there are for the measures only."""
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.layout import layout

    return layout(network, communities(network).groups, by_degree(network))


LAYOUTS: dict[str, Callable[[nx.Graph], Places]] = {
    "graphmodel": ours,
    "networkx.spring_layout": partial(nx.spring_layout, seed=1),
    "networkx.forceatlas2_layout": partial(nx.forceatlas2_layout, seed=1),
}


def line(what: str, *cells: str) -> None:
    """Print a line of a table."""
    aligned = (f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=False))
    print(f"{what:36}{''.join(aligned)}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
