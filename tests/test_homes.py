"""Where organizations are at home and on what they work: on the small network, on what data leave open."""

from dataclasses import replace

import polars as pl
import pytest

from graphmodel.analysis.coverage.homes import competences, homes, telling_level
from graphmodel.analysis.ties.partnerships import Partnerships, Setting
from graphmodel.api.homes import by_competence, by_region
from graphmodel.errors import UsageProblem
from tests.small import backwards, frame, partnerships

COUNTRIES = {"a": "Kenya", "b": "Mali", "c": "Nepal", "d": "Kenya", "e": "Nepal", "f": "Nepal", "g": "Kenya"}
NOWHERE = frame([], "organization", "region")


def names(found: pl.DataFrame) -> dict[str, str]:
    return dict(found.select("organization", "name").iter_rows())


def with_setting(**changes: pl.DataFrame) -> Partnerships:
    known = partnerships()
    return replace(known, read=lambda: replace(known.setting, **changes))


def stating(**countries: str | None) -> Partnerships:
    """Organizations of which nothing is known but the country that they state."""
    rows = [(id, id.upper(), country) for id, country in countries.items()]
    return Partnerships(frame([], "organization", "activity"), frame(rows, "id", "name", "country"))


def test_an_organization_is_at_home_where_it_is_based() -> None:
    assert names(homes(partnerships(), "country")) == COUNTRIES
    assert names(homes(partnerships(), "region"))["c"] == "Asia"


def test_without_a_seat_it_is_where_it_says_it_works_else_where_it_is_mostly_active() -> None:
    found = homes(with_setting(based_in=NOWHERE), "country")
    assert {row["organization"]: (row["name"], row["basis"]) for row in found.iter_rows(named=True)} == {
        "a": ("Kenya", "works"),
        "b": ("several", "active"),  # schools in Kenya, radio in Mali
        "c": ("Nepal", "active"),  # temples and teachers in Nepal, libraries in Mali
        "d": ("Kenya", "active"),  # schools in Kenya, clinics in Nairobi, temples in Nepal
        "e": ("several", "active"),  # clinics in Nairobi, midwives in Nepal
        "f": ("several", "works"),  # Mali and Nepal
        "g": ("Kenya", "works"),
    }


def test_the_widest_level_that_tells_organizations_apart_is_taken() -> None:
    assert telling_level(partnerships()) == "region"
    africans = [(id, home) for id, home in (("a", "KE"), ("b", "ML"), ("d", "KE"))]
    alone = with_setting(based_in=frame(africans, "organization", "region"))
    only = replace(alone, organizations=alone.organizations.filter(pl.col("id").is_in(["a", "b", "d"])))
    assert telling_level(only) == "country"


def test_declared_competence_comes_before_what_activities_address() -> None:
    found = competences(partnerships(), "field")
    assert names(found) == {
        "a": "Education",
        "b": "Education",
        "c": "several",  # culture in libraries and temples, education in libraries and teachers
        "d": "several",
        "e": "Health",
        "f": "Health",
        "g": "Culture",
    }
    assert set(found.filter(pl.col("basis") == "declared")["organization"]) == {"a", "f", "g"}


def test_the_order_of_rows_does_not_matter() -> None:
    given = replace(partnerships(), read=lambda: replace(partnerships().setting, based_in=NOWHERE))
    for known in (partnerships(), given):
        assert homes(backwards(known), "country").equals(homes(known, "country"))
        assert competences(backwards(known), "field").equals(competences(known, "field"))


def test_a_country_that_is_only_stated_lies_in_the_regions_of_m49() -> None:
    known = stating(a="KE", b="United Kingdom", c="Atlantis", d=None)
    assert by_region(known, "region").pair == ("Region", {"a": "Africa", "b": "Europe"})
    assert by_region(known, "subregion").values == {"a": "Sub-Saharan Africa", "b": "Northern Europe"}
    assert by_region(known, "country").values["c"] == "Atlantis"
    assert by_region(known).title == "Region"


def test_regions_of_the_data_are_not_mixed_with_those_of_m49() -> None:
    own = frame([("KE", "Kenya", "country"), ("west", "West", "region")], "id", "name", "kind")
    parts = frame([("KE", "west")], "start_id", "end_id")
    known = replace(stating(a="KE", b="FR"), read=lambda: Setting(regions=own, region_parts=parts))
    assert by_region(known, "region").values == {"a": "West"}
    assert by_region(known, "subregion").values == {"a": "Sub-Saharan Africa", "b": "Western Europe"}


def test_notes_say_of_how_many_of_those_shown_a_region_is_not_the_seat() -> None:
    known = with_setting(based_in=NOWHERE)
    told = by_region(replace(known, organizations=known.organizations.drop("country")), "country")
    assert told.notes("abcdefg") == (
        "The country of 3 organizations is where they say that they work.",
        "The country of 4 organizations is where most of their activities took place.",
    )
    assert told.notes("g") == ("The country of 1 organization is where it says that it works.",)
    assert by_region(partnerships(), "country").notes("abcdefg") == ()


def test_where_nothing_is_known_the_message_says_what_to_load() -> None:
    with pytest.raises(UsageProblem, match="Of no organization a subregion is known: none states its country"):
        by_region(stating(a=None), "subregion")
    with pytest.raises(UsageProblem, match="Of no organization a goal is known: none declares one"):
        by_competence(partnerships(), "goal")
