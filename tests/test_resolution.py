"""The same organization: what is proposed and why, what judgements do, and that nothing is lost by them."""

import contextlib
import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from graphmodel import api, cli, resolution
from graphmodel.cli import resolve
from graphmodel.errors import DataProblem
from graphmodel.records import Edge, Node, Record
from graphmodel.resolution import LEAST_SCORE, Identity, Judgement, Verdict, identify
from tests.conftest import wipe
from tests.data import FOLDER, table

Row = dict[str, object]
Run = Callable[..., Result]
DAY = date(2024, 5, 1)


def frame(*rows: Row) -> pl.DataFrame:
    """Return organizations; the id is the place in the list, where none is given."""
    columns = {"id": pl.String, "name": pl.String, "acronym": pl.String, "country": pl.String, "founded": pl.Int64}
    columns |= {"latitude": pl.Float64, "longitude": pl.Float64, "url": pl.String}
    return pl.DataFrame([{"id": str(place), **row} for place, row in enumerate(rows)], schema=columns)


def pair(one: str | Row, other: str | Row) -> Row:
    """Return what is said of two organizations that are alone in the world; nothing if they are not compared."""
    rows = [{"name": row} if isinstance(row, str) else row for row in (one, other)]
    found = resolution.candidates(frame(*rows), min_score=0)
    return found.row(0, named=True) if len(found) else {"score": 0.0, "reasons": "", "conflicts": ""}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Oxfam", "OXFAM", "same name"),
        ("FAO", "F.A.O.", "same name, an acronym"),
        ("Médecins sans frontières", "Medecins Sans Frontieres", "same name"),
        ("Save the Children", "Save The Children's", "nearly the same name: one word typed differently"),
        ("The Carter Center", "Carter Centre", "same name without articles and spelling"),
        ("Acme GmbH", "Acme", "same name without legal form"),
        ("Stichting Oxfam Novib", "Oxfam Novib", "same name without legal form"),
        ("Handicap Luxembourg ASBL", "Handicap Luxembourg a.s.b.l.", "same name"),
        ("Brot für die Welt e.V.", "Brot fur die Welt", "same name without legal form"),
        ("Geotech Co., Ltd. (Japan)", "Geotech (Japan)", "same name without legal form"),
        ("EuropeanUnion", "European Union", "same name, written together"),
        ("Ministério da Saúde do Brasil", "Ministry of Saude Brasil", "same name without articles and spelling"),
        ("World Food Programme (WFP)", "World Food Program", "same name without articles and spelling"),
        ("Programa Mundial de Alimentos - PMA", "PROGRAMA MUNDIAL DE ALIMENTOS", "same name"),
        ("World Health Organization", "World Helath Organization", "nearly the same name: one word typed differently"),
        ("FAO", "Food and Agriculture Organization", "acronym of the other's name: FAO"),
        ("F.A.O.", "Food and Agriculture Organization of the United Nations", "acronym of the other's name: FAO"),
        ("CDC (Centers for Disease Control)", "Centers for Disease Control", "same name"),
        ({"name": "AfDB"}, {"name": "African Development Bank", "acronym": "AfDB"}, "same acronym: AFDB"),
        (
            {"name": "Huawei (Poland)", "country": "PL"},
            {"name": "Huawei", "country": "PL"},
            'same name, one with its country: "poland"; same country',
        ),
    ],
)
def test_these_are_proposed_as_the_same(one: str | Row, other: str | Row, reason: str) -> None:
    found = pair(one, other)
    assert (found["reasons"], found["conflicts"]) == (reason, "")
    assert float(str(found["score"])) >= LEAST_SCORE


def test_a_reference_in_common_outweighs_the_names() -> None:
    one, other = {"id": "https://ror.org/055a54548", "name": "Hokudai"}, {"id": "ROR:055a54548", "name": "Hokkaido"}
    found = pair(one, other)
    assert float(str(found["score"])) >= LEAST_SCORE
    assert (found["reasons"], found["conflicts"]) == ("same reference: ROR 055a54548", "no word in common")


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("University of York", "York University", ""),
        ("Save the Children UK", "Save the Children US", 'different places: "uk", "us"'),
        ("Oxfam America", "Oxfam", 'one is a branch: its name is longer by "america"'),
        ("World Bank", "World Bank Group", 'one name is longer by "group"'),
        ("Ford Foundation", "Ford", 'one name is longer by "foundation"'),
        ("University of Guinea", "University of Guiana", 'different words: "guinea", "guiana"'),
        ("Ministry of Health", "Ministry of Health", "every country has one, and it is not known of which they are"),
        ("Vector Foundation", "Hector Foundation", 'different words: "vector", "hector"'),
        ("School District 12", "School District 13", 'different words: "12", "13"'),
        ("FAO", "Forum of African Orchestras Europe", ""),
        ("帯広第一病院", "帯広第二病院", "no word in common"),
        ("ETAT (FECL)", "ETAT (ITIE)", 'different words: "fecl", "itie"'),
        ("EMC (United States)", "CSX (United States)", 'different words: "emc", "csx"'),
        (
            {"name": "Trinity College", "country": "IE"},
            {"name": "Trinity College", "country": "US"},
            "different countries: IE and US",
        ),
        (
            {"name": "Mercy Hospital Group", "latitude": 41.9, "longitude": -87.6, "founded": 1901},
            {"name": "Mercy Hospital Group", "latitude": 25.8, "longitude": -80.2, "founded": 1950},
            "founded in different years: 1901 and 1950; seats 1,914 km apart",
        ),
        (
            {"id": "GB-CHC-1", "name": "Relief Trust Company", "country": "GB"},
            {"id": "GB-CHC-2", "name": "Trust Relief", "country": "GB"},
            "different references: IATI GB-CHC-1 and GB-CHC-2",
        ),
    ],
)
def test_these_are_not(one: str | Row, other: str | Row, conflict: str) -> None:
    found = pair(one, other)
    assert float(str(found["score"])) < LEAST_SCORE
    assert found["conflicts"] in (conflict, "")
    assert found["conflicts"] == conflict or found["score"] == 0


def test_companies_of_different_legal_form_may_be_two() -> None:
    assert pair("Acme GmbH", "Acme Ltd")["conflicts"] == "different legal forms: GmbH and Ltd"


def test_a_branch_is_named_first() -> None:
    found = pair({"id": "a", "name": "Oxfam"}, {"id": "b", "name": "Oxfam America"})
    assert (found["first"], found["second"]) == ("b", "a")


def test_an_acronym_says_the_less_the_more_names_it_fits() -> None:
    names = ["ABC", "African Book Council", "Asian Bridge Club", "Alpine Bee Committee"]
    alone = pair(*names[:2])
    among = resolution.candidates(frame(*({"name": name} for name in names)), min_score=0)
    assert float(str(alone["score"])) >= LEAST_SCORE > among.filter(pl.col("second") == "1")["score"].item()


def test_a_name_that_occurs_in_several_countries_is_no_proof() -> None:
    rows = [{"name": "Methodist Hospital", "country": country} for country in ("US", "GB", "IN", None)]
    found = resolution.candidates(frame(*rows), min_score=0).filter(pl.col("second") == "3")
    assert set(found["conflicts"]) == {"a name that occurs in 3 countries"}


def test_partners_in_common_count_and_activities_in_common_count_against() -> None:
    rows = frame(*({"id": id, "name": name} for id, name in [("a", "University of York"), ("b", "York University")]))
    together = [("a", "x"), ("c", "x"), ("b", "y"), ("c", "y"), ("a", "z"), ("b", "z"), ("d", "z")]
    took_part = pl.DataFrame(together, schema=["organization", "activity"], orient="row")
    found = resolution.candidates(rows, took_part, min_score=0).row(0, named=True)
    assert found["reasons"] == "same words in another order; 1 partner in common"
    assert found["conflicts"] == "both take part in one activity"


def test_a_place_of_the_data_tells_branches_apart() -> None:
    rows = frame({"name": "Rotary Club Lyon"}, {"name": "Rotary Club Lille"})
    found = resolution.candidates(rows, places=["Lyon", "Lille"], min_score=0)
    assert found["conflicts"].to_list() in ([], ['different places: "lyon", "lille"'])


def test_the_same_rows_in_any_order_give_the_same_candidates() -> None:
    rows = table("gef/projects.csv").select(name=pl.col("donors").str.split("|")).explode("name").unique("name")
    rows = rows.drop_nulls().select(id="name", name="name")
    assert_frame_equal(resolution.candidates(rows), resolution.candidates(rows.reverse()))


def test_a_block_of_many_is_compared_by_neighbours() -> None:
    rows = frame(*({"id": f"{place:04}", "name": "Lions Club Berlin"} for place in range(2000)))
    found = resolution.candidates(rows)
    assert len(found) < 2000 * 20
    assert {*found["first"], *found["second"]} == set(rows["id"])


def labelled(spoil: Callable[[int, Row], Row | None], number: int) -> tuple[pl.DataFrame, int]:
    """Return every candidate with whether it is right, for organizations of a register and a second record of each."""
    columns = {"id": "ror_id", "name": "name", "acronym": "acronyms", "alias": "aliases", "country": "country_code"}
    rows = table("ror/ror_organizations.csv").select(**{name: pl.col(given) for name, given in columns.items()})
    chosen = rows.sort(pl.col("id").str.reverse()).head(number)
    first, second = [], []
    for place, row in enumerate(chosen.iter_rows(named=True)):
        other = spoil(place, row)
        if other is not None:
            first.append({"id": f"a{place}", "name": row["name"], "country": row["country"]})
            second.append({"id": f"b{place}", "country": row["country"], **other})
    found = resolution.candidates(frame(*first, *second))
    same = pl.col("first").str.slice(1) == pl.col("second").str.slice(1)
    return found.with_columns(right=same), len(first)


def typed_differently(place: int, row: Row) -> Row:
    name = str(row["name"])
    longest = max(name.split(), key=len)
    half = len(longest) // 2
    ways = [
        name.upper(),
        f"The {name}",
        f"{name} Ltd.",
        name.replace(longest, longest[:half] + longest[half + 1 :]),
        name.replace(longest, longest[:half] + longest[half : half + 2][::-1] + longest[half + 2 :]),
    ]
    return {"name": ways[place % len(ways)]}


def by_acronym(_: int, row: Row) -> Row | None:
    return {"name": str(row["acronym"]).split("|")[0]} if row["acronym"] else None


def by_alias(_: int, row: Row) -> Row | None:
    return {"name": str(row["alias"]).split("|")[0]} if row["alias"] else None


@pytest.mark.parametrize(
    ("spoil", "precision", "recall"),
    [(typed_differently, 0.98, 0.9), (by_acronym, 0.9, 0.4), (by_alias, 0.95, 0.12)],
    ids=["typed differently", "by its acronym", "by an alias, most in another language"],
)
def test_on_a_register_precision_and_recall_are_at_least(
    spoil: Callable[[int, Row], Row | None], precision: float, recall: float
) -> None:
    found, number = labelled(spoil, 3000)
    right = found["right"].sum()
    assert right / len(found) >= precision
    assert right / number >= recall


def test_donors_that_are_proposed_as_the_same_are_so_by_their_published_standard_names() -> None:
    table("gef/projects.csv")
    path = FOLDER / "gef" / "metadata" / "donor_standardization.tsv"
    names = pl.read_csv(path, separator="\t", infer_schema=False, quote_char=None)
    name = pl.col("participating_org").str.strip_chars()
    rows = names.select(id=name, name=name, standard="donor_organizations").drop_nulls().unique("id")
    standard = dict(rows.select("id", "standard").iter_rows())
    found = resolution.candidates(rows)
    right = [standard[first] == standard[second] for first, second in found.select("first", "second").iter_rows()]
    assert len(found) >= 100
    assert sum(right) / len(right) >= 0.95


IDS = ("a", "b", "c", "d")


def said(*texts: str) -> list[Judgement]:
    """Read judgements from `a same b`, one a line."""
    made = []
    for line, text in enumerate(texts, 2):
        first, *verdict, second = text.split()
        by = "automatic" if verdict[-1] == "automatically" else "me"
        words = " ".join(word for word in verdict if word != "automatically")
        made.append(Judgement(first, second, Verdict(words), by=by, file="judgements.csv", line=line))
    return made


def test_what_is_the_same_carries_on() -> None:
    identity, rejects = identify(said("a same b", "c same b"))
    assert rejects == ()
    assert identity.canonical(IDS) == {"a": "a", "b": "a", "c": "a", "d": "d"}
    assert identity.verdict("a", "c") is Verdict.SAME
    assert identity.verdict("a", "d") is None


def test_who_takes_part_in_most_stands_for_all() -> None:
    took_part = pl.DataFrame({"organization": ["b", "b", "c", "c", "a"], "activity": ["x", "y", "x", "y", "x"]})
    identity, _ = identify(said("a same b", "c same b"), took_part)
    assert identity.members("c") == ("b", "a", "c")


@pytest.mark.parametrize(
    ("texts", "reject"),
    [
        (
            ("a same b", "b same c", "c not the same a"),
            'line 4, column judgement: conflict: "c is not the same as a"; expected agreement with '
            "line 3: b is the same as c, line 2: a is the same as b",
        ),
        (
            ("a not the same c", "a same b", "b same c"),
            'line 4, column judgement: conflict: "b is the same as c"; expected agreement with '
            "line 2: a is not the same as c",
        ),
        (
            ("a part of b", "b part of c", "c part of a"),
            'line 4, column judgement: conflict: "c is part of a"; expected agreement with '
            "line 2: a is part of b, line 3: b is part of c",
        ),
        (
            ("a part of b", "a same b"),
            'line 2, column judgement: conflict: "a is part of b"; expected agreement with line 3: a is the same as b',
        ),
        (
            ("a part of b", "a part of c"),
            'line 3, column judgement: conflict: "a is part of c"; expected agreement with line 2: a is part of b',
        ),
        (
            ("a part of b", "c part of d", "a same c"),
            'line 3, column judgement: conflict: "c is part of d"; expected agreement with line 2: a is part of b',
        ),
        (
            ("a same automatically b", "b not the same a"),
            'line 2, column judgement: conflict: "a is the same as b"; expected agreement with '
            "line 3: b is not the same as a",
        ),
        (
            ("a part of b", "c part of d", "a same automatically c"),
            'line 4, column judgement: conflict: "a is the same as c"; expected agreement with '
            "line 2: a is part of b, line 3: c is part of d",
        ),
        (
            ("a same automatically c", "a same b", "b not the same c"),
            'line 2, column judgement: conflict: "a is the same as c"; expected agreement with '
            "line 4: b is not the same as c",
        ),
    ],
)
def test_of_judgements_that_contradict_one_is_a_reject_with_the_lines_it_contradicts(
    texts: tuple[str, ...], reject: str
) -> None:
    _, rejects = identify(said(*texts))
    assert [str(one) for one in rejects] == [f"judgements.csv {reject}"]


def test_saying_a_thing_twice_is_no_contradiction() -> None:
    assert identify(said("a same b", "b same a", "c part of a", "c part of b", "d not the same a"))[1] == ()


def test_parts_are_rolled_up_to_the_largest_body() -> None:
    identity, _ = identify(said("a part of b", "b same c", "c part of d"))
    assert identity.canonical(IDS, roll_up=True) == dict.fromkeys(IDS, "d")
    assert identity.canonical(IDS) == {"a": "a", "b": "b", "c": "b", "d": "d"}
    assert identity.verdict("a", "d") is Verdict.PART_OF


JUDGEMENTS = st.lists(
    st.builds(
        Judgement,
        st.sampled_from("abcdef"),
        st.sampled_from("ABCDEF").map(str.lower),
        st.sampled_from(Verdict),
        by=st.sampled_from(["me", "automatic"]),
        line=st.integers(2, 99),
    ).filter(lambda one: one.first != one.second),
    max_size=8,
    unique_by=lambda one: one.line,
)


def agreed(judgements: list[Judgement]) -> list[Judgement]:
    """Return the judgements that hold."""
    refused = {one.line for one in identify(judgements)[1]}
    return [one for one in judgements if one.line not in refused]


@given(JUDGEMENTS)
def test_a_representative_stands_for_itself(judgements: list[Judgement]) -> None:
    identity, _ = identify(judgements)
    for roll_up in (False, True):
        once = identity.canonical("abcdef", roll_up=roll_up)
        assert identity.canonical(once.values(), roll_up=roll_up) == {id: id for id in once.values()}


@given(JUDGEMENTS.map(agreed).flatmap(lambda kept: st.tuples(st.just(kept), st.permutations(kept))))
def test_judgements_that_agree_hold_in_any_order(orders: tuple[list[Judgement], list[Judgement]]) -> None:
    kept, shuffled = orders
    renumbered = [replace(one, line=line) for line, one in enumerate(shuffled, 2)]
    assert identify(renumbered) == (identify(kept)[0], ())


@given(JUDGEMENTS)
def test_no_automatic_judgement_changes_what_persons_say(judgements: list[Judgement]) -> None:
    persons = [one for one in judgements if not one.automatic]
    alone, refused = identify(persons)
    identity, _ = identify(judgements)
    for one in agreed(persons):
        verdicts = alone.verdict(one.first, one.second), identity.verdict(one.first, one.second)
        assert verdicts[0] == verdicts[1] or verdicts == (Verdict.NOT_THE_SAME, Verdict.PART_OF)
    assert len(refused) == len(persons) - len(agreed(persons))


@given(JUDGEMENTS)
def test_every_judgement_that_holds_shows_and_no_two_that_are_apart_are_one(judgements: list[Judgement]) -> None:
    identity, _ = identify(judgements)
    for one in agreed(judgements):
        verdict = identity.verdict(one.first, one.second)
        assert verdict == one.verdict or (one.verdict, verdict) == (Verdict.NOT_THE_SAME, Verdict.PART_OF)


ORGANIZATIONS = pl.DataFrame(
    {
        "id": ["fao", "fao-kenya", "FAO-2", "wfp"],
        "name": ["FAO", "FAO Kenya", "Food and Agriculture Organization", "WFP"],
        "acronym": [None, None, "FAO", None],
        "country": [None, "KE", "IT", "IT"],
        "sources": [["book"], ["list"], ["list", "book"], None],
    }
)
BODIES = Identity({"fao": "fao", "FAO-2": "fao"}, {"fao-kenya": "fao"})


def test_a_body_is_one_row_with_what_any_of_its_records_knows() -> None:
    one = resolution.organizations(ORGANIZATIONS, BODIES)
    assert one["id"].to_list() == ["fao", "fao-kenya", "wfp"]
    assert one.row(0) == ("fao", "FAO", "FAO", "IT", ["book", "list"])
    assert one.schema == ORGANIZATIONS.schema


def test_what_is_known_of_a_part_is_not_taken_for_the_whole() -> None:
    one = resolution.organizations(ORGANIZATIONS, Identity(parents={"fao-kenya": "fao"}), roll_up=True)
    assert one.filter(pl.col("id") == "fao")["country"].to_list() == [None]
    assert "fao-kenya" not in one["id"]


def test_rows_of_one_body_meet_and_a_body_is_not_tied_to_itself() -> None:
    took_part = pl.DataFrame({"organization": ["fao", "FAO-2", "fao-kenya"], "activity": ["x", "x", "x"]})
    agreed_on = pl.DataFrame({"source": ["fao", "FAO-2", "fao-kenya"], "target": ["FAO-2", "wfp", "wfp"]})
    assert resolution.relations(took_part, BODIES, "organization").rows() == [("fao", "x"), ("fao-kenya", "x")]
    assert resolution.relations(took_part, BODIES, "organization", roll_up=True).rows() == [("fao", "x")]
    assert resolution.relations(agreed_on, BODIES, "source", "target", roll_up=True).rows() == [("fao", "wfp")]


@given(JUDGEMENTS)
def test_without_judgements_all_is_as_it_was(judgements: list[Judgement]) -> None:
    before = ORGANIZATIONS.clone()
    names = dict(zip("abcd", ORGANIZATIONS["id"], strict=True))
    known = [
        Judgement(names[one.first], names[one.second], one.verdict, line=one.line)
        for one in judgements
        if {one.first, one.second} <= names.keys()
    ]
    identity, _ = identify(known)
    resolution.organizations(ORGANIZATIONS, identity, roll_up=True)
    assert_frame_equal(ORGANIZATIONS, before)
    undone, _ = identify([])
    assert_frame_equal(resolution.organizations(ORGANIZATIONS, undone, roll_up=True), before)
    assert_frame_equal(resolution.relations(ORGANIZATIONS, undone, "id"), before)


def test_a_body_is_found_by_all_its_names_and_ids() -> None:
    rows = resolution.findable(ORGANIZATIONS, BODIES).filter(pl.col("id") == "fao")
    assert set(rows["name"]) | set(rows["acronym"].drop_nulls()) == {
        "FAO",
        "Food and Agriculture Organization",
        "FAO-2",
    }


HEADER = "first,second,judgement,note,by,date\n"


@pytest.mark.parametrize(
    ("line", "reject"),
    [
        (
            "fao,fao2,same,,,",
            'column second: dangling: "fao2"; expected the id of an organization. Did you mean "FAO-2"?',
        ),
        ("fao,xyzzy,same,,,", 'column second: dangling: "xyzzy"; expected the id of an organization'),
        (",fao,same,,,", 'column first: missing: ""; expected an id'),
        ("fao,wfp,,,,", 'column judgement: missing: ""; expected a judgement'),
        ("fao,wfp,maybe,,,", 'column judgement: value: "maybe"; expected one of same, not the same, part of'),
        ("fao,fao,same,,,", 'column second: conflict: "fao"; expected another organization than the first'),
        ("fao,wfp,same,,,01.05.2024", 'column date: value: "01.05.2024"; expected a date like 2021-01-31'),
    ],
)
def test_a_line_that_is_no_judgement_is_a_reject_with_its_place(tmp_path: Path, line: str, reject: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f'{HEADER}wfp,fao,part of,"two\nlines",me,2024-05-01\n\n{line}\n', encoding="utf-8")
    judgements, rejects = resolution.read(path, set(ORGANIZATIONS["id"]))
    assert [str(one) for one in judgements] == ["wfp is part of fao"]
    assert [str(one) for one in rejects] == [f"judgements.csv line 5, {reject}"]


def test_a_line_with_too_many_cells_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(f"{HEADER}fao,wfp,same,a note, with a comma,me,\n", encoding="utf-8")
    (reject,) = resolution.read(path, {"fao", "wfp"})[1]
    assert str(reject) == 'judgements.csv line 2: shape: "7 cells"; expected 6, as in the header'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"first,second\n", 'no column "judgement". Its first line is first,second,judgement,note,by,date.'),
        (b"first,second,judgment\n", 'column "judgment". Did you mean "judgement"? Its first line is first,'),
        (b"first,first,judgement\n", 'column "first". It is there twice. Its first line is first,'),
        (b"", 'no column "first". Its first line is first,second,judgement,note,by,date.'),
        (b"first,second,judgement\na,b,sam\xe9\n", ', line 2: not UTF-8. Save it as "CSV UTF-8".'),
        (b'first,second,judgement\na,"b,same\n', ", line 2: unexpected end of data. Check the quotes of this line."),
    ],
)
def test_a_file_that_is_none_of_judgements_is_refused_whole(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_bytes(content)
    with pytest.raises(DataProblem) as problem:
        resolution.read(path, {"a", "b"})
    assert sentence in str(problem.value)


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), header=st.booleans())
@settings(max_examples=200)
def test_any_bytes_give_judgements_rejects_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, header: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "judgements.csv"
    path.write_bytes((HEADER.encode() if header else b"") + content)
    with contextlib.suppress(DataProblem):
        resolution.read(path, {"a", "b"})


@pytest.mark.parametrize(
    "before",
    [
        "",
        HEADER,
        HEADER.strip(),
        f"{HEADER}fao,wfp,not the same,,me,2024-01-01",
        "\ufefffirst;second;judgement;by\r\nfao;wfp;not the same;me\r\n",
        "by,judgement,second,first\nme,not the same,wfp,fao\n",
    ],
)
def test_a_line_is_added_as_the_file_is_written_and_its_removal_gives_the_file_back(
    tmp_path: Path, before: str
) -> None:
    path = tmp_path / "judgements.csv"
    if before:
        path.write_bytes(before.encode())
    new = Judgement("FAO-2", "fao", Verdict.SAME, 'their "website", says so', "me", DAY)
    resolution.append(path, [new])
    text = path.read_bytes().decode()
    assert text.startswith(before)
    judgements, rejects = resolution.read(path, set(ORGANIZATIONS["id"]))
    assert rejects == ()
    assert (judgements[-1].first, judgements[-1].verdict, judgements[-1].by) == ("FAO-2", Verdict.SAME, "me")
    end = "\r\n" if "\r\n" in before else "\n"
    assert len(text[len(before) :].strip().split(end)) == (1 if before else 2)


def records() -> Iterator[Record]:
    """Yield four organizations, two of which are one."""
    yield Node("Organization", "fao", {"name": "FAO"})
    yield Node("Organization", "XM-DAC-41301", {"name": "Food and Agriculture Organization", "country": "IT"})
    yield Node("Organization", "oxfam", {"name": "Oxfam", "country": "GB"})
    yield Node("Organization", "oxfam-gb", {"name": "OXFAM", "country": "GB"})
    yield Node("Organization", "wfp", {"name": "World Food Programme"})
    yield Node("Activity", "seeds", {"name": "Seeds"})
    for id in ("fao", "oxfam", "wfp"):
        yield Edge("PARTICIPATED_IN", id, "seeds")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `graphmodel resolve` beside a store with five organizations."""
    monkeypatch.chdir(tmp_path)
    for name in ("GRAPHMODEL_STORE", "GRAPHMODEL_JUDGEMENTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GRAPHMODEL_BY", "Ada")
    with api.open("graphmodel.lbug") as graph:
        assert graph.load(records()).rejects == ()

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(cli.main, ["resolve", *words], catch_exceptions=False)

    return invoke


def lines(path: Path) -> list[list[str]]:
    """Return the judgements in a file, without their dates."""
    with path.open(encoding="utf-8", newline="") as text:
        return [row[:-1] for row in csv.reader(text)][1:]


def test_the_candidates_are_listed_with_their_reasons(run: Run) -> None:
    result = run("--format", "csv")
    assert result.stdout.splitlines() == [
        "first,first_name,second,second_name,score,reasons,conflicts,judgement",
        'oxfam,Oxfam,oxfam-gb,OXFAM,0.9781,same name; same country,"",',
        'XM-DAC-41301,Food and Agriculture Organization,fao,FAO,0.8176,acronym of the other\'s name: FAO,"",',
    ]
    assert result.stderr == ("2 pairs that may be the same. Judge with --accept FIRST SECOND, --reject or --part-of.\n")


def test_without_candidates_it_says_so(run: Run) -> None:
    result = run("--min-score", "0.99")
    assert "No two organizations look like the same one, with a score of 0.99 or more.\n" in result.stderr


def test_a_judgement_is_a_line_and_its_pair_is_no_longer_open(run: Run, tmp_path: Path) -> None:
    result = run("--accept", "FAO", "XM-DAC-41301", "--note", "they say so")
    assert result.stderr == "fao is the same as XM-DAC-41301: written to judgements.csv\n"
    run("--reject", "oxfam", "oxfam-gb")
    assert lines(tmp_path / "judgements.csv") == [
        ["fao", "XM-DAC-41301", "same", "they say so", "Ada"],
        ["oxfam", "oxfam-gb", "not the same", "", "Ada"],
    ]
    assert "2 more judged already; --all lists them." in run().stderr
    assert run("--all", "--format", "csv").stdout.count("same") >= 2


def test_the_same_judgement_again_writes_nothing(run: Run, tmp_path: Path) -> None:
    run("--accept", "fao", "XM-DAC-41301")
    before = (tmp_path / "judgements.csv").read_bytes()
    result = run("--accept", "XM-DAC-41301", "fao")
    assert result.stderr == "XM-DAC-41301 is the same as fao: follows already from judgements.csv\n"
    assert (tmp_path / "judgements.csv").read_bytes() == before


def test_a_judgement_that_contradicts_another_is_refused(run: Run, tmp_path: Path) -> None:
    run("--accept", "fao", "wfp", "--part-of", "oxfam", "wfp")
    before = (tmp_path / "judgements.csv").read_bytes()
    result = run("--reject", "wfp", "fao", "--accept", "oxfam", "oxfam-gb")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: That wfp is not the same as fao contradicts line 2: fao is the same as wfp. "
        "If that is wrong, delete it from judgements.csv first.\n"
    )
    assert (tmp_path / "judgements.csv").read_bytes() == before


def test_what_is_clear_is_accepted_and_marked_but_nothing_that_a_person_refused(run: Run, tmp_path: Path) -> None:
    result = run("--automatic")
    assert result.stderr == "1 pair accepted as automatic in judgements.csv. Delete a line to undo it.\n"
    path = tmp_path / "judgements.csv"
    assert lines(path) == [["oxfam", "oxfam-gb", "same", "0.98: same name; same country", "automatic"]]
    path.unlink()
    run("--reject", "oxfam", "oxfam-gb")
    result = run("--automatic", "0.95")
    assert result.stderr == ("Nothing accepted: no open pair scores 0.95 or more with nothing that speaks against.\n")


def test_what_would_force_two_into_one_that_a_person_keeps_apart_is_refused_and_said(run: Run) -> None:
    run("--accept", "oxfam", "wfp", "--reject", "wfp", "fao", "--accept", "oxfam-gb", "fao")
    result = run("--automatic", "0.95")
    assert result.exit_code == 0
    assert "Nothing accepted" in result.stderr


def test_a_person_is_heard_after_an_automatic_judgement(run: Run, tmp_path: Path) -> None:
    run("--automatic")
    assert run("--reject", "oxfam", "oxfam-gb").exit_code == 0
    result = run()
    assert result.exit_code == 1
    assert (
        "1 line does not hold. Correct or delete in judgements.csv:\n"
        "  judgements.csv line 2, column judgement: conflict: "
        '"oxfam is the same as oxfam-gb"; expected agreement with line 3: oxfam is not the same as oxfam-gb\n'
    ) in result.stderr


def test_deleting_the_lines_undoes_all(run: Run, tmp_path: Path) -> None:
    before = run("--format", "json").stdout
    run("--accept", "fao", "XM-DAC-41301")
    run("--automatic")
    path = tmp_path / "judgements.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert run("--format", "json").stdout == before


def test_all_names_and_references_of_an_organization_are_listed(run: Run) -> None:
    run("--accept", "fao", "XM-DAC-41301")
    result = run("--names", "food and agriculture organization", "--format", "csv")
    assert result.stdout.splitlines() == [
        "id,name,acronym,references,url",
        'fao,FAO,,"",',
        "XM-DAC-41301,Food and Agriculture Organization,,IATI XM-DAC-41301,",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--accept", "fao", "fao"), "fao is one organization. Name two."),
        (("--accept", "fao", "wpf"), 'There is no Organization "wpf". Did you mean "wfp"?'),
        (("--accept", "fao", "wfp", "--by", "automatic"), '"automatic" marks what nobody looked at. Say with --by who'),
        (("--names", "fao", "--automatic"), "Give judgements, --automatic or --names: one of them at a time."),
    ],
)
def test_what_cannot_be_judged_is_refused(run: Run, words: tuple[str, ...], sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_the_command_lists_from_the_score_that_the_library_does() -> None:
    defaults = {option.name: option.default for option in resolve.command.params}
    assert defaults["min_score"] == LEAST_SCORE


def test_nobody_accepts_blindly_below_point_nine(run: Run) -> None:
    assert resolution.LEAST_AUTOMATIC == 0.9
    assert "0.5 is not in the range 0.9<=x<=1" in run("--automatic", "0.5").stderr


def test_judgements_on_a_server_need_a_file(server: str, run: Run, tmp_path: Path) -> None:
    wipe(server)
    with api.open(server) as graph:
        graph.load(records())
    result = run("--store", server, "--accept", "fao", "XM-DAC-41301")
    assert result.exit_code == 2
    assert "The judgements on a server are in a file of yours: name it with --judgements FILE" in result.stderr
    assert run("--store", server, "--judgements", "mine.csv", "--accept", "fao", "XM-DAC-41301").exit_code == 0
    assert lines(tmp_path / "mine.csv") == [["fao", "XM-DAC-41301", "same", "", "Ada"]]


def test_a_judgement_makes_two_one_in_the_alliances_and_deleting_it_undoes_that(address: str, tmp_path: Path) -> None:
    judgements = tmp_path / "judgements.csv"
    with api.open(address, judgements=judgements) as graph:
        graph.load(
            [
                *(
                    Node("Organization", id, {"name": name})
                    for id, name in (("fao", "FAO"), ("x1", "Food Organization"))
                ),
                Node("Organization", "amber", {"name": "Amber Fund"}),
                *(Node("Activity", id, {"name": id}) for id in ("fair", "feast")),
                *(Edge("PARTICIPATED_IN", id, what) for id, what in (("fao", "fair"), ("x1", "feast"))),
                *(Edge("PARTICIPATED_IN", "amber", what) for what in ("fair", "feast")),
            ]
        )
        apart = [("amber", "fao", 1), ("amber", "x1", 1)]
        assert graph.alliances().select("source", "target", "shared").rows() == apart
        judgements.write_text("first,second,judgement,note,by,date\nx1,fao,same,,Ada,2024-05-01\n")
        assert graph.alliances().select("source", "target", "shared").rows() == [("amber", "fao", 2)]
        assert graph.network(api.Filter(exclude=["Food Organization"])).size() == 0
        judgements.write_text("first,second,judgement,note,by,date\n")
        assert graph.alliances().select("source", "target", "shared").rows() == apart


def test_a_part_counts_as_its_whole_only_when_rolled_up(empty_graph: api.Graph, tmp_path: Path) -> None:
    empty_graph.judgements = tmp_path / "judgements.csv"
    empty_graph.judgements.write_text("first,second,judgement,note,by,date\nbranch,whole,part of,,Ada,2024-05-01\n")
    empty_graph.load(
        [
            *(Node("Organization", id, {"name": id}) for id in ("branch", "whole", "amber")),
            Node("Activity", "fair", {"name": "Fair"}),
            *(Edge("PARTICIPATED_IN", id, "fair") for id in ("branch", "amber")),
        ]
    )
    ends = pl.col("source", "target")
    assert empty_graph.alliances().select(ends).rows() == [("amber", "branch")]
    assert empty_graph.alliances(api.Filter(roll_up=True)).select(ends).rows() == [("amber", "whole")]
