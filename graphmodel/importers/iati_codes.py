"""The codes of IATI and their names, from the table `iati_codes.csv`.

The table is of our own making: of the codelists of IATI 2.03, the code and the English name where graphmodel shows one.
Sectors and their categories (OECD DAC) are one list, as are the goals and targets of sustainable development, and the
organizations that the OECD DAC and IATI numbered. The list of M49 regions is that of the United Nations; countries are
in `graphmodel.importers.countries`.
"""

import csv
from functools import cache
from pathlib import Path

FORMER = {("status", "completion"): "Finalisation", ("status", "post-completion"): "Closed"}


@cache
def _names() -> dict[tuple[str, str], str]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {(row["list"], row["code"]): row["name"] for row in csv.DictReader(file)}


@cache
def _words() -> dict[tuple[str, str], str]:
    return {(list_, name.casefold()): name for (list_, _), name in _names().items()} | FORMER


def name(list_: str, code: str) -> str:
    """Return the name of a code in a list, or an empty text. Version 1 writes some codes as words: those are known too.

    >>> name("role", "4"), name("role", "Implementing"), name("role", "Paying")
    ('Implementing', 'Implementing', '')
    """
    return _names().get((list_, code)) or _words().get((list_, code.casefold()), "")


def organization(reference: str) -> str:
    """Return the name of an organization that the OECD DAC or IATI gave its reference, or an empty text.

    >>> organization("XM-DAC-41108")
    'International Fund for Agricultural Development'
    """
    return _names().get(("organization", reference.removeprefix("XM-DAC-")), "")


def listed(list_: str) -> str:
    """Return the names of a short list, for messages.

    >>> listed("role")
    'Funding, Accountable, Extending, Implementing'
    """
    return ", ".join(name for (in_list, _), name in _names().items() if in_list == list_)
