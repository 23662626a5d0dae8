"""The ties of partnerships as arrays, made without a graph: for analyses of large networks."""

import numpy as np
import polars as pl

from graphmodel.analysis.structure.engine import Arrays
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from graphmodel.network import ENDS


def tied(partnerships: Partnerships) -> Arrays:
    """Return all organizations, those without a tie too, and their ties; a tie weighs what is shared.

    An agreement without a shared activity weighs 0. An organization that is in an activity but not in
    `organizations` goes by its id.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["b", "a"], "activity": ["x", "x"]})
    >>> made = tied(Partnerships(rows, pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", None]})))
    >>> made.names, made.sources.tolist(), made.targets.tolist(), made.weights.tolist()
    (['Alpha', 'Beta', 'c'], [0], [1], [1.0])
    """
    ties, names = partnerships.ties, partnerships.names
    known = [partnerships.organizations["id"], partnerships.incidence["organization"], ties["source"], ties["target"]]
    ids = pl.concat([column.rename("id") for column in known]).unique().sort()
    numbers = pl.Enum(ids)
    sources, targets = (ties[end].cast(numbers).to_physical().to_numpy().astype(np.int64) for end in ENDS)
    order = np.lexsort((targets, sources))
    return Arrays(
        ids=ids.to_list(),
        names=[names.get(id) or id for id in ids],
        sources=sources[order],
        targets=targets[order],
        weights=ties["shared"].to_numpy().astype(np.float64)[order],
    )


def member(partnerships: Partnerships, word: str) -> str:
    """Return the id of an organization, by id, name or acronym, that the filter leaves.

    Raises
    ------
    UsageProblem
        If there is none, or the filter leaves it out.

    Examples
    --------
    >>> rows = pl.DataFrame({"organization": ["a"], "activity": ["x"]})
    >>> member(Partnerships(rows, pl.DataFrame({"id": ["a"], "name": ["Alpha"]})), "alpha")
    'a'
    """
    id = partnerships.organization(word)
    if id not in partnerships.organizations["id"]:
        raise UsageProblem(f'"{word}" is left out by the filter: widen it, or name another organization.')
    return id
