"""Writes the pages of the networks that every check of the map is made on: `python -m tests.browser.pages NAME FOLDER`.

One organization of each has a hostile name. A page is written as it is and compressed.
"""

import sys
from pathlib import Path

import networkx as nx

from graphmodel import api
from graphmodel.analysis.structure.communities import communities
from graphmodel.viz.groups import fitting
from graphmodel.viz.html import page
from tests import data
from tests.browser.networks import HOSTILE, generated

NETWORKS = {
    "demonstration": (60, 237),
    "gef": (769, 1_075),
    "hundred": (100, 300),
    "hundreds": (500, 2_000),
    "thousands": (2_000, 8_000),
    "groups": (5_000, 20_000),
}
"""How many organizations and alliances each has."""


def loaded(name: str, folder: Path) -> nx.Graph:
    """Return the network of public data, from the files that they come in."""
    with api.open(str(folder / "graph.lbug")) as graph:
        if name == "gef":
            graph.load(str(data.FOLDER / "gef"), mapping="aiddata")
        else:
            graph.load_demonstration()
        return graph.project().told()


def drawn(name: str, folder: Path) -> tuple[nx.Graph, dict[str, int], dict[int, str]]:
    """Return a network, its groups and what these are called."""
    if name in ("demonstration", "gef"):
        network = loaded(name, folder)
        found = communities(network)
        return network, found.groups, found.labels
    network, groups = generated(*NETWORKS[name])
    return network, groups, {group: f"Circle {group}" for group in groups.values()}


def main(name: str, folder: Path) -> None:
    """Write both pages of a network."""
    network, groups, labels = drawn(name, folder)
    network.nodes[min(network)]["name"] = HOSTILE
    scene = fitting(network, title=f"Map of {name}", groups=groups, labels=labels)
    for form, compress in (("plain", False), ("compressed", True)):
        (folder / f"{form}.html").write_text(page(scene, compress), "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
