"""The demonstration holds the collected facts, all of them and no others, each with its source."""

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

import pytest

from graphmodel.schema import SCHEMA, NodeType, RelationshipType

Row: TypeAlias = dict[str, str]
Tables: TypeAlias = dict[str, list[Row]]

FOLDER = files("graphmodel") / "demonstration"
ORIGINAL = Path(__file__).parents[2] / "shared" / "data"
COUNTS = {
    "sources.csv": 107,
    "regions.csv": 70,
    "competence_areas.csv": 5,
    "organizations.csv": 83,
    "activities.csv": 45,
    "participations.csv": 143,
    "organization_seats.csv": 56,
    "organization_competence_areas.csv": 117,
}
UNESCO_REGIONS = {
    "Africa",
    "Arab States",
    "Asia and the Pacific",
    "Europe and North America",
    "Latin America and the Caribbean",
}
FIELDS = {
    "Education",
    "Natural sciences",
    "Social and human sciences",
    "Culture",
    "Communication and information",
}
KINDS = ("world", "region", "country", "place")
CREDENTIAL = re.compile(r"passw|\b(secret|token|api[-_]?key)\b|//[^/\s]*@", re.IGNORECASE)


def text(name: str) -> str:
    """Return a file of the demonstration, byte for byte."""
    return (FOLDER / name).read_bytes().decode("utf-8")


@cache
def table(name: str) -> list[Row]:
    """Return the rows of a file of the demonstration."""
    return list(csv.DictReader(io.StringIO(text(name), newline=""), strict=True))


def by_id(name: str) -> dict[str, Row]:
    """Return the rows of a file of nodes, each under its id."""
    return {row["id"]: row for row in table(name)}


def listed(cell: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [value for value in cell.split("|") if value]


def key(name: str) -> list[str]:
    """Return the columns of a file that tell its rows apart."""
    item = SCHEMA.files[name]
    if isinstance(item, NodeType):
        return ["id"]
    return [*item.columns, *(part.name for part in item.identified_by), "source"]


def ties() -> Iterator[tuple[RelationshipType, str, str]]:
    """Go through the two ends of each relationship, from files of their own and from short-cut columns."""
    for name in COUNTS:
        item = SCHEMA.files[name]
        if isinstance(item, RelationshipType):
            yield from ((item, row[item.columns[0]], row[item.columns[1]]) for row in table(name))
        else:
            for column, shortcut in SCHEMA.shortcuts(item.label).items():
                ends = ((row["id"], end) for row in table(name) for end in listed(row.get(column, "")))
                yield from ((shortcut, start, end) for start, end in ends)


def path_up(region: str) -> list[Row]:
    """Return a region and all that it lies in, narrowest first."""
    row = by_id("regions.csv")[region]
    return [row, *(path_up(row["part_of"]) if row.get("part_of") else [])]


def place(region: str) -> tuple[str, str, str]:
    """Return the city, the code of the country and the UNESCO region of a region; empty where it has none."""
    above = {row["kind"]: row for row in path_up(region)} if region else {}
    parts = (("place", "name"), ("country", "iso2"), ("region", "name"))
    city, country, wide = (above.get(kind, {}).get(column, "") for kind, column in parts)
    return city, country, wide


def source(row: Row) -> tuple[str, str]:
    """Return the title and the address of the source of a row."""
    found = by_id("sources.csv")[row["source"]]
    return found["title"], found["url"]


def field_names(areas: list[str]) -> set[str]:
    """Return the names of competence areas in lower case, as the collection has them."""
    return {by_id("competence_areas.csv")[area]["name"].lower() for area in areas}


def left_of(note: str, pieces: list[str]) -> set[str]:
    """Take the pieces out of a note, each of which it must hold, and return what else it says."""
    rest = note.casefold()
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        assert piece.casefold() in rest
        rest = rest.replace(piece.casefold(), "", 1)
    return {part.strip(" ,") for part in re.split("[.:]", rest)} - {""}


@pytest.mark.parametrize("name", COUNTS)
def test_each_file_has_its_rows(name: str) -> None:
    assert len(table(name)) == COUNTS[name]


def test_there_is_no_other_file() -> None:
    assert {item.name for item in FOLDER.iterdir()} == {*COUNTS, "README.md"}


@pytest.mark.parametrize("name", COUNTS)
def test_each_file_is_plain_utf8_in_the_one_way_that_csv_writes_it(name: str) -> None:
    again = io.StringIO()
    writer = csv.DictWriter(again, list(table(name)[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table(name))
    assert text(name) == again.getvalue()


@pytest.mark.parametrize("name", COUNTS)
def test_each_column_is_of_the_model_and_holds_something(name: str) -> None:
    item = SCHEMA.files[name]
    shortcuts = SCHEMA.shortcuts(item.label) if isinstance(item, NodeType) else item.columns
    declared = {*(part.name for part in item.properties), *shortcuts, "source"}
    assert declared.issuperset(table(name)[0])
    assert all(any(row[column] for row in table(name)) for column in table(name)[0])


@pytest.mark.parametrize("name", COUNTS)
def test_rows_are_told_apart_and_sorted_by_their_key(name: str) -> None:
    keys = [tuple(row[column] for column in key(name)) for row in table(name)]
    widths = [KINDS.index(row["kind"]) if name == "regions.csv" else 0 for row in table(name)]
    order = list(zip(widths, keys, strict=True))
    assert order == sorted(order)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", [*COUNTS, "README.md"])
def test_no_file_holds_a_credential_or_an_odd_character(name: str) -> None:
    assert not CREDENTIAL.search(text(name))
    assert unicodedata.is_normalized("NFC", text(name))
    odd = {letter for letter in set(text(name)) - {" ", "\n"} if unicodedata.category(letter)[0] in "CZ"}
    assert not odd


@pytest.mark.parametrize("name", COUNTS)
def test_no_cell_has_space_around_it_or_twice_in_it(name: str) -> None:
    assert all(cell == " ".join(cell.split()) for row in table(name) for cell in row.values())


def test_both_ends_of_each_relationship_exist() -> None:
    known = {item.label: by_id(item.file).keys() for item in SCHEMA.nodes}
    ends = {(label, end) for item, *both in ties() for label, end in zip((item.start, item.end), both, strict=True)}
    assert {(label, end) for label, end in ends if end not in known[label]} == set()


def test_each_row_names_one_source_that_exists_and_no_source_is_unused() -> None:
    used = {row["source"] for name in COUNTS if name != "sources.csv" for row in table(name)}
    assert used == by_id("sources.csv").keys()


def test_the_competence_areas_are_the_five_fields_of_unesco() -> None:
    rows = table("competence_areas.csv")
    assert {row["name"] for row in rows} == FIELDS
    assert {(row["kind"], row["scheme"]) for row in rows} == {("field", "UNESCO")}


def test_each_country_lies_under_one_unesco_region_under_the_world() -> None:
    regions = table("regions.csv")
    assert {row["name"] for row in regions if row["kind"] == "region"} == UNESCO_REGIONS
    countries = [row for row in regions if row["kind"] == "country"]
    for row in countries:
        assert [item["kind"] for item in path_up(row["id"])] == ["country", "region", "world"]
        assert row["id"] == row["iso2"]


def test_each_city_lies_in_a_country_that_its_id_names() -> None:
    cities = [row for row in table("regions.csv") if row["kind"] == "place"]
    assert all(row["id"].startswith(f"{row['part_of']}-") for row in cities)
    assert {by_id("regions.csv")[row["part_of"]]["kind"] for row in cities} == {"country"}


def test_each_region_is_there_for_somebody_or_is_one_of_unesco() -> None:
    seats = {end for item, _, end in ties() if item.name in ("BASED_IN", "TOOK_PLACE_IN")}
    reached = {row["id"] for seat in seats for row in path_up(seat)}
    assert {row["id"] for row in table("regions.csv") if row["kind"] != "region"} <= reached


def test_a_seat_is_inferred_where_the_note_doubts_it() -> None:
    rows = table("organization_seats.csv")
    inferred = {row["organization"] for row in rows if row["basis"] == "inferred"}
    assert inferred == {"arigatou", "fape", "ica", "ifacca", "tara"}
    assert {row["basis"] for row in rows} == {"stated", "inferred"}


@pytest.fixture(scope="module")
def original() -> Tables:
    """Return the collection before its conversion, and the tables of countries, where they are."""
    if not ORIGINAL.is_dir():
        reason = f"{ORIGINAL} is not there to compare with"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return {path.stem: collected(path) for name in ("unesco", "geo") for path in (ORIGINAL / name).glob("*.csv")}


def collected(path: Path) -> list[Row]:
    """Return the rows of an original table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def same(row: Row, facts: Row, columns: dict[str, str]) -> bool:
    """Tell whether a row has the facts of the original, and its source."""
    copied = all(row[new] == facts[old] for new, old in columns.items())
    return copied and source(row) == (facts["source"], facts["source_url"])


def test_each_organization_is_there_with_the_same_facts(original: Tables) -> None:
    columns = {
        "name": "name",
        "acronym": "acronym",
        "kind": "org_type",
        "country": "hq_country_iso2",
        "founded": "founded_year",
        "status": "partnership_status",
        "status_since": "status_since_year",
        "latitude": "lat",
        "longitude": "lon",
    }
    organizations = by_id("organizations.csv")
    facts = {row["org_id"]: row for row in original["organizations"]}
    assert organizations.keys() == facts.keys()
    assert [id for id, row in facts.items() if not same(organizations[id], row, columns)] == []


def test_each_organization_has_its_seat(original: Tables) -> None:
    expected = {
        (row["org_id"], row["hq_city"], row["hq_country_iso2"], row["source"], row["source_url"])
        for row in original["organizations"]
        if row["hq_country_iso2"]
    }
    seats = table("organization_seats.csv")
    assert {(row["organization"], *place(row["region"])[:2], *source(row)) for row in seats} == expected


def test_each_organization_has_its_fields_with_their_basis(original: Tables) -> None:
    expected = {
        (row["org_id"], area, row["areas_basis"], row["source"], row["source_url"])
        for row in original["organizations"]
        for area in listed(row["competence_areas"])
    }
    found = {
        (row["organization"], *field_names([row["competence_area"]]), row["basis"], *source(row))
        for row in table("organization_competence_areas.csv")
    }
    assert found == expected


def test_the_note_of_an_organization_holds_the_remark_and_a_status_inferred(original: Tables) -> None:
    for facts in original["organizations"]:
        rest = left_of(by_id("organizations.csv")[facts["org_id"]]["note"], [facts["note"]])
        assert rest == ({"status inferred"} if facts["status_basis"] == "inferred" else set())


def test_each_activity_is_there_with_the_same_facts(original: Tables) -> None:
    columns = {
        "name": "name",
        "kind": "type",
        "started": "start_date",
        "ended": "end_date",
        "latitude": "lat",
        "longitude": "lon",
    }
    activities = by_id("activities.csv")
    facts = {row["activity_id"]: row for row in original["activities"]}
    assert activities.keys() == facts.keys()
    assert [id for id, row in facts.items() if not same(activities[id], row, columns)] == []


def test_each_activity_has_its_place_and_fields(original: Tables) -> None:
    for facts in original["activities"]:
        row = by_id("activities.csv")[facts["activity_id"]]
        assert place(row["regions"]) == (facts["city"], facts["country_iso2"], facts["unesco_region"])
        assert field_names(listed(row["competence_areas"])) == set(listed(facts["competence_areas"]))


def test_the_note_of_an_activity_holds_theme_size_and_remark(original: Tables) -> None:
    for facts in original["activities"]:
        counted = ("organizations", "participants", "countries")
        sizes = [f"{facts[f'{what}_count']} {what}" for what in counted if facts[f"{what}_count"]]
        theme = f"Theme: {facts['theme']}" if facts["theme"] else ""
        rest = left_of(by_id("activities.csv")[facts["activity_id"]]["note"], [theme, *sizes, facts["note"]])
        assert rest <= {"sources differ on size"}


def test_each_participation_is_there_with_its_source(original: Tables) -> None:
    expected = [tuple(row.values()) for row in original["participations"]]
    rows = table("participations.csv")
    found = [(row["organization"], row["activity"], row["role"], *source(row)) for row in rows]
    assert sorted(found) == sorted(expected)


def test_each_city_has_the_point_that_the_collection_gives(original: Tables) -> None:
    rows = [row for name in ("organizations", "activities") for row in original[name]]
    given = {
        (row.get("hq_country_iso2", row.get("country_iso2")), city, row["lat"], row["lon"])
        for row in rows
        if (city := row.get("hq_city", row.get("city")))
    }
    cities = [row for row in table("regions.csv") if row["kind"] == "place"]
    assert {(row["part_of"], row["name"], row["latitude"], row["longitude"]) for row in cities} == given


def test_each_country_has_the_name_point_and_region_of_the_tables_of_countries(original: Tables) -> None:
    names = {row["iso2"]: row for row in original["country_unesco_regions"]}
    points = {row["iso2"]: row for row in original["country_points_from_ror"]}
    for row in table("regions.csv"):
        if row["kind"] == "country":
            id = row["iso2"]
            assert (row["name"], place(id)[2]) == (names[id]["name"], names[id]["unesco_region"])
            assert (row["latitude"], row["longitude"]) == (points[id]["lat"], points[id]["lon"])
            assert names[id]["basis"] == "World Heritage List 2019"


def test_each_page_of_the_collection_is_one_source(original: Tables) -> None:
    names = ("organizations", "activities", "participations")
    rows = [row for name in names for row in original[name]]
    pages = sorted({(row["source"], row["source_url"]) for row in rows})
    own = {"collection", "geography"}
    assert sorted((row["title"], row["url"]) for row in table("sources.csv") if row["id"] not in own) == pages
