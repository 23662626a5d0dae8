"""The library's door: open a graph, load it, ask it, project it, draw it. The commands call what is here."""

import os
from pathlib import Path

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import Test
from graphmodel.api.choices import Choices
from graphmodel.api.comparison import Comparison
from graphmodel.api.demonstration import HUBS, HUBS_LEFT_OUT
from graphmodel.api.drawing import BIPARTITE, FORMS, Look, can_draw, counted, draw, draw_as, large, most_shown
from graphmodel.api.drawn import Map, form_of
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.graph import Graph
from graphmodel.api.maps import Content, content
from graphmodel.api.narrowing import Narrowing
from graphmodel.api.profiles import ActivityProfile, AreaProfile, OrganizationProfile, RegionProfile
from graphmodel.api.projection import Projection
from graphmodel.api.reports import Report, Status
from graphmodel.api.tables import Tables
from graphmodel.api.telling import focused
from graphmodel.queries import Table
from graphmodel.records import Edge, Node, Reject
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store import open_store
from graphmodel.store.base import Limit

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
    "Tables",
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


def open(address: str = "", schema: Schema = SCHEMA, judgements: Path | None = None) -> Graph:
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
