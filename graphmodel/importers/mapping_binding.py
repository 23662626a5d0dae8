"""A mapping and the headers it meets: each column that it names is found, or the mapping is refused by its place."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graphmodel.errors import suggestion
from graphmodel.importers.countries import fold
from graphmodel.importers.mapping_specification import WILDCARD, Block, Cell, Element, Path, problem


@dataclass(frozen=True)
class Header:
    """The columns that a block may name: those of its table, and those of joined tables as `table.column`."""

    file: str
    columns: tuple[str, ...]
    hashtags: Mapping[str, str]

    def find(self, name: str) -> str | None:
        """Return the column that is meant: by its very name, by its HXL hashtag, or but for case and punctuation."""
        if name in self.columns:
            return name
        if name.startswith("#"):
            wanted = name.replace(" ", "").lower()
            tags = (tag for tag in self.hashtags if tag == wanted or tag.startswith(f"{wanted}+"))
            return next((self.hashtags[tag] for tag in tags), None)
        alike = [column for column in self.columns if fold(column) == fold(name)]
        return alike[0] if len(alike) == 1 and fold(name) else None


def bind(block: Block, header: Header) -> Iterator[Block]:
    """Yield the block with the columns of a table; where it names wide columns, once for each of them.

    Raises
    ------
    DataProblem
        If a column is not there, and the block or the value is not said to be optional.
    """
    wild = _wild(block)
    if not wild:
        bound = _bound(block, header)
        if bound:
            yield bound
        return
    found = dict.fromkeys(value for name in wild for value in _matches(name, header))
    if not found and not block.optional:
        raise problem(block.place, f'{header.file} has no column like "{wild[0]}".')
    for value in sorted(found, key=lambda text: (len(text), text) if text.isdigit() else (0, text)):
        bound = _bound(_with(block, value), header, wide=True)
        if bound:
            yield bound


def _wild(block: Block) -> list[str]:
    """Return the names of columns that stand for several."""
    return [name for name in block.columns() if WILDCARD.search(name)]


def _matches(name: str, header: Header) -> Iterator[str]:
    """Yield what stands in a header for the wildcard of a name: digits for {n}, any text for another word."""
    parts = WILDCARD.split(name)
    digits = parts[1] == "n"
    pattern = re.compile(re.escape(parts[0]) + (r"(\d+)" if digits else "(.+?)") + re.escape(parts[2]), re.IGNORECASE)
    return (match[1] for match in map(pattern.fullmatch, header.columns) if match)


def _with(block: Block, value: str) -> Block:
    """Put what the wildcard stands for into every name and constant of a block."""

    def put(text: str) -> str:
        return WILDCARD.sub(lambda _: value, text)

    def cell(old: Cell) -> Cell:
        constant = put(old.value) if old.value is not None else None
        return replace(old, columns=tuple(map(put, old.columns)), value=constant, prefix=put(old.prefix))

    def element(old: Element) -> Element:
        id = replace(old.id, steps=tuple(map(cell, old.id.steps))) if isinstance(old.id, Path) else cell(old.id)
        return replace(old, id=id, cells={name: cell(item) for name, item in old.cells.items()})

    return replace(
        block,
        elements=tuple(map(element, block.elements)),
        cells={name: cell(item) for name, item in block.cells.items()},
        split={put(name): separators for name, separators in block.split.items()},
        when=tuple(replace(condition, column=put(condition.column)) for condition in block.when),
    )


def _bound(block: Block, header: Header, *, wide: bool = False) -> Block | None:
    """Return the block with the columns of the header; None if it is optional and a column that it needs is not there.

    Of wide columns, some may have no partner: `name_3` without `role_3`.
    """
    elements = [_element(element, header, lenient=block.optional or wide) for element in block.elements]
    if not all(elements):
        return None
    if block.optional and not all(header.find(condition.column) for condition in block.when):
        return None
    bound = replace(
        block,
        elements=tuple(element for element in elements if element),
        cells=_present(block.cells, header, lenient=block.optional or wide),
    )
    first = {cell.columns[0] for cell in bound.values() if cell.columns}
    split = {column: cut for name, cut in block.split.items() if (column := _column(name, header, block, wide))}
    return replace(
        bound,
        split={column: cut for column, cut in split.items() if column in first},
        when=tuple(
            replace(condition, column=column)
            for condition in block.when
            if (column := _column(condition.column, header, block, wide))
        ),
    )


def _column(name: str, header: Header, block: Block, wide: bool) -> str | None:
    found = header.find(name)
    if found or wide or block.optional:
        return found
    raise missing(block.place, [name], header)


def missing(place: str, names: Iterable[str], header: Header) -> Exception:
    """Return the error that no column of these names is there, with the nearest that is."""
    named = list(names)
    hint = next((found for name in named if (found := suggestion(name, header.columns))), "")
    hint = hint or f" It has {', '.join(header.columns[:20])}{', ...' if len(header.columns) > 20 else ''}."
    return problem(place, f'{header.file} has no column "{" or ".join(named)}".{hint}')


def _element(element: Element, header: Header, *, lenient: bool) -> Element | None:
    if isinstance(element.id, Path):
        steps = [
            _cell(step, header, lenient=lenient) or replace(step, columns=(), value="") for step in element.id.steps
        ]
        if not any(step.columns for step in steps):
            return None
        id: Cell | Path = replace(element.id, steps=tuple(steps))
    else:
        bound = _cell(element.id, header, lenient=lenient)
        if not bound:
            return None
        id = bound
    return replace(element, id=id, cells=_present(element.cells, header, lenient=lenient))


def _present(cells: Mapping[str, Cell], header: Header, *, lenient: bool) -> dict[str, Cell]:
    bound = {name: _cell(cell, header, lenient=lenient) for name, cell in cells.items()}
    return {name: cell for name, cell in bound.items() if cell}


def _cell(cell: Cell, header: Header, *, lenient: bool) -> Cell | None:
    """Return the value with the columns that are there; None if none is and that is allowed."""
    if cell.value is not None:
        return cell
    found = tuple(column for name in cell.columns if (column := header.find(name)))
    if not found or (cell.joined and len(found) < len(cell.columns)):
        if cell.optional or lenient:
            return None
        absent = [name for name in cell.columns if not header.find(name)]
        raise missing(cell.place, absent, header)
    return replace(cell, columns=found)
