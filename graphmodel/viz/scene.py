"""From a network of organizations to what a map shows."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx

from graphmodel.errors import UsageProblem
from graphmodel.viz.elements import Activity, Node, Provenance, Scene, Source, Tie
from graphmodel.viz.layouts import Layout, arrange
from graphmodel.viz.units import ORGANIZATIONS, Unit
from graphmodel.viz.variables import ColorBy, LineBy, SizeBy, colors, colors_by_mode, lines, sizes

LARGEST = 5_000  # organizations; more can neither be told apart nor drawn in good time
LABEL_LENGTH = 28  # a longer name gives way to the acronym

DETAILS = {  # attributes of an organization that the map tells, and what they are called
    "founded": "Founded",
    "status": "Status",
    "started": "Started",
    "ended": "Ended",
    "activities": "Activities",
    "regions": "Regions",
    "competence_areas": "Competence areas",
}


def scene(
    network: nx.Graph,
    *,
    title: str,
    color: ColorBy = "kind",
    size: SizeBy = "degree",
    edge: LineBy = None,
    groups: Mapping[str, int] | None = None,
    labels: Mapping[int, str] | None = None,
    layout: str = "communities",
    centre: str | None = None,
    seed: int = 1,
    unit: Unit = ORGANIZATIONS,
    arranged: Layout | None = None,
) -> Scene:
    """Turn a network of organizations into what a map shows. The network is not changed.

    Parameters
    ----------
    network: organizations and alliances with their attributes. Attributes of the graph that are used where present:
        ``activities`` (id to name, kind, started, ended, url, roles as a mapping from organizations to lists, ids of
        sources), ``sources`` (id, title, url, licence), ``notes`` (sentences that readers must know), ``isolates`` (how
        many organizations without an alliance were left out), ``date`` and ``hash`` of the data, ``day`` on which
        alliances have their status, ``tested`` (how many alliances were tested, if only significant ones are left),
        ``parameters`` (what was asked for, in words).
    title: heading of the map.
    color: "kind", "country", "community", "none", another attribute of the organizations, a value for each
        organization, or a pair of what these values are called and the values.
    size: "degree", "strength", "activities", "betweenness" (exact: some hundred organizations at most), a number for
        each organization, or a pair of what these numbers are called and the numbers.
    edge: what the lines of alliances show and their legend filters: "significance", "shared" (how many activities),
        "formal" (whether there is an agreement) or "status", or a `Variable`; if left open, significance where any
        stands out.
    groups: number of each organization's community; communities lie together and are outlined.
    labels: names of the communities.
    layout: "communities", "geo" (where latitude and longitude or the country say), "radial" (around one)
        or "bipartite" (organizations and activities, told apart by ``bipartite``, 0 and 1, with unit `TWO_MODE`).
    centre: id of the organization in the middle of a radial map.
    seed: of the layout.
    unit: what nodes and ties are.
    arranged: what gives everyone a place, if not the layout of that name as it is.

    >>> network = nx.Graph()
    >>> network.add_node("icom", name="International Council of Museums", acronym="ICOM")
    >>> network.add_node("ifla", name="International Federation of Library Associations", acronym="IFLA")
    >>> network.add_edge("icom", "ifla", shared=2)
    >>> [(node.label, node.value) for node in scene(network, title="Heritage").nodes]
    [('ICOM', 1.0), ('IFLA', 1.0)]
    """
    _refuse_above(LARGEST, len(network), unit)
    network = _in_order(network)
    groups = {name: groups[name] for name in network if name in groups} if groups else {}
    names = _group_names(groups, labels or {})
    by_group = sorted(groups.items(), key=lambda item: (item[1], item[0]))
    coloring = (colors_by_mode if len(unit.modes) > 1 else colors)(
        network, color, {name: names[number] for name, number in by_group}
    )
    sizing = sizes(network, size, unit)
    given = (network, groups, sizing.radii, centre, seed)
    laid = arranged(*given) if arranged else arrange(layout, *given)
    lining = lines(network, edge, unit)
    cited = {source.get("id"): place for place, source in enumerate(network.graph.get("sources", ()))}
    ties = tuple(
        tie(
            source,
            target,
            known,
            entry=lining.entries[source, target],
            sources=_places(known, cited),
            bend=laid.bends.get((source, target)),
        )
        for source, target, known in network.edges(data=True)
    )
    return Scene(
        title=title,
        nodes=tuple(
            _node(
                name,
                known,
                entry=coloring.entries[name],
                value=sizing.values[name],
                radius=sizing.radii[name],
                x=laid.places[name][0],
                y=laid.places[name][1],
                group=groups.get(name),
            )
            for name, known in network.nodes(data=True)
        ),
        ties=ties,
        activities=_activities(network, ties, cited),
        color_title=coloring.title,
        second_title=coloring.second_title,
        legend=coloring.legend,
        line_title=lining.title,
        lines=lining.legend,
        size_title=sizing.title,
        sizes=sizing.examples,
        groups=tuple(names.items()),
        provenance=_provenance(network.graph, laid.notes, layout),
        unit=unit,
        layout=layout,
        outlined=laid.outlined,
        backdrop=laid.backdrop,
    )


def _refuse_above(largest: int, size: int, unit: Unit) -> None:
    if size > largest:
        raise UsageProblem(
            f"A map shows up to {largest:,} {unit.every}, and this network has {size:,}. Show a part of it: those "
            "around one (--focus), with more activities in common (--min), in one region (--region) or time (--since)."
        )


def _in_order(network: nx.Graph) -> nx.Graph:
    """A copy in which organizations and ties have an order that does not depend on how the network was built."""
    ordered = nx.Graph()
    ordered.graph.update(network.graph)
    place = {name: i for i, name in enumerate(sorted(network, key=lambda name: (_mode(network, name), name)))}
    ordered.add_nodes_from((name, network.nodes[name]) for name in place)
    ends = (sorted(pair, key=place.__getitem__) for pair in network.edges() if pair[0] != pair[1])
    pairs = sorted(ends, key=lambda pair: (place[pair[0]], place[pair[1]]))
    ordered.add_edges_from((source, target, network.edges[source, target]) for source, target in pairs)
    return ordered


def _mode(network: nx.Graph, name: str) -> int:
    return int(network.nodes[name].get("bipartite") or 0)


def _group_names(groups: Mapping[str, int], labels: Mapping[int, str]) -> dict[int, str]:
    """A name for each community, its number added where two have the same."""
    names = {number: labels.get(number, f"Community {number + 1}") for number in sorted({*groups.values()})}
    seen = Counter(names.values())
    return {number: name if seen[name] == 1 else f"{name} ({number + 1})" for number, name in names.items()}


def _node(id: str, known: Mapping[str, Any], **drawn: Any) -> Node:
    name, acronym = str(known.get("name", id)), known.get("acronym")
    details = ((term, _texts(known[attribute])) for attribute, term in DETAILS.items() if attribute in known)
    return Node(
        id=id,
        name=name,
        label=short(name, acronym),
        acronym=acronym,
        kind=known.get("kind"),
        country=known.get("country"),
        url=known.get("url"),
        mode=known.get("bipartite"),
        details=tuple((term, texts) for term, texts in details if texts),
        other_names=tuple(known["other_names"]) if known.get("other_names") else None,
        other_ids=tuple(known["other_ids"]) if known.get("other_ids") else None,
        **drawn,
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(part) for part in (value if isinstance(value, list | tuple) else [value]))


def short(name: str, acronym: str | None = None) -> str:
    """Return what fits beside a mark: a short name itself, otherwise the acronym, otherwise the first words.

    >>> short("Academy of Fine Arts"), short("International Council of Museums", "ICOM")
    ('Academy of Fine Arts', 'ICOM')
    >>> short("National Federation of Amateur Orchestras")
    'National Federation of…'
    """
    if len(name) <= LABEL_LENGTH:
        return name
    if acronym:
        return acronym
    return (name[: LABEL_LENGTH + 1].rpartition(" ")[0] or name[:LABEL_LENGTH]) + "…"


def tie(source: str, target: str, known: Mapping[str, Any], **drawn: Any) -> Tie:
    """Return an alliance as it is drawn, of what is known of it."""
    shared = int(known.get("shared", 0))
    roles = tuple(known.get("roles", ()))
    return Tie(
        source=source,
        target=target,
        basis=known.get("basis", None if "roles" in known else "shared"),
        shared=shared,
        strength=_figure(known.get("strength")),
        jaccard=_figure(known.get("jaccard")),
        overlap=_figure(known.get("overlap")),
        first=known.get("first"),
        last=known.get("last"),
        status=known.get("status"),
        expected=_chance(known.get("expected")),
        p_more=_chance(known.get("p_more")),
        p_less=_chance(known.get("p_less")),
        q=_chance(known.get("q")),
        sign=known.get("sign"),
        roles=roles,
        width=round(0.5 + 0.575 * math.log2(1 + max(1, shared)), 2),
        activities=tuple(known.get("activities", ())),
        **drawn,
    )


def _figure(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 4)


def _chance(value: float | None) -> float | None:
    """A number that may be very small, to three digits."""
    return None if value is None or math.isnan(value) else float(f"{value:.3g}")


def _places(known: Mapping[str, Any], cited: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted({cited[id] for id in known.get("sources", ()) if id in cited}))


def _roles(known: Mapping[str, Any], network: nx.Graph) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The roles of organizations that are on the map; of others not even the id may be told."""
    given = known.get("roles", {})
    return tuple((id, tuple(sorted(given[id]))) for id in sorted(given) if id in network)


def _activities(network: nx.Graph, ties: tuple[Tie, ...], cited: Mapping[str, int]) -> tuple[Activity, ...]:
    """The activities that ties refer to and no others, the earliest first."""
    known = network.graph.get("activities", {})
    needed = {id: known.get(id, {}) for tie in ties for id in tie.activities}
    found = [
        Activity(
            id=id,
            name=about.get("name", id),
            kind=about.get("kind"),
            started=about.get("started"),
            ended=about.get("ended"),
            url=about.get("url"),
            roles=_roles(about, network),
            sources=_places(about, cited),
        )
        for id, about in needed.items()
    ]
    return tuple(sorted(found, key=lambda activity: (activity.started or "", activity.id)))


def _provenance(about: Mapping[str, Any], notes: tuple[str, ...], layout: str) -> Provenance:
    return Provenance(
        sources=tuple(
            Source(source.get("title") or source["id"], source.get("url"), source.get("licence"))
            for source in about.get("sources", ())
        ),
        notes=(*about.get("notes", ()), *notes),
        isolates=int(about.get("isolates", 0)),
        date=about.get("date"),
        hash=about.get("hash"),
        day=about.get("day"),
        tested=about.get("tested"),
        parameters=(*about.get("parameters", ()), *([f"layout {layout}"] if layout != "communities" else [])),
    )
