"""Maps of a network: as a page, or as a picture."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx
import polars as pl

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Scene
from graphmodel.viz.units import ORGANIZATIONS, TWO_MODE, Unit
from graphmodel.viz.variables import ColorBy, SizeBy

if TYPE_CHECKING:
    from graphmodel.viz.regions import Regions

FORMS = ("html", "svg", "png", "pdf")
BIPARTITE = "bipartite"
"""The layout of organizations and activities."""


@dataclass(frozen=True)
class Look:
    """How a map looks.

    Attributes
    ----------
    title : str
        Its heading; what its lines are, if not given.
    color : str, mapping, pair or polars.DataFrame
        What colour stands for: kind, community, country, none, or any attribute of the organizations; or a value for
        each organization by its id; or a pair of what these are called and the values, as
        `Projection.by_region(...).pair`; or id and one more column of a table that an analysis returns.
    size : str, mapping, pair or polars.DataFrame
        What size stands for: degree, betweenness, activities, strength; or numbers, likewise.
    edge : str, optional
        What the line of an alliance stands for: significance, shared, formal or status; if not given, significance
        where any alliance stands out from chance, else formal. Of organizations and activities: role.
    layout : str
        communities, geo (places on the earth), radial (around `centre`) or bipartite (organizations and activities, of
        a network as `Projection.two_mode` returns it).
    centre : str, optional
        The id of the organization in the middle.
    regions : Regions, optional
        With the layout geo, the regions that are shown in place of organizations; see `Projection.regions`.
    labels : str
        What is written beside organizations: short (a short name itself, else the acronym, else the first words), name,
        acronym (where there is one) or none.
    home : str
        For a page that a site shows inside one of its own: the address of the page about an organization, up to its id,
        which its details then lead to. A map that is mailed has none.

    Examples
    --------
    The members of a club, as large as they are powerful by an analysis of their network:

    >>> from graphmodel import analysis
    >>> from graphmodel.analysis.ties.partnerships import Partnerships
    >>> took_part = pl.DataFrame({"organization": ["a", "b", "b", "c"], "activity": ["x", "x", "y", "y"]})
    >>> club = Partnerships(took_part, pl.DataFrame({"id": ["a", "b", "c"], "name": ["Ada", "Ben", "Cleo"]}))
    >>> found = analysis.run("brokers", club).table
    >>> "Betweenness" in draw(club.network, Look(size=found.select("id", "betweenness")))
    True
    """

    title: str = ""
    color: ColorBy | pl.DataFrame = "kind"
    size: SizeBy | pl.DataFrame = "degree"
    edge: str | None = None
    layout: str = "communities"
    centre: str | None = None
    regions: "Regions | None" = None
    labels: str = "short"
    home: str = ""


def draw(graph: nx.Graph, look: Look = Look()) -> str:
    """Return the map of a network as one HTML page that makes no request to anywhere. Same network, same bytes.

    Up to 2,000 organizations it shows all of them; up to 5,000 it opens on groups of them; above, it shows the groups.

    Parameters
    ----------
    graph : networkx.Graph
        As `Graph.network` or `Graph.network_of` returns it; any undirected graph whose nodes have a name will do.
    look : Look

    Raises
    ------
    UsageProblem
        If the look names something that the network does not have.

    Examples
    --------
    >>> page = draw(nx.karate_club_graph(), Look(title="Karate club"))
    >>> page.startswith("<!doctype html>")
    True
    """
    from graphmodel.viz.html import page

    return page(_scene(graph, look), home=look.home)


def draw_as(
    graph: nx.Graph, form: str, look: Look = Look(), *, width: int = 1_400, theme: str = "light", bare: bool = False
) -> bytes:
    """Return the map as a page or a picture: html, svg, png or pdf; see `graphmodel.viz.picture.draw`.

    Raises
    ------
    UsageProblem
        As `draw`; if the form is none of these; if what makes PNG and PDF is not installed (the extra `pictures`).
    """
    if form == "html":
        return draw(graph, look).encode()
    from graphmodel.viz.picture import draw as picture

    shown = _scene(graph, look)
    return picture(shown.overview or shown, form, width=width, theme=theme, bare=bare)


def can_draw(form: str) -> bool:
    """Return whether what a form needs is installed: PNG and PDF need the extra `pictures`."""
    from graphmodel.viz.picture.files import can_make

    return can_make(form)


def most_shown() -> int:
    """Return how many organizations a map can show; of more it shows the groups only."""
    from graphmodel.viz.scene import LARGEST

    return LARGEST


def large(graph: nx.Graph, look: Look = Look()) -> tuple[str, ...]:
    """Return what is to be said of a network with more organizations than one map can show; nothing of a smaller."""
    from graphmodel.viz.groups import WHOLE
    from graphmodel.viz.scene import LARGEST

    if len(graph) > LARGEST:
        parts = "regions" if look.regions else "groups"
        way = f"To see organizations, show fewer: {_narrower(graph, look)}."
        return (f"More than {LARGEST:,} organizations: the map shows their {parts} only. {way}",)
    if look.regions:
        return ()
    if len(graph) > WHOLE:
        return (f"More than {WHOLE:,} organizations: the map opens on their groups, and a click opens one.",)
    return ()


def _narrower(graph: nx.Graph, look: Look) -> str:
    """Return the options that show fewer; those that are said of alliances only where these are drawn."""
    if look.layout == BIPARTITE:
        return "--focus"
    return "--focus or --min" if "tested" in graph.graph else "--focus, --only significant or --min"


def counted(graph: nx.Graph, look: Look = Look()) -> str:
    """Return how much a map is of.

    >>> counted(nx.karate_club_graph())
    '34 organizations, 78 alliances'
    """
    from graphmodel.viz.picture.words import count

    unit = _unit(look)
    modes = Counter(mode or 0 for _, mode in graph.nodes(data="bipartite"))
    shown = [count(modes[i], *mode.noun) for i, mode in enumerate(unit.modes)]
    return ", ".join([*shown, count(graph.size(), *unit.tie)])


def _unit(look: Look) -> Unit:
    return TWO_MODE if look.layout == BIPARTITE else ORGANIZATIONS


def _title(look: Look) -> str:
    return look.title or _unit(look).tie[1].capitalize()


def _scene(graph: nx.Graph, look: Look) -> Scene:
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.comparison import comparison
    from graphmodel.viz.groups import fitting
    from graphmodel.viz.layouts.bipartite import refuse_unfit
    from graphmodel.viz.naming import named
    from graphmodel.viz.scene import scene

    if look.regions is not None:
        return named(_regional(graph, look.regions, look), look.labels)
    compared = "compared" in graph.graph
    two_mode = look.layout == BIPARTITE and not compared
    if two_mode:
        refuse_unfit(graph)
    found = communities(graph)
    whole = partial(scene, unit=TWO_MODE) if two_mode else fitting
    drawn = (comparison if compared else whole)(
        graph,
        title=_title(look),
        groups=found.groups,
        labels=found.labels,
        color=_shown(look.color),
        size=_sized(graph, look.size),
        edge=look.edge,
        layout=look.layout,
        centre=look.centre,
    )
    return named(drawn, look.labels)


def _regional(graph: nx.Graph, regions: "Regions", look: Look) -> Scene:
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.regions import regional

    if look.layout != "geo" or "compared" in graph.graph:
        raise UsageProblem("Regions are shown on the earth (--layout geo), and not side by side: leave --level out.")
    found = communities(graph) if isinstance(look.color, str) and look.color == "community" else None
    return regional(
        graph,
        regions,
        title=_title(look),
        groups=found.groups if found else {},
        labels=found.labels if found else {},
        color=_shown(look.color),
        size=_sized(graph, look.size),
        edge=look.edge,
    )


def _sized(graph: nx.Graph, by: Any) -> Any:
    """Return what size shows; betweenness by the engine of the analyses, for networkx takes minutes."""
    if not isinstance(by, str) or by != "betweenness":
        return _shown(by)
    from graphmodel.analysis.structure.shortest import betweenness_of, suitable

    samples = suitable(len(graph), graph.size())
    title = f"Betweenness, estimated from {samples} organizations" if samples else "Betweenness"
    return title, partial(betweenness_of, samples=samples)


def _shown(by: Any) -> Any:
    """Return what is to be seen; of a table, the title and the values of its column."""
    return _column(by) if isinstance(by, pl.DataFrame) else by


def _column(table: pl.DataFrame) -> tuple[str, Mapping[str, Any]]:
    """Return the one column of an analysis that is to be seen, by the ids of organizations, with its title."""
    columns = [name for name in table.columns if name not in ("id", "name")]
    if "id" not in table.columns or len(columns) != 1:
        raise UsageProblem(
            f"A map shows one column of a table, by the id of organizations. This one has {', '.join(table.columns)}: "
            'select two, for example table.select("id", "betweenness").'
        )
    values = dict(table.select("id", columns[0]).drop_nulls().iter_rows())
    return columns[0].replace("_", " ").capitalize(), values
