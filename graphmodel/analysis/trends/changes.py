"""What changed between one year and the next: the ties that are new, renewed, extended or lost."""

import numpy as np
import polars as pl

from graphmodel.analysis.trends.histories import Histories
from graphmodel.analysis.trends.spells import Bools, Ints, Spells
from graphmodel.network import ENDS

CHANGES = ("new", "renewed", "extended", "lost")


def extensions(known: Histories, lasting: Spells) -> Bools:
    """Return which rows start something further within a spell, one for each pair and year."""
    begun = lasting.first[lasting.of]
    repeated = np.zeros(len(known.first), np.bool_)
    repeated[1:] = (np.diff(known.pair) == 0) & (np.diff(known.first) == 0)
    return (known.first > begun) & ~repeated


def listed(known: Histories, lasting: Spells, year: int, organizations: pl.DataFrame) -> pl.DataFrame:
    """Return the ties that are new, renewed, extended or lost in a year; see `graphmodel.analysis.trends.trends`.

    Parameters
    ----------
    known : Histories
    lasting : Spells
        Of the pairs.
    year : int
    organizations : polars.DataFrame
        id, name.

    Returns
    -------
    polars.DataFrame
        source, source_name, target, target_name, change, presumed, first, last.
    """
    by_presumption = _ends_by_presumption(known, lasting)
    starting = lasting.first == year
    # a pair's spells follow each other: the spell before a renewal is the one whose end was a lapse
    renewed = np.flatnonzero(starting & ~lasting.initial)
    lost = np.flatnonzero(lasting.last == year - 1)
    extended = known.pair[extensions(known, lasting) & (known.first == year)]
    parts = (
        _part("new", lasting.group[starting & lasting.initial]),
        _part("renewed", lasting.group[renewed], by_presumption[renewed - 1]),
        _part("extended", extended),
        _part("lost", lasting.group[lost], by_presumption[lost]),
    )
    changed = pl.concat(parts).sort("change", "pair")
    found = pl.concat([known.pairs[changed["pair"]], changed, _span(known)[changed["pair"]]], how="horizontal")
    return _named(found.with_columns(pl.col(*ENDS, "change").cast(pl.String)), organizations)


def _ends_by_presumption(known: Histories, lasting: Spells) -> Bools:
    """Whether nothing is known to be active in the last year of each spell."""
    surely = np.zeros(len(lasting.first), np.int64)
    np.maximum.at(surely, lasting.of, known.known)
    return surely < lasting.last


def _part(change: str, pairs: Ints, presumed: Bools | None = None) -> pl.DataFrame:
    columns = {"pair": pairs, "presumed": np.zeros(len(pairs), np.bool_) if presumed is None else presumed}
    return pl.DataFrame(columns).select("pair", pl.lit(change, pl.Enum(CHANGES)).alias("change"), "presumed")


def _span(known: Histories) -> pl.DataFrame:
    """The years of the first start and of the last end of each pair, by its number."""
    rows = pl.DataFrame({"pair": known.pair, "first": known.first, "last": known.known})
    return rows.group_by("pair").agg(pl.col("first").min(), pl.col("last").max()).sort("pair").drop("pair")


def _named(rows: pl.DataFrame, organizations: pl.DataFrame) -> pl.DataFrame:
    for end in ENDS:
        names = organizations.select(pl.col("id").alias(end), pl.col("name").alias(f"{end}_name"))
        named = rows.join(names, on=end, how="left", maintain_order="left")
        rows = named.with_columns(pl.col(f"{end}_name").fill_null(pl.col(end)))
    return rows.select("source", "source_name", "target", "target_name", "change", "presumed", "first", "last")
