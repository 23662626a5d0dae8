"""Works as they are cited in a text: by the names of their authors and the year."""

import re
from collections.abc import Iterator

_WORK = re.compile(r"(?<=\d)\.\s+")  # a reference ends with a year or a page
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_AUTHOR = re.compile(r"(?:[^\W\d_]\.[ -]?)+ ?(?P<name>[^,]+?)(?=, | and | et al\.)(?P<others> et al\.)?")


def citations(references: str) -> tuple[str, ...]:
    """Return the works of a list of references as a text cites them; one that is written otherwise in full.

    Parameters
    ----------
    references : str
        Works, each as initials and names of the authors, title and where it is, year, and a full stop.

    Examples
    --------
    >>> citations("Z. P. Neal, The backbone, 2014. F. Saracco, R. Di Clemente and T. Squartini, Randomizing, 2015.")
    ('Neal 2014', 'Saracco et al. 2015')
    >>> citations("D. Kempe, Influence, KDD 2003, 137. Y. Benjamini and Y. Hochberg, Controlling, 57, 289, 1995.")
    ('Kempe 2003', 'Benjamini and Hochberg 1995')
    >>> citations("I. A. Kovács et al., Prediction, Nature Communications 10, 1240, 2019.")
    ('Kovács et al. 2019',)
    """
    works = [work.strip().removesuffix(".") for work in _WORK.split(references) if work.strip()]
    return tuple(map(_cited, works))


def _cited(work: str) -> str:
    names, years = _names(work), _YEAR.findall(work)
    return f"{names} {years[-1]}" if names and years else work


def _names(work: str) -> str:
    """Return the names of the authors: one, two, or the first of several; nothing where none is found."""
    found = list(_authors(work))
    if len(found) == 2 and "et al." not in found:
        return " and ".join(found)
    return f"{found[0]} et al." if len(found) > 1 else "".join(found)


def _authors(work: str) -> Iterator[str]:
    place = 0
    while author := _AUTHOR.match(work, place):
        yield author["name"]
        if author["others"]:
            yield "et al."
            return
        place = author.end() + len(re.match(r",? and |, ", work[author.end() :]).group())  # type: ignore[union-attr]
