"""The graph as the pages read it: many readers at once, opened anew once it was changed."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from graphmodel import api
from graphmodel.api import listing
from graphmodel.errors import StoreUnreachable

KEPT = 24  # results that are kept
LOADED = "MATCH (s:Source) RETURN s.id, s.loaded, s.complete ORDER BY s.id"
PATIENCE = 2.0  # seconds for which a server is not asked again whether it was changed


class _Edition:
    """The graph as it was at one time, and what was worked out from it."""

    def __init__(self, graph: api.Graph, version: Hashable) -> None:
        self.graph = graph
        self.version = version
        self.readers = 0
        self.is_current = True
        self.results: OrderedDict[Hashable, Any] = OrderedDict()
        self.working: dict[Hashable, Future[Any]] = {}


@dataclass
class Held:
    """The edition that one request reads, once it has read anything."""

    edition: _Edition | None = None


_HELD: ContextVar[Held | None] = ContextVar("held", default=None)


class Reading:
    """A graph for many readers.

    A store in a file is never changed in place: a load puts a new file there. Whoever reads goes on with the old one,
    and the next request opens the new one; the old one is closed when its last reader has finished. What was worked out
    is kept as long as the graph does not change. Within one request all is of the same edition (`request`).
    """

    def __init__(self, address: str = "", judgements: Path | None = None) -> None:
        """Remember where the graph is; it is opened by the first reader."""
        self.address = address
        self.judgements = judgements
        self._lock = threading.RLock()
        self._edition: _Edition | None = None
        self._looked = float("-inf")
        self._asking = threading.Lock()
        self._trouble: StoreUnreachable | None = None

    @contextmanager
    def graph(self) -> Iterator[api.Graph]:
        """Give the graph as it is now, to be read only, for the time of one request."""
        with self._current() as edition:
            yield edition.graph

    def kept(self, name: Hashable, work: Callable[[api.Graph], Any]) -> Any:
        """Return what some work on the graph gives, done once for all readers; `name` says what and with what."""
        with self._current() as edition:
            with self._lock:
                if name in edition.results:
                    edition.results.move_to_end(name)
                    return edition.results[name]
                is_first = name not in edition.working
                pending = edition.working.setdefault(name, Future())
            if is_first:
                self._work_out(edition, name, work, pending)
            return pending.result()

    def _work_out(
        self, edition: _Edition, name: Hashable, work: Callable[[api.Graph], Any], pending: "Future[Any]"
    ) -> None:
        """Do the work for all who wait. Where it fails it fails for them too; who asks later has it tried again."""
        try:
            result = work(edition.graph)
        except BaseException as error:
            with self._lock:
                edition.working.pop(name)
            pending.set_exception(error)
            return
        with self._lock:
            edition.results[name] = result
            edition.working.pop(name)
            while len(edition.results) > KEPT:
                edition.results.popitem(last=False)
        pending.set_result(result)

    def holds(self, name: Hashable) -> bool:
        """Whether the result of this name is kept, so that it is there at once."""
        with self._current() as edition, self._lock:
            return name in edition.results

    def names(self) -> pl.DataFrame:
        """Return what all nodes are called, to be searched."""
        names: pl.DataFrame = self.kept("names", lambda graph: graph.names())
        return names

    def choices(self) -> api.Choices:
        """Return what a filter can choose from."""
        choices: api.Choices = self.kept("choices", lambda graph: graph.choices())
        return choices

    def projection(self, within: api.Filter) -> api.Projection:
        """Return the organizations tied by what they did together, within a filter."""
        projection: api.Projection = self.kept(("projection", within), lambda graph: graph.project(within))
        return projection

    def alliances(self, within: api.Filter) -> api.Finding:
        """Return the alliances within a filter, tested against chance, with names."""
        found: api.Finding = self.kept(("alliances", within), lambda _: listing.alliances(self.projection(within)))
        return found

    def finding(self, name: str, within: api.Filter, **options: Any) -> api.Finding:
        """Return what an analysis finds within a filter; options are by name, several values of one a tuple."""
        key = ("analysis", name, within, tuple(sorted(options.items())))
        found: api.Finding = self.kept(key, lambda _: self.projection(within).analyse(name, **options))
        return found

    def close(self) -> None:
        """Let go of the graph."""
        with self._lock:
            if self._edition:
                self._retire(self._edition)
            self._edition = None

    def look_again(self) -> None:
        """See at the next reading whether a server was changed, and do not wait."""
        self._looked = float("-inf")

    @contextmanager
    def request(self) -> Iterator["Held"]:
        """Within it every reading is of the same edition of the graph, whatever is loaded meanwhile."""
        held = Held()
        before = _HELD.set(held)
        try:
            yield held
        finally:
            _HELD.reset(before)

    def release(self, held: "Held") -> None:
        """Let go of the edition that a request has read."""
        with self._lock:
            if held.edition:
                held.edition.readers -= 1
                self._close_unread(held.edition)
            held.edition = None

    @contextmanager
    def _current(self) -> Iterator[_Edition]:
        outer = _HELD.get()
        held = outer or Held()
        if held.edition is None:
            self._look()
        with self._lock:
            if held.edition is None:
                held.edition = self._newest()
                held.edition.readers += 1
            edition = held.edition
        try:
            yield edition
        finally:
            if outer is None:
                self.release(held)

    def _newest(self) -> _Edition:
        if self._edition is None:
            self._edition = self._open()
        elif _is_file(self._edition.graph) and self._version(self._edition.graph) != self._edition.version:
            self._retire(self._edition)
            self._edition = self._open()
        return self._edition

    def _open(self) -> _Edition:
        """Open the graph; who asks soon after a server did not answer is told so at once."""
        if self._trouble and time.monotonic() - self._looked <= PATIENCE:
            raise self._trouble
        graph = api.open(self.address, judgements=self.judgements)
        try:
            edition = _Edition(graph, self._version(graph))
        except StoreUnreachable as error:
            self._trouble = error
            graph.close()
            raise
        self._trouble = None
        return edition

    def _look(self) -> None:
        """Ask a server now and then whether it was changed. Others read on meanwhile, for it may not answer.

        After a load of our own (`look_again`) all wait for the answer.
        """
        edition = self._edition
        if edition is None or _is_file(edition.graph) or time.monotonic() - self._looked <= PATIENCE:
            return
        if not self._asking.acquire(blocking=self._looked == float("-inf")):
            return
        try:
            if time.monotonic() - self._looked > PATIENCE and self._version(edition.graph) != edition.version:
                with self._lock:
                    self._retire(edition)
                    self._edition = None
        finally:
            self._asking.release()

    def _version(self, graph: api.Graph) -> Hashable:
        """What differs once the graph or the judgements are changed."""
        judged = _stamp(graph.judgements) if graph.judgements else None
        if _is_file(graph):
            return judged, _stamp(Path(graph.store.address))
        try:
            return judged, graph.store.query(LOADED, {}).rows
        finally:
            self._looked = time.monotonic()

    def _retire(self, edition: _Edition) -> None:
        edition.is_current = False
        self._close_unread(edition)

    def _close_unread(self, edition: _Edition) -> None:
        if not edition.is_current and not edition.readers:
            edition.graph.close()


def _is_file(graph: api.Graph) -> bool:
    return "://" not in graph.store.address


def _stamp(path: Path) -> Hashable:
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
