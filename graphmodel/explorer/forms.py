"""Forms that are sent: within a limit, and with the key that only a page of ours can have given."""

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from graphmodel.errors import UsageProblem

MOST_FILES = 1_000
NO_KEY = "This form is of another run of the explorer. Go back, reload the page and send it again."


@asynccontextmanager
async def form_of(request: Request, most: int) -> AsyncIterator[FormData]:
    """Give what a form holds.

    Parameters
    ----------
    request : Request
    most : int
        The bytes that it may have.

    Raises
    ------
    UsageProblem
        If it has more, or does not bring the key.
    """
    async with _limited(request, most).form(max_files=MOST_FILES) as form:
        if not hmac.compare_digest(str(form.get("key", "")).encode(), request.app.state.key.encode()):
            raise UsageProblem(NO_KEY)
        yield form


def _limited(request: Request, most: int) -> Request:
    """Refuse a body that is too large, by what it says and by what it is."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > most:
        raise too_large(most)
    got = 0

    async def counted() -> Message:
        nonlocal got
        message = await request.receive()
        got += len(message.get("body", b""))
        if got > most:
            raise too_large(most)
        return message

    return Request(request.scope, counted)


def too_large(most: int) -> UsageProblem:
    """Return the error that so much deserves.

    >>> str(too_large(500_000_000))
    'That is more than 500 MB, the most that this page takes. Load larger files by `graphmodel load FILE`.'
    """
    size = f"{most // 1_000_000:,} MB" if most >= 1_000_000 else f"{most:,} bytes"
    return UsageProblem(
        f"That is more than {size}, the most that this page takes. Load larger files by `graphmodel load FILE`."
    )
