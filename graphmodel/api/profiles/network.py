"""What an analysis of the whole network says of one organization: its place, its group, which of its ties stand out."""

from collections.abc import Iterator
from typing import Any

import networkx as nx
import polars as pl

from graphmodel import network
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, listed
from graphmodel.api.projection import Projection

NAMED = 5  # partners that a sentence names
MEANINGS = {"+": "more than chance", "-": "less than chance", "0": "as by chance"}
MEASURES = {
    "degree": "Partners",
    "betweenness": "Share of the shortest ways between others that lead through it",
    "bridged": "Pairs of its partners, of two kinds, that have no tie to each other",
    "cut_off": "Others that its exit would cut off",
}
ROLES = {
    "coordinator": "two of its own kind",
    "gatekeeper": "one of its own kind and one of another",
    "itinerant": "two of one other kind",
    "liaison": "two of different other kinds",
}
"""Between whom a broker stands, as `graphmodel.analysis.structure.brokers` has it."""

UNTIED = "Nothing ties {name} to another organization here, so it has no place in the network."
TESTED = (
    "A tie that is as by chance may be real all the same: the shared activities alone do not show it. q is "
    "the chance to share so much or more, corrected for the number of pairs in the network."
)


def tested(alliances: Finding, partners: pl.DataFrame, id: str) -> Finding:
    """Return which ties of an organization are more than chance.

    Parameters
    ----------
    alliances : Finding
        Of `graphmodel.api.listing.alliances`, with a test.
    partners : polars.DataFrame
        Of `graphmodel.api.profiles.OrganizationProfile`.
    id : str
        Of the organization.

    Returns
    -------
    Finding
        Table: the columns of `partners`, with expected, significance (more than chance, less than chance, as by
        chance) and q after shared.
    """
    rows = alliances.table.filter((pl.col("source") == id) | (pl.col("target") == id)).select(
        pl.when(pl.col("source") == id).then("target").otherwise("source").alias("partner"),
        "expected",
        "q",
        significance=pl.col("sign").replace_strict(MEANINGS, return_dtype=pl.String),
    )
    told = partners.join(rows, on="partner", how="left", maintain_order="left")
    first = ("partner", "partner_name", "shared", "expected", "significance", "q")
    table = told.select(*first, pl.exclude(first))
    return Finding(table, tuple(_on_ties(table)), TESTED, alliances.method, alliances.references)


def _on_ties(table: pl.DataFrame) -> Iterator[str]:
    shared = table.filter(pl.col("shared") > 0)
    more = table.filter(pl.col("significance") == MEANINGS["+"]).sort("q", "partner")
    if shared.is_empty():
        yield "It shares no activity with anybody, so there is no tie to test."
    elif more.is_empty():
        ties = "Its one tie is not" if shared.height == 1 else f"None of its {counted(shared.height, 'tie')} is"
        yield f"{ties} more than chance: others as active would share as much. That is an answer, not a failure."
    else:
        verb = "is" if more.height == 1 else "are"
        named = listed(more["partner_name"].to_list()[:NAMED], more=more.height - NAMED)
        yield f"{more.height:,} of its {counted(shared.height, 'tie')} {verb} more than chance: with {named}."
    if less := table.filter(pl.col("significance") == MEANINGS["-"]).height:
        yield f"With {counted(less, 'partner')} it shares less than chance would have it."


def place(brokers: Finding, id: str, name: str) -> Finding:
    """Return where an organization stands in the network: its rank by each measure, and between whom it stands.

    Parameters
    ----------
    brokers : Finding
        Of the analysis brokers.
    id, name : str
        Of the organization.

    Returns
    -------
    Finding
        Table: measure, value, rank (1 is the highest; equals share the best), of (how many are ranked).
    """
    own = brokers.table.filter(pl.col("id") == id)
    table = pl.DataFrame(
        [_ranked(brokers.table, own, column) for column in MEASURES if own.height and own[column][0] is not None],
        schema={"measure": pl.String, "value": pl.Float64, "rank": pl.Int64, "of": pl.Int64},
        orient="row",
    )
    words = tuple(_on_place(own.row(0, named=True), table)) if own.height else (UNTIED.format(name=name),)
    return Finding(table, words, brokers.limits, brokers.method, brokers.references)


def _ranked(every: pl.DataFrame, own: pl.DataFrame, column: str) -> tuple[str, float, int, int]:
    value, known = own[column][0], every[column].drop_nulls()
    return MEASURES[column], float(value), 1 + int((known > value).sum()), len(known)


def _on_place(own: dict[str, Any], table: pl.DataFrame) -> Iterator[str]:
    ranks = dict(table.select("measure", "rank").iter_rows())
    among = counted(table["of"][0], "organization")
    by_partners = ranks[MEASURES["degree"]]
    most = "the most of" if by_partners == 1 else f"rank {by_partners:,} among"
    yield f"It has {counted(own['degree'], 'partner')}, {most} {among}."
    if own["betweenness"] > 0:
        rank = ranks[MEASURES["betweenness"]]
        yield f"{own['betweenness']:.1%} of the shortest ways between others lead through it, rank {rank:,}."
    else:
        yield "No shortest way between two others leads through it."
    roles = [(own[role], role) for role in ROLES if own[role]]
    if roles:
        pairs, role = max(roles)
        between = f"{ROLES[role]} ({counted(pairs, 'pair')})"
        yield f"Of its partners without a tie to each other it stands most between {between}."
    if own["cut_off"]:
        yield f"Its exit would cut {counted(own['cut_off'], 'other organization')} off from the rest."


def group(communities: Finding, id: str, name: str) -> Finding:
    """Return the group that an organization is in, how certain that is, and who else is in it.

    Parameters
    ----------
    communities : Finding
        Of the analysis communities.
    id, name : str
        Of the organization.

    Returns
    -------
    Finding
        Table: organization, organization_name, certainty of the other members, the most certain first.
    """
    own = communities.table.filter(pl.col("id") == id).drop_nulls("group")
    beside = communities.table.join(own.select("group"), on="group", how="semi").filter(pl.col("id") != id)
    table = beside.select(organization="id", organization_name="name", certainty="certainty")
    words = tuple(_on_group(own.row(0, named=True), table, communities)) if own.height else (UNTIED.format(name=name),)
    return Finding(table, words, communities.limits, communities.method, communities.references)


def _on_group(own: dict[str, Any], others: pl.DataFrame, communities: Finding) -> Iterator[str]:
    every = communities.table["group"].n_unique() - (1 if communities.table["group"].null_count() else 0)
    yield f"It is in {own['label']}, one of {counted(every, 'group')}, with {counted(others.height, 'other')}."
    if own["certainty"] is not None:
        yield f"In other runs of the method it was together with {own['certainty']:.0%} of them on average."
    yield (
        f"They share more than chance: {own['shares']}."
        if own["shares"]
        else "They share nothing beyond chance that is recorded."
    )


def around(projection: Projection, id: str, partners: pl.DataFrame) -> nx.Graph:
    """Return the network of an organization and its partners, with the ties among these."""
    near = [id, *partners["partner"]]
    ties = projection.ties.filter(pl.col("source").is_in(near) & pl.col("target").is_in(near))
    made = network.network(ties, projection.partnerships.profiles)
    made.graph["centre"] = id
    return made
