"""A graph as people use it: what it holds, what it answers, and all that looks at its network."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import networkx as nx

from graphmodel import analysis, exports, notebook, queries
from graphmodel import network as networks
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.api import analysing, extent, listing, profiles, saved
from graphmodel.api.asking import Asking
from graphmodel.api.comparison import PLACES, Comparison, sides
from graphmodel.api.drawing import Look
from graphmodel.api.drawn import PLAIN, Asked, Map, drawn
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.listed import Listed
from graphmodel.api.listing import Show
from graphmodel.api.narrowing import Narrowing, narrowed, taken
from graphmodel.api.profiles import ActivityProfile, AreaProfile, OrganizationProfile, RegionProfile
from graphmodel.api.projection import Projection
from graphmodel.api.reports import Report, held
from graphmodel.store.base import Progress, no_progress

if TYPE_CHECKING:
    from graphmodel.api.questions import Answer


class Graph(Asking, Listed):
    """A graph in a store. Use it as a context, or close it."""

    def __repr__(self) -> str:
        """Say where it is and how much is in it."""
        return f"Graph at {self.store.address}: {held(self.store)}"

    def _repr_html_(self) -> str:
        """Return where it is and what is in it, for a notebook."""
        return notebook.paragraphs([f"{self!r}."])

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
        self,
        within: Filter = EVERYTHING,
        *,
        significant: bool = False,
        isolates: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> nx.Graph:
        """Return the ties between organizations as a networkx graph; see `graphmodel.network.network`.

        `significant` leaves only those that are more than chance.
        """
        return self.project(within, **narrowing).network(significant=significant, isolates=isolates)

    def map(self, within: Filter = EVERYTHING, look: Look = PLAIN, **asked: Unpack[Asked]) -> Map:
        """Return the map of the alliances, or of what else is asked for. A notebook shows it; `save` writes it.

        Parameters
        ----------
        within : Filter
        look : Look
        asked
            What it shows and how it looks, as keywords, as `color="community"`, `focus="IFLA"`, `region="Africa"`: the
            fields of `Look` and `graphmodel.api.Content`, and the words of a filter.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If a keyword is unknown, two things are asked for that do not go together, or something is not there.

        Examples
        --------
        >>> import tempfile, graphmodel
        >>> with tempfile.TemporaryDirectory() as folder, graphmodel.open(f"{folder}/graph.lbug") as graph:
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

    def analyse(self, name: str, within: Filter = EVERYTHING, *, significant: bool = False, **options: Any) -> Finding:
        """Run an analysis of `graphmodel.analysis` on the network within a filter.

        Parameters
        ----------
        name : str
        within : Filter
        significant : bool
            Only ties that are more than chance; see `graphmodel.api.analysing`.
        options
            Of the analysis; and of the filter, as keywords, those that the analysis does not have itself.

        Raises
        ------
        UsageProblem
            If there is no such analysis, it has no such option, or one has a value that it cannot take.
        """
        own = {option.name for option in analysis.describe(name).parameters}
        projection = self.project(narrowed(within, taken(options, own)))
        return (projection.analyse_significant if significant else projection.analyse)(name, **options)

    def analyse_file(
        self, name: str, path: str | Path, *, significant: bool = False, alone: bool = False, **options: Any
    ) -> Finding:
        """Run an analysis on the ties in a file; see `graphmodel.api.analysing.of_file`.

        Parameters
        ----------
        name : str
        path : path
            A table, or a folder of Parquet files, as `graphmodel alliances -o` writes it.
        significant : bool
            Only ties that the file says are more than chance.
        alone : bool
            Whether the file is enough where nothing was loaded.
        options
            Of the analysis.

        Raises
        ------
        DataProblem
            If the file is no such table, or holds what cannot be.
        UsageProblem
            If the analysis cannot be asked of some ties, and as `analyse`.
        """
        return analysing.of_file(self, name, Path(path), options, significant=significant, alone=alone)

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
            What the question needs, as `organization="IFLA"`; and the words of a filter.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        UsageProblem
            If there is no such question, or something is missing, unknown or cannot be.

        Examples
        --------
        >>> import tempfile, graphmodel
        >>> with tempfile.TemporaryDirectory() as folder, graphmodel.open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     found = graph.ask(1, organization="Rotary International", day="2016-12-13")
        >>> found.sentences[0], found.table["partner"][0]
        ('9 rows.', "Association francophone d'amitie et de liaison")
        """
        from graphmodel.api import questions

        return questions.ask(self, question, within, way, told)

    def export(
        self, form: str, within: Filter | None = None, *, significant: bool = False, **narrowing: Unpack[Narrowing]
    ) -> bytes:
        """Return the alliances within a filter, or without one the whole graph, as a file of another program.

        Parameters
        ----------
        form : str
            graphml, gexf or json; see `graphmodel.exports`.
        within : Filter, optional
        significant : bool
            Only alliances that are more than chance, of the whole network where no filter is given.
        narrowing
            The words of a filter.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        """
        self._refuse_empty()
        if within is None and not narrowing and not significant:
            return exports.FORMATS[form](exports.whole(self.schema, self.store))
        projection = self.project(within or EVERYTHING, **narrowing)
        if not significant:
            projection.weigh(extent.FILES[form])
        return exports.FORMATS[form](projection.network(significant=significant))

    def export_tables(self, folder: Path, form: str = "csv") -> list[str]:
        """Write the whole graph as a folder of tables, which `load` takes back. Return the names of its files.

        Parameters
        ----------
        folder : path
            Where nothing is yet.
        form : str
            csv or parquet; see `graphmodel.exports.tables`.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        """
        self._refuse_empty()
        return exports.write(self.schema, self.store, folder, form)

    def export_import(self, folder: Path) -> list[str]:
        """Write the whole graph as a folder that `neo4j-admin database import` takes. Return the names of its files.

        Parameters
        ----------
        folder : path
            Where nothing is yet; see `graphmodel.exports.neo4j_admin`.

        Raises
        ------
        StoreMissing
            If nothing was loaded yet.
        """
        self._refuse_empty()
        return exports.neo4j_admin.write(self.schema, self.store, folder)
