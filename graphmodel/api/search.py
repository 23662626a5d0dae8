"""Finding a node by what people call it: its name, acronym or id, or any other name that it was loaded under."""

from collections.abc import Collection

import polars as pl

from graphmodel import resolution
from graphmodel.resolution.identity import Identity
from graphmodel.store.base import Store

LABELS = ("Organization", "Region", "CompetenceArea", "Activity")
"""What can be looked for, in the order in which equally good hits stand."""

COLUMNS = ("label", "id", "name", "acronym", "kind", "country", "known_as")
MOST = 200  # hits that a person would look through
TELLING = 3  # letters from which on a part of a word says something
BREAK = "\n"  # between what a node is called; no name holds it once it is folded
_NONE = pl.DataFrame(schema=dict.fromkeys((*COLUMNS, "known_acronym"), pl.String) | {"label": pl.Int8})


def names(store: Store, identity: Identity, labels: Collection[str] = LABELS) -> pl.DataFrame:
    """Return what nodes are called, made for `search`: a row for each name.

    Parameters
    ----------
    store : Store
    identity : Identity
        Which organizations are the same: one is found by the names of all.
    labels : collection of str
        Those that are looked for; all if not given.

    Returns
    -------
    polars.DataFrame
        label, id, name, acronym, kind, country; known_as, a name that is not the one it goes by; and, folded (no case,
        accents or punctuation), acronym_folded, id_folded and folded, which holds name and acronym; length of the name.
    """
    return called(pl.concat([_NONE, *(_nodes(store, label, identity) for label in labels)], how="diagonal"))


def called(nodes: pl.DataFrame) -> pl.DataFrame:
    """Add to the rows of `names` what a text is looked for in, once and not at each search."""
    acronym = _folded(pl.coalesce("known_acronym", "acronym")).fill_null("")
    name = _folded(pl.coalesce("known_as", "name")).fill_null("")
    folded = pl.concat_str([pl.lit(""), name, acronym, pl.lit("")], separator=BREAK)
    return nodes.select(
        *COLUMNS,
        acronym_folded=acronym,
        id_folded=_folded(pl.col("id")),
        folded=folded,
        length=pl.col("name").str.len_chars(),
    )


def _nodes(store: Store, label: str, identity: Identity) -> pl.DataFrame:
    """Return the nodes of a label, a row for each name that they are known by."""
    frame = store.read(store.schema.node(label), only=("id", "name", "acronym", "kind", "country"))
    placed = frame.with_columns(pl.lit(LABELS.index(label), dtype=pl.Int8).alias("label"))
    if label != "Organization":
        return placed
    called = resolution.findable(frame, identity).select("id", known_as="name", known_acronym="acronym")
    joined = resolution.organizations(placed, identity).join(called, on="id", how="inner", maintain_order="left")
    return joined.with_columns(pl.when(pl.col("known_as") != pl.col("name")).then("known_as"))


def _folded(text: pl.Expr) -> pl.Expr:
    """A text without case, accents and punctuation, its words apart by one space."""
    plain = text.str.normalize("NFKD").str.replace_all(r"[\p{M}'\x{2019}]", "").str.to_lowercase()
    return plain.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def search(known: pl.DataFrame, text: str, label: str = "", most: int = MOST) -> pl.DataFrame:
    """Return the nodes that a text could mean, the likeliest first.

    That is an acronym written out, then a whole name or id, then the beginning of one, the beginning of a word in a
    name, and any part of it (of three letters or more); shorter names before longer ones. Of several words each must
    be there, in any order.

    Parameters
    ----------
    known : polars.DataFrame
        As `names` returns it.
    text : str
        In any case, with or without accents.
    label : str
        Look for such nodes only.
    most : int
        How many to return.

    Returns
    -------
    polars.DataFrame
        label, id, name, acronym, kind, country, known_as (the name that the text was found in, if it goes by another).

    Examples
    --------
    >>> columns = ("label", "id", "name", "acronym", "kind", "country", "known_as", "known_acronym")
    >>> rows = [(0, "u", "Alpha", "UN"), (0, "x", "Unicef", None), (0, "f", "Fund of the United Nations", None)]
    >>> known = called(pl.DataFrame([(*row, None, None, None, None) for row in rows], schema=columns, orient="row"))
    >>> search(known, "ÜN")["name"].to_list()
    ['Alpha', 'Unicef', 'Fund of the United Nations']
    """
    wanted = str(pl.select(_folded(pl.lit(text))).item())
    if not wanted:
        return known.head(0).select(COLUMNS).with_columns(pl.col("label").cast(pl.String))
    fits = pl.all_horizontal(_holds(word) for word in wanted.split()) | pl.col("id_folded").str.starts_with(wanted)
    among = known.filter(pl.col("label") == LABELS.index(label)) if label in LABELS else known
    found = among.filter(fits).with_columns(rank=_rank(wanted))
    order = ["rank", "label", "length", "name", "id"]
    first = found.bottom_k(most * 4, by=order).sort(order)  # a node may be found by several of its names
    labels = pl.col("label").replace_strict(dict(enumerate(LABELS)), return_dtype=pl.String)
    return first.unique(["label", "id"], maintain_order=True).head(most).with_columns(labels).select(COLUMNS)


def _holds(word: str) -> pl.Expr:
    """Whether a word begins one of those that a node is called, or, if it is long enough to say something, is in it."""
    folded = pl.col("folded")
    if len(word) >= TELLING:
        return folded.str.contains(word, literal=True)
    return folded.str.contains_any([f"{BREAK}{word}", f" {word}"])


def _rank(wanted: str) -> pl.Expr:
    """How well a text fits: 0 is best."""
    folded, id = pl.col("folded"), pl.col("id_folded")
    fits = (
        pl.col("acronym_folded") == wanted,
        folded.str.contains(f"{BREAK}{wanted}{BREAK}", literal=True) | (id == wanted),
        folded.str.contains(f"{BREAK}{wanted}", literal=True) | id.str.starts_with(wanted),
        folded.str.contains(f" {wanted}", literal=True),
    )
    rank = pl.lit(len(fits))
    for place, fit in reversed(list(enumerate(fits))):
        rank = pl.when(fit).then(pl.lit(place)).otherwise(rank)
    return rank
