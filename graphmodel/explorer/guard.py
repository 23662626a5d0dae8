"""Who may ask, and what a browser may do with the answer.

Any page that a reader has open could try to reach a port of this machine. So a request must name a host that is served
here (or a name that leads here could be used to read the answers), must not come from another site, and must bring the
secret of this run: once in the address that is printed at the start, then in a cookie that no other site can send.
Where the explorer listens beyond this machine, a password takes the place of the secret. Wrong ones are held up; who
gave the right one has a cookie, and is not held up by those of others.
"""

import base64
import hmac
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graphmodel.explorer.brake import Brake

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
    brake : Brake
        What holds up wrong passwords.
    """

    hosts: frozenset[str]
    secret: str = field(repr=False)
    cookie: str
    password: str = field(default="", repr=False)
    brake: Brake = field(default_factory=Brake, repr=False, compare=False)

    @property
    def key(self) -> str:
        """What a form must bring that changes anything: no other site can read it out of a page of ours."""
        return self._sealed(b"form")

    def _sealed(self, purpose: bytes) -> str:
        return hmac.new(self.secret.encode(), purpose, "sha256").hexdigest()

    def answer(self, request: Request) -> Response | None:
        """Return what is answered to one who may not ask; nothing to one who may."""
        if request.headers.get("host", "").lower() not in self.hosts:
            return _refusal("This host is not served here. Use the address that `graphmodel explore` printed.", 421)
        if not _is_own(request):
            return _refusal("Requests from other sites are refused.", 403)
        return self._unknown(request)

    def greeting(self, request: Request) -> dict[str, str]:
        """Return the headers of an answer to one who may ask: a cookie, once the right password was given.

        It opens nothing without the password, but lets who knows that pass while others are held up.
        """
        if not self.password or self._was_here(request):
            return {}
        return {"Set-Cookie": f"{self.cookie}={self._sealed(b'password')}; HttpOnly; Path=/; SameSite=strict"}

    def _was_here(self, request: Request) -> bool:
        return _same(request.cookies.get(self.cookie, ""), self._sealed(b"password"))

    def _unknown(self, request: Request) -> Response | None:
        if self.password:
            return self._without_password(request)
        if "token" in request.query_params:
            return self._welcome(request)
        if _same(request.cookies.get(self.cookie, ""), self.secret):
            return None
        return _refusal("Open the address that `graphmodel explore` printed: it holds the key to this page.", 403)

    def _without_password(self, request: Request) -> Response | None:
        """Who is held up is not told whether the password was right."""
        given = _password(request)
        if not given:
            return _ask_for_password()
        wait = 0 if self._was_here(request) else self.brake.wait()
        if wait:
            return _hold_up(wait)
        if _same(given, self.password):
            return None
        self.brake.wrong()
        return _ask_for_password()

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

        request = Request(scope)
        refusal = self.guard.answer(request)
        told = HEADERS if refusal else HEADERS | self.guard.greeting(request)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers.setdefault(name, value)
            await send(message)

        await (refusal or self.app)(scope, receive, send_guarded)


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


def _hold_up(wait: int) -> Response:
    words = f"Too many wrong passwords were given. Try again in {wait} s."
    return PlainTextResponse(words, 429, headers={"Retry-After": str(wait)})
