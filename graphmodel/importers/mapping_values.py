"""The values in a block of a mapping file, its conditions and separators: read from TOML and checked."""

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from graphmodel import values
from graphmodel.importers.mapping_specification import (
    CELL_KEYS,
    CONDITION_KEYS,
    WILDCARD,
    Cell,
    Condition,
    problem,
    refuse_unknown,
)
from graphmodel.importers.tables_binary import text_of
from graphmodel.schema import Property

SWITCHES = ("country", "normalize", "optional")
WORDS = ("join", "number", "prefix")


def read_cell(body: Any, item: Property, place: str) -> Cell:
    """Return one value: the name of a column, several of them, or a table that says more.

    Raises
    ------
    DataProblem
        If it says what a value cannot say, or a constant that the property cannot hold.
    """
    if isinstance(body, str | list):
        body = {"column": body}
    if not isinstance(body, dict):
        raise problem(place, 'name a column: "...", or a constant: { value = ... }.')
    refuse_unknown(body, CELL_KEYS, place)
    _refuse_wrong_kinds(body, place)
    origins = [origin for origin in ("column", "columns", "value") if origin in body]
    if len(origins) != 1:
        raise problem(place, "say where it comes from: column, columns or value, one of them.")
    columns = () if origins == ["value"] else texts(body[origins[0]], place)
    if origins != ["value"] and not all(columns):
        raise problem(place, "name a column.")
    cell = Cell(
        place,
        columns,
        joined=origins == ["columns"],
        join=body.get("join", " "),
        value=text_of(body["value"]) if origins == ["value"] else None,
        empty=texts(body.get("empty", []), place),
        match=_pattern(body.get("match", ""), place),
        values=_value_table(body.get("values"), place),
        otherwise=text_of(body["otherwise"]) if "otherwise" in body else None,
        country=body.get("country", False),
        date=texts(body.get("date", []), place),
        number=body.get("number", ""),
        normalize=body.get("normalize", False),
        prefix=body.get("prefix", ""),
        optional=body.get("optional", False),
    )
    _refuse_bad_constants(cell, item)
    return cell


def _refuse_wrong_kinds(body: Mapping[str, Any], place: str) -> None:
    for key in SWITCHES:
        if not isinstance(body.get(key, False), bool):
            raise problem(place, f"{key} is true or false.")
    for key in WORDS:
        if not isinstance(body.get(key, ""), str):
            raise problem(place, f"{key} is a text in quotes, such as {'1.234,50' if key == 'number' else '-'!r}.")
    for form in [body["date"]] if isinstance(body.get("date"), str) else body.get("date", []):
        if not re.search("YY", str(form)):
            raise problem(
                place, f'"{form}" is no form of a date. Write it with D, M and Y: DD.MM.YYYY, D-MMM-YY, YYYY.'
            )
    if "otherwise" in body and "values" not in body:
        raise problem(place, "otherwise goes with values: what is not in the table becomes it.")
    for key in ("value", "otherwise"):
        if isinstance(body.get(key), list | dict):
            raise problem(place, f"{key} is one text, number or date.")


def _refuse_bad_constants(cell: Cell, item: Property) -> None:
    """Refuse constants, and results of a value table, that the property cannot hold."""
    constants = list(cell.values.values()) if cell.values is not None else [cell.value]
    if cell.country or cell.number or cell.date or item.name == "id":
        return
    for text in (*constants, cell.otherwise):
        if text and not WILDCARD.search(text):
            frame = pl.DataFrame({item.name: [cell.prefix + text]})
            if frame.select(values.read(item)).item() is None:
                raise problem(cell.place, f'"{text}" is not {values.expected(item)}.')


def texts(body: Any, place: str) -> tuple[str, ...]:
    """Return one text, or a list of them, as texts."""
    items = body if isinstance(body, list) else [body]
    if any(isinstance(item, list | dict) for item in items):
        raise problem(place, "a text, or a list of texts, is expected.")
    return tuple(text_of(item) for item in items)


def _value_table(body: Any, place: str) -> dict[str, str] | None:
    if body is None:
        return None
    if not isinstance(body, dict) or not body or any(isinstance(value, list | dict) for value in body.values()):
        raise problem(place, 'values is a table: { "4" = "implementing", ... }.')
    return {key: text_of(value) for key, value in body.items()}


def _pattern(body: Any, place: str) -> str:
    """Return a regular expression that polars can read, with a group for what is wanted."""
    if not body:
        return ""
    try:
        groups = re.compile(str(body)).groups
        pl.Series([""]).str.extract(str(body))
    except (re.error, pl.exceptions.ComputeError) as error:
        raise problem(place, f"match is no regular expression: {error}.") from error
    if not groups:
        raise problem(place, 'match needs brackets around what is wanted: "([A-Z]{3})".')
    return str(body)


def read_split(body: Any, place: str) -> dict[str, tuple[str, ...]]:
    """Return the separators of each column whose cells hold several values."""
    if not isinstance(body, dict):
        raise problem(place, 'name the columns and their separators: { "Partners" = [";", "|"] }.')
    split = {column: texts(separators, place) for column, separators in body.items()}
    for column, separators in split.items():
        if not separators or "" in separators:
            raise problem(place, f'"{column}" needs a separator that is not empty.')
    return split


def read_when(body: Any, place: str) -> tuple[Condition, ...]:
    """Return the conditions that all must hold: one, or a list of them."""
    return tuple(_condition(item, place) for item in (body if isinstance(body, list) else [body]))


def _condition(body: Any, place: str) -> Condition:
    if not isinstance(body, dict) or not isinstance(body.get("column"), str) or len(body) < 2:
        raise problem(place, 'write a condition as { column = "...", is = [...] }, or with not, or filled.')
    refuse_unknown(body, CONDITION_KEYS, place)
    filled = body.get("filled")
    if filled is not None and not isinstance(filled, bool):
        raise problem(place, "filled is true or false.")
    return Condition(place, body["column"], texts(body.get("is", []), place), texts(body.get("not", []), place), filled)
