"""How long it was, elapsed and in working time, in words."""

from datetime import datetime, timedelta

import pytest

from engine.calendar import span
from engine.calendar import working_days as days
from engine.calendar.durations import words

CALENDAR = days.calendar_for(days.london("2026-11-06T16:00"))
DAY = timedelta(hours=8)


def at(text: str) -> datetime:
    """A London time of November 2026."""
    return days.london(f"2026-11-{text}")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=30), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=7, minutes=59), "7 hours 59 minutes"),
        (timedelta(hours=8), "1 working day"),
        (timedelta(hours=17, minutes=5), "2 working days 1 hour"),
    ],
)
def test_a_length_is_told_in_two_units_at_most(length: timedelta, said: str) -> None:
    """Nobody reads minutes behind days."""
    assert words(length, DAY, "working day") == said


def test_a_weekend_passes_without_working_time() -> None:
    """T2: from Friday 16:00 to Monday 10:00 are two working hours."""
    weekend = span(at("06T16:00"), at("09T10:00"), CALENDAR)
    assert (weekend.waited, weekend.worked, weekend.short) == (
        "2 days 18 hours",
        "2 hours",
        "2 hours of working time",
    )


def test_a_night_is_out_of_hours() -> None:
    """What passes at night is told as what it is."""
    night = span(at("05T17:00"), at("06T09:00"), CALENDAR)
    assert (night.worked, night.short) == ("none", "16 hours, out of hours")


def test_no_time_is_nothing() -> None:
    """Nor is time that runs backwards."""
    assert not span(at("06T10:00"), at("06T10:00"), CALENDAR)
    assert not span(at("06T11:00"), at("06T10:00"), CALENDAR)
