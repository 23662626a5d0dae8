"""A progress bar for what takes more than a second; on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DELAY = 1.0


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many rows were done; it shows them once a second has passed."""
    if quiet or not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    begun = time.monotonic()
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.completed:,} rows"), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=None)

    def advance(rows: int) -> None:
        bar.advance(task, rows)
        if time.monotonic() - begun > DELAY:
            bar.start()

    try:
        yield advance
    finally:
        bar.stop()
