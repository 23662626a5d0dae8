"""`graphmodel explore`: where it listens, what it says, and how it ends."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run


def test_help_says_what_it_is_and_who_can_reach_it(run: Run) -> None:
    said = run("explore", "--help").output
    assert "Only this machine can reach it." in " ".join(said.split())
    assert "graphmodel explore --store partners.lbug --port 8080" in said
    for option in ("--host", "--port", "--name", "--read-only", "--open / --no-open"):
        assert option in said


def test_a_port_that_is_taken_is_told(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("explore", "--no-open", "--port", str(port))
    assert result.exit_code == 2
    assert result.output == (
        f"Error: Nothing can listen on 127.0.0.1, port {port}: Address already in use. Choose another --port.\n"
    )


def test_an_address_of_another_machine_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAPHMODEL_PASSWORD", "open sesame")
    result = run("explore", "--no-open", "--host", "192.0.2.1", "--port", "8000")
    assert result.exit_code == 2
    assert result.output.startswith("Error: Nothing can listen on 192.0.2.1, port 8000: ")


def test_beyond_this_machine_it_needs_a_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRAPHMODEL_PASSWORD", raising=False)
    result = run("explore", "--no-open", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert result.output == (
        "Error: Listening on 0.0.0.0 shows the graph to others. Set a password in GRAPHMODEL_PASSWORD, or leave out "
        "--host.\n"
    )


def test_it_says_its_address_answers_there_and_ends_quietly(tmp_path: Path, demonstration: str) -> None:
    command = [sys.executable, "-m", "graphmodel", "explore", "--no-open", "--store", demonstration, "--read-only"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ) as made:
        assert made.stderr is not None
        line = made.stderr.readline()
        found = re.fullmatch(
            r"The explorer is at http://127\.0\.0\.1:(\d+)/\?token=([\w-]+) \(end it with Ctrl-C\)\.\n", line
        )
        assert found
        port, token = int(found[1]), found[2]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", f"/?token={token}")
        welcome = connection.getresponse()
        cookie = welcome.headers["set-cookie"].partition(";")[0]
        welcome.read()
        connection.request("GET", "/sources", headers={"Cookie": cookie})
        page = connection.getresponse()
        text = page.read().decode()
        connection.close()
        made.send_signal(signal.SIGINT)
        rest, errors = made.communicate(timeout=60)
    assert (welcome.status, page.status) == (303, 200)
    assert "Sources" in text
    assert "Load data" not in text
    assert (rest, errors, made.returncode) == ("", "", 0)
