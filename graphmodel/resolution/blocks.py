"""Which pairs of organizations are compared: those that fall into one block, so that work grows with their number.

A block is all organizations with a reference, website, acronym or name in common, or with a rare word in common; and
neighbours in the order of names, read forwards and backwards, where a slip of the pen parts what belongs together.

References
----------
M. A. Hernández and S. J. Stolfo, The merge/purge problem for large databases, ACM SIGMOD, 1995.
R. J. Bayardo, Y. Ma and R. Srikant, Scaling up all pairs similarity search, WWW, 2007.
"""

from collections import Counter
from collections.abc import Iterator

import polars as pl
from rapidfuzz import fuzz, process

from graphmodel.resolution.profiles import Known, Profile
from graphmodel.resolution.words import BRANCH

LARGE = 200
"""In a block of more organizations than this, each is compared with its neighbours by name only."""

NEIGHBOURS = 6
RARE_WORDS = 3
ALIKE = 82.0
"""Smallest similarity, 0 to 100, of names that only a word or a place in the order brings together."""


def pairs(known: Known) -> list[tuple[int, int]]:
    """Return the places of the profiles to compare, the smaller first, sorted."""
    keys = [one.names[0].key for one in known.profiles]
    certain = _within(_strong(known))
    likely = pl.concat([_within(_by_words(known)), _neighbours(keys), _neighbours([key[::-1] for key in keys])])
    chosen = pl.concat([certain, _alike(likely.unique(), known)])
    return chosen.unique().sort("one", "other").rows()


_BLOCK = {"block": pl.String, "place": pl.UInt32, "order": pl.String, "formed": pl.Boolean}
_PAIR = {"one": pl.UInt32, "other": pl.UInt32}


def _strong(known: Known) -> pl.DataFrame:
    """Blocks of what two organizations rarely have in common by chance."""
    rows = [
        (block, place, one.names[0].key, formed)
        for place, one in enumerate(known.profiles)
        for block, formed in _blocks_of(one)
    ]
    return pl.DataFrame(rows, schema=_BLOCK, orient="row")


def _blocks_of(one: Profile) -> Iterator[tuple[str, bool]]:
    for name in one.names:
        yield f"name {''.join(sorted(name.words))}", False
        yield f"together {''.join(name.words)}", False
    for register, reference in one.references.items():
        yield f"{register} {reference}", False
    if one.host:
        yield f"host {one.host}", False
    for word in one.acronyms:
        yield f"acronym {word}", False
    for word in one.formed - one.acronyms:
        yield f"acronym {word}", True


def _by_words(known: Known) -> pl.DataFrame:
    """Blocks of the rarest words of each name."""
    often = Counter(word for one in known.profiles for word in set(one.names[0].words))
    rows = [
        (word, place, one.names[0].key, False)
        for place, one in enumerate(known.profiles)
        for word in sorted(set(one.names[0].words), key=lambda word: (often[word], word))[:RARE_WORDS]
        if often[word] > 1
    ]
    return pl.DataFrame(rows, schema=_BLOCK, orient="row")


def _within(blocks: pl.DataFrame) -> pl.DataFrame:
    """All pairs in each block but of two that only form an acronym from their names; neighbours in large ones."""
    blocks = blocks.unique(["block", "place"], keep="first", maintain_order=True)
    size = pl.len().over("block")
    sized = blocks.with_columns(size.alias("size")).sort("block", "order", "place")
    small = sized.filter(pl.col("size").is_between(2, LARGE))
    every = small.join(small, on="block").filter(
        (pl.col("place") < pl.col("place_right")) & ~(pl.col("formed") & pl.col("formed_right"))
    )
    large = sized.filter(pl.col("size") > LARGE)
    near = [
        large.with_columns(pl.col("place").shift(-step).over("block").alias("place_right")).drop_nulls("place_right")
        for step in range(1, NEIGHBOURS + 1)
    ]
    return pl.concat([_ordered(part.select("place", "place_right")) for part in (every, *near)]).unique()


def _neighbours(keys: list[str]) -> pl.DataFrame:
    """Pairs that stand within a few places of each other in the order of names."""
    ordered = pl.Series(sorted(range(len(keys)), key=lambda place: (keys[place], place)), dtype=pl.UInt32)
    parts = [pl.DataFrame({"a": ordered[:-step], "b": ordered[step:]}) for step in range(1, NEIGHBOURS + 1)]
    return pl.concat([_ordered(part) for part in parts])


def _ordered(frame: pl.DataFrame) -> pl.DataFrame:
    a, b = frame.columns
    ends = pl.min_horizontal(a, b).alias("one"), pl.max_horizontal(a, b).alias("other")
    return frame.select(*ends).cast(_PAIR)  # type: ignore[arg-type]


def _alike(pairs: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The pairs whose names are alike, letter by letter, or longer one than the other by a place or one word."""
    words = [frozenset(one.names[0].words) for one in known.profiles]
    ordered = [" ".join(sorted(one.names[0].words)) for one in known.profiles]
    beside = known.places | BRANCH
    one, other = pairs["one"].to_list(), pairs["other"].to_list()
    similar = process.cpdist(
        [ordered[place] for place in one], [ordered[place] for place in other], scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    longer = [_longer(words[a], words[b], beside) for a, b in zip(one, other, strict=True)]
    return pairs.filter((pl.Series(similar) > 0) | pl.Series(longer, dtype=pl.Boolean))


def _longer(one: frozenset[str], other: frozenset[str], beside: frozenset[str]) -> bool:
    return (one <= other or other <= one) and (len(one ^ other) == 1 or one ^ other <= beside)
