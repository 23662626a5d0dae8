"""What a load did, and what a store holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from graphmodel.analysis.phrases import counted, listed
from graphmodel.errors import GraphmodelError
from graphmodel.plan import Plan, unfinished
from graphmodel.records import Reject
from graphmodel.store.base import Store


@dataclass(frozen=True)
class Counted:
    """How many elements of a type a load brings (new, changed, there already), and how many go."""

    type: str
    new: int
    changed: int
    unchanged: int
    removed: int = 0


@dataclass(frozen=True)
class Report:
    """What a load or a removal did, or would do: counts by type, and the rows that were not taken.

    `notes` say what was asked for and not done, `notices` what to know of the data. A node that loses one of its
    sources and stays counts as changed.
    """

    counts: tuple[Counted, ...]
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: Plan, note: str = "", notices: tuple[str, ...] = ()) -> "Report":
        """Return the report of a plan."""
        counts = [
            Counted(change.type.title, len(change.new), len(change.changed), change.unchanged, len(change.removed))
            for change in plan.changes
            if len(change) or change.unchanged
        ]
        return cls(tuple(counts), plan.rejects, (note,) if note else (), notices)

    @property
    def changes(self) -> int:
        """Number of elements that are new, changed or removed."""
        return sum(item.new + item.changed + item.removed for item in self.counts)

    @property
    def removed(self) -> int:
        """Number of elements that are removed."""
        return sum(item.removed for item in self.counts)

    def rejects_frame(self) -> pl.DataFrame:
        """Return the rejects as a frame: file, line, column, kind, found, expected."""
        rows = [(item.file, item.line, item.column, item.kind, item.found, item.expected) for item in self.rejects]
        columns = {name: pl.String() for name in ("file", "line", "column", "kind", "found", "expected")}
        return pl.DataFrame(rows, schema=columns | {"line": pl.Int64()}, orient="row")


def outdated_words(number: int) -> tuple[str, ...]:
    """Return the sentence on so many saved alliances that are stale; none if there are none."""
    what = "1 saved alliance is" if number == 1 else f"{number:,} saved alliances are"
    return (f"{what} stale now. To compute them anew: graphmodel alliances --save",) if number else ()


def held(store: Store) -> str:
    """Return in words how many nodes a store holds, or why it cannot be said: to show a graph never fails."""
    try:
        counts = [(_noun(type_.label), store.count(type_)) for type_ in store.schema.nodes]
    except GraphmodelError as error:
        return str(error).removesuffix(".")
    return listed([counted(number, noun) for noun, number in counts if number]) or "nothing was loaded yet"


def _noun(label: str) -> str:
    """Return a label as a noun.

    >>> _noun("CompetenceArea")
    'competence area'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()


@dataclass(frozen=True)
class Status:
    """What a store holds: elements by type, its sources with title, loaded and complete, and how many are stale."""

    address: str
    counts: Mapping[str, int]
    sources: pl.DataFrame
    stale: int = 0

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Sources whose load or removal was cut off."""
        return tuple(unfinished(self.sources)["id"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be done: loads to run again, saved alliances to compute anew."""
        cut_off = [f'Incomplete: a load or removal of "{id}" was cut off. Run it again.' for id in self.incomplete]
        return (*cut_off, *outdated_words(self.stale))

    @property
    def loaded(self) -> datetime | None:
        """When something was last loaded, UTC; None if nothing was."""
        latest = self.sources["loaded"].max()
        return latest if isinstance(latest, datetime) else None
