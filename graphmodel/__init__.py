"""graphmodel models partnership networks as a property graph: load, query, analyse and map them.

The library is `graphmodel.api`; its names are also here, and loaded when they are first used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphmodel.api import Edge as Edge
    from graphmodel.api import Filter as Filter
    from graphmodel.api import Graph as Graph
    from graphmodel.api import Look as Look
    from graphmodel.api import Map as Map
    from graphmodel.api import Node as Node
    from graphmodel.api import Test as Test
    from graphmodel.api import draw as draw
    from graphmodel.api import open as open

__all__ = ["Edge", "Filter", "Graph", "Look", "Map", "Node", "Test", "draw", "open"]


def __getattr__(name: str) -> Any:
    """Load the library when one of its names is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from graphmodel import api

    return getattr(api, name)
