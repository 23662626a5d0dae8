"""What an analysis gives: a table, and sentences that say what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl


@dataclass(frozen=True)
class Finding:
    """The result of one analysis, as plain values; printing is left to the caller.

    Attributes
    ----------
    table : polars.DataFrame
        One row per organization (or pair, or cell), `id` and `name` first, in a total order.
    words : tuple of str
        Sentences in this order: what was found, what limits it, and the source of the method.
    groups : mapping from id to int
        The group of each organization, from 1, where the analysis makes groups; who is in none is left out.
    labels : mapping from int to str
        A short name of each group.

    Examples
    --------
    >>> found = Finding(pl.DataFrame({"id": ["a"], "name": ["Alpha"]}), ("One organization.",))
    >>> found.words[0]
    'One organization.'
    """

    table: pl.DataFrame
    words: tuple[str, ...]
    groups: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
