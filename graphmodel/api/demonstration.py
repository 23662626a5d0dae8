"""The demonstration: the UNESCO partner network that comes with graphmodel."""

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from graphmodel import derived
from graphmodel.errors import StoreForeign

if TYPE_CHECKING:
    from graphmodel.api.holding import Holding
    from graphmodel.api.reports import Report
    from graphmodel.store.base import Progress

FOLDER = Path(__file__).parent.parent / "demonstration"
SOURCE = "unesco-partners"
HUBS = ("unesco", "lc")
HUBS_LEFT_OUT = (
    "UNESCO and its Liaison Committee are left out of the alliances: they take part in nearly everything, as hosts of "
    "the network, and would tie everybody to everybody."
)


def load_demonstration(graph: "Holding", progress: "Progress") -> "Report":
    """Load the demonstration into a store that is empty or holds it already."""
    own = {SOURCE, derived.SOURCE, *pl.read_csv(FOLDER / "sources.csv", infer_schema=False)["id"]}
    others = sorted(set(graph.store.read(graph.schema.node("Source"))["id"]) - own)
    if others:
        raise StoreForeign(
            f"{graph.store.address} holds other data (from {others[0]}). "
            "The demonstration would mix with it: choose another place with --store."
        )
    return graph.load(FOLDER, source=SOURCE, progress=progress)
