"""The library's door: open a graph, load it, ask it, project it, draw it. The commands call what is here."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import networkx as nx
import polars as pl

from graphmodel import batch as batches
from graphmodel import checks, derived, exports, importers, plan, queries, removal, scope
from graphmodel import network as networks
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.api import listing, sources
from graphmodel.api.demonstration import HUBS, HUBS_LEFT_OUT, load_demonstration
from graphmodel.api.drawing import FORMS, Look, draw, draw_as, large
from graphmodel.api.filter import Filter
from graphmodel.api.listing import Show
from graphmodel.api.projection import Projection
from graphmodel.api.reports import Report, Status, outdated_words
from graphmodel.api.telling import focused
from graphmodel.queries import Table
from graphmodel.records import ENDS, Edge, Node, Record, Reject
from graphmodel.resolution import Resolution, beside
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store import open_store
from graphmodel.store.base import Progress, Store, no_progress, nothing_yet

__all__ = [
    "EVERYTHING",
    "FORMS",
    "HUBS",
    "HUBS_LEFT_OUT",
    "Edge",
    "Filter",
    "Finding",
    "Graph",
    "Look",
    "Node",
    "Projection",
    "Reject",
    "Report",
    "Status",
    "Table",
    "Test",
    "draw",
    "draw_as",
    "focused",
    "large",
    "open",
]

EVERYTHING = Filter()


def open(address: str = "", schema: Schema = SCHEMA, judgements: Path | None = None) -> "Graph":
    """Open the graph at an address: a file, or a Neo4j server. Nothing is read or made until it is needed.

    Parameters
    ----------
    address : str
        A path, `neo4j://HOST` or `bolt://HOST:PORT`; if empty, the environment variable `GRAPHMODEL_STORE`, else
        `graphmodel.lbug` in the current folder.
    schema : Schema
        The model; yours if you have added to it.
    judgements : path
        The file that says which organizations are the same; if not given, the environment variable
        `GRAPHMODEL_JUDGEMENTS`, else `judgements.csv` beside the store.

    Examples
    --------
    >>> open("partners.lbug").store.address
    'partners.lbug'
    """
    named = os.environ.get("GRAPHMODEL_JUDGEMENTS")
    return Graph(open_store(address, schema), judgements or (Path(named) if named else None))


class Graph:
    """A graph in a store. Use it as a context, or close it."""

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
        >>> import tempfile
        >>> from graphmodel.records import Edge, Node
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph.lbug") as graph:
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
        gathered = batches.gather(data, self.schema, source or "python")
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

    def query(self, name: str, **parameters: Any) -> Table:
        """Run a query of the library by its name, with its parameters.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If the query is unknown, or a parameter is unknown, missing or of the wrong type.
        """
        query = queries.find(name, queries.library())
        values = queries.bind(query, parameters)
        self._refuse_empty()
        for item in query.parameters:
            if item.type in queries.LABELS and values[item.name]:
                values[item.name] = self._id(item.type, values[item.name])
        return self._ask(query.text, values)

    def _id(self, label: str, word: str) -> str:
        """Return the id of the one node of a label that goes by this id, name or acronym."""
        type_ = self.schema.node(label)
        nodes = self.store.read(type_, only=("id", "name", "acronym"))
        (found,) = scope.resolve([word], nodes, label)
        return found

    def cypher(self, text: str, **parameters: Any) -> Table:
        """Run your own Cypher; it can only read.

        Raises
        ------
        QueryRefused
            If the engine does not run it, or it would write.
        """
        return self._ask(text, parameters)

    def _ask(self, text: str, parameters: Mapping[str, Any]) -> Table:
        table = self.store.query(text, parameters)
        if not table.rows:
            self._refuse_empty()
        return table

    def _refuse_empty(self) -> None:
        """Refuse a store that nothing was ever loaded into: an empty answer would mislead."""
        if not self.store.count(self.schema.node("Source")):
            raise nothing_yet(self.store.address)

    def project(self, within: Filter = EVERYTHING) -> Projection:
        """Return the organizations tied by what they did together, within a filter."""
        self._refuse_empty()
        if self.judgements is None or not self.judgements.exists():
            return Projection(self.store, within)
        resolved = self.resolution()
        return Projection(self.store, within, resolved.identity, resolved.rejects)

    def resolution(self) -> Resolution:
        """Return the organizations as they were loaded, and the judgements on which of them are the same."""
        self._refuse_empty()
        read = self.store.read
        took_part = read(self.schema.relationship("PARTICIPATED_IN"), only=ENDS)
        regions = read(self.schema.node("Region"), only=("name", "kind"))
        return Resolution(
            read(self.schema.node("Organization")),
            took_part.rename(dict(zip(ENDS, ("organization", "activity"), strict=True))),
            self.judgements,
            places=regions.filter(pl.col("kind").ne_missing("world"))["name"].drop_nulls(),
        )

    def alliances(self, within: Filter = EVERYTHING, test: Test | None = None, show: Show = "all") -> pl.DataFrame:
        """Return the alliances with their figures, tested against chance if a `Test` is given.

        See `graphmodel.api.listing.alliances`.
        """
        return listing.alliances(self.project(within), test, show).table

    def save_alliances(
        self,
        within: Filter = EVERYTHING,
        test: Test | None = STANDARD,
        show: Show = "all",
        *,
        progress: Progress = no_progress,
    ) -> Report:
        """Put the alliances into the graph, in the place of those saved before; see `graphmodel.api.listing.save`."""
        listing.refuse_avoided(show)
        found = listing.alliances(self.project(within), test, show)
        return listing.save(self.store, found, within, test, progress=progress)

    def network(self, within: Filter = EVERYTHING, *, isolates: bool = False) -> nx.Graph:
        """Return the ties between organizations as a networkx graph; see `graphmodel.network.network`."""
        return self.project(within).network(isolates=isolates)

    def network_of(self, name: str, **parameters: Any) -> nx.Graph:
        """Return the rows of a query as a networkx graph: any query that returns `source` and `target`.

        Raises
        ------
        UsageProblem
            As `query`, and if these columns are not among what it returns.
        """
        rows = self.query(name, **parameters).records()
        return networks.rows_to_network(rows, self.store.read(self.schema.node("Organization")).drop("sources"))

    def analyse(self, name: str, within: Filter = EVERYTHING, **options: Any) -> Finding:
        """Run an analysis of `graphmodel.analysis` on the network within a filter.

        Raises
        ------
        UsageProblem
            If there is no such analysis, it has no such option, or one has a value that it cannot take.
        """
        return self.project(within).analyse(name, **options)

    def export(self, form: str, within: Filter | None = None) -> bytes:
        """Return the alliances within a filter, or without one the whole graph, as a file of another program.

        Parameters
        ----------
        form : str
            graphml, gexf or json; see `graphmodel.exports`.
        """
        graph = exports.whole(self.schema, self.store) if within is None else self.network(within)
        return exports.FORMATS[form](graph)

    def export_tidy(self) -> dict[str, bytes]:
        """Return the whole graph as the files of a tidy folder, by name, which `load` takes back."""
        return exports.tidy(self.schema, self.store)
