"""Mapping files: a table of any shape to nodes and relationships, described in TOML, with no Python.

`load` reads and checks a mapping file, `find` one by path or one that comes with graphmodel by name, and `read` applies
it to data. The words of the language are listed in `graphmodel.importers.mapping_specification`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

import polars as pl

from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.importers import mapping_toml
from graphmodel.importers.mapping_binding import Header, bind, missing
from graphmodel.importers.mapping_columns import cleaned
from graphmodel.importers.mapping_places import Known
from graphmodel.importers.mapping_rows import read_block
from graphmodel.importers.mapping_specification import Block, Join, Mapping, TableSpecification, problem
from graphmodel.importers.tables import Table, open_table
from graphmodel.records import LINE, Node, Record, Reject
from graphmodel.schema import SCHEMA, Schema

SHIPPED = Path(__file__).parent.parent / "mappings"
ROWS = "_row"


def load(path: Path, schema: Schema = SCHEMA) -> Mapping:
    """Read and check a mapping file as a whole; see `mapping_toml.load`."""
    return mapping_toml.load(path, schema)


def names() -> list[str]:
    """Return the names of the mappings that come with graphmodel.

    >>> "aiddata" in names()
    True
    """
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def find(name_or_path: str | Path, schema: Schema = SCHEMA) -> Mapping:
    """Return the mapping at a path, or the one of this name that comes with graphmodel.

    Raises
    ------
    UsageProblem
        If there is neither.
    DataProblem
        As `load`.
    """
    path = Path(name_or_path)
    if path.is_file():
        return load(path, schema)
    if str(name_or_path) in names():
        return load(SHIPPED / f"{name_or_path}.toml", schema)
    hint = suggestion(str(name_or_path), names()) or f" graphmodel comes with {', '.join(names())}."
    raise UsageProblem(f"There is no mapping file at {path}, and none of this name comes with graphmodel.{hint}")


def read(data: Path | None, mapping: Mapping, schema: Schema, source: str) -> Iterator[Record]:
    """Yield what a mapping makes of data: the source itself, then rows and rejects, with their file and line.

    A reject that the mapping finds concerns one cell, and what else its row says is yielded all the same.

    Parameters
    ----------
    data : Path or None
        The file, or the folder or zip archive that holds the files which the mapping names; None if they stand
        beside the mapping file.
    source : str
        The id of the source of all that is said.

    Raises
    ------
    DataProblem
        If a file or a column is not there, or a file cannot be read; before any row is yielded, but for a file that
        breaks off.
    """
    tables = _tables(data, mapping)
    blocks = {name: list(_bound(mapping, name, tables)) for name in tables}
    said = {key: value for key, value in mapping.source.items() if key != "id"}
    yield Node("Source", source, said | {"sha256": _sha256([table.path for table in tables.values()])})
    seen: set[Reject] = set()
    known = Known(schema)
    for name, table in tables.items():
        for record in _records(mapping.tables[name], table, tables, blocks[name], known):
            if not isinstance(record, Reject):
                yield record
            elif record not in seen:
                seen.add(record)
                yield record


def _tables(data: Path | None, mapping: Mapping) -> dict[str, Table]:
    """Open each table of a mapping, where it is."""
    needed = [item for item in mapping.tables.values() if not item.optional]
    tables: dict[str, Table] = {}
    for name, specification in mapping.tables.items():
        alone = len(mapping.tables) == 1 or needed == [specification]
        path, member = _file(data, mapping, specification, alone=alone)
        if path is not None:
            tables[name] = open_table(path, sheet=specification.sheet, member=member)
        elif not specification.optional:
            raise problem(specification.place, f"there is no {specification.file} in {data or mapping.path.parent}.")
    return tables


def _file(
    data: Path | None, mapping: Mapping, specification: TableSpecification, *, alone: bool
) -> tuple[Path | None, str]:
    """Return the file of a table, and the member of it."""
    wanted, member = specification.file, specification.member
    if data is None:
        if not wanted:
            raise problem(str(mapping.path), 'it names no data. Say which file is meant, or add file = "...".')
        return _inside(mapping.path.parent, wanted), member
    if data.is_dir():
        if not wanted:
            raise problem(str(mapping.path), f'{data} is a folder; name the file in it that is meant: file = "...".')
        return _inside(data, wanted), member
    if not data.exists():
        raise DataProblem(f"There is nothing at {data}. Check the path.")
    if wanted and _is_archive(data, wanted):
        return data, wanted
    if specification.sheet or alone or data.name in (wanted, f"{wanted}.gz"):
        return data, member
    return _inside(data.parent, wanted) if wanted else None, member


def _inside(folder: Path, name: str) -> Path | None:
    """Return the file of a name in a folder, packed or not, or the only one in the folders below."""
    for path in (folder / name, folder / f"{name}.gz", folder / f"{name}.zip"):
        if path.is_file():
            return path
    below = sorted(folder.glob(f"*/{name}")) + sorted(folder.glob(f"*/*/{name}"))
    return below[0] if len(below) == 1 else None


def _is_archive(path: Path, member: str) -> bool:
    """Say whether a file is a zip archive that holds a member of this name."""
    with suppress(BadZipFile, OSError):
        if is_zipfile(path):
            with ZipFile(path) as archive:
                return any(name.rsplit("/", 1)[-1] == member for name in archive.namelist())
    return False


def _sha256(paths: list[Path]) -> str:
    """Return the hash of a file, or the hash of the hashes of several."""
    digests = []
    for path in dict.fromkeys(paths):
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _header(specification: TableSpecification, table: Table, tables: dict[str, Table]) -> Header:
    """Return the columns that a block may name, after the joins, each key of which is checked."""
    header = Header(table.file, table.columns, table.hashtags)
    for join in specification.joins:
        other = tables.get(join.table)
        if other is None:
            continue
        there = Header(other.file, other.columns, other.hashtags)
        for key, side in zip(join.on, (header, there), strict=True):
            if not side.find(key):
                raise missing(join.place, [key], side)
        joined = tuple(f"{join.table}.{name}" for name in other.columns)
        header = replace(header, columns=header.columns + joined)
    return header


def _bound(mapping: Mapping, name: str, tables: dict[str, Table]) -> Iterator[Block]:
    header = _header(mapping.tables[name], tables[name], tables)
    for block in mapping.blocks:
        if block.table == name:
            yield from bind(block, header)


def _records(
    specification: TableSpecification,
    table: Table,
    tables: dict[str, Table],
    blocks: list[Block],
    known: Known,
) -> Iterator[Record]:
    """Yield what the rows of one table say by its blocks."""
    columns = list(dict.fromkeys(name for block in blocks for name in block.columns()))
    if not columns:
        return
    others = []
    for join in specification.joins:
        if join.table in tables:
            other, rejects = _looked_up(join, tables[join.table])
            yield from rejects
            others.append((join, other))
    for frame in table.frames():
        if isinstance(frame, Reject):
            yield frame
            continue
        for join, other in others:
            frame = _joined(frame, join, other, table)
        clean = frame.select(LINE, *(cleaned(name) for name in columns))
        for block in blocks:
            yield from read_block(block, clean, table.file, known)


def _looked_up(join: Join, table: Table) -> tuple[pl.DataFrame, list[Reject]]:
    """Return a table to be joined, one row for each key; a row whose key came before is a reject."""
    key = Header(table.file, table.columns, table.hashtags).find(join.on[1]) or join.on[1]
    parts = list(table.frames())
    rejects = [part for part in parts if isinstance(part, Reject)]
    whole = pl.concat([part for part in parts if not isinstance(part, Reject)]).with_columns(cleaned(key))
    whole = whole.filter(pl.col(key).is_not_null())
    again = whole.filter(~pl.col(key).is_first_distinct())
    wanted = "each key once, in a table that is joined"
    rejects += [
        Reject(table.file, line, key, "conflict", text, wanted) for line, text in again.select(LINE, key).rows()
    ]
    named = whole.unique(key, keep="first", maintain_order=True).drop(LINE)
    return named.rename({name: f"{join.table}.{name}" for name in named.columns}), rejects


def _joined(frame: pl.DataFrame, join: Join, other: pl.DataFrame, table: Table) -> pl.DataFrame:
    here = Header(table.file, tuple(frame.columns), table.hashtags).find(join.on[0]) or join.on[0]
    there = Header("", tuple(other.columns), {}).find(f"{join.table}.{join.on[1]}") or f"{join.table}.{join.on[1]}"
    keyed = frame.with_columns(cleaned(here).alias(ROWS))
    same = other.with_columns(pl.col(there).alias(ROWS))
    return keyed.join(same, on=ROWS, how="left", maintain_order="left").drop(ROWS)
