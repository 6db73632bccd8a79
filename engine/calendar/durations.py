"""How long it was between two moments: elapsed and in working time, and both in words. Knows no dispute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.calendar import working_days as days

ZERO = timedelta()
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time: what passed, what of it was working time (T2), and how long a working day is."""

    elapsed: timedelta = ZERO
    working: timedelta = ZERO
    day: timedelta = timedelta(hours=8)

    def __bool__(self) -> bool:
        return self.elapsed >= MINUTE

    @property
    def worked(self) -> str:
        """The working time in words: working days, hours and minutes."""
        return words(self.working, self.day, "working day") if self.working >= MINUTE else "none"

    @property
    def waited(self) -> str:
        """All that passed, in words: days, hours and minutes."""
        return words(self.elapsed, timedelta(days=1), "day")

    @property
    def short(self) -> str:
        """One way to say it: working time, or what passed where none of it was working time."""
        if self.working < MINUTE:
            return f"{self.waited}, out of hours"
        return self.worked if self.working >= self.day else f"{self.worked} of working time"


def span(start: datetime, end: datetime, calendar: days.Calendar) -> Span:
    """The time between two instants; none where the end is not later."""
    opens, closes = (timedelta(hours=t.hour, minutes=t.minute) for t in (calendar.opens, calendar.closes))
    day = closes - opens
    if end <= start:
        return Span(day=day)
    return Span(elapsed=end - start, working=days.working_time(start, end, calendar), day=day)


def words(length: timedelta, day: timedelta, name: str) -> str:
    """A length of time in at most two units, e.g. “2 working days 3 hours”."""
    whole, rest = divmod(length, day)
    hours, rest = divmod(rest, timedelta(hours=1))
    minutes = rest // MINUTE
    parts = [
        f"{count} {unit}{'' if count == 1 else 's'}"
        for count, unit in ((whole, name), (hours, "hour"), (minutes, "minute"))
        if count
    ]
    return " ".join(parts[:2]) or "less than a minute"
