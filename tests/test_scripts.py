"""What sets the project up holds together: scripts, version of the server, locked packages, built package."""

import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import neo4j
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
POM = (ROOT / "scripts/server/pom.xml").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = {name: (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8") for name in ("run", "test", "bench")}
PASSWORD = "a-password-for-tests"


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script from a folder that is not the checkout."""
    return subprocess.run(
        [ROOT / "scripts" / script, *arguments],
        cwd=ROOT.parent,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def locked(name: str) -> dict[str, str]:
    """Return the versions of a lock by package."""
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", LOCKS[name], re.MULTILINE))


@pytest.mark.parametrize("script", ["bench", "check", "demo", "lock", "neo4j", "setup", "test"])
def test_each_script_explains_itself(script: str) -> None:
    shown = run(script, "--help")
    assert shown.returncode == 0
    assert shown.stdout.startswith(f"Usage: scripts/{script}")


@pytest.mark.parametrize("script", ["check", "neo4j", "setup"])
def test_a_word_that_a_script_does_not_know_is_wrong_usage(script: str) -> None:
    refused = run(script, "nonsense")
    assert refused.returncode == 2
    assert f"(see scripts/{script} --help)" in refused.stderr


def test_compose_runs_the_neo4j_that_the_tests_run() -> None:
    (pinned,) = re.findall(r"<neo4j.version>(.+)</neo4j.version>", POM)
    (image,) = re.findall(r"image: (\S+)", COMPOSE)
    assert image == f"neo4j:{pinned}-community"


def test_compose_opens_its_ports_to_this_machine_alone() -> None:
    assert re.findall(r"- (\S+):\d+:\d+$", COMPOSE, re.MULTILINE) == ["127.0.0.1", "127.0.0.1"]


def test_compose_does_not_start_without_a_password() -> None:
    assert "NEO4J_AUTH: neo4j/${NEO4J_PASSWORD:?" in COMPOSE


@pytest.mark.parametrize("text", [POM, *LOCKS.values()], ids=["pom", *LOCKS])
def test_no_pin_names_where_it_is_fetched(text: str) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", text)


@pytest.mark.parametrize("name", LOCKS)
def test_each_locked_package_has_a_version_and_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=\w)", LOCKS[name].partition("lock\n")[2])
    assert len(entries) > 40
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+( ; .+)? \\\n    --hash=sha256:\w{64}", entry), entry


@pytest.mark.parametrize(
    ("name", "extras"), [("run", []), ("test", ["test", "check"]), ("bench", ["test", "check", "bench"])]
)
def test_the_lock_is_within_the_bounds_of_the_project(name: str, extras: list[str]) -> None:
    optional = [text for extra in extras for text in PROJECT["optional-dependencies"][extra]]
    versions = locked(name)
    for requirement in map(Requirement, PROJECT["dependencies"] + optional):
        assert requirement.specifier.contains(versions[requirement.name]), requirement


def test_tests_and_benchmarks_run_with_the_versions_that_users_get() -> None:
    assert locked("run").items() <= locked("test").items() <= locked("bench").items()


def test_the_wheel_holds_the_whole_package_and_the_queries(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", tmp_path, ROOT], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = {name for name in ZipFile(wheel).namelist() if not name.startswith("graphmodel-")}
    package = {path.relative_to(ROOT) for path in (ROOT / "graphmodel").rglob("*") if path.is_file()}
    queries = {path.relative_to(ROOT) for path in (ROOT / "cypher").rglob("*.cypher")}
    assert len(queries) > 10
    assert held == {path.as_posix() for path in package if "__pycache__" not in path.parts} | {
        f"graphmodel/{path.as_posix()}" for path in queries
    }


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_a_server_that_does_not_run_is_said_by_status(tmp_path: Path) -> None:
    shown = run("neo4j", "status", NEO4J_DATA=str(tmp_path))
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == ("scripts/neo4j: Neo4j is not running\n  start it: NEO4J_PASSWORD=... scripts/neo4j up\n")


def test_a_password_of_seven_characters_is_refused(tmp_path: Path) -> None:
    refused = run("neo4j", "up", NEO4J_DATA=str(tmp_path), NEO4J_PASSWORD="1234567")
    assert refused.returncode == 1
    assert refused.stderr == (
        "scripts/neo4j: NEO4J_PASSWORD must hold a password of at least 8 characters\n"
        "  choose one: export NEO4J_PASSWORD=...\n"
    )


def test_a_taken_port_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run("neo4j", "up", NEO4J_DATA=str(tmp_path), NEO4J_PASSWORD=PASSWORD, NEO4J_PORT=port)
    assert refused.returncode == 1
    assert refused.stderr == (
        f"scripts/neo4j: port {port} is taken by another program\n  choose another: NEO4J_PORT=7688 scripts/neo4j up\n"
    )


def test_a_missing_jdk_is_said_with_how_to_get_it(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-jdk")
    setting = {
        "NEO4J_DATA": str(tmp_path),
        "NEO4J_PASSWORD": PASSWORD,
        "NEO4J_PORT": "0",
        "JAVA_HOME": missing,
    }
    refused = run("neo4j", "up", **setting)
    assert refused.returncode == 1
    first, debian, *_ = refused.stderr.splitlines()
    assert first == f"scripts/neo4j: a JDK, version 17 or later, is needed: there is no {missing}/bin/java"
    assert debian == "  Debian, Ubuntu:  apt-get install default-jdk-headless maven"


def test_the_server_keeps_its_data_and_its_password_from_one_start_to_the_next(tmp_path: Path) -> None:
    setting = {"NEO4J_DATA": str(tmp_path), "NEO4J_PASSWORD": PASSWORD, "NEO4J_PORT": "0"}
    for query in ("CREATE (:Kept)", "MATCH (n:Kept) RETURN n"):
        try:
            address = run("neo4j", "up", **setting).stdout.strip()
            assert run("neo4j", "status", **setting).stdout.strip() == address
            assert "already running" in run("neo4j", "up", **setting).stderr
            with neo4j.GraphDatabase.driver(address, auth=("neo4j", PASSWORD)) as driver:
                found = driver.execute_query(query).records
        finally:
            stopped = run("neo4j", "down", **setting)
        assert stopped.stderr == "scripts/neo4j: Neo4j has stopped\n"
    assert len(found) == 1
