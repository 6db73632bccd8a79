"""Serves an application in this process until it is told to stop: what is being answered then is answered."""

import time
from collections.abc import Callable, Iterable
from threading import Event
from typing import Any

import waitress.server
from waitress import wasyncore

TURN = 0.2  # seconds
GRACE = 10.0  # seconds in which requests in flight are answered
Wsgi = Callable[[Any, Any], Iterable[bytes]]


class Server:
    """Listening sockets, threads, and the connections that are open."""

    def __init__(self, app: Wsgi, *, host: str, port: int, threads: int, stop: Event, proxies: int = 0) -> None:
        """Listen; nothing is answered before `run`. Forwarded headers reach the application only from `proxies`."""
        self.stop = stop
        self._sockets: dict[int, Any] = {}
        self._server = waitress.server.create_server(
            app, map=self._sockets, host=host, port=port, threads=threads, ident=None,
            clear_untrusted_proxy_headers=not proxies,
        )  # fmt: skip

    @property
    def port(self) -> int:
        """The port that was given, or found where any would do."""
        return int(self._listening()[0].effective_port)

    def run(self) -> None:
        """Answer until told to stop; then nothing new, and what has begun, for ten seconds at the most."""
        while not self.stop.is_set():
            self._turn()
        for each in self._listening():
            wasyncore.dispatcher.close(each)
        until = time.monotonic() + GRACE
        self._turn()
        while self._busy() and time.monotonic() < until:
            self._turn()
        self._server.task_dispatcher.shutdown(timeout=0.5)

    def _turn(self) -> None:
        wasyncore.loop(timeout=TURN, map=self._sockets, count=1, use_poll=True)

    def _listening(self) -> list[Any]:
        return [each for each in self._sockets.values() if isinstance(each, waitress.server.BaseWSGIServer)]

    def _busy(self) -> bool:
        """Whether anything was asked that is not answered, or answered and not sent; closes what is idle."""
        channels = [each for each in self._sockets.values() if isinstance(each, waitress.server.HTTPChannel)]
        busy = [each for each in channels if each.requests or each.request or each.total_outbufs_len]
        for each in channels:
            each.will_close = each.will_close or each not in busy
        return bool(busy)
