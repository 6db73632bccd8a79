"""A Concord served on a port of its own, with the demonstration's people and a clock that the pages move on."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import pytest
from browser import browser
from visitor import Visitor
from werkzeug.serving import make_server

import engine
from engine import working_days as days
from engine.clock import SetClock
from engine.commands.sweep import step_until
from engine.demo import BUILDER, people
from run import BPMN
from web import Config, create_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

BEGIN = "2026-11-02T10:00"


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as started:
        yield started


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where Concord is served: Birmingham published, nobody's dispute raised yet, Monday 2 November 2026, 10:00."""
    clock = SetClock(days.london(BEGIN))
    concord = engine.open_concord(f"sqlite:///{tmp_path / 'browser.db'}", clock)
    engine.publish_folder(concord, BUILDER, BPMN / "birmingham", demo=True)
    people(concord, "birmingham")
    app = create_app(
        concord,
        Config(
            secret_key=b"browser", demo=True, move_clock=lambda until: step_until(concord, until, clock.set) and None
        ),
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
    concord.store.close()


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Callable[..., Visitor]]:
    """Signs one of the demonstration's people in, in a window of their own."""
    opened = []

    def enter(name: str, **window: object) -> Visitor:
        context = chrome.new_context(**window)  # type: ignore[arg-type] - playwright's own options
        opened.append(context)
        return Visitor(context.new_page(), address).sign_in(name)

    yield enter
    for context in opened:
        context.close()
