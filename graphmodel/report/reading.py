"""A report that was written, read again."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from graphmodel.errors import DataProblem
from graphmodel.report.writing import DATA, FORMAT

MAKE_ONE = "Make one: graphmodel report -o FOLDER."


@dataclass(frozen=True)
class Written:
    """What a report says to programs.

    Attributes
    ----------
    place : path
        Where it was read.
    data : mapping
        What report.json holds.
    tables : mapping of str to polars.DataFrame
        Every table, all of its cells text.
    """

    place: Path
    data: dict[str, Any]
    tables: dict[str, pl.DataFrame]


def read(place: Path) -> Written:
    """Read a report, from its folder or its ZIP.

    Raises
    ------
    DataProblem
        If it is no report, or one of another version, or a file of it is missing or broken.
    """
    content = _reader(place)
    data = _data(place, content)
    return Written(place, data, {name: _table(place, name, content) for name in data["tables"]})


def _reader(place: Path) -> Callable[[str], bytes]:
    if place.is_dir():
        return lambda name: (place / name).read_bytes()
    if not place.exists():
        raise DataProblem(f"There is no {place}. {MAKE_ONE}")
    if not zipfile.is_zipfile(place):
        raise DataProblem(f"{place} is no report: neither a folder nor a ZIP. {MAKE_ONE}")
    packed = zipfile.ZipFile(io.BytesIO(place.read_bytes()))
    return packed.read


def _data(place: Path, content: Callable[[str], bytes]) -> dict[str, Any]:
    try:
        data = json.loads(content(DATA))
    except (OSError, KeyError):
        raise DataProblem(f"{place} is no report: it has no {DATA}. {MAKE_ONE}") from None
    except ValueError:
        raise DataProblem(f"{place} is no report: its {DATA} cannot be read. {MAKE_ONE}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise DataProblem(f"{place} is no report that this version reads ({FORMAT}). {MAKE_ONE}")
    return data


def _table(place: Path, name: str, content: Callable[[str], bytes]) -> pl.DataFrame:
    try:
        return pl.read_csv(content(f"{name}.csv"), infer_schema=False)
    except (OSError, KeyError, pl.exceptions.PolarsError):
        raise DataProblem(
            f"{place} is no whole report: {name}.csv is missing or cannot be read. Make it anew: graphmodel report."
        ) from None
