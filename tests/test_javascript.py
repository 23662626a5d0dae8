"""The JavaScript of the page: its own tests under node, and rules that every module keeps."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from graphmodel.viz.html import _data
from graphmodel.viz.scene import scene
from tests.browser.networks import circles, partners

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "graphmodel" / "viz" / "assets"
TESTS = ROOT / "tests" / "javascript"

MODULES = sorted(ASSETS.glob("*.js"))
CLASSIC = ("unpack.js",)  # a script of its own, not a module
IMPORT = re.compile(r'^import (?:{([^}]*)} from )?"\./(\w+\.js)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)
TEXT_AS_MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML"
    r"|\beval\(|new Function|\bset(?:Timeout|Interval)\([\"'`]"
)


def test_the_tests_under_node_pass() -> None:
    node = shutil.which("node")
    assert node, "node is needed: apt-get install nodejs"
    files = [path.name for path in sorted(TESTS.glob("*.test.js"))]
    done = subprocess.run([node, "--test", "--test-reporter=tap", *files], cwd=TESTS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^# pass [1-9]\d*$", done.stdout, re.MULTILINE), done.stdout


def imports(path: Path) -> dict[str, set[str]]:
    """The names that a module takes from each other module."""
    found: dict[str, set[str]] = {}
    for names, module in IMPORT.findall(path.read_text("utf-8")):
        found.setdefault(module, set()).update(name.strip() for name in names.split(",") if name.strip())
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_no_module_makes_markup_or_code_of_text(module: Path) -> None:
    assert not TEXT_AS_MARKUP.search(module.read_text("utf-8"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_import_is_written_so_that_the_page_can_be_put_together(module: Path) -> None:
    """One line each, or the names of one import in several; no renaming, nothing that is not exported."""
    text = module.read_text("utf-8")
    assert len(re.findall(r"^import\b", text, re.MULTILINE)) == len(IMPORT.findall(text))
    assert not re.search(r"^export (?!(?:const|function|class) )", text, re.MULTILINE)
    for needed, names in imports(module).items():
        assert names <= set(EXPORT.findall((ASSETS / needed).read_text("utf-8")))


def test_whatever_is_exported_is_needed_by_another_module() -> None:
    needed = {(module, name) for path in MODULES for module, names in imports(path).items() for name in names}
    offered = {(path.name, name) for path in MODULES for name in EXPORT.findall(path.read_text("utf-8"))}
    assert offered - needed == set()


def test_every_module_is_part_of_the_page() -> None:
    reached, waiting = set(), ["main.js"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imports(ASSETS / name)
    assert {path.name for path in MODULES} - reached == set(CLASSIC)


def test_the_network_of_the_tests_under_node_is_made_like_that_of_a_page() -> None:
    code = 'import { network } from "./network.js"; console.log(JSON.stringify(network))'
    call = [shutil.which("node") or "node", "--input-type=module", "--eval", code]
    stub = json.loads(subprocess.run(call, cwd=TESTS, capture_output=True, text=True, check=True).stdout)
    real = _data(scene(partners(), title="Map", groups=circles()))
    assert set(stub) == set(real)
    for part in ("nodes", "edges", "activities", "legend", "lines"):
        assert _fields(stub[part]) <= _fields(real[part])
    # what a network has that was tested against chance, and this one was not
    assert _abouts(stub["nodes"]) <= _abouts(real["nodes"])
    assert _abouts(stub["edges"]) - {"q"} <= _abouts(real["edges"])


def _fields(records: list[dict]) -> set[str]:
    return {name for record in records for name in record}


def _abouts(records: list[dict]) -> set[str]:
    return _fields([record["about"] for record in records])
