"""Who may ask, and what a browser may do with the answer.

Any page that a reader has open could try to reach a port of this machine. So a request must name a host that is served
here (or a name that leads here could be used to read the answers), must not come from another site, and must bring the
secret of this run: once in the address that is printed at the start, then in a cookie that no other site can send.
Where the explorer listens beyond this machine, a password takes the place of the secret.
"""

import base64
import hmac
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
OWN = ("same-origin", "none")  # of Sec-Fetch-Site: from a page of ours, or typed by the reader


@dataclass(frozen=True)
class Guard:
    """What a request must bring.

    Attributes
    ----------
    hosts : frozenset of str
        What the header Host may say.
    secret : str
        What the address or the cookie must hold.
    cookie : str
        The name of the cookie; cookies know no ports, so each run has its own.
    password : str
        Asked for in the place of the secret, where there is one.
    """

    hosts: frozenset[str]
    secret: str = field(repr=False)
    cookie: str
    password: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """What a form must bring that changes anything: no other site can read it out of a page of ours."""
        return hmac.new(self.secret.encode(), b"form", "sha256").hexdigest()

    def answer(self, request: Request) -> Response | None:
        """Return what is answered to one who may not ask; nothing to one who may."""
        if request.headers.get("host", "").lower() not in self.hosts:
            return _refusal("This host is not served here. Use the address that `graphmodel explore` printed.", 421)
        if not _is_own(request):
            return _refusal("Requests from other sites are refused.", 403)
        return self._unknown(request)

    def _unknown(self, request: Request) -> Response | None:
        if self.password:
            return None if _same(_password(request), self.password) else _ask_for_password()
        if "token" in request.query_params:
            return self._welcome(request)
        if _same(request.cookies.get(self.cookie, ""), self.secret):
            return None
        return _refusal("Open the address that `graphmodel explore` printed: it holds the key to this page.", 403)

    def _welcome(self, request: Request) -> Response:
        """Put the secret of the address into a cookie, and go on without it in the address."""
        if not _same(request.query_params["token"], self.secret):
            return _refusal("This address is of another run. Use the one that `graphmodel explore` printed last.", 403)
        answer = RedirectResponse(request.url.remove_query_params("token"), 303)
        answer.set_cookie(self.cookie, self.secret, httponly=True, samesite="strict")
        return answer


class Guarded:
    """An application behind a guard."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        """Take both."""
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer; either way say what the browser may do with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self.guard.answer(Request(scope)) or self.app
        await answer(scope, receive, send_guarded)


def _is_own(request: Request) -> bool:
    """Whether a request comes from a page of ours, or from the reader."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in OWN:
        return False
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"


def _password(request: Request) -> str:
    """Return the password of the header Authorization, whatever the name of the user."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        text = base64.b64decode(given, validate=True).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        return ""
    return text.partition(":")[2]


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _refusal(text: str, status: int) -> Response:
    return PlainTextResponse(text, status)


def _ask_for_password() -> Response:
    asked = {"WWW-Authenticate": 'Basic realm="graphmodel", charset="UTF-8"'}
    return PlainTextResponse("A password is needed.", 401, headers=asked)
