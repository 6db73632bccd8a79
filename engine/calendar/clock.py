"""Where "now" comes from: the computer, or a clock that is set by hand; knows nothing of what is timed."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from engine.calendar.working_days import utc
from engine.errors import ConcordError


class ClockTurnedBack(ConcordError):
    """The clock stands at {now} and cannot go back to {at}."""


class Clock(Protocol):
    """Whatever tells the time: read once by each use case."""

    def now(self) -> datetime:
        """Give the present instant in UTC."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Give the present instant in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands still until it is moved, and only moves forward: for trying out, and for tests."""

    def __init__(self, at: datetime) -> None:
        """Start at an instant."""
        self._at = utc(at)

    def now(self) -> datetime:
        """Give the instant that it was last set to, in UTC."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to an instant that is not earlier than now."""
        at = utc(at)
        if at < self._at:
            raise ClockTurnedBack(now=self._at, at=at)
        self._at = at

    def advance(self, by: timedelta) -> None:
        """Move on by elapsed time."""
        self.set(self._at + by)


def ahead(clock: Clock) -> timedelta:
    """By how much a clock goes ahead of the real time on purpose: a demonstration's. The computer's own: not at all.

    Added to the database's time it says what the time is, whether or not this computer's clock is right.
    """
    return timedelta() if isinstance(clock, SystemClock) else clock.now() - datetime.now(UTC)
