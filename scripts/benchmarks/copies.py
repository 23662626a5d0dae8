"""Writes seeded copies of CORDIS H2020, larger by any factor, in which every degree is kept.

Usage: copies.py H2020.csv.gz SIZE FOLDER

SIZE is x1, x10, or any other factor; or x0, some first participations, which take no more than a program's start. The
folder becomes a tidy folder of Parquet tables: organizations, activities, participations.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from graphmodel import api

SEED = 2_026
MOVED = 0.2
"""Share of the participations that tie copies to each other. The others keep who is often met where it was: without
them no tie would be more than chance."""
PAIRS = {"x1": 796_670, "x7": 6_346_753, "x10": 9_157_800, "x50": 46_702_000}
"""Pairs of organizations that share an activity, counted once by a plain join."""
PARTICIPATIONS = 144_726
FIRST = 100
"""Participations of x0."""
ORGANIZATION = ("id", "name", "kind", "country")
ACTIVITY = ("id", "name", "started", "ended")
PARTICIPATION = ("organization", "activity", "role")


@dataclass(frozen=True)
class Tables:
    """The tables of a network, headed as those of a tidy folder."""

    organizations: pl.DataFrame
    activities: pl.DataFrame
    participations: pl.DataFrame


def main() -> None:
    """Write the copies that are asked for."""
    make(*sys.argv[1:])


def make(table: str, size: str, folder: str) -> None:
    """Write a size of the table into a new folder."""
    whole, factor = read(Path(table)), int(size.removeprefix("x"))
    write(copies(whole, factor) if factor else first(whole), Path(folder))


def read(table: Path) -> Tables:
    """Return CORDIS H2020 as its mapping reads it."""
    with tempfile.TemporaryDirectory() as name, api.open(f"{name}/cordis.lbug") as graph:
        assert not graph.load(table, mapping="cordis_h2020").rejects
        read, schema = graph.store.read, graph.schema
        return Tables(
            read(schema.node("Organization")).select(ORGANIZATION).sort("id"),
            read(schema.node("Activity")).select(ACTIVITY).sort("id"),
            read(schema.relationship("PARTICIPATED_IN"))
            .select(organization="start_id", activity="end_id", role="role")
            .sort(PARTICIPATION[:2]),
        )


def first(tables: Tables) -> Tables:
    """Return the first participations, and who and what is in them."""
    took_part = tables.participations.head(FIRST)
    return Tables(
        tables.organizations.join(took_part, left_on="id", right_on="organization", how="semi"),
        tables.activities.join(took_part, left_on="id", right_on="activity", how="semi"),
        took_part,
    )


def copies(tables: Tables, factor: int) -> Tables:
    """Return so many copies of a network, tied to each other, in which every organization and activity has its degree.

    Each participation of an organization in an activity becomes one of each copy of the organization in a copy of the
    activity: in its own, or, if it is drawn, in the one that lies a number of copies further, in a circle. So each copy
    of the activity is met once too, and no participation comes twice.
    """
    if factor == 1:
        return tables
    took_part = tables.participations
    random = np.random.default_rng(SEED)
    moved = random.random(len(took_part)) < MOVED
    drawn = np.where(moved, random.integers(factor, size=len(took_part)), 0)
    wide = _repeated(took_part.with_columns(further=drawn), factor)
    met = (pl.col("copy") + pl.col("further")) % factor
    return Tables(
        _repeated(tables.organizations, factor).select(_name("id"), _name("name"), pl.exclude("id", "name", "copy")),
        _repeated(tables.activities, factor).select(_name("id"), _name("name"), pl.exclude("id", "name", "copy")),
        wide.select(_name("organization"), _name("activity", met), "role"),
    )


def _repeated(table: pl.DataFrame, factor: int) -> pl.DataFrame:
    return table.join(pl.DataFrame({"copy": range(factor)}), how="cross", maintain_order="left_right")


def _name(column: str, copy: pl.Expr | str = "copy") -> pl.Expr:
    return pl.format("{}-{}", column, copy).alias(column)


def write(tables: Tables, folder: Path) -> None:
    """Write the tables as a tidy folder of Parquet."""
    folder.mkdir()
    for name, table in vars(tables).items():
        table.write_parquet(folder / f"{name}.parquet")


if __name__ == "__main__":
    main()
