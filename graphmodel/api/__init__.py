"""The library's door: open a graph, load it, ask it, project it, draw it. The commands call what is here."""

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

import networkx as nx
import polars as pl

from graphmodel import analysis, checks, derived, exports, importers, notebook, plan, queries, removal, scope
from graphmodel import batch as batches
from graphmodel import network as networks
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.api import listing, profiles, saved, search, sources
from graphmodel.api.choices import Choices, choices
from graphmodel.api.comparison import PLACES, Comparison, sides
from graphmodel.api.demonstration import HUBS, HUBS_LEFT_OUT, load_demonstration
from graphmodel.api.drawing import BIPARTITE, FORMS, Look, can_draw, counted, draw, draw_as, large, most_shown
from graphmodel.api.drawn import PLAIN, Asked, Map, drawn, form_of
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.listing import Show
from graphmodel.api.maps import Content, content
from graphmodel.api.narrowing import Narrowing, narrowed, taken
from graphmodel.api.profiles import ActivityProfile, AreaProfile, OrganizationProfile, RegionProfile
from graphmodel.api.projection import Projection
from graphmodel.api.reports import Report, Status, held, outdated_words
from graphmodel.api.telling import focused
from graphmodel.queries import Table
from graphmodel.records import ENDS, Edge, Node, Record, Reject
from graphmodel.resolution import Resolution, beside
from graphmodel.resolution.identity import UNJUDGED
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store import open_store
from graphmodel.store.base import UNLIMITED, Limit, Progress, Store, no_progress, nothing_yet

if TYPE_CHECKING:
    from graphmodel.api.questions import Answer

__all__ = [
    "BIPARTITE",
    "EVERYTHING",
    "FORMS",
    "HUBS",
    "HUBS_LEFT_OUT",
    "ActivityProfile",
    "AreaProfile",
    "Choices",
    "Comparison",
    "Content",
    "Edge",
    "Filter",
    "Finding",
    "Graph",
    "Limit",
    "Look",
    "Map",
    "Narrowing",
    "Node",
    "OrganizationProfile",
    "Projection",
    "RegionProfile",
    "Reject",
    "Report",
    "Status",
    "Table",
    "Test",
    "can_draw",
    "content",
    "counted",
    "draw",
    "draw_as",
    "focused",
    "form_of",
    "large",
    "most_shown",
    "open",
]


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

    def __repr__(self) -> str:
        """Say where it is and how much is in it."""
        return f"Graph at {self.store.address}: {held(self.store)}"

    def _repr_html_(self) -> str:
        """Return where it is and what is in it, for a notebook."""
        return notebook.paragraphs([f"{self!r}."])

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

    def query(self, name: str, limit: Limit = UNLIMITED, /, **parameters: Any) -> Table:
        """Run a query of the library by its name, with its parameters, as far as a limit lets it.

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
        return self._ask(query.text, values, limit)

    def _id(self, label: str, word: str) -> str:
        """Return the id of the one node of a label that goes by this id, name or acronym."""
        type_ = self.schema.node(label)
        nodes = self.store.read(type_, only=("id", "name", "acronym"))
        (found,) = scope.resolve([word], nodes, label)
        return found

    def cypher(self, text: str, limit: Limit = UNLIMITED, /, **parameters: Any) -> Table:
        """Run your own Cypher; it can only read.

        Parameters
        ----------
        text : str
        limit : Limit
            How many rows and seconds it may take.
        parameters
            By their names, without $.

        Raises
        ------
        QueryRefused
            If the engine does not run it, it would write or reach beyond the graph, or its time has run out.
        """
        return self._ask(text, parameters, limit)

    def _ask(self, text: str, parameters: Mapping[str, Any], limit: Limit) -> Table:
        table = self.store.query(text, parameters, limit)
        if not table.rows:
            self._refuse_empty()
        return table

    @property
    def is_empty(self) -> bool:
        """Whether nothing was loaded yet."""
        return not self.store.count(self.schema.node("Source"))

    def _refuse_empty(self) -> None:
        """Refuse a store that nothing was ever loaded into: an empty answer would mislead."""
        if self.is_empty:
            raise nothing_yet(self.store.address)

    def project(self, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]) -> Projection:
        """Return the organizations tied by what they did together, within a filter.

        Parameters
        ----------
        within : Filter
        narrowing
            The same as keywords, as `region="Africa"`: see `graphmodel.api.Narrowing`. All that takes a filter, does.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If the filter names what is not there, or a keyword is unknown.
        """
        within = narrowed(within, narrowing)
        self._refuse_empty()
        if self.judgements is None or not self.judgements.exists():
            return Projection(self.store, within)
        resolved = self.resolution()
        return Projection(self.store, within, resolved.identity, resolved.rejects)

    def organization(
        self, word: str, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]
    ) -> OrganizationProfile:
        """Return all that is known of an organization; see `graphmodel.api.profiles.organization`."""
        return profiles.organization(self, self.project(within, **narrowing), word)

    def activity(self, word: str) -> ActivityProfile:
        """Return all that is known of an activity; see `graphmodel.api.profiles.activity`."""
        return profiles.activity(self, self.project(), word)

    def region(self, word: str, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]) -> RegionProfile:
        """Return all that is known of a region; see `graphmodel.api.profiles.region`."""
        return profiles.region(self, self.project(within, **narrowing), word)

    def area(self, word: str, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]) -> AreaProfile:
        """Return all that is known of a competence area; see `graphmodel.api.profiles.area`."""
        return profiles.area(self, self.project(within, **narrowing), word)

    def compare(
        self, first: str, second: str, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]
    ) -> Comparison:
        """Return two projections: in two years or spans of years, in two regions, or on two competence areas.

        Parameters
        ----------
        first, second : str
            2015, 2010-2014 or 2010..2014; the id, name or acronym of a region or a competence area.
        within : Filter
            What holds for both.

        Raises
        ------
        UsageProblem
            If they are unknown, not of one sort or the same, or do not go with the filter.
        """
        self._refuse_empty()
        places = {label: self.store.read(self.schema.node(label)) for label in PLACES}
        one, other, by = sides(first, second, narrowed(within, narrowing), places)
        return Comparison((one.name, other.name), (self.project(one.within), self.project(other.within)), by)

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

    def choices(self) -> Choices:
        """Return what a filter can choose from: regions, competence areas, kinds, roles, years.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        """
        self._refuse_empty()
        return choices(self.store)

    def names(self) -> pl.DataFrame:
        """Return what all nodes are called, for `graphmodel.api.search.search`; to be kept by whoever searches often.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        """
        self._refuse_empty()
        judged = self.judgements is not None and self.judgements.exists()
        return search.names(self.store, self.resolution().identity if judged else UNJUDGED)

    def search(self, text: str, label: str = "", most: int = search.MOST) -> pl.DataFrame:
        """Return the nodes that a text could mean, of all labels or one; see `graphmodel.api.search.search`."""
        return search.search(self.names(), text, label, most)

    def alliances(
        self,
        within: Filter = EVERYTHING,
        test: Test | None = None,
        show: Show = "all",
        **narrowing: Unpack[Narrowing],
    ) -> pl.DataFrame:
        """Return the alliances with their figures, the strongest first.

        They are tested against chance if a `Test` is given, or if only those are to be shown that a test tells. See
        `graphmodel.api.listing.alliances` for the columns.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     found = graph.alliances(region="Africa", exclude=["UNESCO", "lc"], since=2014)
        >>> found["source_name", "target_name", "shared"].row(0)
        ('International Federation of Library Associations and Institutions', 'MASA Festival', 1)
        """
        if test is None and show != "all":
            test = STANDARD
        return listing.alliances(self.project(within, **narrowing), test, show).table

    def save_alliances(
        self,
        within: Filter = EVERYTHING,
        test: Test | None = STANDARD,
        show: Show = "all",
        *,
        progress: Progress = no_progress,
        **narrowing: Unpack[Narrowing],
    ) -> Report:
        """Put the alliances into the graph, in the place of those saved before; see `graphmodel.api.listing.save`."""
        listing.refuse_avoided(show)
        within = narrowed(within, narrowing)
        found = listing.alliances(self.project(within), test, show)
        return listing.save(self.store, found, within, test, progress=progress)

    def network(
        self, within: Filter = EVERYTHING, *, isolates: bool = False, **narrowing: Unpack[Narrowing]
    ) -> nx.Graph:
        """Return the ties between organizations as a networkx graph; see `graphmodel.network.network`."""
        return self.project(within, **narrowing).network(isolates=isolates)

    def map(self, within: Filter = EVERYTHING, look: Look = PLAIN, **asked: Unpack[Asked]) -> Map:
        """Return the map of the alliances, or of what else is asked for. A notebook shows it; `save` writes it.

        Parameters
        ----------
        within : Filter
        look : Look
        asked
            What it shows and how it looks, as keywords, as `color="community"`, `focus="ICOM"`, `region="Africa"`: the
            fields of `Look` and `graphmodel.api.Content`, and the words of a filter.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If a keyword is unknown, two things are asked for that do not go together, or something is not there.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     graph.map(exclude=["UNESCO", "lc"], color="country", focus="Rotary International")
        Map of 11 organizations, 48 alliances
        """
        self._refuse_empty()
        return drawn(self, within, look, asked)

    def network_of(self, name: str, **parameters: Any) -> nx.Graph:
        """Return the rows of a query as a networkx graph: any query that returns `source` and `target`.

        Raises
        ------
        UsageProblem
            As `query`, and if these columns are not among what it returns.
        """
        rows = self.query(name, **parameters).records()
        made = networks.rows_to_network(rows, self.store.read(self.schema.node("Organization")).drop("sources"))
        asked = (f"{parameter} = {value}" for parameter, value in sorted(parameters.items()))
        made.graph["parameters"] = (f"query {queries.find(name, queries.library()).name}", *asked)
        return made

    def network_of_file(self, path: Path, *, alone: bool = False) -> nx.Graph:
        """Return the ties in a file as a networkx graph, with what the store knows of the organizations.

        See `graphmodel.api.saved.network_of`.

        Parameters
        ----------
        path : path
            A table with the columns source and target, as `graphmodel alliances -o` writes it.
        alone : bool
            Whether the file is enough where nothing was loaded.

        Raises
        ------
        DataProblem
            If the file is no such table, or holds what cannot be; the message names line and column.
        StoreMissing
            If nothing was loaded yet, unless the file is enough.
        """
        if alone and self.is_empty:
            return saved.network_of(path)
        return self.project().network_of(path)

    def analyse(self, name: str, within: Filter = EVERYTHING, **options: Any) -> Finding:
        """Run an analysis of `graphmodel.analysis` on the network within a filter.

        Parameters
        ----------
        name : str
        within : Filter
        options
            Of the analysis; and of the filter, as keywords, those that the analysis does not have itself.

        Raises
        ------
        UsageProblem
            If there is no such analysis, it has no such option, or one has a value that it cannot take.
        """
        own = {option.name for option in analysis.describe(name).parameters}
        return self.project(narrowed(within, taken(options, own))).analyse(name, **options)

    def ask(self, question: int | str, within: Filter = EVERYTHING, *, way: int = 1, **told: Any) -> "Answer":
        """Answer one of the questions of `graphmodel ask`.

        Parameters
        ----------
        question : int or str
            Its number, or words of it.
        within : Filter
        way : int
            Which of its answers, where it has two: 1 or 2.
        told
            What the question needs, as `organization="ICOM"`; and the words of a filter.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If there is no such question, or something is missing, unknown or cannot be.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     found = graph.ask(1, organization="Rotary International", day="2016-12-13")
        >>> found.sentences[0], found.table["partner"][0]
        ('9 rows.', "Association francophone d'amitie et de liaison")
        """
        from graphmodel.api import questions

        return questions.ask(self, question, within, way, told)

    def export(self, form: str, within: Filter | None = None, **narrowing: Unpack[Narrowing]) -> bytes:
        """Return the alliances within a filter, or without one the whole graph, as a file of another program.

        Parameters
        ----------
        form : str
            graphml, gexf or json; see `graphmodel.exports`.
        """
        whole = within is None and not narrowing
        graph = exports.whole(self.schema, self.store) if whole else self.network(within or EVERYTHING, **narrowing)
        return exports.FORMATS[form](graph)

    def export_tidy(self) -> dict[str, bytes]:
        """Return the whole graph as the files of a tidy folder, by name, which `load` takes back."""
        return exports.tidy(self.schema, self.store)
