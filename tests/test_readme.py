"""What README.md says is so: its transcripts, tables and examples are those of the program."""

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from graphmodel import api

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """Return the script that writes the page anew."""
    spec = importlib.util.spec_from_file_location("readme", ROOT / "scripts" / "readme.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tables_and_transcripts_are_fresh(writer: ModuleType) -> None:
    assert writer.fresh(TEXT) == TEXT, "Run scripts/readme to write README.md anew."


def test_every_part_of_the_page_is_filled(writer: ModuleType) -> None:
    assert set(re.findall(r"<!-- (\w+) -->", TEXT)) - {"end"} == set(writer.TABLES)


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}  # a block goes on from the one before
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        test = doctest.DocTestParser().get_doctest(block, known, "README.md", "README.md", 0)
        assert 0 < len(test.examples) <= 10
        assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
        known = test.globs


def test_links_of_the_page_lead_to_files() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target


def test_the_mapping_of_the_page_loads(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "grants.toml").write_text(block, encoding="utf-8")
    (tmp_path / "grants.csv").write_text(
        "grant no.;title;start;end;state;amount;lead;partner_1;role_1;partner_2;role_2;themes;country;district\n"
        '7;Wells;01.02.2021;2024;2;"12.500,50";Amber Fund;Birch;implementer;Cedar;adviser;water;Kenya;Lodwar\n',
        encoding="utf-8",
    )
    with api.open(str(tmp_path / "graph.lbug")) as graph:
        assert graph.load(tmp_path / "grants.toml").rejects == ()
        activity = graph.store.read(graph.schema.node("Activity")).row(0, named=True)
        assert (activity["id"], activity["budget"], activity["status"]) == ("grant-7", 12500.5, "running")
        cypher = "MATCH (:Activity)-[:TOOK_PLACE_IN]->(:Region)-[:PART_OF*0..]->(r:Region) RETURN r.name AS name"
        assert ("World",) in graph.cypher(cypher).rows
        assert graph.status().counts["Organization PARTICIPATED_IN Activity"] == 3
