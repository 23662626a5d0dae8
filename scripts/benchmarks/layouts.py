"""The layout of generated networks next to those of networkx.

Told are the share of the ten nearest organizations that are of the same group, where groups are those that the networks
were made with, and the share of partners that are among the ten nearest.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import networkx as nx
from given import Given
from maps import SIZES, sized
from processes import measured, timed
from rows import Row

from tests.planted import by_degree, of_one_group, partners_near, planted

LAID_OUT = 2_000
"""Organizations up to which the others lay out: they would take many minutes for more."""
OTHERS = ("spring_layout", "forceatlas2_layout")

Places = Mapping[str, tuple[float, float]]


def compared(organizations: int, alliances: int, given: Given) -> Iterator[Row]:
    """Layouts of a network; ours is compared with the last of the others."""
    size = sized(organizations, alliances)
    names = [*(OTHERS if organizations <= LAID_OUT else ()), "layout"]
    for name in names:
        seconds, peak, told = measured(laid_out, (name, organizations, alliances))
        what = "layout" if name == "layout" else f"networkx.{name}"
        reference = f"networkx.{OTHERS[-1]}" if name == "layout" and len(names) > 1 else ""
        yield Row(what, size, seconds, peak, reference, told=told)


def laid_out(words: tuple[str, int, int]) -> tuple[float, dict[str, float]]:
    """Lay out a network, and measure how well."""
    name, organizations, alliances = words
    network, groups = planted(organizations, alliances)
    seconds, places = timed(lambda: LAYOUTS[name](network))
    return seconds, {"same group": of_one_group(places, groups), "partners near": partners_near(places, network)}


def ours(network: nx.Graph) -> Places:
    """Our layout, by the groups that we find; those that are there are for the measures only."""
    from graphmodel.analysis.structure.communities import communities
    from graphmodel.viz.layout import layout

    return layout(network, communities(network).groups, by_degree(network))


LAYOUTS: dict[str, Callable[[nx.Graph], Places]] = {
    "layout": ours,
    "spring_layout": partial(nx.spring_layout, seed=1),
    "forceatlas2_layout": partial(nx.forceatlas2_layout, seed=1),
}
STEPS = tuple(partial(compared, *size) for size in SIZES)
