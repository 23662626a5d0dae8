"""The table of analyses: what the commands learn of them, and how they are run."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import networkx as nx
import polars as pl
import pytest

from graphmodel import analysis, api
from graphmodel.analysis.finding import Finding
from graphmodel.analysis.ties.partnerships import Partnerships
from graphmodel.errors import UsageProblem
from tests.conftest import wipe


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_analysis_says_what_it_does_and_explains_what_it_can_be_told(name: str) -> None:
    told = analysis.describe(name)
    assert told.summary.endswith(".")
    assert told.references.endswith(".")
    assert all(option.help.endswith(".") for option in told.parameters)
    assert all(option.default is not None for option in told.options)


GIVEN: dict[str, dict[str, Any]] = {
    "consortium": {"region": "Africa"},
    "paths": {"start": "afal", "end": "sozopol"},
    "recommend": {"organization": "rotary"},
}
"""What analyses have to be told, of the demonstration."""

WITHOUT_HUBS = api.Filter(exclude=api.HUBS, today=date(2024, 6, 1))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, server: str) -> Callable[[str], list[Finding]]:
    """Return a function that runs an analysis on the demonstration: twice in a file, then on the server."""
    wipe(server)
    places = [str(tmp_path_factory.mktemp("analyses") / "graph.lbug"), server]
    for place in places:
        with api.open(place) as graph:
            graph.load_demonstration()

    def run(name: str) -> list[Finding]:
        findings = []
        for place in (places[0], places[0], places[1]):
            with api.open(place) as graph:
                findings.append(graph.analyse(name, WITHOUT_HUBS, **GIVEN.get(name, {})))
        return findings

    return run


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_analysis_gives_the_same_twice_and_on_both_engines(
    found: Callable[[str], list[Finding]], name: str
) -> None:
    first, *others = found(name)
    assert not first.table.is_empty()
    told = [(item.table.write_json(), item.sentences, item.methods) for item in (first, *others)]
    assert told == [told[0]] * 3


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_analysis_tells_what_it_means_its_limits_and_its_sources(
    found: Callable[[str], list[Finding]], name: str
) -> None:
    told = found(name)[0]
    assert told.words[0].endswith((".", ":"))
    limits, sources = told.sentences[-2:]
    assert limits.startswith("Limits: ")
    assert sources.startswith("Sources: ")
    assert told.methods.startswith(told.method)
    assert f"References: {told.references}" in told.methods
    assert len(told.method) > 50


UNKNOWN = {"concentration", "consortium", "gaps", "overlap", "paths", "recommend"}
"""What is asked of nothing by a name or a kind, which is not there."""


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_of_nothing_each_analysis_says_so(name: str) -> None:
    nobody = pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    nothing = pl.DataFrame(schema={"organization": pl.String, "activity": pl.String})
    asked = partial(analysis.run, name, Partnerships(nothing, nobody), **GIVEN.get(name, {}))
    if name in UNKNOWN:
        with pytest.raises(UsageProblem):
            asked()
    else:
        told = asked()
        assert told.table.is_empty()
        assert told.words


def test_telling_of_the_analyses_loads_none_of_their_libraries() -> None:
    code = (
        "import sys; from graphmodel import analysis; [analysis.describe(name) for name in analysis.ANALYSES];"
        "print({'polars', 'numpy', 'networkx', 'networkit', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.fixture
def threads_that_give_way() -> Iterator[None]:
    """Let another thread go on at each collection of garbage, of which there are many."""
    before, give_way = gc.get_threshold(), lambda *_: time.sleep(0)
    gc.callbacks.append(give_way)
    gc.set_threshold(20)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(give_way)


@pytest.mark.usefixtures("threads_that_give_way")
def test_many_may_ask_at_once_what_an_analysis_can_be_told() -> None:
    names = list(analysis.ANALYSES) * 8
    with ThreadPoolExecutor(8) as readers:
        assert [told.name for told in readers.map(analysis.describe, names)] == names


def test_an_unknown_analysis_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as refused:
        analysis.describe("broker")
    there = ", ".join(analysis.ANALYSES)
    assert str(refused.value) == f'There is no analysis "broker". Did you mean "brokers"? There are: {there}.'


def test_an_unknown_option_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as refused:
        analysis.run("brokers", nx.Graph(), sample=3)
    there = "by, between, weight, samples, seed"
    assert str(refused.value) == (
        f'The analysis brokers has no option "sample". Did you mean "samples"? There are: {there}.'
    )
