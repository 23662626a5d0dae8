"""A graph as a file of other programs: GraphML, GEXF, JSON. The same graph gives the same bytes."""

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.sax.saxutils import escape

import networkx as nx

from graphmodel import values
from graphmodel.plan import Reader
from graphmodel.records import ENDS
from graphmodel.schema import Schema


def whole(schema: Schema, store: Reader) -> nx.MultiDiGraph:
    """Return the whole graph: nodes `Label/id` with their `element`, edges with their `relationship`.

    Both have the properties that are known. These formats use some names themselves, so the `source` of a relationship
    is `source_id` here.
    """
    graph = nx.MultiDiGraph()
    for node in schema.nodes:
        for row in store.read(node).iter_rows(named=True):
            graph.add_node(f"{node.label}/{row.pop('id')}", element=node.label, **_known(row))
    for edge in schema.relationships:
        for row in store.read(edge).rename({"source": "source_id"}).iter_rows(named=True):
            start, end = (row.pop(name) for name in ENDS)
            graph.add_edge(f"{edge.start}/{start}", f"{edge.end}/{end}", relationship=edge.name, **_known(row))
    return graph


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def graphml(graph: nx.Graph) -> bytes:
    """Return a graph as GraphML, for Gephi, Cytoscape, yEd and igraph.

    The same as networkx writes, which needs ten times the memory.

    >>> graphml(nx.Graph([("a", "b")])).decode().splitlines()[2]
    '    <node id="a" />'
    """
    keys: Keys = {}
    body = io.BytesIO()
    for element in _elements(graph, keys):
        body.write(element.encode("ascii", "xmlcharrefreplace"))
    told = [
        f'  <key id="{id}" for="{scope}" attr.name={_quoted(name)} attr.type="{kind}" />\n'
        for (scope, name, kind), id in reversed(keys.items())
    ]
    edges = "directed" if graph.is_directed() else "undirected"
    head = "".join((GRAPHML, *told, f'  <graph edgedefault="{edges}">\n'))
    return b"".join((head.encode("ascii", "xmlcharrefreplace"), body.getbuffer(), b"  </graph>\n</graphml>\n"))


Keys = dict[tuple[str, str, str], str]
"""The key of what is told: of node or edge, its name, its type."""

GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">'
    "\n"
)
PLAIN = re.compile(r"[\w .,:/()-]*", re.ASCII)


def _elements(graph: nx.Graph, keys: Keys) -> Iterator[str]:
    """Yield nodes and edges as GraphML has them; what is told of them gets its key when it is met first."""
    for node, known in graph.nodes(data=True):
        yield _element("node", f"id={_quoted(str(node))}", known, keys)
    many = graph.is_multigraph()
    for start, end, *key, known in graph.edges(data=True, keys=True) if many else graph.edges(data=True):
        ends = f"source={_quoted(str(start))} target={_quoted(str(end))}"
        yield _element("edge", f"{ends} id={_quoted(str(key[0]))}" if key else ends, known, keys)


def _element(scope: str, about: str, known: dict[str, Any], keys: Keys) -> str:
    told = "".join(_told(scope, str(name), value, keys) for name, value in known.items())
    return f"    <{scope} {about}>\n{told}    </{scope}>\n" if told else f"    <{scope} {about} />\n"


def _told(scope: str, name: str, value: Any, keys: Keys) -> str:
    match value:
        case bool():
            kind, text = "boolean", str(value)
        case int():
            kind, text = "long", str(value)
        case float():
            kind, text = "double", str(value)
        case _:
            kind, text = "string", escape(_NOT_XML.sub("", values.as_text(value) or "")).replace("\r", "&#13;")
    key = keys.setdefault((scope, name, kind), f"d{len(keys)}")
    return f'      <data key="{key}">{text}</data>\n' if text else f'      <data key="{key}" />\n'


def _quoted(text: str) -> str:
    if PLAIN.fullmatch(text):
        return f'"{text}"'
    marks = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
    return f'"{escape(_NOT_XML.sub("", text), marks)}"'


def gexf(graph: nx.Graph) -> bytes:
    """Return a graph as GEXF, for Gephi."""
    text = _lines(nx.generate_gexf(_labelled(_flat(graph)), version="1.2draft"))
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", text)


def node_link(graph: nx.Graph) -> bytes:
    """Return a graph as the node-link JSON of networkx and D3."""
    data = nx.node_link_data(_flat(graph), edges="links")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


FORMATS: dict[str, Callable[[nx.Graph], bytes]] = {"graphml": graphml, "gexf": gexf, "json": node_link}


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _lines(lines: Any) -> bytes:
    return ("\n".join(lines) + "\n").encode()


def _flat(graph: nx.Graph) -> nx.Graph:
    """Return a copy whose attributes are text, numbers and truth values, as these formats want them."""
    flat = graph.__class__()
    flat.add_nodes_from((node, _plain(known)) for node, known in graph.nodes(data=True))
    flat.add_edges_from((start, end, _plain(known)) for start, end, known in graph.edges(data=True))
    return flat


def _plain(known: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {
        name: value if isinstance(value, int | float | bool) else _NOT_XML.sub("", values.as_text(value) or "")
        for name, value in known.items()
    }


def _labelled(graph: nx.Graph) -> nx.Graph:
    """Name each node as GEXF does: by its attribute `label`."""
    nx.set_node_attributes(graph, {node: known.get("name", node) for node, known in graph.nodes(data=True)}, "label")
    return graph
