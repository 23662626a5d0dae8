"""How long the command takes to answer at all."""

import subprocess
import sys
from collections.abc import Iterator

from given import Given
from processes import repeated
from rows import Row

RUNS = 5
NOTHING = "python that does nothing"


def help_(given: Given) -> Iterator[Row]:
    """`graphmodel --help` next to a Python that does nothing."""
    yield Row(NOTHING, seconds=_seconds("-c", "pass"))
    yield Row("graphmodel --help", seconds=_seconds("-m", "graphmodel", "--help"), reference=NOTHING)


def _seconds(*words: str) -> float:
    return repeated(lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True), RUNS)[0]


STEPS = (help_,)
