"""What a line between two organizations can stand for: the value of an alliance, and the dashes of each value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx

from graphmodel.viz.palette import DASHES, DASHES_AND_DOTS, DOTS, LONG_DASHES, SOLID

SIGNS = {"+": "More than chance", "0": "Expected by chance", "-": "Less than chance"}
BASES = {"shared": "Shared activities", "formal": "Formal agreement", "both": "Both", "listed": "As listed"}
FORMAL_ONLY = "Formal agreement only"


@dataclass(frozen=True)
class Variable:
    """Something that lines show: what it is called, its value for an alliance, and the dashes of known values."""

    title: str
    value: Callable[[Mapping[str, Any]], str]
    dashes: Mapping[str, tuple[float, ...]]  # none where any value may occur: the most frequent get theirs
    needs: str = ""  # attribute without which on every alliance it shows nothing
    missing: str = ""  # what to say then


def any_knows(network: nx.Graph, attribute: str) -> bool:
    """True if an alliance has this attribute."""
    return any(value is not None for *_, value in network.edges(data=attribute))


def significance(known: Mapping[str, Any]) -> str:
    """Return what the test says of the shared activities; of an agreement alone it says nothing.

    >>> significance({"shared": 4, "sign": "+"}), significance({"basis": "formal", "sign": "0"})
    ('More than chance', 'Formal agreement only')
    """
    if known.get("basis") == "formal":
        return FORMAL_ONLY
    return SIGNS.get(known.get("sign", ""), "Not tested")


def shared(known: Mapping[str, Any]) -> str:
    """Return how many activities are shared, large numbers together.

    >>> shared({"shared": 1}), shared({"shared": 4}), shared({"shared": 0, "basis": "formal"})
    ('1 activity', '3 or 4 activities', 'Formal agreement only')
    """
    number = int(known.get("shared", 0))
    if not number:
        return FORMAL_ONLY if known.get("basis") == "formal" else "Not recorded"
    if number <= 2:
        return "1 activity" if number == 1 else "2 activities"
    return "3 or 4 activities" if number <= 4 else "5 or more activities"


def basis(known: Mapping[str, Any]) -> str:
    """Return whether there is a formal agreement.

    >>> basis({"basis": "both"}), basis({})
    ('Both', 'Shared activities')
    """
    given = str(known.get("basis", "shared"))
    return BASES.get(given, given)


def status(known: Mapping[str, Any]) -> str:
    """Return whether it goes on.

    >>> status({"status": "presumed ended"}), status({})
    ('Presumed ended', 'Without dates')
    """
    return str(known.get("status") or "without dates").capitalize()


def role(known: Mapping[str, Any]) -> str:
    """Return in what role an organization took part.

    >>> role({"roles": ["host"]}), role({"roles": ["host", "speaker"]}), role({})
    ('host', 'several roles', 'not recorded')
    """
    given = known.get("roles", ())
    if len(given) == 1:
        return str(given[0])
    return "several roles" if given else "not recorded"


VARIABLES = {
    "role": Variable("role", role, {}),
    "significance": Variable(
        "significance",
        significance,
        {
            SIGNS["+"]: SOLID,
            SIGNS["0"]: DASHES,
            SIGNS["-"]: DASHES_AND_DOTS,
            FORMAL_ONLY: LONG_DASHES,
            "Not tested": DOTS,
        },
        needs="sign",
        missing="no alliance is tested against chance. Test them, or choose formal, shared or status.",
    ),
    "shared": Variable(
        "shared activities",
        shared,
        {
            "5 or more activities": SOLID,
            "3 or 4 activities": LONG_DASHES,
            "2 activities": DASHES,
            "1 activity": DOTS,
            FORMAL_ONLY: DASHES_AND_DOTS,
        },
    ),
    "formal": Variable(
        "basis",
        basis,
        {
            BASES["shared"]: SOLID,
            BASES["formal"]: DASHES,
            BASES["both"]: DASHES_AND_DOTS,
            BASES["listed"]: LONG_DASHES,
        },
    ),
    "status": Variable(
        "status",
        status,
        {
            "Active": SOLID,
            "Planned": DASHES_AND_DOTS,
            "Presumed ended": LONG_DASHES,
            "Ended": DASHES,
            "Without dates": DOTS,
        },
        needs="status",
        missing="no alliance has one, which takes dates. Choose significance, formal or shared.",
    ),
}
