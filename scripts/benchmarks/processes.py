"""Measures what is done: in this process, in one of its own, or by Python with other words."""

import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Measured = tuple[float, float, Any]
"""Seconds, peak memory in MB, answer."""


def timed(do: Callable[[], Any]) -> tuple[float, Any]:
    """Return seconds and answer."""
    begun = time.perf_counter()
    answer = do()
    return time.perf_counter() - begun, answer


def measured(program: Callable[[Any], tuple[float, Any]], given: Any) -> Measured:
    """Return seconds, peak memory and answer of a program, which tells seconds and answer, in a process of its own.

    This process stays small: what it holds would count as theirs.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_answer, args=(program, given, theirs))
    process.start()
    theirs.close()
    answer: Measured = ours.recv()
    process.join()
    return answer


def _answer(program: Callable[[Any], tuple[float, Any]], given: Any, pipe: Any) -> None:
    seconds, answer = program(given)
    pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, answer))


def run(*words: str | Path) -> tuple[float, float, float]:
    """Return seconds, those of the processor, and peak memory of Python with these words, from its start to its end.

    A small process starts it: a child is told to have had the peak memory of who started it.
    """
    told = subprocess.run([sys.executable, __file__, *words], check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, processor, peak = map(float, told.split())
    return seconds, processor, peak


def main() -> None:
    """Run Python with the words that are given, print what `run` returns."""
    # polars says here how memory is kept, and a child would inherit that
    environment = {name: value for name, value in os.environ.items() if "MALLOC_CONF" not in name}
    command = [sys.executable, *sys.argv[1:]]
    seconds, _ = timed(lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True))
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
