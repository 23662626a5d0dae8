"""Networks that the browser is shown."""

from collections import defaultdict
from itertools import accumulate
from random import Random

import networkx as nx

HOSTILE = '</script><img src=x onerror="window.hacked=true"><b>Trust & Co'

KINDS = {"ngo": "abcdefgh", "foundation": "ijk", "government": "lm"}
CIRCLES = ("abcdi", "efghj", "klm")


def partners() -> nx.Graph:
    """Thirteen organizations in three circles, whose members share an activity, and what ties the circles."""
    network = nx.Graph(
        activities={
            "forum1": {"name": "Forum on Water", "started": "2014-07-30", "ended": "2014-07-31"},
            "forum2": {"name": "Forum on Youth", "started": "2016-09-28", "url": "https://example.org/youth"},
            "forum3": {"name": "Forum on Culture", "started": "2019-05-02", "ended": "2020-01-15"},
            "congress": {"name": "World Congress", "started": "2021-03-01"},
        },
        sources=[{"id": "s1", "title": "Annual report", "url": "https://example.org/report", "licence": "CC BY 4.0"}],
        notes=["The secretariat is left out."],
        isolates=4,
        date="2024-02-29",
        hash="0123456789abcdef",
    )
    for kind, ids in KINDS.items():
        for id in ids:
            network.add_node(id, name=f"Organization {id.upper()}", kind=kind, country="FR", activities=2)
    network.nodes["a"].update(name="Łódź Society of Arts and Letters", acronym="SAL", founded=1946)
    network.nodes["a"].update(
        regions=["Africa", "Arab States"], competence_areas=["culture"], url="https://example.org"
    )
    network.nodes["m"].update(name=HOSTILE)
    for circle, activity, year in zip(CIRCLES, ("forum1", "forum2", "forum3"), (2014, 2016, 2019), strict=True):
        for one in circle:
            for other in circle[circle.index(one) + 1 :]:
                shared = {"shared": 1, "strength": 0.25, "first": year, "last": year, "activities": [activity]}
                network.add_edge(one, other, basis="shared", **shared)
    network.add_edge("a", "e", basis="formal", shared=0)
    network.edges["a", "b"].update(shared=3, activities=["congress", "forum1", "forum2"], last=2021)
    network.edges["a", "c"].update(shared=2, basis="both", activities=["forum1", "forum2"], last=2016)
    return network


def circles() -> dict[str, int]:
    return {id: number for number, circle in enumerate(CIRCLES) for id in circle}


def crowd() -> tuple[nx.Graph, dict[str, int]]:
    """Three hundred organizations with long names in ten communities."""
    network = nx.random_partition_graph([30] * 10, 0.2, 0.004, seed=7)
    groups = {f"n{i}": network.nodes[i]["block"] for i in network}
    named = nx.relabel_nodes(nx.Graph(network.edges), {i: f"n{i}" for i in network})
    for id in named:
        named.nodes[id].update(name=f"International Council of {id}", kind=f"kind {len(id)}")
    nx.set_edge_attributes(named, 1, "shared")
    return named, groups


def assessed() -> nx.Graph:
    """The thirteen organizations with alliances that were tested against chance, roles and sources."""
    network = partners()
    for _, _, known in network.edges(data=True):
        known.update(expected=0.6, p_more=0.45, p_less=0.88, q=1.0, sign="0", status="ended")
    network.edges["a", "b"].update(expected=0.62, q=0.0016, sign="+", status="active")
    network.edges["a", "c"].update(q=0.03, sign="+", status="presumed ended", strength=0.75)
    network.edges["k", "l"].update(expected=6.2, p_less=0.003, sign="-")
    del network.edges["a", "e"]["status"]
    network.graph["day"] = "2024-02-29"
    network.graph["activities"]["congress"].update(
        roles={"a": ["speaker", "host"], "b": ["participant"]}, sources=["s1"]
    )
    return network


PLACES = ("Aster", "Boreal", "Cobalt", "Delta", "Ember", "Fjord", "Île-de-France", "Łódź", "Ōsaka", "Tundra", "Zephyr")
BODIES = {
    "company": ("Energy", "Labs", "Motors", "Semiconductors GmbH"),
    "university": ("Institute of Technology", "Polytechnic", "University"),
    "ngo": ("Foundation", "Relief Network", "Trust"),
    "government": ("Ministry of Energy", "Space Agency"),
}


def generated(organizations: int, alliances: int) -> tuple[nx.Graph, dict[str, int]]:
    """As many organizations in communities of uneven size, with hubs, and alliances that differ in all that is told."""
    draw = Random(organizations)
    communities = range(max(4, round(organizations**0.5 / 2)))
    groups = {
        id: draw.choices(communities, [1 / (i + 1) ** 0.6 for i in communities])[0] for id in range(organizations)
    }
    network, kinds = nx.Graph(), list(BODIES)
    for id, group in groups.items():
        kind = kinds[group % len(kinds)] if draw.random() < 0.6 else draw.choice(kinds)
        words = (*draw.sample(PLACES, draw.randint(1, 2)), draw.choice(BODIES[kind]), str(id))
        network.add_node(f"n{id}", name=" ".join(words), kind=kind)
    for one, other in _pairs(groups, alliances, draw):
        first, q = draw.randint(2004, 2025), draw.random() ** 6
        tie = {"shared": min(10, int(draw.paretovariate(1.3))), "basis": draw.choice(("shared", "both"))}
        chance = {"q": q, "sign": "+" if q < 0.05 else "0"}
        years = {"first": first, "last": min(2026, first + draw.randint(0, 4))}
        network.add_edge(f"n{one}", f"n{other}", **tie, **chance, **years, strength=tie["shared"] / 10)
    return network, {f"n{id}": group for id, group in groups.items()}


def _pairs(groups: dict[int, int], wanted: int, draw: Random) -> list[tuple[int, int]]:
    """Pairs of which 88 in 100 are within a group; each has one, and some have very many."""
    appeal = [draw.paretovariate(1.6) for _ in groups]
    members = defaultdict(list)
    for id, group in groups.items():
        members[group].append(id)
    sums = {group: list(accumulate(appeal[id] for id in ids)) for group, ids in members.items()}
    everyone, all_sums = list(groups), list(accumulate(appeal))
    found: dict[tuple[int, int], None] = {}
    for number in range(10 * wanted):
        one = number if number < len(groups) else draw.choices(everyone, cum_weights=all_sums)[0]
        near = number < len(groups) or draw.random() < 0.88
        ids, weights = (members[groups[one]], sums[groups[one]]) if near else (everyone, all_sums)
        other = draw.choices(ids, cum_weights=weights)[0]
        if one != other and len(found) < wanted:
            found[min(one, other), max(one, other)] = None
    return list(found)
