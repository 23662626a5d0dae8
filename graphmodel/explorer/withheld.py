"""Organizations that a reader wants hidden: kept out of addresses, which are shared and remembered."""

import secrets
from collections import OrderedDict

from graphmodel.errors import UsageProblem

MOST = 50  # lists that are kept; older ones are forgotten
GONE = (
    "The list of organizations to hide is no longer held here: it is kept only while the explorer runs, and out of the "
    "address. Give it again."
)


class Withheld:
    """The lists of one run of the explorer, each by a word that tells nothing."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lists: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def keep(self, lines: tuple[str, ...]) -> str:
        """Keep a list. Return the word by which it is found again, the same for the same list; none for an empty one.

        Examples
        --------
        >>> lists = Withheld()
        >>> lists.keep(("icom",)) == lists.keep(("icom",)), lists.keep(())
        (True, '')
        """
        if not lines:
            return ""
        word = next((word for word, kept in self._lists.items() if kept == lines), secrets.token_urlsafe(12))
        self._lists[word] = lines
        self._lists.move_to_end(word)
        while len(self._lists) > MOST:
            self._lists.popitem(last=False)
        return word

    def find(self, word: str) -> tuple[str, ...]:
        """Return a list; an empty one where there is no word.

        Raises
        ------
        UsageProblem
            If it was forgotten: nothing is shown then that it was to hide.
        """
        if word and word not in self._lists:
            raise UsageProblem(GONE)
        return self._lists.get(word, ())
