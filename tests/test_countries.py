"""Countries: names and codes to ISO 3166, and the regions of M49 above them."""

import pytest

from graphmodel.importers import countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NA", "NA"),
        ("Namibia", "NA"),
        ("UK", "GB"),
        ("EL", "GR"),
        ("gb", "GB"),
        ("KEN", "KE"),
        ("XK", "XK"),
        ("Kenya", "KE"),
        ("  the Republic of Kenya\u00a0", "KE"),
        ("Côte d'Ivoire", "CI"),
        ("Cote d\u2019Ivoire", "CI"),
        ("Alemania", "DE"),
        ("Éthiopie", "ET"),
        ("Эфиопия", "ET"),
        ("埃塞俄比亚", "ET"),
        ("إثيوبيا", "ET"),
        ("Congo, Dem. Rep.", "CD"),
        ("Niger", "NE"),
        ("Guinea-Bissau", "GW"),
        ("Vietnam", "VN"),
    ],
)
def test_a_country_is_known_by_its_codes_and_by_its_names_in_six_languages(text: str, code: str) -> None:
    found = countries.country(text)
    assert found is not None
    assert found.iso2 == code


@pytest.mark.parametrize(
    "text", ["", "N/A", "None", "XX", "1W", "Regional", "Africa, Regional Programs", "Indian Ocean"]
)
def test_what_is_no_country_is_none(text: str) -> None:
    assert countries.find(text) is None


def test_a_country_lies_in_its_subregion_region_and_the_world() -> None:
    kenya = countries.find("Kenya")
    assert kenya is not None
    assert [(place.id, place.kind) for place in countries.ancestors(kenya)] == [
        ("m49-202", "subregion"),
        ("m49-002", "region"),
        ("world", "world"),
    ]


def test_a_region_of_m49_is_known_by_its_name_but_is_no_country() -> None:
    found = countries.find("Latin America and the Caribbean")
    assert found is not None
    assert (found.id, found.kind) == ("m49-419", "subregion")
    assert countries.country("Africa") is None


def test_every_country_but_scattered_islands_has_a_point_and_all_a_way_up_to_the_world() -> None:
    places = [place for place in countries._index().places.values() if place.kind == "country"]
    assert len(places) > 240
    assert [place.id for place in places if not place.latitude or not place.longitude] == ["UM"]
    assert [place.id for place in places if place.longitude and not -180 <= float(place.longitude) <= 180] == []
    assert {list(countries.ancestors(place))[-1].id for place in places} == {"world"}
