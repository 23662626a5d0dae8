"""Progress bars for what takes more than a second; on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

DELAY = 1.0


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many rows were done; it shows them once a second has passed."""
    with stages(what, quiet=quiet) as (advance,):
        yield advance


@contextmanager
def stages(*names: str, quiet: bool) -> Iterator[list[Callable[[int], None]]]:
    """Yield such a function for each stage of what is done; the bar of a stage is there once it has begun."""
    if quiet or not sys.stderr.isatty():
        yield [lambda rows: None for _ in names]
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    begun = time.monotonic()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    bars = Progress(*columns, console=Console(stderr=True), transient=True)

    def advance(task: TaskID, rows: int) -> None:
        bars.start_task(task)
        bars.update(task, advance=rows, visible=True)
        if time.monotonic() - begun > DELAY:
            bars.start()

    try:
        yield [partial(advance, bars.add_task(name, total=None, start=False, visible=False)) for name in names]
    finally:
        bars.stop()
