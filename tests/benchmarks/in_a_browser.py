"""What `run.py bench` measures of the replay, in a browser that it is handed: its first frame, and a step."""

from __future__ import annotations

from contextlib import contextmanager
from statistics import median
from threading import Thread
from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface
from werkzeug.serving import WSGIRequestHandler, make_server

from web.session import session_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

OPENED, STEPPED = 15, 60
FIRST = "performance.getEntriesByName('replay-first-frame').map(mark => mark.startTime)"
STEPS = "performance.getEntriesByName('replay-step').map(step => step.duration)"
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def replaying(app: Flask, person: str, ref: str, browser: Browser) -> tuple[float, float]:
    """The median milliseconds until the first frame is shown, from asking for the page on, and of a step.

    The files that never change are in the browser's cache, as they are for whoever comes back; a step is measured until
    the browser is about to draw it, without the token's way.
    """
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError(app.name)
    with _served(app) as address:
        context = browser.new_context(reduced_motion="reduce")
        held = session_of(app.extensions["concord"], person, app.extensions["concord_config"].seconds())
        cookie = str(signer.dumps(held))
        context.add_cookies([{"name": str(app.config["SESSION_COOKIE_NAME"]), "value": cookie, "url": address}])
        page = context.new_page()
        first = [_opened(page, f"{address}/disputes/{ref}/replay") for _ in range(OPENED + 1)][1:]
        page.get_by_role("slider").focus()
        for _ in range(STEPPED):
            page.keyboard.press("ArrowRight")
            page.evaluate(DRAWN)
        steps: list[float] = page.evaluate(STEPS)
        context.close()
    return median(first), median(steps[1:])


def _opened(page: Page, address: str) -> float:
    page.goto(address)
    page.locator("#diagram[data-ready=true]").wait_for()
    page.evaluate(DRAWN)
    return float(page.evaluate(FIRST)[0])


class _Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
