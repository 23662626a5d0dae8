"""What the benchmark kept, as the tables of README.md."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from rows import duration, figure, ratio

KEPT = Path(__file__).with_suffix(".json")
"""What `scripts/bench H2020.csv.gz --json scripts/benchmarks/measured.json` wrote."""
APART = ("growth", "maps", "layouts")
"""Parts with a table of their own."""
PAGE = ("to the file", "draws", "stands still", "draws anew")

Measured = dict[str, Any]


def machine(kept: Measured) -> str:
    """Return when and on what it was measured."""
    on = kept["machine"]
    return (
        f"Measured on {on['date']}: {on['processor']}, {on['cores']} cores, {on['memory']:.0f} GB, {on['system']}, "
        f"Python {on['python']}.\n"
    )


def _done(kept: Measured, part: str) -> list[Measured]:
    """Return the rows of a part that have figures."""
    return [row for row in kept["rows"] if row["part"] == part and "error" not in row]


def growth(kept: Measured) -> str:
    """Return what commands take for CORDIS and its copies, and how many times that of CORDIS it is."""
    rows = [row for row in _done(kept, "growth") if row["size"] != "x0"]
    sizes = list(dict.fromkeys(row["size"] for row in rows))
    cells = {(row["what"], row["size"]): "; ".join(filter(None, (_figures(row), _grown(row)))) for row in rows}
    lines = [[what, *(cells.get((what, size), "") for size in sizes)] for what in dict.fromkeys(w for w, _ in cells)]
    return _table(["what", *sizes], lines)


def compared(kept: Measured) -> str:
    """Return what was measured once, with its reference beside it."""
    parts = dict.fromkeys(row["part"] for row in kept["rows"] if row["part"] not in APART)
    done = [row for part in parts for row in _done(kept, part)]
    rows = {(row["part"], row["what"], row.get("size", "")): row for row in done}
    references = {(part, row.get("reference"), size) for (part, _, size), row in rows.items()}
    lines = [
        [
            what,
            size,
            _figures(row),
            _named(row, rows.get((part, row.get("reference", ""), size))),
            ratio(row.get("ratio")),
            _answer(row),
        ]
        for (part, what, size), row in rows.items()
        if (part, what, size) not in references
    ]
    return _table(["what", "size", "time, peak memory", "next to", "as long", "answer"], lines)


def maps(kept: Measured) -> str:
    """Return the pages of generated networks: a line for each program."""
    rows = _done(kept, "maps")
    pages: dict[tuple[str, str], dict[str, Measured]] = {}
    for row in rows:
        program, _, what = row["what"].rpartition(": ")
        if what in PAGE:
            pages.setdefault((row["size"], program), {})[what] = row
    return _table(
        ["organizations / alliances", "made by", "to the file", "page", "requests elsewhere", *PAGE[1:]],
        [[size, program, *_page(page)] for (size, program), page in pages.items()],
    )


def _page(page: dict[str, Measured]) -> list[str]:
    file, drawn = (page.get(name, {}) for name in PAGE[:2])
    seen = [duration(page.get(name, {}).get("seconds")) for name in PAGE[1:]]
    told = {**file.get("told", {}), **drawn.get("told", {})}
    return [_figures(file), f"{told.get('kB', 0):,} kB", str(told.get("requests", "")), seen[0] or "nothing", *seen[1:]]


def layouts(kept: Measured) -> str:
    """Return how well layouts show groups and partners, and what they take: a column for each program."""
    rows = _done(kept, "layouts")
    programs = sorted({row["what"] for row in rows}, key=lambda what: (what.startswith("networkx"), what))
    cells = {(row["size"], row["what"]): _layout(row) for row in rows}
    sizes = dict.fromkeys(size for size, _ in cells)
    head = ["organizations / alliances", *("graphmodel" if what == "layout" else what for what in programs)]
    return _table(head, [[size, *(cells.get((size, what), "") for what in programs)] for size in sizes])


def _layout(row: Measured) -> str:
    shares = (figure(value) for value in row.get("told", {}).values())
    return f"{', '.join(shares)} in {duration(row['seconds'])}"


def _figures(row: Measured) -> str:
    """Return time and memory."""
    peak = f"{row['peak']:,.0f} MB" if "peak" in row else ""
    return ", ".join(filter(None, (duration(row.get("seconds")), peak)))


def _grown(row: Measured) -> str:
    return (
        f"{row['growth']:.1f} times" + (f", the pairs {row['pairs']:.1f}" if "pairs" in row else "")
        if "growth" in row
        else ""
    )


def _named(row: Measured, reference: Measured | None) -> str:
    """Return a reference by its name and figures."""
    return f"{reference['what'].removeprefix(row['what'] + ': ')}: {_figures(reference)}" if reference else ""


def _answer(row: Measured) -> str:
    """Return whether the answer is the same, and what is told of it."""
    said = ["the same" if row["same"] else "another"] if "same" in row else []
    return ", ".join([*said, *(f"{name} {figure(value)}" for name, value in row.get("told", {}).items())])


def _table(head: list[str], lines: list[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


TABLES: dict[str, Callable[[Measured], str]] = {
    "machine": machine,
    "growth": growth,
    "compared": compared,
    "maps": maps,
    "layouts": layouts,
}


def tables() -> dict[str, Callable[[], str]]:
    """Return what writes the tables; nothing where nothing was kept."""
    if not KEPT.exists():
        return {}
    kept = json.loads(KEPT.read_text("utf-8"))
    return {name: partial(table, kept) for name, table in TABLES.items()}
