"""Measures what is done: in this process, in one of its own, or by Python with other words."""

import json
import multiprocessing
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

Measured = tuple[float, float, Any]
"""Seconds, peak memory in MB, answer."""

LIMIT = 480
"""Seconds after which a process is ended."""
MEMORY = 0.7 * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**20
"""MB of a process and its children beyond which they are ended: the machine shall live."""
LOOK = 0.1
"""Seconds from one look at their memory to the next."""


class Failed(Exception):
    """What was measured came to no end; its last words."""


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Return seconds and answer."""
    begun = time.perf_counter()
    answer = do()
    return time.perf_counter() - begun, answer


def repeated(do: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """Return the median of the seconds, and the last answer; one run before them does not count."""
    do()
    found = [timed(do) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in found), found[-1][1]


def measured(program: Callable[[Any], tuple[float, Any]], given: Any = None) -> Measured:
    """Return seconds, peak memory and answer of a program, which tells seconds and answer, in a process of its own.

    Raises
    ------
    Failed
        If the program fails, or is not done in time.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(program, given, theirs))
    process.start()
    theirs.close()
    try:
        answer: Measured | str = ours.recv() if ours.poll(LIMIT) else f"not done in {LIMIT} s"
    except EOFError:
        answer = "its process ended without an answer"
    process.kill()  # it has said all that it had to say
    process.join()
    if isinstance(answer, str):
        raise Failed(answer)
    return answer


def _answer(program: Callable[[Any], tuple[float, Any]], given: Any, pipe: Any) -> None:
    try:
        seconds, answer = program(given)
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
    else:
        pipe.send((seconds, _own_peak(), answer))


def _own_peak() -> float:
    """Return the peak of this process in MB, where the system tells it; else with that of who started it."""
    told = Path("/proc/self/status")
    for line in told.read_text().splitlines() if told.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(*words: str | Path) -> tuple[float, float, float]:
    """Return seconds, those of the processor, and peak memory of Python with these words, from its start to its end.

    The memory is that of all its processes together, as far as one can look at them, else of the largest. A small
    process starts it: a child is told to have had the peak memory of who started it.

    Raises
    ------
    Failed
        If it fails, takes too long or too much memory.
    """
    told = subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(told)
    if isinstance(found, str):
        raise Failed(found)
    return found["seconds"], found["processor"], found["peak"]


def main() -> None:
    """Run Python with the words that are given, print what `run` returns or why it did not come to its end."""
    try:
        print(json.dumps(_watched([sys.executable, *sys.argv[1:]])))
    except Failed as failed:
        print(json.dumps(str(failed)))


def _watched(command: list[str]) -> dict[str, float]:
    """Run a command, its memory watched."""
    # polars says here how memory is kept, and a child would inherit that
    environment = {name: value for name, value in os.environ.items() if "MALLOC_CONF" not in name}
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=words, start_new_session=True
        )
        try:
            peak = max(_memory(process, begun))
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        seconds = time.perf_counter() - begun
        if process.returncode:
            words.seek(0)
            raise Failed(words.read().decode(errors="replace").strip()[-400:] or f"exit status {process.returncode}")
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"seconds": seconds, "processor": usage.ru_utime + usage.ru_stime, "peak": max(peak, usage.ru_maxrss / 1024)}


def _memory(process: "subprocess.Popen[bytes]", begun: float) -> Iterator[float]:
    """Yield the MB of a process and its children until it ends."""
    yield 0
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK)
            return
        if time.perf_counter() - begun > LIMIT:
            raise Failed(f"not done in {LIMIT} s")
        taken = tree_memory(process.pid)
        if taken > MEMORY:
            raise Failed(f"took more than {MEMORY:,.0f} MB")
        yield taken


def tree_memory(root: int) -> float:
    """Return the MB that a process and all below it hold; 0 where the system does not tell."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):  # it has ended
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            parents[int(folder.name)], pages[int(folder.name)] = int(fields[1]), int(fields[21])
    below = {root}
    for process in sorted(parents):  # a child is mostly younger
        if parents[process] in below:
            below.add(process)
    return sum(pages.get(process, 0) for process in below) * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
