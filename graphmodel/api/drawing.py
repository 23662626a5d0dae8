"""Maps of a network: as a page, or as a picture."""

from dataclasses import dataclass

import networkx as nx

from graphmodel.viz.elements import Scene

FORMS = ("html", "svg", "png", "pdf")


@dataclass(frozen=True)
class Look:
    """How a map looks.

    Attributes
    ----------
    title : str
        Its heading.
    color : str
        What colour stands for: kind, community, country, none, or any attribute of the organizations.
    size : str
        What size stands for: degree, betweenness, activities, strength.
    edge : str, optional
        What the line of an alliance stands for: significance, shared, formal or status; if not given, significance
        where any alliance stands out from chance, else formal.
    layout : str
        communities, geo (places on the earth) or radial (around `centre`).
    centre : str, optional
        The id of the organization in the middle.
    """

    title: str = "Alliances"
    color: str = "kind"
    size: str = "degree"
    edge: str | None = None
    layout: str = "communities"
    centre: str | None = None


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

    return page(_scene(graph, look))


def draw_as(graph: nx.Graph, form: str, look: Look = Look(), *, width: int = 1_400, theme: str = "light") -> bytes:
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
    return picture(shown.overview or shown, form, width=width, theme=theme)


def large(graph: nx.Graph) -> tuple[str, ...]:
    """Return what is to be said of a network with more organizations than one map can show; nothing of a smaller."""
    from graphmodel.viz.groups import WHOLE
    from graphmodel.viz.scene import LARGEST

    way = "To see organizations, show fewer: --focus, --only significant or --min."
    if len(graph) > LARGEST:
        return (f"More than {LARGEST:,} organizations: the map shows their groups only. {way}",)
    if len(graph) > WHOLE:
        return (f"More than {WHOLE:,} organizations: the map opens on their groups, and a click opens one.",)
    return ()


def _scene(graph: nx.Graph, look: Look) -> Scene:
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.groups import fitting

    found = communities(graph)
    return fitting(
        graph,
        title=look.title,
        groups=found.groups,
        labels=found.labels,
        color=look.color,
        size=look.size,
        edge=look.edge,
        layout=look.layout,
        centre=look.centre,
    )
