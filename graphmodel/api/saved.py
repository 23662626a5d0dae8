"""Ties out of a file: which words mean one, and the network in it."""

import hashlib
from pathlib import Path

import networkx as nx
import polars as pl

from graphmodel import hiding, network, queries
from graphmodel.api import extent
from graphmodel.errors import DataProblem, UsageProblem, suggestion
from graphmodel.files import of_table
from graphmodel.importers import ties
from graphmodel.importers.ties import Ties

FIGURES = {
    "shared": pl.Int64(),
    "strength": pl.Float64(),
    "first": pl.Int64(),
    "last": pl.Int64(),
    "basis": pl.String(),
    "sign": pl.String(),
}
"""What analyses ask of ties."""

UNSIGNED = "--only significant needs the column sign, as `graphmodel alliances` writes it."


def file_of(word: str) -> Path | None:
    """Return the table of ties that a word means, or None if it means a query of the library.

    Raises
    ------
    UsageProblem
        If it is neither, or both; the message suggests the nearest, or says how to write which.

    Examples
    --------
    >>> file_of("shared_activities") is None
    True
    """
    known = queries.library()
    names = [*known, *(name.rpartition("/")[2] for name in known)]
    path = Path(word)
    if word in names and path.is_file():
        raise UsageProblem(f'"{word}" is a query and a file. Write ./{word} for the file, or rename it for the query.')
    if word in names:
        return None
    if path.exists():
        return path
    beside = [str(one) for one in sorted(path.parent.glob("*")) if _is_table(one)]
    if _is_table(path):
        raise UsageProblem(f"There is no file {word}.{suggestion(word, beside) or ' Check the path.'}")
    hint = suggestion(word, [*names, *beside]) or " `graphmodel query` lists the queries."
    raise UsageProblem(f'"{word}" is neither a query nor a file with ties.{hint}')


def _is_table(path: Path) -> bool:
    return path.name.lower().endswith(ties.SUFFIXES)


def network_of(path: Path, organizations: pl.DataFrame | None = None) -> nx.Graph:
    """Return the network in a file of ties, as a map shows it.

    Parameters
    ----------
    path : Path
        A file or a folder, as `graphmodel.importers.ties.read` reads it.
    organizations : polars.DataFrame, optional
        id, name, and any other column: what is known of the organizations besides. The names are those of the file.

    Returns
    -------
    networkx.Graph
        Of the graph: `sources` and `hash` (SHA-256) of the file, and `unknown`, the columns that mean nothing.

    Raises
    ------
    DataProblem
        If the file is no such table, or holds what cannot be; the message names line and column.
    """
    found = ties.read(path)
    extent.check(len(found.frame), extent.GRAPH)
    made = network.rows_to_network(_weighed(found), organizations)
    made.graph["sources"] = [{"id": path.name, "title": path.name}]
    made.graph["hash"] = _fingerprint(path)
    made.graph["unknown"] = found.unknown
    return made


def _fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of those of the files of a folder."""
    digests = []
    for part in of_table(path):
        with part.open("rb") as file:
            digests.append(hashlib.file_digest(file, "sha256"))
    first, *others = digests
    return hashlib.sha256(b"".join(each.digest() for each in digests)).hexdigest() if others else first.hexdigest()


def _weighed(found: Ties) -> pl.DataFrame:
    """Return ties with a weight, as in `graphmodel.network.network`, and with what they rest on.

    Where the file does not say how many activities are shared, its weights are the strength.
    """
    frame = found.frame
    known = set(frame.columns)
    shared = pl.col("shared") if "shared" in known else pl.lit(None, pl.Int64)
    weight = pl.col("weight") if "weight" in known else shared.clip(lower_bound=1).cast(pl.Float64)
    strength = [weight.alias("strength")] if "weight" in known and not {"shared", "strength"} & known else []
    basis = pl.coalesce("basis" if "basis" in known else None, pl.when(shared > 0).then(pl.lit("shared")))
    return frame.with_columns(weight.alias("weight"), *strength, basis.fill_null("listed").alias("basis"))


def ties_of(path: Path, organizations: pl.DataFrame, *, significant: bool = False) -> pl.DataFrame:
    """Return the ties in a file, as `graphmodel.analysis.ties.alliances.ties` has them.

    Parameters
    ----------
    path : Path
        As for `network_of`.
    organizations : polars.DataFrame
        id: those that there are.
    significant : bool
        Only ties that are said to be more than chance.

    Returns
    -------
    polars.DataFrame
        source, target and every figure, null where the file says nothing; there shared and strength are 0, basis is
        listed.

    Raises
    ------
    DataProblem
        If the file is no such table, or names organizations that are not there.
    UsageProblem
        If no tie says whether it is more than chance, and that is asked for.
    """
    found = ties.read(path).frame
    _refuse_strangers(path, found, organizations)
    absent = [pl.lit(None, kind).alias(name) for name, kind in FIGURES.items() if name not in found.columns]
    told = found.with_columns(absent).with_columns(
        pl.col("shared", "strength").fill_null(0), pl.col("basis").fill_null("listed")
    )
    if not significant:
        return told
    if not told["sign"].count():
        raise UsageProblem(UNSIGNED)
    return told.filter(pl.col("sign") == "+")


def _refuse_strangers(path: Path, found: pl.DataFrame, organizations: pl.DataFrame) -> None:
    ends = pl.concat([found["source"], found["target"]]).unique()
    strangers = ends.filter(~ends.is_in(organizations["id"].implode())).sort()
    if len(strangers):
        more = f", and {len(strangers) - 1:,} more like it" if len(strangers) > 1 else ""
        raise DataProblem(
            f'{path} names "{strangers[0]}", which is the id of no organization in the graph{more}. This '
            "analysis needs what they did: write the ties by graphmodel alliances -o, from the same store."
        )


def hidden(made: nx.Graph, file: Path, *, pseudonyms: bool = False) -> nx.Graph:
    """Return a network without the organizations that a file lists, where no store knows them by other names.

    See `graphmodel.hiding.hidden`, and `graphmodel.api.Projection.hidden` where there is a store.
    """
    return hiding.hidden(made, hiding.listed(file), pseudonyms=pseudonyms)


def significant(made: nx.Graph) -> nx.Graph:
    """Return the part of a network whose ties are said to be more than chance.

    Raises
    ------
    UsageProblem
        If no tie says so or otherwise.
    """
    if not any(sign is not None for *_, sign in made.edges(data="sign")):
        raise UsageProblem(UNSIGNED)
    kept = [(one, other) for one, other, sign in made.edges(data="sign") if sign == "+"]
    part = nx.Graph(made.edge_subgraph(kept))
    part.graph["tested"] = made.size()
    return part
