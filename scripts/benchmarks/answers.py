"""What was measured gave the right answer: counted and compared in processes of their own, streaming."""

from pathlib import Path
from typing import Any

import copies
import polars as pl
from processes import measured

from graphmodel import api


def participations(store: str | Path) -> int:
    """Return how many participations a store holds."""
    return int(measured(_participations, str(store))[2])


def _participations(store: str) -> tuple[float, int]:
    with api.open(store) as graph:
        return 0.0, graph.status().counts["Organization PARTICIPATED_IN Activity"]


def ties(path: Path) -> int:
    """Return how many ties are in a Parquet file or a folder of them."""
    return int(measured(_ties, path)[2])


def _ties(path: Path) -> tuple[float, int]:
    return 0.0, _scan(path).select(pl.len()).collect().item()


def kept(path: Path) -> int:
    """Return how many of them are more than chance."""
    return int(measured(_kept, path)[2])


def _kept(path: Path) -> tuple[float, int]:
    return 0.0, _scan(path).filter(sign="+").select(pl.len()).collect().item()


def same_ties(one: Path, other: Path) -> bool:
    """Return whether two files hold the same rows, in any order, to the last bit, in the columns of the first."""
    return bool(measured(_fingerprint, (one, one))[2] == measured(_fingerprint, (other, one))[2])


def _fingerprint(words: tuple[Path, Path]) -> tuple[float, Any]:
    """Return the number of rows and the sum of their hashes, columns as they stand in the second file."""
    path, typed = words
    rows = _scan(path).select(pl.col(name).cast(kind) for name, kind in _scan(typed).collect_schema().items())
    summed = pl.struct(pl.all()).hash(seed=copies.SEED).sum()
    return 0.0, rows.select(pl.len(), hashes=summed).collect(engine="streaming").row(0)


def _scan(path: Path) -> pl.LazyFrame:
    return pl.scan_parquet(path / "*.parquet" if path.is_dir() else path)
