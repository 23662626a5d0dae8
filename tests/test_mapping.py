"""Mapping files: what each word of the language does, what is refused by its place, and the networks of real files."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import api
from graphmodel.cli.mapping import command
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.importers import mapping, mapping_guess
from graphmodel.records import LINE, Record, Reject, Rows
from graphmodel.schema import SCHEMA
from tests.data import FOLDER

SAMPLES = Path(__file__).parent / "mapping"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes files, the mapping among them, and returns their folder."""

    def make(**texts: str | bytes) -> Path:
        for name, text in texts.items():
            path = tmp_path / name.replace("_csv", ".csv").replace("_toml", ".toml")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return make


def records(folder: Path) -> list[Record]:
    """Read `data.csv` by `map.toml`, both in a folder."""
    return list(mapping.read(folder / "data.csv", mapping.load(folder / "map.toml"), SCHEMA, "here"))


def said(found: list[Record], title: str, *columns: str) -> list[tuple[object, ...]]:
    """Return what was said of one type, in some columns, or in all but the line."""
    frames = [item.frame for item in found if isinstance(item, Rows) and item.type.title == title]
    whole = pl.concat(frames, how="diagonal")
    return whole.select(columns or pl.exclude(LINE)).rows()


def rejects(found: list[Record]) -> list[Reject]:
    """Return the rejects."""
    return sorted(item for item in found if isinstance(item, Reject))


def one(write: Write, cells: list[str], said_of_it: str, kind: str = "Activity", name: str = "value") -> list[Record]:
    """Read a column `value` of one block that says one property."""
    rows = "\n".join(f'{number},"{cell}"' for number, cell in enumerate(cells, 1))
    toml = f'[[{kind}]]\nid = "key"\n{said_of_it}\n'
    return records(write(data_csv=f"key,{name}\n{rows}\n", map_toml=toml))


@pytest.mark.parametrize(
    ("cells", "toml", "values"),
    [
        (["Book fair", ""], 'name = "value"', ["Book fair", None]),
        (["Book fair", ""], 'name = "VALUE"', ["Book fair", None]),
        (["a", "b"], 'kind = { value = "project" }', ["project", "project"]),
        (["4", "1"], 'status = { column = "value", values = { 4 = "closed", 1 = "open" } }', ["closed", "open"]),
        (
            ["4", "9"],
            'status = { column = "value", values = { 4 = "closed" }, otherwise = "open" }',
            ["closed", "open"],
        ),
        (["311 - Health"], 'kind = { column = "value", match = "- (.*)" }', ["Health"]),
        (["NA", "na", "x"], 'kind = { column = "value", empty = "NA" }', [None, None, "x"]),
        (
            ["31.01.2021", "1.2.21"],
            'started = { column = "value", date = ["DD.MM.YYYY", "D.M.YY"] }',
            ["2021-01-31", "2021-02-01"],
        ),
        (["2-Oct-07"], 'started = { column = "value", date = "D-MMM-YY" }', ["2007-10-02"]),
        (
            ["2021", "2021-02"],
            'started = { column = "value", date = ["YYYY", "YYYY-MM"] }',
            ["2021-01-01", "2021-02-01"],
        ),
        (["2021", "2020-02"], 'ended = { column = "value", date = ["YYYY", "YYYY-MM"] }', ["2021-12-31", "2020-02-29"]),
        (["2021-01-31 00:00:00"], 'started = "value"', ["2021-01-31"]),
        (["1.234,50", "-7"], 'latitude = { column = "value", number = "1.234,50" }', [None, "-7"]),
        (["1.234,50 €", "2"], 'budget = { column = "value", number = "1.234,50" }', ["1234.50", "2"]),
        (
            ["$1,200", "US$ 3.5", "USD 1,000,000"],
            'budget = { column = "value", number = "1,234.5" }',
            ["1200", "3.5", "1000000"],
        ),
        (
            ["1 234.5", "1\u00a0234\u202f567"],
            'budget = { column = "value", number = "1 234.5" }',
            ["1234.5", "1234567"],
        ),
        (
            ["EUR 5", "€7"],
            'currency = { column = "value", match = "(EUR|€)", values = { EUR = "EUR", "€" = "EUR" } }',
            ["EUR", "EUR"],
        ),
    ],
)
def test_a_property_is_read_as_the_mapping_says(
    write: Write, cells: list[str], toml: str, values: list[str | None]
) -> None:
    name = toml.split(" ")[0]
    assert [value for (value,) in said(one(write, cells, toml), "Activity", name)] == values


def test_a_country_is_found_by_name_or_code(write: Write) -> None:
    found = one(
        write, ["Kenya", "NA", "UK", "EL", "Atlantis"], 'country = { column = "value", country = true }', "Organization"
    )
    assert said(found, "Organization", "country") == [("KE",), ("NA",), ("GB",), ("GR",), (None,)]
    assert rejects(found) == [Reject("data.csv", 6, "value", "value", "Atlantis", "the name or code of a country")]


def test_an_id_comes_from_a_column_from_several_or_from_a_normalized_name(write: Write) -> None:
    data = "ref,name,country\nXM-1,The Böll  Foundation,DE\n,the boll foundation,DE\n"
    one_of = 'id = { column = ["ref", "name"], normalize = true }'
    several = 'id = { columns = ["name", "country"], join = "/", prefix = "org:" }'
    for line, ids in (
        ('id = "ref"', [("XM-1",)]),
        (several, [("org:The Böll Foundation/DE",), ("org:the boll foundation/DE",)]),
        (one_of, [("xm-1",), ("boll-foundation",)]),
        ("", [("boll-foundation",)]),
    ):
        found = records(
            write(data_csv=data.replace("  ", "\u00a0"), map_toml=f'[[Organization]]\n{line}\nname = "name"\n')
        )
        assert said(found, "Organization", "id") == ids
    assert said(found, "Organization", "name") == [("The Böll Foundation",)]


PARTICIPATION = """
[[PARTICIPATED_IN]]
organization.name = "partners"
activity = "key"
"""


@pytest.mark.parametrize(
    ("cell", "separators", "names"),
    [
        ("Amber; Birch;;", '[";"]', ["Amber", "Birch"]),
        ("Amber|Birch; Cedar, Inc.", '["|", ";"]', ["Amber", "Birch", "Cedar, Inc."]),
        ('""Smith, Jones"", Amber', '[","]', ["Smith, Jones", "Amber"]),
        ("Smith\\\\, Jones, Amber".replace("\\\\", "\\"), '[","]', ["Smith, Jones", "Amber"]),
        ("Amber and Birch", '" and "', ["Amber", "Birch"]),
    ],
)
def test_a_cell_may_hold_several_values(write: Write, cell: str, separators: str, names: list[str]) -> None:
    toml = PARTICIPATION + f"split = {{ partners = {separators} }}\n"
    found = records(write(data_csv=f'key,partners\n1,"{cell}"\n', map_toml=toml))
    assert [name for (name,) in said(found, "Organization", "name")] == names
    assert len(said(found, "Organization PARTICIPATED_IN Activity")) == len(names)


def test_columns_that_are_split_together_go_together(write: Write) -> None:
    toml = PARTICIPATION + 'role = "roles"\nsplit = { partners = [";"], roles = [";"] }\n'
    data = "key,partners,roles\n1,Amber;Birch,host;guest\n2,Amber;Birch,\n3,Amber;Birch,host\n"
    found = records(write(data_csv=data, map_toml=toml))
    ties = said(found, "Organization PARTICIPATED_IN Activity", "end_id", "start_id", "role")
    assert ties == [("1", "amber", "host"), ("1", "birch", "guest"), ("2", "amber", None), ("2", "birch", None)]
    assert rejects(found) == [
        Reject("data.csv", 4, "partners", "shape", "2 and 1 entries", "as many in partners, roles")
    ]


def test_wide_columns_are_paired_by_their_number(write: Write) -> None:
    toml = PARTICIPATION.replace("partners", "name_{n}") + 'role = "role_{n}"\n'
    data = "key,name_1,role_1,name_2,role_2,name_10\n1,Amber,host,Birch,guest,Cedar\n2,,host,Amber,,\n"
    found = records(write(data_csv=data, map_toml=toml))
    assert said(found, "Organization PARTICIPATED_IN Activity", "end_id", "start_id", "role") == [
        ("1", "amber", "host"),
        ("1", "birch", "guest"),
        ("2", "amber", None),
        ("1", "cedar", None),
    ]
    columns = [item.column for item in found if isinstance(item, Rows) and item.type.title.startswith("Organization P")]
    assert columns == ["name_1", "name_2", "name_10"]


def test_a_word_in_a_header_may_be_a_value(write: Write) -> None:
    toml = (
        PARTICIPATION.replace("partners", "org ({role})")
        + 'role = { value = "{role}", values = { Funding = "funder", Host = "host" } }\n'
    )
    found = records(write(data_csv="key,org (Funding),org (Host)\n1,Amber,Birch\n", map_toml=toml))
    assert said(found, "Organization PARTICIPATED_IN Activity", "start_id", "role") == [
        ("amber", "funder"),
        ("birch", "host"),
    ]


@pytest.mark.parametrize(
    ("when", "keys"),
    [
        ('{ column = "role", is = "4" }', ["1"]),
        ('{ column = "role", is = ["4", "5"] }', ["1", "2"]),
        ('{ column = "role", not = ["4"] }', ["2", "3"]),
        ('{ column = "role", filled = true }', ["1", "2"]),
        ('[{ column = "role", filled = true }, { column = "key", not = "1" }]', ["2"]),
    ],
)
def test_a_condition_chooses_the_rows(write: Write, when: str, keys: list[str]) -> None:
    toml = f'[[Activity]]\nid = "key"\nname = "key"\nwhen = {when}\n'
    found = records(write(data_csv="key,role\n1,4\n2,5\n3,\n", map_toml=toml))
    assert [id for (id,) in said(found, "Activity", "id")] == keys


def test_tables_are_joined_by_a_key(write: Write) -> None:
    toml = """
[tables]
parts = { file = "data.csv", join = { bodies = ["body", "id"] } }
bodies = "bodies.csv"

[[PARTICIPATED_IN]]
table = "parts"
organization.id = "body"
organization.name = "bodies.name"
activity = "key"
"""
    folder = write(
        data_csv="key,body\n1,a\n2,b\n3,z\n", bodies_csv="id,name\na,Amber\nb,Birch\na,Again\n", map_toml=toml
    )
    found = records(folder)
    assert said(found, "Organization", "id", "name") == [("a", "Amber"), ("b", "Birch"), ("z", None)]
    assert rejects(found) == [
        Reject("bodies.csv", 4, "id", "conflict", "a", "each key once, in a table that is joined")
    ]


def test_a_region_path_is_a_chain_of_regions(write: Write) -> None:
    toml = '[[TOOK_PLACE_IN]]\nactivity = "key"\nregion.path = "path"\nregion.country_step = 3\n'
    data = "key,path\n1,Earth|Africa|Somalia|Puntland\n2,Earth|Africa|Somalia\n3,Earth|Africa\n4,Earth|Atlantic Ocean\n"
    found = records(write(data_csv=data, map_toml=toml))
    assert said(found, "Activity TOOK_PLACE_IN Region", "start_id", "end_id") == [
        ("1", "SO/puntland"),
        ("2", "SO"),
        ("3", "m49-002"),
        ("4", "world/atlantic-ocean"),
    ]
    assert said(found, "Region PART_OF Region", "start_id", "end_id") == [
        ("SO/puntland", "SO"),
        ("SO", "m49-202"),
        ("m49-202", "m49-002"),
        ("m49-002", "world"),
        ("world/atlantic-ocean", "world"),
    ]
    assert said(found, "Region", "id", "name", "kind", "iso2")[:2] == [
        ("SO/puntland", "Puntland", "place", ""),
        ("SO", "Somalia", "country", "SO"),
    ]


def test_a_path_may_stand_in_several_columns_and_begin_with_a_constant(write: Write) -> None:
    toml = """
[[WORKS_IN]]
organization = "key"
region.path = [{ value = "Nigeria" }, "state", "town"]
region.country_step = 1
region.latitude = "lat"
region.longitude = "lon"
"""
    found = records(
        write(data_csv="key,state,town,lat,lon\n1,Niger,Minna,9.6,6.5\n2,Niger,,10,6\n3,,,8,8\n", map_toml=toml)
    )
    assert said(found, "Organization WORKS_IN Region", "end_id") == [("NG/niger/minna",), ("NG/niger",), ("NG",)]
    assert said(found, "Region", "id", "latitude")[-2:] == [("NG/niger/minna", "9.6"), ("NG/niger", "10")]
    assert rejects(found) == []


def test_what_is_no_country_is_a_reject_where_a_country_is_wanted(write: Write) -> None:
    toml = '[[BASED_IN]]\norganization = "key"\nregion.country = "where"\n'
    found = records(write(data_csv="key,where\n1,Kenya\n2,Regional\n3,\n", map_toml=toml))
    assert said(found, "Organization BASED_IN Region", "start_id", "end_id") == [("1", "KE")]
    assert rejects(found) == [Reject("data.csv", 3, "where", "value", "Regional", "a country, or a region of M49")]


def test_a_bad_cell_is_a_reject_with_its_place_and_leaves_the_rest_of_its_row(write: Write) -> None:
    toml = """
[[Activity]]
id = "key"
name = "title"
started = { column = "start", date = "DD.MM.YYYY" }

[[PARTICIPATED_IN]]
split = { partners = [";"] }
organization.name = "partners"
activity = "key"
"""
    rows = ('1,"Book\nfair",soon,Amber; None ;Birch', ",Feast,,Amber", "3,N/A,31.01.2021,Unspecified", ",,,")
    data = "\n".join(["key,title,start,partners", *rows]) + "\n"
    found = records(write(data_csv=data, map_toml=toml))
    nobody = "an organization, a place or a subject, not a placeholder"
    assert rejects(found) == [
        Reject("data.csv", 2, "partners", "placeholder", "None", nobody),
        Reject("data.csv", 2, "start", "value", "soon", "a date like DD.MM.YYYY"),
        Reject("data.csv", 4, "key", "missing", "", "the id of the Activity"),
        Reject("data.csv", 5, "partners", "placeholder", "Unspecified", nobody),
        Reject("data.csv", 5, "title", "placeholder", "N/A", nobody),
    ]
    assert said(found, "Activity", "id", "name", "started") == [("1", "Book fair", None), ("3", None, "2021-01-31")]
    assert said(found, "Organization PARTICIPATED_IN Activity", "start_id") == [("amber",), ("birch",)]


def test_a_body_whose_name_is_a_placeholder_is_nobody_though_it_has_a_reference(write: Write) -> None:
    toml = '[[PARTICIPATED_IN]]\norganization.id = "ref"\norganization.name = "name"\nactivity = "key"\n'
    found = records(write(data_csv="key,ref,name\n1,52000,Other.\n2,XM-1,Amber\n", map_toml=toml))
    assert said(found, "Organization PARTICIPATED_IN Activity", "start_id") == [("XM-1",)]
    assert [(reject.line, reject.column, reject.kind) for reject in rejects(found)] == [(2, "name", "placeholder")]


def test_the_source_says_what_the_mapping_says_of_it(write: Write) -> None:
    toml = '[source]\nid = "book"\ntitle = "Handbook"\nretrieved = 2024-05-01\n[[Activity]]\nname = "key"\n'
    folder = write(data_csv="key\nFair\n", map_toml=toml)
    source = records(folder)[0]
    assert mapping.load(folder / "map.toml").source_id == "book"
    assert (source.id, source.properties["title"], source.properties["retrieved"]) == ("here", "Handbook", "2024-05-01")
    assert len(str(source.properties["sha256"])) == 64


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("id = ", "is no TOML: "),
        ('xyz = "x"', 'unknown key, label or type "xyz". Known are source, tables, '),
        ('[[Organisation]]\nname = "key"', 'unknown key, label or type "Organisation". Did you mean "Organization"?'),
        ('[source]\ntitel = "x"', 'map.toml line 1, [source]: unknown key "titel". Did you mean "title"?'),
        ("[source]\nretrieved = 2024", 'line 2, [source] retrieved: "2024" is not a date like 2021-01-31.'),
        ("", "it makes nothing. Add a block for a label or a type, such as [[Organization]]."),
        (
            '[[Activity]]\nnam = "key"',
            'map.toml line 1, [[Activity]]: unknown key or property "nam". Did you mean "name"?',
        ),
        ('[[Activity]]\nkind = "key"', "line 1, [[Activity]]: the Activity needs an id, or a name to make one from."),
        (
            '[[Activity]]\nid = "key"\nname = "titel"',
            '[[Activity]] name: data.csv has no column "titel". Did you mean "title"?',
        ),
        (
            '[[Activity]]\nid = "key"\n\n[[Activity]]\nid = "kee"',
            'map.toml line 5, [[Activity]] id: data.csv has no column "kee".',
        ),
        ('[[Activity]]\nname = { colum = "key" }', '[[Activity]] name: unknown key "colum". Did you mean "column"?'),
        ("[[Activity]]\nname = {}", "say where it comes from: column, columns or value, one of them."),
        ('[[Activity]]\nname = "key"\nstarted = { value = "soon" }', '"soon" is not a date like 2021-01-31.'),
        (
            '[[Region]]\nname = "key"\nkind = { column = "key", values = { a = "land" } }',
            '"land" is not one of world, ',
        ),
        ('[[Activity]]\nname = "key"\nstarted = { column = "key", date = "%Y" }', '"%Y" is no form of a date.'),
        ('[[Activity]]\nname = { column = "key", match = "(" }', "match is no regular expression: "),
        (
            '[[Activity]]\nname = { column = "key", match = "x" }',
            'match needs brackets around what is wanted: "([A-Z]{3})".',
        ),
        ('[[Activity]]\nname = "key"\nwhen = { colum = "key" }', 'write a condition as { column = "...", is = [...] }'),
        ('[[Activity]]\nname = "key"\nsplit = { key = [] }', '"key" needs a separator that is not empty.'),
        ('[[PART_OF]]\nactivity = "key"', "it needs its two ends: activity and part_of, or region and part_of, or "),
        (
            '[[PARTICIPATED_IN]]\nactivity = "key"\norganization.nam = "key"',
            'organization: unknown property "nam". Did you mean',
        ),
        (
            '[[Activity]]\ntable = "project"\nname = "key"\n[tables]\nprojects = "data.csv"',
            'none called "project". Did you mean',
        ),
        (
            '[[Activity]]\nname = "key"\n[tables]\na = { file = "data.csv", join = { b = "key" } }',
            'join: unknown table "b".',
        ),
        ('file = "data.csv"\n[tables]\na = "data.csv"\n[[Activity]]\nname = "key"', '"file" stands outside [tables]'),
        ('[[Activity]]\nname = "partner_{n}"', 'data.csv has no column like "partner_{n}".'),
        ('[[Activity]]\nname = "key"\n[tables]\na = "data.csv"\nb = "other.csv"', "say from which table"),
    ],
)
def test_a_mistake_is_named_with_its_place_before_a_row_is_read(write: Write, toml: str, sentence: str) -> None:
    folder = write(data_csv="key,title\n1,x\n", map_toml=toml)
    with pytest.raises(DataProblem) as problem:
        next(iter(mapping.read(folder / "data.csv", mapping.load(folder / "map.toml"), SCHEMA, "here")))
    assert "map.toml" in str(problem.value)
    assert sentence in str(problem.value)


def test_a_mapping_may_name_its_data(write: Write) -> None:
    folder = write(data_csv="key\nFair\n", map_toml='file = "data.csv"\n[[Activity]]\nname = "key"\n')
    found = list(mapping.read(None, mapping.load(folder / "map.toml"), SCHEMA, "here"))
    assert said(found, "Activity", "name") == [("Fair",)]
    (folder / "data.csv").unlink()
    with pytest.raises(DataProblem, match=r"there is no data.csv in "):
        list(mapping.read(None, mapping.load(folder / "map.toml"), SCHEMA, "here"))


def test_a_mapping_is_found_by_path_or_by_the_name_of_one_that_comes_along() -> None:
    assert mapping.names() == ["aiddata", "cordis_h2020", "cordis_h2020_programmes", "ocha_3w", "sdg_iati"]
    for name in mapping.names():
        assert mapping.find(name).blocks
    with pytest.raises(UsageProblem, match=r'none of this name comes with graphmodel. Did you mean "aiddata"\?'):
        mapping.find("aid-data")


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters='\\"#'), min_size=1, max_size=12
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(NAMES, st.dates(), st.floats(0, 1e12)), min_size=1, max_size=20))
def test_a_random_table_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    numbered = [(f"k{number}", f"n{name}", day, amount) for number, (name, day, amount) in enumerate(rows)]
    table = pl.DataFrame(numbered, schema=["key", "title", "day", "amount"], orient="row")
    table.write_csv(folder / "data.csv")
    (folder / "map.toml").write_text(
        '[[Activity]]\nid = "key"\nname = "title"\nstarted = "day"\nbudget = "amount"\ncurrency = { value = "EUR" }\n'
    )
    with api.open(str(folder / "graph.lbug")) as graph:
        report = graph.load(records(folder), source="here")
        stored = graph.store.read(SCHEMA.node("Activity")).sort("id")
    assert report.rejects == ()
    assert sorted(stored.select("id", "name", "started", "budget").rows()) == sorted(numbered)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_under_a_header_give_rows_rejects_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "3w.csv"
    path.write_bytes((SAMPLES / "3w.csv").read_bytes()[:200] + data)
    with contextlib.suppress(DataProblem):
        list(mapping.read(path, mapping.find("ocha_3w"), SCHEMA, "here"))


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_as_a_mapping_give_one_clear_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("toml") / "map.toml"
    path.write_bytes(b"[[Activity]]\n" + data)
    with contextlib.suppress(DataProblem):
        mapping.load(path)


@settings(max_examples=40, deadline=None)
@given(columns=st.lists(st.text(max_size=15), min_size=1, max_size=6), cells=st.lists(st.text(max_size=8), max_size=12))
def test_a_guess_at_any_table_is_a_mapping_that_loads(
    tmp_path_factory: pytest.TempPathFactory, columns: list[str], cells: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("guess")
    rows = [cells[start : start + len(columns)] for start in range(0, len(cells) - len(columns) + 1, len(columns))]
    (folder / "data.jsonl").write_text(
        "\n".join(pl.DataFrame([dict(zip(columns, row, strict=True))]).write_ndjson() for row in rows)
    )
    with contextlib.suppress(DataProblem):
        text = mapping_guess.guess(folder / "data.jsonl")
        (folder / "map.toml").write_text(text)
        list(mapping.read(folder / "data.jsonl", mapping.load(folder / "map.toml"), SCHEMA, "here"))


def test_a_guess_names_ids_names_dates_countries_lists_and_roles(write: Write) -> None:
    data = "project_id,project_title,start date,countries,donors,lead agency\n" + "".join(
        f"p{number},Fair {number},{number}-Jan-21,Kenya|Uganda,Amber;Birch,Cedar\n" for number in range(1, 5)
    )
    text = mapping_guess.guess(write(data_csv=data) / "data.csv")
    for line in (
        '#   "donors": 100% filled, 25% distinct, looks like organization, several values, separated by ";"; '
        'e.g. "Amber;Birch"',
        'id = "project_id"',
        'name = "project_title"',
        'started = { column = "start date", date = "D-MMM-YY" }',
        'split = { "donors" = [";"] }',
        'role = { value = "lead agency" }  # guessed from the header',
        'split = { "countries" = ["|"] }',
        'region.country = "countries"',
    ):
        assert line in text.splitlines()


def test_the_command_writes_the_guess_to_a_file_once(write: Write) -> None:
    folder = write(data_csv="partner\nAmber\n")
    arguments = [str(folder / "data.csv"), "-o", str(folder / "first.toml")]
    first, again = (CliRunner().invoke(command, arguments) for _ in range(2))
    assert (first.exit_code, first.stdout) == (0, "")
    assert "Check the guesses in " in first.stderr
    assert mapping.load(folder / "first.toml").blocks
    assert isinstance(again.exception, UsageProblem)
    assert CliRunner().invoke(command, arguments[:1]).stdout == (folder / "first.toml").read_text()


def test_who_does_what_where_with_lone_cr_and_headers_that_come_again(empty_graph: api.Graph) -> None:
    found = list(mapping.read(SAMPLES / "3w.csv", mapping.find("ocha_3w"), SCHEMA, "3w"))
    assert [(reject.line, reject.kind, reject.found) for reject in rejects(found)] == [
        (7, "placeholder", "Unspecified")
    ]
    empty_graph.load(found, source="3w")
    organizations = empty_graph.store.read(SCHEMA.node("Organization")).sort("id")
    assert organizations["name"].to_list() == ["Amber Relief", "Birch Fund", "Cedar Aid"]
    works = empty_graph.store.read(SCHEMA.relationship("WORKS_IN")).select("start_id", "end_id", "record").rows()
    assert works == [
        ("amber-relief", "SO/gedo/luuq", "3w.csv:3 (District)"),
        ("birch-fund", "SO/gedo", "3w.csv:4 (District)"),
        ("birch-fund", "SO/gedo/luuq", "3w.csv:8 (District)"),
        ("cedar-aid", "SO/banadir/mogadishu", "3w.csv:6 (District)"),
    ]
    competent = empty_graph.store.read(SCHEMA.relationship("COMPETENT_IN")).select("start_id", "end_id").rows()
    assert ("amber-relief", "shelter") in competent
    assert len(competent) == 5


def public(name: str) -> Path:
    """Return the path of a public data set beside the checkout."""
    path = FOLDER / name
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(f"The data set {name} is not in {FOLDER}.")
    return path


def loaded(graph: api.Graph, name: str, data: Path) -> tuple[int, int, int, int]:
    """Load data by a mapping that comes along: activities, organizations, who took part in what, pairs."""
    report = graph.load(mapping.read(data, mapping.find(name), SCHEMA, name), source=name)
    assert report.rejects == ()
    distinct = "MATCH (o:Organization)-[:PARTICIPATED_IN]->(a:Activity) WITH DISTINCT o, a RETURN count(*) AS n"
    ((participations,),) = graph.cypher(distinct).rows
    nodes = [graph.store.count(SCHEMA.node(label)) for label in ("Activity", "Organization")]
    return nodes[0], nodes[1], participations, len(graph.alliances())


def test_the_network_of_the_global_environment_facility(empty_graph: api.Graph) -> None:
    assert loaded(empty_graph, "aiddata", public("gef")) == (724, 769, 1_587, 1_075)
    assert empty_graph.store.count(SCHEMA.relationship("TOOK_PLACE_IN")) > 5_000


def test_a_sector_that_says_that_none_is_known_is_no_sector(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text(
        "project_id,project_title,ad_sector_codes,ad_sector_names\n"
        "1,Wells,140,Water\n"
        "2,Dams,998,Unallocated/Unspecified\n"
        "3,Both,998|311,Unallocated/Unspecified|Agriculture\n"
    )
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        report = graph.load(mapping.read(tmp_path, mapping.find("aiddata"), SCHEMA, "aiddata"), source="aiddata")
        areas = graph.store.read(SCHEMA.node("CompetenceArea")).sort("id").select("id", "name").rows()
        addressed = graph.store.read(SCHEMA.relationship("ADDRESSES")).sort("start_id").select("start_id", "end_id")
    assert report.rejects == ()
    assert areas == [("aiddata-140", "Water"), ("aiddata-311", "Agriculture")]
    assert addressed.rows() == [("1", "aiddata-140"), ("3", "aiddata-311")]


def test_the_network_of_horizon_2020(empty_graph: api.Graph) -> None:
    assert loaded(empty_graph, "cordis_h2020", public("cordis/h2020.csv.gz")) == (31_451, 35_871, 144_726, 796_670)
    countries = set(empty_graph.store.read(SCHEMA.node("Organization"))["country"])
    assert {"GB", "GR", "NA"} <= countries
    assert not {"UK", "EL"} & countries


def test_the_parts_of_horizon_2020_are_fields_of_its_known_projects(empty_graph: api.Graph) -> None:
    for name, table in (("cordis_h2020", "h2020"), ("cordis_h2020_programmes", "programme_parts")):
        data = public(f"cordis/{table}.csv.gz")
        report = empty_graph.load(mapping.read(data, mapping.find(name), SCHEMA, name), source=name)
    # one project of the 31,348 has no participation
    assert [(reject.kind, reject.found) for reject in report.rejects] == [("dangling", "210920")]
    areas = empty_graph.store.read(SCHEMA.node("CompetenceArea"))
    assert areas.select("kind", "scheme").unique().rows() == [("field", "Horizon 2020")]
    assert {"SC4", "LEIT", "Innovation in SMEs"} < set(areas["name"])
    assert empty_graph.store.count(SCHEMA.relationship("ADDRESSES")) == 37_440


def test_activities_by_goal_are_read_to_the_last_row() -> None:
    found = list(mapping.read(public("iati/SDG_IATI_v0.1_beta.csv.gz"), mapping.find("sdg_iati"), SCHEMA, "sdg"))
    assert len(said(found, "Activity", "id")) == 28_568
    assert {reject.kind for reject in rejects(found)} <= {"placeholder", "value"}
