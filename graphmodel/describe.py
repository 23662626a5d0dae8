"""The schema shown: as text, as JSON, as a Mermaid diagram, and as the table of the README."""

import json
from collections.abc import Callable

from graphmodel.schema import NodeType, Property, RelationshipType, Schema
from graphmodel.values import expected


def as_text(schema: Schema) -> str:
    """Return all types with their properties, for reading in a terminal."""
    parts = [
        *(_block(f"({item.label})", item) for item in schema.nodes),
        *(_block(f"({item.start})-[{item.name}]->({item.end})", item) for item in schema.relationships),
    ]
    return "\n\n".join(parts) + "\n"


def _block(head: str, item: NodeType | RelationshipType) -> str:
    width = max(len(prop.name) for prop in item.properties)
    lines = [f"  {prop.name.ljust(width)}  {_meaning(prop)}" for prop in item.properties]
    return "\n".join([f"{head}  {'; '.join(filter(None, (item.doc, item.file)))}", *lines])


def _meaning(item: Property) -> str:
    told = expected(item)
    return told if item.pattern or not item.doc else f"{told}: {item.doc}"


def as_json(schema: Schema) -> str:
    """Return all types as JSON: nodes and relationships, each with its properties."""
    nodes = [{"label": item.label, **_element(item)} for item in schema.nodes]
    relationships = [
        {"start": item.start, "type": item.name, "end": item.end, "columns": item.columns, **_element(item)}
        for item in schema.relationships
    ]
    return json.dumps({"nodes": nodes, "relationships": relationships}, indent=2, ensure_ascii=False) + "\n"


def _element(item: NodeType | RelationshipType) -> dict[str, object]:
    properties = [
        {"name": prop.name, "type": prop.kind.value, "doc": prop.doc, "choices": prop.choices}
        for prop in item.properties
    ]
    return {"file": item.file, "doc": item.doc, "key": item.key, "properties": properties}


def as_mermaid(schema: Schema) -> str:
    """Return an entity-relationship diagram in Mermaid's language."""
    entities = [
        "\n".join([f"  {item.label} {{", *(f"    {prop.kind} {prop.name}" for prop in item.properties), "  }"])
        for item in schema.nodes
    ]
    ties = [f"  {item.start} }}o--o{{ {item.end} : {item.name}" for item in schema.relationships]
    return "\n".join(["erDiagram", *entities, *ties]) + "\n"


def as_markdown(schema: Schema) -> str:
    """Return the two tables of the model for a README."""
    nodes = [
        f"| {item.label} | `{item.file}` | {item.doc} | {', '.join(prop.name for prop in item.own)} |"
        for item in schema.nodes
    ]
    relationships = [
        f"| {item.start} | {item.name} | {item.end} | {_code(item.file) or 'computed'} | {_code(item.shortcut)} |"
        for item in schema.relationships
    ]
    return "\n".join(
        [
            "| label | file | what it is | properties besides id and name |",
            "|---|---|---|---|",
            *nodes,
            "",
            "| from | type | to | file | or short-cut column |",
            "|---|---|---|---|---|",
            *relationships,
            "",
        ]
    )


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


FORMATS: dict[str, Callable[[Schema], str]] = {"text": as_text, "json": as_json, "mermaid": as_mermaid}
