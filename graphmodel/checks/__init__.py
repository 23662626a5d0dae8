"""What is suspicious in a graph. Each check is a row of `CHECKS` and a pure function on frames.

A check proves nothing: it says where a person should look. `error` is what cannot be so or makes figures wrong,
`warning` what is probably a mistake, `note` what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from graphmodel.checks import activities, organizations, places, sources
from graphmodel.checks.facts import Facts
from graphmodel.errors import UsageProblem, suggestion
from graphmodel.plan import Reader
from graphmodel.schema import Schema

LEVELS = ("error", "warning", "note")
COLUMNS = ("level", "check", "label", "id", "name", "found")
EXAMPLES = 3


@dataclass(frozen=True)
class Check:
    """One check: its name, how bad it is, what it finds, what to do about it, and the function that finds it."""

    name: str
    level: str
    meaning: str
    remedy: str
    find: Callable[[Facts], pl.DataFrame]


_ALL = (
    Check(
        "incomplete-source",
        "error",
        "The load or removal of a source was cut off.",
        "Run the same load, or the same removal, again.",
        sources.incomplete,
    ),
    Check(
        "end-before-start",
        "error",
        "It ends before it starts.",
        "Mend the dates in the source; they may be exchanged, or month and day.",
        activities.upside_down,
    ),
    Check(
        "circle",
        "error",
        "It is part of itself, by one or more steps.",
        "Take one PART_OF out of the circle.",
        places.circles,
    ),
    Check(
        "no-organization",
        "warning",
        "An activity in which no organization took part.",
        "Add its participations: it counts nowhere.",
        activities.without_organization,
    ),
    Check(
        "no-currency",
        "warning",
        "An amount of money in no currency.",
        "Add the currency: amounts cannot be added up without it.",
        activities.without_currency,
    ),
    Check(
        "disagreement",
        "warning",
        "Activities of one name from different sources, with different dates or kinds.",
        "Find out whether they are one activity, and which source is right.",
        activities.disagreement,
    ),
    Check(
        "same-name",
        "warning",
        "Organizations with the same name, but for case, accents and punctuation.",
        "Give them one id if they are one organization.",
        organizations.same_name,
    ),
    Check(
        "several-countries",
        "warning",
        "An organization in more than one country.",
        "Mend its country or its seat; give branches ids of their own.",
        organizations.several_countries,
    ),
    Check(
        "wrong-country",
        "warning",
        f"A point further from its country's own point than the country reaches ({places.TOLERANCE:,} km for most).",
        "Mend the coordinates, or the country.",
        places.wrong_country,
    ),
    Check(
        "outside-world",
        "warning",
        "A region that lies under no region of kind world.",
        "Add the region that it is part of: figures of larger regions lack it.",
        places.outside_world,
    ),
    Check(
        "hub",
        "warning",
        "An organization in more than half of the activities: it ties everybody to everybody.",
        "Leave it out of analyses by --exclude, if it is the host of the network.",
        organizations.hubs,
    ),
    Check(
        "no-partner",
        "note",
        "An activity with one organization only.",
        "Add the partners, if there were any.",
        activities.without_partner,
    ),
    Check(
        "no-place",
        "note",
        "An activity in no region.",
        "Add its regions: analyses by region lack it.",
        activities.without_place,
    ),
    Check(
        "no-date",
        "note",
        "An activity without start and end.",
        "Add its dates: analyses of a period lack it.",
        activities.without_date,
    ),
    Check(
        "same-acronym",
        "note",
        "Organizations with the same acronym, or one whose name is the acronym of another.",
        "Give them one id if they are one organization.",
        organizations.same_acronym,
    ),
    Check(
        "no-source",
        "note",
        "A node that no source describes; relationships of other sources still hold it.",
        "Load a source that describes it.",
        sources.undescribed,
    ),
)
CHECKS: Mapping[str, Check] = {check.name: check for check in _ALL}


def find(schema: Schema, store: Reader, name: str = "") -> pl.DataFrame:
    """Return what is suspicious in a graph, the worst first; by one check, or by all.

    Returns
    -------
    polars.DataFrame
        level, check, label, id, name, found (what is odd, in words).

    Raises
    ------
    UsageProblem
        If there is no such check; the message suggests the nearest.
    """
    if name and name not in CHECKS:
        hint = suggestion(name, CHECKS) or f" Known are {', '.join(CHECKS)}."
        raise UsageProblem(f'There is no check "{name}".{hint}')
    facts = Facts(schema, store)
    chosen = [CHECKS[name]] if name else sorted(_ALL, key=lambda check: LEVELS.index(check.level))
    return pl.concat([_found(check, facts) for check in chosen])


def _found(check: Check, facts: Facts) -> pl.DataFrame:
    about = (pl.lit(check.level).alias("level"), pl.lit(check.name).alias("check"))
    return check.find(facts).with_columns(*about).select(COLUMNS)


def summary(found: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each check that found something: level, check, number, examples, meaning, remedy.

    >>> summary(pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))).is_empty()
    True
    """
    numbers = found.group_by("level", "check", maintain_order=True).agg(
        pl.len().alias("number"), pl.col("id").head(EXAMPLES).str.join(", ").alias("examples")
    )
    words = [(check.name, check.meaning, check.remedy) for check in _ALL]
    told = pl.DataFrame(words, schema=["check", "meaning", "remedy"], orient="row")
    return numbers.join(told, on="check", how="left", maintain_order="left")


def is_bad(found: pl.DataFrame) -> bool:
    """Tell whether something of level error was found."""
    return "error" in found["level"]
