"""What an analysis gives: a table, and sentences that say what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from graphmodel import notebook


@dataclass(frozen=True)
class Finding:
    """The result of one analysis, as plain values; printing is left to the caller.

    Attributes
    ----------
    table : polars.DataFrame
        One row per organization (or pair, or cell), `id` and `name` first where it is about organizations, in a total
        order.
    words : tuple of str
        Sentences that say what was found.
    limits : str
        What must not be read into it.
    method : str
        How it was done, with the parameters, as a report says it.
    references : str
        Where the method comes from; `graphmodel.analysis.run` takes it from the docstring of the analysis.
    groups : mapping from id to int
        The group of each organization, from 1, where the analysis makes groups; who is in none is left out.
    labels : mapping from int to str
        A short name of each group.

    Examples
    --------
    >>> table = pl.DataFrame({"id": ["a"], "name": ["Alpha"]})
    >>> found = Finding(table, ("One organization.",), limits="Only those with ties.", references="Euler, 1736.")
    >>> found.sentences
    ('One organization.', 'Limits: Only those with ties.', 'Sources: Euler, 1736.')
    """

    table: pl.DataFrame
    words: tuple[str, ...]
    limits: str = ""
    method: str = ""
    references: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, what limits it, and where the method comes from."""
        return (*self.words, *_headed("Limits", self.limits), *_headed("Sources", self.references))

    @property
    def methods(self) -> str:
        """The paragraph for a report: how it was done, its limits, and the literature."""
        parts = (self.method, *_headed("Limits", self.limits), *_headed("References", self.references))
        return " ".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        """Return the sentences and the table, for a notebook."""
        return notebook.paragraphs(self.sentences) + notebook.table(self.table)


def _headed(heading: str, text: str) -> tuple[str, ...]:
    return (f"{heading}: {text}",) if text else ()
