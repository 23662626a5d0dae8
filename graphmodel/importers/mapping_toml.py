"""A mapping file read from TOML and checked as a whole: a mistake is named with its line and the nearest right word."""

import re
import tomllib
from collections.abc import Mapping as Map
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from graphmodel.errors import DataProblem, suggestion
from graphmodel.importers.mapping_specification import (
    BLOCK_KEYS,
    CELL_KEYS,
    PATH_KEYS,
    SOURCE_KEYS,
    TABLE_KEYS,
    Block,
    Cell,
    Element,
    Join,
    Mapping,
    Path,
    TableSpecification,
    problem,
    refuse_unknown,
)
from graphmodel.importers.mapping_values import read_cell, read_split, read_when
from graphmodel.importers.tables_binary import text_of
from graphmodel.records import ElementType
from graphmodel.schema import NAME, NodeType, Property, RelationshipType, Schema

HIDDEN = ("source", "sources", "record")


def load(path: FilePath, schema: Schema) -> Mapping:
    """Read and check a mapping file.

    Raises
    ------
    DataProblem
        If it is no TOML, or says something that is unknown; the message names the place and the nearest right name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise DataProblem(f"{path} cannot be read as a mapping file: {error}.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataProblem(f"{path} is no TOML: {error}. Texts stand in quotes, lists in brackets.") from error
    return _File(path, text, schema).mapping(table)


class _File:
    """One mapping file; it keeps the text, to say on which line a word stands."""

    def __init__(self, path: FilePath, text: str, schema: Schema) -> None:
        self.path = path
        self.schema = schema
        self.lines = text.splitlines()
        self.types: dict[str, list[ElementType]] = {}
        for type_ in schema.files.values():
            name = type_.label if isinstance(type_, NodeType) else type_.name
            if name != "Source":
                self.types.setdefault(name, []).append(type_)

    def mapping(self, table: Map[str, Any]) -> Mapping:
        """Return what the whole file says."""
        top = str(self.path)
        refuse_unknown(table, ["source", "tables", *TABLE_KEYS, *self.types], top, "key, label or type")
        source, tables = self._source(table.get("source", {})), self._tables(table)
        blocks = [
            _BlockReader(self, name, index).read(body, tables)
            for name in table
            if name in self.types
            for index, body in enumerate(self._bodies(name, table[name]))
        ]
        if not blocks:
            raise problem(top, "it makes nothing. Add a block for a label or a type, such as [[Organization]].")
        return Mapping(self.path, source, tables, tuple(blocks))

    def place(self, header: str, index: int = 0, key: str = "") -> str:
        """Say where a block, or a key in it, stands."""
        begins = [number for number, line in enumerate(self.lines, 1) if re.match(rf"\s*\[+\s*{header}\s*\]+", line)]
        line = begins[index] if index < len(begins) else 0
        below = range(line, len(self.lines)) if line and key else ()
        for number in below:
            if self.lines[number].lstrip().startswith("["):
                break
            if re.match(rf"\s*{re.escape(key)}(?!\w)", self.lines[number]):
                line = number + 1
                break
        title = f"[[{header}]]" if header in self.types else f"[{header}]"
        where = f"{self.path} line {line}, {title}" if line else f"{self.path}, {title}"
        return f"{where} {key}" if key else where

    def _bodies(self, name: str, body: Any) -> list[Map[str, Any]]:
        bodies = body if isinstance(body, list) else [body]
        if not all(isinstance(item, dict) for item in bodies):
            raise problem(self.place(name), f"write it as a block: [[{name}]], with its properties below.")
        return bodies

    def _source(self, body: Any) -> dict[str, str]:
        if not isinstance(body, dict):
            raise problem(str(self.path), "write the source as a block: [source].")
        refuse_unknown(body, SOURCE_KEYS, self.place("source"))
        for key, value in body.items():
            item = next(item for item in self.schema.node("Source").properties if item.name == key)
            read_cell({"value": value}, item, self.place("source", key=key))
        return {name: text_of(value) for name, value in body.items()}

    def _tables(self, table: Map[str, Any]) -> dict[str, TableSpecification]:
        own = {key: table[key] for key in TABLE_KEYS if key in table}
        named = table.get("tables", {})
        if not named:
            return {"": _table(own, str(self.path), [])}
        if own:
            raise problem(str(self.path), f'"{next(iter(own))}" stands outside [tables]; put it into a table.')
        if not isinstance(named, dict):
            raise problem(str(self.path), 'write [tables], and below it a line such as projects = "projects.csv".')
        return {name: _table(body, self.place("tables", key=name), list(named)) for name, body in named.items()}


def _table(body: Any, place: str, names: list[str]) -> TableSpecification:
    body = {"file": body} if isinstance(body, str) else body
    if not isinstance(body, dict):
        raise problem(place, 'a table is a file name, or { file = "...", sheet = "..." }.')
    refuse_unknown(body, TABLE_KEYS, place)
    said = {key: body.get(key, "") for key in ("file", "sheet", "member")}
    for key, text in said.items():
        if not isinstance(text, str):
            raise problem(place, f"{key} is a text in quotes.")
    joins = body.get("join", {})
    if not isinstance(joins, dict):
        raise problem(place, 'join names another table and the key: join = { organizations = "id" }.')
    read = tuple(_join(other, on, place, names) for other, on in joins.items())
    return TableSpecification(place, **said, optional=body.get("optional") is True, joins=read)


def _join(other: str, on: Any, place: str, names: list[str]) -> Join:
    refuse_unknown([other], names, f"{place}, join", "table")
    keys = [on, on] if isinstance(on, str) else on
    if not (isinstance(keys, list) and len(keys) == 2 and all(isinstance(key, str) for key in keys)):
        raise problem(f"{place}, join", "name the column that both have, or [column here, column there].")
    return Join(f"{place}, join", other, (keys[0], keys[1]))


class _BlockReader:
    """One block of a mapping file."""

    def __init__(self, file: _File, name: str, index: int) -> None:
        self.file = file
        self.name = name
        self.index = index

    def _place(self, key: str = "") -> str:
        return self.file.place(self.name, self.index, key)

    def read(self, body: Map[str, Any], tables: Map[str, TableSpecification]) -> Block:
        """Return what the block says."""
        type_ = self._type(body)
        own = [item.name for item in type_.properties if item.name not in HIDDEN]
        ends = list(type_.columns) if isinstance(type_, RelationshipType) else []
        path = PATH_KEYS if not ends and type_.title == "Region" else ()
        refuse_unknown(body, [*BLOCK_KEYS, *ends, *own, *path], self._place(), "key or property")
        cells: dict[str, Cell] = {}
        if isinstance(type_, NodeType):
            said = {key: value for key, value in body.items() if key not in BLOCK_KEYS}
            elements: tuple[Element, ...] = (self._element(type_, said, ""),)
        else:
            labels = (self.file.schema.node(type_.start), self.file.schema.node(type_.end))
            elements = tuple(self._end(label, body[end], end) for label, end in zip(labels, ends, strict=True))
            cells = {item.name: self._cell(body, item, "") for item in type_.properties if item.name in body}
        if not isinstance(body.get("optional", False), bool):
            raise problem(self._place("optional"), "optional is true or false.")
        return Block(
            self._place(),
            type_,
            elements,
            cells,
            self._table(body, tables),
            read_split(body.get("split", {}), self._place("split")),
            read_when(body.get("when", []), self._place("when")),
            body.get("optional", False),
        )

    def _table(self, body: Map[str, Any], tables: Map[str, TableSpecification]) -> str:
        table = body.get("table", next(iter(tables)) if len(tables) == 1 else "")
        if table not in tables:
            hint = suggestion(str(table), tables) or f" There are {', '.join(tables)}."
            raise problem(self._place("table"), f'say from which table; there is none called "{table}".{hint}')
        return str(table)

    def _type(self, body: Map[str, Any]) -> ElementType:
        """Return the type that a block makes; where several share the name, its two ends tell which."""
        candidates = self.file.types[self.name]
        if isinstance(candidates[0], NodeType):
            return candidates[0]
        for type_ in candidates:
            if isinstance(type_, RelationshipType) and all(column in body for column in type_.columns):
                return type_
        ends = [" and ".join(type_.columns) for type_ in candidates if isinstance(type_, RelationshipType)]
        raise problem(self._place(), f"it needs its two ends: {', or '.join(ends)}.")

    def _end(self, type_: NodeType, body: Any, end: str) -> Element:
        """Return an end: a column that holds the id, or more of the node, which the block then makes as well."""
        if not isinstance(body, dict):
            return self._element(type_, {"id": body}, f"{end}.")
        more = {item.name for item in type_.properties} | set(PATH_KEYS if type_.label == "Region" else ())
        is_value = not set(body) & more and set(body) & set(CELL_KEYS)
        return self._element(type_, {"id": body} if is_value else body, f"{end}.")

    def _element(self, type_: NodeType, body: Map[str, Any], prefix: str) -> Element:
        place = self._place(prefix.rstrip("."))
        own = {item.name: item for item in type_.properties if item.name not in HIDDEN}
        is_region = type_.label == "Region"
        refuse_unknown(body, [*own, *(PATH_KEYS if is_region else ())], place, "property")
        cells = {name: self._cell(body, item, prefix) for name, item in own.items() if name in body and name != "id"}
        if is_region and set(body) & {"path", "country"}:
            return Element(place, type_, self._path(body, prefix), cells)
        if "id" in body:
            return Element(place, type_, self._cell(body, own["id"], prefix), cells)
        if NAME.name not in cells:
            raise problem(place, f"the {type_.label} needs an id, or a name to make one from.")
        return Element(place, type_, replace(cells[NAME.name], normalize=True), cells)

    def _path(self, body: Map[str, Any], prefix: str) -> Path:
        key = "path" if "path" in body else "country"
        place = self._place(prefix + key)
        if "id" in body or ("path" in body and "country" in body):
            raise problem(place, "a region has a path, a country or an id: one of them.")
        said = body[key] if key == "path" and isinstance(body[key], list) else [body[key]]
        steps = tuple(read_cell(item, NAME, place) for item in said)
        step, separator = body.get("country_step", 0), body.get("separator", "|")
        if not steps or not isinstance(step, int) or isinstance(step, bool) or step < 0:
            raise problem(place, "country_step counts the steps from 1; in Earth|Africa|Kenya the country is step 3.")
        if not isinstance(separator, str) or not separator:
            raise problem(place, "separator is the text between two steps.")
        return Path(place, steps, separator, 1 if key == "country" else step, strict=key == "country")

    def _cell(self, body: Map[str, Any], item: Property, prefix: str) -> Cell:
        return read_cell(body[item.name], item, self._place(prefix + item.name))
