"""Waiting at the start for a database that is not there yet. Knows no database."""

import time
from collections.abc import Callable
from typing import TypeVar

from engine.application.records import StoreMisnamed, StoreUnavailable

Opened = TypeVar("Opened")
FIRST, LONGEST = 0.5, 10.0  # seconds between two tries: each pause is twice the one before


class Interrupted(StoreUnavailable):
    """Told to stop before the database was there."""


def patiently(
    opening: Callable[[], Opened],
    seconds: float,
    *,
    tell: Callable[[str, float], None],
    rest: Callable[[float], bool],
    moment: Callable[[], float] = time.monotonic,
) -> Opened:
    """Open a database, again and again for so many seconds; raises StoreUnavailable with what it said last.

    `tell` is told why it is not there and for how long is rested; `rest` says whether to stop. What will never open,
    such as an address that is none, is not waited for.
    """
    until, pause = moment() + seconds, FIRST
    while True:
        try:
            return opening()
        except StoreMisnamed:
            raise
        except StoreUnavailable as error:
            left = until - moment()
            if left <= 0:
                raise
            tell(str(getattr(error, "why", error)), min(pause, left))
            if rest(min(pause, left)):
                raise Interrupted from error
            pause = min(pause * 2, LONGEST)
