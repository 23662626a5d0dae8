"""A block of a mapping applied to the rows of a table: what each row says, as records and rejects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from graphmodel import values
from graphmodel.importers.mapping_columns import evaluate
from graphmodel.importers.mapping_places import Known, leaves
from graphmodel.importers.mapping_specification import Block, Cell, Condition, Element, Path
from graphmodel.records import ENDS, LINE, Record, Reject, Rows
from graphmodel.schema import ID, NAME, NodeType, Property, RelationshipType

QUOTED = re.compile(r'["\\]')


@dataclass(frozen=True)
class Said:
    """What an element says of each row: the id, whether anything stood there, and in which column."""

    element: Element
    ids: pl.Series
    found: pl.Series
    column: str

    def missing(self, other: pl.Series) -> pl.Series:
        """Return where nothing stood, though something else was said."""
        return self.ids.is_null() & ~self.found & other


def read_block(block: Block, frame: pl.DataFrame, file: str, known: Known) -> Iterator[Record]:
    """Yield what the rows of a cleaned frame say by one block, its columns named as in the frame."""
    frame, rejects = _split(block, frame, file)
    yield from rejects
    for condition in block.when:
        frame = frame.filter(_holds(condition))
    if frame.is_empty():
        return
    said = []
    for element in block.elements:
        item, records = _said(element, frame, file, known)
        yield from records
        said.append(_nobody(item, frame) if isinstance(block.type, RelationshipType) else item)
    if isinstance(block.type, RelationshipType):
        yield from _relationships(block, block.type, said, frame, file)
    for item in said:
        yield from _nodes(item, frame, file, known, alone=isinstance(block.type, NodeType))


def _said(element: Element, frame: pl.DataFrame, file: str, known: Known) -> tuple[Said, list[Record]]:
    """Return what an element says of each row, and the regions and rejects met on the way."""
    if isinstance(element.id, Path):
        texts, ids, chains = leaves(element.id, frame)
        column = next((cell.columns[0] for cell in reversed(element.id.steps) if cell.columns), "")
        unread = texts.is_not_null() & ids.is_null()
        rejects = _rejects(frame, unread, texts, file, column, "a country, or a region of M49")
        return Said(element, ids, texts.is_not_null(), column), [*rejects, *known.rows(chains, ids, frame[LINE], file)]
    ids, found, records = _read(element.id, ID, frame, file, key=True)
    return Said(element, ids, found, _column(element.id)), records


def _nobody(said: Said, frame: pl.DataFrame) -> Said:
    """Take the id from an end whose name is a placeholder: whoever that was, nobody knows."""
    name = said.element.cells.get(NAME.name)
    if name is None or name.value is not None:
        return said
    ids = pl.DataFrame({"id": said.ids, "name": evaluate(name, NAME, frame).value})
    return replace(
        said, ids=ids.select(pl.when(~_is_placeholder("name").fill_null(False)).then("id").alias("id"))["id"]
    )


def _is_placeholder(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase().is_in(list(values.PLACEHOLDERS))


def _column(cell: Cell) -> str:
    return cell.columns[0] if cell.columns else ""


def _read(
    cell: Cell, item: Property, frame: pl.DataFrame, file: str, *, key: bool
) -> tuple[pl.Series, pl.Series, list[Record]]:
    """Return the texts of a value, where something stood, and the rejects: what is unreadable, or a placeholder."""
    result = evaluate(cell, item, frame)
    column = _column(cell)
    rejects = _rejects(frame, result.unread(), result.found, file, column, result.expected)
    value = result.value
    if key and cell.value is None:
        cells = pl.DataFrame({"value": value, "found": result.found})
        placeholder = cells.select(
            (_is_placeholder("found") & pl.col("value").is_not_null()).fill_null(False)
        ).to_series()
        wanted = "an organization, a place or a subject, not a placeholder"
        rejects += _rejects(frame, placeholder, result.found, file, column, wanted, "placeholder")
        value = cells.select(pl.when(~placeholder).then("value").alias("value"))["value"]
    return value, result.found.is_not_null(), rejects


def _rejects(
    frame: pl.DataFrame, where: pl.Series, found: pl.Series, file: str, column: str, wanted: str, kind: str = "value"
) -> list[Record]:
    where = where.fill_null(False)
    if not where.any():
        return []
    cells = pl.DataFrame({"line": frame[LINE], "found": found}).filter(where)
    return [Reject(file, line, column, kind, text, wanted) for line, text in cells.iter_rows()]


def _nodes(said: Said, frame: pl.DataFrame, file: str, known: Known, *, alone: bool) -> Iterator[Record]:
    """Yield the nodes of an element that says more than an id; a row that says more but has no id is a reject."""
    element = said.element
    if not element.cells and not alone:
        return
    columns = [said.ids.alias("id"), frame[LINE]]
    more = pl.repeat(False, len(frame), dtype=pl.Boolean, eager=True)
    for name, cell in element.cells.items():
        item = next(item for item in element.type.properties if item.name == name)
        texts, found, rejects = _read(cell, item, frame, file, key=item is NAME)
        yield from rejects
        columns.append(texts.alias(name))
        more = more | found if cell.columns else more
    if alone:
        yield from _missing(said, said.missing(more), frame, file)
    made = pl.DataFrame(columns).filter(pl.col("id").is_not_null())
    if isinstance(element.id, Path):
        made = known.first(made)
    elif element.id.normalize and NAME.name in made.columns:
        made = made.with_columns(known.spelled(element.type.label, made.select("id", "name")))
    if len(made.columns) > 2 or not isinstance(element.id, Path):
        yield Rows(element.type, _once(made), file)


def _relationships(
    block: Block, type_: RelationshipType, said: Sequence[Said], frame: pl.DataFrame, file: str
) -> Iterator[Record]:
    """Yield the relationships of rows that name both ends; a row that does not say of whom it speaks is a reject."""
    columns = [*(item.ids.alias(end) for end, item in zip(ENDS, said, strict=True)), frame[LINE]]
    for name, cell in block.cells.items():
        item = next(item for item in type_.properties if item.name == name)
        texts, _, rejects = _read(cell, item, frame, file, key=False)
        yield from rejects
        columns.append(texts.alias(name))
    subject, other = (said[1], said[0]) if type_.name == "PARTICIPATED_IN" else (said[0], said[1])
    if subject.column not in block.split:
        yield from _missing(subject, subject.missing(other.ids.is_not_null()), frame, file)
    both = pl.DataFrame(columns).filter(pl.col("start_id").is_not_null() & pl.col("end_id").is_not_null())
    yield Rows(type_, _once(both), file, other.column)


def _missing(said: Said, where: pl.Series, frame: pl.DataFrame, file: str) -> list[Record]:
    wanted = f"the id of the {said.element.type.title}"
    return _rejects(frame, where, pl.repeat("", len(frame), eager=True), file, said.column, wanted, "missing")


def _once(frame: pl.DataFrame) -> pl.DataFrame:
    """Keep the first of the rows that say the same."""
    return frame.unique([name for name in frame.columns if name != LINE], keep="first", maintain_order=True)


def _holds(condition: Condition) -> pl.Expr:
    column = pl.col(condition.column)
    holds = pl.lit(True)
    if condition.filled is not None:
        holds &= column.is_not_null() if condition.filled else column.is_null()
    if condition.among:
        holds &= column.is_in(list(condition.among)).fill_null(False)
    if condition.not_among:
        holds &= ~column.is_in(list(condition.not_among)).fill_null(False)
    return holds


def _split(block: Block, frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Record]]:
    """Make a row for each of the values in the cells that hold several; columns that are split together go together."""
    names = list(block.split)
    if not names:
        return frame, []
    lists = frame.with_columns(_entries(frame[name], block.split[name]) for name in names)
    lengths = [pl.col(name).list.len() for name in names]
    longest = pl.max_horizontal(lengths)
    uneven = lists.select(pl.any_horizontal((length != longest).fill_null(False) for length in lengths)).to_series()
    wanted = f"as many in {', '.join(names)}"
    rejects: list[Record] = [
        Reject(file, line, names[0], "shape", f"{' and '.join(map(str, counts))} entries", wanted)
        for line, *counts in lists.filter(uneven).select(LINE, *lengths).iter_rows()
    ]
    even = lists.filter(~uneven).filter(longest > 0)
    padded = even.with_columns(
        pl.when(pl.col(name).is_null())
        .then(pl.lit(None, dtype=pl.String).repeat_by(longest))
        .otherwise(pl.col(name))
        .alias(name)
        for name in names
    )
    return padded.explode(names, empty_as_null=True), rejects


def _entries(column: pl.Series, separators: Sequence[str]) -> pl.Series:
    """Return the entries of each cell; a separator in quotes or behind a backslash separates nothing."""
    special = column.str.contains(QUOTED.pattern).any() or False
    if special:
        entries = {cell: parts(cell, separators) for cell in column.drop_nulls().unique()}
        lists = pl.Series(column.name, [entries.get(cell) for cell in column], dtype=pl.List(pl.String))
    else:
        text = column
        for separator in separators[1:]:
            text = text.str.replace_all(separator, separators[0], literal=True)
        lists = text.str.split(separators[0])
    return lists.list.eval(values.clean(pl.element()))


def parts(cell: str, separators: Sequence[str]) -> list[str]:
    r"""Split one cell, honouring quotes around an entry and backslashes before a separator.

    >>> parts('"Smith, Jones"; Mercy \\; Corps;', [";", ","])
    ['Smith, Jones', 'Mercy ; Corps', '']
    """
    cut = "|".join(map(re.escape, sorted(separators, key=len, reverse=True)))
    found, entry, rest = [], "", cell
    while rest:
        quoted = re.match(rf'\s*"((?:[^"]|"")*)"\s*(?={cut}|$)', rest) if not entry.strip() else None
        escaped = re.match(rf"\\({cut}|\\)", rest)
        if quoted:
            entry, rest = quoted[1].replace('""', '"'), rest[quoted.end() :]
        elif escaped:
            entry, rest = entry + escaped[1], rest[escaped.end() :]
        elif separator := re.match(cut, rest):
            found.append(entry.strip())
            entry, rest = "", rest[separator.end() :]
        else:
            entry, rest = entry + rest[0], rest[1:]
    return [*found, entry.strip()]
