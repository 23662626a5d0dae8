"""A graph for other programs. The same graph gives the same bytes.

`tables` writes a tidy folder, which `load` takes back; `neo4j_admin` a folder that Neo4j imports; `graphs` makes
GraphML, GEXF and JSON.
"""

from graphmodel.exports import neo4j_admin
from graphmodel.exports.graphs import FORMATS, gexf, graphml, node_link, whole
from graphmodel.exports.tables import FOLDERS, write

__all__ = ["FOLDERS", "FORMATS", "gexf", "graphml", "neo4j_admin", "node_link", "whole", "write"]
