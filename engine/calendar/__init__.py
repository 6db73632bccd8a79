"""Working days, durations and the clock: what "when" means."""

from engine.calendar.clock import Clock, ClockTurnedBack, SetClock, SystemClock, ahead
from engine.calendar.durations import Span, span
from engine.calendar.working_days import (
    CLOSES,
    OPENS,
    Calendar,
    InstantUnreadable,
    WallTimeMissing,
    calendar_for,
    london,
    show,
    utc,
)

__all__ = [
    "CLOSES",
    "OPENS",
    "Calendar",
    "Clock",
    "ClockTurnedBack",
    "InstantUnreadable",
    "SetClock",
    "Span",
    "SystemClock",
    "WallTimeMissing",
    "ahead",
    "calendar_for",
    "london",
    "show",
    "span",
    "utc",
]
