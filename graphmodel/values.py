"""Text to value, or to the reason why not: dates, numbers, lists, codes.

Cells of every format come here as text, a column at a time, so that one set of rules reads a CSV file of a million rows
and a single record alike. A cell that cannot be read becomes null where it was not null before: that is a reject.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from graphmodel.schema import Kind, Property

LIST_SEPARATOR = "|"
PLACEHOLDERS = frozenset(
    {"none", "unspecified", "n/a", "#n/a", "not applicable", "not available", "not specified", "unknown"}
    | {"unknown.", "other", "other.", "null", "nan", "nil", "tbd", "tba", "-", "--", "?"}
)


@dataclass(frozen=True)
class Reading:
    """How one kind of property is read: the type of its column, the rule, and the rule in words."""

    dtype: pl.DataType
    expected: str
    parse: Callable[[pl.Expr], pl.Expr]


def _number(text: pl.Expr) -> pl.Expr:
    value = text.cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def _flag(text: pl.Expr) -> pl.Expr:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def _moment(text: pl.Expr) -> pl.Expr:
    iso = text.str.replace("Z$", "").str.replace("T", " ", literal=True)
    return iso.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", strict=False, time_unit="us")


def _date(text: pl.Expr) -> pl.Expr:
    shaped = pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}$")).then(text)
    return shaped.str.to_date("%Y-%m-%d", strict=False)


READINGS: Mapping[Kind, Reading] = {
    Kind.TEXT: Reading(pl.String(), "text", lambda text: text),
    Kind.TEXTS: Reading(pl.List(pl.String), f'values separated by "{LIST_SEPARATOR}"', lambda text: items(text)),
    Kind.INTEGER: Reading(pl.Int64(), "a whole number", lambda text: text.cast(pl.Int64, strict=False)),
    Kind.NUMBER: Reading(pl.Float64(), "a number like 1234.5", _number),
    Kind.DATE: Reading(pl.Date(), "a date like 2021-01-31", _date),
    Kind.MOMENT: Reading(pl.Datetime("us"), "a moment like 2021-01-31T12:00:00Z", _moment),
    Kind.FLAG: Reading(pl.Boolean(), "true or false", _flag),
}


def dtype(item: Property) -> pl.DataType:
    """Return the type of the column that holds a property."""
    return READINGS[item.kind].dtype


def clean(column: pl.Expr) -> pl.Expr:
    """Take white space (no-break spaces too) off both ends; what is then empty is null."""
    stripped = column.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def items(text: pl.Expr) -> pl.Expr:
    """Split a cell with several values; empty ones are dropped, each is named once."""
    parts = text.str.split(LIST_SEPARATOR).list.eval(clean(pl.element())).list.drop_nulls()
    return parts.list.unique(maintain_order=True)


def read(item: Property) -> pl.Expr:
    """Return the expression that reads a cleaned text column of this name: the value, or null where it has none.

    >>> frame = pl.DataFrame({"founded": ["1948", "long ago", "48"]})
    >>> frame.select(read(Property("founded", Kind.INTEGER, minimum=1000)))["founded"].to_list()
    [1948, None, None]
    """
    value = READINGS[item.kind].parse(pl.col(item.name))
    for holds in _conditions(item):
        value = pl.when(holds(value)).then(value)
    return value.alias(item.name)


def _conditions(item: Property) -> list[Callable[[pl.Expr], pl.Expr]]:
    conditions: list[Callable[[pl.Expr], pl.Expr]] = []
    if item.choices:
        conditions.append(lambda value: value.is_in(list(item.choices)))
    if item.pattern:
        conditions.append(lambda value: value.str.contains(item.pattern))
    if item.minimum is not None:
        conditions.append(lambda value: value >= item.minimum)
    if item.maximum is not None:
        conditions.append(lambda value: value <= item.maximum)
    return conditions


def expected(item: Property) -> str:
    """Say in words what a property takes.

    >>> expected(Property("latitude", Kind.NUMBER, minimum=-90, maximum=90))
    'a number like 1234.5 from -90 to 90'
    """
    if item.choices:
        return f"one of {', '.join(item.choices)}"
    if item.pattern:
        return f"{item.doc or 'text'} like {item.example}" if item.example else item.doc
    bounds = f" from {item.minimum}" if item.minimum is not None else ""
    bounds += f" to {item.maximum}" if item.maximum is not None else ""
    return READINGS[item.kind].expected + bounds


def as_text(value: object) -> str | None:
    """Write a value as the text that `read` takes back.

    >>> as_text(True), as_text(date(2021, 1, 31)), as_text(["a", "b"]), as_text(0.1)
    ('true', '2021-01-31', 'a|b', '0.1')
    """
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ").replace(".000000Z", "Z")
        case date():
            return value.isoformat()
        case list() | tuple():
            return LIST_SEPARATOR.join(str(part) for part in value)
        case _:
            return str(value)


def texts(column: pl.Series) -> pl.Series:
    """Write the cells of a column as `as_text` does, all at once.

    >>> texts(pl.Series([date(2021, 1, 31), None])).to_list(), texts(pl.Series([0.1, 1e-7, float("nan")])).to_list()
    (['2021-01-31', None], ['0.1', '1e-07', 'nan'])
    """
    match column.dtype:
        case pl.Datetime():
            return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").str.replace(".000000Z", "Z", literal=True)
        case pl.List():
            return column.cast(pl.List(pl.String)).list.join(LIST_SEPARATOR)
        case pl.Float64():
            return _numbers(column)
        case _:
            return column.cast(pl.String)


def _numbers(column: pl.Series) -> pl.Series:
    """Write numbers as Python does: polars writes the very small ones, and what is no number, in another way."""
    others = (((column.abs() < 1e-4) & (column != 0)) | column.is_nan()).arg_true()
    return column.cast(pl.String).scatter(others, [str(value) for value in column.gather(others)])
