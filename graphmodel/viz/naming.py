"""What is written beside the marks of organizations."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from graphmodel.errors import UsageProblem, suggestion
from graphmodel.viz.elements import Node, Scene
from graphmodel.viz.scene import short

NAMINGS: Mapping[str, Callable[[Node], str]] = {
    "short": lambda node: short(node.name, node.acronym),
    "name": lambda node: node.name,
    "acronym": lambda node: node.acronym or short(node.name),
    "none": lambda node: short(node.name, node.acronym),
}
"""By the word for it, what an organization is called in few words; with "none" only where a map must call it."""


def named(scene: Scene, naming: str) -> Scene:
    """Return a scene whose organizations are called otherwise. Groups of them keep their names.

    Parameters
    ----------
    scene: what is drawn.
    naming: "short" (a short name itself, else the acronym, else the first words), "name", "acronym" (where there is
        one) or "none".

    Raises
    ------
    UsageProblem
        If it is none of these.
    """
    if naming not in NAMINGS:
        raise UsageProblem(
            f'Names cannot be written as "{naming}".{suggestion(naming, NAMINGS)} Choose one of: {", ".join(NAMINGS)}.'
        )
    panels = tuple(replace(panel, nodes=_named(panel.nodes, naming)) for panel in scene.panels)
    return replace(scene, nodes=_named(scene.nodes, naming), panels=panels, naming=naming)


def _named(nodes: tuple[Node, ...], naming: str) -> tuple[Node, ...]:
    call = NAMINGS[naming]
    return tuple(replace(node, label=call(node)) if node.members is None else node for node in nodes)
