"""Who may ask the explorer, and what a browser may do with its answers."""

import base64
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from graphmodel.errors import UsageProblem
from graphmodel.explorer.app import application
from graphmodel.explorer.brake import Brake
from graphmodel.explorer.guard import HEADERS, Guard
from graphmodel.explorer.reading import Reading
from graphmodel.explorer.server import _guard, serve
from tests.reader import GUARD, HOST, Answer, Reader, reading


@pytest.fixture(scope="module")
def reader(demonstration: str) -> Iterator[Reader]:
    with reading(demonstration) as opened:
        yield opened


def test_a_name_that_only_leads_to_this_machine_is_no_host_of_the_explorer(reader: Reader) -> None:
    for host in ("evil.example:8000", "evil.example", "127.0.0.1", "127.0.0.1:8000.evil.example", ""):
        answer = reader.with_headers(host=host).get("/")
        assert answer.status == 421
        assert answer.text == "This host is not served here. Use the address that `graphmodel explore` printed."
    assert reader.with_headers(host=None).get("/").status == 421


def test_another_site_gets_nothing_though_the_browser_sends_the_cookie(reader: Reader) -> None:
    for site in ("cross-site", "same-site"):
        assert reader.with_headers(sec_fetch_site=site).get("/").status == 403
    for origin in ("https://evil.example", "null", "http://127.0.0.1:9000"):
        answer = reader.with_headers(origin=origin).post("/load/demonstration", key=GUARD.key)
        assert (answer.status, answer.text) == (403, "Requests from other sites are refused.")
    assert reader.with_headers(sec_fetch_site="same-origin", origin=f"http://{HOST}").get("/").status == 200


def test_without_the_cookie_nothing_is_shown(reader: Reader) -> None:
    for cookie in (None, "graphmodel-8000=", "graphmodel-8000=wrong", "graphmodel-9000=the-secret"):
        for address in ("/", "/search?text=unesco", "/assets/explorer.js", "/load"):
            answer = reader.with_headers(cookie=cookie).get(address)
            assert answer.status == 403
            assert answer.text.startswith("Open the address that `graphmodel explore` printed")


def test_the_secret_goes_out_of_the_address_into_a_cookie(reader: Reader) -> None:
    answer = reader.with_headers(cookie=None).get("/search?token=the-secret&text=unesco")
    assert answer.status == 303
    assert answer.headers["location"] == f"http://{HOST}/search?text=unesco"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("graphmodel-8000=the-secret;")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_the_secret_of_another_run_opens_nothing(reader: Reader) -> None:
    answer = reader.with_headers(cookie=None).get("/?token=wrong")
    assert answer.status == 403
    assert "set-cookie" not in answer.headers
    assert answer.text == "This address is of another run. Use the one that `graphmodel explore` printed last."


def test_every_answer_says_what_the_browser_may_do_with_it(reader: Reader) -> None:
    answers = {
        200: reader.get("/"),
        303: reader.get("/?token=the-secret"),
        400: reader.get("/?region=nowhere&whole=1"),
        403: reader.with_headers(cookie=None).get("/"),
        404: reader.get("/nothing-here"),
        405: reader.post("/"),
        421: reader.with_headers(host="evil.example").get("/"),
    }
    for status, answer in answers.items():
        assert answer.status == status
        for name, value in HEADERS.items():
            assert answer.headers[name.lower()] == value


class Forgiving:
    """An application whose defects do not reach the test."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(ZeroDivisionError):
            await self.app(scope, receive, send)


class Broken(Reading):
    """A graph that cannot be read, by a defect."""

    def kept(self, name: object, work: object) -> int:
        return 1 // 0


def test_a_defect_is_told_in_a_sentence_and_with_the_same_headers(demonstration: str) -> None:
    answer = Reader(Forgiving(application(Broken(demonstration), GUARD))).get("/")
    assert answer.status == 500
    assert answer.text == "This is a defect of graphmodel, told where `graphmodel explore` was started."
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value


def test_no_page_holds_a_script_or_a_style_of_its_own(reader: Reader) -> None:
    for address in ("/?whole=1", "/search?text=unesco", "/sources", "/quality?whole=1", "/load", "/filter", "/open"):
        page = reader.get(address).text
        assert "<script>" not in page
        assert " style=" not in page
        assert not re.search(r"<[^>]* (?:hx-)?on\w*[:=]", page)


def test_with_a_password_the_secret_is_not_enough(demonstration: str) -> None:
    guard = Guard(frozenset({HOST}), "the-secret", "graphmodel-8000", "open sesame")
    reader = Reader(application(Reading(demonstration), guard))
    asked = reader.get("/?token=the-secret")
    assert asked.status == 401
    assert asked.headers["www-authenticate"].startswith("Basic ")
    for text, status in (("me:open sesame", 200), ("me:wrong", 401), ("open sesame", 401)):
        given = base64.b64encode(text.encode()).decode()
        assert reader.with_headers(authorization=f"Basic {given}").get("/sources").status == status
    assert reader.with_headers(authorization="Basic \N{SNOWMAN}".encode().decode("latin-1")).get("/").status == 401


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def guessed(reader: Reader, password: str) -> Answer:
    given = base64.b64encode(f"me:{password}".encode()).decode()
    return reader.with_headers(authorization=f"Basic {given}").get("/assets/explorer.css")


def test_wrong_passwords_are_held_up_and_then_no_password_is_looked_at(demonstration: str) -> None:
    clock = Clock()
    guard = Guard(frozenset({HOST}), "the-secret", "graphmodel-8000", "open sesame", Brake(clock))
    reader = Reader(application(Reading(demonstration), guard))
    assert [guessed(reader, "wrong").status for _ in range(6)] == [401] * 5 + [429]
    clock.seconds += 1
    assert guessed(reader, "wrong").status == 401
    clock.seconds += 0.5
    held = guessed(reader, "open sesame")
    assert (held.status, held.headers["retry-after"]) == (429, "2")
    assert held.text == "Too many wrong passwords were given. Try again in 2 s."
    assert reader.get("/assets/explorer.css").status == 401
    clock.seconds += 2
    assert guessed(reader, "open sesame").status == 200


def test_who_gave_the_right_password_is_not_held_up_by_the_wrong_ones_of_others(demonstration: str) -> None:
    guard = Guard(frozenset({HOST}), "the-secret", "graphmodel-8000", "open sesame", Brake(Clock()))
    reader = Reader(application(Reading(demonstration), guard))
    cookie, _, rest = guessed(reader, "open sesame").headers["set-cookie"].partition(";")
    assert rest == " HttpOnly; Path=/; SameSite=strict"
    while guessed(reader, "wrong").status == 401:
        pass
    known = reader.with_headers(cookie=cookie)
    assert "set-cookie" not in guessed(known, "open sesame").headers
    assert guessed(known, "open sesame").status == 200
    assert known.get("/sources").status == 401


def test_guesses_grow_slower_up_to_one_a_minute_and_are_forgotten_after_a_while() -> None:
    clock = Clock()
    brake = Brake(clock)
    waits = []
    for _ in range(13):
        brake.wrong()
        waits.append(brake.wait())
        clock.seconds += waits[-1]
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    clock.seconds += 600
    brake.wrong()
    assert brake.wait() == 0


def test_beyond_this_machine_it_does_not_listen_without_a_password() -> None:
    with pytest.raises(UsageProblem) as refused:
        serve(Reading("x.lbug"), host="0.0.0.0")
    assert str(refused.value) == (
        "Listening on 0.0.0.0 shows the graph to others. Set a password in GRAPHMODEL_PASSWORD, or leave out --host."
    )


def test_the_key_of_the_forms_does_not_tell_the_secret() -> None:
    assert "the-secret" not in GUARD.key
    assert GUARD.key != replace(GUARD, secret="another").key
    assert "the-secret" not in repr(GUARD)


def test_a_number_that_no_one_would_write_is_told_and_is_no_defect(reader: Reader) -> None:
    many = "9" * 5_000
    for address in (f"/map?n={many}", f"/map/page?depth={many}", f"/map/map.svg?min={many}", f"/question?n={many}"):
        assert reader.get(f"{address}&whole=1").status == 400
    assert reader.get(f"/trends?year={many}&whole=1").status == 400


def test_the_port_that_browsers_leave_out_is_left_out() -> None:
    assert "graphs.example" in _guard(("0.0.0.0", "Graphs.example"), 80, "open sesame").hosts
    assert "graphs.example" not in _guard(("0.0.0.0", "graphs.example"), 8000, "open sesame").hosts
    assert "[::1]:8000" in _guard(("::1",), 8000, "").hosts
