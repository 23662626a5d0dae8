"""Readers: one file per format, each a generator of records and rejects that touches no database."""

from collections.abc import Iterator
from pathlib import Path

from graphmodel.errors import DataProblem
from graphmodel.importers import iati, mapping, tidy
from graphmodel.records import Record
from graphmodel.schema import Schema


def read(path: Path, schema: Schema, source: str = "", by: str = "") -> tuple[str, Iterator[Record]]:
    """Return the id of the source and the records of what is at `path`, whatever its format.

    Parameters
    ----------
    path : Path
        A tidy folder or workbook, an IATI file, or a mapping that names its data; with `by`, any table.
    source : str
        The id under which it is a source itself; that of the mapping, or the name of the file, if not given.
    by : str
        The mapping that tells which columns are what: its path, or the name of one that comes with graphmodel.

    Raises
    ------
    DataProblem
        If nothing is there, or nothing that a reader knows, or the mapping does not fit.
    UsageProblem
        If there is no such mapping.
    """
    if not path.exists():
        raise DataProblem(f"There is nothing at {path}. Check the path; `graphmodel template` makes a folder to fill.")
    if by or path.suffix.lower() == ".toml":
        said = mapping.find(by or path, schema)
        source = source or said.source_id or path.resolve().stem
        return source, mapping.read(path if by else None, said, schema, source)
    source = source or path.resolve().name
    if path.is_file() and iati.is_iati(path):
        return source, iati.read(path, schema, source)
    return source, tidy.read(path, schema, source)
