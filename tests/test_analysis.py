"""The table of analyses: what the commands learn of them, and how they are run."""

import subprocess
import sys

import networkx as nx
import pytest

from graphmodel import analysis
from graphmodel.errors import UsageProblem


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_analysis_says_what_it_does_and_explains_what_it_can_be_told(name: str) -> None:
    told = analysis.describe(name)
    assert told.summary.endswith(".")
    assert told.references.endswith(".")
    assert all(option.help.endswith(".") for option in told.parameters)
    assert all(option.default is not None for option in told.options)


@pytest.mark.parametrize("name", analysis.ANALYSES)
def test_each_analysis_gives_a_table_of_id_and_name_first_and_its_method(name: str) -> None:
    defaults = {option.name: option.default for option in analysis.describe(name).options}
    found = analysis.run(name, nx.karate_club_graph(), **defaults)
    assert found.table.columns[:2] == ["id", "name"]
    assert found.sentences[-1].startswith("Sources: ")


def test_telling_of_the_analyses_loads_none_of_their_libraries() -> None:
    code = (
        "import sys; from graphmodel import analysis; [analysis.describe(name) for name in analysis.ANALYSES];"
        "print({'polars', 'numpy', 'networkx', 'networkit', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_an_unknown_analysis_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as refused:
        analysis.describe("broker")
    there = ", ".join(analysis.ANALYSES)
    assert str(refused.value) == f'There is no analysis "broker". Did you mean "brokers"? There are: {there}.'


def test_an_unknown_option_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageProblem) as refused:
        analysis.run("brokers", nx.Graph(), sample=3)
    assert str(refused.value) == (
        'The analysis brokers has no option "sample". Did you mean "samples"? There are: weight, samples, seed.'
    )
