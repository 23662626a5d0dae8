"""What the parts of the benchmark are given: the table, a folder, a server; and what they share, made once."""

from dataclasses import dataclass, field
from pathlib import Path

import copies
from processes import Failed, measured, run


@dataclass
class Given:
    """What the parts are given.

    Attributes
    ----------
    table : Path, optional
        CORDIS H2020, as it is published: a row for each participation.
    folder : Path
        For what is made, empty at first.
    server : str
        The address of an empty Neo4j, or "".
    lost : dict
        Why a size could not be loaded: that is not tried again.
    """

    table: Path | None
    folder: Path
    server: str = ""
    lost: dict[str, str] = field(default_factory=dict)

    @property
    def cordis(self) -> Path:
        """The table, where a part needs it."""
        assert self.table
        return self.table

    def data(self, size: str) -> Path:
        """Return a size of the network as a folder of Parquet."""
        path = self.folder / size
        if not path.exists():
            measured(_make, (str(self.cordis), size, str(path)))
        return path

    def store(self, size: str) -> Path:
        """Return a store into which that was loaded."""
        path = self._store(size)
        if not path.exists():
            self.load(size)
        return path

    def load(self, size: str) -> tuple[float, float]:
        """Load that into a new store; return seconds and peak memory.

        Raises
        ------
        Failed
            If it fails now, or did before.
        """
        if size in self.lost:
            raise Failed(f"it could not be loaded: {self.lost[size]}")
        path = self._store(size)
        path.unlink(missing_ok=True)
        try:
            seconds, _, peak = run("-m", "graphmodel", "load", self.data(size), "--quiet", "--store", path)
        except Failed as failed:
            self.lost[size] = str(failed)
            raise
        return seconds, peak

    def _store(self, size: str) -> Path:
        return self.folder / f"{size}.lbug"


def _make(words: tuple[str, str, str]) -> tuple[float, None]:
    copies.make(*words)
    return 0.0, None
