"""Recommendation: each term on networks that can be checked by eye, and by networkx."""

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.stats import hypergeom

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.recommendation import closeness, terms
from graphmodel.analysis.recommendation.evidence import evidence
from graphmodel.analysis.recommendation.recommend import recommend
from graphmodel.analysis.structure.engine import arrays
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from tests import small

CHOSEN = np.arange(12)


def tied(graph: nx.Graph) -> sparse.csr_array:
    """The matrix of ties, in the order of the ids as texts."""
    return arrays(graph).matrix().astype(bool).astype(np.int64)


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Graphs of 12 nodes whose names sort as their numbers do."""
    ties = draw(st.integers(0, 40))
    return nx.relabel_nodes(nx.gnm_random_graph(12, ties, seed=draw(st.integers(0, 1000))), lambda node: f"{node:02}")


def by_networkx(graph: nx.Graph, index: str) -> dict[tuple[str, str], float]:
    """The index of all pairs, as networkx computes it."""
    pairs = [(u, v) for u in graph for v in graph if u < v]
    return {(u, v): value for u, v, value in getattr(nx, index)(graph, pairs)}


def known(rows: list[tuple[str, str, str]]) -> Partnerships:
    """Partnerships of organization, activity and role; the names are the ids."""
    frame = pl.DataFrame(rows, schema=["organization", "activity", "role"], orient="row")
    ids = frame["organization"].unique().sort()
    return Partnerships(frame, pl.DataFrame({"id": ids, "name": ids.str.to_uppercase()}))


def of(found: Finding, name: str) -> dict[str, Any]:
    """The row of an organization."""
    (row,) = found.table.filter(pl.col("name") == name).iter_rows(named=True)
    return row


def test_the_closest_strangers_of_the_karate_club_are_the_published_ones() -> None:
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda node: f"{node + 1:02}")
    close = closeness.adamic_adar(tied(club), np.arange(34))
    close[tied(club).toarray() > 0] = 0
    pairs = sorted(((close[i, j], i + 1, j + 1) for i in range(34) for j in range(i)), reverse=True)[:2]
    assert [(round(value, 4), i, j) for value, i, j in pairs] == [(4.7194, 34, 3), (2.7110, 34, 1)]


@given(graphs())
@settings(deadline=None)
def test_the_figures_of_closeness_are_those_of_networkx(graph: nx.Graph) -> None:
    figures = {
        "adamic_adar_index": closeness.adamic_adar,
        "resource_allocation_index": closeness.resource_allocation,
        "preferential_attachment": closeness.degree_product,
    }
    for index, figure in figures.items():
        block = figure(tied(graph), CHOSEN)
        for (u, v), value in by_networkx(graph, index).items():
            assert block[int(u), int(v)] == pytest.approx(value, abs=1e-12)
    common = closeness.common_neighbours(tied(graph), CHOSEN)
    assert all(common[int(u), int(v)] == len(list(nx.common_neighbors(graph, u, v))) for u in graph for v in graph)


@given(graphs())
@settings(deadline=None)
def test_ways_of_three_steps_are_those_that_can_be_walked(graph: nx.Graph) -> None:
    block = closeness.three_steps(tied(graph), CHOSEN)
    for i in graph:
        for j in graph:
            ways = ((u, v) for u in graph[i] for v in graph[j] if graph.has_edge(u, v))
            walked = sum(1 / np.sqrt(graph.degree(u) * graph.degree(v)) for u, v in ways)
            assert block[int(i), int(j)] == pytest.approx(walked, abs=1e-12)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("uvwxyz"), st.sampled_from(["lead", "funder"]))))
@settings(deadline=None)
def test_every_term_is_from_0_to_1(rows: list[tuple[str, str, str]]) -> None:
    made = evidence(known(rows or [("a", "x", "lead")]))
    for block in terms.values(made, np.arange(len(made.ids))).values():
        assert block.min() >= 0
        assert block.max() <= 1


def test_who_would_add_what_and_who_is_known_to_both_is_named() -> None:
    found = recommend(small.partnerships(), "Alpha")
    assert sorted(found.table["name"]) == ["Epsilon", "Eta", "Zeta"]
    row = of(found, "Epsilon")
    assert (row["mutual"], row["mutual_partners"]) == (1, ["Delta"])
    assert (row["areas_added"], row["added_areas"]) == (1, ["Health"])
    assert (row["regions_added"], row["added_regions"]) == (0, [])
    assert (row["activities"], row["first"], row["last"]) == (2, 2016, 2020)
    assert (
        row["why"]
        == "Works on Health, which you lack; knows 1 of your partners (Delta); works in Kenya, too; active from 2016, "
        "lately in 2020."
    )


def test_a_place_counts_as_its_country_and_a_wider_region_is_had_with_what_lies_in_it() -> None:
    # Delta is in Nairobi, which is in Kenya; Epsilon is in Nairobi and Nepal
    row = of(recommend(small.partnerships(), "Zeta"), "Epsilon")
    assert row["added_regions"] == ["Kenya"]
    assert row["added_areas"] == []


def test_the_figures_of_closeness_stand_beside_the_terms() -> None:
    row = of(recommend(small.partnerships(), "Alpha"), "Epsilon")
    # Delta, the one partner in common, has four partners: Alpha, Beta, Gamma, Epsilon
    assert row["adamic_adar"] == pytest.approx(1 / np.log(4))
    assert row["resource_allocation"] == pytest.approx(1 / 4)


def test_partners_with_whom_much_is_shared_bring_closer() -> None:
    # a and c share x with the hub, b shares four activities with it and c two; the hub has strength 1 + 1 + 2
    rows = [("a", "x"), ("h", "x"), ("c", "x"), *((who, f"y{n}") for n in range(4) for who in "bh")]
    made = evidence(known([(who, activity, "") for who, activity in rows]))
    a, b, h = (made.ids.index(who) for who in "abh")
    assert made.shared[[b]].toarray()[0, h] == 4
    assert closeness.by_strength(made.shared, np.array([a]))[0, b] == pytest.approx(1 * 2 / np.sqrt(1 + 1 + 2))


@given(graphs())
@settings(deadline=None)
def test_closeness_by_strength_is_the_sum_over_partners_in_common(graph: nx.Graph) -> None:
    for number, (u, v) in enumerate(graph.edges):
        graph[u][v]["shared"] = 1 + number % 3
    ties = nx.to_scipy_sparse_array(graph, sorted(graph), weight="shared", dtype=float).tocsr()
    block = closeness.by_strength(ties, CHOSEN)
    root = {(u, v): np.sqrt(graph[u][v]["shared"]) for u in graph for v in graph[u]}
    for i in graph:
        for j in graph:
            shared = [k for k in graph[i] if k in graph[j]]
            summed = sum(root[i, k] * root[k, j] / np.sqrt(sum(root[k, other] for other in graph[k])) for k in shared)
            assert block[int(i), int(j)] == pytest.approx(summed, abs=1e-9)


def test_activity_recency_and_what_is_added_are_scaled_as_documented() -> None:
    row = of(recommend(small.partnerships(), "Alpha"), "Epsilon")
    # three activities and two; the last of Epsilon began in 2020, the last of all in 2021; one area is added
    assert row["activity"] == pytest.approx((3 / 6 + 2 / 5) / 2)
    assert row["recency"] == pytest.approx(2**-0.5)
    assert row["adds"] == pytest.approx(1 / 3)


def test_the_score_is_the_sum_of_the_terms_by_their_weights() -> None:
    for text in ("", "closeness=2,fit=1", "adds=5, avoided=-1"):
        weights = terms.weighed(text)
        table = recommend(small.partnerships(), "Alpha", weights=text).table
        sums = table.select(pl.sum_horizontal(pl.col(name) * weight for name, weight in weights.items())).to_series()
        assert table["score"].to_list() == pytest.approx(sums.to_list())
        assert table["score"].is_sorted(descending=True)


def test_weights_decide_who_comes_first() -> None:
    alone = ",".join(f"{name}=0" for name in terms.TERMS)
    for term, name in {"recency": "Zeta", "circle": "Epsilon", "activity": "Epsilon", "fit": "Zeta"}.items():
        assert recommend(small.partnerships(), "Alpha", weights=f"{alone},{term}=1").table["name"][0] == name


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "closenes=2",
            'The score has no term "closenes". Did you mean "closeness"? There are: closeness, circle, activity, '
            "recency, kinds, seats, fit, volume, adds, one_funder, avoided. Write weights as closeness=2,fit=1.",
        ),
        ("fit=much", 'The weight of fit is no number: "much". Write weights as closeness=2,fit=1.'),
        ("fit", 'The weight of fit is no number: "". Write weights as closeness=2,fit=1.'),
        ("fit=inf", 'The weight of fit is no number: "inf". Write weights as closeness=2,fit=1.'),
    ],
)
def test_weights_that_cannot_be_read_are_refused(text: str, message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        recommend(small.partnerships(), "Alpha", weights=text)
    assert str(refused.value) == message


def test_types_that_are_tied_more_often_than_any_two_count_more() -> None:
    # four leads and four implementers; each lead is tied to two implementers, nobody to its like
    rows = [(who, f"x{n}", role) for n in range(4) for who, role in ((f"l{n}", "lead"), (f"i{n}", "implementer"))]
    rows += [(who, f"y{n}", role) for n in range(4) for who, role in ((f"l{n}", "lead"), (f"i{n - 1}", "implementer"))]
    rows = [(who.replace("i-1", "i3"), activity, role) for who, activity, role in rows]
    made = evidence(known(rows))
    assert made.type_names == ["implementer", "lead"]
    # of 56 ordered pairs 16 are tied; 8 of the 16 from a lead to an implementer, none of the 12 from a lead to a lead
    across, within = (8 + 1) / (16 * 16 / 56 + 1), 1 / (12 * 16 / 56 + 1)
    assert terms.type_ratios(made).tolist() == [
        pytest.approx([within, across]),
        pytest.approx([across, within]),
    ]


def test_one_funder_of_both_speaks_against_a_partner() -> None:
    rows = [("a", "x", "lead"), ("f", "x", "Funding"), ("b", "y", "lead"), ("f", "y", "Donor")]
    rows += [("c", "z", "lead"), ("g", "z", "financing")]
    found = recommend(known(rows), "a")
    assert {row["id"]: row["one_funder"] for row in found.table.iter_rows(named=True)} == {"b": 1, "c": 0, "g": 0}
    assert of(found, "B")["against"] == ["both of you depend on F alone for funds"]
    assert str(of(found, "B")["why"]).endswith("; but both of you depend on F alone for funds.")
    assert of(found, "C")["against"] == []


def test_a_funder_can_be_told_by_its_role() -> None:
    rows = [("a", "x", "lead"), ("f", "x", "patron"), ("b", "y", "lead"), ("f", "y", "Patron")]
    assert of(recommend(known(rows), "a"), "B")["one_funder"] == 0
    assert of(recommend(known(rows), "a", funder=("patron",)), "B")["one_funder"] == 1


def test_two_funders_are_no_dependence() -> None:
    rows = [("a", "x", "lead"), ("f", "x", "funder"), ("b", "y", "lead"), ("f", "y", "funder"), ("g", "y", "funder")]
    assert of(recommend(known(rows), "a"), "B")["one_funder"] == 0


def test_large_ones_that_never_met_speak_against_each_other() -> None:
    # a takes part in 4 and b in 3 of 7 activities and they share none: of the 35 ways to choose 4 of 7, one does that
    rows = [("a", f"x{n}", "") for n in range(4)] + [("b", f"y{n}", "") for n in range(3)]
    row = of(recommend(known(rows), "a"), "B")
    assert (row["avoided"], row["expected"]) == (1, 12 / 7)
    assert row["against"] == ["you share no activity where chance would give 1.7"]
    # one activity more, and 5 of the 70 ways to choose 4 of 8 do
    assert of(recommend(known([*rows, ("c", "z", "")]), "a"), "B")["avoided"] == 0


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 5))
@settings(deadline=None)
def test_who_is_avoided_is_told_by_the_exact_chance_to_share_nothing(one: int, other: int, rest: int) -> None:
    rows = [*(("a", f"x{n}", "") for n in range(one)), *(("b", f"y{n}", "") for n in range(other))]
    rows += [("c", f"z{n}", "") for n in range(rest)]
    chance = hypergeom(one + other + rest, one, other).pmf(0)
    assert of(recommend(known(rows), "a"), "B")["avoided"] == (chance < 0.05)


def test_countries_that_are_tied_more_often_than_any_two_count_more() -> None:
    rows = [("a", "x", ""), ("b", "x", ""), ("c", "y", ""), ("d", "y", "")]
    made = known(rows)
    seats = pl.Series("country", ["FR", "FR", "PE", None], dtype=pl.String)
    placed = evidence(replace(made, organizations=made.organizations.with_columns(seats)))
    # of 12 ordered pairs 4 are tied; both of the 2 within France, none of the 4 from France to Peru
    assert placed.seat_names == ["FR", "PE"]
    france, abroad = (2 + 1) / (2 * 4 / 12 + 1), 1 / (2 * 4 / 12 + 1)
    near = terms.seats(placed, np.array([0]))[0]
    assert near.tolist() == pytest.approx([france / (1 + france), france / (1 + france), abroad / (1 + abroad), 0])
    # without countries the term says nothing
    assert not terms.seats(evidence(made), np.arange(4)).any()


def test_the_volume_is_what_the_other_does_where_and_on_what_one_works() -> None:
    # Zeta works on health alone: one activity, and its declaration; Epsilon has two activities on health, Delta one
    row = of(recommend(small.partnerships(), "Zeta"), "Epsilon")
    # Zeta: Nepal and Asia twice, Mali and Africa once; Epsilon: one activity each in Kenya, Africa, Nepal and Asia
    regions, areas = (2 * 1 + 2 * 1 + 1 * 1) / 6, 2
    assert row["volume"] == pytest.approx(np.log1p((regions + areas) / 2) / np.log1p(3))


def test_what_both_do_and_one_country_are_named() -> None:
    row = of(recommend(small.partnerships(), "Zeta"), "Epsilon")
    assert (row["common_area"], row["common_region"]) == ("Health", "Nepal")
    assert (row["country"], row["same_country"]) == ("NP", True)
    assert "does much the same as you, above all on Health and in Nepal; has its seat in your country" in row["why"]
    row = of(recommend(small.partnerships(), "Alpha"), "Epsilon")
    assert (row["country"], row["same_country"]) == ("NP", False)


def test_who_has_no_activity_or_has_long_been_idle_is_told() -> None:
    found = recommend(small.partnerships(), "Epsilon")
    assert of(found, "Eta")["against"] == ["it has no activity so far"]
    older = small.partnerships()
    moved = pl.when(pl.col("organization") == "c").then(pl.col("started").dt.offset_by("-9y")).otherwise("started")
    idle = replace(older, participations=older.participations.with_columns(moved.alias("started")))
    assert of(recommend(idle, "Epsilon"), "Gamma")["against"] == ["it has started nothing since 2012"]


def test_region_and_area_leave_those_that_are_active_or_declared_there() -> None:
    # in Africa: Eta declares Kenya, Zeta declares Mali, Epsilon was in Nairobi
    found = recommend(small.partnerships(), "Alpha", region="Africa")
    assert sorted(found.table["name"]) == ["Epsilon", "Eta", "Zeta"]
    found = recommend(small.partnerships(), "Alpha", region="Africa", area="Health")
    assert sorted(found.table["name"]) == ["Epsilon", "Zeta"]
    assert found.words[1:3] == (
        "Listed are only those that are active in Africa or declare to work or have their seat there.",
        "Listed are only those that are active on Health or declare it.",
    )
    assert recommend(small.partnerships(), "Alpha", area="culture").table["name"].to_list() == ["Eta"]


def test_nobody_left_is_said() -> None:
    found = recommend(small.partnerships(), "Alpha", area="heritage")
    assert found.table.is_empty()
    assert (
        found.words[0] == "Nobody is left to recommend to Alpha: all who come into question are its partners already."
    )


def test_without_partners_the_list_rests_on_the_rest_and_says_so() -> None:
    found = recommend(small.partnerships(), "Eta")
    assert found.table["closeness"].sum() == 0
    assert found.table.height == 6
    assert found.words[0].startswith("First come ")
    assert found.words[1] == (
        "Eta has no partner yet, so nobody is close to it: the list rests on how active the others are, on their types "
        "and on what they do."
    )


def test_without_regions_areas_and_dates_this_is_said() -> None:
    words = recommend(known([("a", "x", ""), ("b", "x", ""), ("b", "y", ""), ("c", "y", "")]), "a").words
    assert words == (
        "First comes C, of 1 organization without a tie to A.",
        "No region or area of work is known, so they say nothing about who fits and what would be added.",
        "No activity says when it started, so who was active lately is not known.",
    )


def test_partners_by_agreement_are_partners() -> None:
    # Beta and Zeta have an agreement
    assert "Zeta" not in recommend(small.partnerships(), "Beta").table["name"]
    assert of(recommend(small.partnerships(), "Alpha"), "Zeta")["mutual_partners"] == ["Beta"]


def test_the_list_is_as_long_as_asked_for() -> None:
    whole = recommend(small.partnerships(), "Alpha").table
    assert recommend(small.partnerships(), "Alpha", k=2).table.equals(whole.head(2))


def test_the_same_rows_in_any_order_give_the_same_and_are_not_changed() -> None:
    made = small.partnerships()
    before = made.participations.clone()
    setting = made.setting
    turned = replace(
        made,
        participations=made.participations.reverse(),
        organizations=made.organizations.reverse(),
        read=lambda: replace(
            setting, took_place_in=setting.took_place_in.reverse(), addresses=setting.addresses.reverse()
        ),
    )
    one, other = recommend(made, "Alpha"), recommend(turned, "Alpha")
    assert one.table.serialize() == other.table.serialize()
    assert one.words == other.words
    assert made.participations.equals(before)


@pytest.mark.parametrize(
    ("organization", "options", "message"),
    [
        ("", {}, "Name the organization that looks for partners, or give --backtest a year."),
        ("Alpha", {"k": 0}, "k is the number of partners to name, 1 or more, not 0."),
        ("Alpha", {"seed": -1}, "The seed is 0 or more, and a backtest takes a year such as 2018."),
        (
            "Alpha",
            {"backtest": 2019},
            "A backtest looks at all organizations: leave out organization, region and area.",
        ),
    ],
)
def test_what_cannot_be_asked_for_is_refused(organization: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        recommend(small.partnerships(), organization, **options)
    assert str(refused.value) == message


def test_an_unknown_organization_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r'There is no Organization "Alfa"\. Did you mean "Alpha"\?'):
        recommend(small.partnerships(), "Alfa")


def test_an_organization_that_the_filter_leaves_out_is_refused() -> None:
    made = small.partnerships()
    narrowed = replace(
        made,
        known_as=made.organizations,
        organizations=made.organizations.filter(pl.col("id") != "g"),
    )
    with pytest.raises(UsageProblem) as refused:
        recommend(narrowed, "Eta")
    assert str(refused.value) == 'The filter leaves out "Eta", for which partners are looked for: widen it.'


def test_where_nobody_has_done_anything_the_list_is_by_id() -> None:
    empty = pl.DataFrame(schema={"organization": pl.String, "activity": pl.String, "role": pl.String})
    made = Partnerships(empty, pl.DataFrame({"id": ["c", "a", "b"], "name": ["C", "A", "B"]}))
    found = recommend(made, "B")
    assert found.table["id"].to_list() == ["a", "c"]
    assert found.table["why"].to_list() == ["Nothing is known of it; but it has no activity so far."] * 2
