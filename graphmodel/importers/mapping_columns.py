"""The value of a mapping for each row of a frame: columns to texts that the schema can read, a column at a time."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from graphmodel import values
from graphmodel.importers import countries
from graphmodel.importers.mapping_specification import Cell
from graphmodel.schema import Kind, Property

DATE_WORDS = (
    *(("YYYY", "%Y"), ("YY", "%y"), ("MMMM", "%B"), ("MMM", "%b"), ("MM", "%m"), ("M", "%m"), ("DD", "%d")),
    *(("D", "%d"), ("hh", "%H"), ("mm", "%M"), ("ss", "%S")),
)
CURRENCY = r"(?:[A-Z]{3}|[A-Z]{0,3}\p{Sc}|%)"
TIME = r"[T ]\d{2}:\d{2}.*$"


@dataclass(frozen=True)
class Evaluated:
    """What a cell of a mapping is in each row: the text found, and the text that it means, null where it has none."""

    found: pl.Series
    value: pl.Series
    expected: str

    def unread(self) -> pl.Series:
        """Return where something was found that means nothing."""
        return self.found.is_not_null() & self.value.is_null()


def cleaned(name: str) -> pl.Expr:
    """Return a column without white space at its ends and with plain spaces inside; what is empty is null."""
    return values.clean(pl.col(name).str.replace_all(r"[\u00a0\u2007\u202f\r\n\t]+", " ")).alias(name)


def evaluate(cell: Cell, item: Property, frame: pl.DataFrame) -> Evaluated:
    """Return what a cell is for each row, ready for `values.read`; its columns are those of the frame."""
    found = _found(cell, frame)
    value = _converted(cell, item, found)
    if cell.prefix:
        value = frame.select(pl.lit(cell.prefix) + value)["literal"] if len(frame) else value
    frame = pl.DataFrame({item.name: value})
    readable = frame.select(values.read(item))[item.name] if item.name != "id" else value
    value = frame.select(pl.when(readable.is_not_null()).then(pl.col(item.name)))[item.name]
    return Evaluated(found, value, _expected(cell, item))


def _found(cell: Cell, frame: pl.DataFrame) -> pl.Series:
    """Return the text that stands there, before it is read."""
    if cell.value is not None:
        return pl.repeat(cell.value, len(frame), dtype=pl.String, eager=True)
    columns = [pl.col(name) for name in cell.columns]
    joined = pl.concat_str(columns, separator=cell.join, ignore_nulls=True)
    text = values.clean(joined) if cell.joined else pl.coalesce(columns)
    if cell.empty:
        nothing = [entry.casefold() for entry in cell.empty]
        text = pl.when(~text.str.to_lowercase().is_in(nothing)).then(text)
    return frame.select(text.alias("found"))["found"]


def _converted(cell: Cell, item: Property, text: pl.Series) -> pl.Series:
    if cell.match:
        text = values_of(text, values.clean(pl.col("text").str.extract(cell.match)))
    if cell.values is not None:
        text = _looked_up(cell, text)
    if cell.country:
        text = by_value(text, _country_code if item.name in ("country", "iso2") else _country_name)
    if cell.date or item.kind is Kind.DATE:
        text = values_of(text, _days(cell.date or ("YYYY-MM-DD",), last=item.name == "ended"))
    if cell.number:
        text = values_of(text, plain_number(cell.number))
    if cell.normalize:
        text = by_value(text, normalized)
    return text


def values_of(text: pl.Series, expression: pl.Expr) -> pl.Series:
    """Apply an expression on the column `text`."""
    return pl.DataFrame({"text": text}).select(expression.alias("text"))["text"]


def by_value(text: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """Apply a function once to each distinct text."""
    known = {value: function(value) for value in text.drop_nulls().unique()}
    return text.replace_strict(known, default=None, return_dtype=pl.String)


def _looked_up(cell: Cell, text: pl.Series) -> pl.Series:
    """Look texts up in a value table, without regard to case; what is not in it is what `otherwise` says."""
    table = {key.casefold(): value for key, value in (cell.values or {}).items()}
    return by_value(text, lambda value: table.get(value.casefold(), cell.otherwise) or None)


def normalized(text: str) -> str | None:
    """Make an id from a name: without case, accents, punctuation and a leading article.

    >>> normalized("The Böll Foundation, e.V."), normalized("...")
    ('boll-foundation-e-v', None)
    """
    return countries.fold(text).replace(" ", "-") or None


def _country_code(text: str) -> str | None:
    found = countries.country(text)
    return found.iso2 if found else None


def _country_name(text: str) -> str | None:
    found = countries.find(text)
    return found.name if found else None


def strftime(form: str) -> str:
    """Turn a date form in words into one of `strftime`.

    >>> strftime("D-MMM-YY"), strftime("DD/MM/YYYY")
    ('%d-%b-%y', '%d/%m/%Y')
    """
    words = dict(DATE_WORDS)
    return re.sub("|".join(words), lambda word: words[word.group()], form)


def _days(forms: tuple[str, ...], *, last: bool) -> pl.Expr:
    """Read days of any of the forms. A year or a month alone is its first day, or its last where it ends something."""
    bare = pl.col("text").str.replace(TIME, "")
    return pl.coalesce(*(_day(pl.col("text") if "hh" in form else bare, form, last=last) for form in forms))


def _day(text: pl.Expr, form: str, *, last: bool) -> pl.Expr:
    has_day, has_month = "D" in form, "M" in form
    whole = text + ("" if has_day else "/01" if has_month else "/01/01")
    pattern = strftime(form) + ("" if has_day else "/%d" if has_month else "/%m/%d")
    if "YYYY" in form:
        whole = pl.when(text.str.contains(r"\d{4}")).then(whole)
    day = whole.str.to_date(pattern, strict=False)
    if last and not has_month:
        day = day.dt.offset_by("1y").dt.offset_by("-1d")
    elif last and not has_day:
        day = day.dt.month_end()
    return day.dt.to_string("%Y-%m-%d")


def separators(example: str) -> tuple[str, str]:
    """Return what separates the thousands and what the decimals in a number written as an example.

    >>> separators("1.234,50"), separators("1,200"), separators("1 234.5"), separators("0,5")
    (('.', ','), (',', '.'), (' ', '.'), ('', ','))
    """
    marks = re.findall(r"(?<=\d)[^\d](?=\d)", example)
    after = re.split(r"[^\d]", example.strip())[-1]
    if not marks:
        return "", "."
    if len(set(marks)) > 1:
        return marks[0], marks[-1]
    if len(marks) > 1 or len(after) == 3:
        return marks[0], "," if marks[0] == "." else "."
    return "", marks[0]


def plain_number(example: str) -> pl.Expr:
    """Read numbers written as in an example: thousands, decimals, a currency sign or code, brackets for less than 0."""
    thousands, decimals = separators(example)
    text = pl.col("text").str.replace_all(r"\s", "").str.replace(r"^\((.*)\)$", "-$1")
    text = text.str.replace(rf"^(-?){CURRENCY}", "$1").str.replace(rf"{CURRENCY}$", "")
    if thousands.strip():
        text = text.str.replace_all(rf"{re.escape(thousands)}(\d{{3}})", "$1")
    if decimals != ".":
        text = text.str.replace_all(".", "?", literal=True).str.replace(decimals, ".", literal=True)
    return pl.when(text.str.contains(r"^[-+]?\d*\.?\d+$|^[-+]?\d+\.$")).then(text)


def _expected(cell: Cell, item: Property) -> str:
    """Say in words what was expected of a cell that could not be read."""
    if cell.match:
        return f"a text that holds {cell.match}"
    if cell.values is not None:
        return f"one of {', '.join(cell.values)}"
    if cell.country:
        return "the name or code of a country"
    if cell.date:
        return f"a date like {' or '.join(cell.date)}"
    if cell.number:
        return f"a number like {cell.number}"
    return values.expected(item) if item.name != "id" else "letters or digits to make an id from"
