"""The alliances of a network of any size: an engine finds them in parts, here or on Spark, and keeps them on disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.significance import Test, report, words
from graphmodel.analysis.significance.joining import FIGURES
from graphmodel.analysis.significance.projected import Judged, refuse_disparity
from graphmodel.analysis.ties import alliances
from graphmodel.analysis.ties.frames import collected
from graphmodel.analysis.ties.projected import Frames, Projected, projected
from graphmodel.api import extent
from graphmodel.api.listing import NEWMAN, UNTESTED, Show, refuse_show, told
from graphmodel.api.projection import Projection
from graphmodel.engines import Engine, EngineName
from graphmodel.errors import UsageProblem
from graphmodel.files import whole

Frame = nw.LazyFrame[Any]

TIES = ("shared", "strength", "jaccard", "overlap", "first", "last", "status", "basis")
ENDS = ("source", "target")
IN_TABLE = 5_000_000
"""Alliances up to which they are listed at once, in another form than Parquet."""

SORTED = ("shared", "strength", "source_held", "target_held")
LARGEST_FIRST = (True, True, False, False)
"""As `graphmodel.analysis.ties.alliances.ties` are sorted: ids are held in their order, and compared faster so."""


@dataclass(frozen=True)
class AlliancesInParts:
    """The alliances of a projection, found by an engine as far as they are asked for.

    What is found is the same, to the last bit, as `graphmodel.api.listing.alliances` finds in memory.
    """

    projection: Projection
    engine: Engine

    def found(self, test: Test | None, *, significant: bool = False, limit: int | None = None) -> Finding:
        """Return the alliances, the strongest first, in memory: all, those that are more than chance, or the first.

        See `graphmodel.api.listing.alliances` for the columns and the sentences.
        """
        listed = self._listed(test, significant=significant)
        if limit is not None:
            listed = listed.top_k(limit, by=SORTED, reverse=[not largest for largest in LARGEST_FIRST])
        rows = collected(listed).to_polars().sort(SORTED, descending=LARGEST_FIRST)
        return self._finding(rows.select(columns(test)), test)

    def write(self, path: Path, test: Test | None, *, significant: bool = False, force: bool = False) -> Finding:
        """Write the alliances as Parquet, the strongest first; return what is to be said of them, with no rows.

        Spark writes a folder of files, whose names are in the order of the rows.

        Raises
        ------
        UsageProblem
            If the path is taken, or is in no folder.
        """
        listed = self._listed(test, significant=significant)
        with whole(path, force=force) as part:
            self.engine.write(listed, part, tuple(zip(SORTED, LARGEST_FIRST, strict=True)), columns(test))
        return self.told(test)

    def told(self, test: Test | None) -> Finding:
        """Return what is to be said of the alliances, with no rows."""
        return self._finding(pl.DataFrame(schema=columns(test)), test)

    @property
    def most(self) -> int:
        """How many alliances there are at most, told before any is found."""
        return self._projected.instances + len(self.projection.agreements)

    def refuse_table(self) -> None:
        """Refuse to list them all in memory where they are many, before any is found."""
        if self.most > IN_TABLE:
            raise UsageProblem(
                f"There are up to {self.most:,} alliances, too many for a table: write them to a file (-o "
                "alliances.parquet), or take some of them (--only significant, or --limit)."
            )

    @cached_property
    def number(self) -> int:
        """How many alliances there are."""
        return sum(self._by_status.values())

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """Return the sentences that belong beside the ties; see `Projection.caveats`."""
        hubs = self._projected.hubs
        known = self.projection.organizations.filter(pl.col("id").is_in(hubs["organization"].implode()))
        names = dict(known.select("id", "name").iter_rows())
        left, rest = self._frames.selected(self.projection.selection, self.engine)
        rows = nw.to_native(left.participations), nw.to_native(left.agreements)
        of_time = alliances.caveats_of_time(*rows, rest)
        return (*self.projection.doubts, *alliances.caveats_of_hubs(hubs, names), *of_time)

    def _finding(self, table: pl.DataFrame, test: Test | None) -> Finding:
        said = told(self._by_status, self.projection.selection)
        if test is None:
            return Finding(table, said, method=UNTESTED, references=NEWMAN)
        outcome = self._tested(test).outcome
        of_test = words.of_ties(outcome, test) if self.number else ()
        method = f"{UNTESTED} {report.paragraph(outcome, test)}"
        return Finding(table, (*said, *of_test), method=method, references=" ".join((NEWMAN, *report.works(test))))

    def _listed(self, test: Test | None, *, significant: bool) -> Frame:
        """The alliances that are asked for, with names, and the columns that they are sorted by."""
        pairs = self._asked(self._tested(test).pairs if test else self._projected.pairs)
        if significant:
            pairs = pairs.filter(nw.col("sign") == "+")
        held = self._named(pairs).with_columns(nw.col(end).alias(f"{end}_held") for end in ENDS)
        return self._projected.ids.texts(held, *ENDS)

    def _named(self, pairs: Frame) -> Frame:
        """Pairs with the names of both ends."""
        for end in ENDS:
            names = self._names.rename({"organization": end, "name": f"{end}_name"})
            pairs = pairs.join(names, on=end, how="left")
        return pairs

    def _asked(self, pairs: Frame) -> Frame:
        """Pairs that share as much as is asked for."""
        return pairs.filter(nw.col("shared") >= self.projection.selection.least_shared)

    @cached_property
    def _by_status(self) -> Mapping[str | None, int]:
        counted = self._asked(self._projected.pairs).group_by("status").agg(nw.len().alias("ties"))
        return dict(collected(counted).to_polars().select("status", "ties").iter_rows())

    @cached_property
    def _names(self) -> Frame:
        names = self.projection.names_on(self.engine).rename({"id": "organization"})
        return self.engine.kept([self._projected.ids.held(names)])

    @cached_property
    def _frames(self) -> Frames:
        return self.projection.frames(self.engine)

    @cached_property
    def _projected(self) -> Projected:
        return projected(self._frames, self.projection.selection, self.engine)

    def _tested(self, test: Test) -> Judged:
        if test not in self._tests:
            self._tests[test] = Judged(self._projected, test)
        return self._tests[test]

    @cached_property
    def _tests(self) -> dict[Test, Judged]:
        return {}


def refuse_in_parts(test: Test | None, show: Show) -> None:
    """Refuse what an engine does not find, for it needs all ties in memory, and what nothing can."""
    refuse_show(test, show)
    if show == "avoided":
        raise UsageProblem(
            "Pairs that avoid each other are found in memory only: leave out the engine, and select less where the "
            "network does not fit."
        )
    if test is not None:
        refuse_disparity(test)


def in_memory(
    projection: Projection, test: Test | None, show: Show, engine: EngineName | None = None, master: str = ""
) -> bool:
    """Whether alliances are found in memory: no engine is named, and the network is small or all ties are needed."""
    if engine or master:
        return False
    needed = show == "avoided" or (test is not None and test.method == "disparity")
    if needed or projection.in_files:
        return needed
    of = projection.partnerships
    return extent.fits(of.met, extent.TESTED) or extent.fits(of.most_ties, extent.TESTED)


def columns(test: Test | None) -> tuple[str, ...]:
    """Return the columns of alliances, with those of a test where there is one.

    >>> columns(None)[:5]
    ('source', 'source_name', 'target', 'target_name', 'shared')
    """
    return ("source", "source_name", "target", "target_name", *TIES, *(FIGURES if test else ()))
