"""How long whoever asks can wait for the database: a person at a page not as long as a worker. Knows no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_SECONDS: ContextVar[float | None] = ContextVar("seconds", default=None)


@contextmanager
def impatient(seconds: float) -> Iterator[None]:
    """Wait for locks so many seconds at the most while the block runs, in this thread."""
    before = _SECONDS.set(seconds)
    try:
        yield
    finally:
        _SECONDS.reset(before)


def haste() -> float | None:
    """The seconds that may be waited, none where time is no matter."""
    return _SECONDS.get()
