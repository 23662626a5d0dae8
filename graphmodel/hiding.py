"""Organizations that must not appear: out of a network, and out of every text that goes with it."""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import networkx as nx
import polars as pl

from graphmodel import scope
from graphmodel.errors import DataProblem, UsageProblem

WITHHELD = "[withheld]"
LEFT_OUT = "Some organizations are left out on purpose."
UNNAMED = "Some organizations are shown without their names, and without what they did."

KEPT_OF_TIES = ("shared", "basis", "weight", "strength", "sign")
"""What is told of a tie of an organization that has no name: nothing by which it could be looked up."""

LONG_ENOUGH = 8
"""Letters of a name by which it is known where its words are run together."""

VOCABULARY = frozenset(
    {"kind", "country", "status", "basis", "sign", "started", "ended", "licence", "hash", "date", "day"}
)
"""Attributes that hold a word from a list, a day or a figure, in which no organization is named."""


Hidden = Path | tuple[str, ...]
"""Organizations that must not appear: a file that lists them, or each by its id, name or acronym."""


def listed(hidden: Hidden) -> list[str]:
    """Return the organizations that a file names, one on each line: id, name or acronym. After # is a comment.

    Lines that are given themselves are read likewise.

    Raises
    ------
    DataProblem
        If the file cannot be read as text.
    UsageProblem
        If it names nobody.
    """
    lines = _lines(hidden) if isinstance(hidden, Path) else hidden
    words = [word for line in lines if (word := re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip())]
    if not words:
        named = hidden if isinstance(hidden, Path) else "The list"
        raise UsageProblem(f"{named} names no organization. Write one on each line: its id, name or acronym.")
    return words


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataProblem(f"{path} cannot be read as text in UTF-8: {error}.") from error


def hidden(
    network: nx.Graph,
    words: Collection[str],
    *,
    known: pl.DataFrame | None = None,
    pseudonyms: bool = False,
    among: nx.Graph | None = None,
) -> nx.Graph:
    """Return the network without some organizations, and without their names in anything that it tells.

    The organizations and their ties are gone, and so is whoever was tied to nobody else, and every activity behind no
    other tie. A note that names one of them is gone; in any other text, the name of an activity or of another
    organization for example, "[withheld]" stands in its place. An address of the web that names one is gone.

    Parameters
    ----------
    network : networkx.Graph
        As `graphmodel.api.Projection.told` returns it. It is not changed.
    words : collection of str
        The organizations, each by id, name or acronym.
    known : polars.DataFrame, optional
        id, name; optional acronym, url: who can be meant besides those of the network, with a row for each name.
    pseudonyms : bool
        Whether they stay, called "Organization 1" and so on, in an order that tells nothing. Nothing else is told of
        them, and of their ties only how many activities are shared, the strength, the basis and the sign.
    among : networkx.Graph, optional
        A network that holds this one and others: in all of them the same organization has the same pseudonym.

    Returns
    -------
    networkx.Graph
        Nodes and ties in sorted order.

    Raises
    ------
    UsageProblem
        If nobody, or more than one, goes by a word; the message suggests the nearest. If activities are in the network
        and pseudonyms are asked for.

    Notes
    -----
    What an organization without its name is tied to is still seen: who knows the field may guess it. A text that names
    it in other words, such as a translation, a part of its name or a pun, is not found.

    Examples
    --------
    >>> network = nx.Graph([("icom", "ifla"), ("ifla", "saf")])
    >>> sorted(hidden(network, ["icom"])), sorted(hidden(network, ["icom"], pseudonyms=True))
    (['ifla', 'saf'], ['ifla', 'organization-1', 'saf'])
    """
    if pseudonyms and _is_two_mode(network):
        raise UsageProblem(
            "A map of activities shows what each organization took part in, which gives away who it is: leave those "
            "that must not be known out (--hide without --pseudonyms)."
        )
    among = network if among is None else among
    everybody = _everybody(among, known)
    ids = scope.resolve(words, everybody, "Organization")
    terms = Terms(ids, everybody, among)
    aliases = _aliases(among, ids) if pseudonyms else {}
    new = {**_renamed(sorted(node for node in among if node not in ids), terms), **aliases}
    kept = {node: name for node, name in new.items() if node in network}
    made = nx.Graph()
    made.add_nodes_from(sorted(_nodes(network, kept, aliases, terms), key=_key))
    made.add_edges_from(sorted(_ties(network, kept, aliases, terms), key=lambda tie: tie[:2]))
    alone = [new for node, new in kept.items() if network.degree(node) and not made.degree(new)]
    left_out = sum(not _is_activity(made, node) for node in alone)
    made.remove_nodes_from(alone)
    made.graph.update(_about(network.graph, made, ids, terms))
    made.graph["notes"] = (*made.graph.get("notes", ()), UNNAMED if pseudonyms else LEFT_OUT)
    if "isolates" in made.graph:
        made.graph["isolates"] += left_out
    return made


def _is_activity(network: nx.Graph, node: str) -> bool:
    return bool(network.nodes[node].get("bipartite"))


def _is_two_mode(network: nx.Graph) -> bool:
    return any(_is_activity(network, node) for node in network)


def _everybody(network: nx.Graph, known: pl.DataFrame | None) -> pl.DataFrame:
    """Return who is known, and whoever else is in the network."""
    columns = ("id", "name", "acronym", "url")
    rows = [(node, *(about.get(name) for name in columns[1:])) for node, about in network.nodes(data=True)]
    inside = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    if known is None:
        return inside
    return pl.concat([known, inside.filter(~pl.col("id").is_in(known["id"].implode()))], how="diagonal")


class Terms:
    """What gives organizations away, and texts without it.

    Examples
    --------
    >>> known = pl.DataFrame({"id": ["icom"], "name": ["Council of Museums"], "acronym": ["ICOM"]})
    >>> Terms(["icom"], known).text("Congress of the Council of Museums")
    'Congress of the [withheld]'
    """

    def __init__(self, ids: Collection[str], known: pl.DataFrame, network: nx.Graph | None = None) -> None:
        """Take the ids; id, name and optional acronym and url of all that is known; and a network that knows more."""
        self.ids = frozenset(ids)
        rows = [*known.filter(pl.col("id").is_in(list(ids))).iter_rows(named=True)]
        rows += [{**network.nodes[id], "id": id} for id in ids if id in network] if network else []
        names = {str(row["name"]) for row in rows if row.get("name")}
        acronyms = {str(row["acronym"]) for row in rows if row.get("acronym")}
        hosts = {host for row in rows if (host := _host(row.get("url")))}
        exact = acronyms | {id for id in ids if not _is_word(id)} | {name for name in names if name.isupper()}
        self._run_together = {word for name in names if len(word := _letters(name)) >= LONG_ENOUGH}
        self._anywhere = _pattern(names | acronyms | hosts | set(ids), re.IGNORECASE)
        self._in_prose = [_pattern((names - exact) | hosts, re.IGNORECASE), _pattern(exact)]

    def are_in(self, text: str) -> bool:
        """Whether a text names one, in whatever case."""
        return bool(self._anywhere.search(text))

    def are_in_address(self, address: str) -> bool:
        """Whether an address of the web names one, be it without spaces between the words."""
        return self.are_in(address) or any(word in _letters(address) for word in self._run_together)

    def text(self, text: str) -> str:
        """Return a text without the names.

        Ids and the like have no spaces: there an acronym in small letters is one too, which in prose may be a word.
        """
        for pattern in self._in_prose if re.search(r"\s", text) else [self._anywhere]:
            text = pattern.sub(WITHHELD, text)
        return text

    def value(self, value: Any) -> Any:
        """Return whatever an attribute holds without the names; None for an address that has one."""
        if isinstance(value, str):
            return None if _is_address(value) and self.are_in_address(value) else self.text(value)
        if isinstance(value, Mapping):
            return {self.text(name): self.value(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(new for one in value if (new := self.value(one)) is not None)
        return value

    def attributes(self, known: Mapping[str, Any]) -> dict[str, Any]:
        """Return attributes without the names, and without those that were nothing but an address."""
        cleaned = {name: value if name in VOCABULARY else self.value(value) for name, value in known.items()}
        return {name: value for name, value in cleaned.items() if value is not None}


def _is_address(text: str) -> bool:
    return bool(re.match(r"https?://|www\.", text, re.IGNORECASE))


def _letters(text: str) -> str:
    """Return the letters and figures of a text alone.

    >>> _letters("Save the Children"), _letters("www.savethechildren.org")
    ('savethechildren', 'wwwsavethechildrenorg')
    """
    return re.sub(r"[\W_]", "", text).lower()


def _host(url: Any) -> str:
    """Return who an address of the web belongs to."""
    text = str(url or "")
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    return host.removeprefix("www.")


def _is_word(id: str) -> bool:
    """Return whether an id looks like a word that any text may hold."""
    return len(id) < 6 and id.isalpha() and id.islower()


def _pattern(terms: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what finds terms that stand for themselves, the longest first, with any space between their words."""
    ordered = sorted((term.split() for term in terms if term.strip()), key=lambda parts: (-len(" ".join(parts)), parts))
    any_of = "|".join(r"\s+".join(re.escape(part) for part in parts) for parts in ordered)
    return re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])" if any_of else r"(?!)", flags)


def _renamed(nodes: Iterable[str], terms: Terms) -> dict[str, str]:
    """Return an id for each without the names; where two would become the same, they are numbered."""
    new: dict[str, str] = {}
    seen = Counter[str]()
    for node in nodes:
        text = terms.text(node)
        seen[text] += 1
        new[node] = text if seen[text] == 1 else f"{text} {seen[text]}"
    return new


def _aliases(network: nx.Graph, ids: Collection[str]) -> dict[str, str]:
    """Return a new id for each that is in the network, numbered by a hash that only who has all the data can make."""
    inside = sorted(id for id in ids if id in network)
    told = [(id, sorted(network.nodes[id].items(), key=_key), sorted(network[id].items(), key=_key)) for id in inside]
    secret = hashlib.sha256(repr(told).encode()).hexdigest()
    order = sorted(inside, key=lambda id: hashlib.sha256(f"{secret} {id}".encode()).digest())
    taken = {str(text).casefold() for node, name in network.nodes(data="name") for text in (node, name)}
    free = (n for n in range(1, len(network) + len(inside) + 1) if not {_alias(n), _name(n).casefold()} & taken)
    return {id: _alias(number) for id, number in zip(order, free, strict=False)}


def _key(item: tuple[str, Any]) -> str:
    """Return what to sort by, where values cannot be compared."""
    return item[0]


def _alias(number: int) -> str:
    return f"organization-{number}"


def _name(number: int) -> str:
    return f"Organization {number}"


def _nodes(
    network: nx.Graph, kept: Mapping[str, str], aliases: Mapping[str, str], terms: Terms
) -> Iterator[tuple[str, dict[str, Any]]]:
    for node, new in kept.items():
        if node in aliases:
            yield new, {"name": _name(int(new.rpartition("-")[2]))}
        else:
            yield new, terms.attributes(network.nodes[node])


def _ties(
    network: nx.Graph, kept: Mapping[str, str], aliases: Mapping[str, str], terms: Terms
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one, other, known in network.edges(data=True):
        if one in kept and other in kept:
            source, target = sorted((kept[one], kept[other]))
            told = {name: known[name] for name in KEPT_OF_TIES if name in known}
            yield source, target, told if {one, other} & aliases.keys() else terms.attributes(known)


def _about(about: Mapping[str, Any], made: nx.Graph, ids: Collection[str], terms: Terms) -> dict[str, Any]:
    """Return what is told of the whole: only notes that name nobody hidden, only activities behind a tie."""
    behind = {activity for _, _, told in made.edges(data="activities", default=()) for activity in told}
    cleaned = terms.attributes({name: value for name, value in about.items() if name not in ("notes", "activities")})
    if "notes" in about:
        cleaned["notes"] = tuple(note for note in about["notes"] if not terms.are_in(note))
    if "activities" in about:
        named = ((terms.text(id), _without_roles(known, ids)) for id, known in about["activities"].items())
        cleaned["activities"] = {id: terms.attributes(known) for id, known in named if id in behind}
    return cleaned


def _without_roles(known: Mapping[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """Return what is known of an activity but for the roles of those who are hidden."""
    if "roles" not in known:
        return dict(known)
    return {**known, "roles": {id: roles for id, roles in known["roles"].items() if id not in ids}}
