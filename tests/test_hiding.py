"""Organizations that must not appear are nowhere in what is drawn."""

import re

import networkx as nx
import polars as pl
import pytest

from graphmodel import api
from graphmodel.errors import DataProblem, UsageProblem
from graphmodel.hiding import LEFT_OUT, UNNAMED, hidden, listed
from graphmodel.viz.html import page
from graphmodel.viz.scene import scene

SECRET = ("International Council of Museums", "ICOM", "icom", "icom.museum")


def museums() -> nx.Graph:
    """Five organizations; the one to hide is named in every place where a name can be."""
    network = nx.Graph(
        activities={
            "icom_congress": {
                "name": "World congress of the international  council of museums",
                "url": "https://icom.museum/congress",
                "started": "2014-07-30",
                "roles": {"icom": ["host"], "ifla": ["guest"]},
                "sources": ["icom-report"],
            },
            "forum": {"name": "Forum of people who work with ICOM", "url": "https://example.org/forum"},
            "dinner": {"name": "Dinner of two"},
        },
        sources=[
            {"id": "icom-report", "title": "Report of ICOM", "url": "https://www.icom.museum/report"},
            {"id": "news", "title": "News", "licence": "CC0"},
        ],
        notes=("Dates are as told.", "International Council of Museums is a hub (--exclude icom leaves it out)."),
        isolates=3,
    )
    network.add_node(
        "icom", name=SECRET[0], acronym="ICOM", kind="ngo", url="https://www.icom.museum/en/", activities=3
    )
    network.add_node("ifla", name="Federation of Libraries", acronym="IFLA", kind="ngo", country="NL")
    network.add_node("icom-asia", name="ICOM Asia", kind="ngo", url="http://asia.icom.museum")
    network.add_node("saf", name="South Asia Foundation", kind="foundation", regions=["Asia"])
    network.add_node("cook", name="Cooks", kind="company")
    network.add_edge(
        "icom", "ifla", shared=2, weight=2.0, first=2014, jaccard=0.5, activities=["icom_congress", "forum"]
    )
    network.add_edge("ifla", "icom-asia", shared=1, weight=1.0, activities=["icom_congress"], sources=["icom-report"])
    network.add_edge("icom-asia", "saf", shared=1, weight=1.0, first=2010, activities=["forum"])
    network.add_edge("cook", "icom", shared=1, weight=1.0, activities=["dinner"])
    return network


def occurrences(network: nx.Graph) -> list[str]:
    """What of the hidden organization the page of a network holds, wherever it is in the page."""
    text = page(scene(network, title="Map"), compress=False).replace("encodeURIComponent", "")  # holds an "ICom"
    assert "Federation of Libraries" in text
    return [secret for secret in SECRET if re.search(re.escape(secret), text, re.IGNORECASE)]


@pytest.mark.parametrize("pseudonyms", [False, True])
@pytest.mark.parametrize("word", ["icom", "ICOM", "international council of museums"])
def test_name_acronym_id_and_address_are_nowhere_in_the_page(word: str, pseudonyms: bool) -> None:
    assert occurrences(hidden(museums(), [word], pseudonyms=pseudonyms)) == []


def test_without_hiding_they_are_all_in_it() -> None:
    assert occurrences(museums()) == list(SECRET)


def test_it_is_gone_with_its_ties_and_with_those_that_were_tied_to_it_alone() -> None:
    left = hidden(museums(), ["icom"])
    assert list(left) == ["[withheld]-asia", "ifla", "saf"]
    assert sorted(left.edges) == [("[withheld]-asia", "ifla"), ("[withheld]-asia", "saf")]
    assert left.graph["isolates"] == 4  # the cooks are without an alliance now


def test_activities_behind_no_other_tie_are_gone_and_the_names_of_others_are_withheld() -> None:
    told = hidden(museums(), ["icom"]).graph["activities"]
    assert {id: known["name"] for id, known in told.items()} == {
        "[withheld]_congress": "World congress of the [withheld]",
        "forum": "Forum of people who work with [withheld]",
    }
    assert told["[withheld]_congress"]["roles"] == {"ifla": ["guest"]}
    assert "url" not in told["[withheld]_congress"]
    assert told["forum"]["url"] == "https://example.org/forum"


def test_ties_still_refer_to_their_activities_and_sources() -> None:
    left = hidden(museums(), ["icom"])
    assert left.edges["ifla", "[withheld]-asia"]["activities"] == ["[withheld]_congress"]
    assert left.edges["ifla", "[withheld]-asia"]["sources"] == [left.graph["sources"][0]["id"]]
    assert [source.get("title") for source in left.graph["sources"]] == ["Report of [withheld]", "News"]


def test_notes_that_name_it_are_gone_and_one_says_that_something_is_left_out() -> None:
    assert hidden(museums(), ["icom"]).graph["notes"] == ("Dates are as told.", LEFT_OUT)
    assert hidden(museums(), ["icom"], pseudonyms=True).graph["notes"] == ("Dates are as told.", UNNAMED)


def test_with_pseudonyms_it_stays_without_anything_by_which_it_could_be_looked_up() -> None:
    left = hidden(museums(), ["icom", "saf"], pseudonyms=True)
    unnamed = {id: known for id, known in left.nodes(data=True) if id.startswith("organization-")}
    assert unnamed == {f"organization-{n}": {"name": f"Organization {n}"} for n in (1, 2)}
    hub = max(unnamed, key=left.degree)
    assert left.edges[hub, "ifla"] == {"shared": 2, "weight": 2.0}
    assert set(left[hub]) == {"ifla", "cook"}
    assert "dinner" not in left.graph["activities"]


def test_the_order_of_pseudonyms_is_not_that_of_ids_but_always_the_same() -> None:
    ring = nx.relabel_nodes(nx.cycle_graph(12), {n: f"o{n:02}" for n in range(12)})
    nx.set_node_attributes(ring, {node: f"Body {node}" for node in ring}, "name")
    hide = sorted(ring)[:10]
    around = [sorted(hidden(ring, hide, pseudonyms=True)[f"organization-{n}"]) for n in range(1, 11)]
    first = hidden(ring, hide, pseudonyms=True)
    assert around == [sorted(hidden(ring, hide[::-1], pseudonyms=True)[f"organization-{n}"]) for n in range(1, 11)]
    chain = [n for n in range(1, 10) if first.has_edge(f"organization-{n}", f"organization-{n + 1}")]
    assert len(chain) < 5  # in the order of ids all nine would be tied to the next


def test_a_pseudonym_is_none_that_another_organization_has() -> None:
    network = nx.Graph([("a1", "b1")])
    nx.set_node_attributes(network, {"a1": "Organization 1", "b1": "Secret"}, "name")
    assert dict(hidden(network, ["Secret"], pseudonyms=True).nodes(data="name")) == {
        "a1": "Organization 1",
        "organization-2": "Organization 2",
    }


def test_short_ids_that_are_words_are_withheld_from_ids_but_not_from_sentences() -> None:
    network = nx.Graph([("who", "b1"), ("b1", "c1")])
    network.nodes["who"]["name"] = "World Health Organization"
    network.nodes["b1"]["name"] = "Those who care"
    network.edges["b1", "c1"]["activities"] = ["who_day"]
    network.graph["activities"] = {"who_day": {"name": "A day of the WHO"}}
    left = hidden(network, ["who"])
    assert left.nodes["b1"]["name"] == "Those who care"
    assert left.graph["activities"] == {"[withheld]_day": {"name": "A day of the WHO"}}  # it is not known by that
    network.nodes["who"]["acronym"] = "WHO"
    assert hidden(network, ["who"]).graph["activities"] == {"[withheld]_day": {"name": "A day of the [withheld]"}}


def test_names_are_found_as_whole_words_only() -> None:
    network = nx.Graph([("art", "b1"), ("b1", "c1")])
    nx.set_node_attributes(network, {"art": "Art", "b1": "Party for Art", "c1": "Heart"}, "name")
    assert dict(hidden(network, ["art"]).nodes(data="name")) == {"b1": "Party for [withheld]", "c1": "Heart"}


def test_one_who_is_known_but_not_in_the_network_is_withheld_from_its_texts_under_each_of_its_names() -> None:
    known = pl.DataFrame({"id": ["hub", "hub"], "name": ["The Hub", "Hub of Hubs"], "acronym": [None, "THB"]})
    network = nx.Graph([("a1", "b1")], notes=["THB was left out.", "So it is."])
    nx.set_node_attributes(network, {"a1": "Friends of a Hub of hubs", "b1": "B"}, "name")
    left = hidden(network, ["the hub"], known=known)
    assert dict(left.nodes(data="name")) == {"a1": "Friends of a [withheld]", "b1": "B"}
    assert left.graph["notes"] == ("So it is.", LEFT_OUT)


def test_organizations_whose_ids_become_the_same_stay_two() -> None:
    network = nx.Graph([("icom", "ICOM-x"), ("ICOM-x", "icom-x"), ("icom-x", "z1")])
    assert list(hidden(network, ["icom"])) == ["[withheld]-x", "[withheld]-x 2", "z1"]


def test_an_unknown_organization_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match=r'There is no Organization "ifl"\. Did you mean "IFLA"\?'):
        hidden(museums(), ["ifl"])


def test_the_network_is_not_changed() -> None:
    network = museums()
    hidden(network, ["icom"], pseudonyms=True)
    assert nx.utils.graphs_equal(network, museums())
    assert network.graph == museums().graph


def test_the_same_network_built_otherwise_gives_the_same(tmp_path) -> None:
    network = museums()
    other = nx.Graph(**network.graph)
    other.add_nodes_from(reversed(list(network.nodes(data=True))))
    other.add_edges_from((b, a, known) for a, b, known in reversed(list(network.edges(data=True))))
    one, same = (hidden(each, ["icom", "saf"], pseudonyms=True) for each in (network, other))
    assert list(one.nodes(data=True)) == list(same.nodes(data=True))
    assert list(one.edges(data=True)) == list(same.edges(data=True))


def test_a_file_names_one_on_each_line(tmp_path) -> None:
    path = tmp_path / "hide.txt"
    path.write_text("# not yet public\nicom\n\n  South Asia Foundation   # asked us\r\nC#\n", "utf-8")
    assert listed(path) == ["icom", "South Asia Foundation", "C#"]


def test_a_file_that_names_nobody_or_is_no_text_is_refused(tmp_path) -> None:
    path = tmp_path / "hide.txt"
    path.write_text("# nobody\n", "utf-8")
    with pytest.raises(UsageProblem) as problem:
        listed(path)
    assert str(problem.value) == f"{path} names no organization. Write one on each line: its id, name or acronym."
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataProblem, match="cannot be read as text in UTF-8"):
        listed(path)


def test_in_the_demonstration_the_name_of_a_hub_is_nowhere(tmp_path) -> None:
    with api.open(str(tmp_path / "d.lbug")) as graph:
        graph.load_demonstration()
        network = graph.project().told()
        hub = max(network, key=network.degree)
        about = network.nodes[hub]
        text = page(scene(hidden(network, [hub]), title="Map"), compress=False)
    data = text.partition('id="graph-data">')[2].partition("</script>")[0]
    assert about["name"].casefold() not in data.casefold()
    assert not re.search(rf'"{re.escape(hub)}"', data)


def test_an_address_that_names_it_without_spaces_is_gone() -> None:
    network = nx.Graph([("a", "b"), ("b", "c")], sources=[{"id": "s", "url": "https://womenofthesea.org/news"}])
    network.add_node("a", name="Women of the Sea")
    assert hidden(network, ["a"]).graph["sources"] == [{"id": "s", "url": None}]
