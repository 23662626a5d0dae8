"""What the marks and lines of a map stand for, in the words that page and picture say of them."""

from dataclasses import dataclass

Noun = tuple[str, str]
"""One, and many."""

ORGANIZATION: Noun = ("organization", "organizations")


@dataclass(frozen=True)
class Mode:
    """One sort of marks: what such a mark is, and those that its lines lead to."""

    noun: Noun
    tied: Noun


@dataclass(frozen=True)
class Unit:
    """What is on a map: its sorts of marks, of which a two-mode network has two, and its lines."""

    modes: tuple[Mode, ...]
    tie: Noun  # what a line is
    shared: Noun  # what its width counts
    degree: str  # what the number of lines of a mark is called
    weight: str  # what the sum of their widths is called; empty where that says the same
    untied: str  # what none of the marks does where there is no line
    without: str  # what organizations lack that are not on the map
    joint: str = "and"  # between the names of the two that a line ties
    lines: tuple[str, ...] = ("significance", "shared", "formal", "status")  # what they can show
    members: Noun | None = None  # of which a mark stands for several, its size for their number

    @property
    def every(self) -> str:
        """All sorts of marks.

        >>> TWO_MODE.every
        'organizations and activities'
        """
        return " and ".join(mode.noun[1] for mode in self.modes)


ORGANIZATIONS = Unit(
    modes=(Mode(ORGANIZATION, tied=("partner", "partners")),),
    tie=("alliance", "alliances"),
    shared=("shared activity", "shared activities"),
    degree="Partners",
    weight="Shared",
    untied="shares an activity with another or has a formal agreement",
    without="an alliance",
)


def _of_several(one: str, many: str) -> Unit:
    """Return the words of marks that stand for several organizations each."""
    return Unit(
        modes=(Mode((one, many), tied=(f"other {one}", f"other {many}")),),
        tie=("tie", "ties"),
        shared=("alliance", "alliances"),
        degree=f"Tied to {many}",
        weight=f"Alliances with other {many}",
        untied="has an alliance with another",
        without="an alliance",
        members=ORGANIZATION,
    )


GROUPS = _of_several("group", "groups")

REGIONS = {
    "region": _of_several("region", "regions"),
    "subregion": _of_several("subregion", "subregions"),
    "country": _of_several("country", "countries"),
}
"""By their level."""

TWO_MODE = Unit(
    modes=(
        Mode(ORGANIZATION, tied=("activity", "activities")),
        Mode(("activity", "activities"), tied=("participant", "participants")),
    ),
    tie=("participation", "participations"),
    shared=("role", "roles"),
    degree="Participations",
    weight="",
    untied="took part in an activity",
    without="an activity",
    joint="in",
    lines=("role",),
)
