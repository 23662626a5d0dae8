"""What a report is asked to be on."""

from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from graphmodel.api import Filter, Graph
from graphmodel.hiding import Hidden


@dataclass(frozen=True)
class Request:
    """What is reported on, and what must not be said.

    Attributes
    ----------
    within : Filter
        The part of the network.
    organization : str
        Id, name or acronym of one organization that the report is about; empty for the network.
    hide : path or tuple of str, optional
        A file that lists organizations which must not appear, as `graphmodel.hiding.listed` reads it; or the lines.
    pseudonyms : bool
        Whether those stay on the map and among the alliances, as "Organization 1" and so on.
    minimum_cell : int
        Counts of organizations below this are not told in tables of cells (regions, areas, years); 0 tells all.
    title : str
        What is reported on in words, if not to be found by the filter.

    Examples
    --------
    >>> Request(Filter(regions=("Africa",)), minimum_cell=3).minimum_cell
    3
    """

    within: Filter = field(default_factory=Filter)
    organization: str = ""
    hide: Hidden | None = None
    pseudonyms: bool = False
    minimum_cell: int = 0
    title: str = ""

    def on_a_day(self, graph: Graph) -> "Request":
        """Return the request with a day that counts as today: its own, or the last that the data tell of."""
        within = self.within
        day = within.today or within.as_of or within.until or last_day(graph)
        return replace(self, within=replace(within, today=day))


NO_DAY = date(1, 1, 1)
"""Where nothing has a date, nothing depends on the day."""


def last_day(graph: Graph) -> date:
    """Return the day on which the sources were read last, else the last on which something started or ended.

    Ends that were planned, after the last start, do not count.
    """
    retrieved = graph.store.read(graph.schema.node("Source"))["retrieved"].max()
    if isinstance(retrieved, date):
        return retrieved
    dated = [graph.store.read(graph.schema.node("Activity"), only=("started", "ended"))]
    dated += [graph.store.read(graph.schema.relationship("PARTNERED_WITH"), only=("started", "ended"))]
    days = pl.concat([frame.select("started", "ended") for frame in dated])
    found = days["started"].max() or days["ended"].max()
    return found if isinstance(found, date) else NO_DAY
