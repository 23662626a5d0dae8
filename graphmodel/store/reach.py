"""What a query may reach: the graph, read, and nothing beyond it.

The engines guard their own graph: a file opened for reading, a transaction that only reads. They do not guard the rest
of the machine. A query that reads may still copy rows into a file, load any file or page, call a procedure, or change a
setting, and people paste queries that they were sent. So a query is looked at before an engine sees it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from graphmodel.errors import QueryRefused

READING = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "EXPLAIN", "PROFILE"})
WRITING = frozenset({"CREATE", "MERGE"})
PLANNING = frozenset({"EXPLAIN", "PROFILE", "LOGICAL"})  # stand before a statement
SUBQUERIES = frozenset({"CALL"})  # of an engine that has them: CALL { ... }

PROCEDURES = re.compile(r"db\s*\.\s*(labels|relationshipTypes|propertyKeys|info|schema\s*\.\s*\w+)\b")
"""Procedures that tell what the graph holds."""

_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`|//[^\n]*|/\*.*?\*/", re.DOTALL)
_ESCAPED = re.compile(r"\\u+([0-9a-fA-F]{4})")
_BLANK = re.compile(r"[^\w!-~]")  # an engine takes for a space what Python does not, such as U+180E
_BEGINS = r"(?<![\w$])(?<![^\W\d]\.)(?:\$?\d[\w$]*)?"
"""Where a word begins that is no property: a number may stand before it without a space (LIMIT 1LOAD)."""

_LOADED = re.compile(rf"{_BEGINS}LOAD\s+(CSV|FROM|WITH)\b", re.IGNORECASE)
_CALLED = re.compile(
    rf"{_BEGINS}CALL\s+(?![({{\s])"
    r"(?!(AND|AS|IN|IS|LIMIT|MATCH|OR|ORDER|RETURN|SKIP|UNWIND|WHERE|WITH)\b(?!\s*[.(]))",
    re.IGNORECASE,
)  # what comes before such a word is called call
_ADDED = re.compile(rf"{_BEGINS}(apoc|gds|genai|dbms)\s*\.", re.IGNORECASE)

_MADE = re.compile(rf"{_BEGINS}(range|repeat|lpad|rpad)\s*\(", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d_]*")
LARGEST = 10_000_000  # items or letters that a query may have made at once

BEYOND = "A query asks the graph and nothing beyond it"
WRITES = "Queries only read; this one writes. Data comes in by `graphmodel load`."


def refuse(cypher: str, more: Collection[str] = ()) -> None:
    """Refuse what is no question to the graph.

    Parameters
    ----------
    cypher : str
    more : collection of str
        Words with which a statement of this engine may begin, beside those of all.

    Raises
    ------
    QueryRefused
        If it is not one statement that reads, loads what is outside the graph, or calls a procedure.

    Examples
    --------
    >>> refuse("MATCH (o:Organization) RETURN o.name AS name")
    >>> refuse("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    Traceback (most recent call last):
    graphmodel.errors.QueryRefused: A query asks the graph and nothing beyond it: LOAD reads files and pages. ...
    """
    _refuse_codes(cypher)
    for bare in _readings(cypher):
        _refuse_beyond(bare)
        words = bare.split()
        begins = [word.upper() for word in words[:3]]
        while begins and begins[0] in PLANNING:
            begins.pop(0)
        first = re.split(r"\W", begins[0])[0] if begins else ""
        if first in WRITING:
            raise QueryRefused(WRITES)
        if first not in (READING | frozenset(more)) - PLANNING or ";" in bare.strip().rstrip(";"):
            _refuse_start(words, first)


def refuse_large(cypher: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a list or a text that is made of nothing and fills the memory, where no time limit ends that.

    A number that is worked out by the query is not seen.

    Raises
    ------
    QueryRefused
        If the query makes lists or texts, and it or a parameter has a number that is too large for one.
    """
    for bare in _readings(cypher):
        made = _MADE.search(bare)
        written = [found[0].replace("_", "").lstrip("0") for found in _NUMBER.finditer(bare)]
        given = [str(value) for value in parameters.values() if isinstance(value, int)]
        if made and any(len(text) > 8 or (text and int(text) > LARGEST) for text in (*written, *given)):
            raise QueryRefused(f"{made[1]} makes no more than {LARGEST:,} at once here. Ask with a smaller number.")


def _refuse_start(words: list[str], first: str) -> None:
    if not words:
        raise QueryRefused("There is no query. Write one that begins with MATCH.")
    raise QueryRefused(
        f"A query is one statement that begins with one of {', '.join(sorted(READING))}; "
        f'this one begins with "{first or words[0]}" or holds more than one.'
    )


def _refuse_codes(cypher: str) -> None:
    """Refuse codes of letters, quotes and the like: engines differ in where such a code opens a quote or ends one."""
    for found in _ESCAPED.finditer(cypher):
        if int(found[1], 16) < 128:
            raise QueryRefused(f"Write characters as they are: {found[0]} could hide what a query does.")


def _readings(cypher: str) -> Iterator[str]:
    """Yield a query without its comments and quotes, in each way that an engine could read it.

    One takes a code of Unicode for the character, outside of quotes too; one ends a line at a lone CR.
    """
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cypher)
    for text in {cypher: None, decoded: None}:
        for lines in {text: None, text.replace("\r", "\n"): None}:
            yield _BLANK.sub(" ", _QUOTED.sub(_plain, lines)).replace("..", " , ")  # a range is no path of names


def _plain(found: re.Match[str]) -> str:
    """A name may be quoted and still be a name; all else that is quoted, or a comment, is no part of the statement."""
    if found[0][0] != "`":
        return " "
    inside = found[0].strip("`")
    return f" {inside} " if inside.isidentifier() else " name "


def _refuse_beyond(bare: str) -> None:
    if _LOADED.search(bare):
        raise QueryRefused(f"{BEYOND}: LOAD reads files and pages. Data comes in by `graphmodel load`.")
    if any(not PROCEDURES.match(bare, found.end()) for found in _CALLED.finditer(bare)):
        raise QueryRefused(f"{BEYOND}: CALL runs a procedure. Say with MATCH and RETURN what you want to know.")
    if added := _ADDED.search(bare):
        raise QueryRefused(f"{BEYOND}: {added[1]} is an addition that can reach further. Ask without it.")
