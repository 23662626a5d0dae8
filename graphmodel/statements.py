"""Cypher text that follows from the schema. Only labels, types and property names of the schema go into text."""

from collections.abc import Collection

from graphmodel.records import ENDS
from graphmodel.schema import Kind, NodeType, Property, RelationshipType, Schema

EMBEDDED_TYPES = {
    Kind.TEXT: "STRING",
    Kind.TEXTS: "STRING[]",
    Kind.INTEGER: "INT64",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.MOMENT: "TIMESTAMP",
    Kind.FLAG: "BOOL",
}


def embedded_tables(schema: Schema) -> dict[str, str]:
    """Return the statement that makes the table of each label and of each relationship type.

    Types of the same name share one table with several pairs of labels.

    >>> from graphmodel.schema import SCHEMA
    >>> embedded_tables(SCHEMA)["WORKS_IN"]
    'CREATE REL TABLE WORKS_IN(FROM Organization TO Region, basis STRING, source STRING, record STRING)'
    """
    tables = {
        item.label: f"CREATE NODE TABLE {item.label}({_columns(item.properties)}, PRIMARY KEY (id))"
        for item in schema.nodes
    }
    for item in schema.relationships:
        same = [other for other in schema.relationships if other.name == item.name]
        pairs = ", ".join(f"FROM {other.start} TO {other.end}" for other in same)
        columns = {column.name: column for other in same for column in other.properties}
        tables[item.name] = f"CREATE REL TABLE {item.name}({pairs}, {_columns(tuple(columns.values()))})"
    return tables


def _columns(properties: tuple[Property, ...]) -> str:
    return ", ".join(f"{item.name} {EMBEDDED_TYPES[item.kind]}" for item in properties)


def table_name(type_: NodeType | RelationshipType) -> str:
    """Return the label of nodes, or the name of a type of relationships."""
    return type_.label if isinstance(type_, NodeType) else type_.name


def embedded_additions(type_: NodeType | RelationshipType) -> list[str]:
    """Return the statements that bring the table of a type up to date: its pair of labels, and each property."""
    table = table_name(type_)
    pair = [] if isinstance(type_, NodeType) else [f"FROM {type_.start} TO {type_.end}"]
    added = [*pair, *(_columns((item,)) for item in type_.properties if item.name != "id")]
    return [f"ALTER TABLE {table} ADD IF NOT EXISTS {what}" for what in added]


def embedded_copy(type_: NodeType | RelationshipType) -> str:
    """Return the statement that copies the rows of `$frame` into the table of a type."""
    if isinstance(type_, NodeType):
        return f"COPY {type_.label} FROM $frame"
    return f"COPY {type_.name} FROM $frame (from='{type_.start}', to='{type_.end}')"


def embedded_update(type_: NodeType | RelationshipType) -> str:
    """Return the statement that sets the other properties of the rows whose keys are in `$frame`."""
    names = [item.name for item in type_.properties if item.name not in type_.key]
    setting = ", ".join(f"x.`{name}` = `{name}`" for name in names)
    if isinstance(type_, NodeType):
        return f"LOAD FROM $frame MATCH (x:{type_.label} {{id: id}}) SET {setting}"
    same = " AND ".join(f"x.`{name}` = `{name}`" for name in type_.key if name not in ENDS)
    return (
        f"LOAD FROM $frame MATCH (a:{type_.start} {{id: start_id}})-[x:{type_.name}]->(b:{type_.end} {{id: end_id}}) "
        f"WHERE {same} SET {setting}"
    )


def read(type_: NodeType | RelationshipType, columns: Collection[str], known: Collection[str]) -> str:
    """Return the query for all elements of a type: an end or property each column, null where it is not `known`.

    >>> from graphmodel.schema import SCHEMA
    >>> read(SCHEMA.relationship("WORKS_IN"), ["start_id", "basis"], ["start_id"])
    'MATCH (a:Organization)-[x:WORKS_IN]->(b:Region) RETURN a.id AS `start_id`, NULL AS `basis`'
    """
    return f"MATCH {_pattern(type_)} RETURN {_cells(columns, known)}"


def read_among(type_: NodeType | RelationshipType, columns: Collection[str]) -> str:
    """Return the query for the nodes with the ids in the list `$ids`, or the relationships that start from them.

    It answers with one list of rows: a record for each row would take twice as long.
    """
    cells = ", ".join(_cell(name) for name in columns)
    return f"UNWIND $ids AS wanted MATCH {_pattern(type_, ' {id: wanted}')} RETURN collect([{cells}]) AS rows"


def embedded_read_between(type_: NodeType | RelationshipType, columns: Collection[str], known: Collection[str]) -> str:
    """Return the query for nodes with ids from `$first` to `$last`, or relationships that start from them; see `read`.

    To match the ids themselves, the engine would first bring all that there is into its memory.
    """
    id = _cell(type_.key[0])
    return f"MATCH {_pattern(type_)} WHERE {id} >= $first AND {id} <= $last RETURN {_cells(columns, known)}"


def touching(type_: RelationshipType, end: str) -> str:
    """Return the query for the relationships of a type that have one of `$ids` at an end, with the names of both ends.

    Both engines run it as it is.

    >>> from graphmodel.schema import SCHEMA
    >>> print(touching(SCHEMA.relationship("WORKS_IN"), "end_id"))
    MATCH (a:Organization)-[x:WORKS_IN]->(b:Region) WHERE b.id IN $ids
    RETURN a.id AS start_id, a.name AS start_name, b.id AS end_id, b.name AS end_name,
    x.`basis` AS `basis`, x.`source` AS `source`, x.`record` AS `record`
    """
    cells = ", ".join(f"x.`{item.name}` AS `{item.name}`" for item in type_.properties)
    ends = "a.id AS start_id, a.name AS start_name, b.id AS end_id, b.name AS end_name"
    return f"MATCH {_pattern(type_)} WHERE {_cell(end)} IN $ids\nRETURN {ends},\n{cells}"


def _pattern(type_: NodeType | RelationshipType, condition: str = "") -> str:
    if isinstance(type_, NodeType):
        return f"(x:{type_.label}{condition})"
    return f"(a:{type_.start}{condition})-[x:{type_.name}]->(b:{type_.end})"


def _cells(columns: Collection[str], known: Collection[str]) -> str:
    return ", ".join(f"{_cell(name) if name in known else 'NULL'} AS `{name}`" for name in columns)


def _cell(name: str) -> str:
    return {"start_id": "a.id", "end_id": "b.id"}.get(name) or f"x.`{name}`"


def count(type_: NodeType | RelationshipType) -> str:
    """Return the query for the number of elements of a type."""
    return f"MATCH {_pattern(type_)} RETURN count(x) AS number"


def server_constraints(schema: Schema) -> list[str]:
    """Return the statements that make the id of each label unique, which gives it an index too."""
    return [
        f"CREATE CONSTRAINT {item.label.lower()}_id IF NOT EXISTS FOR (x:{item.label}) REQUIRE x.id IS UNIQUE"
        for item in schema.nodes
    ]


def server_number(type_: NodeType | RelationshipType) -> str:
    """Return the query for the number of nodes, or of relationships from a label, which a server knows at once."""
    pattern = _pattern(type_) if isinstance(type_, NodeType) else f"(:{type_.start})-[x:{type_.name}]->()"
    return f"MATCH {pattern} RETURN count(x) AS number"


def server_page(type_: NodeType, columns: Collection[str]) -> str:
    """Return the query for the next `$size` nodes after the id `$last`, one list; and the last id, null at the end."""
    cells = ", ".join(_cell(name) for name in columns)
    return (
        f"MATCH {_pattern(type_)} WHERE x.id > $last WITH x ORDER BY x.id LIMIT $size "
        f"RETURN collect([{cells}]) AS rows, max(x.id) AS last"
    )


SERVER_MARK = "UNWIND $ids AS wanted MATCH (x:Source {id: wanted}) SET x.complete = $complete"


def server_write(type_: NodeType | RelationshipType, columns: Collection[str]) -> str:
    """Return the statement that makes or changes elements; each of these columns is a parameter, a list of its cells.

    It may run twice, and beside another load of the same: an element is found again by its key. A cell without a value
    leaves what is there, but for what is derived, of which the whole row is known.

    >>> from graphmodel.schema import SCHEMA
    >>> server_write(SCHEMA.node("Region"), ["id", "name"])
    'UNWIND range(0, size($id) - 1) AS i MERGE (x:Region {id: $id[i]}) SET x.`name` = coalesce($`name`[i], x.`name`)'
    """
    cell = "$`{0}`[i]" if type_.derived else "coalesce($`{0}`[i], x.`{0}`)"
    others = [f"x.`{name}` = {cell.format(name)}" for name in columns if name not in type_.key]
    setting = f" SET {', '.join(others)}" if others else ""
    if isinstance(type_, NodeType):
        return f"{_each(type_)} MERGE (x:{type_.label} {{id: $id[i]}}){setting}"
    same = ", ".join(f"`{name}`: $`{name}`[i]" for name in type_.key if name not in ENDS)
    start, end = (f"{{id: ${name}[i]}}" for name in ENDS)
    return (
        f"{_each(type_)} MATCH (a:{type_.start} {start}) MATCH (b:{type_.end} {end}) "
        f"MERGE (a)-[x:{type_.name} {{{same}}}]->(b){setting}"
    )


def server_remove(type_: NodeType | RelationshipType) -> str:
    """Return the statement that removes elements, by lists as in `server_write`.

    A node goes only if it is described as it was when the removal was planned, and nothing holds it.
    """
    if isinstance(type_, NodeType):
        as_planned = " AND x.sources = $sources[i]" if type_.sourced else ""
        loose = f"WHERE NOT EXISTS {{ (x)--() }}{as_planned}"
        return f"{_each(type_)} MATCH (x:{type_.label} {{id: $id[i]}}) {loose} DELETE x"
    others = [name for name in type_.key if name not in ENDS]
    same = " AND ".join(f"coalesce(x.`{name}`, '') = coalesce($`{name}`[i], '')" for name in others)
    start, end = (f"{{id: ${name}[i]}}" for name in ENDS)
    return f"{_each(type_)} MATCH (:{type_.start} {start})-[x:{type_.name}]->(:{type_.end} {end}) WHERE {same} DELETE x"


def _each(type_: NodeType | RelationshipType) -> str:
    return f"UNWIND range(0, size(${type_.key[0]}) - 1) AS i"


def server_empty(type_: NodeType | RelationshipType, name: str) -> str:
    """Return the statement that gives an empty list to the elements that have no property of this name."""
    return f"MATCH {_pattern(type_)} WHERE x.`{name}` IS NULL SET x.`{name}` = []"


def server_claims(type_: NodeType | RelationshipType, columns: Collection[str]) -> str:
    """Return the query for relationships of `$sources`; for nodes that one of them describes, or no source any more."""
    claimed = "size(x.sources) = 0 OR any(source IN x.sources WHERE source IN $sources)"
    condition = claimed if isinstance(type_, NodeType) else "x.source IN $sources"
    return f"MATCH {_pattern(type_)} WHERE {condition} RETURN {_cells(columns, columns)}"


def server_degrees(type_: NodeType) -> str:
    """Return the query for the number of relationships of the nodes with the ids in the list `$ids`."""
    return f"UNWIND $ids AS id MATCH (x:{type_.label} {{id: id}}) RETURN id, COUNT {{ (x)--() }} AS degree"


def embedded_degrees(type_: NodeType) -> str:
    """Return the query for the number of relationships of the nodes with the ids in `$frame`."""
    return f"LOAD FROM $frame MATCH (x:{type_.label} {{id: id}}) RETURN id, COUNT {{ MATCH (x)--() }} AS degree"


def claim_counts(type_: NodeType | RelationshipType) -> str:
    """Return the query for the number of elements of a type that each source claims."""
    if isinstance(type_, NodeType):
        return f"MATCH {_pattern(type_)} UNWIND x.sources AS source RETURN source, count(x) AS number"
    return f"MATCH {_pattern(type_)} RETURN x.source AS source, count(x) AS number"
