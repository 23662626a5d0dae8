"""What is exported as a tidy folder is loaded again as the same graph, whatever its texts hold; and GraphML."""

import tempfile
from datetime import date
from pathlib import Path

import networkx as nx
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel import api, exports
from graphmodel.records import Edge, Node, Record
from graphmodel.schema import SCHEMA
from graphmodel.values import PLACEHOLDERS

TEXTS = (
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
    .map(lambda text: text.strip())
    .filter(lambda text: text and text.lower() not in PLACEHOLDERS)
)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
NUMBERS = st.floats(0, 1e12, allow_nan=False)


@st.composite
def networks(draw: st.DrawFn) -> list[Record]:
    """Draw organizations, activities and participations with any texts, days and numbers."""
    organizations = draw(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=4))
    activities = draw(st.dictionaries(TEXTS, st.tuples(TEXTS, DAYS, NUMBERS), min_size=1, max_size=3))
    roles = draw(
        st.lists(st.tuples(st.sampled_from(sorted(organizations)), st.sampled_from(sorted(activities)), TEXTS))
    )
    return [
        *(Node("Organization", id, {"name": name, "note": f'"{name}",\n|{id}'}) for id, name in organizations.items()),
        *(
            Node("Activity", id, {"name": name, "started": day, "budget": amount, "currency": "EUR"})
            for id, (name, day, amount) in activities.items()
        ),
        *(Edge("PARTICIPATED_IN", *ends, {"role": role}) for *ends, role in dict.fromkeys(roles)),
    ]


@settings(max_examples=15, deadline=None)
@given(records=networks(), form=st.sampled_from(sorted(exports.FOLDERS)))
def test_what_is_exported_is_loaded_again_as_the_same(records: list[Record], form: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with api.open(str(folder / "one.lbug")) as one, api.open(str(folder / "two.lbug")) as two:
            assert one.load(records, source="draw").rejects == ()
            one.export_tables(folder / "tidy", form)
            assert two.load(folder / "tidy", source="draw").rejects == ()
            for type_ in SCHEMA:
                if type_.title != "Source":
                    assert two.store.read(type_).equals(one.store.read(type_)), type_.title


@settings(max_examples=5, deadline=None)
@given(ids=st.lists(TEXTS, min_size=1, max_size=40, unique=True), data=st.data())
def test_the_elements_among_ids_are_those_whatever_the_ids_hold(ids: list[str], data: st.DataObject) -> None:
    type_ = SCHEMA.node("Organization")
    with tempfile.TemporaryDirectory() as name, api.open(f"{name}/graph.lbug") as graph:
        graph.load([Node("Organization", id, {"name": "x"}) for id in ids])
        whole = graph.store.read(type_)
        assert whole["id"].to_list() == sorted(ids, key=str.encode)
        some = [*data.draw(st.lists(st.sampled_from(ids))), "of nobody"]
        assert graph.store.read(type_, pl.Series(some)).equals(whole.filter(pl.col("id").is_in(some)))


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph:
    """Draw a graph of any sort whose nodes and ties are told things of any kind."""
    told = st.dictionaries(TEXTS, st.one_of(TEXTS, st.integers(), NUMBERS, st.booleans()), max_size=3)
    graph: nx.Graph = draw(st.sampled_from((nx.Graph, nx.DiGraph, nx.MultiDiGraph)))()
    graph.add_nodes_from(draw(st.dictionaries(TEXTS, told, min_size=1, max_size=4)).items())
    ends = st.sampled_from(sorted(graph))
    graph.add_edges_from(draw(st.lists(st.tuples(ends, ends, told), max_size=4)))
    return graph


@given(graphs())
def test_graphml_is_what_networkx_writes(graph: nx.Graph) -> None:
    assert exports.graphml(graph).decode() == "\n".join(nx.generate_graphml(graph)) + "\n"
