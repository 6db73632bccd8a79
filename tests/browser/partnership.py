"""A partnership of the demonstration at work: served on a port of its own, its people each in a window of their own."""

from __future__ import annotations

import time
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface
from visitor import Visitor
from werkzeug.serving import make_server

import engine
from engine.calendar import SetClock
from engine.calendar import working_days as days
from engine.commands.firing import step_until
from engine.demo import BUILDER, people
from run import BPMN
from web import Config, create_app
from web.session import session_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from playwright.sync_api import Browser

    from engine import Concord
    from engine.pathway import Pathway

BEGIN = "2026-11-02T10:00"


class Partnership:
    """Where a partnership is served, and its people."""

    def __init__(self, concord: Concord, clock: SetClock, app: Flask, address: str, chrome: Browser) -> None:
        self.concord = concord
        self.clock = clock
        self.app = app
        self.address = address
        self.chrome = chrome
        self.ids = {person.name: person.id for person in engine.sign_in_people(concord)}
        self.cases = count(1)
        self.visitors: dict[tuple[str, bool], Visitor] = {}

    def visitor(self, name: str, *, javascript: bool = False) -> Visitor:
        """One of the people, in a window of their own, in which they stay signed in; a small one is quick."""
        if (name, javascript) not in self.visitors:
            context = self.chrome.new_context(java_script_enabled=javascript, viewport={"width": 390, "height": 300})
            context.add_cookies([{"name": "concord", "value": self._signed_in(name), "url": self.address}])
            if javascript:  # the diagram has tests of its own, and takes long
                context.route("**/viewer-*.js", lambda route: route.abort())
            self.visitors[name, javascript] = Visitor(context.new_page(), self.address)
        return self.visitors[name, javascript]

    def _signed_in(self, name: str) -> str:
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer
        return str(signer.dumps(session_of(self.concord, self.ids[name], time.time())))

    def next_case(self) -> str:
        """A case that no dispute is about yet."""
        return f"DEMO-{next(self.cases)}"

    def move(self, at: str) -> None:
        """Move the clock on to a London time, as the worker lives it."""
        step_until(self.concord, days.london(at), self.clock.set)

    def pathway(self, name: str) -> Pathway:
        """One of its pathways, as published."""
        with self.concord.store.begin(write=False) as tx:
            return self.concord.version(tx, tx.versions.current(name)).pathway

    def path(self, ref: str) -> list[str]:
        """The elements that a dispute went through, by the journal."""
        with self.concord.store.begin(write=False) as tx:
            entries = tx.journal.entries(ref)
        return [element for e in entries if e.kind == "PathTaken" for _, element in e.data["path"]]

    def close(self) -> None:
        """Close every window."""
        for visitor in self.visitors.values():
            visitor.page.context.close()


@contextmanager
def at_work(partnership: str, folder: Path, chrome: Browser) -> Iterator[Partnership]:
    """Serve a partnership: published, nobody's dispute raised yet, Monday 2 November 2026, 10:00."""
    clock = SetClock(days.london(BEGIN))
    concord = engine.open_concord(f"sqlite:///{folder / 'browser.db'}", clock)
    engine.publish_folder(concord, BUILDER, BPMN / partnership, demo=True)
    people(concord, partnership)
    app = create_app(
        concord,
        Config(
            secret_key=b"browser", demo=True, move_clock=lambda until: step_until(concord, until, clock.set) and None
        ),
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    stop = Event()  # a worker is there, as in every installation: else each page says that none is
    steady = engine.Worker(concord=concord, tell=lambda *_: None, moment=time.monotonic)
    working = Thread(target=steady.run, args=(stop,))
    working.start()
    served = Partnership(concord, clock, app, f"http://127.0.0.1:{server.server_port}", chrome)
    yield served
    served.close()
    server.shutdown()
    serving.join()
    stop.set()
    working.join()
    server.server_close()
    concord.store.close()
