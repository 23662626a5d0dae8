"""Where a graph is kept: a file, or a Neo4j server. The address decides."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from graphmodel.errors import StoreDenied, UsageProblem
from graphmodel.schema import SCHEMA, Schema
from graphmodel.store.base import Store

DEFAULT = "graphmodel.lbug"
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def open_store(address: str = "", schema: Schema = SCHEMA, environment: Mapping[str, str] = os.environ) -> Store:
    """Return the store at an address: a path is a file, `neo4j://` and `bolt://` a server. Nothing is opened yet.

    Without an address `GRAPHMODEL_STORE` decides, else `graphmodel.lbug` in the current folder. The server's user,
    database and password come from `NEO4J_USER` (neo4j), `NEO4J_DATABASE` (neo4j) and `NEO4J_PASSWORD`.

    With `+s` the connection is encrypted and the server's certificate verified: by the authorities that the system
    trusts, or by those in the file that `NEO4J_CA_FILE` names. `+ssc` encrypts and verifies nothing.

    Raises
    ------
    UsageProblem
        If the address is none of these, or holds a user or password.
    StoreDenied
        If a server is named and there is no password.

    Examples
    --------
    >>> open_store("partners.lbug").address
    'partners.lbug'
    """
    address = address or environment.get("GRAPHMODEL_STORE", "") or DEFAULT
    if "://" not in address:
        from graphmodel.store.embedded import EmbeddedStore

        return EmbeddedStore(Path(address), schema)
    return _server(address, schema, environment)


def _server(address: str, schema: Schema, environment: Mapping[str, str]) -> Store:
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES:
        raise UsageProblem(f"{address} is no store. Name a file, or a server by neo4j://HOST or bolt://HOST:PORT.")
    if parts.username or parts.password:
        raise UsageProblem("User and password do not belong in the address. Set NEO4J_USER and NEO4J_PASSWORD.")
    password = environment.get("NEO4J_PASSWORD", "")
    if not password:
        raise StoreDenied(f"{address} needs a password. Set NEO4J_PASSWORD in the environment.")
    from graphmodel.store.neo4j import ServerStore

    user, database = environment.get("NEO4J_USER", "neo4j"), environment.get("NEO4J_DATABASE", "neo4j")
    authority = environment.get("NEO4J_CA_FILE", "")
    return ServerStore(address, schema, user=user, password=password, database=database, authority=authority)
