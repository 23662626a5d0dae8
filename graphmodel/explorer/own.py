"""A query that the reader wrote, as the address of its page has it."""

import shlex
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

import polars as pl
from starlette.datastructures import QueryParams

from graphmodel import api, syntax
from graphmodel.api.questions import Answer, Question, Way
from graphmodel.errors import UsageProblem
from graphmodel.explorer.parameters import BEFORE, value
from graphmodel.explorer.reading import Reading
from graphmodel.network import ENDS

SECONDS = 10.0  # for which a query may run
AT_ONCE = threading.BoundedSemaphore(8)  # queries that run at a time: pages have to be answered meanwhile
ROWS = (100, 1_000, 10_000)  # of which one is chosen
USUAL = 1_000


@dataclass(frozen=True)
class Result:
    """The rows of a query, and whether there are more."""

    table: pl.DataFrame
    is_cut: bool

    @property
    def is_graph(self) -> bool:
        """Whether its rows are ties, which can be drawn."""
        return set(ENDS) <= set(self.table.columns)


@dataclass(frozen=True)
class Own:
    """A query that the reader wrote.

    Attributes
    ----------
    said : mapping of str to str
        The values of its parameters as they were written.
    rows : int
        How many it may return.
    """

    cypher: str
    said: Mapping[str, str]
    rows: int

    @classmethod
    def of(cls, parameters: QueryParams) -> Self:
        """Read it out of an address."""
        cypher = parameters.get("cypher", "").replace("\r\n", "\n")
        said = {name: parameters.get(BEFORE + name, "") for name in syntax.parameters(cypher)}
        rows = parameters.get("rows", "")
        return cls(cypher, said, int(rows) if rows in map(str, ROWS) else USUAL)

    @property
    def question(self) -> Question:
        """What it is called where it is drawn."""
        return Question(0, "The rows of a query", ())

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the address beside the filter."""
        values = {BEFORE + name: text for name, text in self.said.items()}
        return {"cypher": self.cypher, "rows": self.rows if self.rows != USUAL else None, **values}

    def run(self, reading: Reading) -> Result:
        """Run it, once for all readers.

        Raises
        ------
        QueryRefused
            If the engine does not run it, it would write or reach beyond the graph, or its time has run out.
        UsageProblem
            If too many others run.
        """

        def work(graph: api.Graph) -> Result:
            values = {name: value(text) for name, text in self.said.items()}
            with _one_more():
                table = graph.cypher(self.cypher, api.Limit(self.rows + 1, SECONDS), **values).frame()
            return Result(table.head(self.rows), table.height > self.rows)

        found: Result = reading.kept(("own", self.cypher, self.rows, tuple(self.said.items())), work)
        return found

    def answer(self, reading: Reading) -> Answer:
        """Return what it returns as the answer to a question, to be drawn."""
        return Answer(
            question=self.question,
            way=Way("query"),
            parameters=self.said,
            within=api.EVERYTHING,
            sentences=(),
            table=self.run(reading).table,
            cypher=self.cypher,
            method="",
            command=shlex.join(["graphmodel", "query", "--cypher", self.cypher]),
        )


@contextmanager
def _one_more() -> Iterator[None]:
    if not AT_ONCE.acquire(blocking=False):
        raise UsageProblem("Too many queries are running already. Wait a few seconds, then run this one again.")
    try:
        yield
    finally:
        AT_ONCE.release()
