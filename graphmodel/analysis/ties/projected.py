"""The projection of a network that need not fit in memory: computed on an engine, in parts, and kept there."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import narwhals as nw
import polars as pl

from graphmodel.analysis.ties import projection
from graphmodel.analysis.ties.alliances import hubs_of
from graphmodel.analysis.ties.frames import collected
from graphmodel.analysis.ties.selection import Selection, agreed, incidence
from graphmodel.engines import Engine, Ids, Part

Frame = nw.LazyFrame[Any]

LISTED = 100
"""Names that a condition may list; more are joined."""


@dataclass(frozen=True)
class Frames:
    """What a projection is made of, on an engine.

    Attributes
    ----------
    participations, agreements : narwhals.LazyFrame
        As `graphmodel.analysis.ties.alliances.ties` takes them.
    """

    participations: Frame
    agreements: Frame

    def selected(self, selection: Selection, engine: Engine) -> tuple["Frames", Selection]:
        """Leave out by joins what a selection lists by many names; return what is left, and the rest of the selection.

        A condition that lists thousands of names is no plan for Spark.
        """
        lists = {name: _long(getattr(selection, name)) for name in ("activities", "organizations", "exclude")}
        joined = {name: engine.spread(pl.DataFrame({"id": listed})) for name, listed in lists.items() if listed}
        took_part, formal = self.participations, self.agreements
        for name, column, how in NARROWING:
            if name in joined:
                took_part = took_part.join(joined[name], left_on=column, right_on="id", how=how)
        for name, _, how in NARROWING[1:]:
            for end in ("source", "target") if name in joined else ():
                formal = formal.join(joined[name], left_on=end, right_on="id", how=how)
        rest: dict[str, Any] = {name: () if name == "exclude" else None for name in joined}
        return Frames(took_part, formal), replace(selection, **rest)


NARROWING: tuple[tuple[str, str, Literal["semi", "anti"]], ...] = (
    ("activities", "activity", "semi"),
    ("organizations", "organization", "semi"),
    ("exclude", "organization", "anti"),
)
"""What of a selection lists names, of which column, and how that is joined."""


@dataclass(frozen=True)
class Projected:
    """A projection that an engine computes as far as it is asked for, and keeps.

    Attributes
    ----------
    incidence, agreements : narwhals.LazyFrame
        What counts; see `graphmodel.analysis.ties.selection`. Ids are as the engine holds them.
    ids : Ids
        How the engine holds ids.
    selection : Selection
    engine : Engine
    """

    incidence: Frame
    agreements: Frame
    ids: Ids
    selection: Selection
    engine: Engine

    @cached_property
    def degrees(self) -> pl.DataFrame:
        """activities, organizations: how many organizations take part in so many activities, the most first."""
        return _counted(self._degrees, "activities", "organizations")

    @cached_property
    def sizes(self) -> pl.DataFrame:
        """participants, activities: how many activities have so many participants, the most first."""
        return _counted(projection.sizes(self.incidence), "participants", "activities")

    @cached_property
    def instances(self) -> int:
        """The number of pairs, counted once for each activity that they share: there are at most so many ties."""
        participants = pl.col("participants")
        counted = participants * (participants - 1) // 2 * pl.col("activities")
        return int(self.sizes.select(counted.sum()).item())

    @cached_property
    def hubs(self) -> pl.DataFrame:
        """The organizations in more than half of the activities; see `graphmodel.analysis.ties.alliances.hubs`."""
        return hubs_of(self.ids.texts(self._degrees, "organization"), int(self.sizes["activities"].sum()))

    @cached_property
    def pairs(self) -> Frame:
        """The ties of `graphmodel.analysis.ties.alliances.ties`, in any order, ids as the engine holds them.

        Beside their figures stand smaller, larger: how many activities the two take part in. All that share anything
        are there, however much is asked for: they count among those that are tested.
        """
        return self.engine.kept(self._pairs(part) for part in self.engine.parts(self.instances))

    def _pairs(self, part: Part) -> Frame:
        """The pairs whose sources are of a part."""
        sources = part(self.incidence, "organization")
        shared = projection.shared_instances(self.incidence, self.selection, sources)
        formal = projection.formal_instances(part(self.agreements, "source"), self.selection)
        added = projection.pairs(nw.concat([shared, formal]))
        kept = added.filter(nw.col("shared") >= min(self.selection.least_shared, 1))
        return projection.figures(kept, self._degrees, projection.smaller_and_larger())

    @cached_property
    def _degrees(self) -> Frame:
        return self.engine.kept([projection.degrees(self.incidence)])


def projected(frames: Frames, selection: Selection, engine: Engine) -> Projected:
    """Return the projection of a network on an engine.

    Parameters
    ----------
    frames : Frames
        Participations and agreements, on the engine.
    selection : Selection
        What counts.
    engine : Engine
        Where it is computed and kept.

    Raises
    ------
    UsageProblem
        As `graphmodel.analysis.ties.alliances.ties`, but for the number of pairs, which has no limit.

    Examples
    --------
    >>> from graphmodel import engines
    >>> rows = pl.DataFrame({"organization": ["a", "b", "a", "b"], "activity": ["x", "x", "y", "y"]})
    >>> formal = pl.DataFrame(schema={"source": pl.String, "target": pl.String})
    >>> with engines.started() as engine:
    ...     made = projected(Frames(engine.taken(rows), engine.taken(formal)), Selection(), engine)
    ...     made.ids.texts(made.pairs, "source", "target").collect().select("source", "target", "shared").rows()
    [('a', 'b', 2)]
    """
    left, rest = frames.selected(selection, engine)
    together = engine.kept([incidence(left.participations, rest)])
    formal = engine.kept([agreed(left.agreements, rest)])
    ids = engine.ids([(together, ("organization", "activity")), (formal, ("source", "target"))])
    return Projected(engine.kept([ids.held(together)]), engine.kept([ids.held(formal)]), ids, selection, engine)


def _long(listed: Collection[str] | None) -> list[str]:
    """What is listed, sorted, if it is more than a condition should list."""
    return sorted(listed) if listed is not None and len(listed) > LISTED else []


def _counted(frame: Frame, of: str, name: str) -> pl.DataFrame:
    """How many rows have each value of a column, largest first."""
    counted = frame.group_by(of).agg(nw.len().cast(nw.Int64).alias(name))
    return collected(counted).to_polars().sort(of, descending=True)
