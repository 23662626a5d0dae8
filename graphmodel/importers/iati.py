"""IATI, the standard in which development organizations publish what they do: activity and organisation files.

Versions 2.01 to 2.03, and 1.0x, whose words for codes are known too. An organization is its reference; where it has
none, its normalized name within the organization that reports. Roles, kinds, statuses, countries, regions and sectors
are called by the names in IATI's codelists. What is said of an activity by its transactions counts where the activity
itself says nothing. Shares are percentages; a sector named twice has the sum of its shares.

Not taken: siblings and other relations of activities that are neither parent nor child; organizations that are only
named in transactions; what was paid; budgets in several currencies. A reporting organization takes part in an activity
if it is also named as a participant, or says that it is not a secondary reporter; else it is only who says so.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from graphmodel.importers import iati_activities, iati_xml
from graphmodel.importers.iati_reading import organization, spoken
from graphmodel.importers.iati_rows import Gathered, given
from graphmodel.importers.iati_xml import Element, Wanted
from graphmodel.records import Node, Record
from graphmodel.schema import Schema

ACTIVITIES, ORGANISATIONS = "iati-activities", "iati-organisations"
TEXT: Wanted = {"narrative": {}}
ORGANISATION: Wanted = {"organisation-identifier": {}, "iati-identifier": {}, "name": TEXT, "reporting-org": TEXT}
ROOTS: Wanted = {
    ACTIVITIES: {"iati-activity": iati_activities.WANTED},
    ORGANISATIONS: {"iati-organisation": ORGANISATION},
}


def is_iati(path: Path) -> bool:
    """Tell whether a file is XML with one of the two roots of IATI. Its beginning is read, out of gzip or zip too."""
    return iati_xml.root(path) in ROOTS


def read(path: Path, schema: Schema, source: str) -> Iterator[Record]:
    """Yield the rows of a file in chunks, a reject for each thing that cannot be taken, and the source itself.

    A reject takes away only what it names; the rest of the activity is kept. References that name several bodies, and
    bodies under several references, are notices.

    Raises
    ------
    DataProblem
        If the file is no IATI, is not well-formed to its end, or holds what could harm: document types, entities,
        elements nested or attributes grown beyond all use. What was yielded before must not be used then.
    """
    gathered = Gathered(path.name, source, schema)
    yield from _gather(path, gathered)
    yield from sorted(gathered.notices())
    yield Node("Source", source, _source(path, gathered))


def _gather(path: Path, gathered: Gathered) -> Iterator[Record]:
    for element in iati_xml.elements(path, ROOTS):
        if element.tag == "iati-activity":
            iati_activities.read(element, gathered)
        else:
            _organisation(element, gathered)
        yield from gathered.full()
    yield from gathered.rest()


def _organisation(element: Element, gathered: Gathered) -> None:
    """Take the name of an organisation, and the one that reports it."""
    identifier = element.first("organisation-identifier") or element.first("iati-identifier")
    id_ = given(identifier.text) if identifier else ""
    if not id_:
        expected = "the identifier of an organization"
        gathered.reject(element.line, "iati-organisation/organisation-identifier", "missing", "", expected)
        return
    gathered.organization(id_, id_, given(spoken(element.all("name"))), "", element.line)
    reporter = element.first("reporting-org")
    if reporter:
        place = f"iati-organisation[{id_}]/reporting-org[1]"
        publisher = organization(reporter, place, gathered.source, gathered)
        gathered.publishers |= {publisher: None} if publisher else {}


def _source(path: Path, gathered: Gathered) -> dict[str, str]:
    """Return what is known of the file; it has a publisher if all of it is reported by one."""
    with path.open("rb") as file:
        known = {"title": path.name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    if len(gathered.publishers) == 1:
        (publisher,) = gathered.publishers
        name = gathered.bodies[publisher].name
        known |= {"title": f"{name}, {path.name}", "publisher": name}
    return known
