"""A real `run.py serve` or `run.py worker`, and a browser without scripts that speaks to it over the network."""

import json
import os
import signal
import subprocess
import sys
import threading
from http.cookiejar import CookieJar
from pathlib import Path
from queue import Empty, Queue
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from lxml import html

ROOT = Path(__file__).parents[2]
LONG = 60.0


class Running:
    """A process, and every line that it has said."""

    def __init__(self, *words: str, url: str, program: tuple[str, ...] = (), **settings: str) -> None:
        known = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "SECRET_KEY": "for tests"}
        command = [*program, *words] if program else [sys.executable, str(ROOT / "run.py"), *words]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**known, "DATABASE_URL": url, **settings}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.lines: list[str] = []
        self._new: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            self._new.put(line)

    def until(self, words: str, seconds: float = LONG) -> str:
        """Wait for a line that says this."""
        for line in self.lines:
            if words in line:
                return line
        while True:
            try:
                line = self._new.get(timeout=seconds)
            except Empty:
                raise AssertionError(f"“{words}” was not said: {self.lines}") from None
            if words in line:
                return line

    @property
    def address(self) -> str:
        """Where it serves."""
        return str(json.loads(self.until("Concord is at"))["event"].split()[3])

    def told(self) -> list[dict[str, Any]]:
        """All that it said, each line read as JSON."""
        return [json.loads(line) for line in self.lines]

    def terminate(self) -> None:
        """Ask it to end."""
        self.process.send_signal(signal.SIGTERM)

    def ended(self, seconds: float = LONG) -> int:
        """Wait until it has ended; gives its exit status."""
        status = self.process.wait(seconds)
        self._reader.join(seconds)
        return status

    def close(self) -> None:
        """End it whatever it does."""
        if self.process.poll() is None:
            self.process.kill()
        self.ended()
        if self.process.stdout is not None:
            self.process.stdout.close()


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Leave redirects to whoever asked."""


class Caller:
    """Somebody at a browser, speaking to a real server."""

    def __init__(self, address: str, context: Any = None) -> None:
        self.address = address
        self.jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.jar), _NoRedirect, HTTPSHandler(context=context))

    def ask(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        seconds: float = LONG,
    ) -> tuple[int, dict[str, str], str]:
        """Give status, headers and text of an answer."""
        body = urlencode(data, doseq=True).encode() if data is not None else None
        referrer = {"Referer": f"{self.address}/"} if self.address.startswith("https") else {}
        request = Request(self.address + path, body, {**referrer, **(headers or {})})  # noqa: S310 - our own server
        try:
            answer = self._opener.open(request, timeout=seconds)
        except HTTPError as error:
            answer = error
        with answer:
            return answer.status, dict(answer.headers.items()), answer.read().decode()

    def hidden(self, path: str, action: str = "", headers: dict[str, str] | None = None) -> dict[str, str]:
        """Give the hidden values of a form on a page."""
        page = html.fromstring(self.ask(path, headers=headers)[2])
        form = next(form for form in page.forms if (form.get("action") or path).split("?")[0] == (action or path))
        return {each.get("name"): each.get("value") for each in form.xpath(".//input[@type='hidden']")}

    def signs_in(self, person: str, password: str, headers: dict[str, str] | None = None) -> int:
        """Sign in; gives the status."""
        given = {**self.hidden("/sign-in", headers=headers), "person": person, "password": password}
        return self.ask("/sign-in", given, headers)[0]
