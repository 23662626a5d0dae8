"""The explorer as a process: on a free port of this machine, opened in the browser."""

import secrets
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from graphmodel.errors import UsageProblem
from graphmodel.explorer.app import application
from graphmodel.explorer.guard import Guard
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.uploads import Uploads

USUAL_PORT = 80  # which browsers leave out
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    reading: Reading,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    password: str = "",
    names: tuple[str, ...] = (),
    can_load: bool = True,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the explorer until it is interrupted.

    Parameters
    ----------
    reading : Reading
        The graph.
    host : str
        Where to listen: this machine only, unless told.
    port : int
        A free one if 0.
    password : str
        What readers must give; needed beyond this machine.
    names : tuple of str
        Under which names the machine is reached, beside its address.
    can_load : bool
        Whether readers may load data.
    ready : function
        Told the address, once it can be opened.

    Raises
    ------
    UsageProblem
        If it would listen beyond this machine without a password, or cannot listen there.
    """
    if host not in LOOPBACK and not password:
        raise UsageProblem(
            f"Listening on {host} shows the graph to others. Set a password in GRAPHMODEL_PASSWORD, or leave out "
            "--host."
        )
    listening = _listen(host, port)
    guard = _guard((host, *names), listening.getsockname()[1], password)
    uploads = Uploads() if can_load else None
    config = uvicorn.Config(
        application(reading, guard, uploads), log_level="warning", server_header=False, lifespan="off"
    )
    ready(address(guard, host, listening.getsockname()[1]))
    try:
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        reading.close()
        if uploads:
            uploads.close()


def address(guard: Guard, host: str, port: int) -> str:
    """Return what a reader opens first."""
    key = "" if guard.password else f"?token={guard.secret}"
    return f"http://{_bracketed(host)}:{port}/{key}"


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror).partition(" (while ")[0]
        raise UsageProblem(f"Nothing can listen on {host}, port {port}: {reason}. Choose another --port.") from error


def _guard(names: tuple[str, ...], port: int, password: str) -> Guard:
    every = {*names, *LOOPBACK} if names[0] in LOOPBACK else set(names)
    served = {_bracketed(name).lower() for name in every}
    hosts = frozenset({f"{name}:{port}" for name in served} | (served if port == USUAL_PORT else set()))
    return Guard(hosts, secrets.token_urlsafe(32), f"graphmodel-{port}", password)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
