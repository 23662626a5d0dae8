"""Ties between organizations: published values, a brute-force reference, and what is told beside them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

import networkx as nx
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.ties.alliances import activities_of, caveats, degrees, hubs, pair_instances, ties, undated
from graphmodel.analysis.ties.selection import Selection
from graphmodel.analysis.ties.status import counted
from graphmodel.errors import UsageProblem
from graphmodel.network import network
from tests.data import cordis, davis, gef, unesco

PARTICIPATIONS = {
    "organization": pl.String,
    "activity": pl.String,
    "role": pl.String,
    "started": pl.Date,
    "ended": pl.Date,
}
AGREEMENTS = {"source": pl.String, "target": pl.String, "started": pl.Date, "ended": pl.Date}


def participations(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Rows of organization, activity, role, started, ended; what is left out is unknown."""
    filled = [(*row, *[None] * (5 - len(row))) for row in rows]
    return pl.DataFrame(filled, schema=PARTICIPATIONS, orient="row")


def agreements(*rows: tuple[Any, ...]) -> pl.DataFrame:
    """Rows of source, target, started, ended; what is left out is unknown."""
    return pl.DataFrame([(*row, *[None] * (4 - len(row))) for row in rows], schema=AGREEMENTS, orient="row")


def pairs(frame: pl.DataFrame) -> list[tuple[str, str]]:
    """The ends of the ties."""
    return frame.select("source", "target").rows()


DAVIS = ties(davis())


def test_the_projection_on_women_has_139_ties_whose_weights_sum_to_322() -> None:
    assert (DAVIS.height, DAVIS["shared"].sum()) == (139, 322)


def test_the_numbers_of_shared_events_have_the_published_histogram() -> None:
    counts = dict(DAVIS["shared"].value_counts().iter_rows())
    assert {0: 18 * 17 // 2 - DAVIS.height, **counts} == {
        0: 14, 1: 44, 2: 49, 3: 22, 4: 15, 5: 1, 6: 7, 7: 1
    }  # fmt: skip


def test_the_projection_on_events_has_66_ties() -> None:
    events = davis().rename({"organization": "activity", "activity": "organization"})
    assert ties(events).height == 66


@pytest.mark.parametrize(
    ("one", "other", "shared", "strength", "jaccard", "overlap"),
    [
        ("Evelyn Jefferson", "Laura Mandeville", 6, 1.5626, 0.6667, 0.8571),
        ("Evelyn Jefferson", "Theresa Anderson", 7, 1.4869, 0.7778, 0.8750),
        ("Charlotte McDowd", "Evelyn Jefferson", 3, 0.6762, 0.3333, 0.7500),
        ("Flora Price", "Olivia Carleton", 2, 0.4242, 1.0, 1.0),
    ],
)
def test_the_figures_of_a_pair_are_the_published_ones(
    one: str, other: str, shared: int, strength: float, jaccard: float, overlap: float
) -> None:
    row = DAVIS.row(by_predicate=(pl.col("source") == one) & (pl.col("target") == other), named=True)
    assert row["shared"] == shared
    assert [row["strength"], row["jaccard"], row["overlap"]] == pytest.approx([strength, jaccard, overlap], abs=5e-5)


def test_strengths_of_a_woman_sum_to_her_events_with_company() -> None:
    sums: Counter[str] = Counter()
    for source, target, strength in DAVIS.select("source", "target", "strength").rows():
        sums[source] += strength
        sums[target] += strength
    events = dict(degrees(davis()).iter_rows())
    assert sums == pytest.approx(events, abs=1e-10)


@pytest.mark.parametrize(
    ("read", "activities", "organizations", "took_part", "tied", "components", "largest"),
    [
        (unesco, 45, 64, 143, 237, 5, 60),
        (gef, 724, 769, 1587, 1075, 4, 760),
        (cordis, 31451, 35871, 144726, 796670, 4417, 31152),
    ],
)
def test_a_network_has_the_published_size(
    read: Callable[[], pl.DataFrame],
    activities: int,
    organizations: int,
    took_part: int,
    tied: int,
    components: int,
    largest: int,
) -> None:
    rows = read()
    nodes = rows.select(id="organization", name="organization").unique()
    made = network(ties(rows), nodes, isolates=True)
    assert rows["activity"].n_unique() == activities
    assert degrees(rows)["activities"].sum() == took_part
    assert (len(made), made.size()) == (organizations, tied)
    assert nx.number_connected_components(made) == components
    assert max(map(len, nx.connected_components(made))) == largest


def test_without_its_two_hubs_unesco_has_143_ties() -> None:
    assert ties(unesco(), selection=Selection(exclude=["unesco", "lc"])).height == 143


def test_unesco_itself_is_the_hub_of_its_network() -> None:
    assert hubs(unesco()).rows() == [("unesco", 29, 29 / 45)]


def test_horizon_2020_has_1_089_509_pair_instances() -> None:
    assert pair_instances(cordis()) == 1_089_509


def test_several_roles_in_one_activity_count_once() -> None:
    rows = participations(("a", "x", "host"), ("a", "x", "funder"), ("b", "x", "host"))
    assert ties(rows).select("shared", "strength", "jaccard").rows() == [(1, 1.0, 1.0)]


def test_rows_without_an_organization_or_an_activity_are_left_out() -> None:
    rows = participations(("a", "x"), ("b", "x"), (None, "x"), ("a", None), ("b", None))
    assert ties(rows).select("shared", "strength").rows() == [(1, 1.0)]


def test_a_tie_lasts_from_the_first_start_to_the_last_end_or_start() -> None:
    x, y = (date(2012, 5, 1), date(2013, 1, 1)), (date(2015, 1, 1), None)
    rows = participations(*((who, "x", "", *x) for who in "ab"), *((who, "y", "", *y) for who in "ab"))
    assert ties(rows).select("first", "last").rows() == [(2012, 2015)]


def test_without_dates_the_years_are_unknown() -> None:
    rows = participations(("a", "x"), ("b", "x")).select("organization", "activity")
    assert ties(rows).select("first", "last").rows() == [(None, None)]


DAY = date(2020, 2, 28)
OVER, OPEN = (date(2018, 1, 1), date(2020, 2, 27)), (date(2015, 2, 28), None)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ((date(2018, 1, 1), DAY), "active"),
        ((DAY, None), "active"),
        ((date(2015, 3, 1), None), "active"),
        (OPEN, "presumed ended"),
        (OVER, "ended"),
        ((None, date(2020, 2, 27)), "ended"),
        ((date(2020, 2, 29), None), "planned"),
        ((None, DAY), None),
        ((None, None), None),
    ],
)
def test_a_tie_has_the_status_of_what_it_rests_on(dates: tuple[date | None, date | None], status: str | None) -> None:
    rows = participations(*((who, "x", "", *dates) for who in "ab"))
    assert ties(rows, selection=Selection(today=DAY))["status"].to_list() == [status]
    assert ties(participations(), agreements(("a", "b", *dates)), Selection(today=DAY))["status"].to_list() == [status]


def test_a_leap_day_is_presumed_to_last_to_28_february() -> None:
    rows = participations(*((who, "x", "", date(2016, 2, 29)) for who in "ab"))
    last, after = (Selection(today=day, window=3) for day in (date(2019, 2, 28), date(2019, 3, 1)))
    assert [ties(rows, selection=chosen)["status"][0] for chosen in (last, after)] == ["active", "presumed ended"]


@pytest.mark.parametrize(
    ("formal", "status"),
    [
        ((OVER, OPEN), "presumed ended"),
        ((OVER, (None, None)), "ended"),
        ((OVER, OPEN, (date(2021, 1, 1), None)), "planned"),
        ((OVER, OPEN, (date(2021, 1, 1), None), (date(2019, 1, 1), None)), "active"),
    ],
)
def test_one_that_is_active_makes_a_tie_active_and_one_unknown_end_makes_its_end_presumed(
    formal: tuple[tuple[date | None, date | None], ...], status: str
) -> None:
    tied = ties(participations(), agreements(*(("a", "b", *dates) for dates in formal)), Selection(today=DAY))
    assert tied["status"].to_list() == [status]


def test_the_status_is_that_on_the_day_asked_for_and_unknown_without_a_day() -> None:
    rows = participations(*((who, "x", "", *OVER) for who in "ab"))
    days = Selection(), Selection(today=DAY), Selection(until=date(2019, 1, 1), today=DAY)
    assert [ties(rows, selection=chosen)["status"][0] for chosen in days] == [None, "ended", "active"]


def test_the_statuses_are_counted_in_a_sentence_with_their_day_and_window() -> None:
    made = agreements(("a", "b", *OVER), ("a", "c", *OPEN), ("a", "d"), ("a", "e", DAY), ("b", "c", DAY))
    today, by_time = Selection(today=DAY), Selection(until=DAY, window=3)
    assert counted(ties(participations(), made, today), today) == (
        "As of 2020-02-28: 2 active, 1 presumed ended, 1 ended, 1 without dates.",
        "Where no end is known, 5 years from the start are presumed.",
    )
    assert counted(ties(participations(), made, by_time), by_time) == (
        "As of 2020-02-28: 2 active, 1 presumed ended, 1 ended.",
    )
    over = ties(participations(), agreements(("a", "b", *OVER)), today)
    assert counted(over, today) == ("As of 2020-02-28: 1 ended.",)
    assert counted(over.head(0), today) == counted(over, Selection()) == ()


def test_ties_are_sorted_by_shared_strength_and_ids() -> None:
    rows = participations(("d", "x"), ("c", "x"), ("a", "y"), ("b", "y"), ("e", "z"), ("a", "z"), ("b", "z"))
    assert pairs(ties(rows)) == [("a", "b"), ("c", "d"), ("a", "e"), ("b", "e")]


def test_nobody_together_gives_an_empty_frame_with_all_columns() -> None:
    tied = ties(participations(("a", "x"), ("b", "y")))
    assert (tied.height, tied.columns) == (0, ties(davis()).columns)


def test_no_participation_at_all_gives_an_empty_frame() -> None:
    assert ties(participations(), agreements()).is_empty()


def test_the_activities_behind_a_tie_are_listed() -> None:
    rows = participations(("a", "y"), ("b", "y"), ("a", "x"), ("b", "x"), ("c", "x"))
    one = ties(rows).filter(pl.col("shared") == 2)
    assert activities_of(rows, one).rows() == [("a", "b", "x"), ("a", "b", "y")]


def test_an_agreement_alone_is_a_formal_tie_that_shares_nothing() -> None:
    tied = ties(participations(("a", "x")), agreements(("z", "a", date(2001, 1, 1), None)))
    assert tied.rows() == [("a", "z", 0, 0.0, 0.0, 0.0, 2001, 2001, None, "formal")]


def test_an_agreement_and_a_shared_activity_are_one_tie_of_both() -> None:
    rows = participations(("a", "x", "", date(2010, 1, 1)), ("b", "x", "", date(2010, 1, 1)))
    tied = ties(rows, agreements(("b", "a", date(2005, 1, 1), date(2020, 1, 1)), ("a", "b")))
    assert tied.rows() == [("a", "b", 1, 1.0, 1.0, 1.0, 2005, 2020, None, "both")]


def test_an_agreement_with_oneself_is_left_out() -> None:
    assert ties(participations(), agreements(("a", "a"))).is_empty()


@pytest.mark.parametrize("chosen", [Selection(roles=["host"]), Selection(activities=["x"])])
def test_among_chosen_roles_or_activities_an_agreement_alone_makes_no_tie(chosen: Selection) -> None:
    rows = participations(("a", "x", "host"), ("b", "x", "host"), ("c", "y", "guest"))
    tied = ties(rows, agreements(("a", "b"), ("b", "c")), chosen)
    assert tied.select("source", "target", "basis").rows() == [("a", "b", "both")]


def test_a_least_number_of_shared_activities_leaves_out_agreements_alone() -> None:
    assert ties(participations(), agreements(("a", "b")), Selection(min_shared=1)).is_empty()


def test_agreements_of_left_out_organizations_are_left_out() -> None:
    formal = agreements(("a", "b"), ("b", "c"), ("c", "d"))
    chosen = Selection(exclude=["a"], organizations=["a", "b", "c"])
    assert pairs(ties(participations(), formal, chosen)) == [("b", "c")]


DATED = participations(
    *((who, "long", "host", date(2010, 3, 1), date(2014, 3, 1)) for who in "ab"),
    *((who, "open", "guest", date(2016, 2, 29), None) for who in "bc"),
    *((who, "undated", "guest", None, date(2014, 1, 1)) for who in "cd"),
)


def selected(**chosen: Any) -> list[tuple[str, str]]:
    """The pairs that a selection ties."""
    return pairs(ties(DATED, selection=Selection(**chosen)))


def test_without_a_time_everything_counts() -> None:
    assert selected() == [("a", "b"), ("b", "c"), ("c", "d")]


@pytest.mark.parametrize(
    ("day", "active"),
    [
        (date(2010, 2, 28), False),
        (date(2010, 3, 1), True),
        (date(2014, 3, 1), True),
        (date(2014, 3, 2), False),
    ],
)
def test_an_activity_is_active_from_its_start_to_its_end(day: date, active: bool) -> None:
    assert (("a", "b") in selected(as_of=day)) is active


@pytest.mark.parametrize(("window", "last"), [(3, date(2019, 2, 28)), (5, date(2021, 2, 28)), (7, date(2023, 2, 28))])
def test_without_an_end_it_is_active_for_the_window(window: int, last: date) -> None:
    assert ("b", "c") in selected(as_of=last, window=window)
    assert ("b", "c") not in selected(as_of=last + timedelta(days=1), window=window)


def test_an_interval_keeps_what_was_active_at_some_moment_in_it() -> None:
    assert selected(since=date(2014, 3, 1), until=date(2016, 2, 28)) == [("a", "b")]
    assert selected(since=date(2014, 3, 1), until=date(2016, 2, 29)) == [("a", "b"), ("b", "c")]
    assert selected(until=date(2015, 1, 1)) == [("a", "b")]
    assert selected(since=date(2015, 1, 1)) == [("b", "c")]


def test_what_has_no_start_is_left_out_when_a_time_is_asked_for_and_counted() -> None:
    assert ("c", "d") not in selected(since=date(2000, 1, 1))
    assert undated(DATED, agreements(("a", "b"), ("b", "c", date(2001, 1, 1)))) == (1, 1)


def test_agreements_are_selected_by_time_too() -> None:
    formal = agreements(("a", "b", date(2001, 1, 1)), ("b", "c", date(2001, 1, 1), date(2020, 1, 1)), ("c", "d"))
    assert pairs(ties(participations(), formal, Selection(as_of=date(2006, 1, 1)))) == [("b", "c")]


def test_roles_and_activities_and_organizations_are_selected() -> None:
    assert selected(roles=["host"]) == [("a", "b")]
    assert selected(activities=["open", "long"]) == [("a", "b"), ("b", "c")]
    assert selected(organizations=["c", "d"]) == [("c", "d")]
    assert selected(exclude=["b"]) == [("c", "d")]


def test_who_is_left_out_is_no_participant_of_what_remains() -> None:
    rows = participations(("a", "x"), ("b", "x"), ("hub", "x"))
    assert ties(rows, selection=Selection(exclude=["hub"]))["strength"].to_list() == [1.0]


def test_a_least_number_of_shared_activities_keeps_the_stronger_ties() -> None:
    assert ties(davis(), selection=Selection(min_shared=6)).height == 8


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"window": 4}, "The window is 3, 5 or 7 years, not 4."),
        (
            {"as_of": date(2020, 1, 1), "since": date(2019, 1, 1)},
            "Give one day (as of) or an interval (since, until), not both.",
        ),
        (
            {"since": date(2020, 1, 1), "until": date(2019, 1, 1)},
            "The interval ends on 2019-01-01, before it starts: swap since and until.",
        ),
        ({"min_shared": -1}, "The least number of shared activities is 0 or more, not -1."),
    ],
)
def test_an_impossible_selection_is_refused(chosen: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        Selection(**chosen)
    assert str(refused.value) == message


FORMAL = agreements(("Evelyn Jefferson", "Zora"), ("Flora Price", "Olivia Carleton"))


def test_the_order_of_rows_does_not_matter() -> None:
    shuffled = ties(davis().sample(fraction=1, shuffle=True, seed=7), FORMAL.reverse())
    assert ties(davis(), FORMAL).equals(shuffled, null_equal=True)


@pytest.mark.parametrize(("make", "kind"), [(pl.DataFrame.lazy, pl.LazyFrame), (pl.DataFrame.to_arrow, pa.Table)])
def test_a_frame_comes_back_as_the_kind_that_went_in(make: Callable[[pl.DataFrame], Any], kind: type[Any]) -> None:
    tied = ties(make(davis()), make(FORMAL))
    assert isinstance(tied, kind)
    frame = tied.collect() if isinstance(tied, pl.LazyFrame) else pl.DataFrame(tied)
    assert frame.equals(ties(davis(), FORMAL))


@pytest.mark.parametrize("make", [pl.DataFrame.lazy, pl.DataFrame.to_arrow])
def test_the_status_is_the_same_in_every_frame(make: Callable[[pl.DataFrame], Any]) -> None:
    days = (None, date(2010, 1, 1), date(2015, 2, 28), date(2015, 3, 1), date(2020, 2, 27), DAY, date(2020, 2, 29))
    dates = enumerate(product(days, days))
    rows = participations(*((f"{who}{number}", f"x{number}", "", *both) for number, both in dates for who in "ab"))
    formal = agreements(("a0", "b0", DAY), ("a1", "b1"))
    tied = ties(make(rows), make(formal), Selection(today=DAY))
    frame = tied.collect() if isinstance(tied, pl.LazyFrame) else pl.DataFrame(tied)
    assert frame.equals(ties(rows, formal, Selection(today=DAY)))


def test_the_given_frames_are_not_changed() -> None:
    rows, formal = davis(), FORMAL.clone()
    ties(rows, formal, Selection(min_shared=2))
    assert rows.equals(davis())
    assert formal.equals(FORMAL)


def test_more_pairs_than_the_limit_are_refused_before_they_are_made() -> None:
    with pytest.raises(UsageProblem) as refused:
        ties(davis(), limit=321)
    assert str(refused.value) == (
        "These activities make up to 322 pairs, more than the limit of 321; that takes about 0.0 GB of memory. "
        "Select less (by time, region, competence, role or kind), exclude the organizations that take part in "
        "nearly everything, or raise the limit."
    )


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UsageProblem) as refused:
        ties(pl.DataFrame({"organisation": ["a"], "activity": ["x"]}))
    assert str(refused.value) == (
        'Needed is a column "organization"; there are organisation, activity. Did you mean "organisation"?'
    )


def test_texts_in_place_of_dates_are_refused() -> None:
    rows = davis().with_columns(started=pl.lit("2014-07-30"))
    with pytest.raises(UsageProblem) as refused:
        ties(rows)
    assert str(refused.value) == 'Column "started" holds String, not dates: turn its values into dates first.'


def test_a_hub_is_named_with_the_way_to_leave_it_out() -> None:
    rows = participations(*(("hub", f"x{number}") for number in range(6)), ("a", "x0"))
    assert caveats(rows, names={"hub": "The Hub"}) == (
        "The Hub takes part in 6 activities, 100% of all: it ties everybody to itself and to each other (--exclude hub "
        "leaves it out).",
    )


def test_half_of_the_activities_make_no_hub() -> None:
    rows = participations(*(("hub", f"x{number}") for number in range(3)), *(("a", f"y{n}") for n in range(3)))
    assert caveats(rows) == ()


def test_among_four_activities_there_is_no_hub() -> None:
    assert hubs(participations(*(("a", f"x{number}") for number in range(4)))).is_empty()


def test_what_a_time_leaves_out_or_presumes_is_said() -> None:
    rows = participations(("a", "x"), ("b", "y", "", date(2014, 1, 1)))
    assert caveats(rows, agreements(("a", "b")), Selection(since=date(2010, 1, 1), window=3)) == (
        "Without a start date, and left out because a time was asked for: activities 1, agreements 1.",
        "Where no end is known, 3 years from the start are presumed.",
    )


DAYS = st.none() | st.dates(date(2008, 1, 1), date(2024, 12, 31))
IDS = st.sampled_from("abcdef")
ACTIVITIES = st.dictionaries(st.sampled_from("uvwxyz"), st.tuples(DAYS, DAYS), min_size=1)
SELECTIONS = st.one_of(
    st.builds(
        Selection,
        window=st.sampled_from((3, 5, 7)),
        as_of=DAYS,
        today=DAYS,
        roles=st.none() | st.just(["host"]),
        exclude=st.lists(IDS, max_size=1),
    ),
    st.builds(
        Selection,
        since=st.none() | st.dates(date(2008, 1, 1), date(2015, 1, 1)),
        until=st.none() | st.dates(date(2015, 1, 2), date(2024, 1, 1)),
        organizations=st.none() | st.sets(IDS),
        activities=st.none() | st.sets(st.sampled_from("uvwxyz")),
        min_shared=st.integers(0, 2),
        today=DAYS,
    ),
)


def is_active(started: date | None, ended: date | None, chosen: Selection) -> bool:
    """Whether something counts, day by day."""
    since, until = chosen.interval
    if since is None and until is None:
        return True
    if started is None:
        return False
    end = ended or presumed_end(started, chosen.window)
    return (until is None or started <= until) and (since is None or end >= since)


def presumed_end(started: date, window: int) -> date:
    """The day before the anniversary; of 29 February, where there is none, 28 February."""
    early = min(started.day, 28)
    return date(started.year + window, started.month, early) + timedelta(days=started.day - early - 1)


def status_of(told: Iterable[tuple[date | None, date | None]], chosen: Selection) -> str | None:
    """The status of a tie from the start and end of each of its activities and agreements."""
    day, found = chosen.day, set()
    for started, ended in told if day else ():
        if started and started > day:
            found.add("planned")
        elif ended and ended < day:
            found.add("ended")
        elif started:
            over = ended is None and presumed_end(started, chosen.window) < day
            found.add("presumed ended" if over else "active")
    return next((word for word in ("active", "planned", "presumed ended", "ended") if word in found), None)


def is_in(organization: str, chosen: Selection) -> bool:
    """Whether an organization counts."""
    return organization not in chosen.exclude and (chosen.organizations is None or organization in chosen.organizations)


def brute(
    rows: Iterable[tuple[Any, ...]], formal: Iterable[tuple[Any, ...]], chosen: Selection
) -> dict[tuple[str, str], tuple[Any, ...]]:
    """The figures of all ties, pair by pair, from their definitions."""
    members: dict[str, set[str]] = defaultdict(set)
    dates: dict[str, tuple[date | None, date | None]] = {}
    for who, what, role, started, ended in rows:
        counts = (chosen.roles is None or role in chosen.roles) and (
            chosen.activities is None or what in chosen.activities
        )
        if counts and is_in(who, chosen) and is_active(started, ended, chosen):
            members[what].add(who)
            dates[what] = started, ended
    agreed: dict[tuple[str, str], list[tuple[date | None, date | None]]] = defaultdict(list)
    for one, other, started, ended in formal:
        if one != other and is_in(one, chosen) and is_in(other, chosen) and is_active(started, ended, chosen):
            agreed[min(one, other), max(one, other)].append((started, ended))
    everybody = set().union(*members.values(), *agreed)
    found = {}
    for one, other in combinations(sorted(everybody), 2):
        common = [what for what in members if {one, other} <= members[what]]
        degree = [sum(who in inside for inside in members.values()) for who in (one, other)]
        told = [dates[what] for what in common] + agreed.get((one, other), [])
        if not common and (one, other) not in agreed:
            continue
        if len(common) < chosen.least_shared:
            continue
        found[one, other] = (
            len(common),
            sum(1 / (len(members[what]) - 1) for what in common),
            len(common) / (sum(degree) - len(common)) if common else 0.0,
            len(common) / min(degree) if common else 0.0,
            min((started.year for started, _ in told if started), default=None),
            max(((ended or started).year for started, ended in told if ended or started), default=None),
            status_of(told, chosen),
            ("both" if common else "formal") if (one, other) in agreed else "shared",
        )
    return found


@given(
    ACTIVITIES,
    st.lists(st.tuples(IDS, st.sampled_from("uvwxyz"), st.sampled_from(("host", "guest")))),
    st.lists(st.tuples(IDS, IDS, DAYS, DAYS), max_size=4),
    SELECTIONS,
)
@settings(deadline=None)
def test_ties_are_those_of_the_definitions(
    activities: dict[str, tuple[date | None, date | None]],
    took_part: list[tuple[str, str, str]],
    formal: list[tuple[Any, ...]],
    chosen: Selection,
) -> None:
    rows = [(*row, *activities.get(row[1], (None, None))) for row in took_part]
    tied = ties(participations(*rows), agreements(*formal), chosen)
    expected = brute(rows, formal, chosen)
    assert {row[:2] for row in tied.rows()} == set(expected)
    for source, target, shared, strength, *others in tied.rows():
        reference = expected[source, target]
        assert (shared, *others) == (reference[0], *reference[2:])
        assert strength == pytest.approx(reference[1], abs=1e-11)
