"""Cypher text, read as far as its parameters, columns and order, and what no portable query may contain."""

import re

_SKIPPED = re.compile(
    r"""//[^\n]* | /\*.*?\*/ | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*" | `[^`]*`""", re.VERBOSE | re.DOTALL
)
_OPENING, _CLOSING = "([{", ")]}"

_DIFFERING = {
    r"\blog\s*\(": "log() is natural on Neo4j and to base 10 embedded: use log10()",
    r"\bsubstring\s*\(": "substring() counts from 0 on Neo4j and from 1 embedded: use left() or right()",
    r"\blabels\s*\(": "labels() is a list on Neo4j and a text embedded: match the label",
    r"(?<!coalesce\()\bsum\s*\(": "sum() of nothing is 0 on Neo4j and null embedded: coalesce(sum(x), 0)",
    r"\bRETURN\b.*\bcollect\s*\(": "the order inside collect() is not defined: return one row per item",
    r"/(?!\s*\(?\d+\.\d)": "/ drops the fraction of whole numbers: divide by (1.0 * x)",
    r"\bUNION\b": "ORDER BY orders only the last part of a UNION: match several types, or write two queries",
}


def code_of(text: str) -> str:
    """Return a query without its comments and what stands between quotes; every character keeps its place.

    >>> code_of("RETURN '$a' AS b // $c")
    "RETURN '  ' AS b      "
    """
    return _SKIPPED.sub(lambda found: _blank(found[0]), text)


def _blank(found: str) -> str:
    if found[0] in "'\"":
        return found[0] + " " * (len(found) - 2) + found[0]
    return found if found[0] == "`" else re.sub(r"\S", " ", found)


def parameters(text: str) -> list[str]:
    """Return the names of the parameters that a query uses, each once, in the order of their first use.

    >>> parameters("MATCH (n {id: $id}) WHERE n.name <> '$name' RETURN n.id")
    ['id']
    """
    return list(dict.fromkeys(re.findall(r"\$(\w+)", code_of(text))))


def columns(text: str) -> list[tuple[str, ...]]:
    """Return the names of the columns of each part of a UNION, as one part where there is none.

    A column without AS has its expression for a name, as on both engines. Without RETURN there are none.

    >>> columns("MATCH (n) RETURN DISTINCT left(n.name, 3) AS short, n.id ORDER BY short LIMIT 5")
    [('short', 'n.id')]
    """
    return [_columns(part) for part in _split(code_of(text), "UNION")]


def _columns(part: str) -> tuple[str, ...]:
    returned = _returned(part)
    for word in ("ORDER BY", "SKIP", "LIMIT"):
        returned = _split(returned, word)[0]
    items = _split(re.sub(r"^\s*DISTINCT\b", "", returned, flags=re.IGNORECASE), ",")
    return tuple(_split(item, "AS")[-1].strip().strip("`") for item in items if item.strip())


def is_ordered(text: str) -> bool:
    """Return whether a query says in which order its rows come.

    >>> is_ordered("MATCH (n) WITH n ORDER BY n.id LIMIT 5 RETURN n.id")
    False
    """
    return len(_split(_returned(code_of(text)), "ORDER BY")) > 1


def _returned(code: str) -> str:
    """Return what stands after the last RETURN that no subquery holds."""
    _, *after = _split(code, "RETURN")
    return after[-1] if after else ""


def _split(code: str, word: str) -> list[str]:
    """Split at a keyword, or at a comma, that stands outside all parentheses, brackets and braces."""
    pattern = "," if word == "," else r"\b" + word.replace(" ", r"\s+") + r"\b"
    cuts = [found.span() for found in re.finditer(pattern, _outside(code), re.IGNORECASE)]
    begins, ends = [0, *(end for _, end in cuts)], [*(begin for begin, _ in cuts), len(code)]
    return [code[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _outside(code: str) -> str:
    """Blank parentheses, brackets and braces with what they hold; every character keeps its place."""
    depth, kept = 0, []
    for character in code:
        depth -= character in _CLOSING
        kept.append(" " if depth or character in _OPENING + _CLOSING else character)
        depth += character in _OPENING
    return "".join(kept)


def differing(text: str) -> list[str]:
    """Return what makes the engines answer a query differently, or in no fixed order, each with its remedy.

    This is what can be seen in the text. That the answers are the same is shown only by running it on both.

    Examples
    --------
    >>> differing("MATCH (n) RETURN substring(n.name, 0, 3) AS short ORDER BY short")
    ['substring() counts from 0 on Neo4j and from 1 embedded: use left() or right()']
    """
    code = code_of(text)
    flags = re.IGNORECASE | re.DOTALL
    return [reason for pattern, reason in _DIFFERING.items() if re.search(pattern, code, flags)]
