"""A graph that is asked: questions in Cypher, and the names by which its nodes are found."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from graphmodel import queries, scope
from graphmodel.api import search
from graphmodel.api.choices import Choices, choices
from graphmodel.api.holding import Holding
from graphmodel.queries import Table
from graphmodel.records import ENDS
from graphmodel.resolution import Resolution
from graphmodel.resolution.identity import UNJUDGED
from graphmodel.store.base import UNLIMITED, Limit


class Asking(Holding):
    """A graph in a store, as far as it answers queries and finds nodes by name."""

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
