"""Pieces of sentences that the analyses share."""

from collections.abc import Iterator, Sequence

CROWDED = 0.75
"""Share of all pairs that are tied from which a network is nearly complete."""

FEWEST = 4
"""Organizations below which every network would be nearly complete."""

PLURALS = {"activity": "activities", "country": "countries"}


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "group"), counted(1200, "group"), counted(0, "country")
    ('1 group', '1,200 groups', '0 countries')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Return the plural of a noun.

    >>> plural("activity"), plural("field")
    ('activities', 'fields')
    """
    return PLURALS.get(noun, f"{noun}s")


def listed(parts: Sequence[str], more: int = 0) -> str:
    """Return parts as a sentence lists them, with the number of those left out; empty for none.

    >>> listed(["a", "b", "c"]), listed(["a"], more=1200)
    ('a, b and c', 'a and 1,200 more')
    """
    every = [*parts, *([f"{more:,} more"] if more > 0 else [])]
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def first(parts: Sequence[str], most: int) -> str:
    """Return the first parts as a sentence lists them, and how many more there are.

    >>> first(["a", "b", "c"], 2), first(["a", "b"], 2)
    ('a, b and 1 more', 'a and b')
    """
    return listed(parts[:most], more=len(parts) - most)


def separated(names: Sequence[str], most: int, of: int = 0) -> str:
    """Return the first names, which may hold commas, and how many more there are; of more than these if so told.

    >>> separated(["Ministry of Water, Nepal", "Zeta"], 8), separated(["a", "b", "c"], 2), separated(["a"], 8, of=1200)
    ('Ministry of Water, Nepal; Zeta', 'a; b; and 1 more', 'a; and 1,199 more')
    """
    told = [*names[:most]]
    more = max(of, len(names)) - len(told)
    return "; ".join([*told, *([f"and {more:,} more"] if more > 0 else [])])


def crowded(organizations: int, ties: int) -> Iterator[str]:
    """Return a sentence where nearly all pairs are tied, so that hardly anybody stands out.

    >>> list(crowded(18, 139))
    ['139 of 153 pairs are tied: where nearly all are tied to each other, their places hardly differ.']
    """
    pairs = organizations * (organizations - 1) // 2
    if organizations >= FEWEST and ties >= CROWDED * pairs:
        tied = f"{ties:,} of {pairs:,} pairs are tied"
        yield f"{tied}: where nearly all are tied to each other, their places hardly differ."
