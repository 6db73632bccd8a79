"""Firefox in the place of Chromium, as Debian ships it: unseen, and for what is heard on a desktop with Orca."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from debian import demand
from desktop import Desktop, desktop
from listening import announced
from partnership import at_work
from visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Debian's packages, so that one word leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.firefox)


@contextmanager
def firefox(playwright: Playwright, shown: Desktop | None = None) -> Iterator[Browser]:
    """Start Firefox, on a desktop where there is one."""
    demand()
    started = playwright.firefox.launch(
        channel="moz-firefox",  # WebDriver BiDi, which a Firefox understands that nobody changed
        executable_path=os.environ.get("FIREFOX", "/usr/bin/firefox-esr"),
        headless=shown is None,
        env=dict(shown.environment) if shown else None,
    )
    try:
        yield started
    finally:
        started.close()


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    """One Firefox for all tests, where others have a Chromium."""
    with firefox(playwright) as started:
        yield started


@pytest.fixture(scope="session")
def orca(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """A desktop whose screen reader writes down what it says."""
    demand()
    with desktop(tmp_path_factory.mktemp("desktop")) as shown:
        yield shown


@pytest.fixture(scope="session")
def window(playwright: Playwright, orca: Desktop) -> Iterator[Page]:
    """The one window of the Firefox that Orca reads out."""
    with firefox(playwright, orca) as started:
        yield started.new_context(no_viewport=True).new_page()


@pytest.fixture
def listener(window: Page, orca: Desktop, tmp_path: Path) -> Iterator[Callable[[str], Visitor]]:
    """Signs somebody in who hears the pages: Birmingham, nobody's dispute raised yet, Monday 2 November 2026, 10:00."""
    orca.listen()
    assert window.context.browser
    with at_work("birmingham", tmp_path, window.context.browser) as served:
        window.context.clear_cookies()
        yield lambda name: announced(orca, Visitor(window, served.address).sign_in(name))
        window.goto("about:blank")
