"""A graph in its store: what goes in, what comes out, what is in it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from graphmodel import batch as batches
from graphmodel import checks, derived, importers, plan, removal
from graphmodel.api import sources
from graphmodel.api.demonstration import load_demonstration
from graphmodel.api.reports import Report, Status, outdated_words
from graphmodel.records import Record, Rows
from graphmodel.resolution import beside
from graphmodel.store.base import Progress, Store, no_progress, nothing_yet


class Holding:
    """A graph in a store, as far as it is kept: loaded, told of, checked, taken out."""

    def __init__(self, store: Store, judgements: Path | None = None) -> None:
        """Take a store and a file of judgements; `open` finds them."""
        self.judgements = judgements or beside(store.address)
        self.store = store
        self.schema = store.schema

    def __enter__(self) -> Self:
        """Return the graph itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def load(
        self,
        data: str | Path | Iterable[Record],
        *,
        source: str = "",
        mapping: str | Path = "",
        prune: bool = False,
        force: bool = False,
        dry_run: bool = False,
        progress: Progress = no_progress,
        reading: Progress = no_progress,
    ) -> Report:
        """Load files, or records made in Python, all or nothing. The same data twice changes nothing.

        Parameters
        ----------
        data : path or iterable of records
            A tidy folder or workbook, an IATI file, a mapping that names its data, with `mapping` any table; or `Node`
            and `Edge` of `graphmodel.records`.
        source : str
            The source of rows that name none: the mapping's, the name of the file or folder, or "python", if not given.
        mapping : str or path
            Which columns of a table are what: a mapping file, or the name of a mapping that comes with graphmodel.
        prune : bool
            Also remove what the sources of this load said before and no longer say. Not after a reject, and not if the
            data hold nothing, unless `force`.
        dry_run : bool
            Only tell what would change.
        progress : function of int
            Told the number of rows after each step of writing.
        reading : function of int
            Told the number of rows after each step of reading.

        Returns
        -------
        Report
            Counts by type, and the rows that could not be taken; those that could are in the graph.

        Raises
        ------
        DataProblem
            If a file cannot be read at all; nothing has changed then.
        StoreProblem
            If the store cannot be written; on the embedded engine nothing has changed then.

        Examples
        --------
        >>> import tempfile, graphmodel
        >>> from graphmodel.records import Edge, Node
        >>> with tempfile.TemporaryDirectory() as folder, graphmodel.open(f"{folder}/graph.lbug") as graph:
        ...     report = graph.load([
        ...         Node("Organization", "exo", {"name": "Example"}),
        ...         Node("Activity", "fair", {"name": "Book fair"}),
        ...         Edge("PARTICIPATED_IN", "exo", "fair", {"role": "host"}),
        ...     ])
        >>> report.changes, report.rejects
        (4, ())
        """
        if isinstance(data, str | Path):
            source, data = importers.read(Path(data), self.schema, source, str(mapping))
        gathered = batches.gather(_told(data, reading), self.schema, source or "python")
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        made = plan.make(gathered, self.schema, self.store, now)
        note = "" if force or not prune else removal.refusal(made, gathered)
        if prune and not note:
            made = removal.prune(made, gathered, self.schema, self.store, source or "python", now)
        made = derived.outdated(made, self.store)
        if len(made) and not dry_run:
            self.store.write(made, progress)
        return Report.of(made, note, (*map(str, gathered.notices), *outdated_words(derived.marks(made))))

    def load_demonstration(self, *, progress: Progress = no_progress) -> Report:
        """Load the UNESCO partner network that comes with graphmodel.

        Raises
        ------
        StoreForeign
            If the store holds other data.
        """
        return load_demonstration(self, progress)

    def sources(self) -> pl.DataFrame:
        """Return the sources, with what each of them claims; see `graphmodel.api.sources.sources`."""
        return sources.sources(self.store)

    def remove(self, source: str, *, dry_run: bool = False, progress: Progress = no_progress) -> Report:
        """Take out what only one source said; see `graphmodel.api.sources.remove`."""
        return sources.remove(self.store, source, dry_run=dry_run, progress=progress)

    def check(self, name: str = "") -> pl.DataFrame:
        """Return what is suspicious, by one check or by all: level, check, label, id, name, found.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If there is no such check.
        """
        self._refuse_empty()
        return checks.find(self.schema, self.store, name)

    def status(self) -> Status:
        """Return what the store holds: the number of elements of each type, and the sources.

        Raises
        ------
        StoreMissing
            If there is nothing yet.
        """
        self._refuse_empty()
        counts = {type_.title: self.store.count(type_) for type_ in self.schema}
        sources = self.store.read(self.schema.node("Source"))
        return Status(self.store.address, counts, sources, derived.stale(self.schema, self.store))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was loaded yet."""
        return not self.store.count(self.schema.node("Source"))

    def _refuse_empty(self) -> None:
        """Refuse a store that nothing was ever loaded into: an empty answer would mislead."""
        if self.is_empty:
            raise nothing_yet(self.store.address)


def _told(records: Iterable[Record], reading: Progress) -> Iterator[Record]:
    """Pass on records, and tell how many rows they are."""
    for record in records:
        if isinstance(record, Rows):
            reading(len(record.frame))
        yield record
