"""Ties by year: small histories that can be followed by eye, and every year of every pair by its definition."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.analysis.ties.alliances import ties
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.analysis.ties.selection import WINDOWS, Selection
from graphmodel.analysis.trends.trends import trends
from graphmodel.errors import UsageProblem
from tests.data import cordis

DATES = {"started": pl.Date, "ended": pl.Date}
PARTICIPATIONS = {"organization": pl.String, "activity": pl.String, **DATES}
AGREEMENTS = {"source": pl.String, "target": pl.String, **DATES}
ORGANIZATIONS = pl.DataFrame({"id": ["a", "b", "c"], "name": ["Alpha", "Beta", "Gamma"]})

Dates = tuple[date | None, date | None]


def made(
    activities: Iterable[tuple[str, date | None, date | None]],
    formal: Sequence[tuple[Any, ...]] = (),
    **chosen: Any,
) -> Partnerships:
    """Activities, each told by its participants (a letter each) and its dates; agreements; what counts."""
    numbered = enumerate(activities)
    rows = [(who, f"x{number}", *dates) for number, (together, *dates) in numbered for who in together]
    return Partnerships(
        pl.DataFrame(rows, schema=PARTICIPATIONS, orient="row"),
        ORGANIZATIONS,
        agreements=pl.DataFrame(formal, schema=AGREEMENTS, orient="row"),
        selection=Selection(**chosen),
    )


def by_year(partnerships: Partnerships, *columns: str) -> dict[int, tuple[int, ...]]:
    """Columns of the table by year."""
    return {row[0]: row[1:] for row in trends(partnerships).table.select("year", *columns).rows()}


CHANGES = ("active", "new", "renewed", "persistent", "extended", "lost")
HISTORY = (
    ("ab", date(2010, 6, 1), date(2011, 6, 1)),
    ("abc", date(2014, 1, 1), date(2015, 12, 31)),
    ("ab", date(2016, 1, 1), date(2016, 2, 1)),
    ("bc", date(2018, 5, 1), date(2018, 5, 1)),
)


def test_ties_are_new_persist_are_lost_and_renewed() -> None:
    assert by_year(made(HISTORY), *CHANGES) == {
        2010: (1, 1, 0, 0, 0, 0),
        2011: (1, 0, 0, 1, 0, 0),
        2012: (0, 0, 0, 0, 0, 1),
        2013: (0, 0, 0, 0, 0, 0),
        2014: (3, 2, 1, 0, 0, 0),
        2015: (3, 0, 0, 3, 0, 0),
        2016: (1, 0, 0, 1, 1, 2),
        2017: (0, 0, 0, 0, 0, 1),
        2018: (1, 0, 1, 0, 0, 0),
    }


def test_organizations_enter_with_their_first_tie_leave_with_the_last_and_come_back() -> None:
    found = by_year(made(HISTORY), "organizations", "entered", "left", "starts")
    assert found[2010] == (2, 2, 0, 1)
    assert found[2012] == (0, 0, 2, 0)
    assert found[2014] == (3, 3, 0, 1)
    assert found[2016] == (2, 0, 1, 1)
    assert found[2018] == (2, 2, 0, 1)


def test_the_changes_of_a_year_are_listed_with_the_names() -> None:
    assert trends(made(HISTORY), year=2014).table.rows() == [
        ("a", "Alpha", "c", "Gamma", "new", False, 2014, 2015),
        ("b", "Beta", "c", "Gamma", "new", False, 2014, 2018),
        ("a", "Alpha", "b", "Beta", "renewed", False, 2010, 2016),
    ]
    assert trends(made(HISTORY), year=2016).table.rows() == [
        ("a", "Alpha", "b", "Beta", "extended", False, 2010, 2016),
        ("a", "Alpha", "c", "Gamma", "lost", False, 2014, 2015),
        ("b", "Beta", "c", "Gamma", "lost", False, 2014, 2018),
    ]


def test_who_is_not_among_the_organizations_goes_by_its_id() -> None:
    table = trends(made([("az", date(2010, 1, 1), None)]), year=2010).table
    assert table.row(0) == ("a", "Alpha", "z", "z", "new", False, 2010, 2010)


@pytest.mark.parametrize(("started", "years"), [(date(2010, 1, 1), 3), (date(2010, 1, 2), 4)])
def test_without_an_end_a_tie_is_active_for_the_window_from_its_very_day(started: date, years: int) -> None:
    found = by_year(made([("ab", started, None), ("bc", date(2020, 1, 1), None)], window=3), "active", "lost")
    assert [year for year, (active, _) in found.items() if active] == [*range(2010, 2010 + years), 2020]
    assert found[2010 + years] == (0, 1)


def test_what_depends_on_the_window_is_told() -> None:
    known = made(
        [("ab", date(2010, 1, 1), None), ("ab", date(2016, 7, 1), date(2016, 9, 1)), ("ac", date(2016, 1, 1), None)]
    )
    columns = ("active_3", "active_5", "active_7", "lost_3", "lost_5", "lost_7", "presumed", "renewed")
    found = by_year(known, *columns)
    assert found[2013] == (0, 1, 1, 1, 0, 0, 1, 0)
    assert found[2015] == (0, 0, 1, 0, 1, 0, 0, 0)
    assert found[2016] == (2, 2, 2, 0, 0, 0, 0, 1)
    assert trends(known, year=2016).table["presumed"].to_list() == [False, True]
    assert trends(made([("ab", date(2010, 1, 1), None)], until=date(2020, 1, 1)), year=2015).table.rows() == [
        ("a", "Alpha", "b", "Beta", "lost", True, 2010, 2010)
    ]


def test_two_starts_of_a_pair_in_a_year_extend_one_tie() -> None:
    further = [("ab", date(2011, month, 1), date(2011, 12, 1)) for month in (2, 3)]
    known = made([("ab", date(2010, 1, 1), date(2012, 1, 1)), *further])
    assert by_year(known, "extended", "starts")[2011] == (1, 2)
    assert trends(known, year=2011).table["change"].to_list() == ["extended"]


def test_agreements_tie_as_activities_do() -> None:
    known = made([("ab", date(2010, 1, 1), date(2010, 2, 1))], [("b", "a", date(2011, 1, 1), date(2012, 1, 1))])
    assert by_year(known, "active", "extended") == {2010: (1, 0), 2011: (1, 1)}


def test_with_a_least_number_of_activities_only_pairs_that_reach_it_and_no_agreements_count() -> None:
    formal = [("b", "a", date(2000, 1, 1), date(2030, 1, 1))]
    assert by_year(made(HISTORY, formal, min_shared=2), "active")[2014] == (2,)
    assert by_year(made(HISTORY, formal, min_shared=3), "active") == {
        year: (int(year in (2010, 2011, 2014, 2015, 2016)),) for year in range(2010, 2017)
    }


def test_the_table_ends_with_the_last_start_or_today() -> None:
    ahead = [("ab", date(2010, 1, 1), date(2030, 1, 1)), ("ab", date(2014, 1, 1), None), ("bc", date(2020, 1, 1), None)]
    assert list(by_year(made(ahead[:2], today=date(2024, 1, 1)))) == [*range(2010, 2015)]
    assert list(by_year(made(ahead, today=date(2016, 1, 1)))) == [*range(2010, 2017)]
    assert list(by_year(made(ahead))) == [*range(2010, 2021)]


def test_the_years_asked_for_are_told_with_what_was_before() -> None:
    asked = {"since": date(2014, 5, 1), "until": date(2019, 5, 1)}
    found = by_year(made(HISTORY, **asked), "renewed", "lost")
    assert found == {2014: (1, 0), 2015: (0, 0), 2016: (0, 2), 2017: (0, 1), 2018: (1, 0), 2019: (0, 1)}
    assert list(by_year(made(HISTORY, as_of=date(2012, 1, 1)))) == [2010, 2011, 2012]


def test_the_last_full_year_is_put_in_words() -> None:
    known = made([*HISTORY, ("ac", date(2017, 4, 1), None)], today=date(2018, 6, 1))
    assert trends(known).words == (
        "2017: 0 new ties, 1 renewed, 0 persistent, 1 lost.",
        "New: never tied before. Renewed: tied again, after a year or more without. Persistent: tied in the year "
        "before too. Extended: persistent, and something further started. Lost: tied in the year before, no longer.",
        "Most were active in 2014: 3 ties.",
        "2018 is not over yet: what else it brings is not in these data.",
    )


def test_presumed_ends_and_the_range_of_losses_are_put_in_words() -> None:
    known = made([("ab", date(2010, 1, 1), None), ("bc", date(2015, 1, 1), None), ("ac", date(2009, 5, 1), None)])
    assert (
        trends(known).words[0] == "2015: 1 new tie, 0 renewed, 0 persistent, 2 lost (0 to 2, depending on the window)."
    )
    assert trends(known, year=2014).words[0::2][:2] == (
        "2014: 0 new ties, 0 renewed, 2 persistent (0 of them extended), 0 lost.",
        "Of the 2 ties active in 2014, 2 may have ended: no end is known, and 5 years from the start are presumed.",
    )


def test_where_the_data_peter_out_this_is_said() -> None:
    many = [("ab", date(2010, month, 1), date(2010, 12, 1)) for month in (1, 2, 3)]
    assert trends(made([*many, ("ac", date(2011, 1, 1), None)])).words[-1] == (
        "Few activities and agreements start in 2011 (1, after 3 in the year before): the data may be incomplete "
        "there, and ties look lost that went on."
    )
    later = trends(made(many, until=date(2012, 12, 31)))
    assert later.words[0].startswith("2010: 1 new tie, ")
    assert later.words[-1] == (
        "Nothing starts after 2010 in these data: ties lost later may have been renewed without a record."
    )


def test_what_has_no_start_or_ends_before_it_is_left_out_and_counted() -> None:
    known = made(
        [("ab", date(2010, 1, 1), None), ("ab", None, date(2011, 1, 1)), ("bc", date(2012, 1, 1), date(2011, 1, 1))],
        [("a", "c", None, None), ("a", "a", None, None)],
    )
    found = trends(known)
    assert found.table.select("year", "active").rows() == [(2010, 1)]
    assert found.words[-1] == "Left out, for want of a start or with an end before it: activities 2, agreements 1."


@pytest.mark.parametrize(
    ("partnerships", "words"),
    [
        (made([]), ("No two organizations are tied within this filter, so there is nothing to tell by year.",)),
        (
            made([("ab", None, None)]),
            (
                "No tie has a start, so none can be told by year.",
                "Left out, for want of a start or with an end before it: activities 1, agreements 0.",
            ),
        ),
        (
            made([("ab", date(2010, 1, 1), None)], today=date(2009, 1, 1)),
            ("The first tie starts in 2010: nothing is tied in the years that were asked for.",),
        ),
    ],
)
def test_where_there_is_nothing_to_tell_this_is_said(partnerships: Partnerships, words: tuple[str, ...]) -> None:
    found = trends(partnerships)
    assert (found.table.height, found.words) == (0, words)
    assert found.table.columns == trends(made(HISTORY)).table.columns


def test_a_year_outside_the_table_is_refused() -> None:
    with pytest.raises(UsageProblem) as refused:
        trends(made(HISTORY), year=2020)
    assert str(refused.value) == "No tie is counted in 2020: choose a year from 2010 to 2018."


def test_too_many_pairs_are_refused_before_they_are_made() -> None:
    crowd = pl.DataFrame({"organization": [f"{number}" for number in range(10_001)]}).with_columns(activity=pl.lit("x"))
    with pytest.raises(UsageProblem, match="make up to 50,005,000 pairs, more than the limit of 50,000,000"):
        trends(Partnerships(crowd, ORGANIZATIONS))


def test_the_ties_of_horizon_2020_in_a_year_are_those_that_a_filter_keeps() -> None:
    rows = cordis()
    known = Partnerships(rows, rows.select(id="organization", name="organization").unique())
    within = Selection(since=date(2018, 1, 1), until=date(2018, 12, 31))
    found = by_year(known, "active", "new", "lost")
    assert found[2018][0] == ties(rows, selection=within).height
    assert sum(new for _, new, _ in found.values()) == ties(rows.drop_nulls("started")).height
    assert trends(known, year=2018).table["change"].eq("lost").sum() == found[2018][2]


SPAN = {"since": date(2009, 1, 1), "until": date(2023, 12, 31)}
DAYS = (
    st.none() | st.dates(date(2010, 1, 1), date(2015, 12, 31)) | st.sampled_from((date(2012, 2, 29), date(2013, 1, 1)))
)
TOGETHER = st.lists(st.tuples(st.sampled_from(("ab", "ac", "bc", "abc", "cd", "a")), DAYS, DAYS), max_size=8)
FORMAL = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), DAYS, DAYS), max_size=4)


def lasts(dates: Dates, year: int, window: int) -> bool:
    """Whether something is in force on a day of the year; presumed to the day before the anniversary."""
    started, ended = dates
    if started is None:
        return False
    early = min(started.day, 28)
    presumed = date(started.year + window, started.month, early) + timedelta(days=started.day - early - 1)
    return started <= date(year, 12, 31) and (ended or presumed) >= date(year, 1, 1)


def begins(dates: Dates, year: int) -> bool:
    """Whether something starts in the year, and does not end in one before."""
    started, ended = dates
    return started is not None and started.year == year and (ended or started).year >= year


def begun(every: list[Dates]) -> list[date]:
    """The starts of what does not end in a year before it."""
    return [started for started, ended in every if started and (ended or started).year >= started.year]


def tied(told: dict[Any, list[Dates]], window: int) -> dict[int, set[Any]]:
    """The pairs with something in force, by year."""
    years = range(2008, 2024)
    return {year: {pair for pair in told if any(lasts(dates, year, window) for dates in told[pair])} for year in years}


def dated(activities: Iterable[tuple[str, Any, Any]], formal: Iterable[tuple[Any, ...]]) -> dict[Any, list[Dates]]:
    """The dates of all that ties each pair."""
    told: dict[Any, list[Dates]] = {}
    for together, *dates in activities:
        for pair in combinations(sorted(together), 2):
            told.setdefault(pair, []).append((dates[0], dates[1]))
    for one, other, *dates in formal:
        if one != other:
            told.setdefault((min(one, other), max(one, other)), []).append((dates[0], dates[1]))
    return told


def certain(told: dict[Any, list[Dates]]) -> dict[Any, list[Dates]]:
    """The same, ended on the day of its start where no end is known."""
    return {pair: [(started, ended or started) for started, ended in every] for pair, every in told.items()}


@given(TOGETHER, FORMAL, st.sampled_from(WINDOWS))
@settings(deadline=None)
def test_each_year_of_each_pair_is_as_defined(
    activities: list[tuple[str, Any, Any]], formal: list[tuple[Any, ...]], window: int
) -> None:
    told = dated(activities, formal)
    active, sure = tied(told, window), tied(certain(told), window)
    by_window = {other: tied(told, other) for other in WINDOWS}
    several = [(started, ended) for together, started, ended in activities if len(together) > 1]
    several += [(started, ended) for one, other, started, ended in formal if one != other]
    table = trends(made(activities, formal, window=window, **SPAN)).table
    assert table["year"].to_list() == (list(range(2009, 2024)) if any(map(begun, told.values())) else [])
    for row in table.rows(named=True):
        year = row["year"]
        now, before = active[year], active[year - 1]
        ever = set().union(*(active[earlier] for earlier in range(2008, year)))
        started = {pair for pair in now if any(begins(dates, year) for dates in told[pair])}
        members, members_before = ({who for pair in pairs for who in pair} for pairs in (now, before))
        assert row == {
            "year": year,
            "active": len(now),
            "new": len(now - ever),
            "renewed": len((now & ever) - before),
            "persistent": len(now & before),
            "extended": len(before & started),
            "lost": len(before - now),
            "presumed": len(now - sure[year]),
            "organizations": len(members),
            "entered": len(members - members_before),
            "left": len(members_before - members),
            "starts": sum(begins(dates, year) for dates in several),
            **{f"active_{other}": len(then[year]) for other, then in by_window.items()},
            **{f"lost_{other}": len(then[year - 1] - then[year]) for other, then in by_window.items()},
        }


@given(TOGETHER, FORMAL, st.sampled_from(WINDOWS), st.integers(2010, 2022))
@settings(deadline=None)
def test_the_changes_of_a_year_are_as_defined(
    activities: list[tuple[str, Any, Any]], formal: list[tuple[Any, ...]], window: int, year: int
) -> None:
    told = dated(activities, formal)
    known = made(activities, formal, window=window, **SPAN)
    if trends(known).table.is_empty():
        return
    active, sure = tied(told, window), tied(certain(told), window)
    now, before = active[year], active[year - 1]
    ever = set().union(*(active[earlier] for earlier in range(2008, year)))
    started = {pair for pair in now & before if any(begins(dates, year) for dates in told[pair])}
    last = {pair: max(earlier for earlier in range(2008, year) if pair in active[earlier]) for pair in ever}
    expected = [
        *((*pair, "new", False) for pair in sorted(now - ever)),
        *((*pair, "renewed", pair not in sure[last[pair]]) for pair in sorted((now & ever) - before)),
        *((*pair, "extended", False) for pair in sorted(started)),
        *((*pair, "lost", pair not in sure[last[pair]]) for pair in sorted(before - now)),
    ]
    listed = trends(known, year=year).table
    assert listed.select("source", "target", "change", "presumed").rows() == expected


@given(TOGETHER, FORMAL, st.sampled_from(WINDOWS))
@settings(deadline=None, max_examples=30)
def test_a_year_has_the_ties_that_a_filter_keeps(
    activities: list[tuple[str, Any, Any]], formal: list[tuple[Any, ...]], window: int
) -> None:
    known = made(activities, formal, window=window)
    years = trends(known).table.select("year", "active").rows()
    starts = [started.year for every in dated(activities, formal).values() for started in begun(every)]
    assert [year for year, _ in years] == (list(range(min(starts), max(starts) + 1)) if starts else [])
    for year, active in years:
        chosen = Selection(since=date(year, 1, 1), until=date(year, 12, 31), window=window)
        assert ties(known.participations, known.agreements, chosen).height == active


@given(TOGETHER, FORMAL, st.randoms())
@settings(deadline=None)
def test_any_order_of_rows_gives_the_same(
    activities: list[tuple[str, Any, Any]], formal: list[tuple[Any, ...]], order: Random
) -> None:
    known = made(activities, formal)
    rows, agreed = known.participations.rows(), known.agreements.rows()
    order.shuffle(rows)
    order.shuffle(agreed)
    frames = (pl.DataFrame(rows, schema=PARTICIPATIONS, orient="row"), pl.DataFrame(agreed, AGREEMENTS, orient="row"))
    shuffled = Partnerships(frames[0], ORGANIZATIONS, agreements=frames[1])
    found = trends(known)
    assert trends(shuffled).table.equals(found.table)
    assert trends(shuffled).words == found.words
    if not found.table.is_empty():
        year = int(found.table["year"][-1])
        assert trends(shuffled, year=year).table.equals(trends(known, year=year).table)


def test_the_given_frames_are_not_changed() -> None:
    known, same = made(HISTORY), made(HISTORY)
    trends(known)
    trends(known, year=2014)
    assert known.participations.equals(same.participations)
    assert known.organizations.equals(same.organizations)
