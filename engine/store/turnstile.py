"""How many people's writes are under way at once, so that a lock that is held leaves threads for whoever reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from engine.application import StoreBusy

PLACES = 6
MOMENT = 1.0  # seconds; a write takes some milliseconds


class Turnstile:
    """So many places for writers of one process.

    Where all are taken, one waits a moment for a place; where they have been taken for longer than that, a lock is
    held and nothing moves: then one is refused at once, and waits in nobody's way.
    """

    def __init__(self, places: int = PLACES) -> None:
        self._places = BoundedSemaphore(places)
        self._lock = Lock()
        self._began: dict[int, float] = {}
        self._last = 0

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Hold a place while the block runs; raises StoreBusy."""
        if not self._places.acquire(timeout=max(MOMENT - self._longest(), 0)):
            raise StoreBusy(why="too many writes wait for one another")
        with self._lock:
            self._last += 1
            mine = self._last
            self._began[mine] = monotonic()
        try:
            yield
        finally:
            with self._lock:
                del self._began[mine]
            self._places.release()

    def _longest(self) -> float:
        with self._lock:
            return monotonic() - min(self._began.values(), default=monotonic())
