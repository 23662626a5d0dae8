"""One who reads the explorer: asks it as a browser would, without a browser and without a network."""

import asyncio
import re
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from graphmodel.explorer.app import application
from graphmodel.explorer.guard import Guard
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.uploads import Uploads

HOST = "127.0.0.1:8000"
GUARD = Guard(frozenset({HOST}), "the-secret", "graphmodel-8000")
BOUNDARY = "-----in-between"


@dataclass(frozen=True)
class Answer:
    """What comes back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def words(self) -> str:
        """What a person reads of a page."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())


@dataclass(frozen=True)
class Reader:
    """One who has opened the explorer, unless the headers say otherwise."""

    app: ASGIApp
    headers: Mapping[str, str] = field(default_factory=lambda: {"host": HOST, "cookie": "graphmodel-8000=the-secret"})

    def with_headers(self, **headers: str | None) -> "Reader":
        """Return one who sends other headers, or without some of them."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        together = {**self.headers, **named}
        return replace(self, headers={name: value for name, value in together.items() if value is not None})

    def get(self, address: str) -> Answer:
        """Ask for a page."""
        return _run(self._ask("GET", address, b"", {}))

    def part(self, address: str) -> Answer:
        """Ask for a part of a page, as htmx does."""
        return self.with_headers(hx_request="true").get(address)

    def post(self, address: str, **fields: str) -> Answer:
        """Send a form."""
        told = {"content-type": "application/x-www-form-urlencoded"}
        return _run(self._ask("POST", address, urlencode(fields).encode(), told))

    def bring(self, address: str, files: Mapping[str, bytes], **fields: str) -> Answer:
        """Send a form with files."""
        parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
        parts += [(f'name="files"; filename="{name}"', content) for name, content in files.items()]
        body = b"".join(
            f"--{BOUNDARY}\r\nContent-Disposition: form-data; {said}\r\n\r\n".encode() + content + b"\r\n"
            for said, content in parts
        )
        told = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        return _run(self._ask("POST", address, body + f"--{BOUNDARY}--\r\n".encode(), told))

    async def _ask(self, method: str, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        path, _, query = address.partition("?")
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(message: Message) -> None:
            sent.append(message)

        told = {"content-length": str(len(body)), **self.headers, **headers}
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
            "server": ("127.0.0.1", 8000),
            "client": ("127.0.0.1", 9),
        }
        await self.app(scope, receive, send)
        start = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], start, b"".join(message.get("body", b"") for message in sent[1:]))


def _run(asking: Coroutine[Any, Any, Answer]) -> Answer:
    """Wait for an answer in a thread of its own: where a browser has been opened, this one has a loop already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asking).result()


@contextmanager
def reading(address: str, *, can_load: bool = True, judgements: Path | None = None) -> Iterator[Reader]:
    """Give a reader of the graph at an address."""
    graph, uploads = Reading(address, judgements), Uploads() if can_load else None
    yield Reader(application(graph, GUARD, uploads))
    graph.close()
    if uploads:
        uploads.close()
