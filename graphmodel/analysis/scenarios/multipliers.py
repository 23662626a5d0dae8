"""Multipliers: with which few organizations most others are reached."""

from collections.abc import Iterator
from itertools import accumulate

import networkx as nx
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, first
from graphmodel.analysis.scenarios.covering import Chosen, Reach, greedy, optimum, reached
from graphmodel.analysis.structure.engine import Arrays, arrays
from graphmodel.errors import UsageProblem

NAMED = 8
"""Organizations that a sentence names."""

LIMITS = (
    "That a tie is there does not say that word passes along it, and all ties count the same. Organizations without "
    "a tie are reached by nobody; the network holds those with a tie, unless others were put into it."
)


def multipliers(network: nx.Graph, *, k: int = 3, steps: int = 1) -> Finding:
    """Find the few organizations through which most others are reached, directly or by their partners.

    Each one chosen is the one that adds most to those already reached: one reaches itself, its partners and, in two
    steps, their partners.

    Parameters
    ----------
    k : int
        How many to choose, 1 or more; fewer where these already reach everybody.
    steps : int
        1 to reach partners, 2 to reach their partners too.

    Returns
    -------
    Finding
        Table, in the order chosen (of equals, the smallest id first):

        id, name
        newly : how many it adds to those reached before, itself too unless it was reached
        reached : how many are reached by it and those above
        share : of all organizations of the network, 0 to 1
        alone : how many it would reach alone

    Raises
    ------
    UsageProblem
        If k is below 1, or steps is not 1 or 2.

    Notes
    -----
    The choice is greedy and reaches at least 1 - 1/e = 63% of the most that is possible; on networks of usual size it
    is compared with the best there is, found by integer programming, and on large ones with a number that no choice
    exceeds.

    References
    ----------
    G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, An analysis of approximations for maximizing submodular set
    functions, Mathematical Programming 14, 265, 1978. J. Leskovec, A. Krause, C. Guestrin, C. Faloutsos, J. VanBriesen
    and N. Glance, Cost-effective outbreak detection in networks, KDD 2007, 420. D. Kempe, J. Kleinberg and E. Tardos,
    Maximizing the spread of influence through a social network, KDD 2003, 137.

    Examples
    --------
    >>> found = multipliers(nx.florentine_families_graph(), k=2)
    >>> found.table.select("id", "newly", "reached").rows()
    [('Medici', 7, 7), ('Bischeri', 4, 11)]
    """
    if k < 1:
        raise UsageProblem(f"The number of organizations to choose, -k, is 1 or more, not {k}.")
    if steps not in (1, 2):
        raise UsageProblem(f"The number of steps is 1, to reach partners, or 2, to reach theirs too, not {steps}.")
    known = arrays(network)
    if not known.ids:
        return Finding(_table(known, Chosen([], [], 0), []), ("There is nobody to reach.",), LIMITS, _method(k, steps))
    reach = Reach(known, steps)
    chosen = greedy(reach, k)
    table = _table(known, chosen, [len(reach.of(node)) for node in chosen.nodes])
    words = (*_told(known, chosen, table, steps), *_compared(reach, chosen, k), *_left(known, chosen))
    return Finding(table, words, LIMITS, _method(k, steps))


def _table(known: Arrays, chosen: Chosen, alone: list[int]) -> pl.DataFrame:
    in_all = list(accumulate(chosen.newly))
    columns = {
        "id": pl.Series([known.ids[node] for node in chosen.nodes], dtype=pl.String),
        "name": pl.Series([known.names[node] for node in chosen.nodes], dtype=pl.String),
        "newly": pl.Series(chosen.newly, dtype=pl.Int64),
        "reached": pl.Series(in_all, dtype=pl.Int64),
        "share": pl.Series([number / len(known.ids) for number in in_all], dtype=pl.Float64),
        "alone": pl.Series(alone, dtype=pl.Int64),
    }
    return pl.DataFrame(columns)


def _told(known: Arrays, chosen: Chosen, table: pl.DataFrame, steps: int) -> Iterator[str]:
    whole = counted(len(known.ids), "organization")
    everybody = f"{chosen.reached:,} of {whole} ({table['share'][-1]:.0%})"
    if chosen.reached == len(known.ids):
        everybody = f"all of {whole}"
    way = "directly" if steps == 1 else "in two steps"
    if len(chosen.nodes) == 1:
        yield f"{table['name'][0]} alone reaches {everybody} {way}, itself included."
        return
    yield f"{first(table['name'].to_list(), NAMED)} reach {everybody} {way}, themselves included."
    yield f"{table['name'][0]} alone reaches {table['alone'][0]:,}."


def _compared(reach: Reach, chosen: Chosen, k: int) -> Iterator[str]:
    """Say how the choice compares with the best."""
    number = len(chosen.nodes)
    if chosen.reached == len(reach.network.ids):
        if number < k:
            yield f"Nobody is left to reach, so {number:,} {'is' if number == 1 else 'are'} named instead of {k:,}."
        return
    best = None if chosen.reached == chosen.most else optimum(reach, k)
    most = chosen.most if best is None else reached(reach, best)
    if most == chosen.reached:
        yield "Nobody reaches more alone." if number == 1 else f"No {number:,} reach more."
    elif best is None:
        bound = f"No {number:,} can reach more than {most:,}; w" if most < len(reach.network.ids) else "W"
        yield f"{bound}hether any {number:,} reach more than these is not known."
    else:
        names = first([reach.network.names[node] for node in best], NAMED)
        yield f"The best possible {number:,}, {names}, reach {most:,}; these, chosen one by one, {chosen.reached:,}."


def _left(known: Arrays, chosen: Chosen) -> Iterator[str]:
    left, alone = len(known.ids) - chosen.reached, int((known.degrees == 0).sum())
    if left:
        yield f"{counted(left, 'organization')} {'is' if left == 1 else 'are'} not reached."
    if alone:
        yield f"Without a tie: {alone:,}; nobody reaches {'it' if alone == 1 else 'them'}."


def _method(k: int, steps: int) -> str:
    who = "itself and its partners" if steps == 1 else "itself, its partners and their partners"
    return (
        f"Up to {counted(k, 'organization')} were chosen one by one, each the one that adds most to those reached "
        f"(an organization reaches {who}; of equals, the smallest id), by lazy greedy evaluation, which reaches at "
        "least 63% of the most possible. The result was compared with the exact optimum by integer programming, or, "
        "in a large network, with the bound that follows from the largest further additions."
    )
