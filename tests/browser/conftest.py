"""A Concord served on a port of its own, with the demonstration's people and a clock that the pages move on."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING

import pytest
from browser import launched
from partnership import Partnership, at_work
from playwright.sync_api import sync_playwright
from visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers, of whatever kind: there can be only one at a time."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests."""
    with launched(playwright) as started:
        yield started


@pytest.fixture
def address(tmp_path: Path, chrome: Browser) -> Iterator[str]:
    """Where Concord is served: Birmingham published, nobody's dispute raised yet, Monday 2 November 2026, 10:00."""
    with at_work("birmingham", tmp_path, chrome) as served:
        yield served.address


@pytest.fixture(scope="session")
def partnership(tmp_path_factory: pytest.TempPathFactory, chrome: Browser) -> Iterator[Callable[[str], Partnership]]:
    """Partnerships at work by their names, each served once; many disputes are raised in it, one after the other."""
    with ExitStack() as served:
        yield cache(lambda name: served.enter_context(at_work(name, tmp_path_factory.mktemp(name), chrome)))


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
