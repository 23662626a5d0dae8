"""Brokers: who connects others, which kinds they bridge, who is free to do so, and whose exit would cut others off."""

from collections.abc import Iterator

import networkx as nx
import polars as pl

from graphmodel.analysis.finding import Finding
from graphmodel.analysis.phrases import counted, crowded, listed
from graphmodel.analysis.structure.articulation import cut_off, single_links
from graphmodel.analysis.structure.brokerage import Roles, bridge, bridged, roles
from graphmodel.analysis.structure.classes import Classes, classes
from graphmodel.analysis.structure.engine import Arrays, arrays
from graphmodel.analysis.structure.holes import structural_holes
from graphmodel.analysis.structure.participation import external_internal, participation
from graphmodel.analysis.structure.shortest import betweenness, suitable
from graphmodel.errors import UsageProblem

LISTED = 3
"""Organizations that the sentences name; the table holds all."""

ROLES = {
    "coordinator": "two of its own {by}",
    "gatekeeper": "one of its own {by} and one of another {by}",
    "itinerant": "two of one {by}, not its own",
    "liaison": "two that differ in {by} from each other and from it",
}

LIMITS = (
    "Betweenness takes it that contacts go the shortest ways, each tie one step; all who take part in one large "
    "activity look close to each other. That two have no tie here does not say that they do not know each other, and "
    "a role is a position, not proof that anything was brokered."
)
METHOD = (
    "Brokers were ranked by betweenness, the share of the pairs of others whose shortest ways lead through "
    "one{sample}. Burt's constraint and effective size say how far the contacts of one depend on each other; "
    "efficiency is effective size by the number of contacts; {weights}. An articulation point is one whose exit would "
    "cut others off. The brokerage roles of Gould and Fernandez were counted by {by}: pairs of contacts that are not "
    "tied to each other, without order, gatekeeper and representative being one where ties have no direction; who "
    "states no {by} is in no pair. Participation says how evenly the partners spread over {by}, the E-I index sets "
    "partners of another {by} against those of its own."
)


def brokers(
    network: nx.Graph,
    *,
    by: str = "kind",
    between: tuple[str, ...] = (),
    weight: str = "",
    samples: int = 0,
    seed: int = 1,
) -> Finding:
    """Find who connects the others, which kinds they bridge, and whose exit would cut others off.

    Parameters
    ----------
    by : str
        What organizations are told apart by in the brokerage roles: kind, country or another attribute that is one
        text, or community for the groups of the highest modularity.
    between : str
        Count and rank by the bridges between two of these, such as ngo and fund; give it twice.
    weight : str
        Attribute that says how much a tie counts in constraint and effective size; empty to count each as 1.
    samples : int
        Organizations from which betweenness is estimated; 0 chooses: exact up to a few thousand, 250 above.
    seed : int
        Seed of the sample.

    Returns
    -------
    Finding
        Table, sorted by betweenness (with `between` by bridged), largest first, and id:

        id, name
        betweenness : share of the pairs of others whose shortest ways lead through it, 0 to 1
        constraint : Burt's, how far its contacts depend on each other; low leaves it free to broker; null
        without ties
        effective_size : Burt's, number of contacts less their redundancy; null without ties
        efficiency : effective size by the number of contacts, up to 1; null without ties
        degree : number of ties
        cut_off : number of others that its exit would cut off; above 0 it is an articulation point
        class : its kind, or what else `by` tells apart
        coordinator, gatekeeper, itinerant, liaison : pairs of its contacts that are not tied to each other: two of its
        own class; one of its own and one of another; two of one other; two of different others. Null without a class
        bridged : pairs of contacts of different classes, or of the two in `between`, that are not tied to each other
        participation : how evenly its contacts spread over the classes, from 0 (all in one); null without such contacts
        external_internal : from -1 (contacts of its own class only) to 1 (of others only); null without a class or
        contacts with one

    Raises
    ------
    UsageProblem
        If samples or seed are negative, no tie has the weight, no organization the attribute, or it is no single
        text; if `between` names one or more than two, twice the same, or one that nobody is of.

    Notes
    -----
    Organizations without a tie count among the pairs: leaving them out raises every betweenness alike. Gould and
    Fernandez count ordered pairs: their coordinator, itinerant and liaison are twice those here, and their gatekeeper
    and representative each equal the gatekeeper.

    References
    ----------
    L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 35, 1977. U. Brandes,
    A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25, 163, 2001. R. S.
    Burt, Structural Holes, Harvard University Press, 1992. S. P. Borgatti, Structural holes: unpacking Burt's
    redundancy measures, Connections 20, 35, 1997. R. V. Gould and R. M. Fernandez, Structures of mediation,
    Sociological Methodology 19, 89, 1989. R. Guimerà and L. A. N. Amaral, Functional cartography of complex metabolic
    networks, Nature 433, 895, 2005. D. Krackhardt and R. N. Stern, Informal networks and organizational crises, Social
    Psychology Quarterly 51, 123, 1988. J. Hopcroft and R. Tarjan, Algorithm 447, Communications of the ACM 16, 372,
    1973.

    Examples
    --------
    >>> found = brokers(nx.florentine_families_graph())
    >>> found.table.select("id", pl.col("betweenness", "constraint").round(4), "cut_off").row(0)
    ('Medici', 0.522, 0.2099, 3)
    """
    _check(between, samples, seed)
    known, told_apart = arrays(network, weight), classes(network, by)
    pair = (between[0], between[1]) if between else None
    samples = samples or suitable(len(known.ids), len(known.sources))
    columns = {**_positions(known, samples, seed), **_brokerage(known, told_apart, pair)}
    order = ["bridged", "betweenness", "id"] if pair else ["betweenness", "id"]
    table = pl.DataFrame(columns).sort(order, descending=[name != "id" for name in order], nulls_last=True)
    bridges = _bridges(known, told_apart, table, pair)
    words = (
        *_on_the_ways(table, samples),
        *_on_exits(table, known),
        *bridges,
        *_on_roles(table, by),
        *_on_the_rest(table, known),
    )
    return Finding(table, words, LIMITS, _method(by, weight, samples, seed))


def _check(between: tuple[str, ...], samples: int, seed: int) -> None:
    if samples < 0 or seed < 0:
        raise UsageProblem("The number of samples and the seed are 0 or more.")
    if between and (len(between) != 2 or between[0] == between[1]):
        raise UsageProblem("A bridge is between two: give --between twice, such as --between ngo --between fund.")


def _method(by: str, weight: str, samples: int, seed: int) -> str:
    sample = f", estimated from {samples:,} organizations drawn with seed {seed}" if samples else ""
    weights = f"a tie counts its {weight} in them" if weight else "each tie counts 1"
    return METHOD.format(by=by, sample=sample, weights=weights)


def _positions(known: Arrays, samples: int, seed: int) -> dict[str, pl.Series]:
    """Where each stands in the whole."""
    constraint, size, efficiency = structural_holes(known)
    return {
        "id": pl.Series(known.ids, dtype=pl.String),
        "name": pl.Series(known.names, dtype=pl.String),
        "betweenness": pl.Series(betweenness(known, samples, seed)),
        "constraint": pl.Series(constraint).fill_nan(None),
        "effective_size": pl.Series(size).fill_nan(None),
        "efficiency": pl.Series(efficiency).fill_nan(None),
        "degree": pl.Series(known.degrees),
        "cut_off": pl.Series(cut_off(known)),
    }


def _brokerage(known: Arrays, told_apart: Classes, pair: tuple[str, str] | None) -> dict[str, pl.Series]:
    """Between which classes each stands."""
    found: Roles = roles(known, told_apart)
    counts = {name: pl.Series(getattr(found, name)).replace(-1, None) for name in ROLES}
    spread = {"participation": participation, "external_internal": external_internal}
    return {
        "class": pl.Series(told_apart.named(), dtype=pl.String),
        **counts,
        "bridged": pl.Series(bridged(known, told_apart, pair)) if pair else counts["gatekeeper"] + counts["liaison"],
        **{name: pl.Series(figure(known, told_apart)).fill_nan(None) for name, figure in spread.items()},
    }


def _on_the_ways(table: pl.DataFrame, samples: int) -> Iterator[str]:
    between = table.filter(pl.col("betweenness") > 0).sort("betweenness", "id", descending=[True, False]).head(LISTED)
    named = [f"{name} ({value:.3f})" for name, value in between.select("name", "betweenness").rows()]
    if named:
        yield f"Between most pairs of others (share of the shortest ways): {listed(named)}."
    elif table["degree"].sum():
        yield "Nobody is between others: all who are connected are tied directly."
    else:
        yield "There are no ties, so nobody connects others."
    if samples:
        yield f"Betweenness is estimated from {samples:,} organizations drawn at random: small values vary."


def _on_exits(table: pl.DataFrame, known: Arrays) -> Iterator[str]:
    points = table.filter(pl.col("cut_off") > 0).sort("cut_off", "id", descending=[True, False])
    if points.is_empty():
        yield "No single exit would cut others off."
    else:
        worst = [f"{name} ({lost:,})" for name, lost in points.select("name", "cut_off").head(LISTED).rows()]
        yield f"{points.height:,} would cut others off by leaving, most of all {listed(worst)}."
    if links := single_links(known):
        named = listed([f"{known.names[one]} with {known.names[other]}" for one, other in links])
        ties = "1 tie is" if len(links) == 1 else f"{len(links):,} ties are"
        yield f"{ties} the only way from some to the others{f': {named}' if len(links) <= LISTED else ''}."


def _bridges(known: Arrays, told_apart: Classes, table: pl.DataFrame, pair: tuple[str, str] | None) -> Iterator[str]:
    """The organizations that bridge most, between whom, and how many have nobody else in common."""
    most = table.filter(pl.col("bridged") > 0).sort("bridged", "id", descending=[True, False]).head(LISTED)
    if pair and most.is_empty():
        yield f"Nobody bridges {pair[0]} and {pair[1]}: no two of them share a partner without being partners."
    for id, name in most.select("id", "name").rows():
        found = bridge(known, told_apart, known.ids.index(id), pair)
        if found:
            pairs = f"{counted(found.pairs, 'pair')} of one each, not partners themselves, both work with it"
            only = f"{found.only:,} of these with nobody else in common"
            yield f"{name} bridges {found.one} and {found.other}: {pairs}, {only}."


def _on_roles(table: pl.DataFrame, by: str) -> Iterator[str]:
    stated = table.filter(pl.col("class").is_not_null())
    if stated.is_empty():
        yield f"No organization's {by} is known, so there are no brokerage roles."
        return
    for role, pairs in ROLES.items():
        first = stated.sort(role, "id", descending=[True, False]).row(0, named=True)
        if first[role]:
            yield f"Most pairs as {role}, between {pairs.format(by=by)}: {first['name']} ({first[role]:,})."
    inward, outward = ((stated["external_internal"] == end).sum() for end in (-1, 1))
    yield f"Of {stated.height:,} with a {by}, {inward:,} have partners of their own only, {outward:,} of others only."
    if unknown := table.height - stated.height:
        yield f"Without a {by}, and so in no role: {unknown:,}."


def _on_the_rest(table: pl.DataFrame, known: Arrays) -> Iterator[str]:
    yield from crowded(table.height, len(known.sources))
    if alone := table["constraint"].null_count():
        yield f"Without a tie: {alone:,}; their constraint and effective size are not defined."
