"""A first mapping of a table: what its columns look like, and the blocks that follow, to be checked by a person."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from graphmodel.importers import countries
from graphmodel.importers.mapping_columns import cleaned, strftime
from graphmodel.importers.mapping_specification import WILDCARD
from graphmodel.importers.tables import Table, open_table
from graphmodel.records import LINE, Reject

ROWS = 5_000
SURE = 0.9
COUNTRIES = 50
SEPARATORS = ("|", ";", ",")
DATE_FORMS = ("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "D-MMM-YY", "D MMMM YYYY", "YYYY/MM/DD")
HEADERS = {
    "kind": r"\b(type|kind|class|category|basis|precision)\b",
    "latitude": r"\blat(itude)?\b",
    "longitude": r"\b(lon|lng|long|longitude)\b",
    "url": r"\b(url|web ?site|web|link|homepage)\b",
    "acronym": r"\b(acronym|abbreviation|short name)\b",
    "budget": r"\b(budget|amount|cost|costs|commitments?|grant|value|funding amount)\b",
    "currency": r"\bcurrency\b",
    "started": r"\b(start|started|begin|from|begins)\b",
    "ended": r"\b(end|ended|ends|until|close|closing|completion)\b",
    "status": r"\b(status|state of implementation)\b",
    "country": r"\b(country|countries|pays|pais|nation|iso ?2|iso ?3)\b",
    "sector": r"\b(sectors?|themes?|topics?|subjects?|focal area|cluster|goal|fields?|secteur|focus|competences?)\b",
    "place": r"\b(regions?|district|province|governorate|locations?|place|city|adm ?\d|admin ?\d)\b",
    "role": r"\brole\b",
    "name": r"^name$",
    "organization": (
        r"\b(org|orgs|organi[sz]ations?|agency|agencies|partners?|donors?|funders?|implementers?|institutions?|"
        r"institutes?|ngos?|company|members?|grantees?|coordinator|contractors?|supplier|foundation)\b"
    ),
    "activity": r"\b(projects?|activit(y|ies)|title|programmes?|programs?|events?|conference|grant title)\b",
}
ID = re.compile(r"\b(id|ids|codes?|identifier|ref|reference|number|no|key|pic|rcn)\b")


@dataclass(frozen=True)
class Column:
    """What a column looks like: its name, what its header speaks of, and what its cells are."""

    name: str
    about: str
    is_id: bool
    filled: float
    distinct: float
    example: str
    separator: str = ""
    date: str = ""

    @property
    def quoted(self) -> str:
        """The name as TOML writes it."""
        return quoted(self.name)

    def said(self) -> str:
        """Say what it looks like, as a comment."""
        look = [
            f"{self.filled:.0%} filled",
            "each value once" if self.distinct == 1 else f"{self.distinct:.0%} distinct",
        ]
        look += [f"looks like {self.about}{' (id)' if self.is_id else ''}"] if self.about else ["not used"]
        look += [f'several values, separated by "{self.separator}"'] if self.separator else []
        look += [f"dates as {self.date}"] if self.date else []
        return f"#   {self.quoted}: {', '.join(look)}; e.g. {quoted(self.example[:60])}"


def quoted(text: str) -> str:
    r"""Write a text as TOML does.

    >>> print(quoted('the "lead"'))
    "the \"lead\""
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def guess(path: Path, *, sheet: str = "", member: str = "") -> str:
    """Return a first mapping of a table, as the text of a mapping file that loads, with the guesses as comments.

    Raises
    ------
    DataProblem
        If it is no table.
    """
    table = open_table(path, sheet=sheet, member=member)
    columns = _columns(table)
    place = [f"{key} = {quoted(text)}" for key, text in (("sheet", sheet), ("member", member)) if text]
    lines = [
        f"# A first mapping of {path.name}, guessed from its first rows. Check each line, then:",
        f"#   graphmodel load {path.name} --mapping THIS-FILE --dry-run",
        f"# {comment(table.said.removeprefix(str(path)).lstrip(':, '))}",
        "#",
        *(comment(column.said()) for column in columns),
        "",
        f"file = {quoted(path.name)}",
        *place,
        "",
        "[source]",
        f"title = {quoted(path.stem)}",
        '# publisher = "..."',
        '# licence = "..."',
        "",
        *_blocks(columns),
    ]
    return "\n".join(lines).rstrip() + "\n"


def comment(text: str) -> str:
    """Return a text without what a comment of TOML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text)


def _columns(table: Table) -> list[Column]:
    """Look at the first rows of a table."""
    first = next(part for part in table.frames() if not isinstance(part, Reject)).head(ROWS)
    frame = first.select(LINE, *(cleaned(name) for name in table.columns))
    return [_column(name, frame[name].drop_nulls(), len(frame)) for name in table.columns if not WILDCARD.search(name)]


def _column(name: str, cells: pl.Series, rows: int) -> Column:
    words = re.sub(r"[\W_]+", " ", name).casefold()
    about = next((kind for kind, pattern in HEADERS.items() if re.search(pattern, words)), "")
    is_id = bool(ID.search(words))
    date = _date_form(cells)
    if about in ("started", "ended") and not date:
        about = ""
    if about in ("", "place", "country") and not is_id:
        about = "country" if _are_countries(cells) else about.replace("country", "")
    if about in ("organization", "activity", "name") and not is_id and _are_numbers(cells):
        about = ""
    separator = "" if is_id or date or about in ("url", "budget", "activity") else _separator(cells, about)
    distinct = cells.n_unique() / len(cells) if len(cells) else 0.0
    example = cells[0] if len(cells) else ""
    return Column(name, about, is_id, len(cells) / max(rows, 1), distinct, example, separator, date)


def _are_countries(cells: pl.Series) -> bool:
    """Say whether most of the first distinct values are names or codes of countries."""
    some = cells.unique(maintain_order=True).head(COUNTRIES)
    parts = [re.split(r"[|;]", text)[0] for text in some]
    return len(some) > 0 and sum(1 for text in parts if countries.country(text)) > 0.5 * len(some)


def _are_numbers(cells: pl.Series) -> bool:
    return cells.cast(pl.Float64, strict=False).is_not_null().sum() >= SURE * len(cells)


def _date_form(cells: pl.Series) -> str:
    """Return the first form in which most cells can be read as days."""
    for form in DATE_FORMS:
        days = cells.str.to_date(strftime(form), strict=False)
        if len(cells) and days.is_not_null().sum() >= SURE * len(cells):
            return form
    return ""


def _separator(cells: pl.Series, about: str) -> str:
    """Return what separates the values of a cell; a comma only where names seldom hold one."""
    usual = SEPARATORS if about in ("country", "sector") else SEPARATORS[:2]
    counts = {mark: cells.str.contains(mark, literal=True).sum() for mark in usual}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 0.02 * len(cells) else ""


def _blocks(columns: Sequence[Column]) -> Iterator[str]:
    """Yield the blocks: a file of activities with those who took part, or a file of organizations."""
    of = {kind: [column for column in columns if column.about == kind] for kind in HEADERS}
    ids = [column for column in columns if column.is_id and column.distinct == 1 and column.filled == 1]
    if of["activity"]:
        yield from _activities(of, ids)
    elif of["organization"] or of["name"]:
        yield from _organizations(of, ids)
    else:
        name = next((column for column in columns if not column.is_id and not column.date), columns[0])
        yield "# No column looks like organizations or activities; say which one names what."
        yield from ("[[Organization]]", f"name = {name.quoted}")


def _activities(of: dict[str, list[Column]], ids: Sequence[Column]) -> Iterator[str]:
    named = next((column for column in of["activity"] if not column.is_id), of["activity"][0])
    key = next((column for column in (*of["activity"], *ids) if column.is_id), None)
    activity = f"activity.id = {key.quoted}" if key else f"activity.name = {named.quoted}"
    yield "[[Activity]]"
    yield (
        f"id = {key.quoted}"
        if key
        else f"# No column looks like its id; one is made from the name.\nname = {named.quoted}"
    )
    if key:
        yield f"name = {named.quoted}"
    yield from _properties(of, ("started", "ended", "status", "budget", "currency", "url"))
    yield ""
    role = next(iter(of["role"]), None)
    for column in (column for column in of["organization"] if not column.is_id):
        yield "[[PARTICIPATED_IN]]"
        yield from _split(column)
        yield f"organization.name = {column.quoted}"
        yield activity
        constant = f"{{ value = {quoted(column.name.casefold())} }}  # guessed from the header"
        yield f"role = {role.quoted}" if role else f"role = {constant}"
        yield ""
    yield from _places_and_subjects(of, activity, "TOOK_PLACE_IN", "ADDRESSES")


def _organizations(of: dict[str, list[Column]], ids: Sequence[Column]) -> Iterator[str]:
    candidates = [*of["name"], *of["organization"]]
    named = next((column for column in candidates if not column.is_id), candidates[0])
    key = next(iter(ids), None)
    organization = f"organization.id = {key.quoted}" if key else f"organization.name = {named.quoted}"
    yield "[[Organization]]"
    yield from _split(named)
    yield f"id = {key.quoted}" if key else "# No column looks like its id; one is made from the name."
    yield f"name = {named.quoted}"
    yield from _properties(of, ("acronym", "status", "url"))
    yield ""
    yield from _places_and_subjects(of, organization, "WORKS_IN", "COMPETENT_IN")


def _properties(of: dict[str, list[Column]], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        for column in of[name][:1]:
            form = f"{{ column = {column.quoted}, date = {quoted(column.date)} }}"
            number = f'{{ column = {column.quoted}, number = "1,234.5" }}'
            yield f"{name} = {form if column.date else number if name == 'budget' else column.quoted}"


def _split(column: Column) -> Iterator[str]:
    if column.separator:
        yield f"split = {{ {column.quoted} = [{quoted(column.separator)}] }}"


def _places_and_subjects(of: dict[str, list[Column]], start: str, place: str, subject: str) -> Iterator[str]:
    """Yield the blocks of regions and competence areas, where there are columns for them."""
    lands = [column for column in of["country"] if not column.is_id] or of["country"]
    places = [column for column in of["place"] if not column.is_id and not column.separator]
    for column in lands[:1]:
        yield from (f"[[{place}]]", *_split(column), start, f"region.country = {column.quoted}", "")
    if places:
        steps = [*(column for column in lands[:1] if not column.separator), *places]
        yield from (f"[[{place}]]", start, f"region.path = [{', '.join(step.quoted for step in steps)}]")
        yield "# The steps go from the largest to the smallest; put them into that order."
        if len(steps) > len(places):
            yield "region.country_step = 1"
        yield ""
    for column in [column for column in of["sector"] if not column.is_id][:1]:
        yield from (f"[[{subject}]]", *_split(column), start, f"competence_area.name = {column.quoted}")
        yield from ('competence_area.kind = { value = "sector" }', "")
