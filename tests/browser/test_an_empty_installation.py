"""The page that an empty installation opens on: for everybody, on a telephone too."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from browser import FRONTEND
from test_every_page import LEVELS
from werkzeug.serving import make_server

import engine
from run import installation
from web import Config, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """Where an installation is served on which nothing was done yet, without what a checkout has."""
    concord = engine.open_concord(f"sqlite:///{tmp_path / 'empty.db'}")
    config = Config(secret_key=b"browser", installation=replace(installation(), checkout=False))
    server = make_server("127.0.0.1", 0, create_app(concord, config), threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
    concord.store.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [1280, 375])
def test_an_empty_installation_opens_on_its_first_steps(empty: str, chrome: Browser, width: int) -> None:
    """Axe finds nothing, nothing is wider than the window, and the steps are numbered as they are done."""
    page = chrome.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.goto(empty)
    assert page.get_by_role("heading", level=1).inner_text() == "Before Concord can be used"
    assert [heading.inner_text()[:2] for heading in page.get_by_role("heading", level=2).all()] == [
        f"{number}." for number in range(1, 6)
    ]
    page.add_script_tag(path=FRONTEND / "node_modules" / "axe-core" / "axe.min.js")
    result = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    assert [violation["id"] for violation in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
