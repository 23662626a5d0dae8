"""What `graphmodel check` finds, and what it leaves alone."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphmodel import api, checks
from graphmodel.cli import main
from graphmodel.errors import StoreMissing, UsageProblem
from graphmodel.records import Edge, Node, Record

WORLD = Node("Region", "world", {"name": "World", "kind": "world"})
KENYA = Node("Region", "KE", {"name": "Kenya", "kind": "country", "iso2": "KE", "latitude": 0.5, "longitude": 37.9})
UGANDA = Node("Region", "UG", {"name": "Uganda", "kind": "country", "iso2": "UG", "latitude": 1.3, "longitude": 32.3})
NAIROBI = Node("Region", "nairobi", {"name": "Nairobi", "kind": "place", "latitude": -1.28, "longitude": 36.8})
PLACES: list[Record] = [
    WORLD,
    KENYA,
    UGANDA,
    NAIROBI,
    *(Edge("PART_OF", *ends, start_label="Region") for ends in (("KE", "world"), ("UG", "world"), ("nairobi", "KE"))),
]


def organization(id_: str, name: str = "", **properties: object) -> Node:
    """Return an organization."""
    return Node("Organization", id_, {"name": name or f"Organization {id_}", **properties})


def activity(id_: str, name: str = "", **properties: object) -> Node:
    """Return an activity."""
    return Node("Activity", id_, {"name": name or f"Activity {id_}", **properties})


def found(graph: api.Graph, check: str) -> list[tuple[str, str, str]]:
    """Return label, id and what is odd of all that a check finds."""
    return graph.check(check).select("label", "id", "found").rows()


def test_a_sound_graph_has_no_findings(empty_graph: api.Graph) -> None:
    empty_graph.load(
        [
            *PLACES,
            organization("amber", country="KE", latitude=-1.3, longitude=36.8),
            organization("birch", country="UG"),
            activity("fair", started=date(2020, 1, 1), ended=date(2020, 1, 1), budget=5, currency="KES"),
            Edge("PARTICIPATED_IN", "amber", "fair"),
            Edge("PARTICIPATED_IN", "birch", "fair"),
            Edge("TOOK_PLACE_IN", "fair", "nairobi"),
            Edge("BASED_IN", "amber", "nairobi"),
        ]
    )
    assert empty_graph.check().rows() == []


def test_nothing_to_check_before_the_first_load(graph: api.Graph) -> None:
    with pytest.raises(StoreMissing):
        graph.check()


def test_activities_without_organization_partner_place_and_date(graph: api.Graph) -> None:
    graph.load(
        [
            organization("amber"),
            activity("empty", started=date(2020, 1, 1)),
            activity("alone"),
            Edge("PARTICIPATED_IN", "amber", "alone", {"role": "host"}),
            Edge("PARTICIPATED_IN", "amber", "alone", {"role": "funder"}),
        ]
    )
    assert found(graph, "no-organization") == [("Activity", "empty", "no organization")]
    assert found(graph, "no-partner") == [("Activity", "alone", "only amber")]
    assert found(graph, "no-place") == [("Activity", "alone", "no region"), ("Activity", "empty", "no region")]
    assert found(graph, "no-date") == [("Activity", "alone", "neither start nor end")]


def test_ends_before_starts(empty_graph: api.Graph) -> None:
    days = {"started": date(2020, 2, 1), "ended": date(2020, 1, 31)}
    ends = ("amber", "birch")
    empty_graph.load(
        [
            *map(organization, ends),
            activity("fair", **days),
            activity("day", started=date(2020, 2, 1), ended=date(2020, 2, 1)),
            Edge("PARTNERED_WITH", *ends, days),
            Edge("MEMBER_OF", *ends, days),
        ]
    )
    said = "started 2020-02-01, ended 2020-01-31"
    assert found(empty_graph, "end-before-start") == [
        ("Activity", "fair", said),
        ("PARTNERED_WITH", "amber", said),
        ("MEMBER_OF", "amber", said),
    ]


def test_money_without_a_currency(empty_graph: api.Graph) -> None:
    empty_graph.load(
        [
            organization("amber"),
            activity("fair", budget=12.5),
            activity("show", budget=12.5, currency="EUR"),
            Edge("PARTICIPATED_IN", "amber", "fair", {"contribution": 3}),
        ]
    )
    assert found(empty_graph, "no-currency") == [
        ("Activity", "fair", "budget 12.5"),
        ("PARTICIPATED_IN", "amber", "contribution 3.0"),
    ]


def test_one_organization_under_several_names(empty_graph: api.Graph) -> None:
    empty_graph.load(
        [
            organization("a", "Société  d\u2019Aide, S.A."),
            organization("b", "societe d'aide SA"),
            organization("c", "Society of Aid", acronym="SDA"),
            organization("d", "S.D.A."),
            organization("e", "樺"),
            organization("f", "!!"),
            organization("g", "??!"),
        ]
    )
    assert found(empty_graph, "same-name") == [("Organization", "a", "like b"), ("Organization", "b", "like a")]
    assert found(empty_graph, "same-acronym") == [("Organization", "c", "like d"), ("Organization", "d", "like c")]


def test_activities_of_two_sources_that_disagree(graph: api.Graph) -> None:
    graph.load([activity("f1", "Book fair", started=date(2020, 1, 1), kind="fair"), activity("s1", "Show")], source="x")
    graph.load([activity("f2", "Book Fair", started=date(2020, 1, 2)), activity("s2", "Show")], source="y")
    said = "f1 2020-01-01 ? fair; f2 2020-01-02 ? ?"
    assert found(graph, "disagreement") == [("Activity", "f1", said), ("Activity", "f2", said)]


def test_a_yearly_activity_is_no_disagreement(empty_graph: api.Graph) -> None:
    empty_graph.load([activity(f"f{year}", "Book fair", started=date(year, 1, 1)) for year in (2020, 2021)])
    assert found(empty_graph, "disagreement") == []


def test_points_in_the_wrong_country(empty_graph: api.Graph) -> None:
    empty_graph.load(
        [
            *PLACES,
            organization("near", country="KE", latitude=-4.0, longitude=39.7),
            organization("exchanged", country="KE", latitude=36.8, longitude=-1.3),
            organization("mirrored", country="KE", latitude=-1.3, longitude=-36.8),
            organization("nowhere", country="KE", latitude=52.5, longitude=13.4),
            organization("unknown", country="FR", latitude=52.5, longitude=13.4),
            activity("fair", latitude=52.5, longitude=13.4),
            Edge("TOOK_PLACE_IN", "fair", "nairobi"),
            Edge("TOOK_PLACE_IN", "fair", "UG"),
            Node("Region", "mombasa", {"name": "Mombasa", "kind": "place", "latitude": 40.0, "longitude": 4.0}),
            Edge("PART_OF", "mombasa", "KE", start_label="Region"),
        ]
    )
    assert found(empty_graph, "wrong-country") == [
        ("Organization", "exchanged", "5700 km from KE; exchanged, latitude and longitude would fit"),
        ("Organization", "mirrored", "8308 km from KE; with another sign it would fit"),
        ("Organization", "nowhere", "6214 km from KE"),
        ("Activity", "fair", "5957 km from UG"),
        ("Region", "mombasa", "5571 km from KE; exchanged, latitude and longitude would fit"),
    ]


def test_an_organization_in_several_countries(empty_graph: api.Graph) -> None:
    empty_graph.load(
        [
            *PLACES,
            organization("amber", country="UG"),
            organization("birch", country="KE"),
            organization("cedar"),
            *(Edge("BASED_IN", one, "nairobi") for one in ("amber", "birch", "cedar")),
            Edge("BASED_IN", "cedar", "UG"),
        ]
    )
    assert found(empty_graph, "several-countries") == [
        ("Organization", "amber", "KE, UG"),
        ("Organization", "cedar", "KE, UG"),
    ]


def test_a_hub_takes_part_in_more_than_half_of_the_activities(empty_graph: api.Graph) -> None:
    fairs = [f"fair{number}" for number in range(6)]
    empty_graph.load(
        [
            organization("host"),
            organization("guest"),
            *map(activity, fairs),
            *(Edge("PARTICIPATED_IN", "host", fair) for fair in fairs[:4]),
            *(Edge("PARTICIPATED_IN", "guest", fair) for fair in fairs[3:]),
        ]
    )
    assert found(empty_graph, "hub") == [("Organization", "host", "4 of 6 activities")]


def test_regions_outside_the_world_and_circles(graph: api.Graph) -> None:
    circle = (("x", "y"), ("y", "z"), ("z", "x"))
    graph.load(
        [
            *PLACES,
            *(Node("Region", one, {"name": one}) for one in "xyz"),
            *(Edge("PART_OF", *ends, start_label="Region") for ends in circle),
            activity("fair"),
            activity("week"),
            Edge("PART_OF", "fair", "week", start_label="Activity"),
            Edge("PART_OF", "week", "fair", start_label="Activity"),
        ]
    )
    assert found(graph, "outside-world") == [("Region", one, "not under the world") for one in "xyz"]
    assert found(graph, "circle") == [
        *(("Activity", one, "in a circle of fair, week") for one in ("fair", "week")),
        *(("Region", one, "in a circle of x, y, z") for one in "xyz"),
    ]


def test_a_node_that_no_source_describes(graph: api.Graph) -> None:
    graph.load([organization("amber"), activity("fair"), Edge("PARTICIPATED_IN", "amber", "fair")], source="list")
    graph.load([Edge("PARTICIPATED_IN", "amber", "fair")], source="website")
    graph.remove("list")
    assert found(graph, "no-source") == [("Organization", "amber", "no source"), ("Activity", "fair", "no source")]


def test_the_worst_comes_first(empty_graph: api.Graph) -> None:
    empty_graph.load([activity("fair", started=date(2020, 1, 2), ended=date(2020, 1, 1), budget=1)])
    all_found = empty_graph.check()
    assert all_found["level"].to_list() == ["error", "warning", "warning", "note"]
    assert checks.summary(all_found).select("check", "number", "examples").rows() == [
        ("end-before-start", 1, "fair"),
        ("no-organization", 1, "fair"),
        ("no-currency", 1, "fair"),
        ("no-place", 1, "fair"),
    ]


def test_an_unknown_check(empty_graph: api.Graph) -> None:
    empty_graph.load([activity("fair")])
    with pytest.raises(UsageProblem) as refused:
        empty_graph.check("hubs")
    assert str(refused.value) == 'There is no check "hubs". Did you mean "hub"?'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs a command in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRAPHMODEL_STORE", raising=False)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def test_the_exit_status_is_one_where_an_error_is_found(run: Callable[..., Result]) -> None:
    with api.open() as graph:
        graph.load([activity("fair", started=date(2020, 1, 2))])
    sound = run("check", "--format", "csv")
    assert (sound.exit_code, sound.stderr) == (0, "2 findings\n")
    with api.open() as graph:
        graph.load([activity("fair", ended=date(2020, 1, 1))])
    result = run("check", "--format", "csv")
    assert (result.exit_code, result.stderr) == (1, "3 findings, errors among them\n")
    assert result.stdout.splitlines()[1] == (
        'error,end-before-start,1,fair,It ends before it starts.,"Mend the dates in the source; they may be exchanged, '
        'or month and day."'
    )
    one = run("check", "end-before-start", "--format", "csv")
    assert one.stdout.splitlines()[1] == (
        'error,end-before-start,Activity,fair,Activity fair,"started 2020-01-02, ended 2020-01-01"'
    )
    every = run("check", "--all", "--format", "csv")
    assert len(every.stdout.splitlines()) == 4


def test_the_exit_status_reaches_the_shell(tmp_path: Path) -> None:
    store = str(tmp_path / "graph.lbug")
    with api.open(store) as graph:
        graph.load([activity("fair", started=date(2020, 1, 2), ended=date(2020, 1, 1))])
    command = [sys.executable, "-m", "graphmodel", "check", "--store", store]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
