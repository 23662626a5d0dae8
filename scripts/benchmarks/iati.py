"""How quickly IATI is read."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from given import Given
from processes import measured, repeated
from rows import Row

RUNS, ACTIVITIES = 3, 20_000
BARE = "bare pass over the same elements"


def reading(given: Given) -> Iterator[Row]:
    """Reading IATI into rows next to a bare pass over the same elements."""
    path = given.folder / "activities.xml"
    path.write_text(f'<iati-activities version="2.03">{"".join(map(activity, range(ACTIVITIES)))}</iati-activities>')
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    seconds, peak, _ = measured(passed, path)
    yield Row(BARE, size, seconds, peak)
    seconds, peak, rows = measured(read, path)
    yield Row("read IATI into rows", size, seconds, peak, BARE, told={"rows a second": round(rows / seconds)})


def passed(path: Path) -> tuple[float, None]:
    """Go through the elements."""

    def do() -> None:
        for _, element in ElementTree.iterparse(path):
            element.clear()

    return repeated(do, RUNS)[0], None


def read(path: Path) -> tuple[float, int]:
    """Read them into rows; count those."""
    from graphmodel.importers import iati
    from graphmodel.records import Rows
    from graphmodel.schema import SCHEMA

    return repeated(
        lambda: sum(len(item.frame) for item in iati.read(path, SCHEMA, "x") if isinstance(item, Rows)), RUNS
    )


def activity(number: int) -> str:
    """Return an activity with two partners, a country, a sector and dates."""
    return f"""<iati-activity><reporting-org ref="XM-1" type="10"><narrative>Amber Fund</narrative></reporting-org>
<iati-identifier>XM-1-{number}</iati-identifier><title><narrative>Activity {number}</narrative></title>
<participating-org ref="XM-{number % 500}" role="4" type="22"><narrative>Partner {number % 500}</narrative>
</participating-org><participating-org ref="XM-{number % 71 + 1000}" role="1" type="60"><narrative>Donor
{number % 71}</narrative></participating-org><activity-date type="2" iso-date="2020-01-01"/>
<recipient-country code="KE" percentage="100"/><sector vocabulary="1" code="14030"/></iati-activity>"""


STEPS = (reading,)
