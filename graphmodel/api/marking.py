"""What a map colours and divides by and finds in the data: put on a network, and taken off it for its look.

On the way it goes through whatever changes the network, so that of hidden organizations nothing is told here either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from graphmodel.analysis.coverage.axes import FIRST
from graphmodel.api.homes import Told, by_competence, by_region, countries_of
from graphmodel.errors import UsageProblem

if TYPE_CHECKING:
    from graphmodel.api.projection import Projection

COLOR, REGION, COUNTRY = "map color", "map region", "map country"
"""Attributes of the organizations that hold what is told until a map is drawn."""


@dataclass(frozen=True)
class Marking:
    """What is told of organizations: their colour, and the regions and countries where the map shows regions."""

    color: Told | None = None
    regions: Told | None = None
    countries: Told | None = None

    def put_on(self, network: nx.Graph) -> nx.Graph:
        """Return the network, which now holds what is told of its organizations, and the notes on that."""
        shown = [told for told in (self.regions, self.color) if told]
        held = {
            COLOR: self.color.values if self.color else {},
            REGION: self.regions.single if self.regions else {},
            COUNTRY: self.countries.ids if self.countries else {},
        }
        for attribute, values in held.items():
            nx.set_node_attributes(network, values, attribute)
        notes = dict.fromkeys(note for told in shown for note in told.notes(network))
        network.graph["notes"] = (*network.graph.get("notes", ()), *notes)
        return network

    def look(self, network: nx.Graph) -> dict[str, Any]:
        """Return what `graphmodel.api.Look` takes of it: color, regions."""
        from graphmodel.viz.regions import Regions

        color, of, countries = (nx.get_node_attributes(network, name) for name in (COLOR, REGION, COUNTRY))
        found: dict[str, Any] = {"color": (self.color.title, color)} if self.color else {}
        if self.regions:
            found["regions"] = Regions(self.regions.title.lower(), of, countries)
        return found


def marking(
    project: "Callable[[], Projection]", *, color: str, layout: str, level: str | None, areas: str | None
) -> Marking:
    """Return what has to be found for a map: its colour (region, country, competence), and the regions of a level.

    Parameters
    ----------
    project : function to Projection
        Called if anything has to be found.
    color, layout : str
        As for `graphmodel.api.Look`.
    level : str, optional
        country, subregion or region: with the layout geo, the regions that are shown in place of organizations; else
        the regions that colour stands for.
    areas : str, optional
        The kind of competence area that colour stands for.

    Raises
    ------
    UsageProblem
        If a level or areas are given and nothing is to be shown of these; if nothing is known.
    """
    regions = level if layout == "geo" and level else ""
    if level and not regions and color != "region":
        raise UsageProblem("--level is for the regions of --color region or of --layout geo: add one of these.")
    if areas and color != "competence":
        raise UsageProblem("--areas is for --color competence: add that.")
    color_told = _color(project, color, FIRST if regions else level or FIRST, areas or FIRST)
    if not regions:
        return Marking(color_told)
    known = project().partnerships
    return Marking(color_told, by_region(known, regions), countries_of(known))


def _color(project: "Callable[[], Projection]", color: str, level: str, kind: str) -> Told | None:
    """Return what colour stands for, where it is not an attribute of the organizations."""
    if color == "region":
        return by_region(project().partnerships, level)
    if color == "competence":
        return by_competence(project().partnerships, kind)
    return countries_of(project().partnerships) if color == "country" else None
