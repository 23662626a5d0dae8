"""A cluster as the driver sees one: a router, a writer and a reader, three ports that all lead to the one real Neo4j.

Each passes on what is said, and notes which transactions are begun through it. Only where the members of the cluster
are it answers itself. The bytes are those of Bolt: messages in chunks, their values in PackStream.
"""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any, cast

RUN, BEGIN, SUCCESS = 0x10, 0x11, 0x70
TEXT, LIST, MAP, STRUCTURE = 0x80, 0x90, 0xA0, 0xB0
LONGER = {0xD0: TEXT, 0xD4: LIST, 0xD8: MAP}
CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}


@dataclass(frozen=True)
class Begun:
    """A transaction: whether it reads ("r") or writes ("w"), and the bookmarks of what it must see."""

    mode: str
    bookmarks: frozenset[str]


class Member(ThreadingTCPServer):
    """A port that leads to the server, which is `behind` it; `bookmark` is the last that came through it."""

    def __init__(self, behind: tuple[str, int], members: "dict[str, Member]") -> None:
        """Take a port. `members`: who is in the cluster, by role, which may change."""
        super().__init__(("127.0.0.1", 0), Conversation)
        self.behind = behind
        self.members = members
        self.place = f"127.0.0.1:{self.server_address[1]}"
        self.begun: list[Begun] = []
        self.bookmark = ""

    def note(self, message: bytes) -> None:
        """Take note of a transaction that begins; what is run within one comes without a word on it."""
        if message[1:2] in (bytes([RUN]), bytes([BEGIN])) and message[-1] != MAP:
            told = unpacked(BytesIO(message))[-1]
            self.begun.append(Begun(told.get("mode", "w"), frozenset(told.get("bookmarks", ()))))

    def answer(self, message: bytes) -> bytes:
        """Return what is answered in place of the server's answer: where the members are, else the same."""
        if message[1:2] != bytes([SUCCESS]):
            return message
        (told,) = unpacked(BytesIO(message))
        self.bookmark = told.get("bookmark", self.bookmark)
        if "rt" not in told:
            return message
        servers = [{"role": role, "addresses": [member.place]} for role, member in self.members.items()]
        return bytes([STRUCTURE + 1, SUCCESS]) + packed({"rt": told["rt"] | {"ttl": 100, "servers": servers}})


class Conversation(StreamRequestHandler):
    """One connection."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Pass on what both sides say, until one of them ends it."""
        member = cast(Member, self.server)
        with socket.create_connection(member.behind) as behind, behind.makefile("rb") as answers:
            behind.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
            hello = self.rfile.read(20)
            behind.sendall(hello[:4] + bytes(4) + hello[8:])  # without the proposal to settle the version by a list
            self.wfile.write(answers.read(4))
            answering = Thread(target=self._pass_back, args=(member, answers))
            answering.start()
            with suppress(OSError):
                for message in messages(self.rfile):
                    member.note(message)
                    behind.sendall(framed(message))
                behind.shutdown(socket.SHUT_WR)
            answering.join()

    def _pass_back(self, member: Member, answers: BufferedIOBase) -> None:
        with suppress(OSError):
            for message in messages(answers):
                self.wfile.write(framed(member.answer(message)))
            self.connection.shutdown(socket.SHUT_RD)


@contextmanager
def running(server: str) -> Iterator[dict[str, Member]]:
    """Run a cluster in front of a server; its members by their roles."""
    host, port = server.split("://")[1].split(":")
    members: dict[str, Member] = {}
    with ExitStack() as stack:
        for role in ("ROUTE", "WRITE", "READ"):
            members[role] = stack.enter_context(Member((host, int(port)), members))
        for member in tuple(members.values()):
            Thread(target=member.serve_forever, args=(0.01,)).start()
            stack.callback(member.shutdown)
        yield members


def messages(stream: BufferedIOBase) -> Iterator[bytes]:
    """Yield each message: chunks after their sizes, up to a size of nothing."""
    message = b""
    while head := stream.read(2):
        if size := int.from_bytes(head):
            message += stream.read(size)
        else:
            yield message
            message = b""


def framed(message: bytes) -> bytes:
    """Put a message into chunks."""
    chunks = (message[place : place + 0xFFFF] for place in range(0, len(message), 0xFFFF))
    return b"".join(len(chunk).to_bytes(2) + chunk for chunk in chunks) + bytes(2)


def unpacked(stream: BufferedIOBase) -> Any:
    """Read a value: of a structure its fields, in order."""
    marker = stream.read(1)[0]
    if marker in CONSTANTS:
        return CONSTANTS[marker]
    if marker < TEXT or marker >= 0xF0:
        return int.from_bytes([marker], signed=True)
    if 0xC8 <= marker < 0xCC:
        return int.from_bytes(stream.read(1 << marker - 0xC8), signed=True)
    kind, size = marker & 0xF0, marker & 0x0F
    if marker > 0xCC:
        kind, size = LONGER[marker & 0xFC], int.from_bytes(stream.read(1 << (marker & 3)))
    if kind == TEXT:
        return stream.read(size).decode()
    if kind == MAP:
        return {unpacked(stream): unpacked(stream) for _ in range(size)}
    return [unpacked(stream) for _ in range(size + (kind == STRUCTURE))][kind == STRUCTURE :]


def packed(value: Any) -> bytes:
    """Return a value as bytes: a small number, text, or few of these in lists and maps."""
    if isinstance(value, int):
        return bytes([value])
    if isinstance(value, str):
        return bytes([0xD0, len(value)]) + value.encode()
    if isinstance(value, list):
        return bytes([LIST + len(value)]) + b"".join(map(packed, value))
    return bytes([MAP + len(value)]) + b"".join(packed(key) + packed(item) for key, item in value.items())
