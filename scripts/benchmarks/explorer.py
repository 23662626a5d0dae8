"""How quickly the explorer answers: one reader, page after page, and fifty at once while another process loads."""

import http.client
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from given import Given
from processes import Failed, run, timed, tree_memory
from rows import Row

SIZE = "x2"
"""134,644 organizations and activities."""
ORGANIZATION, ACTIVITY = "999997930-0", "193159-0"
PAGES = {
    "home": "/",
    "search": "/search?text=99999",
    "organization in the most activities": f"/organization?id={ORGANIZATION}",
    "activity": f"/activity?id={ACTIVITY}",
    "organizations": "/organizations",
    "alliances": "/alliances",
    "questions": "/questions",
    "sources": "/sources",
}
LATER = {
    "home, what comes after it": "/?whole=1",
    "organizations, what comes after": "/organizations?whole=1",
    "alliances, what comes after": "/alliances?whole=1",
}
"""What such a page shows once it is there: it is worked out when it is asked for first, and kept."""
TURNS, READERS, ROUNDS = 5, 50, 8


@dataclass(frozen=True)
class Explorer:
    """An explorer that runs, and who may read it."""

    process: "subprocess.Popen[bytes]"
    port: int
    cookie: str

    def get(self, path: str) -> int:
        """Ask for a page, return the status."""
        return _get(self.port, path, {"Cookie": self.cookie}).status


def pages(given: Given) -> Iterator[Row]:
    """Each page for one reader; the first answer of all, and the median of some."""
    with exploring(given.store(SIZE)) as explorer:
        for what, path in (PAGES | LATER).items():
            found = [timed(partial(explorer.get, path)) for _ in range(TURNS)]
            seconds = [second for second, _ in found]
            told = {"first answer s": seconds[0], "slowest later s": max(seconds[1:])}
            same = {status for _, status in found} == {200}
            yield Row(f"page: {what}", SIZE, statistics.median(seconds), same=same, told=told)
        yield Row("its process after that", SIZE, peak=tree_memory(explorer.process.pid))


def readers(given: Given) -> Iterator[Row]:
    """Many readers at once, while another process loads the same network again."""
    store, data = given.store(SIZE), given.data(SIZE)
    paths = [path for path in PAGES.values() for _ in range(READERS * ROUNDS // len(PAGES))]
    with exploring(store) as explorer, ThreadPoolExecutor(READERS + 1) as pool:
        loading = pool.submit(run, "-m", "graphmodel", "load", data, "--prune", "--quiet", "--store", store)
        found = list(pool.map(lambda path: timed(partial(explorer.get, path)), paths))
        loading.result()
        seconds = [second for second, _ in found]
        failed = sum(status != 200 for _, status in found)
        told = {"answers": len(found), "failed": failed, "slowest s": max(seconds)}
        peak = tree_memory(explorer.process.pid)
        yield Row(
            f"answer to {READERS} readers during a load", SIZE, statistics.median(seconds), peak, "", not failed, told
        )


@contextmanager
def exploring(store: Path) -> Iterator[Explorer]:
    """Run the explorer of a store."""
    command = [sys.executable, "-m", "graphmodel", "explore", "--no-open", "--store", str(store), "--read-only"]
    with tempfile.NamedTemporaryFile() as said, subprocess.Popen(command, stderr=said) as process:
        try:
            port, token = _address(process, Path(said.name))
            welcome = _get(port, f"/{token}", {})
            yield Explorer(process, port, welcome.headers["set-cookie"].partition(";")[0])
        finally:
            process.send_signal(signal.SIGINT)


def _address(process: "subprocess.Popen[bytes]", said: Path) -> tuple[int, str]:
    """Wait until an explorer says where it is."""
    while process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/(\?token=[\w-]+)", said.read_text()):
            return int(found[1]), found[2]
        time.sleep(0.05)
    raise Failed(said.read_text())


def _get(port: int, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


STEPS = (pages, readers)
