"""The library of questions: a .cypher file with its header -> a Query that is checked, documented and typed.

A file begins with the question in a person's words, explains its answer, and declares parameters and columns:

    // Organizations that share activities, most shared first.
    //
    // param min: int = 1   smallest number of shared activities
    // returns: source, target, weight

Declared and used must agree, both ways. A parameter without a default is required. Types are str, int, float,
bool, date, list[str], and each label: such a parameter names one node by its id, its name or its acronym, and the
query gets the id. A property, such as Region.kind, is a text too, whose values in the graph are suggested. The empty
text is written `''`, a list `one|other`, a date `2024-12-31`, `today`, `today + 6 months` or, with a date declared
before it, `day - 5 years`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel import parameters, syntax
from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.parameters import LABELS as LABELS
from graphmodel.parameters import TYPES, Parameter

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Table:
    """What a query returns: the names of its columns, and its rows in their order."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def records(self) -> list[dict[str, Any]]:
        """Return each row as a mapping from column to value.

        >>> Table(("source", "weight"), (("a", 2),)).records()
        [{'source': 'a', 'weight': 2}]
        """
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def frame(self) -> "pl.DataFrame":
        """Return the rows as a frame; a cell that is a map or holds lists becomes JSON.

        >>> Table(("source", "weight"), (("a", 2),)).frame().rows()
        [('a', 2)]
        """
        import polars as pl

        columns = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        cells = [[_flat(cell) for cell in column] for column in columns]
        return pl.DataFrame(
            [pl.Series(name, column, strict=False) for name, column in zip(self.columns, cells, strict=True)]
        )


def _flat(cell: Any) -> Any:
    """Return a cell as a frame and each of its files can hold it: what has no plain kind is its text."""
    match cell:
        case dict():
            return json.dumps(cell, ensure_ascii=False, default=_text)
        case list() if any(isinstance(item, dict | list) for item in cell):
            return json.dumps(cell, ensure_ascii=False, default=_text)
        case list():
            return [_flat(item) for item in cell]
        case int() if not -(2**63) <= cell < 2**63:
            return str(cell)
        case bool() | int() | float() | str() | date() | None:
            return cell
    return str(cell)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


@dataclass(frozen=True)
class Query:
    """A question of the library. `text` is the whole file; both engines run it as it is."""

    name: str
    question: str
    doc: str
    parameters: tuple[Parameter, ...]
    returns: tuple[str, ...]
    text: str
    path: Path | None = None

    @property
    def is_graph(self) -> bool:
        """Whether its rows are ties, which can be drawn."""
        return {"source", "target"} <= set(self.returns)


def library(folder: Path | None = None) -> dict[str, Query]:
    """Return the queries of a folder by name, `topic/name`, in order; by default those that are shipped.

    Raises
    ------
    DataProblem
        If a file is not what its header says.

    Examples
    --------
    >>> library()["networks/shared_activities"].returns
    ('source', 'target', 'weight')
    """
    return _library(folder) if folder else dict(_shipped_library())


def _library(folder: Path) -> dict[str, Query]:
    return {query.name: query for query in map(_read, sorted(folder.glob("*/*.cypher")))}


@cache
def _shipped_library() -> Mapping[str, Query]:
    """Return the queries that are shipped, read once."""
    return _library(_shipped())


def _shipped() -> Path:
    """Return the folder inside an installed package, or the one beside the package in a checkout."""
    package = Path(__file__).parent
    return next(folder for folder in (package / "cypher", package.parent / "cypher") if folder.is_dir())


def _read(path: Path) -> Query:
    return parse(f"{path.parent.name}/{path.stem}", path.read_text(encoding="utf-8"), path)


def parse(name: str, text: str, path: Path | None = None) -> Query:
    """Read a query file and check it against its header.

    Raises
    ------
    DataProblem
        If the header is incomplete, if it declares other parameters or columns than the query has, or if the
        query does not say in which order its rows come.

    Examples
    --------
    >>> query = parse("networks/members", '''// Who belongs to what?
    ... // returns: source, target
    ... MATCH (a:Organization)-[:MEMBER_OF]->(b:Organization)
    ... RETURN a.id AS source, b.id AS target ORDER BY source, target
    ... ''')
    >>> query.question, query.is_graph
    ('Who belongs to what?', True)
    """
    where = str(path or name)
    header = _header(text)
    told = [line for line in header if not line.startswith(("param ", "returns:"))]
    if not told or not told[0]:
        raise DataProblem(f"{where} does not begin with its question. Write it in the first line, after //.")
    declared = tuple(_parameter(line, where) for line in header if line.startswith("param "))
    doc = "\n".join(told[1:]).strip()
    query = Query(name, told[0], doc, declared, _returns(header, where), text, path)
    _check_parameters(query, where)
    _check_defaults(query, where)
    _check_returns(query, where)
    return query


def _header(text: str) -> list[str]:
    """Return the comment lines with which a file begins, without their slashes."""
    lines = text.splitlines()
    length = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    return [line.removeprefix("//").strip() for line in lines[:length]]


def _parameter(line: str, where: str) -> Parameter:
    try:
        return parameters.declared(line)
    except ValueError as error:
        raise DataProblem(f"{where}: {error}") from None


def _returns(header: list[str], where: str) -> tuple[str, ...]:
    found = [line.removeprefix("returns:") for line in header if line.startswith("returns:")]
    if len(found) != 1:
        raise DataProblem(f"{where} must name its columns in one line. Write: // returns: source, target")
    return tuple(column.strip() for column in found[0].split(","))


def _check_parameters(query: Query, where: str) -> None:
    declared = [item.name for item in query.parameters]
    used = syntax.parameters(query.text)
    for name in used:
        if name not in declared:
            form = parameters.FORM.replace("NAME", name)
            raise DataProblem(f"{where} uses ${name} without declaring it. Add: // {form}")
    for name in declared:
        if name not in used:
            raise DataProblem(f"{where} declares parameter {name} without using it. Remove it.")
        if declared.count(name) > 1:
            raise DataProblem(f"{where} declares parameter {name} twice. Remove one of the lines.")


def _check_defaults(query: Query, where: str) -> None:
    required = {item.name: TYPES[item.type].example for item in query.parameters if item.required}
    try:
        bind(query, required)
    except UsageProblem as problem:
        raise DataProblem(f"{where}: {problem}") from None


def _check_returns(query: Query, where: str) -> None:
    declared = ", ".join(query.returns)
    for columns in syntax.columns(query.text):
        if columns != query.returns:
            returned = ", ".join(columns) or "nothing"
            raise DataProblem(f"{where} declares the columns {declared} and returns {returned}. Correct one.")
    if not syntax.is_ordered(query.text):
        raise DataProblem(f"{where} does not say in which order its rows come. End it with ORDER BY.")


def find(name: str, library: Mapping[str, Query]) -> Query:
    """Return the query of this name, or the only one whose last part it is.

    Raises
    ------
    UsageProblem
        If there is none, or more than one; the message suggests the nearest, or lists them.

    Examples
    --------
    >>> find("shared_activities", library()).name
    'networks/shared_activities'
    """
    found = [name] if name in library else [full for full in library if full.endswith(f"/{name}")]
    if len(found) == 1:
        return library[found[0]]
    if found:
        raise UsageProblem(f'More than one query is called "{name}". Say which: {" or ".join(found)}.')
    last_parts = {full.rpartition("/")[2]: full for full in library}
    hint = suggestion(name, [*library, *last_parts]) or " `graphmodel query` lists all."
    raise UsageProblem(f'There is no query "{name}".{hint}')


def bind(query: Query, given: Mapping[str, Any], today: date | None = None) -> dict[str, Any]:
    """Return a typed value for each parameter of a query: the one given, as text or typed, else the default.

    Parameters
    ----------
    query : Query
        Whose parameters are to be filled.
    given : mapping of str to text, number, bool, date, list of str, or None
        Values by name; None means not given.
    today : date
        What `today` means in a date; by default the current day.

    Raises
    ------
    UsageProblem
        If a parameter is unknown, missing or of the wrong type.

    Examples
    --------
    >>> bind(find("networks/shared_activities", library()), {"min": "2"})
    {'min': 2}
    """
    known = [item.name for item in query.parameters]
    for name in given:
        if name not in known:
            raise UsageProblem(f'{query.name} has no parameter "{name}".{_hint(name, known)}')
    dates = {"today": today or date.today()}
    values: dict[str, Any] = {}
    for item in query.parameters:
        values[item.name] = _bound(query.name, item, given.get(item.name), dates)
        dates |= {item.name: values[item.name]} if item.type == "date" else {}
    return values


def _hint(name: str, known: list[str]) -> str:
    return suggestion(name, known) or f" It takes {', '.join(known) or 'none'}."


def _bound(query: str, parameter: Parameter, given: Any, dates: Mapping[str, date]) -> Any:
    type_ = TYPES[parameter.type]
    if parameter.required and given in (None, ""):
        raise UsageProblem(
            f"{query} needs the parameter {parameter.name}: {parameter.doc or type_.expected}. "
            f"Give it as {parameter.name}={type_.example}."
        )
    given = parameter.default if given is None else given
    try:
        return type_.read(given, dates)
    except (ValueError, OverflowError):
        raise UsageProblem(
            f'{query}: the parameter {parameter.name} must be {type_.expected}, not "{given}". '
            f"Give it as {parameter.name}={type_.example}."
        ) from None
