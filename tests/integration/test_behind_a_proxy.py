"""Behind a proxy that speaks TLS: cookies, the addresses that are believed, and the names that are answered."""

import json
import ssl
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from serving import Caller, Running
from town import OPERATOR, Town, closed

from engine import SystemClock, add_person, open_concord

PASSWORD = "seven green bicycles"
TEACHER = "school-practitioner"
TLS = {"SECURE_COOKIES": "1", "TRUSTED_PROXIES": "1"}
GUNICORN = ("gunicorn", "--config", "python:web.gunicorn", "--bind", "127.0.0.1:0", "run:application()")
PROGRAMS = ["serve", "gunicorn"]


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    """A town where a teacher can sign in."""
    file = tmp_path / "town.db"
    file.write_bytes(sqlite_template.read_bytes())
    concord = open_concord(f"sqlite:///{file}", SystemClock())
    add_person(concord, OPERATOR, Town(concord)[TEACHER], PASSWORD, replace=True)
    closed(concord)
    return f"sqlite:///{file}"


@pytest.fixture
def begun() -> Iterator[list[Running]]:
    """Processes that end with the test."""
    running: list[Running] = []
    yield running
    for each in running:
        each.close()


@pytest.fixture
def serve(url: str, begun: list[Running]) -> Callable[..., Running]:
    """Serve with settings, by either server."""

    def served(program: str, **settings: str) -> Running:
        if program == "serve":
            begun.append(Running("serve", "--port", "0", url=url, **settings))
        else:
            line = (str(Path(sys.executable).with_name("gunicorn")), *GUNICORN[1:])
            begun.append(Running(url=url, program=line, **settings))
        return begun[-1]

    return served


def address_of(running: Running, program: str) -> str:
    """Where it serves."""
    if program == "serve":
        return running.address
    return str(json.loads(running.until("Listening at"))["event"].split()[2])


@pytest.fixture
def proxied(begun: list[Running], tmp_path: Path) -> Callable[[str], Caller]:
    """Somebody at a browser, behind the proxy."""

    def called(address: str) -> Caller:
        file = str(Path(__file__).with_name("tls_proxy.py"))
        port = address.rpartition(":")[2]
        begun.append(Running(port, str(tmp_path), url="", program=(sys.executable, file)))
        shown = begun[-1].until("").strip()
        trusted = ssl.create_default_context(cafile=str(tmp_path / "proxy.pem"))
        return Caller(f"https://127.0.0.1:{shown}", trusted)

    return called


@pytest.mark.parametrize("program", PROGRAMS)
def test_behind_tls_the_cookie_is_secure_and_the_browsers_address_is_logged(
    program: str, serve: Callable[..., Running], proxied: Callable[[str], Caller]
) -> None:
    """Secure, of this host alone, not for scripts, and HSTS; what the browser claims of itself is not believed."""
    running = serve(program, **TLS)
    caller = proxied(address_of(running, program))
    status, headers, _ = caller.ask("/sign-in")
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    forged = {"X-Forwarded-For": "203.0.113.99"}
    assert caller.signs_in(TEACHER, PASSWORD, forged) == 302
    (cookie,) = caller.jar
    assert (cookie.name, cookie.secure, cookie.path) == ("__Host-concord", True, "/")
    assert not cookie.domain_specified
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert caller.ask("/")[0] == 200
    assert caller.ask("/sign-out", caller.hidden("/", "/sign-out"))[0] == 302
    assert caller.ask("/")[0] == 302
    told = json.loads(running.until('"signed in"'))
    assert told["remote"] == "127.0.0.1"


def test_without_settings_nothing_forwarded_is_believed(serve: Callable[..., Running]) -> None:
    """No proxy is trusted, no cookie is secure, and no HSTS: it is plain HTTP on one's own machine."""
    running = serve("serve")
    caller = Caller(running.address)
    forged = {"X-Forwarded-For": "203.0.113.99", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    assert "Strict-Transport-Security" not in caller.ask("/sign-in", headers=forged)[1]
    assert caller.signs_in(TEACHER, PASSWORD, forged) == 302
    (cookie,) = caller.jar
    assert (cookie.name, cookie.secure) == ("concord", False)
    assert json.loads(running.until('"signed in"'))["remote"] == "127.0.0.1"


def test_as_many_proxies_are_believed_as_are_set(serve: Callable[..., Running]) -> None:
    """Of two in a row the last two addresses count, and whatever the browser put before them does not."""
    running = serve("serve", TRUSTED_PROXIES="2")
    caller = Caller(running.address)
    row = {"X-Forwarded-For": "203.0.113.99, 192.0.2.1, 192.0.2.2"}
    assert caller.signs_in(TEACHER, PASSWORD, row) == 302
    assert json.loads(running.until('"signed in"'))["remote"] == "192.0.2.1"


def test_only_our_own_names_are_answered_where_they_are_set(serve: Callable[..., Running]) -> None:
    """A request under another name is refused, whatever it asks."""
    running = serve("serve", ALLOWED_HOSTS="concord.example,127.0.0.1")
    caller = Caller(running.address)
    assert caller.ask("/sign-in")[0] == 200
    assert caller.ask("/sign-in", headers={"Host": "concord.example"})[0] == 200
    for host in ("evil.example", "concord.example.evil.example", "a b", "[::1", "x" * 5000):
        assert caller.ask("/sign-in", headers={"Host": host})[0] == 400, host
    assert caller.ask("/", headers={"Host": "evil.example"})[0] == 400


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "many"),
        ("SECURE_COOKIES", "perhaps"),
        ("SESSION_HOURS", "0"),
        ("SESSION_IDLE_MINUTES", "-1"),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_nothing_is_served(
    name: str, value: str, program: str, serve: Callable[..., Running]
) -> None:
    """Nobody runs without the safety that they meant to set."""
    running = serve(program, **{name: value})
    assert running.ended() != 0
    assert any(name in line or "SettingWrong" in line for line in running.lines)


def test_gunicorn_says_json_and_ends_when_told(serve: Callable[..., Running]) -> None:
    """Its own lines, its processes' and ours."""
    running = serve("gunicorn")
    caller = Caller(address_of(running, "gunicorn"))
    assert caller.signs_in(TEACHER, PASSWORD) == 302
    assert caller.ask("/nothing/here")[0] == 404
    running.terminate()
    assert running.ended() == 0
    events = [line["event"] for line in running.told()]
    assert {"signed in", "refused"} <= {*events}
