"""One tree of deliberate errors. Whatever else is raised is a defect of graphmodel.

GraphmodelError
├── UsageProblem            the caller asked for something that cannot be: unknown name, wrong type, file exists
├── DataProblem             a file cannot be read as what it should be
├── EngineProblem           what computes, such as Spark, cannot do it
└── StoreProblem            the database cannot do it
    ├── StoreMissing        nothing is there yet
    ├── StoreForeign        a file or a database of another kind, or one that holds other data
    ├── StoreLocked         another process writes to it
    ├── StoreUnreachable    no server answers, or the connection broke
    ├── StoreDenied         user, password or database name refused
    └── QueryRefused        the engine does not run this query
        └── QueryStopped    it took longer than it may

Each message is whole: what was wrong, and what to do next. Errors of drivers and libraries become one of these where
they enter, with the original as the cause; the command line prints the message and nothing else.
"""

import difflib
from collections.abc import Collection, Iterable


class GraphmodelError(Exception):
    """Base of all errors that graphmodel raises on purpose."""


class UsageProblem(GraphmodelError):
    """The caller asked for something that cannot be."""


class DataProblem(GraphmodelError):
    """A file cannot be read as what it should be."""


class EngineProblem(GraphmodelError):
    """What computes, such as Spark, cannot do it."""


class StoreProblem(GraphmodelError):
    """The database cannot do what was asked."""


class StoreMissing(StoreProblem):
    """There is no database yet."""


class StoreForeign(StoreProblem):
    """The database is of another kind or holds other data."""


class StoreLocked(StoreProblem):
    """Another process writes to the database."""


class StoreUnreachable(StoreProblem):
    """No server answers, or the connection broke."""


class StoreDenied(StoreProblem):
    """User, password or database name were refused."""


class QueryRefused(StoreProblem):
    """The engine does not run this query."""


class QueryStopped(QueryRefused):
    """A query took longer than it may."""


class LargeNetwork(UserWarning):
    """What was asked for takes much of the memory that is free. It is done all the same."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean "x"?`` for the nearest known word, or an empty text.

    >>> suggestion("organisations", ["activities", "organizations"])
    ' Did you mean "organizations"?'
    >>> suggestion("xyz", ["activities"])
    ''
    """
    folded = {name.casefold(): name for name in known}
    nearest = difflib.get_close_matches(word.casefold(), folded, n=1)
    return f' Did you mean "{folded[nearest[0]]}"?' if nearest else ""


def refuse_other(what: str, given: str, known: Collection[str]) -> None:
    """Refuse a word that is none of those there are.

    Raises
    ------
    UsageProblem
        The message names them, and suggests the nearest.
    """
    if given not in known:
        raise UsageProblem(f'There is no {what} "{given}".{suggestion(given, known)} There are: {", ".join(known)}.')
