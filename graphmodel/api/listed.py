"""The alliances of a network as people ask for them: in memory, or by an engine."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Unpack

import polars as pl

from graphmodel import engines
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import STANDARD, Test
from graphmodel.api import listing
from graphmodel.api.filter import EVERYTHING, Filter
from graphmodel.api.in_parts import AlliancesInParts, in_memory, refuse_in_parts
from graphmodel.api.listing import Show
from graphmodel.api.narrowing import Narrowing
from graphmodel.api.projection import Projection
from graphmodel.engines import EngineName
from graphmodel.errors import UsageProblem


class Listed(ABC):
    """A network whose alliances are listed."""

    @abstractmethod
    def project(self, within: Filter = EVERYTHING, **narrowing: Unpack[Narrowing]) -> Projection:
        """Return the organizations tied by what they did together, within a filter."""

    def alliances(
        self,
        within: Filter = EVERYTHING,
        test: Test | None = None,
        show: Show = "all",
        *,
        engine: EngineName | None = None,
        master: str = "",
        **narrowing: Unpack[Narrowing],
    ) -> pl.DataFrame:
        """Return the alliances with their figures, the strongest first.

        They are tested against chance if a `Test` is given, or if only those are to be shown that a test tells. See
        `graphmodel.api.listing.alliances` for the columns.

        Parameters
        ----------
        within, test, show
            Which alliances, and how they are tested.
        engine : "polars" or "spark", optional
            What finds them. If not given, polars: in memory, or in parts where that would take much of it.
        master : str
            Of Spark: `local[2]`, `spark://HOST:7077`.
        narrowing
            The words of a filter.

        Examples
        --------
        >>> import tempfile, graphmodel
        >>> with tempfile.TemporaryDirectory() as folder, graphmodel.open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     found = graph.alliances(region="Africa", exclude=["UNESCO", "lc"], since=2014)
        >>> found["source_name", "target_name", "shared"].row(0)
        ('International Federation of Library Associations and Institutions', 'MASA Festival', 1)
        """
        test = STANDARD if test is None and show != "all" else test
        projection = self.project(within, **narrowing)
        if in_memory(projection, test, show, engine, master):
            return listing.alliances(projection, test, show).table
        with _found_by(projection, test, show, engine, master) as made:
            return made.found(test, significant=show == "significant").table

    def write_alliances(
        self,
        path: str | Path,
        within: Filter = EVERYTHING,
        test: Test | None = STANDARD,
        show: Show = "all",
        *,
        engine: EngineName | None = None,
        master: str = "",
        force: bool = False,
        **narrowing: Unpack[Narrowing],
    ) -> Finding:
        """Write the alliances as Parquet, the strongest first, and return what is to be said of them.

        They need not fit in memory. polars writes a file, Spark a folder of files.

        Parameters
        ----------
        path : path
        within, test, show, engine, master, narrowing
            As for `alliances`; pairs that avoid each other are not written.
        force : bool
            Whether a file that is there already, or a folder that Spark wrote, is replaced.

        Raises
        ------
        UsageProblem
            If the path is taken or ends in that of another form, or a test is asked for that needs all ties in memory.

        Examples
        --------
        >>> import tempfile, graphmodel
        >>> with tempfile.TemporaryDirectory() as folder, graphmodel.open(f"{folder}/graph.lbug") as graph:
        ...     _ = graph.load_demonstration()
        ...     found = graph.write_alliances(f"{folder}/ties.parquet", test=None, exclude=["UNESCO", "lc"])
        ...     found.words[0], pl.read_parquet(f"{folder}/ties.parquet").height
        ('143 alliances.', 143)
        """
        path = Path(path)
        if path.suffix.lower() not in ("", ".parquet"):
            raise UsageProblem(
                f"{path} would hold Parquet: name it {path.with_suffix('.parquet')}, or write the frame that "
                "`alliances` returns."
            )
        with _found_by(self.project(within, **narrowing), test, show, engine, master) as made:
            return made.write(path, test, significant=show == "significant", force=force)


@contextmanager
def _found_by(
    projection: Projection, test: Test | None, show: Show, engine: EngineName | None, master: str
) -> Iterator[AlliancesInParts]:
    """What an engine finds, started for it."""
    refuse_in_parts(test, show)
    with engines.started(engine, master) as running:
        yield AlliancesInParts(projection, running)
