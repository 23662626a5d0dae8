"""Key figures: how many there are of what."""

import polars as pl

from graphmodel.analysis.coverage.axes import LEVELS
from graphmodel.analysis.phrases import plural
from graphmodel.report.part import Figure, Part
from graphmodel.report.subject import Subject


def figures(subject: Subject) -> Part:
    """Return how many organizations, activities, alliances, regions and competence areas there are."""
    alliances = subject.alliances
    regions, level = _regions(subject)
    found = [
        _organizations(subject),
        _counted("activities", "activity", subject.incidence["activity"].n_unique()),
        _counted("alliances", "alliance", alliances.height),
        _counted("active", "active alliance", alliances.filter(pl.col("status") == "active").height),
        Figure("significant", "more than chance", _significant(subject)),
        _recorded("regions", level, regions, subject),
        _recorded("competence_areas", "competence area", _areas(subject), subject),
    ]
    return Part("figures", "Key figures", figures=tuple(found), side=1)


def _counted(name: str, noun: str, number: int) -> Figure:
    return Figure(name, noun if number == 1 else plural(noun), number)


def _recorded(name: str, noun: str, number: int, subject: Subject) -> Figure:
    """That none is on record of any activity does not say that there is none."""
    if number or subject.incidence.is_empty():
        return _counted(name, noun, number)
    return Figure(name, plural(noun), "unknown")


def _organizations(subject: Subject) -> Figure:
    number = subject.organizations.height
    if subject.organization:
        return Figure("others", "other it meets" if number == 2 else "others it meets", number - 1)
    return _counted("organizations", "organization", number)


def _significant(subject: Subject) -> int | str:
    if subject.test is None:
        return "not tested"
    return subject.alliances.filter(pl.col("sign") == "+").height


def _regions(subject: Subject) -> tuple[int, str]:
    """How many countries the activities took place in, or regions of the finest level that is known."""
    setting = subject.projection.partnerships.setting
    known = set(setting.regions["kind"])
    level = next((level for level in reversed(LEVELS) if level in known), "region")
    used = setting.took_place_in.join(subject.incidence, on="activity", how="semi")
    if within := subject.request.within.regions:
        inside = set().union(*map(setting.under_region, within))
        used = used.filter(pl.col("region").is_in(sorted(inside)))
    return used.join(setting.regions_at(level), on="region")["wider"].n_unique(), level


def _areas(subject: Subject) -> int:
    setting = subject.projection.partnerships.setting
    return setting.addresses.join(subject.incidence, on="activity", how="semi")["competence_area"].n_unique()
