"""What holds up guesses of a password, so that trying words one after the other leads nowhere."""

import math
import time
from collections.abc import Callable

WAITS = (0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60)
"""Seconds for which no password is looked at, after so many wrong ones; after more of them the last."""

FORGOTTEN = 600
"""Seconds after the last wrong password until they are counted from the beginning: longer than any guesser gains by."""


class Brake:
    """Counts the wrong passwords, from wherever they come: whoever guesses may have many addresses.

    Examples
    --------
    >>> brake = Brake(clock=lambda: 0.0)
    >>> for word in range(6):
    ...     brake.wrong()
    >>> brake.wait()
    2
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; `clock` tells the seconds."""
        self._clock = clock
        self._wrong = 0
        self._last = -math.inf

    def wrong(self) -> None:
        """Count a wrong password."""
        now = self._clock()
        before = self._wrong if now - self._last < FORGOTTEN else 0
        self._wrong = min(before + 1, len(WAITS) - 1)
        self._last = now

    def wait(self) -> int:
        """Return for how many seconds from now no password is looked at."""
        return max(0, math.ceil(self._last + WAITS[self._wrong] - self._clock())) if self._wrong else 0
