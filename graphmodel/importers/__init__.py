"""Readers: one file per format, each a generator of records and rejects that touches no database."""

from collections.abc import Iterator
from pathlib import Path

from graphmodel.errors import DataProblem
from graphmodel.importers import tidy
from graphmodel.records import Record
from graphmodel.schema import Schema


def read(path: Path, schema: Schema, source: str) -> Iterator[Record]:
    """Read what is at `path`, whatever its format; `source` is the id under which it is a source itself.

    Raises
    ------
    DataProblem
        If nothing is there, or nothing that a reader knows.
    """
    if not path.exists():
        raise DataProblem(f"There is nothing at {path}. Check the path; `graphmodel template` makes a folder to fill.")
    if not path.is_dir():
        raise DataProblem(
            f"{path} is a file; graphmodel loads a folder of CSV files. "
            "`graphmodel template FOLDER` makes an empty one with the right columns."
        )
    return tidy.read(path, schema, source)
