"""One IATI activity as rows. Version 1 is read by the same rules: where it differs, it writes words for codes."""

from decimal import Decimal

from graphmodel.importers.iati_places import places
from graphmodel.importers.iati_reading import Reading, coded, organization, spoken
from graphmodel.importers.iati_rows import ACTIVITY, ACTIVITY_PART_OF, NUMBER, Gathered, given
from graphmodel.importers.iati_sectors import sectors
from graphmodel.importers.iati_xml import Element, Wanted

TEXT: Wanted = {"narrative": {}}
SPLIT_BY_TRANSACTION: Wanted = {"recipient-country": TEXT, "recipient-region": TEXT, "sector": TEXT}
WANTED: Wanted = {
    **SPLIT_BY_TRANSACTION,
    "transaction": SPLIT_BY_TRANSACTION,
    "iati-identifier": {},
    "reporting-org": TEXT,
    "title": TEXT,
    "participating-org": TEXT,
    "related-activity": {},
    "activity-date": {},
    "activity-status": TEXT,
    "activity-website": {},
    "budget": {"period-start": {}, "period-end": {}, "value": {}},
    "location": {
        "name": TEXT,
        "location-id": {},
        "point": {"pos": {}},
        "administrative": {},
        "gazetteer-entry": {},
        "coordinates": {},
    },
}

PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = DAYS = ("1", "2", "3", "4")
DAY_WORDS = dict(zip(("start-planned", "start-actual", "end-planned", "end-actual"), DAYS, strict=True))
PARENT, CHILD = "1", "2"
REVISED = ("2", "revised")
PRIMARY = ("0", "false")


def read(element: Element, into: Gathered) -> None:
    """Take an activity with all that is said of it."""
    identifier = element.first("iati-identifier")
    told = " ".join(identifier.text.split()) if identifier else ""
    if not given(told):
        kind = "placeholder" if told else "missing"
        into.reject(element.line, "iati-activity/iati-identifier", kind, told, "the identifier of an activity")
        return
    activity = Reading(element, told, into)
    for part in (_reporter, _title, _days, _status, _budget, _participants, _related, sectors, places):
        part(activity)
    into.add(ACTIVITY, element.line, id=told, **activity.cells)


def _reporter(activity: Reading) -> None:
    """Take who reports. To report is not to take part, unless it says of itself that it is no secondary reporter."""
    element = activity.element.first("reporting-org")
    if not element:
        return
    place = activity.at("reporting-org[1]")
    activity.reporter = organization(element, place, activity.scope, activity.into)
    if not activity.reporter:
        return
    activity.into.publishers[activity.reporter] = None
    if element.get("secondary-reporter").lower() in PRIMARY:
        activity.take_part(activity.reporter, "Reporting", element.line, place)


def _title(activity: Reading) -> None:
    """Take title and website; where there is no title, the identifier stands for it."""
    told = spoken(activity.element.all("title"))
    if not given(told):
        kind = "placeholder" if told else "missing"
        activity.reject(activity.line, activity.at("title[1]"), kind, told, "the title of an activity")
    website = activity.element.first("activity-website")
    activity.cells |= {"name": given(told) or activity.id, "url": website.text.strip() if website else None}


def _days(activity: Reading) -> None:
    """Take the actual days, else the planned ones; where only those are told, the activity is planned."""
    days: dict[str, str] = {}
    told = set()
    for place, element in activity.numbered("activity-date"):
        kind = DAY_WORDS.get(element.get("type").lower(), element.get("type"))
        if kind not in DAYS:
            expected = f"one of {', '.join((*DAYS, *DAY_WORDS))}"
            activity.reject(element.line, f"{place}/@type", "value", kind, expected)
            continue
        text = _day(element.get("iso-date") or element.text.strip())
        told |= {kind} if text else set()
        if day := activity.property("started", text, element.line, f"{place}/@iso-date"):
            days.setdefault(kind, day)
    activity.cells["started"] = days.get(ACTUAL_START, days.get(PLANNED_START))
    activity.cells["ended"] = days.get(ACTUAL_END, days.get(PLANNED_END))
    if told and told <= {PLANNED_START, PLANNED_END}:
        activity.cells["status"] = "Planned"


def _day(text: str) -> str:
    """Take the time or the zone, which XML allows, off a day.

    >>> _day("2015-07-01Z"), _day("2015-07-01T00:00:00"), _day("2015-07"), _day("2015-07-011")
    ('2015-07-01', '2015-07-01', '2015-07', '2015-07-011')
    """
    return text[:10] if text[10:11] in ("Z", "T", "+", "-") else text


def _status(activity: Reading) -> None:
    """Take the status by its name, before what the days may tell."""
    for place, element in activity.numbered("activity-status"):
        code = element.get("code") or spoken([element])
        if name := coded("status", code, element.line, place, activity.into):
            activity.cells["status"] = name


def _budget(activity: Reading) -> None:
    """Take the sum of the budgets, if all can be read and all are in one currency. A revised one replaces others."""
    budgets: dict[str, dict[bool, Decimal]] = {}
    currencies = set()
    for place, element in activity.numbered("budget"):
        value = element.first("value")
        told = value.text.strip() if value else ""
        if not value or not NUMBER.fullmatch(told):
            kind = "value" if told else "missing"
            activity.reject(element.line, f"{place}/value", kind, told, "a number like 1234.5")
            return
        currencies.add(value.get("currency") or activity.element.get("default-currency"))
        amounts = budgets.setdefault(_period(element), {})
        revised = element.get("type").lower() in REVISED
        amounts[revised] = amounts.get(revised, Decimal(0)) + Decimal(told)
    place = activity.at("budget")
    if len(currencies) > 1:
        found = ", ".join(sorted(currency or "no currency" for currency in currencies))
        activity.reject(activity.line, place, "value", found, "all budgets in one currency")
    elif budgets:
        total = sum((amounts.get(True, amounts.get(False, Decimal(0))) for amounts in budgets.values()), Decimal(0))
        activity.cells["budget"] = activity.property("budget", f"{total:f}", activity.line, place)
        activity.cells["currency"] = activity.property("currency", currencies.pop(), activity.line, place)


def _period(budget: Element) -> str:
    ends = [budget.first(tag) for tag in ("period-start", "period-end")]
    return " ".join(end.get("iso-date") if end else "" for end in ends)


def _participants(activity: Reading) -> None:
    for place, element in activity.numbered("participating-org"):
        id_ = organization(element, place, activity.scope, activity.into)
        role = coded("role", element.get("role"), element.line, f"{place}/@role", activity.into)
        if id_:
            activity.take_part(id_, role, element.line, place)


def _related(activity: Reading) -> None:
    """Take parents and children. Siblings, co-funded and third-party activities are no tie of the model."""
    for place, element in activity.numbered("related-activity"):
        kind, other = element.get("type"), given(element.get("ref"))
        if kind not in (PARENT, CHILD):
            continue
        if not other:
            activity.reject(element.line, f"{place}/@ref", "missing", "", "the identifier of an activity")
            continue
        part, whole = (activity.id, other) if kind == PARENT else (other, activity.id)
        activity.into.add(ACTIVITY_PART_OF, element.line, start_id=part, end_id=whole, record=place)
